package storage

import (
	"errors"
	"fmt"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/vault"
)

// verifiedCopy writes the database as it is now to a temporary file in folder and
// verifies every value of it.
func (s *Store) verifiedCopy(folder string) (path string, st state, err error) {
	if err := roomIn(folder, reserve+fileSize(s.path())); err != nil {
		return "", st, err
	}
	temp, err := os.CreateTemp(folder, ".zhibu-*.tmp")
	if err != nil {
		return "", st, place(err)
	}
	st, keys, err := s.copyTo(temp)
	if keys != nil {
		defer keys.Drop()
	}
	if err = errors.Join(err, temp.Close()); err == nil {
		err = verifyFile(s.opt.Child, temp.Name(), keys)
	}
	if err != nil {
		return "", st, errors.Join(place(err), remove(temp.Name()))
	}
	return temp.Name(), st, nil
}

// copyTo writes the database to temp and syncs that. The keys are the caller's to
// drop.
func (s *Store) copyTo(temp *os.File) (st state, keys *vault.Keys, err error) {
	s.reading.RLock()
	defer s.reading.RUnlock()
	db, keys, err := s.apart()
	if err != nil {
		return st, nil, err
	}
	err = protect(func() error {
		return db.View(func(b *bolt.Tx) error {
			if st, err = getState(b, keys); err != nil {
				return err
			}
			_, err = b.WriteTo(temp)
			return err
		})
	})
	if isFault(err) {
		err = s.fail(err)
	}
	if err == nil {
		err = temp.Sync()
	}
	return st, keys, err
}

// apart returns the database and keys for long reading beside the writer; a lock
// or close meanwhile does no harm.
func (s *Store) apart() (*database, *vault.Keys, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, nil, err
	}
	if err := s.failure(); err != nil {
		return nil, nil, mustRestart(err)
	}
	keys, err := s.keys.Clone()
	return s.db, keys, err
}

func makeFolder(folder string) error { return place(os.MkdirAll(folder, 0o700)) }

// copyFile copies a file and syncs the copy.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return errors.Join(fmt.Errorf("copy file: %w", err), in.Close())
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if err := errors.Join(err, out.Close(), in.Close()); err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	return nil
}
