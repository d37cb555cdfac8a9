package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys maps a key, written as the status bar shows it ("Ctrl+S", "F2", "Esc",
// "Ctrl+→", "Alt+←", "Enter", "Delete", "Shift+F6"), to what it does.
type Keys map[string]func()

// SetWindowKeys sets the keys that work on every page.
func (k *Kit) SetWindowKeys(keys Keys) { k.windowKeys = keys }

// SetAlways sets the keys that work on every page and over every dialog: help,
// lock, size of the type.
func (k *Kit) SetAlways(keys Keys) { k.always = keys }

// SetPageKeys sets the keys of the page shown; they go before the window's. A
// focused component takes its own keys first (a text box its letters, Ctrl+Z and
// Ctrl+C; a list its arrows), everything else arrives here.
func (k *Kit) SetPageKeys(keys Keys) { k.pageKeys = keys }

// SetOnRune sets what happens with a character that no component takes: the
// finder opens with it.
func (k *Kit) SetOnRune(f func(rune)) { k.onRune = f }

// SetPanes names the components F6 and Shift+F6 go around, in reading order.
func (k *Kit) SetPanes(panes ...fyne.Focusable) { k.pane = panes }

// Press does what a key stands for on the top-most layer and reports whether
// anything does.
func (k *Kit) Press(key string) bool {
	top := k.top()
	if top != nil && top.press(key) {
		return true
	}
	maps := []Keys{k.pageKeys, k.windowKeys, k.always}
	if top != nil {
		maps = maps[2:]
	}
	for _, keys := range maps {
		if f := keys[key]; f != nil {
			f()
			return true
		}
	}
	if top != nil {
		return false
	}
	if step, ok := map[string]int{"F6": 1, "Shift+F6": -1}[key]; ok && len(k.pane) > 0 {
		k.nextPane(step)
		return true
	}
	return false
}

func (k *Kit) nextPane(step int) {
	at := -1
	for i, p := range k.pane {
		if p == k.Focused() {
			at = i
		}
	}
	if at < 0 && step < 0 {
		at = 0
	}
	k.Focus(k.pane[(at+step+len(k.pane))%len(k.pane)])
}

// key handles a key that the focused component did not take.
func (k *Kit) key(e *fyne.KeyEvent) {
	name := keyName(e.Name)
	if k.held(fyne.KeyModifierShift) {
		if k.Press("Shift+" + name) {
			return
		}
	}
	k.Press(name)
}

// character handles a character that the focused component did not take.
func (k *Kit) character(r rune) {
	if top := k.top(); top != nil {
		if top.onRune != nil {
			top.onRune(r)
		}
		return
	}
	if k.onRune != nil {
		k.onRune(r)
	}
}

// shortcut handles a shortcut that the focused component did not take.
func (k *Kit) shortcut(s fyne.Shortcut) { k.Press(shortcutName(s)) }

// listen registers every combination with the canvas, for when nothing is focused.
func (k *Kit) listen() {
	c := k.win.Canvas()
	c.SetOnTypedKey(k.key)
	c.SetOnTypedRune(k.character)
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(func(*fyne.KeyEvent) { k.touched() })
	}
	for _, s := range []fyne.Shortcut{&fyne.ShortcutUndo{}, &fyne.ShortcutRedo{}, &fyne.ShortcutCopy{},
		&fyne.ShortcutCut{}, &fyne.ShortcutPaste{}, &fyne.ShortcutSelectAll{}} {
		c.AddShortcut(s, k.shortcut)
	}
	for _, m := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierControl | fyne.KeyModifierShift, fyne.KeyModifierAlt} {
		for _, name := range combinable() {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: m}, k.shortcut)
		}
	}
}

// combinable lists the keys that make a shortcut with Ctrl or Alt.
func combinable() []fyne.KeyName {
	names := []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter,
		fyne.KeyTab, fyne.KeyEqual, fyne.KeyMinus, fyne.KeySemicolon, fyne.KeyHome, fyne.KeyEnd,
		fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeySpace}
	for c := 'A'; c <= 'Z'; c++ {
		names = append(names, fyne.KeyName(c))
	}
	for c := '0'; c <= '9'; c++ {
		names = append(names, fyne.KeyName(c))
	}
	return names
}

// keyNames are the keys whose word in the status bar is not Fyne's.
var keyNames = map[fyne.KeyName]string{
	fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Esc", fyne.KeyLeft: "←", fyne.KeyRight: "→",
	fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn", fyne.KeySpace: "空格",
	fyne.KeyDelete: "Delete", fyne.KeyBackspace: "Backspace",
}

func keyName(n fyne.KeyName) string {
	if s, ok := keyNames[n]; ok {
		return s
	}
	return string(n)
}

// shortcutName spells a shortcut as Keys does.
func shortcutName(s fyne.Shortcut) string {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		return "Ctrl+Z"
	case *fyne.ShortcutRedo:
		return "Ctrl+Y"
	case *fyne.ShortcutCopy:
		return "Ctrl+C"
	case *fyne.ShortcutCut:
		return "Ctrl+X"
	case *fyne.ShortcutPaste:
		return "Ctrl+V"
	case *fyne.ShortcutSelectAll:
		return "Ctrl+A"
	case *desktop.CustomShortcut:
		var b strings.Builder
		for _, m := range []struct {
			is   fyne.KeyModifier
			word string
		}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
			if s.Modifier&m.is != 0 {
				b.WriteString(m.word)
			}
		}
		return b.String() + keyName(s.KeyName)
	}
	return s.ShortcutName()
}
