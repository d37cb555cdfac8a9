package ui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/app/wire"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// newVault is a data folder of a test.
func newVault(dir string, now func() time.Time) *wire.Vault {
	opt := storetest.Options(now)
	opt.Guards, opt.Machine = branch.Guards(), "办公台式"
	return &wire.Vault{Dir: dir, Options: opt}
}

// window is the program in a window that exists only as a picture.
type window struct {
	*App
	*shot.Studio
	vault *wire.Vault
	gate  *gate
	at    time.Time // what the clock says
	caps  bool      // the keyboard writes capitals
}

// gate is a Runner that works in place until it is shut; then work is begun and does
// not end.
type gate struct{ shut bool }

// Do implements screen.Runner.
func (g *gate) Do(title string, work func(context.Context, screen.Progress) error, then func(error)) {
	if !g.shut {
		screen.Inline{}.Do(title, work, then)
	}
}

// rowBox is the table of the form shown.
func (w *window) rowBox(table string) *rowBox {
	f := w.page.(*formPage)
	f.goTo(record.Path(table, "", ""))
	for _, b := range f.cards[f.tab].boxes {
		if b.path == table {
			return b.rows
		}
	}
	return nil
}

// content is what a data folder holds when the window opens.
type content interface{ put(v *wire.Vault) error }

// written makes a folder and writes into it.
type written func(*storage.Store)

func (fill written) put(v *wire.Vault) error {
	s, _, err := storage.Create(v.Dir, storetest.Passphrase, v.Options)
	if err != nil {
		return err
	}
	fill(s)
	return s.Close()
}

// copied copies a folder that was made before.
type copied string

func (from copied) put(v *wire.Vault) error { return os.CopyFS(v.Dir, os.DirFS(string(from))) }

// stage is the one Fyne app of all windows here: see kit.Dress.
var stage = sync.OnceValue(test.NewApp)

// staged is the stage with the preferences of one window.
type staged struct {
	fyne.App
	prefs prefs
}

// Preferences implements fyne.App.
func (s staged) Preferences() fyne.Preferences { return s.prefs }

// prefs knows what a window wrote, to take it back.
type prefs struct {
	fyne.Preferences
	written map[string]bool
}

// SetBool implements fyne.Preferences.
func (p prefs) SetBool(key string, v bool) {
	p.written[key] = true
	p.Preferences.SetBool(key, v)
}

// SetFloat implements fyne.Preferences.
func (p prefs) SetFloat(key string, v float64) {
	p.written[key] = true
	p.Preferences.SetFloat(key, v)
}

// SetString implements fyne.Preferences.
func (p prefs) SetString(key, v string) {
	p.written[key] = true
	p.Preferences.SetString(key, v)
}

func (p prefs) forget() {
	for key := range p.written {
		p.RemoveValue(key)
	}
}

// openWindow opens the program on a fresh folder with that content; with none the
// folder is empty and the wizard comes.
func openWindow(t testing.TB, face kit.Face, size fyne.Size, fill content) *window {
	t.Helper()
	w := &window{gate: &gate{}, at: shot.Moment()}
	now := func() time.Time { return w.at }
	v := newVault(filepath.Join(t.TempDir(), "data"), now)
	if fill != nil {
		if err := fill.put(v); err != nil {
			t.Fatal(err)
		}
	}
	fy := staged{stage(), prefs{stage().Preferences(), map[string]bool{}}}
	fy.Preferences().SetBool(prefLarge, face == kit.Large)
	fy.Preferences().SetFloat(prefWidth, float64(size.Width))
	fy.Preferences().SetFloat(prefHeight, float64(size.Height))
	a := New(fy, Config{Vault: v, District: unplugged{}, Now: now, Version: "1.0.0", Runner: w.gate, Press: wire.Press{Vault: v, Now: now},
		Printers: twoPrinters{}, Sheets: wire.Sheets{Vault: v}, CapsLock: func() bool { return w.caps }})
	a.win.SetPadded(false)
	a.win.Resize(size)
	w.App, w.Studio, w.vault = a, &shot.Studio{App: fy, Window: a.win, Kit: a.kit}, v
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		fy.prefs.forget()
		a.win.Close()
		test.NewCanvas().Capture() // here the toolkit forgets what was last shown a minute ago
	})
	if fill != nil {
		a.session.Unlock(storetest.Passphrase)
		if a.session.Stage != screen.Unlocked {
			t.Fatalf("not unlocked: %s", a.session.Lock.Say)
		}
		a.session.Sync.Exchange()
	}
	w.Settle()
	return w
}

// unplugged is a district that no network leads to.
type unplugged struct{}

func offline() error {
	return record.Refuse("OFFLINE", "没有连上区服务器。联网后自动上传，不用守着；本机数据完整，登记、打印照常。")
}

// Admit implements screen.District.
func (unplugged) Admit(context.Context, string, string) (record.Enrolment, error) {
	return record.Enrolment{}, offline()
}

// Enrol implements screen.District.
func (unplugged) Enrol(screen.Store, record.Enrolment) error { return offline() }

// Sync implements screen.District.
func (unplugged) Sync(context.Context, screen.Store) (screen.Outcome, error) {
	return screen.Outcome{}, offline()
}

// Pack implements screen.Bundler.
func (unplugged) Pack(context.Context, screen.Store, string) (string, error) { return "", offline() }

// Unpack implements screen.Bundler.
func (unplugged) Unpack(context.Context, screen.Store, string) (screen.Outcome, error) {
	return screen.Outcome{}, offline()
}
