package storage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zhibu/storage/journal"
	"zhibu/storage/record"
)

// side is the little file beside the database that knows what should be there.
// It holds no secret and nothing about people: the vault header is the same that
// stands in the database, so that the journal can be read without it.
type side struct {
	Store   string `cbor:"1,keyasint"`
	Format  int    `cbor:"2,keyasint"`
	Changes uint64 `cbor:"3,keyasint"` // transactions when last written
	N       uint64 `cbor:"4,keyasint"` // newest own op when last written
	Clean   bool   `cbor:"5,keyasint"` // the program closed the database
	Header  []byte `cbor:"6,keyasint"`
}

// readSide returns the side file of a data folder. One that is missing or
// damaged is no side file: the database can do without.
func readSide(dir string) (side, bool) {
	data, err := os.ReadFile(filepath.Join(dir, sideName))
	if err != nil || len(data) < sha256.Size {
		return side{}, false
	}
	sum := sha256.Sum256(data[sha256.Size:])
	var out side
	if !bytes.Equal(sum[:], data[:sha256.Size]) || record.Decode(data[sha256.Size:], &out) != nil {
		return side{}, false
	}
	return out, true
}

// writeSide notes the state of the store. The writer's lock is held.
func (s *Store) writeSide(changes uint64, clean bool) error {
	header, err := s.header.Encode()
	if err != nil {
		return fmt.Errorf("encode header: %w", err)
	}
	return writeSide(s.dir, side{Store: s.header.Store, Format: Format, Changes: changes, N: s.st.N, Clean: clean, Header: header})
}

func writeSide(dir string, n side) error {
	body, err := record.Encode(n)
	if err != nil {
		return fmt.Errorf("encode side file: %w", err)
	}
	sum := sha256.Sum256(body)
	return replaceFile(filepath.Join(dir, sideName), append(sum[:], body...))
}

// replaceFile writes a file so that a crash leaves the old or the new one.
func replaceFile(path string, data []byte) error {
	next := path + ".new"
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write file: %w", err), remove(next))
	}
	if err := journal.Rename(next, path); err != nil {
		return fmt.Errorf("replace file: %w", err)
	}
	return journal.SyncFolder(path)
}

// remove deletes a file; one that is not there is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove file: %w", err)
	}
	return nil
}
