package print

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// listForm prints any register as a list, derived from its Kind: the columns of
// the list on screen.
func listForm() Form {
	f := Form{Code: "LIST", Name: "台账清单", Blank: true, Whole: true, Told: true, Ordered: true, Source: "由登记簿的栏目生成", draw: func(d *draft) { d.register() }}
	for _, k := range branch.Catalog() {
		f.Kinds = append(f.Kinds, k.Name)
		f.Variants = append(f.Variants, Variant{k.Name, k.Page})
	}
	return f
}

// cardForm prints one record of any register whole, derived from its Kind.
func cardForm() Form {
	f := Form{Code: "CARD", Name: "登记表", Blank: true, Source: "由登记簿的栏目生成", draw: func(d *draft) { d.each(page.Portrait, d.card) }}
	for _, k := range branch.Catalog() {
		f.Kinds = append(f.Kinds, k.Name)
		f.Variants = append(f.Variants, Variant{k.Name, k.Label + "登记表"})
	}
	return f
}

// register draws the list of one kind.
func (d *draft) register() {
	kind, _ := branch.KindOf(d.variant)
	if len(d.records) > 0 {
		kind, _ = branch.KindOf(d.records[0].Kind)
	}
	d.paper(page.Landscape)
	d.title = cmp.Or(d.title, kind.Page) // a chapter of the book brings its own
	fields := columnsOf(kind)
	l := list{title: d.title, left: d.branchLine(), right: d.dateLine(), heads: []string{"序号"}, foot: []string{"支部书记：", "填表人：", dayBlank}}
	for _, f := range fields {
		l.heads = append(l.heads, f.Label)
	}
	rows := d.registerRows(kind, fields)
	l.cols = columnWidths(d, l.heads, rows)
	for _, r := range rows {
		l.rows = append(l.rows, d.line(r...))
	}
	d.drawList(l)
}

func columnsOf(kind record.Kind) []record.Field {
	var out []record.Field
	for _, f := range kind.Fields {
		if _, rows := f.Type.(record.Rows); f.Column > 0 && !rows {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b record.Field) int { return cmp.Compare(a.Column, b.Column) })
	return out
}

func (d *draft) registerRows(kind record.Kind, fields []record.Field) [][]string {
	var out [][]string
	records := d.chosen(d.all(kind.Name, kind.Title))
	if d.inBook {
		records = slices.DeleteFunc(records, func(r record.Record) bool { return !d.yearOf(r) || poolGone(r, d.opt.Year) })
	}
	if kind.Title == "name" {
		records = sortedByName(records, d.opt.Order)
	}
	for i, r := range records {
		line := []string{strconv.Itoa(i + 1)}
		for _, f := range fields {
			line = append(line, d.brief(r, f.Name))
		}
		out = append(out, line)
	}
	return out
}

// columnWidths shares 257 mm by what the columns hold, none narrower than its
// heading needs.
func columnWidths(d *draft, heads []string, rows [][]string) []float64 {
	const total, most = 257.0, 70.0
	s, h := d.fang(size5s), d.hei(size5s)
	out := make([]float64, len(heads))
	sum := 0.0
	for i, head := range heads {
		out[i] = max(10, min(h.Width(head), 22)+3)
		for _, r := range rows {
			out[i] = max(out[i], min(s.Width(r[i])+3, most))
		}
		sum += out[i]
	}
	for i := range out {
		if i > 0 {
			out[i] *= (total - out[0]) / (sum - out[0])
		}
	}
	return out
}

// card draws every field of a record, headings as on its form.
func (d *draft) card(r record.Record) {
	if r.ID == "" {
		r.Kind = d.variant
	}
	kind, _ := branch.KindOf(r.Kind)
	d.title = kind.Label + "登记表"
	d.heading(d.title)
	d.headline(d.branchLine(), d.dateLine())
	t := page.Table{Keep: 14, Cols: []float64{37, 45.5, 37, 45.5}}
	group := ""
	var pending []page.Cell
	flush := func() {
		if len(pending) > 0 {
			t.Rows = append(t.Rows, cells(append(pending, d.label(""), d.value(""))))
			pending = nil
		}
	}
	for _, f := range kind.Fields {
		if f.Group != group {
			flush()
			group = f.Group
			t.Rows = append(t.Rows, d.banner(4, group))
		}
		switch f.Type.(type) {
		case record.Rows:
			flush()
			t.Rows = append(t.Rows, page.Row{Split: true, Cells: []page.Cell{d.label(f.Label), wide(3, d.left(d.rowsText(r, f)))}})
		case record.Long:
			flush()
			t.Rows = append(t.Rows, page.Row{Split: true, Cells: []page.Cell{d.label(f.Label), wide(3, d.tall(d.text(r, f.Name), 14))}})
		default:
			pending = append(pending, d.label(f.Label), d.value(d.text(r, f.Name)))
			if len(pending) == 4 {
				t.Rows = append(t.Rows, cells(pending))
				pending = nil
			}
		}
	}
	flush()
	d.Table(t)
	d.footline("支部书记：", "填表人：", dayBlank)
}

// rowsText writes a table inside a record, one line a row: first whom it is about.
func (d *draft) rowsText(r record.Record, f record.Field) string {
	rows := f.Type.(record.Rows)
	var lines []string
	for i, row := range r.Rows(f.Name) {
		var parts []string
		if who, ok := d.in.Get(rows.Key, row.ID); ok {
			name := d.nameOf(who)
			parts = append(parts, d.tell(name, f.Name, name))
		}
		for _, c := range rows.Columns {
			if text := d.cell(r, f.Name, row, c.Name); text != "" {
				parts = append(parts, c.Label+"："+text)
			}
		}
		lines = append(lines, strconv.Itoa(i+1)+". "+strings.Join(parts, "；"))
	}
	return strings.Join(lines, "\n")
}
