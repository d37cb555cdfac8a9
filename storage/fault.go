package storage

import (
	"errors"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
)

// failure is why the store can only be closed and opened again: the disk failed
// in a way that leaves unknown what is on it, or bbolt with its locks held.
type failure struct{ err error }

// fail notes a failure and returns the sentence for it.
func (s *Store) fail(err error) error {
	s.failed.Store(&failure{err})
	return mustRestart(err)
}

// failure returns the failure, nil if there is none.
func (s *Store) failure() error {
	if f := s.failed.Load(); f != nil {
		return f.err
	}
	return nil
}

// view reads the database. Whatever cannot be read is damage; a fault of the
// mapping, after which bbolt may hold its locks for ever, is a failure.
func (s *Store) view(read func(b *bolt.Tx) error) error {
	if err := s.failure(); isFault(err) {
		return mustRestart(err)
	}
	err := protect(func() error { return s.db.View(read) })
	switch code := record.CodeOf(err); {
	case err == nil:
		return nil
	case isFault(err):
		return s.fail(err)
	case isFull(err):
		return diskFull(err)
	case code == "" || code == "SEAL_BROKEN":
		return damaged(err)
	}
	return err
}

// faultError is a panic or a memory fault while the database was read or
// written: the mapping cannot be trusted any more.
type faultError struct{ cause any }

func (f *faultError) Error() string { return fmt.Sprintf("fault: %v", f.cause) }

func isFault(err error) bool {
	_, ok := errors.AsType[*faultError](err)
	return ok
}

// protect turns panics and memory faults of the mapped file into errors.
func protect(work func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			err = &faultError{cause}
		}
	}()
	return work()
}

// Failed reports whether the store refuses with code RESTART until Restart.
func (s *Store) Failed() bool { return s.failure() != nil }

// Restart closes the files of a store that refuses with code RESTART and opens them
// again with the keys at hand: what was acknowledged is there, from the journal
// where the database lacks it, and whoever listens goes on listening. The file is
// verified first. After an error the store is closed.
func (s *Store) Restart() error {
	if err := s.letFilesGo(); err != nil {
		return err
	}
	known, _ := readSide(s.dir)
	err := verifyFile(s.opt.Child, s.path(), s.keys)
	if err == nil {
		err = s.takeFiles(known)
	}
	if err != nil {
		s.forget()
		return err
	}
	s.failed.Store(nil)
	return nil
}

// letFilesGo closes what a failed store has open. A broken journal may not close
// cleanly: what it acknowledged was synced before.
func (s *Store) letFilesGo() error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	_, _ = s.log.Close(), s.db.quit(s.failure())
	s.mu.Lock()
	s.db = nil
	s.mu.Unlock()
	return nil
}

// takeFiles opens the files again; the failure stays noted until all is read, so
// that nobody writes meanwhile.
func (s *Store) takeFiles(known side) error {
	db, err := openBolt(s.path(), false)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.db = db
	s.mu.Unlock()
	if err := s.begin(known); err != nil {
		return errors.Join(err, s.abandon())
	}
	return nil
}
