package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
	if say := wrongBuild(); say != "" {
		fmt.Fprintln(c.complain, say)
	}
	cfg.Vault, cfg.District, cfg.Now, cfg.Version = v, district{}, c.now, version
	cfg.Press, cfg.Printers, cfg.Sheets = press{v, c.now}, spool.Default(), sheets{v}
	cfg.UndoBatch, cfg.Probe = v.undoBatch, probe()
	cfg.Icon = fyne.NewStaticResource("zhibu.png", assets.AppIcon())
	return errors.Join(ui.Run(cfg), v.Close())
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
