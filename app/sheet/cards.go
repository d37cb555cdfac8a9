package sheet

import (
	"strings"
	"unicode/utf8"

	"zhibu/storage/record"
)

// cardLabel is a label on a form for one person (登记表), with the cell that
// holds what is written for it.
type cardLabel struct {
	row, col int // of the label
	at       [2]int
	field    record.Field
	score    int
	text     string
}

// cards reads sheets without heading rows on which each record is a form: labels
// with their values to the right, or below where the cell to the right is a label
// again. A second label for the title begins a further record.
func (pl *planner) cards(l *layout) []SheetPlan {
	labels := l.cardLabels()
	if notesName(l.sheet.Name) || !stacked(labels) || l.isList() {
		return nil
	}
	titles := 0
	for _, c := range labels {
		if c.field.Name == pl.kind.Title {
			titles++
		}
	}
	if len(labels) < 4 || titles == 0 {
		return nil
	}
	sp := SheetPlan{Name: l.sheet.Name, HeadingsRow: labels[0].row + 1, Columns: map[string]string{}, Headings: map[string]string{}, Rows: []RowPlan{}, source: l.sheet,
		Notes: []string{"这张表是登记表的样式（一人一张），按栏目读成一条条记录。请核对是否读全。"}}
	start := 0
	for i := 1; i <= len(labels); i++ {
		if i == len(labels) || labels[i].field.Name == pl.kind.Title && holdsTitle(labels[start:i], pl.kind.Title) {
			from := start
			start = i
			if rp, ok := pl.card(l, labels[from:i]); ok {
				sp.Rows = append(sp.Rows, rp)
			}
		}
	}
	if len(sp.Rows) == 0 {
		return nil
	}
	return []SheetPlan{sp}
}

// isList reports whether some row is plainly one of headings: four fields or more
// and little beside them. On a form every other cell of a row is a value.
func (l *layout) isList() bool {
	for row := range l.sheet.Rows {
		if fields, filled, _ := l.hits(row); fields >= 4 && fields*3 >= filled*2 {
			return true
		}
	}
	return false
}

// stacked reports whether labels of three different fields stand in one column,
// as on a form; headings of a list stand in a row.
func stacked(labels []cardLabel) bool {
	below := map[int]map[string]bool{}
	for _, c := range labels {
		if below[c.col] == nil {
			below[c.col] = map[string]bool{}
		}
		if below[c.col][c.field.Name] = true; len(below[c.col]) >= 3 {
			return true
		}
	}
	return false
}

// notesName reports whether a sheet is named as one that holds no data.
func notesName(s string) bool {
	for _, word := range []string{"说明", "选项", "字典", "代码", "码值", "码表", "参考", "注意"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

func holdsTitle(labels []cardLabel, title string) bool {
	for _, c := range labels {
		if c.field.Name == title {
			return true
		}
	}
	return false
}

// cardLabels finds every cell that names a field for sure and has a cell for the
// value beside it.
func (l *layout) cardLabels() []cardLabel {
	var out []cardLabel
	for row := range l.sheet.Rows {
		for col, c := range l.sheet.Rows[row] {
			if c.Type != Text && c.Type != Loose {
				continue
			}
			i, score := l.known.sureOf(c.Text)
			if i < 0 || score < sure {
				if i, score = l.inlineLabel(c.Text); i < 0 {
					continue
				}
			}
			label := cardLabel{row: row, col: col, field: l.kind.Fields[i], score: score, text: c.Text}
			label.at = [2]int{row, l.rightOf(row, col)}
			out = append(out, label)
		}
	}
	return out
}

// inlineLabel reads 姓名：陈立群 in one cell.
func (l *layout) inlineLabel(text string) (field, score int) {
	name, value, ok := strings.Cut(strings.Replace(text, "：", ":", 1), ":")
	if !ok || strings.TrimSpace(value) == "" || utf8.RuneCountInString(name) > 12 {
		return -1, 0
	}
	return l.known.sureOf(name)
}

// rightOf returns the first column behind a label, its merged block included.
func (l *layout) rightOf(row, col int) int {
	next := col + 1
	for {
		if at, ok := l.above[[2]int{row, next}]; !ok || at != [2]int{row, col} {
			return next
		}
		next++
	}
}

// card reads the labels of one form.
func (pl *planner) card(l *layout, labels []cardLabel) (RowPlan, bool) {
	rr := rowReader{planner: pl, l: l, title: -1, dates: map[int]dateReader{}}
	rp := RowPlan{Row: labels[0].row + 1, State: New, Values: map[string]string{}, Issues: []Issue{}, set: record.Values{}, cells: map[string]int{}, twin: -1}
	var rest []string
	var extras []extra
	dates := dateReader{date1904: l.sheet.Date1904, today: pl.today}
	for _, label := range labels {
		cell, col := l.cardValue(label)
		r := pl.read(label.field, cell, dates)
		before := len(rp.Issues)
		rr.take(&rp, column{col: col, field: label.field}, cell, r)
		for i := before; i < len(rp.Issues); i++ { // say the row where it stands
			rp.Issues[i].Say = strings.Replace(rp.Issues[i].Say, place(rp.Row, Letter(col), label.field.Label), place(label.row+1, Letter(col), label.field.Label), 1)
		}
		for path, value := range r.extra {
			extras = append(extras, extra{path, value, col})
		}
		if r.rest != "" {
			rest = append(rest, remarkOf(pl.kind, label.field, r.rest))
		}
	}
	title := rp.set[pl.kind.Title]
	if _, person := rr.titleType().(record.PersonName); title == "" || person && (!likeName(title) || genericName(title) && rp.set["id_no"] == "") {
		return rp, false // a blank form
	}
	rr.finish(&rp, extras, rest)
	return rp, true
}

// cardValue returns the cell that belongs to a label: what stands behind the
// colon, to the right, or below when the right is another label.
func (l *layout) cardValue(label cardLabel) (Cell, int) {
	if f, _ := l.inlineLabel(label.text); f >= 0 {
		_, value, _ := strings.Cut(strings.Replace(label.text, "：", ":", 1), ":")
		return textCell(strings.TrimSpace(value), Text), label.col
	}
	right := l.sheet.Cell(label.at[0], label.at[1])
	if i, score := l.known.sureOf(right.Text); right.Type == Empty || i < 0 || score < sure {
		return right, label.at[1]
	}
	below := l.sheet.Cell(label.row+1, label.col)
	if i, score := l.known.sureOf(below.Text); i >= 0 && score >= sure {
		return Cell{}, label.col
	}
	return below, label.col
}
