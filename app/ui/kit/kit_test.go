package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// testApp is the one Fyne app of the package's tests: parsing the fonts takes long.
var testApp = newTestApp()

func newTestApp() fyne.App {
	a := test.NewApp()
	Dress(a, Standard)
	return a
}

// today is what the tests' clock says.
var today = time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local)

// desk opens a window with a kit; content is made with it.
func desk(t *testing.T, content func(k *Kit) fyne.CanvasObject) (*Kit, fyne.Window) {
	t.Helper()
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	k := New(testApp, w, Options{Now: func() time.Time { return today }})
	w.SetContent(content(k))
	w.Resize(fyne.NewSize(1366, 696))
	return k, w
}

// press types a named key into what has the focus, as the window does.
func press(k *Kit, name fyne.KeyName) {
	if f := k.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
		return
	}
	k.key(&fyne.KeyEvent{Name: name})
}

// shortcut sends a shortcut to what has the focus.
func shortcut(k *Kit, s fyne.Shortcut) {
	if f, ok := k.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	k.shortcut(s)
}

// ctrl is the shortcut of Ctrl and a key.
func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
}
