package print

import (
	"strconv"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// ask is a label and the value of a field beside it.
func (d *draft) ask(label string, r record.Record, path string) []page.Cell {
	return []page.Cell{d.label(label), d.value(d.text(r, path))}
}

// askWide is ask with the value over n columns.
func (d *draft) askWide(n int, label string, r record.Record, path string) []page.Cell {
	return []page.Cell{d.label(label), wide(n, d.value(d.text(r, path)))}
}

// give is a label and a text beside it, over n columns.
func (d *draft) give(n int, label, text string) []page.Cell {
	return []page.Cell{d.label(label), wide(n, d.value(text))}
}

// write is a label and room for a longer text beside it: over n columns, at
// least h mm high.
func (d *draft) write(n int, h float64, label, text string) []page.Cell {
	c := wide(n, d.tall(text, h))
	c.Label = strings.ReplaceAll(label, "\n", "")
	return []page.Cell{d.label(label), c}
}

// opinion is a label and room for an opinion that ends with signatures.
func (d *draft) opinion(n int, h float64, label, text string, signs ...string) []page.Cell {
	cells := d.write(n, h, label, text)
	cells[1] = d.sign(cells[1], signs...)
	return cells
}

// cells makes a row of groups of cells, which may be broken over pages. Rows with
// room for longer text share what is left of a page.
func cells(groups ...[]page.Cell) page.Row {
	r := page.Row{Split: true}
	for _, g := range groups {
		r.Cells = append(r.Cells, g...)
	}
	for _, c := range r.Cells {
		r.Stretch = r.Stretch || c.Label != ""
	}
	return r
}

// banner is a heading over all n columns of a table.
func (d *draft) banner(n int, text string) page.Row {
	s := d.hei(size5)
	s.Align = page.Center
	return tied(row(page.Cell{Text: page.Text(s, text), Cols: n, H: 8}))
}

// heads is a row of small headings.
func (d *draft) heads(texts ...string) page.Row { return rowOf(d.listHead, texts) }

// line is a row of list cells.
func (d *draft) line(texts ...string) page.Row { return rowOf(d.listCell, texts) }

func rowOf(cell func(text string) page.Cell, texts []string) page.Row {
	r := page.Row{Cells: make([]page.Cell, len(texts))}
	for i, text := range texts {
		r.Cells[i] = cell(text)
	}
	return r
}

// fixed makes every tall cell of a form keep its height, as on forms with a set
// number of pages; what does not fit goes to a continuation page.
func fixed(rows []page.Row) []page.Row {
	for k, r := range rows {
		rows[k].Stretch = false
		for i := range r.Cells {
			if c := &r.Cells[i]; c.Label != "" && c.H > 0 {
				c.Fixed = true
			}
		}
	}
	return rows
}

// list is a landscape or portrait register: a title, a line over the table, the
// table and signatures under it.
type list struct {
	title string
	left  []page.Span
	right []page.Span
	heads []string
	cols  []float64
	rows  []page.Row // none: empty ones to the foot of the page
	sums  []page.Row // under the others
	foot  []string   // signatures
}

// drawList draws a register over as many pages as it needs.
func (d *draft) drawList(l list) {
	d.heading(l.title)
	if l.left != nil || l.right != nil {
		d.headline(l.left, l.right)
	}
	t := page.Table{Cols: l.cols, Head: 1, Pad: 0.8, PadV: 0.7, Keep: 14, Rows: []page.Row{d.heads(l.heads...)}}
	names := make([]string, len(l.heads))
	for k, head := range l.heads {
		names[k] = strings.ReplaceAll(head, "\n", "")
	}
	for i, r := range l.rows { // a note too long for its row goes to a continuation page under its own heading
		line := "第" + strconv.Itoa(i+1) + "行　"
		for k := range min(len(r.Cells), len(names)) {
			r.Cells[k].Label = line + names[k]
		}
	}
	if len(l.rows) == 0 {
		l.rows = d.emptyRows(len(l.cols), d.rowsLeft(len(l.sums)))
	}
	if len(l.sums) > 0 {
		l.rows[len(l.rows)-1].Tie = true // sums never stand alone on a page
	}
	t.Rows = append(append(t.Rows, l.rows...), l.sums...)
	d.Table(t)
	d.footline(l.foot...)
	d.restPages()
}

// rowsLeft is how many empty rows fill the page between a list's headings and its
// sums.
func (d *draft) rowsLeft(sums int) int {
	return int((d.Room() - 15 - 14 - rowH*float64(sums)) / listRow)
}

// orBlank returns text, or the room to write it by hand.
func orBlank(text, blank string) string {
	if text == "" {
		return blank
	}
	return text
}

// branchLine is 党支部：… as it stands over most registers.
func (d *draft) branchLine() []page.Span {
	return []page.Span{d.say("党支部："), d.put(d.branchOr(nameBlank + nameBlank))}
}

// dateLine is the day the register is made, to the right over the table.
func (d *draft) dateLine() []page.Span {
	if d.opt.Blank {
		return []page.Span{d.say(dayBlank)}
	}
	return []page.Span{d.put(cnDate(d.in.Today().String()))}
}

// yearText is the form's year, a blank on blank forms.
func (d *draft) yearText() string {
	if d.opt.Blank {
		return yearBlank
	}
	return strconv.Itoa(d.opt.Year)
}

// member returns a member by id, an empty record when there is none.
func (d *draft) member(id string) record.Record {
	if r, ok := d.in.Get("member", id); ok {
		return r
	}
	return record.Record{Kind: "member", Values: record.Values{}}
}

// people returns the members named in the rows of a table.
func (d *draft) people(r record.Record, table string) []record.Record {
	var out []record.Record
	for _, row := range r.Rows(table) {
		if id := row.Values["member"]; id != "" {
			out = append(out, d.member(id))
		}
	}
	return out
}

// namesOf joins the names of people.
func (d *draft) namesOf(list []record.Record) string {
	out := ""
	for i, r := range list {
		if i > 0 {
			out += "、"
		}
		out += d.text(r, "name")
	}
	return out
}

// at returns the i-th record of a list, an empty one of the kind beyond its end.
func at(list []record.Record, i int, kind string) record.Record {
	if i < len(list) {
		return list[i]
	}
	return record.Record{Kind: kind, Values: record.Values{}}
}
