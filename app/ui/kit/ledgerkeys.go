package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TypedKey moves through the rows; what the ledger has no use for goes to the page.
func (l *Ledger) TypedKey(e *fyne.KeyEvent) {
	l.byKey = true
	key := keyName(e.Name)
	if l.OnKey != nil && l.OnKey(key, l.Current()) {
		return
	}
	if l.Length() == 0 {
		l.control.TypedKey(e)
		return
	}
	switch e.Name {
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyPageUp:
		l.jump(l.current - l.perView())
	case fyne.KeyPageDown:
		l.jump(l.current + l.perView())
	case fyne.KeyHome:
		l.jump(0)
	case fyne.KeyEnd:
		l.jump(l.Length() - 1)
	case fyne.KeySpace:
		l.toggle()
	case fyne.KeyReturn, fyne.KeyEnter:
		l.Open()
	case fyne.KeyEscape:
		if len(l.ticked) > 0 {
			l.TickAll(false)
			return
		}
		l.control.TypedKey(e)
	default:
		l.other(e)
	}
}

// other opens the menu of the current row by the menu key or Shift+F10; every other key
// goes to the page.
func (l *Ledger) other(e *fyne.KeyEvent) {
	if e.Name != desktop.KeyMenu && !(e.Name == fyne.KeyF10 && l.kit.held(fyne.KeyModifierShift)) {
		l.control.TypedKey(e)
		return
	}
	row := l.Current()
	items := l.menuOf(row)
	if o, ok := l.self.(fyne.CanvasObject); ok && len(items) > 0 {
		y := l.top(row+1) - l.scroll.Offset.Y + l.scroll.Position().Y
		l.kit.Menu(l.kit.where(o).AddXY(l.tickWidth(), y), items...)
	}
}

// menuOf is what the right mouse button offers on a row.
func (l *Ledger) menuOf(row int) []MenuItem {
	switch {
	case row < 0 || row >= l.Length() || l.isHead(row):
		return nil
	case l.OnMenu != nil:
		return l.OnMenu(row)
	case l.sheet != nil:
		return l.sheet.menu()
	}
	return nil
}

// step goes to the next row that is no heading; with Shift it ticks on the way.
func (l *Ledger) step(by int) {
	extend := l.Key != nil && l.kit.held(fyne.KeyModifierShift)
	if extend && len(l.ticked) == 0 {
		l.Tick(l.Current(), true)
	}
	row := l.Current() + by
	for l.isHead(row) {
		row += by
	}
	if row < 0 || row >= l.Length() {
		if by < 0 {
			scrollTo(l.scroll, 0)
		}
		return
	}
	l.SetCurrent(row)
	if extend {
		l.tickRange(row)
	}
}

// jump goes to a row, or the nearest one that is no heading.
func (l *Ledger) jump(row int) {
	row = max(0, min(row, l.Length()-1))
	for l.isHead(row) && row < l.Length()-1 {
		row++
	}
	l.SetCurrent(row)
}

func (l *Ledger) perView() int { return max(int(l.scroll.Size().Height/l.rowHeight())-1, 1) }

func (l *Ledger) toggle() {
	if l.Key == nil {
		l.kit.Press("空格")
		return
	}
	l.Tick(l.Current(), !l.ticked[l.Key(l.Current())])
}

// TypedRune hands letters to the finder; Space has ticked already.
func (l *Ledger) TypedRune(r rune) {
	if r != ' ' {
		l.control.TypedRune(r)
	}
}

// TypedShortcut takes Ctrl+A and Ctrl+C.
func (l *Ledger) TypedShortcut(s fyne.Shortcut) {
	key := shortcutName(s)
	switch {
	case l.OnKey != nil && l.OnKey(key, l.Current()):
	case key == "Ctrl+A" && l.Key != nil:
		l.TickAll(true)
	case key == "Ctrl+C":
		l.kit.Copy(l.TSV())
	default:
		l.control.TypedShortcut(s)
	}
}

// TSV returns the ticked rows, or the current one, as WPS and Excel paste them.
func (l *Ledger) TSV() string {
	var rows [][]string
	for row := range l.Length() {
		if l.isHead(row) {
			continue
		}
		chosen := row == l.Current()
		if len(l.ticked) > 0 {
			chosen = l.ticked[l.Key(row)]
		}
		if !chosen {
			continue
		}
		cells := make([]string, len(l.Columns))
		for i, c := range l.Columns {
			cells[i] = c.Cell(row).Text
		}
		rows = append(rows, cells)
	}
	return writeBlock(rows)
}

