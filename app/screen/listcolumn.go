package screen

import (
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Column is one column of a list.
type Column struct {
	Name     string // field name, or the name of an extra column
	Label    string
	Priority int  // 1 stays longest when room is short
	Right    bool // numbers stand at the right
	Width    int  // half-width characters its texts need, within bounds
	text     func(record.Record) Mark
	value    func(record.Record) string // what it sorts by; nil: the text
}

// widest and narrowest are the bounds of a column's width in half-width characters.
const (
	narrowest = 4
	widest    = 24
)

// columnsOf derives the columns of a kind: its title, its fields that ask to be
// columns, and the extra ones that belong to it.
func columnsOf(b *Book, k record.Kind) []Column {
	var out []Column
	for _, f := range k.Fields {
		if f.Column == 0 && f.Name != k.Title {
			continue
		}
		c := fieldColumn(b, f)
		if f.Name == k.Title {
			c.Priority = 0
			out = slices.Insert(out, 0, c)
			continue
		}
		out = append(out, c)
	}
	for _, e := range extraColumns(b, k.Name) {
		out = slices.DeleteFunc(out, func(c Column) bool { return c.Name == e.replaces })
		at := slices.IndexFunc(out, func(c Column) bool { return c.Name == e.after }) + 1
		if at == 0 {
			at = len(out)
		}
		out = slices.Insert(out, at, e.Column)
	}
	if _, ok := b.enrolment(); ok {
		out = append(out, Column{Name: "+sync", Label: "同步", Priority: 1, text: func(r record.Record) Mark { return syncMark(r.State) }})
	}
	return out
}

func fieldColumn(b *Book, f record.Field) Column {
	c := Column{Name: f.Name, Label: f.Label, Priority: f.Column,
		text: func(r record.Record) Mark { return Mark{Say: shortText(b, f, r.Values[f.Name])} }}
	switch f.Type.(type) {
	case record.Number, record.Money, record.Rate:
		c.Right = true
		c.value = func(r record.Record) string { return numberKey(r.Values[f.Name]) }
	case record.Choice, record.Day, record.Moment:
		c.value = func(r record.Record) string { return r.Values[f.Name] }
	}
	return c
}

// shortText is a value in one line, masked where it is sensitive.
func shortText(b *Book, f record.Field, value string) string {
	text := b.Show(f, value)
	if f.Sensitive {
		return Masked(text)
	}
	if line, _, more := strings.Cut(text, "\n"); more {
		return line + "…"
	}
	return text
}

// numberKey makes numbers sort as text: more digits before the point is more.
func numberKey(value string) string {
	whole, _, _ := strings.Cut(value, ".")
	return strings.Repeat("0", max(0, 16-len(whole))) + value
}

func (l *List) compare(a, b *card, i int) int {
	c := l.columns[i]
	x, y := a.cell(l.columns, i).Say, b.cell(l.columns, i).Say
	if c.value != nil {
		x, y = c.value(a.r), c.value(b.r)
	}
	switch {
	case x == "" && y != "":
		return 1 // what is not filled in stands last
	case x != "" && y == "":
		return -1
	case c.value == nil && x != y:
		return strings.Compare(branch.SortKey(x), branch.SortKey(y))
	}
	return strings.Compare(x, y)
}

// widen sets the columns' widths from the texts they hold.
func (l *List) widen() {
	for i := range l.columns {
		c := &l.columns[i]
		c.Width = max(narrowest, HalfWidths(c.Label)+1)
		for n, card := range l.order {
			if n == 500 {
				break // the widest of the first five hundred is wide enough
			}
			c.Width = max(c.Width, HalfWidths(card.cell(l.columns, i).Say))
		}
		c.Width = min(c.Width, widest)
	}
}

// HalfWidths returns how many half-width characters text is wide: Han counts two.
func HalfWidths(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x2E80 || r == '“' || r == '”' || r == '…' {
			n++
		}
	}
	return n
}

// Masked hides the middle of a number or text: 138****0021, 310***********0010.
func Masked(text string) string {
	runes := []rune(text)
	switch n := len(runes); {
	case n == 0:
		return ""
	case n <= 2:
		return strings.Repeat("*", n)
	case n < 8:
		return string(runes[:1]) + strings.Repeat("*", n-1)
	default:
		return string(runes[:3]) + strings.Repeat("*", min(n-7, 11)) + string(runes[n-4:])
	}
}

// FilterBox is one filter a list offers, with the texts found and their counts.
type FilterBox struct {
	Column  string
	Label   string
	Options []Option
}

// Option is one text of a filter.
type Option struct {
	Text  string
	Count int
}

// Filters returns the columns worth filtering by, by priority: those that hold
// few different texts.
func (l *List) Filters() []FilterBox {
	var out []FilterBox
	var priority []int
	for i, c := range l.columns {
		if c.Name == l.Kind.Title || l.sensitive(c.Name) {
			continue
		}
		counts := map[string]int{}
		for _, card := range l.order {
			if text := card.cell(l.columns, i).Say; text != "" {
				counts[text]++
			}
		}
		if len(counts) < 2 || len(counts) > max(6, len(l.order)/3) || len(counts) > 40 {
			continue
		}
		box := FilterBox{Column: c.Name, Label: briefly(c.Label)}
		for text, n := range counts {
			box.Options = append(box.Options, Option{text, n})
		}
		slices.SortFunc(box.Options, func(a, b Option) int { return strings.Compare(branch.SortKey(a.Text), branch.SortKey(b.Text)) })
		at, _ := slices.BinarySearch(priority, c.Priority+1)
		out, priority = slices.Insert(out, at, box), slices.Insert(priority, at, c.Priority)
	}
	return out
}

// briefly leaves out of a label what a filter need not say: 人员类别 → 类别.
func briefly(label string) string {
	for _, of := range []string{"人员", "工作"} {
		if rest, ok := strings.CutPrefix(label, of); ok && rest != "" {
			return rest
		}
	}
	return label
}

func (l *List) sensitive(column string) bool {
	f, _ := l.Kind.Field(column)
	return f.Sensitive
}
