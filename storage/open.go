package storage

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Open opens the store in dir. What is wrong with the folder, the file or the
// passphrase is refused with one sentence before anything is written (a wrong
// passphrase is counted in a file beside). Codes: NO_STORE, STORE_GONE, DAMAGED,
// ROLLED_BACK, NEWER_FORMAT, ALREADY_OPEN, READ_ONLY, DISK_FULL, NETWORK_DRIVE,
// PASSPHRASE_WRONG, PASSPHRASE_WAIT.
func Open(dir, passphrase string, opt Options) (*Store, error) {
	return open(dir, opt, func(h vault.Header) (*vault.Keys, error) { return h.Unlock(passphrase) })
}

// OpenWithCode opens the store with its recovery code and gives it a new
// passphrase. The code stays valid. Further codes: CODE_FORM, CODE_TYPO,
// CODE_WRONG, PASSPHRASE_SHORT.
func OpenWithCode(dir, code, newPassphrase string, opt Options) (*Store, error) {
	s, err := open(dir, opt, func(h vault.Header) (*vault.Keys, error) { return h.UnlockCode(code) })
	if err != nil {
		return nil, err
	}
	if err := s.SetPassphrase(newPassphrase); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func open(dir string, opt Options, unlock func(vault.Header) (*vault.Keys, error)) (*Store, error) {
	opt = opt.filled()
	if err := present(dir); err != nil {
		return nil, err
	}
	if err := surroundings(dir, toReadIn); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, dbName)
	known, hasSide := readSide(dir)
	whole, err := inspect(path)
	if err != nil {
		return nil, err
	}
	header, err := headerFor(path, known, hasSide && !known.Clean)
	if err != nil {
		return nil, err
	}
	var keys *vault.Keys
	err = guess(dir, opt.Now(), func() error {
		keys, header, err = unlockEither(path, header, unlock)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !whole || hasSide && !known.Clean {
		if err := verifyFile(opt.Child, path, keys); err != nil {
			return nil, err
		}
		if header, _, err = headOf(path); err != nil { // the side file may be behind
			return nil, err
		}
	}
	if !hasSide {
		known = side{Clean: true}
	}
	return attach(dir, keys, header, opt, known)
}

// present refuses a folder without a store, or with a vanished one.
func present(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return notFound(dir)
	}
	_, err := os.Stat(filepath.Join(dir, dbName))
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, os.ErrNotExist):
		return place(err)
	case Exists(dir):
		return gone(err)
	}
	return notFound(dir)
}

// headerFor returns the vault header: of a file that may be damaged from the
// side file, if it has one, so that the file is not touched in this process
// before it has been verified.
func headerFor(path string, known side, doubtful bool) (vault.Header, error) {
	if doubtful {
		if err := unheld(path); err != nil {
			return vault.Header{}, err
		}
		if h, err := vault.DecodeHeader(known.Header); err == nil {
			return h, nil
		}
	}
	h, _, err := headOf(path)
	return h, err
}

// unlockEither tries the header given and, if it is the side file's and behind,
// the database's own: a crash may fall between the two when a passphrase changes.
func unlockEither(path string, h vault.Header, unlock func(vault.Header) (*vault.Keys, error)) (*vault.Keys, vault.Header, error) {
	keys, err := unlock(h)
	if code := record.CodeOf(err); code != "PASSPHRASE_WRONG" && code != "CODE_WRONG" {
		return keys, h, err
	}
	own, _, headErr := headOf(path)
	if headErr != nil || bytes.Equal(own.Sum, h.Sum) {
		return nil, h, err
	}
	keys, err = unlock(own)
	return keys, own, err
}

// attach opens the files for good and brings the journal's newer ops in.
func attach(dir string, keys *vault.Keys, header vault.Header, opt Options, known side) (*Store, error) {
	db, err := openBolt(filepath.Join(dir, dbName), false)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, id: header.Store, opt: opt.filled(), db: db, header: header, keys: keys, hooks: map[int]func(string, []string){}}
	if err := s.begin(known); err != nil {
		return nil, errors.Join(err, s.abandon())
	}
	return s, nil
}

// begin reads everything and only then writes: the side file says "open".
func (s *Store) begin(known side) error {
	_, format, err := readHead(s.db)
	if err != nil {
		return err
	}
	if err := migrate(s.dir, s.db, s.keys, format, steps(), s.opt); err != nil {
		return err
	}
	if err := s.read(); err != nil {
		return err
	}
	if known.Store != "" && known.Store != s.header.Store {
		return otherStore(errors.New("side file of another store"))
	}
	if s.st.Changes < known.Changes {
		return rolledBack(fmt.Errorf("transaction %d, known %d", s.st.Changes, known.Changes))
	}
	s.found.Unclean = !known.Clean
	if err := s.writeSide(s.st.Changes, false); err != nil {
		return place(err)
	}
	if err := s.sweep(); err != nil {
		return place(err)
	}
	return s.openJournal()
}

// sweep removes what an interrupted rewriting or backup left half done.
func (s *Store) sweep() error {
	left, err := filepath.Glob(filepath.Join(s.dir, backupsName, ".zhibu-*.tmp"))
	if err != nil {
		return fmt.Errorf("look for leftovers: %w", err)
	}
	for _, ending := range []string{".new", ".compact", ".rekey", ".restore"} {
		left = append(left, s.path()+ending)
	}
	var errs []error
	for _, path := range left {
		errs = append(errs, remove(path))
	}
	return errors.Join(errs...)
}

// read loads the database into memory.
func (s *Store) read() error {
	h, st, err := load(s.db, s.keys)
	if err != nil {
		return damaged(err)
	}
	h.settle(s.opt.Guards)
	s.st = st
	s.mu.Lock()
	s.seen = st
	s.shelf = h
	s.mu.Unlock()
	return nil
}

func (s *Store) openJournal() error {
	log, frames, found, err := journal.Open(filepath.Join(s.dir, journalName), s.keys)
	if err != nil {
		return place(err)
	}
	s.log = log
	s.found.Torn, s.found.Damaged = found.Torn, found.Damaged
	s.found.Replayed, err = s.replay(frames)
	return err
}

// abandon closes what a failed opening had opened, leaving the files as they are.
func (s *Store) abandon() error {
	var errs []error
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	errs = append(errs, s.db.quit(s.failure()))
	s.db = nil
	s.forget()
	return errors.Join(errs...)
}