// FocusGained shows the current row.
func (l *Ledger) FocusGained() {
	l.focused, l.byKey = true, !l.kit.pressed
	if row := l.Current(); l.isHead(row) {
		l.jump(row)
	} else if row >= 0 {
		l.reveal(row)
	}
	l.refocused()
	if o, ok := l.self.(fyne.CanvasObject); ok {
		l.kit.bring(o, 0, o.Size().Height)
	}
}

// refocused redraws what shows that the keyboard is here: the current row, where there
// is none a ring.
func (l *Ledger) refocused() {
	if l.Length() == 0 {
		l.Refresh()
	}
	l.rows.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *Ledger) FocusLost() {
	l.focused = false
	l.refocused()
}

// MouseIn, MouseMoved and MouseOut: the rows show what is hovered themselves.
func (l *Ledger) MouseIn(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *Ledger) MouseOut() {}

// MouseDown chooses the row under the mouse, ticks with the box, Ctrl or Shift.
func (r *ledgerRows) MouseDown(e *desktop.MouseEvent) {
	l := r.l
	l.takeFocus()
	l.byKey = false
	row := l.rowAt(e.Position.Y)
	if row < 0 || row >= l.Length() || l.isHead(row) {
		return
	}
	r.pressed = true
	switch {
	case e.Button == desktop.MouseButtonSecondary && l.sheet == nil:
		l.SetCurrent(row)
	case l.Key != nil && (e.Position.X < l.tickWidth() || e.Modifier&fyne.KeyModifierControl != 0):
		l.Tick(row, !l.ticked[l.Key(row)])
	case l.Key != nil && e.Modifier&fyne.KeyModifierShift != 0:
		l.from = l.current
		l.SetCurrent(row)
		l.tickRange(row)
	case l.sheet != nil:
		l.sheet.press(row, e.Position.X, e)
	default:
		l.SetCurrent(row)
		if l.linkAt(row, e.Position.X) {
			l.Open()
		}
	}
}

// linkAt reports whether a link stands at x of a row.
func (l *Ledger) linkAt(row int, x float32) bool {
	for i, c := range l.shown {
		if x >= l.x[i] && x < l.x[i]+l.w[i] {
			return l.Columns[c].Cell(row).Link
		}
	}
	return false
}

// MouseUp implements desktop.Mouseable.
func (r *ledgerRows) MouseUp(*desktop.MouseEvent) {}

// Tapped does what pressing did, for taps without a mouse.
func (r *ledgerRows) Tapped(e *fyne.PointEvent) {
	if !r.pressed {
		r.MouseDown(&desktop.MouseEvent{PointEvent: *e, Button: desktop.MouseButtonPrimary})
	}
	r.pressed = false
}

// DoubleTapped opens the row.
func (r *ledgerRows) DoubleTapped(e *fyne.PointEvent) {
	if s := r.l.sheet; s != nil {
		if s.editable(s.at) {
			s.openCell()
		}
		return
	}
	if row := r.l.rowAt(e.Position.Y); row == r.l.Current() && (r.l.Key == nil || e.Position.X >= r.l.tickWidth()) {
		r.l.Open()
	}
}

// TappedSecondary opens the row's menu.
func (r *ledgerRows) TappedSecondary(e *fyne.PointEvent) {
	r.pressed = false
	if items := r.l.menuOf(r.l.rowAt(e.Position.Y)); len(items) > 0 {
		r.l.kit.Menu(e.AbsolutePosition, items...)
	}
}

// MouseIn implements desktop.Hoverable.
func (r *ledgerRows) MouseIn(e *desktop.MouseEvent) { r.MouseMoved(e) }

// MouseMoved shows which row is under the mouse.
func (r *ledgerRows) MouseMoved(e *desktop.MouseEvent) {
	r.l.kit.touched()
	row := r.l.rowAt(e.Position.Y)
	if r.l.sheet != nil && r.pressed && e.Button == desktop.MouseButtonPrimary {
		r.l.sheet.reach(row, e.Position.X)
	}
	if row != r.hover {
		r.hover = row
		r.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (r *ledgerRows) MouseOut() {
	r.hover = -1
	r.Refresh()
}
