package storage

import (
	"context"
	"errors"
	"path/filepath"

	"zhibu/storage/journal"
	"zhibu/storage/vault"
)

// Rekey gives the store a new root key, passphrase and recovery code: every value
// is sealed anew into a new file, which is verified before it takes the old
// one's place. Saves go on meanwhile; until the end, or when ctx ends, nothing is
// changed. Backups made before still open with the old passphrase;
// DropOldBackups removes them.
func (s *Store) Rekey(ctx context.Context, passphrase string, progress Progress) (code string, err error) {
	keys, header, code, err := vault.New(s.id, passphrase, s.opt.Cost, s.opt.Algorithm)
	if err != nil {
		return "", err
	}
	r := &rewriting{path: s.path() + ".rekey", to: keys, header: header, progress: progress}
	if err := s.rewritten(ctx, r, func() error { return s.rekeyed(r) }); err != nil {
		return "", err
	}
	return code, nil
}

// rekeyed takes a file sealed under another root key into use, and seals the
// journal under it too. The writer's lock is held.
func (s *Store) rekeyed(r *rewriting) error {
	frames, _, err := journal.Read(filepath.Join(s.dir, journalName), s.keys)
	if err != nil {
		return place(err)
	}
	if err := s.swap(r); err != nil {
		return err
	}
	s.mu.Lock()
	s.keys.Drop()
	s.keys = r.to
	s.mu.Unlock()
	s.header = r.header
	return place(errors.Join(s.writeSide(s.st.Changes, false), s.log.Rekey(r.to, frames)))
}

// DropOldBackups removes the backups in the data folder that are sealed under an
// earlier root key, once a backup under the present one exists. It returns how
// many went.
func (s *Store) DropOldBackups() (int, error) {
	if _, err := s.Backup(BackupRekey); err != nil {
		return 0, err
	}
	list, err := s.Backups()
	if err != nil {
		return 0, err
	}
	s.write.Lock()
	now := s.header.KeyID
	s.write.Unlock()
	gone := 0
	for _, b := range list {
		h, _, err := headOf(b.Path)
		if err != nil || h.KeyID == now {
			continue // what cannot be read is for a person to judge
		}
		if err := remove(b.Path); err != nil {
			return gone, place(err)
		}
		gone++
	}
	return gone, nil
}
