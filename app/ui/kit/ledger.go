package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Col is one column of a ledger, as data.
type Col struct {
	Title string
	Width float32 // in units of the standard face; the least width where Flex is set
	Flex  float32 // share of the room left over
	Align fyne.TextAlign
	// Priority says which columns stay when there is no room: 1 the longest, the
	// highest number goes first, 0 never goes.
	Priority int
	Sortable bool
	Cell     func(row int) Cell
}

// Cell is what stands in one place of a ledger.
type Cell struct {
	Text  string
	Bold  bool
	Color fyne.ThemeColorName // "" is the text colour
	Under string              // second line, in ledgers with Double rows
	Pill  bool                // Text is drawn as a pill of State
	State State
	Plain bool // the pill has no icon
	Link  bool // Text is a link: pressing it opens the row
	// Changed gives a cell of a sheet the ground of what is not saved yet.
	Changed bool
}

// Heading makes a row a group heading.
type Heading struct {
	Title, Note string
	Color       fyne.ThemeColorName
}

// BulkVerb is an act on all ticked rows; the first is the main one.
type BulkVerb struct {
	Text string
	Icon Icon
	Do   func()
}

// Ledger is the one list of the program: rows of ruled columns, as many as there
// are. Set the fields, then Refresh after the rows changed.
type Ledger struct {
	control
	Columns []Col
	Length  func() int
	// Key names a row for ticking; nil: rows cannot be ticked. Ticks survive
	// sorting and filtering.
	Key func(row int) string
	// Head returns the heading a row stands for; nil: no headings.
	Head func(row int) (Heading, bool)
	// Double makes rows two lines high; Dense makes them lower.
	Double, Dense bool
	// Tall makes the list as high as its rows, without a scroll of its own: it stands in
	// something that scrolls.
	Tall bool
	// Headless hides the row of titles.
	Headless bool

	OnCurrent func(row int)                  // the current row changed
	Idle      bool                           // shows its current row only while it has the keyboard
	OnOpen    func(row int)                  // Enter or double click
	OnTicked  func()                         // ticks changed
	OnSort    func(column int, falling bool) // a title was pressed
	OnMenu    func(row int) []MenuItem       // right click
	OnKey     func(key string, row int) bool // keys before the ledger's own
	Unit      string                         // counting word of rows: 人
	Bulk      []BulkVerb                     // verbs on ticked rows
	Foot      fyne.CanvasObject              // under the rows while nothing is ticked
	// Total draws a fixed row under the rows, column by column: 合计; nil none.
	Total func(col int) Cell
	Empty fyne.CanvasObject // instead of rows when there are none

	current int
	ticked  map[string]bool
	from    int // where a range of ticks began
	sorted  int // column sorted by, -1 none
	falling bool
	byKey   bool

	shown  []int     // columns with room
	x      []float32 // where each begins
	w      []float32
	tops   []float32 // where each row begins, only with headings
	head   *ledgerHead
	rows   *ledgerRows
	scroll *container.Scroll
	bulk   *bulkBar
	total  *totalRow
	sheet  *Sheet // set where the ledger is the inside of one
}

// Ledger returns a list of the given columns.
func (k *Kit) Ledger(columns []Col, length func() int) *Ledger {
	l := &Ledger{}
	l.build(k, columns, length)
	l.own(k, l)
	return l
}

// build makes the parts of a ledger, also of one inside a sheet.
func (l *Ledger) build(k *Kit, columns []Col, length func() int) {
	l.Columns, l.Length, l.sorted, l.ticked = columns, length, -1, map[string]bool{}
	l.head, l.rows, l.bulk, l.total = newLedgerHead(l), newLedgerRows(l), newBulkBar(k, l), newTotalRow(l)
	l.scroll = container.NewVScroll(l.rows)
	l.scroll.OnScrolled = func(fyne.Position) { l.rows.Refresh() }
}

// Current returns the current row, -1 when there are none.
func (l *Ledger) Current() int { return min(l.current, l.Length()-1) }

