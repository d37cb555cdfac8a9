package sheet

import (
	"slices"

	"zhibu/storage/record"
)

// block is one table on a sheet: its heading rows and the rows below, up to the
// next block. Rows are zero-based; bottom is the first row no longer of it.
type block struct {
	top, first, bottom int // first heading row, first row below the headings, end
	left, right        int // first column and the one behind the last
	columns            []column
}

// layout finds the blocks of one sheet.
type layout struct {
	kind    record.Kind
	known   names
	mapping Mapping
	sheet   *Sheet
	heading map[int]bool      // rows judged already
	above   map[[2]int][2]int // cell inside a merged block → its top left cell
}

func newLayout(k record.Kind, mapping Mapping, s *Sheet) *layout {
	l := &layout{kind: k, known: namesOf(k), mapping: mapping, sheet: s, heading: map[int]bool{}, above: map[[2]int][2]int{}}
	rows, width := len(s.Rows), s.width()
	for _, m := range s.Merged {
		bottom, right := min(m.Bottom, rows-1), min(m.Right, width-1)
		if (bottom-m.Top+1)*(right-m.Left+1) > mostRows || len(l.above) > mostCells/4 {
			continue // absurd merging: such a block is read unfilled
		}
		for row := m.Top; row <= bottom; row++ {
			for col := m.Left; col <= right; col++ {
				if row != m.Top || col != m.Left {
					l.above[[2]int{row, col}] = [2]int{m.Top, m.Left}
				}
			}
		}
	}
	return l
}

// text returns what stands in a cell, seen through merged blocks.
func (l *layout) text(row, col int) string {
	if c := l.sheet.Cell(row, col); c.Type != Empty {
		return c.Text
	}
	if at, ok := l.above[[2]int{row, col}]; ok {
		return l.sheet.Cell(at[0], at[1]).Text
	}
	return ""
}

// hits counts the different fields that a row's cells name for sure, and the
// filled cells; titled tells whether the naming field is among them.
func (l *layout) hits(row int) (fields, filled int, titled bool) {
	seen := map[int]bool{}
	for _, c := range l.sheet.Rows[row] {
		if c.Type == Empty {
			continue
		}
		filled++
		if c.Type != Text && c.Type != Loose {
			continue
		}
		if _, _, ok := monthColumn(l.kind, c.Text); ok {
			fields++
			continue
		}
		i, score := l.known.sureOf(c.Text)
		if path, ok := l.mapping[Fold(c.Text)]; ok && path != "" {
			i = slices.IndexFunc(l.kind.Fields, func(f record.Field) bool { return f.Name == path })
			score = exact
		}
		if i >= 0 && score >= sure && !seen[i] {
			seen[i] = true
			fields++
			titled = titled || l.kind.Fields[i].Name == l.kind.Title
		}
	}
	return fields, filled, titled
}

// isHeading reports whether a row may hold headings: it names several fields and
// little else.
func (l *layout) isHeading(row int) bool {
	yes, judged := l.heading[row]
	if !judged {
		yes = l.looksHeading(row)
		l.heading[row] = yes
	}
	return yes
}

func (l *layout) looksHeading(row int) bool {
	fields, filled, titled := l.hits(row)
	return (fields >= 3 || fields >= 2 && titled || fields == 1 && titled && filled == 1) && fields*6 >= filled
}

// blocks returns the tables of the sheet from top to bottom. A heading row that
// repeats the one above (once a page) starts no new block.
func (l *layout) blocks() []block {
	out := l.blocksAt(l.isHeading)
	if len(out) == 0 && !notesName(l.sheet.Name) {
		out = l.blocksAt(l.isBareHeading)
	}
	var split []block
	for _, b := range out {
		split = append(split, l.beside(b)...)
	}
	return split
}

// isBareHeading reports whether a row of several cells names at least the person:
// a list of names with columns that nobody knows is still a list of people.
func (l *layout) isBareHeading(row int) bool {
	title, _ := l.kind.Field(l.kind.Title)
	_, person := title.Type.(record.PersonName)
	_, filled, titled := l.hits(row)
	return person && titled && filled > 1
}

func (l *layout) blocksAt(isHeading func(row int) bool) []block {
	var out []block
	for row := 0; row < len(l.sheet.Rows); row++ {
		if !isHeading(row) {
			continue
		}
		b := block{top: row, first: row + 1, bottom: len(l.sheet.Rows), right: l.sheet.width()}
		for b.first < len(l.sheet.Rows) && l.continues(b) {
			b.first++
		}
		row = b.first - 1
		b.columns = l.columns(b)
		if n := len(out); n > 0 {
			if sameColumns(out[n-1].columns, b.columns) {
				continue // once a page
			}
			out[n-1].bottom = b.top
		}
		out = append(out, b)
	}
	return out
}

// beside divides a block whose headings stand twice side by side, as on lists
// printed in two columns to save paper.
func (l *layout) beside(b block) []block {
	starts := []int{0}
	titles := 0
	for i, c := range b.columns {
		if c.field.Name != l.kind.Title || c.score < sure {
			continue
		}
		if titles++; titles > 1 {
			if b.columns[i-1].field.Name == "" && idle(Fold(b.columns[i-1].heading)) {
				i--
			}
			starts = append(starts, i)
		}
	}
	if len(starts) == 1 {
		return []block{b}
	}
	var out []block
	for n, from := range starts {
		part := b
		part.columns, part.left = b.columns[from:], b.columns[from].col
		if n == 0 {
			part.left = 0
		}
		if n+1 < len(starts) {
			part.columns, part.right = b.columns[from:starts[n+1]], b.columns[starts[n+1]].col
		}
		out = append(out, part)
	}
	return out
}

// continues reports whether the row below the headings belongs to them: it holds
// more headings, or a merged heading reaches down to it.
func (l *layout) continues(b block) bool {
	if b.first-b.top >= 3 {
		return false
	}
	for at, from := range l.mergedDown(b) {
		if at == b.first && from {
			return true
		}
	}
	fields, filled, _ := l.hits(b.first)
	return fields >= 2 && fields*3 >= filled*2
}

// mergedDown returns the rows into which a heading of the block reaches down.
func (l *layout) mergedDown(b block) map[int]bool {
	out := map[int]bool{}
	for col := range l.sheet.width() {
		if at, ok := l.above[[2]int{b.first, col}]; ok && at[0] >= b.top && at[0] < b.first && l.sheet.Cell(at[0], at[1]).Type != Empty {
			out[b.first] = true
		}
	}
	return out
}

func sameColumns(a, b []column) bool {
	return slices.EqualFunc(a, b, func(x, y column) bool { return x.col == y.col && Fold(x.heading) == Fold(y.heading) })
}
