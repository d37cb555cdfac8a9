package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// control is what every component that takes mouse and keys shares. What it does
// not take itself goes on to the page and the window.
type control struct {
	widget.DisableableWidget
	kit              *Kit
	self             fyne.Focusable
	focused, hovered bool
}

// own ties the control to the component that embeds it.
func (c *control) own(k *Kit, self interface {
	fyne.Widget
	fyne.Focusable
}) {
	c.kit, c.self = k, self
	c.ExtendBaseWidget(self)
}

// FocusGained implements fyne.Focusable.
func (c *control) FocusGained() {
	c.focused = true
	c.Refresh()
	if o, ok := c.self.(fyne.CanvasObject); ok {
		c.kit.bring(o, 0, o.Size().Height)
	}
}

// FocusLost implements fyne.Focusable.
func (c *control) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune hands a character on: the finder opens with it.
func (c *control) TypedRune(r rune) { c.kit.character(r) }

// TypedKey hands a key on to the page.
func (c *control) TypedKey(e *fyne.KeyEvent) { c.kit.key(e) }

// TypedShortcut hands a shortcut on to the page.
func (c *control) TypedShortcut(s fyne.Shortcut) { c.kit.shortcut(s) }

// KeyDown implements desktop.Keyable.
func (c *control) KeyDown(*fyne.KeyEvent) { c.kit.touched() }

// KeyUp implements desktop.Keyable.
func (c *control) KeyUp(*fyne.KeyEvent) {}

// MouseIn implements desktop.Hoverable.
func (c *control) MouseIn(*desktop.MouseEvent) { c.kit.touched(); c.hovered = true; c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *control) MouseMoved(*desktop.MouseEvent) { c.kit.touched() }

// MouseOut implements desktop.Hoverable.
func (c *control) MouseOut() { c.hovered = false; c.Refresh() }

// takeFocus gives the component the keyboard, as a click does.
func (c *control) takeFocus() {
	if !c.Disabled() {
		c.kit.pressed = true
		c.kit.Focus(c.self)
		c.kit.pressed = false
	}
}

// contains reports whether sub is within text, letter case aside.
func contains(text, sub string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(sub))
}