// SetCurrent makes a row the current one, scrolls to it and calls OnCurrent.
func (l *Ledger) SetCurrent(row int) {
	n := l.Length()
	if n == 0 {
		return
	}
	row = max(0, min(row, n-1))
	if l.isHead(row) {
		return
	}
	changed := row != l.current
	l.current = row
	l.reveal(row)
	l.rows.Refresh()
	if changed && l.OnCurrent != nil {
		l.OnCurrent(row)
	}
}

// SetSorted shows by which column the rows are sorted; -1 none.
func (l *Ledger) SetSorted(column int, falling bool) {
	l.sorted, l.falling = column, falling
	l.head.Refresh()
}

// Open does what Enter does on the current row.
func (l *Ledger) Open() {
	if row := l.Current(); row >= 0 && l.OnOpen != nil && !l.isHead(row) {
		l.OnOpen(row)
	}
}

// Ticked returns the keys of the ticked rows, in no promised order.
func (l *Ledger) Ticked() []string {
	out := make([]string, 0, len(l.ticked))
	for k := range l.ticked {
		out = append(out, k)
	}
	return out
}

// IsTicked reports whether the row called key is ticked.
func (l *Ledger) IsTicked(key string) bool { return l.ticked[key] }

// Tick ticks or clears a row.
func (l *Ledger) Tick(row int, on bool) {
	if l.Key == nil || l.isHead(row) {
		return
	}
	if l.from = row; on {
		l.ticked[l.Key(row)] = true
	} else {
		delete(l.ticked, l.Key(row))
	}
	l.tickedChanged()
}

// TickAll ticks every row shown, or clears every tick.
func (l *Ledger) TickAll(on bool) {
	if l.Key == nil {
		return
	}
	clear(l.ticked)
	for row := range l.Length() {
		if on && !l.isHead(row) {
			l.ticked[l.Key(row)] = true
		}
	}
	l.tickedChanged()
}

// tickRange ticks from the last ticked row to row.
func (l *Ledger) tickRange(row int) {
	for i := min(l.from, row); i <= max(l.from, row); i++ {
		if !l.isHead(i) {
			l.ticked[l.Key(i)] = true
		}
	}
	l.tickedChanged()
}

func (l *Ledger) tickedChanged() {
	l.Refresh()
	if l.OnTicked != nil {
		l.OnTicked()
	}
}

func (l *Ledger) isHead(row int) bool {
	if l.Head == nil || row < 0 || row >= l.Length() {
		return false
	}
	_, is := l.Head(row)
	return is
}

// rowHeight is the height of an ordinary row.
func (l *Ledger) rowHeight() float32 {
	switch {
	case l.Double:
		return theme.Size(SizeRowDouble)
	case l.Dense:
		return theme.Size(SizeRowDense)
	}
	return theme.Size(SizeRow)
}

// measure finds where rows begin; without headings it is a multiplication.
func (l *Ledger) measure() {
	l.tops = nil
	if l.Head == nil {
		return
	}
	n := l.Length()
	l.tops = make([]float32, n+1)
	for row := range n {
		h := l.rowHeight()
		if l.isHead(row) {
			h = theme.Size(SizeRowDense)
		}
		l.tops[row+1] = l.tops[row] + h
	}
}

// top returns where a row begins; row may be one past the last.
func (l *Ledger) top(row int) float32 {
	if l.tops != nil {
		return l.tops[min(row, len(l.tops)-1)]
	}
	return float32(row) * l.rowHeight()
}

// rowAt returns the row at a height, which may be past the last one.
func (l *Ledger) rowAt(y float32) int {
	if l.tops == nil {
		return int(y / l.rowHeight())
	}
	for row := 1; row < len(l.tops); row++ {
		if y < l.tops[row] {
			return row - 1
		}
	}
	return len(l.tops) - 1
}

// reveal scrolls a row into view.
func (l *Ledger) reveal(row int) {
	if l.scroll.Size().Height <= 0 {
		return
	}
	y, end := l.top(row), l.top(row+1)
	if row > 0 && l.isHead(row-1) {
		y = l.top(row - 1)
	}
	switch {
	case y < l.scroll.Offset.Y:
		scrollTo(l.scroll, y)
	case end > l.scroll.Offset.Y+l.scroll.Size().Height:
		scrollTo(l.scroll, end-l.scroll.Size().Height)
	}
}
