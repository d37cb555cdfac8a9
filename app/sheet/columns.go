package sheet

import (
	"regexp"
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
	more    bool         // goes on from the column before: （续1）, or 月 behind 年
	joint   string       // what stands between them
	second  record.Field // of a heading that names two
	byHand  bool         // by the person's mapping
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
	last := parts[len(parts)-1]
	c := column{col: col, heading: strings.Join(parts, " "), more: goesOnHeading.MatchString(last)}
	tries := parts
	if len(parts) > 1 {
		tries = []string{last, strings.Join(parts, ""), parts[0]}
	}
	if l.settled(&c, parts, tries) {
		return c
	}
	if _, score := l.known.sureOf(last); score < bare && idle(Fold(last)) {
		return c
	}
	return l.peopled(l.best(c, tries))
}

// settled maps headings that need no comparing: pieces of one value, the column
// of ids, what a person decided, months.
func (l *layout) settled(c *column, parts, tries []string) bool {
	if joint, follows, ok := piecewise(parts); ok {
		if f, score := l.known.sureOf(parts[0]); score >= bare {
			c.field, c.score, c.more, c.joint = l.kind.Fields[f], score, follows, joint
			return true
		}
	}
	if parts[len(parts)-1] == idHeading {
		c.field, c.score = idField(), exact
		return true
	}
	for _, try := range tries {
		if path, ok := l.mapping[Fold(try)]; ok {
			c.field, _ = l.kind.Field(path) // "" or a field no more known: not imported
			c.score, c.byHand = exact, true
			return true
		}
	}
	if first, second, ok := l.pair(parts[len(parts)-1]); ok {
		c.field, c.second, c.score = first, second, exact
		return true
	}
	for _, try := range tries {
		if f, _, ok := monthColumn(l.kind, try); ok {
			c.field, c.score = f, exact
			return true
		}
	}
	return false
}

// best takes the field that one of the headings fits best.
func (l *layout) best(c column, tries []string) column {
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

var pairBreak = regexp.MustCompile(`[/／、\n]|及|和`)

// pair reads a heading that names two fields, 入党/转正时间: their values stand in
// one cell, divided the same way.
func (l *layout) pair(heading string) (first, second record.Field, ok bool) {
	if _, score := l.known.sureOf(heading); score >= sure {
		return first, second, false
	}
	parts := pairBreak.Split(strings.TrimSpace(heading), -1)
	if len(parts) != 2 {
		return first, second, false
	}
	a, b := l.half(parts[0]), l.half(parts[1])
	if a < 0 || b < 0 || a == b {
		return first, second, false
	}
	return l.kind.Fields[a], l.kind.Fields[b], true
}

// half finds the field of half a heading, whose 时间 may stand at the other half.
func (l *layout) half(s string) int {
	if i, score := l.known.sureOf(s); score >= sure {
		return i
	}
	if i, score := l.known.sureOf(s + "时间"); score >= sure {
		return i
	}
	return -1
}

// piecewise reports whether a heading is one of several under a common one that
// make up one value: 出生日期 over 年, 月, 日; 固定电话 over 区号, 号码.
func piecewise(parts []string) (joint string, follows, ok bool) {
	if len(parts) < 2 {
		return "", false, false
	}
	switch Fold(parts[len(parts)-1]) {
	case "年", "区号":
		return "-", false, true
	case "月", "日", "号码", "号":
		return "-", true, true
	}
	return "", false, false
}

// peopled gives a column of names to the table of references that stands beside
// the text field: contact_names to contacts. Names that nobody bears stay text.
func (l *layout) peopled(c column) column {
	stem, ok := strings.CutSuffix(c.field.Name, "_names")
	table, found := l.kind.Field(stem + "s")
	rows, isRows := table.Type.(record.Rows)
	if !ok || !found || !isRows || rows.Key != "" || Fold(c.heading) == Fold(c.field.Label) {
		return c
	}
	if _, isRef := rows.Columns[0].Type.(record.Ref); isRef {
		c.field, c.words = table, c.field
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

// swapChoice gives a choice column to a required choice field whose list it fits.
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
		if choice, ok := f.Type.(record.Choice); ok && f.Required && !choice.Open && !taken[f.Name] && share(f, values) >= 0.8 {
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
