package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Check is a box to tick with a word behind it.
type Check struct {
	control
	// OnChanged is called when a person ticks or clears it.
	OnChanged func(bool)

	text string
	on   bool
	some bool // partly: the head box of a list with some rows ticked
}

// Check returns a box to tick.
func (k *Kit) Check(text string, on bool, changed func(bool)) *Check {
	c := &Check{text: text, on: on, OnChanged: changed}
	c.own(k, c)
	return c
}

// On reports whether it is ticked.
func (c *Check) On() bool { return c.on }

// Set ticks or clears without calling OnChanged.
func (c *Check) Set(on bool) { c.on, c.some = on, false; c.Refresh() }

// SetSome shows a dash: some of what the box stands for is ticked.
func (c *Check) SetSome() { c.on, c.some = false, true; c.Refresh() }

// Toggle ticks or clears as a person would.
func (c *Check) Toggle() {
	if c.Disabled() {
		return
	}
	c.on, c.some = !c.on, false
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
}

// Tapped implements fyne.Tappable.
func (c *Check) Tapped(*fyne.PointEvent) {
	c.takeFocus()
	c.Toggle()
}

// TypedKey ticks on Space; Enter goes to the page.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		c.Toggle()
		return
	}
	c.control.TypedKey(e)
}

// TypedRune takes the space that Space also types.
func (c *Check) TypedRune(r rune) {
	if r != ' ' {
		c.control.TypedRune(r)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	halo, tick, label := rect(), newTick(), canvas.NewText("", nil)
	return draw(c, drawing{
		objects: []fyne.CanvasObject{halo, tick.frame.outer, tick.frame.inner, tick.mark, label},
		min: func() fyne.Size {
			side := theme.Size(theme.SizeNameInlineIcon)
			if c.text == "" {
				return fyne.NewSize(side, theme.Size(SizeRowDense))
			}
			return fyne.NewSize(side+6+widthOf(c.text, theme.SizeNameText, false), theme.Size(SizeInput))
		},
		layout: func(s fyne.Size) {
			side, h := theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
			tick.place(0, midY(s.Height, side), side)
			place(halo, -3, midY(s.Height, side)-3, min(s.Width, c.MinSize().Width)+6, side+6)
			place(label, side+6, midY(s.Height, h)-0.5, s.Width, h)
		},
		paint: func() {
			text := theme.ColorNameForeground
			if c.Disabled() {
				text = theme.ColorNameDisabled
			}
			tick.paint(c.on, c.some, c.Disabled())
			word(label, c.text, theme.SizeNameText, false, text)
			ring(halo, c.focused)
		},
	})
}

// tick is the square of a check, also in ledger rows.
type tick struct {
	frame *frame
	mark  *canvas.Image
}

func newTick() *tick { return &tick{frame: newFrame(), mark: picture()} }

func (t *tick) place(x, y, side float32) {
	t.frame.place(x+2, y+2, side-4, side-4)
	place(t.mark, x+3, y+3, side-6, side-6)
}

func (t *tick) paint(on, some, off bool) {
	fill, edge := ColorSurface, theme.ColorNameInputBorder
	icon := Icon("")
	switch {
	case on:
		fill, edge, icon = theme.ColorNamePrimary, theme.ColorNamePrimary, IconCheck
	case some:
		fill, edge, icon = theme.ColorNamePrimary, theme.ColorNamePrimary, IconRemove
	}
	if off {
		fill, edge = ColorLocked, theme.ColorNameDisabled
	}
	t.frame.paint(theme.Color(fill), theme.Color(edge), theme.Size(theme.SizeNameInputBorder), 2)
	show(t.mark, icon, theme.ColorNameForegroundOnPrimary)
}
