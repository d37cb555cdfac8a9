package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// SheetCol is a column of a sheet; without Editable it is only read.
type SheetCol struct {
	Col
	// Editable reports whether the cell of a row can be changed.
	Editable func(row int) bool
	// Set takes what was typed into a cell and returns "" or a sentence that says
	// what is wrong; a cell that was refused keeps its text.
	Set func(row int, text string) string
	// Default is what Enter takes in an empty cell: the due amount. May be nil.
	Default func(row int) string
	// Tidy turns what was typed into what is meant (112 → 112.00, x → 现金) before
	// Set sees it. May be nil.
	Tidy func(typed string) string
	// Dated cells take today by Ctrl+;.
	Dated bool
	// Open is what F2, Space and a double click do instead of editing: a list to
	// choose from. May be nil.
	Open func(row int)
}

// SheetEdit is text for one cell.
type SheetEdit struct {
	Row, Col int
	Text     string
}

// Sheet is the one Excel-like list: a ledger with a cell that is chosen. Typing
// replaces the cell, F2 edits it, Enter goes down, Tab right; a block is chosen
// with Shift, copied to and pasted from WPS or Excel, filled down with Ctrl+D;
// Ctrl+Z takes changes back.
type Sheet struct {
	Ledger
	// OnRefused is told what Set said against a cell.
	OnRefused func(row, col int, say string)
	// OnEdited is called once after cells were changed, however many.
	OnEdited func()
	// Take takes all cells of one act instead of Set, where what the sheet shows is
	// undone by its page; nil: the sheet undoes.
	Take func([]SheetEdit)
	// Grows lets a block be pasted past the last row: Take appends what is missing.
	Grows bool
	// Verbs are what the menu of a cell offers besides its own lines. May be nil.
	Verbs func() []MenuItem

	cols   []SheetCol
	at     cellAt // chosen cell
	corner cellAt // other corner of the block
	editor *Entry
	on     bool // the editor is open
	past   [][]cellEdit
	future [][]cellEdit
}

// cellAt is a place in a sheet.
type cellAt struct{ row, col int }

// cellEdit is one changed cell, for undo.
type cellEdit struct {
	at       cellAt
	old, new string
}

// Sheet returns a sheet of the given columns. Everything a Ledger has can be set.
func (k *Kit) Sheet(cols []SheetCol, length func() int) *Sheet {
	s := &Sheet{cols: cols}
	plain := make([]Col, len(cols))
	for i, c := range cols {
		plain[i] = c.Col
		if c.Editable != nil && s.cols[s.at.col].Editable == nil {
			s.at.col = i
		}
	}
	s.corner = s.at
	s.Ledger.build(k, plain, length)
	s.Ledger.sheet = s
	s.editor = k.Entry("").Small()
	s.editor.takesTab = true
	s.editor.OnKey = s.editorKey
	s.editor.OnFocus = func(on bool) {
		if !on {
			s.commit()
		}
	}
	s.editor.Hide()
	s.own(k, s)
	return s
}

// Block returns the first and the last row of the block chosen.
func (s *Sheet) Block() (first, last int) {
	from, to := s.block()
	return from.row, to.row
}

// Cursor returns the chosen cell.
func (s *Sheet) Cursor() (row, col int) { return s.at.row, s.at.col }

// SetCursor chooses a cell and scrolls to it.
func (s *Sheet) SetCursor(row, col int) { s.choose(cellAt{row, col}, false) }

// choose moves the chosen cell; extend keeps the other corner of the block.
func (s *Sheet) choose(to cellAt, extend bool) {
	n := s.Length()
	if n == 0 {
		return
	}
	s.at = cellAt{max(0, min(to.row, n-1)), max(0, min(to.col, len(s.cols)-1))}
	if !extend {
		s.corner = s.at
	}
	s.Ledger.SetCurrent(s.at.row)
	s.rows.Refresh()
	if s.focused {
		_, y, _, h := s.cellBox(s.at)
		s.kit.bring(s, y, h)
	}
}

// block returns the corners of the chosen block, top left and bottom right.
func (s *Sheet) block() (from, to cellAt) {
	return cellAt{min(s.at.row, s.corner.row), min(s.at.col, s.corner.col)},
		cellAt{max(s.at.row, s.corner.row), max(s.at.col, s.corner.col)}
}

