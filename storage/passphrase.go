package storage

import (
	bolt "go.etcd.io/bbolt"

	"zhibu/storage/vault"
)

// SetPassphrase gives the store a new passphrase. Only the wrapping of the root
// key changes; backups made before still open with the old one.
func (s *Store) SetPassphrase(passphrase string) error {
	return s.rewrap(func(h vault.Header) (vault.Header, error) {
		return s.keys.ChangePassphrase(h, passphrase, s.opt.Cost)
	})
}

// ChangePassphrase is SetPassphrase for someone who proves to know the old one.
// Wrong tries count as at opening.
func (s *Store) ChangePassphrase(old, passphrase string) error {
	if err := s.Prove(old); err != nil {
		return err
	}
	return s.SetPassphrase(passphrase)
}

// NewCode voids the recovery code and returns another.
func (s *Store) NewCode() (code string, err error) {
	err = s.rewrap(func(h vault.Header) (vault.Header, error) {
		h, code, err = s.keys.NewCode(h)
		return h, err
	})
	return code, err
}

// Prove refuses a passphrase that does not open the store. Wrong tries count as at
// opening.
func (s *Store) Prove(passphrase string) error {
	s.write.Lock()
	header := s.header
	s.write.Unlock()
	return guess(s.dir, s.opt.Now(), func() error {
		keys, err := header.Unlock(passphrase)
		if err != nil {
			return err
		}
		keys.Drop()
		return nil
	})
}

func (s *Store) rewrap(with func(vault.Header) (vault.Header, error)) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	if err := s.failure(); err != nil {
		return mustRestart(err)
	}
	if err := s.room(); err != nil {
		return err
	}
	next, err := with(s.header)
	if err != nil {
		return err
	}
	err = protect(func() error { return s.db.Update(func(b *bolt.Tx) error { return putHead(b, next) }) })
	if isFault(err) {
		return s.fail(err)
	}
	if err != nil {
		return notSaved(err)
	}
	s.header = next
	return place(s.writeSide(s.st.Changes, false))
}

// Lock drops the keys and everything decrypted; the file stays open, so that no
// second program takes it. Until Unlock every call that needs content refuses
// with code LOCKED.
func (s *Store) Lock() {
	s.write.Lock()
	defer s.write.Unlock()
	s.forget()
}

// Locked reports whether the store waits for its passphrase.
func (s *Store) Locked() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.keys == nil
}

// Unlock opens a locked store again. Wrong tries count as at opening.
func (s *Store) Unlock(passphrase string) error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.db == nil || s.keys != nil {
		return s.usable()
	}
	var keys *vault.Keys
	err := guess(s.dir, s.opt.Now(), func() error {
		var err error
		keys, err = s.header.Unlock(passphrase)
		return err
	})
	if err != nil {
		return err
	}
	return s.resume(keys)
}

func (s *Store) resume(keys *vault.Keys) error {
	s.mu.Lock()
	s.keys = keys
	s.mu.Unlock()
	if err := s.read(); err != nil {
		s.forget()
		return err
	}
	s.log.Unlock(keys)
	return nil
}
