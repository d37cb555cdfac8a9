package main

import (
	"context"
	"errors"

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
	cfg.Press, cfg.Printers, cfg.Sheets = press{v, c.now}, spool.Default(), sheets{}
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
	return s, code, nil
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
		return 0, record.Refuse("LOCKED", "台账锁着，没有撤销。请先打开台账。")
	}
	done, err := v.open.UndoBatch(batch)
	return len(done.Records), err
}

func (v *vault) keep(s *storage.Store, err error) (screen.Store, error) {
	if err != nil {
		return nil, err // not s: a nil *Store in an interface would not be nil
	}
	v.open = s
	return s, nil
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
	store, ok := s.(*storage.Store)
	if !ok {
		return nil, record.Refuse("STORE_FOREIGN", "这份台账不能与区里同步。内容都在本机。")
	}
	return store, nil
}
