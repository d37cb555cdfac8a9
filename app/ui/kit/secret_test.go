package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestCapsLockIsSaidAtAPassword(t *testing.T) {
	var pass *Entry
	var note fyne.CanvasObject
	on, moved := false, 0
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		k.opt.CapsLock = func() bool { return on }
		pass = k.Password("")
		note = k.CapsNote(func() { moved++ }, pass)
		return Column(0, pass, note)
	})
	k.Focus(pass)
	if note.Visible() {
		t.Fatal("said although it is off")
	}
	on = true
	pass.KeyUp(&fyne.KeyEvent{Name: desktop.KeyCapsLock})
	if !note.Visible() || moved != 1 {
		t.Errorf("after Caps Lock: visible %v, laid out %d times", note.Visible(), moved)
	}
	on = false
	pass.KeyUp(&fyne.KeyEvent{Name: desktop.KeyCapsLock})
	if note.Visible() {
		t.Error("still said when it is off")
	}
	k.Unfocus()
	on = true
	k.Focus(pass)
	if !note.Visible() {
		t.Error("not said when the box gets the keyboard")
	}
}

// TestEveryActIsNoticed holds the automatic lock off while a person is there.
func TestEveryActIsNoticed(t *testing.T) {
	var box *Entry
	var list *Ledger
	seen := 0
	k, w := desk(t, func(k *Kit) fyne.CanvasObject {
		k.opt.Touched = func() { seen++ }
		box, list = k.Entry(""), roster(k, 9)
		return Column(0, box, Grow(list))
	})
	k.Focus(box)
	for name, act := range map[string]func(){
		"a character of an input method": func() { box.TypedRune('记') },
		"a key in a box":                 func() { box.KeyDown(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"a key in a list":                func() { list.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		"the mouse":                      func() { test.MoveMouse(w.Canvas(), fyne.NewPos(60, 90)) },
	} {
		before := seen
		if act(); seen == before {
			t.Errorf("%s is not noticed", name)
		}
	}
}

// TestFocusComesBackToWhatIsThere closes a dialog over a page that was drawn anew.
func TestFocusComesBackToWhatIsThere(t *testing.T) {
	page := Column(0)
	k, w := desk(t, func(k *Kit) fyne.CanvasObject { return PadAll(page, 10) })
	old, fresh := k.Button(Normal, "旧的", "", nil), k.Button(Normal, "新的", "", nil)
	show := func(b *Button) {
		page.Objects = []fyne.CanvasObject{b}
		page.Refresh()
		w.Content().Refresh()
	}
	show(old)
	k.SetPanes(fresh)
	for _, c := range []struct{ shown, want *Button }{{old, old}, {fresh, fresh}} {
		show(old)
		k.Focus(old)
		m := k.Ask(Question{Title: "移到回收站？", Safe: "不移了", Verb: "移走"})
		show(c.shown)
		m.Close()
		if k.Focused() != fyne.Focusable(c.want) {
			t.Errorf("the keyboard is at %v, want %q", k.Focused(), c.want.Text())
		}
	}
}
