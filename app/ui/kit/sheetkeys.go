package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
)

// AcceptsTab keeps Tab for the next cell; F6 leaves the sheet.
func (s *Sheet) AcceptsTab() bool { return true }

// FocusGained shows the chosen cell.
func (s *Sheet) FocusGained() {
	s.Ledger.FocusGained()
	s.choose(s.at, true)
}

// TypedRune replaces the chosen cell by what is typed; in a cell that cannot be
// changed a letter opens the finder.
func (s *Sheet) TypedRune(r rune) {
	switch {
	case !s.editable(s.at):
		s.Ledger.TypedRune(r)
	case r != ' ' || s.cols[s.at.col].Open == nil: // Space has opened the list
		s.edit(string(r))
	}
}

// TypedKey moves as Excel does.
func (s *Sheet) TypedKey(e *fyne.KeyEvent) {
	shift := s.kit.held(fyne.KeyModifierShift)
	if s.OnKey != nil && s.OnKey(keyName(e.Name), s.at.row) {
		return
	}
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		s.choose(s.moved(e.Name), shift)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter(shift)
	case fyne.KeyTab:
		s.step(0, map[bool]int{false: 1, true: -1}[shift])
	case fyne.KeyF2:
		if s.editable(s.at) {
			s.openCell()
		} else {
			s.control.TypedKey(e)
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.clear()
	case fyne.KeySpace:
		if !s.editable(s.at) {
			s.Ledger.TypedKey(e)
		} else if s.cols[s.at.col].Open != nil {
			s.openCell()
		}
	default:
		s.Ledger.TypedKey(e)
	}
}

// moved returns where an arrow leads.
func (s *Sheet) moved(key fyne.KeyName) cellAt {
	to := s.at
	switch key {
	case fyne.KeyUp:
		to.row--
	case fyne.KeyDown:
		to.row++
	case fyne.KeyLeft:
		to.col = s.beside(to.col, -1)
	case fyne.KeyRight:
		to.col = s.beside(to.col, 1)
	case fyne.KeyPageUp:
		to.row -= s.perView()
	case fyne.KeyPageDown:
		to.row += s.perView()
	case fyne.KeyHome:
		to.col = 0
	case fyne.KeyEnd:
		to.col = len(s.cols) - 1
	}
	return to
}

// beside returns the column shown so many columns off; one without room is passed
// over.
func (s *Sheet) beside(col, by int) int {
	i, _ := slices.BinarySearch(s.shown, col)
	if i += by; i < 0 || i >= len(s.shown) {
		return col
	}
	return s.shown[i]
}

// enter takes the default into an empty cell and goes down, with Shift up.
func (s *Sheet) enter(up bool) {
	if col := s.cols[s.at.col]; s.editable(s.at) && s.text(s.at) == "" && col.Default != nil {
		s.apply([]cellEdit{{s.at, "", col.Default(s.at.row)}})
	}
	s.step(map[bool]int{false: 1, true: -1}[up], 0)
}

// TypedShortcut takes the habits of Excel.
func (s *Sheet) TypedShortcut(sc fyne.Shortcut) {
	f := map[string]func(){
		"Ctrl+C": func() { s.kit.Copy(s.Copied()) }, "Ctrl+X": func() { s.kit.Copy(s.Copied()); s.clear() },
		"Ctrl+V": func() { s.Paste(s.kit.Clipboard()) }, "Ctrl+D": s.FillDown, "Ctrl+;": s.today, "Ctrl+Z": func() { s.undo(sc) }, "Ctrl+Y": func() { s.redo(sc) },
		"Ctrl+Home": func() { s.choose(cellAt{}, false) }, "Ctrl+End": func() { s.choose(cellAt{s.Length() - 1, len(s.cols) - 1}, false) },
	}[shortcutName(sc)]
	if f == nil {
		s.Ledger.TypedShortcut(sc)
		return
	}
	f()
}