func (s *Sheet) chosen(c cellAt) bool {
	from, to := s.block()
	return c.row >= from.row && c.row <= to.row && c.col >= from.col && c.col <= to.col
}

func (s *Sheet) editable(c cellAt) bool {
	col := s.cols[c.col]
	return col.Editable != nil && (s.Grows || c.row < s.Length()) && !s.isHead(c.row) && slices.Contains(s.shown, c.col) && col.Editable(c.row)
}

func (s *Sheet) text(c cellAt) string { return s.cols[c.col].Cell(c.row).Text }

// step goes to the next cell that can be changed in a direction, or only by one
// where there is none.
func (s *Sheet) step(rows, cols int) {
	for c := (cellAt{s.at.row + rows, s.at.col + cols}); ; c.row, c.col = c.row+rows, c.col+cols {
		if c.row < 0 || c.row >= s.Length() || c.col < 0 || c.col >= len(s.cols) {
			break
		}
		if s.editable(c) {
			s.choose(c, false)
			return
		}
	}
	if cols == 0 {
		s.choose(cellAt{s.at.row + rows, s.at.col}, false)
		return
	}
	if !s.nextRow(cols) {
		s.leave(cols)
	}
}

// leave goes on to what stands behind the sheet, with -1 before it.
func (s *Sheet) leave(by int) {
	s.kit.Focus(s.self)
	if c := s.kit.win.Canvas(); by < 0 {
		c.FocusPrevious()
	} else {
		c.FocusNext()
	}
}

// nextRow goes on to the first cell that can be changed of the next row, with -1
// to the last one of the row before, and reports whether there is one.
func (s *Sheet) nextRow(by int) bool {
	for row := s.at.row + by; row >= 0 && row < s.Length(); row += by {
		for i := range s.cols {
			c := cellAt{row, i}
			if by < 0 {
				c.col = len(s.cols) - 1 - i
			}
			if s.editable(c) {
				s.choose(c, false)
				return true
			}
		}
	}
	return false
}

// Caret returns where the chosen cell is, so that an input method that begins to
// compose before the editor is open finds it.
func (s *Sheet) Caret() (at fyne.Position, height float32) {
	x, y, _, h := s.cellBox(s.at)
	return s.kit.where(s).AddXY(x+cellPad, y), h
}

// cellBox returns where a cell stands in the sheet; a column without room has no
// width.
func (s *Sheet) cellBox(c cellAt) (x, y, w, h float32) {
	for i, shown := range s.shown {
		if shown == c.col {
			x, w = s.x[i], s.w[i]
		}
	}
	y = s.top(c.row) - s.scroll.Offset.Y + s.scroll.Position().Y
	return x, y, w, s.top(c.row+1) - s.top(c.row)
}

// decorate draws a cell's frame behind its text: the box of a cell that can be
// changed, the chosen one, the block.
func (s *Sheet) decorate(d *ledgerCell, c cellAt, changed bool, x, y, w, h float32) []fyne.CanvasObject {
	if d.frame == nil {
		d.frame = newFrame()
	}
	fill, edge, width := none(), none(), float32(0)
	if s.editable(c) {
		fill, edge, width = theme.Color(ColorSurface), theme.Color(theme.ColorNameInputBorder), theme.Size(theme.SizeNameInputBorder)
	}
	if changed {
		fill = theme.Color(ColorChanged)
	}
	if s.chosen(c) && s.at != s.corner {
		fill = theme.Color(theme.ColorNameSelection)
	}
	if c == s.at && (s.focused || s.on) {
		edge, width = theme.Color(theme.ColorNamePrimary), 2
		if fill == none() {
			fill = theme.Color(ColorSurface)
		}
	}
	d.frame.paint(fill, edge, width, theme.Size(theme.SizeNameInputRadius))
	d.frame.place(x+3, y+3, w-6, h-7)
	return d.frame.objects()
}

// CreateRenderer implements fyne.Widget: the ledger with the editor over it.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	under := s.Ledger.renderer(s)
	return draw(s, drawing{
		objects: append(under.objects, s.editor),
		min:     under.min,
		layout: func(size fyne.Size) {
			under.layout(size)
			if s.on {
				x, y, w, h := s.cellBox(s.at)
				place(s.editor, x+2, y+2, w-4, h-5)
			}
		},
		paint: under.paint,
	})
}
