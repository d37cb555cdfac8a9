package storage

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Restored tells what a restore did.
type Restored struct {
	Merged   int    // later own ops brought back on top of the backup
	Missing  int    // own ops known to have been, of which no copy is left here
	Replaced string // where the database that was there is kept, "" if there was none
}

// RestoreOptions says how a restore treats what is newer than the backup.
type RestoreOptions struct {
	Options
	// Forget leaves later ops out: the branch goes back to the backup. They stay in
	// the kept files.
	Forget bool
}

// Restore makes the store in dir anew from a backup (or a hand-over bundle) and
// opens it. Never in place: the copy is verified under another name, the present
// database and journal are kept under a name with the time, then the copy is
// renamed, and own ops that the backup lacks are merged in. The passphrase is
// the one in force now or the backup's; wrong ones count as at opening.
func Restore(dir, path, passphrase string, opt RestoreOptions) (*Store, Restored, error) {
	opt.Options = opt.filled()
	if err := local(dir); err != nil {
		return nil, Restored{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, Restored{}, place(err)
	}
	if err := vacant(dir, fileSize(path)); err != nil {
		return nil, Restored{}, err
	}
	known, _ := readSide(dir)
	var keys *vault.Keys
	var header vault.Header
	err := guess(dir, opt.Now(), func() (err error) {
		keys, header, err = unlockFile(path, passphrase, known.Header)
		return err
	})
	if err != nil {
		return nil, Restored{}, err
	}
	next := filepath.Join(dir, dbName+".restore")
	if err := copyFile(path, next); err != nil {
		return nil, Restored{}, errors.Join(place(err), remove(next))
	}
	err = verifyFile(opt.Child, next, keys)
	if err == nil {
		err = setHeader(next, header)
	}
	if err != nil {
		return nil, Restored{}, errors.Join(err, remove(next))
	}
	return install(dir, next, keys, header, opt)
}

// Rebuild makes a lost database anew from the journal and the side file alone,
// for a store that has no backup yet (then the journal holds everything).
func Rebuild(dir, passphrase string, opt Options) (*Store, Restored, error) {
	opt = opt.filled()
	known, ok := readSide(dir)
	if !ok {
		return nil, Restored{}, notFound(dir)
	}
	if err := local(dir); err != nil {
		return nil, Restored{}, err
	}
	if err := vacant(dir, 0); err != nil {
		return nil, Restored{}, err
	}
	header, err := vault.DecodeHeader(known.Header)
	if err != nil {
		return nil, Restored{}, err
	}
	var keys *vault.Keys
	err = guess(dir, opt.Now(), func() (err error) {
		keys, err = header.Unlock(passphrase)
		return err
	})
	if err != nil {
		return nil, Restored{}, err
	}
	next := filepath.Join(dir, dbName+".restore")
	if err := makeFile(next, keys, header, state{Device: newID(), Sums: map[string]sum{}}); err != nil {
		return nil, Restored{}, errors.Join(place(err), remove(next))
	}
	return install(dir, next, keys, header, RestoreOptions{Options: opt})
}

// vacant refuses a folder whose database is open elsewhere or that lacks room.
func vacant(dir string, size int64) error {
	if err := roomIn(dir, reserve+size); err != nil {
		return err
	}
	path := filepath.Join(dir, dbName)
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	return unheld(path)
}

// install puts a verified database in place and merges what it lacks.
func install(dir, next string, keys *vault.Keys, header vault.Header, opt RestoreOptions) (*Store, Restored, error) {
	var done Restored
	_, st, err := contentsOf(next, keys)
	if err != nil {
		return nil, done, err
	}
	var later []record.Change
	if !opt.Forget {
		if later, err = laterOps(dir, keys, st, opt.Options); err != nil {
			return nil, done, err
		}
	}
	if done.Replaced, err = setAside(dir, opt.Now()); err != nil {
		return nil, done, place(err)
	}
	path := filepath.Join(dir, dbName)
	if err := journal.Rename(next, path); err != nil {
		return nil, done, place(err)
	}
	if err := journal.SyncFolder(path); err != nil {
		return nil, done, place(err)
	}
	s, err := attach(dir, keys, header, opt.Options, side{Clean: true})
	if err != nil {
		return nil, done, err
	}
	done.Merged, done.Missing, err = s.adopt(later)
	if err != nil {
		return nil, done, errors.Join(err, s.Close())
	}
	return s, done, nil
}

// setAside keeps the present database and journal under names with the time.
func setAside(dir string, now time.Time) (string, error) {
	kept := ""
	for _, name := range []string{journalName, dbName} {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		to := path + ".replaced-" + now.Format(backupTime)
		for i := 2; fileSize(to) > 0; i++ {
			to = fmt.Sprintf("%s.replaced-%s-%d", path, now.Format(backupTime), i)
		}
		if err := journal.Rename(path, to); err != nil {
			return kept, fmt.Errorf("set aside: %w", err)
		}
		if name == dbName {
			kept = to
		}
	}
	return kept, nil
}

// presentOps returns the own ops that only the present database may hold: those
// pending, and those it confirmed by itself; none if it cannot be read.
func presentOps(dir string, keys *vault.Keys, opt Options) []record.Change {
	path := filepath.Join(dir, dbName)
	if verifyFile(opt.Child, path, keys) != nil {
		return nil
	}
	db, err := openBolt(path, true)
	if err != nil {
		return nil
	}
	var out []record.Change
	h, _, err := load(db, keys)
	if err == nil {
		out, err = selfConfirmed(db, keys, h)
	}
	if db.quit(err) != nil || err != nil {
		return nil
	}
	for _, p := range h.sorted() {
		if p.seq == 0 {
			out = append(out, p.change)
		}
	}
	return out
}

// selfConfirmed reads the ops that no district has confirmed out of the history.
func selfConfirmed(db *database, keys *vault.Keys, h shelf) (out []record.Change, err error) {
	err = protect(func() error {
		return db.View(func(b *bolt.Tx) error {
			read := reader{b: b, keys: keys}
			for kind, cells := range h.cells {
				for id, c := range cells {
					if c.base == nil {
						continue
					}
					for _, n := range c.base.ordinals() {
						plain, err := read.row(keys.ID(bRec, kind, id), n)
						if err != nil {
							return err
						}
						row, change, err := decodeLog(plain)
						if err != nil {
							return err
						}
						if row.Seq == 0 {
							out = append(out, change)
						}
					}
				}
			}
			return nil
		})
	})
	return out, err
}

// lacking lists the ops that a database with state st lacks, in order.
func lacking(byN map[uint64]record.Change, device string, st state) []record.Change {
	var out []record.Change
	for _, n := range slices.Sorted(maps.Keys(byN)) {
		if device != st.Device || n > st.N {
			out = append(out, byN[n])
		}
	}
	return out
}

// adopt lays ops that the database lacks on top, each in the journal again. Where
// they continue this device's chain they keep number and hash; across a gap in a
// joined branch too (the district has the ops between); else they are numbered
// anew, stamps and ids kept. It returns how many came and how many are missing.
func (s *Store) adopt(later []record.Change) (merged, missing int, err error) {
	err = s.change(func(t *stage) error {
		for _, c := range later {
			fresh := t.st.N == 0 && !t.st.Joined && c.N >= 1 && len(t.bases) == 0
			if fresh {
				t.st.Device = c.Device // a rebuilt database takes the journal's device
			}
			if c.Device == t.st.Device && c.N > t.st.N+1 {
				missing += int(c.N - t.st.N - 1)
			}
			chained := c.Device == t.st.Device && (t.st.Joined || c.N == t.st.N+1 && bytes.Equal(c.Prev, t.st.Head))
			if !chained {
				c.Device, c.N, c.Prev = t.st.Device, t.st.N+1, t.st.Head
			}
			raw, err := c.Bytes()
			if err != nil {
				return fmt.Errorf("encode op: %w", err)
			}
			t.number(c, raw)
			t.st.Clock = max(t.st.Clock, c.Stamp)
			if err := t.place(c, raw); err != nil {
				return err
			}
			merged++
		}
		return nil
	})
	return merged, missing, err
}

// setHeader writes the passphrase in force into a copy.
func setHeader(path string, h vault.Header) (err error) {
	db, err := openBolt(path, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Update(func(b *bolt.Tx) error { return putHead(b, h) })
}
