package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhibu/storage/record"
)

// column is one column of a block of rows and what it stands for.
type column struct {
	col     int
	heading string       // as written, rows of a two-row heading joined by a blank
	field   record.Field // zero if the column is not imported
	words   record.Field // text field of the same heading, for names that no record bears
	score   int
	more    bool // goes on from the column before: （续1）
	byHand  bool // by the person's mapping
}

// block is one table on a sheet: its heading rows and the rows below, up to the
// next block. Rows are zero-based; bottom is the first row no longer of it.
type block struct {
	top, first, bottom int // first heading row, first row below the headings, end
	columns            []column
}

// layout finds the blocks of one sheet.
type layout struct {
	kind    record.Kind
	known   names
	mapping Mapping
	sheet   *Sheet
	above   map[[2]int][2]int // cell inside a merged block → its top left cell
}

func newLayout(k record.Kind, mapping Mapping, s *Sheet) *layout {
	l := &layout{kind: k, known: namesOf(k), mapping: mapping, sheet: s, above: map[[2]int][2]int{}}
	rows, width := len(s.Rows), s.width()
	for _, m := range s.Merged {
		if len(l.above) > mostCells/4 {
			break // absurd merging: later blocks are read unfilled
		}
		for row := m.Top; row <= min(m.Bottom, rows-1); row++ {
			for col := m.Left; col <= min(m.Right, width-1); col++ {
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
	fields, filled, titled := l.hits(row)
	return (fields >= 3 || fields >= 2 && titled || fields == 1 && titled && filled == 1) && fields*6 >= filled
}

// blocks returns the tables of the sheet from top to bottom. A heading row that
// repeats the one above (once a page) starts no new block.
func (l *layout) blocks() []block {
	var out []block
	for row := 0; row < len(l.sheet.Rows); row++ {
		if !l.isHeading(row) {
			continue
		}
		b := block{top: row, first: row + 1, bottom: len(l.sheet.Rows)}
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

// columns reads the headings of a block.
func (l *layout) columns(b block) []column {
	var out []column
	for col := range l.sheet.width() {
		var parts []string
		for row := b.top; row < b.first; row++ {
			if t := strings.TrimSpace(l.text(row, col)); t != "" && (len(parts) == 0 || parts[len(parts)-1] != t) {
				parts = append(parts, t)
			}
		}
		if len(parts) > 0 {
			out = append(out, l.column(col, parts))
		}
	}
	l.byContent(b, out)
	return out
}

// column matches one heading: its lowest line, all lines together, the upper
// ones, in this order when they fit equally well.
func (l *layout) column(col int, parts []string) column {
	c := column{col: col, heading: strings.Join(parts, " "), more: goesOnHeading.MatchString(parts[len(parts)-1])}
	if parts[len(parts)-1] == idHeading {
		c.field, c.score = idField(), exact
		return c
	}
	tries := []string{parts[len(parts)-1], strings.Join(parts, "")}
	if len(parts) > 1 {
		tries = append(tries, parts[0])
	}
	if len(parts) == 1 {
		tries = tries[:1]
	}
	for _, try := range tries {
		if path, ok := l.mapping[Fold(try)]; ok {
			f, _ := l.kind.Field(path)
			c.field, c.score, c.byHand = f, exact, true
			return c
		}
	}
	last := parts[len(parts)-1]
	if _, score := l.known.sureOf(last); score < bare && idle(Fold(last)) {
		return c
	}
	for i, try := range tries {
		f, score := l.known.match(try)
		if i == 2 && score < bare {
			continue // a caption above several columns names none of them by chance
		}
		if f >= 0 && score > c.score {
			c.field, c.score = l.kind.Fields[f], score
			if w, ok := l.known.words[Fold(try)]; ok && w != f && !isWords(c.field) {
				c.words = l.kind.Fields[w]
			}
		}
	}
	return c
}

// byContent corrects by what stands below: a column headed 党籍状态 that holds
// 正式 and 预备 is the category; and of two fuzzy columns for a field only the
// better one stays.
func (l *layout) byContent(b block, columns []column) {
	best := map[string]int{}
	for i := range columns {
		c := &columns[i]
		if !c.byHand {
			l.swapChoice(b, c, columns)
		}
		if c.field.Name != "" {
			best[c.field.Name] = max(best[c.field.Name], c.score)
		}
	}
	for i := range columns {
		if c := &columns[i]; c.score < sure && c.score < best[c.field.Name] {
			c.field, c.score = record.Field{}, 0
		}
	}
}

// swapChoice gives a choice column to another choice field whose list it fits.
func (l *layout) swapChoice(b block, c *column, columns []column) {
	if _, ok := c.field.Type.(record.Choice); !ok {
		return
	}
	values := l.below(b, c.col, 50)
	if len(values) == 0 {
		_, hints := foldHeading(c.heading)
		for _, h := range hints {
			values = append(values, strings.FieldsFunc(h, func(r rune) bool { return strings.ContainsRune("或/、,，", r) })...)
		}
	}
	if len(values) == 0 || share(c.field, values) >= 0.5 {
		return
	}
	taken := map[string]bool{}
	for _, other := range columns {
		taken[other.field.Name] = true
	}
	for _, f := range l.kind.Fields {
		if choice, ok := f.Type.(record.Choice); ok && !choice.Open && !taken[f.Name] && len(choice.Codes) < 40 && share(f, values) >= 0.8 {
			c.field, c.score = f, near
			return
		}
	}
}

// below returns up to most texts of a column below the headings.
func (l *layout) below(b block, col, most int) []string {
	var out []string
	for row := b.first; row < b.bottom && len(out) < most; row++ {
		if t := strings.TrimSpace(l.sheet.Cell(row, col).Text); t != "" && !isBlank(t) && utf8.RuneCountInString(t) < 20 {
			out = append(out, t)
		}
	}
	return out
}

// share returns how much of values the field can read.
func share(f record.Field, values []string) float64 {
	n := 0
	for _, v := range values {
		if _, err := f.Parse(v); err == nil {
			n++
		}
	}
	return float64(n) / float64(len(values))
}
