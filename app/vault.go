package main

import (
	"context"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// vault is the data folder as the session sees it.
type vault struct {
	dir     string
	options storage.Options
	open    *storage.Store
}

// Exists implements screen.Vault.
func (v *vault) Exists() bool { return storage.Exists(v.dir) }

// Create implements screen.Vault.
func (v *vault) Create(passphrase string) (screen.Store, string, error) {
	s, code, err := storage.Create(v.dir, passphrase, v.options)
	if err != nil {
		return nil, "", err
	}
	v.open = s
	return shelf{s}, code, nil
}

// Open implements screen.Vault.
func (v *vault) Open(passphrase string) (screen.Store, error) {
	return v.keep(storage.Open(v.dir, passphrase, v.options))
}

// OpenWithCode implements screen.Vault.
func (v *vault) OpenWithCode(code, passphrase string) (screen.Store, error) {
	return v.keep(storage.OpenWithCode(v.dir, code, passphrase, v.options))
}

// Restore implements screen.Vault.
func (v *vault) Restore(file, secret string) (screen.Store, error) {
	s, _, err := storage.Restore(v.dir, file, secret, storage.RestoreOptions{Options: v.options})
	return v.keep(s, err)
}

// undoBatch takes a whole import back and returns how many records it changed.
func (v *vault) undoBatch(batch string) (int, error) {
	if v.open == nil {
		return 0, locked()
	}
	done, err := v.open.UndoBatch(batch)
	return len(done.Records), err
}

func (v *vault) keep(s *storage.Store, err error) (screen.Store, error) {
	if err != nil {
		return nil, err // not s: a nil *Store in an interface would not be nil
	}
	v.open = s
	return shelf{s}, nil
}

// Backup implements screen.Safe.
func (v *vault) Backup(folder string) (string, error) {
	if v.open == nil {
		return "", locked()
	}
	if folder != "" {
		b, err := v.open.BackupTo(folder)
		return b.Path, err
	}
	b, err := v.open.Backup("manual")
	return b.Path, err
}

// BackupIfDue implements screen.Safe: the day's housekeeping.
func (v *vault) BackupIfDue() error {
	if v.open == nil {
		return nil // closed meanwhile: the next opening makes it
	}
	if _, _, err := v.open.BackupIfDue(); err != nil {
		return err
	}
	if _, err := v.open.DropOrphans(); err != nil {
		return err
	}
	if v.open.CompactDue() {
		return v.open.Compact(context.Background(), nil)
	}
	return nil
}

// Refused implements screen.Refuser.
func (v *vault) Refused() []screen.Refusal {
	if v.open == nil {
		return nil
	}
	var out []screen.Refusal
	for _, r := range v.open.Refused() {
		out = append(out, screen.Refusal{Change: r.Change, Say: r.Say, Field: r.Field})
	}
	return out
}

// Resend implements screen.Refuser.
func (v *vault) Resend(op string, set record.Values) error {
	if v.open == nil {
		return locked()
	}
	_, err := v.open.Resend(op, set)
	return err
}

// DropRefused implements screen.Refuser.
func (v *vault) DropRefused(op string) error {
	if v.open == nil {
		return locked()
	}
	return v.open.DropRefused(op)
}

// LastBackup implements screen.Safe.
func (v *vault) LastBackup() time.Time {
	all, err := storage.BackupsOf(v.dir)
	if err != nil || len(all) == 0 {
		return time.Time{} // shown as 还没有
	}
	return all[0].At
}

func locked() error {
	return record.Refuse("LOCKED", "台账锁着，没有办。请先打开台账。")
}

// shelf is an open store with the attachments as the screens ask for them.
type shelf struct{ *storage.Store }

// Note implements screen.Auditor.
func (s shelf) Note(act, kind, id, what string) error {
	return s.Audit(storage.AuditEntry{Act: act, Kind: kind, Record: id, What: what})
}

// Trail implements screen.Auditor.
func (s shelf) Trail() ([]screen.Left, error) {
	entries, err := s.AuditTrail()
	out := make([]screen.Left, 0, len(entries))
	for _, e := range entries {
		out = append(out, screen.Left{At: time.UnixMilli(e.At), By: e.By, Act: e.Act, Kind: e.Kind, ID: e.Record, What: e.What})
	}
	return out, err
}

// Attach implements screen.Attachments.
func (s shelf) Attach(data []byte) (string, error) {
	file, err := s.AddFile("", data)
	return file.SHA, err
}

// Attachment implements screen.Attachments.
func (s shelf) Attachment(hash string) ([]byte, error) {
	_, data, err := s.File(hash)
	return data, err
}

// Close implements screen.Vault.
func (v *vault) Close() error {
	if v.open == nil {
		return nil
	}
	s := v.open
	v.open = nil
	return s.Close()
}

// BackupBeforeImport implements screen.Careful.
func (s shelf) BackupBeforeImport() error {
	_, err := s.Store.Backup(storage.BackupImport)
	return err
}