// apply changes cells as one step of undo.
func (s *Sheet) apply(edits []cellEdit) {
	for i, e := range edits {
		if tidy := s.cols[e.at.col].Tidy; tidy != nil {
			edits[i].new = tidy(e.new)
		}
	}
	if s.Take != nil {
		taken := make([]SheetEdit, len(edits))
		for i, e := range edits {
			taken[i] = SheetEdit{e.at.row, e.at.col, e.new}
		}
		s.Take(taken)
		s.edited()
		return
	}
	var done []cellEdit
	for _, e := range edits {
		if s.set(e.at, e.new) && e.new != e.old {
			done = append(done, e)
		}
	}
	if len(done) > 0 {
		s.past, s.future = append(s.past, done), nil
	}
	s.edited()
}

// edited shows cells that were changed.
func (s *Sheet) edited() {
	if s.OnEdited != nil {
		s.OnEdited()
	}
	s.Refresh()
}

// set asks the column to take a text and reports whether it did.
func (s *Sheet) set(c cellAt, text string) bool {
	say := s.cols[c.col].Set(c.row, text)
	if say != "" && s.OnRefused != nil {
		s.OnRefused(c.row, c.col, say)
	}
	return say == ""
}

// undo takes the last step back; with nothing left the page's undo is asked.
func (s *Sheet) undo(sc fyne.Shortcut) {
	last := len(s.past) - 1
	if last < 0 {
		s.control.TypedShortcut(sc)
		return
	}
	for i := len(s.past[last]) - 1; i >= 0; i-- {
		s.set(s.past[last][i].at, s.past[last][i].old)
	}
	s.future = append(s.future, s.past[last])
	s.past = s.past[:last]
	s.edited()
}

func (s *Sheet) redo(sc fyne.Shortcut) {
	last := len(s.future) - 1
	if last < 0 {
		s.control.TypedShortcut(sc)
		return
	}
	for _, e := range s.future[last] {
		s.set(e.at, e.new)
	}
	s.past = append(s.past, s.future[last])
	s.future = s.future[:last]
	s.edited()
}

// openCell opens the list of the chosen cell, or its editor.
func (s *Sheet) openCell() {
	if open := s.cols[s.at.col].Open; open != nil {
		open(s.at.row)
		return
	}
	s.edit(s.text(s.at))
}

// Offer shows a menu under the chosen cell.
func (s *Sheet) Offer(items ...MenuItem) {
	x, y, w, h := s.cellBox(s.at)
	s.kit.menu(s.kit.where(s).AddXY(x, y), fyne.NewSize(w, h), items, 0)
}

// Fill puts a text into the chosen cell, as typing it does.
func (s *Sheet) Fill(text string) { s.apply([]cellEdit{{s.at, s.text(s.at), text}}) }

// today puts today into the chosen cell, where that holds a date.
func (s *Sheet) today() {
	if s.cols[s.at.col].Dated && s.editable(s.at) {
		s.on = false
		s.editor.Hide()
		s.Fill(s.kit.Now().Format(time.DateOnly))
		s.kit.Focus(s.self)
	}
}

// edit opens the editor in the chosen cell with a text.
func (s *Sheet) edit(text string) {
	s.Ledger.reveal(s.at.row)
	s.editor.SetText(text)
	s.editor.right = s.cols[s.at.col].Align == fyne.TextAlignTrailing
	s.on = true
	s.editor.Show()
	s.Refresh()
	s.kit.Focus(s.editor)
}

// commit takes what is in the editor into its cell and closes it.
func (s *Sheet) commit() {
	if !s.on {
		return
	}
	s.on = false
	s.editor.Hide()
	s.apply([]cellEdit{{s.at, s.text(s.at), s.editor.Text()}})
}

// editorKey takes the keys that end editing.
func (s *Sheet) editorKey(key string) bool {
	shift := s.kit.held(fyne.KeyModifierShift)
	switch key {
	case "Enter", "Tab", "↑", "↓":
		s.kit.Focus(s.self) // leaving the editor takes the text
		move := map[string]cellAt{"Enter": {1, 0}, "Tab": {0, 1}, "↑": {-1, 0}, "↓": {1, 0}}[key]
		if shift && (key == "Enter" || key == "Tab") {
			move = cellAt{-move.row, -move.col}
		}
		s.step(move.row, move.col)
	case "Ctrl+;":
		s.today()
	case "Esc":
		s.on = false
		s.editor.Hide()
		s.kit.Focus(s.self)
		s.Refresh()
	default:
		return false
	}
	return true
}
