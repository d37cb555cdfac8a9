// Package wire makes what the screens ask for out of the packages that do it: the
// data folder out of storage, the press out of the printed forms.
package wire

import (
	"sync/atomic"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// Vault is the data folder as the session sees it.
type Vault struct {
	Dir     string
	Options storage.Options
	open    atomic.Pointer[storage.Store] // nil while locked; slow work reads it beside the face
}

// Exists implements screen.Vault.
func (v *Vault) Exists() bool { return storage.Exists(v.Dir) }

// Create implements screen.Vault.
func (v *Vault) Create(passphrase string) (screen.Store, string, error) {
	s, code, err := storage.Create(v.Dir, passphrase, v.Options)
	out, err := v.keep(s, err)
	return out, code, err
}

// Open implements screen.Vault.
func (v *Vault) Open(passphrase string) (screen.Store, error) {
	return v.keep(storage.Open(v.Dir, passphrase, v.Options))
}

// OpenWithCode implements screen.Vault.
func (v *Vault) OpenWithCode(code, passphrase string) (screen.Store, error) {
	return v.keep(storage.OpenWithCode(v.Dir, code, passphrase, v.Options))
}

// Restore implements screen.Vault.
func (v *Vault) Restore(file, secret string) (screen.Store, screen.Restored, error) {
	restore := func() (*storage.Store, storage.Restored, error) {
		if file == "" {
			return storage.Rebuild(v.Dir, secret, v.Options)
		}
		return storage.Restore(v.Dir, file, secret, storage.RestoreOptions{Options: v.Options})
	}
	s, done, err := restore()
	out, err := v.keep(s, err)
	return out, screen.Restored{Merged: done.Merged, Missing: done.Missing, Kept: done.Replaced}, err
}

// Store returns the open store, for work beside the face.
func (v *Vault) Store() (*storage.Store, error) {
	if s := v.open.Load(); s != nil {
		return s, nil
	}
	return nil, record.Refuse("LOCKED", "台账锁着，没有办。请先打开台账。")
}

// UndoBatch takes a whole import back and returns how many records it changed.
func (v *Vault) UndoBatch(batch string) (int, error) {
	s, err := v.Store()
	if err != nil {
		return 0, err
	}
	done, err := s.UndoBatch(batch)
	return len(done.Records), err
}

func (v *Vault) keep(s *storage.Store, err error) (screen.Store, error) {
	if err != nil {
		return nil, err // not s: a nil *Store in an interface would not be nil
	}
	v.open.Store(s)
	return Shelf{s}, nil
}

// Refused implements screen.Refuser.
func (v *Vault) Refused() []screen.Refusal {
	s, err := v.Store()
	if err != nil {
		return nil
	}
	var out []screen.Refusal
	for _, r := range s.Refused() {
		out = append(out, screen.Refusal{Change: r.Change, Say: r.Say, Field: r.Field})
	}
	return out
}

// Resend implements screen.Refuser.
func (v *Vault) Resend(op string, set record.Values) error {
	s, err := v.Store()
	if err != nil {
		return err
	}
	_, err = s.Resend(op, set)
	return err
}

// DropRefused implements screen.Refuser.
func (v *Vault) DropRefused(op string) error {
	s, err := v.Store()
	if err != nil {
		return err
	}
	return s.DropRefused(op)
}

// Close implements screen.Vault.
func (v *Vault) Close() error {
	if s := v.open.Swap(nil); s != nil {
		return s.Close()
	}
	return nil
}

// Shelf is an open store with the chain and the attachments as the screens ask for
// them.
type Shelf struct{ *storage.Store }

// Note implements screen.Auditor.
func (s Shelf) Note(act, kind, id, what string) error {
	return s.Audit(storage.AuditEntry{Act: act, Kind: kind, Record: id, What: what})
}

// Trail implements screen.Auditor.
func (s Shelf) Trail() ([]screen.Left, error) {
	entries, err := s.AuditTrail()
	out := make([]screen.Left, 0, len(entries))
	for _, e := range entries {
		out = append(out, screen.Left{At: time.UnixMilli(e.At), By: e.By, Act: e.Act, Kind: e.Kind, ID: e.Record, What: e.What})
	}
	return out, err
}

// Attach implements screen.Attachments.
func (s Shelf) Attach(data []byte) (string, error) {
	file, err := s.AddFile("", data)
	return file.SHA, err
}

// Attachment implements screen.Attachments.
func (s Shelf) Attachment(hash string) ([]byte, error) {
	_, data, err := s.File(hash)
	return data, err
}

// BackupBeforeImport implements screen.Careful.
func (s Shelf) BackupBeforeImport() error {
	_, err := s.Store.Backup(storage.BackupImport)
	return err
}
