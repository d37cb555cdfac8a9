package storage

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"zhibu/storage/journal"
	"zhibu/storage/vault"
)

// Exists reports whether dir holds a store, or the traces of one.
func Exists(dir string) bool {
	for _, name := range []string{dbName, sideName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// Create makes a store in dir, which is made too if need be, and returns it open
// together with the recovery code, which is shown once and kept nowhere.
func Create(dir, passphrase string, opt Options) (*Store, string, error) {
	if err := local(dir); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", place(err)
	}
	if Exists(dir) {
		return nil, "", exists(dir)
	}
	if err := surroundings(dir, reserve); err != nil {
		return nil, "", err
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return nil, "", fmt.Errorf("draw store id: %w", err)
	}
	keys, header, code, err := vault.New(hex.EncodeToString(id[:]), passphrase, opt.Cost, opt.Algorithm)
	if err != nil {
		return nil, "", err
	}
	st := state{Device: newID(), Sums: map[string]sum{}}
	path := filepath.Join(dir, dbName)
	if err := makeFile(path+".new", keys, header, st); err != nil {
		return nil, "", errors.Join(place(err), remove(path+".new"))
	}
	if err := journal.Rename(path+".new", path); err != nil {
		return nil, "", place(err)
	}
	if err := journal.SyncFolder(path); err != nil {
		return nil, "", place(err)
	}
	s, err := attach(dir, keys, header, opt, side{Clean: true})
	return s, code, err
}

func (opt Options) filled() Options {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Quota == 0 {
		opt.Quota = defaultQuota
	}
	return opt
}
