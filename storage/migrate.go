package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/vault"
)

// step brings a database from one format to the next, inside a transaction.
type step func(b *bolt.Tx, keys *vault.Keys) error

// steps lists the migrations: steps()[0] leads from format 1 to 2. A fixture of
// every format that was ever shipped lies in testdata and is opened by a test.
func steps() []step { return nil }

// migrate brings an open database to the newest format in one transaction, after
// a verified copy was put into the backups.
func migrate(dir string, db *database, keys *vault.Keys, format int, all []step, opt Options) error {
	if format > len(all) {
		return nil
	}
	if err := copyBefore(dir, db, keys, opt); err != nil {
		return err
	}
	err := protect(func() error {
		return db.Update(func(b *bolt.Tx) error {
			for _, one := range all[format-1:] {
				if err := one(b, keys); err != nil {
					return err
				}
			}
			return b.Bucket([]byte(bHead)).Put(keyFormat, []byte(strconv.Itoa(len(all)+1)))
		})
	})
	if err != nil {
		return fmt.Errorf("migrate from format %d: %w", format, notSaved(err))
	}
	return nil
}

// copyBefore keeps a copy of the database as the old format has it. It cannot be
// verified value by value: only the new code is here. bbolt's copy is consistent.
func copyBefore(dir string, db *database, keys *vault.Keys, opt Options) error {
	folder := filepath.Join(dir, backupsName)
	if err := makeFolder(folder); err != nil {
		return err
	}
	path, err := backupPath(folder, keys.Store(), BackupMigration, opt.Now())
	if err != nil {
		return err
	}
	err = protect(func() error {
		return db.View(func(b *bolt.Tx) error { return b.CopyFile(path, 0o600) })
	})
	if err != nil {
		return errors.Join(place(err), remove(path))
	}
	return place(journal.SyncFolder(path))
}
