package storage

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"

	"zhibu/storage/vault"
)

// lockWait is how long another holder of the file is waited for: a program that
// is just closing lets go within it.
const lockWait = 300 * time.Millisecond

// maxDatabase bounds the file: far above a big branch's ten years.
const maxDatabase = 16 << 30

// ahead is how many bytes of zeros lie ready beyond the pages in use.
const ahead = 256 << 10

// database is an open database file with the handle bbolt reads it by.
type database struct {
	*bolt.DB
	file  *os.File
	ready int64 // up to here the file's blocks exist on the disk
}

// prepare writes zeros beyond the pages in use, once they run short: a save then
// fills blocks that exist, and its syncs carry data only. It is called at the
// beginning of a writing transaction, when nothing lies there yet.
func (d *database) prepare(used int64) error {
	if d.ready >= used+ahead/4 {
		return nil
	}
	from := max(d.ready, used)
	if _, err := d.file.WriteAt(make([]byte, used+ahead-from), from); err != nil {
		return fmt.Errorf("prepare database file: %w", err)
	}
	d.ready = used + ahead
	return nil
}

// quit closes the database. After a fault inside a writing transaction bbolt's own
// locks stay held and closing would wait for ever: then only the lock on the file
// is let go, and the mapping stays until the program ends.
func (d *database) quit(fault error) error {
	if isFault(fault) {
		return errors.Join(letGo(d.file), d.file.Close())
	}
	return protect(d.Close)
}

// openBolt opens a database file and turns whatever goes wrong into a refusal.
// After a fault the lock is let go by hand: the mapping that stays behind would
// hold it as long as the program runs.
func openBolt(path string, readOnly bool) (*database, error) {
	surviveSizeLimit()
	var file *os.File
	opt := &bolt.Options{Timeout: lockWait, ReadOnly: readOnly, FreelistType: bolt.FreelistMapType, MaxSize: maxDatabase,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag, mode)
			file = f
			return f, err
		}}
	var db *bolt.DB
	err := protect(func() error {
		var err error
		db, err = bolt.Open(path, 0o600, opt)
		return err
	})
	switch {
	case err == nil:
		return &database{DB: db, file: file}, nil
	case errors.Is(err, boltErrors.ErrTimeout):
		return nil, alreadyOpen(err)
	case isFault(err) && file != nil:
		return nil, damaged(errors.Join(err, letGo(file), file.Close()))
	case errors.Is(err, os.ErrNotExist):
		return nil, gone(err)
	case isShut(err), isFull(err):
		return nil, place(err)
	}
	return nil, damaged(err)
}

// readHead returns the vault header of an open database and refuses a newer
// format.
func readHead(db *database) (vault.Header, int, error) {
	var h vault.Header
	var format int
	err := protect(func() error {
		return db.View(func(b *bolt.Tx) error {
			head := b.Bucket([]byte(bHead))
			if head == nil {
				return damaged(errors.New("no head"))
			}
			var err error
			if format, err = strconv.Atoi(string(head.Get(keyFormat))); err != nil || format < 1 {
				return damaged(fmt.Errorf("format: %w", err))
			}
			if format > Format {
				return newerFormat(format)
			}
			h, err = vault.DecodeHeader(append([]byte(nil), head.Get(keyVault)...))
			return err
		})
	})
	if isFault(err) {
		return h, format, damaged(err)
	}
	return h, format, err
}

// headOf reads the vault header of a database file that nobody has open.
func headOf(path string) (vault.Header, int, error) {
	db, err := openBolt(path, true)
	if err != nil {
		return vault.Header{}, 0, err
	}
	h, format, err := readHead(db)
	return h, format, errors.Join(err, db.quit(err))
}

// makeFile writes an empty database at path with a header and a first state.
func makeFile(path string, keys *vault.Keys, h vault.Header, st state) (err error) {
	if err := remove(path); err != nil {
		return err
	}
	db, err := openBolt(path, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Update(func(b *bolt.Tx) error {
		for _, name := range buckets() {
			if _, err := b.CreateBucketIfNotExists([]byte(name)); err != nil {
				return fmt.Errorf("make bucket: %w", err)
			}
		}
		if err := putHead(b, h); err != nil {
			return err
		}
		return putState(b, keys, st)
	})
}

func putHead(b *bolt.Tx, h vault.Header) error {
	data, err := h.Encode()
	if err != nil {
		return fmt.Errorf("encode header: %w", err)
	}
	head := b.Bucket([]byte(bHead))
	return errors.Join(head.Put(keyFormat, []byte(strconv.Itoa(Format))), head.Put(keyVault, data))
}
