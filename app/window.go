package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui"
	"zhibu/app/ui/spool"
	"zhibu/assets"
	"zhibu/storage"
	"zhibu/storage/record"
)

// version is the program's version, as FyneApp.toml repeats it.
const version = "1.0.0"

// openWindow opens the program on the default data folder.
func openWindow(c *call) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	return c.show(&vault{dir: dir, options: c.options()}, ui.Config{})
}

// show opens the window on v, everything else wired in.
func (c *call) show(v *vault, cfg ui.Config) error {
	cfg.Vault, cfg.District, cfg.Now, cfg.Version = v, district{}, c.now, version
	cfg.Press, cfg.Printers, cfg.Sheets = press{v, c.now}, spool.Default(), sheets{v}
	cfg.UndoBatch, cfg.Probe = v.undoBatch, probe()
	cfg.Icon = fyne.NewStaticResource("zhibu.png", assets.AppIcon())
	return errors.Join(ui.Run(cfg), v.Close())
}

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

// BackupIfDue implements screen.Safe.
func (v *vault) BackupIfDue() error {
	if v.open == nil {
		return nil // closed meanwhile: the next opening makes it
	}
	_, _, err := v.open.BackupIfDue()
	return err
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

// district reaches the district over the network.
type district struct{}

// Join implements screen.District.
func (district) Join(ctx context.Context, s screen.Store, server, code string) (string, error) {
	store, err := concrete(s)
	if err != nil {
		return "", err
	}
	e, err := joinDistrict(ctx, store, server, code)
	return e.Name, err
}

// Sync implements screen.District.
func (district) Sync(ctx context.Context, s screen.Store) (screen.Outcome, error) {
	store, err := concrete(s)
	if err != nil {
		return screen.Outcome{}, err
	}
	out, err := exchange(ctx, store)
	return screen.Outcome{Pushed: out.Pushed, Pulled: out.Pulled, Conflicts: out.Conflicts, Refused: out.Refused}, err
}

func concrete(s screen.Store) (*storage.Store, error) {
	on, ok := s.(shelf)
	if !ok {
		return nil, record.Refuse("STORE_FOREIGN", "这份台账不能与区里同步。内容都在本机。")
	}
	return on.Store, nil
}

// Pack implements screen.Bundler.
func (district) Pack(_ context.Context, s screen.Store, folder string) (string, error) {
	store, err := concrete(s)
	if err != nil {
		return "", err
	}
	files, err := packTo(store, folder)
	return strings.Join(files, "、"), err
}

// Unpack implements screen.Bundler.
func (district) Unpack(_ context.Context, s screen.Store, file string) (screen.Outcome, error) {
	store, err := concrete(s)
	if err != nil {
		return screen.Outcome{}, err
	}
	out, err := unpackFrom(store, file)
	return screen.Outcome{Pushed: out.Pushed, Pulled: out.Pulled, Conflicts: out.Conflicts, Refused: out.Refused}, err
}
