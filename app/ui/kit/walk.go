package kit

import (
	"fyne.io/fyne/v2"
)

// Walk makes pieces that lie in rows and columns one stop of Tab: an arrow goes to
// the neighbour that the eye sees there, whatever each piece spans; Tab leaves.
func Walk(pieces ...*Choice) {
	for _, p := range pieces {
		p.among = pieces
	}
}

// AcceptsTab implements fyne.Tabbable.
func (c *Choice) AcceptsTab() bool { return len(c.among) > 0 }

// walk takes the arrows and Tab of a piece among others.
func (c *Choice) walk(key fyne.KeyName) bool {
	if len(c.among) == 0 {
		return false
	}
	if key == fyne.KeyTab {
		c.leave()
		return true
	}
	by, ok := map[fyne.KeyName]fyne.Position{fyne.KeyLeft: {X: -1}, fyne.KeyRight: {X: 1}, fyne.KeyUp: {Y: -1}, fyne.KeyDown: {Y: 1}}[key]
	if !ok {
		return false
	}
	if next := c.neighbour(by); next != nil {
		next.takeFocus()
	}
	return true
}

// leave goes on to what stands before or behind all of the pieces.
func (c *Choice) leave() {
	canvas, edge, step := c.kit.win.Canvas(), c.among[len(c.among)-1], fyne.Canvas.FocusNext
	if c.kit.held(fyne.KeyModifierShift) {
		edge, step = c.among[0], fyne.Canvas.FocusPrevious
	}
	canvas.Focus(edge)
	step(canvas)
}

// neighbour returns the nearest piece in a direction: within the row for ← →, for
// ↑ ↓ the one in the next row that lies most above or below.
func (c *Choice) neighbour(by fyne.Position) *Choice {
	var best *Choice
	least := fyne.Position{}
	from := c.middle()
	for _, p := range c.among {
		d := p.middle().Subtract(from)
		ahead, aside := d.X*by.X+d.Y*by.Y, max(d.X*by.Y, -d.X*by.Y)+max(d.Y*by.X, -d.Y*by.X)
		reach := c.Size().Height / 2
		if by.Y != 0 {
			reach = max(c.Size().Width, p.Size().Width)
		}
		if ahead < 1 || aside > reach {
			continue
		}
		if at := fyne.NewPos(ahead, aside); best == nil || at.X < least.X-1 || at.X < least.X+1 && at.Y < least.Y {
			best, least = p, at
		}
	}
	return best
}

// middle is where the middle of the piece is in the window.
func (c *Choice) middle() fyne.Position {
	size := c.Size()
	return c.kit.where(c).AddXY(size.Width/2, size.Height/2)
}
