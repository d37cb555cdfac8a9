package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Options are what the components need from outside Fyne.
type Options struct {
	// Now is the clock: the date box's 今天 comes from it. Required.
	Now func() time.Time
	// After calls f on the UI goroutine after d; stop prevents it. Without it a
	// toast stays until it is closed and loading shows at once.
	After func(d time.Duration, f func()) (stop func())
	// Match reports whether a typed query (initials, pinyin, characters) finds a
	// text. Without it only characters match.
	Match func(query, text string) bool
	// CapsLock reports whether the keyboard writes capitals; password boxes warn
	// of it. Without it nothing is said.
	CapsLock func() bool
	// Touched is told that a person uses keyboard or mouse; may be nil.
	Touched func()
}

// Kit makes the components that a person presses or types in, for one window. It
// knows the window's focus, keys, overlays and clipboard, so that no component
// asks for them behind its back.
type Kit struct {
	app fyne.App
	win fyne.Window
	opt Options

	windowKeys, pageKeys Keys
	always               Keys // work over dialogs too
	onRune               func(rune)
	layers               []*layer

	pane    []fyne.Focusable
	toasts  *fyne.Container
	pressed bool // the keyboard is being given to what the mouse pressed
}

// New returns the kit of a window and takes over its keys: see SetWindowKeys.
func New(a fyne.App, w fyne.Window, opt Options) *Kit {
	k := &Kit{app: a, win: w, opt: opt, toasts: Column(8)}
	k.listen()
	return k
}

// Window returns the window the components live in.
func (k *Kit) Window() fyne.Window { return k.win }

// App returns the program.
func (k *Kit) App() fyne.App { return k.app }

// Now returns the time of the injected clock.
func (k *Kit) Now() time.Time { return k.opt.Now() }

// Face returns the face in use.
func (k *Kit) Face() Face {
	if t, ok := k.app.Settings().Theme().(*Theme); ok {
		return t.face
	}
	return Standard
}

// SetFace swaps the whole window to a face, live. Everything typed stays.
func (k *Kit) SetFace(f Face) {
	c := k.win.Canvas()
	Dress(k.app, f).Fit(c.Size())
	for _, o := range append(c.Overlays().List(), c.Content()) {
		o.Refresh()
	}
}

// Focus gives the keyboard to a component; to one of the page, when what lies over the
// page has closed.
func (k *Kit) Focus(o fyne.Focusable) {
	if c, ok := o.(fyne.CanvasObject); ok && len(k.layers) > 0 {
		if _, under := search(k.win.Canvas().Content(), c); under {
			k.layers[0].before = o
			return
		}
	}
	k.win.Canvas().Focus(o)
}

// Unfocus takes the keyboard from every component of the page: letters then open the
// finder.
func (k *Kit) Unfocus() {
	if len(k.layers) > 0 {
		k.layers[0].before = nil
		return
	}
	k.win.Canvas().Unfocus()
}

// Focused returns the component that has the keyboard, nil if none.
func (k *Kit) Focused() fyne.Focusable { return k.win.Canvas().Focused() }

// Clipboard returns the text of the clipboard.
func (k *Kit) Clipboard() string { return k.app.Clipboard().Content() }

// Copy puts text into the clipboard.
func (k *Kit) Copy(s string) { k.app.Clipboard().SetContent(s) }

// where returns the place of an object in the window.
func (k *Kit) where(o fyne.CanvasObject) fyne.Position {
	return k.app.Driver().AbsolutePositionForObject(o)
}

// touched tells that a person is there.
func (k *Kit) touched() {
	if k.opt.Touched != nil {
		k.opt.Touched()
	}
}

// capsLock reports whether the keyboard writes capitals.
func (k *Kit) capsLock() bool { return k.opt.CapsLock != nil && k.opt.CapsLock() }

// held reports whether a modifier key is down.
func (k *Kit) held(m fyne.KeyModifier) bool {
	d, ok := k.app.Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&m != 0
}

// after schedules f; without a timer it does nothing.
func (k *Kit) after(d time.Duration, f func()) (stop func()) {
	if k.opt.After == nil {
		return func() {}
	}
	return k.opt.After(d, f)
}

// match reports whether query finds text.
func (k *Kit) match(query, text string) bool {
	if k.opt.Match != nil {
		return k.opt.Match(query, text)
	}
	return contains(text, query)
}
