package kit

import "fyne.io/fyne/v2"

// Password returns a line that shows dots, with an eye to look.
func (k *Kit) Password(placeholder string) *Entry {
	e := k.Entry(placeholder)
	e.secret, e.hidden = true, true
	e.tail = newInnerButton(IconShow, e.look)
	return e
}

// Secret reports whether the box is for a password: input methods keep out of it.
func (e *Entry) Secret() bool { return e.secret }

// look shows or hides the characters of a password.
func (e *Entry) look() {
	e.hidden = !e.hidden
	e.tail.set(map[bool]Icon{true: IconShow, false: IconHide}[e.hidden])
	e.page.forget()
	e.Refresh()
}

// CapsNote returns a line that warns of Caps Lock, hidden while it is off, and
// ties it to password boxes. moved lays out anew what the line stands in.
func (k *Kit) CapsNote(moved func(), boxes ...*Entry) fyne.CanvasObject {
	note := Row(8, NewGlyph(IconWarning, ColorDue), NewText("大写锁定（Caps Lock）已打开").In(ColorDue))
	note.Hide()
	for _, box := range boxes {
		box.OnCaps = func(on bool) {
			if on != note.Visible() {
				setHidden(note, !on)
				moved()
			}
		}
	}
	return note
}

// caps tells whether the keyboard writes capitals.
func (e *Entry) caps() {
	if e.OnCaps != nil {
		e.OnCaps(e.kit.capsLock())
	}
}

// KeyUp implements desktop.Keyable: Caps Lock is off once its key is let go.
func (e *Entry) KeyUp(*fyne.KeyEvent) { e.caps() }
