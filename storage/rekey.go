package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Rekey gives the store a new root key, passphrase and recovery code: every value
// is sealed anew into a new file, which is verified before it takes the old
// one's place. Until then nothing is changed. Backups made before still open
// with the old passphrase; DropOldBackups removes them.
func (s *Store) Rekey(passphrase string, progress Progress) (code string, err error) {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.writable(); err != nil {
		return "", err
	}
	keys, header, code, err := vault.New(s.header.Store, passphrase, s.opt.Cost, s.opt.Algorithm)
	if err != nil {
		return "", err
	}
	next := s.path() + ".rekey"
	if err := s.resealed(next, keys, header, func(*state) {}, nil, progress); err != nil {
		return "", err
	}
	frames, _, err := journal.Read(filepath.Join(s.dir, journalName), s.keys)
	if err != nil {
		return "", errors.Join(place(err), remove(next))
	}
	if err := s.swap(next); err != nil {
		return "", err
	}
	s.mu.Lock()
	s.keys.Drop()
	s.keys = keys
	s.mu.Unlock()
	s.header = header
	if err := s.reread(); err != nil {
		return "", err
	}
	return code, place(errors.Join(s.writeSide(s.st.Changes, false), s.log.Rekey(keys, frames)))
}

// reread takes the state of a file that was just written anew: its sums differ.
func (s *Store) reread() error {
	if err := quiet(s.read); err != nil {
		return s.fail(err)
	}
	return nil
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

// resealed writes the whole database under other keys to next and verifies it.
// edit changes the state, leave names settings that stay behind.
func (s *Store) resealed(next string, keys *vault.Keys, header vault.Header, edit func(*state), leave map[string]bool, progress Progress) error {
	if err := roomIn(filepath.Dir(next), reserve+2*fileSize(s.path())); err != nil {
		return err
	}
	st := s.st.clone()
	st.Sums = map[string]sum{}
	edit(&st)
	err := makeFile(next, keys, header, st)
	if err == nil {
		err = s.reseal(next, keys, st, leave, progress)
	}
	if err == nil {
		err = verifyFile(s.opt.Child, next, keys)
	}
	if err != nil {
		return errors.Join(place(err), remove(next))
	}
	return nil
}

// reseal copies every value into the file at next.
func (s *Store) reseal(next string, keys *vault.Keys, st state, leave map[string]bool, progress Progress) (err error) {
	db, err := openBolt(next, false)
	if err != nil {
		return err
	}
	db.NoSync = true // synced once, below, before anybody relies on it
	defer func() { err = errors.Join(err, db.Close()) }()
	done, all := 0, 0
	for _, name := range sealedBuckets() {
		all += int(s.st.Sums[name].Count)
	}
	err = s.view(func(from *bolt.Tx) error {
		for _, name := range sealedBuckets() {
			progress.at(done, all)
			done += int(s.st.Sums[name].Count)
			c := copier{from: s.keys, to: keys, st: &st, db: db, bucket: name, leave: leave}
			if err := c.all(from); err != nil {
				return fmt.Errorf("bucket %s: %w", name, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return db.Sync()
}

// copier seals the values of one bucket anew, in transactions of bounded size.
type copier struct {
	from, to *vault.Keys
	st       *state
	db       *database
	bucket   string
	leave    map[string]bool
	files    map[string][]byte // old key of an attachment → new key
	batch    []newValue
	size     int
}

type newValue struct{ key, plain []byte }

func (c *copier) all(from *bolt.Tx) error {
	if c.bucket == bBlob && c.from != c.to {
		if err := c.mapFiles(from); err != nil {
			return err
		}
	}
	err := from.Bucket([]byte(c.bucket)).ForEach(func(k, v []byte) error {
		plain, err := c.from.Open(purposeOf(c.bucket), c.bucket, k, v)
		if err != nil {
			return err
		}
		key, err := c.key(k, plain)
		if err != nil || key == nil {
			return err
		}
		c.batch = append(c.batch, newValue{key, plain})
		if c.size += len(plain) + len(v); c.size < copyBatch {
			return nil
		}
		return c.flush()
	})
	if err != nil {
		return err
	}
	return c.flush()
}

func (c *copier) flush() error {
	err := c.db.Update(func(b *bolt.Tx) error {
		for _, v := range c.batch {
			b.Bucket([]byte(c.bucket)).FillPercent = 1 // keys rise
			if err := writeSpot(b, c.to.SealTight, c.st, spot{c.bucket, string(v.key)}, v.plain); err != nil {
				return err
			}
		}
		return putState(b, c.to, *c.st)
	})
	c.batch, c.size = nil, 0
	return err
}

// key returns the key a value has under the new root key, nil to leave it out.
func (c *copier) key(old, plain []byte) ([]byte, error) {
	if c.from == c.to {
		return append([]byte(nil), old...), nil
	}
	switch c.bucket {
	case bRec:
		return c.recordKey(old, plain)
	case bRefused:
		var f Refusal
		err := record.Decode(plain, &f)
		return c.to.ID(bRefused, f.Change.ID), err
	case bDraft:
		var d record.Draft
		err := record.Decode(plain, &d)
		return c.to.ID(bDraft, d.Key), err
	case bLocal:
		var row localRow
		if err := record.Decode(plain, &row); err != nil || c.leave[row.Key] {
			return nil, err
		}
		return c.to.ID(bLocal, row.Key), nil
	case bFile:
		var a Attachment
		err := record.Decode(plain, &a)
		return c.to.ID(bFile, a.SHA), err
	case bBlob:
		file := c.files[string(old[:vault.IDSize])]
		if file == nil {
			return nil, fmt.Errorf("part of an unknown attachment")
		}
		return partKey(file, int(binary.BigEndian.Uint32(old[vault.IDSize:]))), nil
	}
	return append([]byte(nil), old...), nil // numbers
}

func (c *copier) recordKey(old, plain []byte) ([]byte, error) {
	if len(old) == vault.IDSize {
		b, err := decodeBase(plain)
		if err != nil {
			return nil, err
		}
		return c.to.ID(bRec, b.kind, b.id), nil
	}
	_, change, err := decodeLog(plain)
	if err != nil {
		return nil, err
	}
	return logKey(c.to.ID(bRec, change.Kind, change.Record), binary.BigEndian.Uint64(old[vault.IDSize:])), nil
}

func (c *copier) mapFiles(from *bolt.Tx) error {
	c.files = map[string][]byte{}
	return from.Bucket([]byte(bFile)).ForEach(func(k, v []byte) error {
		plain, err := c.from.Open(purposeOf(bFile), bFile, k, v)
		if err != nil {
			return err
		}
		var a Attachment
		if err := record.Decode(plain, &a); err != nil {
			return fmt.Errorf("decode attachment: %w", err)
		}
		c.files[string(k)] = c.to.ID(bFile, a.SHA)
		return nil
	})
}
