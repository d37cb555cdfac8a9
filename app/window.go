package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui"
	"zhibu/app/ui/spool"
	"zhibu/app/wire"
	"zhibu/assets"
	"zhibu/storage/record"
	"zhibu/sync"
)

// version is the program's version, as FyneApp.toml repeats it.
const version = "1.0.0"

// openWindow opens the program on the default data folder.
func openWindow(c *call) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	return c.show(&wire.Vault{Dir: dir, Options: c.options()}, ui.Config{})
}

// show opens the window on v, everything else wired in.
func (c *call) show(v *wire.Vault, cfg ui.Config) error {
	if say := wrongBuild(); say != "" {
		fmt.Fprintln(c.complain, say)
	}
	cfg.Vault, cfg.District, cfg.Now, cfg.Version = v, district{c.now}, c.now, version
	cfg.Press, cfg.Printers, cfg.Sheets = wire.Press{Vault: v, Now: c.now}, spool.Default(), wire.Sheets{Vault: v}
	cfg.UndoBatch, cfg.Probe = v.UndoBatch, probe()
	cfg.Icon = fyne.NewStaticResource("zhibu.png", assets.AppIcon())
	return errors.Join(ui.Run(cfg), v.Close())
}

// district reaches the district over the network.
type district struct{ now func() time.Time }

// Admit implements screen.District.
func (d district) Admit(ctx context.Context, server, code string) (record.Enrolment, error) {
	return admit(ctx, server, code, d.now)
}

// Enrol implements screen.District.
func (d district) Enrol(s screen.Store, e record.Enrolment) error {
	m, err := d.machine(s)
	if err != nil {
		return err
	}
	return m.enrol(e)
}

// Sync implements screen.District.
func (d district) Sync(ctx context.Context, s screen.Store) (screen.Outcome, error) {
	m, err := d.machine(s)
	if err != nil {
		return screen.Outcome{}, err
	}
	out, err := m.exchange(ctx)
	return told(out), err
}

func (d district) machine(s screen.Store) (machine, error) {
	on, ok := s.(wire.Shelf)
	if !ok {
		return machine{}, record.Refuse("STORE_FOREIGN", "这份台账不能与区里同步。请照常登记、打印；内容都在本机。")
	}
	return machine{on.Store, d.now}, nil
}

// told is an outcome as the screens know it.
func told(out sync.Outcome) screen.Outcome {
	return screen.Outcome{Pushed: out.Pushed, Pulled: out.Pulled, Conflicts: out.Conflicts, Refused: out.Refused,
		Files: out.Files, FilesLeft: out.FilesLeft, FilesWhy: out.FilesWhy}
}

// Network implements screen.Networked: the addresses of this machine that lead
// somewhere, as they change when a network comes or goes.
func (district) Network() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return "" // then only the clock tells when to try again
	}
	var lead []string
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			lead = append(lead, ip.String())
		}
	}
	slices.Sort(lead)
	return strings.Join(lead, " ")
}

// Pack implements screen.Bundler.
func (d district) Pack(_ context.Context, s screen.Store, folder string) (string, error) {
	m, err := d.machine(s)
	if err != nil {
		return "", err
	}
	files, err := m.pack(folder)
	if len(files) == 1 {
		return filepath.Base(files[0]), err
	}
	return fmt.Sprintf("%d 个文件", len(files)), err
}

// Unpack implements screen.Bundler.
func (d district) Unpack(_ context.Context, s screen.Store, place string) (screen.Outcome, error) {
	m, err := d.machine(s)
	if err != nil {
		return screen.Outcome{}, err
	}
	out, err := m.unpack(place)
	return told(out), err
}
