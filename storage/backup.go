package storage

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhibu/storage/journal"
)

// Reasons of backups made by the program itself. Dailies rotate; of every other
// reason the newest few are kept.
const (
	BackupDaily     = "daily"
	BackupManual    = "manual"
	BackupImport    = "import"    // before an import
	BackupMigration = "migration" // before a new file format
	BackupSnapshot  = "snapshot"  // before the district's snapshot replaces the base
	BackupRekey     = "rekey"     // after the root key changed
)

// Backup is a verified copy of the database file. It opens with the passphrase
// and the recovery code that were in force when it was made.
type Backup struct {
	Path   string
	Reason string
	At     time.Time
	Size   int64
	no     int // counts those of one second
}

// Backup makes a hot copy in the data folder's backups: written to a temporary
// file, synced, every value verified (in a child process where there is one),
// renamed. Old copies are rotated out and the journal drops what is now both
// acknowledged and backed up.
func (s *Store) Backup(reason string) (Backup, error) {
	b, at, err := s.backupInto(filepath.Join(s.dir, backupsName), reason)
	if err != nil {
		return b, err
	}
	return b, errors.Join(s.trimJournal(at), s.rotate(filepath.Join(s.dir, backupsName)))
}

// BackupTo makes a verified copy in another folder, usually on a USB stick, and
// rotates there too. The folder is made if need be.
func (s *Store) BackupTo(folder string) (Backup, error) {
	b, _, err := s.backupInto(folder, BackupManual)
	if err != nil {
		return b, err
	}
	return b, s.rotate(folder)
}

// BackupIfDue makes the day's copy unless there is one; made tells.
func (s *Store) BackupIfDue() (b Backup, made bool, err error) {
	list, err := s.Backups()
	if err != nil {
		return b, false, err
	}
	today := s.opt.Now().Format(time.DateOnly)
	for _, b := range list {
		if b.Reason == BackupDaily && b.At.Format(time.DateOnly) == today {
			return b, false, nil
		}
	}
	b, err = s.Backup(BackupDaily)
	return b, err == nil, err
}

// Backups lists the copies in the data folder, newest first.
func (s *Store) Backups() ([]Backup, error) {
	return BackupsIn(filepath.Join(s.dir, backupsName), s.ID())
}

// BackupsOf lists the copies in a data folder whose store need not open.
func BackupsOf(dir string) ([]Backup, error) {
	return BackupsIn(filepath.Join(dir, backupsName), "")
}

var backupForm = regexp.MustCompile(`^zhibu-([0-9a-f]{8})-([a-z]+)-(\d{8}-\d{6})(?:-(\d{1,6}))?\.bak$`)

const backupTime = "20060102-150405"

// BackupsIn lists the copies in a folder, newest first: of one store, or with
// an empty store id of any. A folder that is not there holds none.
func BackupsIn(folder, store string) ([]Backup, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, place(err)
	}
	var out []Backup
	for _, e := range entries {
		m := backupForm.FindStringSubmatch(e.Name())
		if m == nil || store != "" && !strings.HasPrefix(store, m[1]) {
			continue
		}
		at, err := time.ParseInLocation(backupTime, m[3], time.Local)
		no, noErr := strconv.Atoi("0" + m[4])
		if err != nil || noErr != nil {
			continue // not a name of ours after all
		}
		path := filepath.Join(folder, e.Name())
		out = append(out, Backup{Path: path, Reason: m[2], At: at, Size: fileSize(path), no: no})
	}
	slices.SortFunc(out, func(a, b Backup) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.no, a.no)) })
	return out, nil
}

// backupInto copies, verifies and names a backup; it returns the state copied.
func (s *Store) backupInto(folder, reason string) (Backup, state, error) {
	if err := makeFolder(folder); err != nil {
		return Backup{}, state{}, err
	}
	b := Backup{Reason: reason, At: s.opt.Now()}
	temp, st, err := s.verifiedCopy(folder)
	if err != nil {
		return b, st, err
	}
	b.Size = fileSize(temp)
	if b.Path, err = backupPath(folder, s.ID(), reason, b.At); err == nil {
		err = journal.Rename(temp, b.Path)
	}
	if err != nil {
		return b, st, errors.Join(place(err), remove(temp))
	}
	return b, st, place(journal.SyncFolder(b.Path))
}

// backupPath names a backup that does not exist yet. Of one second the later has
// the higher number, also after rotation took earlier ones away.
func backupPath(folder, store, reason string, at time.Time) (string, error) {
	list, err := BackupsIn(folder, store)
	if err != nil {
		return "", err
	}
	stem := fmt.Sprintf("zhibu-%s-%s-%s", store[:8], reason, at.Format(backupTime))
	for _, b := range list {
		if strings.HasPrefix(filepath.Base(b.Path), stem) { // newest first
			stem = fmt.Sprintf("%s-%d", stem, b.no+1)
			break
		}
	}
	return filepath.Join(folder, stem+".bak"), nil
}

// trimJournal drops the frames that a backup with state at covers and that need
// no answer any more.
func (s *Store) trimJournal(at state) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	done := at.N
	if at.Joined {
		done = min(done, at.Acked)
	}
	return place(s.log.Trim(func(f journal.Frame) bool {
		return at.Device != s.st.Device || f.Device == at.Device && f.Last > done
	}))
}

func (s *Store) rotate(folder string) error {
	list, err := BackupsIn(folder, s.ID())
	if err != nil {
		return err
	}
	var errs []error
	for _, b := range surplus(list) {
		errs = append(errs, remove(b.Path))
	}
	return place(errors.Join(errs...))
}

const (
	keepDays   = 7
	keepWeeks  = 4
	keepOthers = 5 // of each reason but daily
)

// surplus tells which backups the rotation drops, given newest first: kept are
// the newest of each of 7 days and of each of 4 weeks, and 5 of every other
// reason.
func surplus(list []Backup) []Backup {
	days, weeks, others := map[string]bool{}, map[string]bool{}, map[string]int{}
	var out []Backup
	for _, b := range list {
		if b.Reason != BackupDaily {
			if others[b.Reason]++; others[b.Reason] > keepOthers {
				out = append(out, b)
			}
			continue
		}
		year, week := b.At.ISOWeek()
		day, iso := b.At.Format(time.DateOnly), fmt.Sprintf("%d-%d", year, week)
		keep := !days[day] && len(days) < keepDays || !weeks[iso] && len(weeks) < keepWeeks
		if days[day] = true; keep {
			weeks[iso] = true
		}
		if !keep {
			out = append(out, b)
		}
	}
	return out
}

// beforeSnapshot keeps a copy of what a snapshot is about to replace.
func (s *Store) beforeSnapshot() error {
	s.mu.RLock()
	empty := len(s.shelf.cells) == 0
	s.mu.RUnlock()
	if empty {
		return nil
	}
	_, err := s.Backup(BackupSnapshot)
	return err
}
