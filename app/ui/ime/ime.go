// Package ime lets input methods work in the program's text boxes as they do in
// other programs: keys that the input method takes never reach a box, its
// candidate window stands at the caret, and a password is not composed.
//
// Fyne and GLFW do neither on X11, so on Linux this package steps between GLFW and
// libX11 for two calls (x11.c). On Windows it answers the window's composition
// messages. Elsewhere it does nothing. It also tells whether Caps Lock is on, which
// Fyne does not.
package ime

import "fyne.io/fyne/v2"

// Careted is a text box that knows where its caret is: kit.Entry.
type Careted interface {
	// Caret returns the top of the caret in the window and its height, in Fyne units.
	Caret() (at fyne.Position, height float32)
	// Secret reports whether a password belongs here: the letters of the keys.
	Secret() bool
}

// spot is the caret of a window's focused box in its pixels: left, top, bottom.
type spot struct{ x, top, bottom int }

// spotOf returns where the candidate window belongs, false when no box has the
// keyboard.
func spotOf(c fyne.Canvas) (spot, bool) {
	box, ok := c.Focused().(Careted)
	if !ok {
		return spot{}, false
	}
	at, height := box.Caret()
	x, top := c.PixelCoordinateForPosition(at)
	_, bottom := c.PixelCoordinateForPosition(at.AddXY(0, height))
	return spot{x, top, bottom}, true
}

// secretIn reports whether a password box of the window has the keyboard.
func secretIn(c fyne.Canvas) bool {
	box, ok := c.Focused().(Careted)
	return ok && box.Secret()
}
