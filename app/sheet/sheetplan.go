package sheet

import (
	"strings"

	"zhibu/storage/record"
)

// sheet plans every table of one sheet; none if no headings are found.
func (pl *planner) sheet(s *Sheet, mapping Mapping) []SheetPlan {
	if table, ok := pl.tableOf(s); ok {
		return []SheetPlan{pl.tableSheet(s, table)}
	}
	l := newLayout(pl.kind, mapping, s)
	if plans := pl.cards(l); plans != nil {
		return plans
	}
	blocks := l.blocks()

	var out []SheetPlan
	top := 0
	for _, b := range blocks {
		sp := describe(s, b)
		for row := top; row < b.first; row++ {
			sp.skip(s, row, "表头或标题。")
		}
		rr := newRowReader(pl, l, b)
		for row := b.first; row < b.bottom; row++ {
			rr.row(row, &sp)
		}
		top = b.bottom
		out = append(out, sp)
	}
	if s.Broken > 0 && len(out) > 0 {
		out[0].Notes = append(out[0].Notes, "文件里有认不出的字（编码损坏），所在的格子已标出。请核对，或在 WPS 里另存为 .xlsx 再导入。")
	}
	return out
}

// describe writes down what the columns were taken for.
func describe(s *Sheet, b block) SheetPlan {
	sp := SheetPlan{Name: s.Name, HeadingsRow: b.first, Columns: map[string]string{}, Headings: map[string]string{}, Ignored: map[string]string{}, First: map[string]string{}, Rows: []RowPlan{}, source: s}
	for _, c := range b.columns {
		letter := Letter(c.col)
		sp.Headings[letter] = c.heading
		sp.First[letter] = firstBelow(s, b, c.col)
		if c.field.Name == "" {
			sp.Ignored[letter] = c.heading
			continue
		}
		sp.Columns[letter] = c.field.Name
		if c.score < sure {
			sp.Unsure = append(sp.Unsure, letter)
		}
		if s.HiddenCols[c.col] {
			sp.Notes = append(sp.Notes, letter+" 列“"+clip(c.heading)+"”在表格里是隐藏的，也读了。不要的话请在“对应到”里选“不导入”。")
		}
	}
	for col := b.left; col < b.right; col++ {
		letter := Letter(col)
		if first := firstBelow(s, b, col); sp.Headings[letter] == "" && first != "" {
			sp.Ignored[letter], sp.First[letter] = "（没有表头）", first
		}
	}
	return sp
}

// firstBelow returns the first thing in a column of a block.
func firstBelow(s *Sheet, b block, col int) string {
	for row := b.first; row < b.bottom; row++ {
		if c := s.Cell(row, col); c.Type != Empty {
			return clip(c.Text)
		}
	}
	return ""
}

// skip notes a row that is not data; an empty one is not mentioned.
func (sp *SheetPlan) skip(s *Sheet, row int, say string) {
	for _, c := range s.Rows[row] {
		if c.Type != Empty {
			sp.Rows = append(sp.Rows, RowPlan{Row: row + 1, State: Skipped, twin: -1, Issues: []Issue{{
				Col: "A", Severity: record.Info.String(), Code: notData, Say: place(row+1, "", "") + "：" + say, Value: clip(c.Text)}}})
			return
		}
	}
}

// row reads one row of the block into the plan.
func (rr *rowReader) row(row int, sp *SheetPlan) {
	switch rr.kindOf(row) {
	case dataRow:
		sp.Rows = append(sp.Rows, rr.data(row))
		rr.count++
	case goesOn:
		rr.goOn(row, sp)
	case captionRow:
		sp.skip(rr.l.sheet, row, "分组的标题，下面各行算作“"+rr.caption+"”。")
	case noteRow:
		sp.skip(rr.l.sheet, row, "合计、说明或签字栏，不是"+rr.kind.Label+"。")
	case sampleRow:
		sp.skip(rr.l.sheet, row, "像是模板里的示例，没有当作"+rr.kind.Label+"。真有这个人的话，请填上身份证号再导入。")
	case headingsRow:
		sp.skip(rr.l.sheet, row, "表头又出现了一次。")
	}
}

// data reads a row that is a record.
func (rr *rowReader) data(row int) RowPlan {
	rp := RowPlan{Row: row + 1, State: New, Values: map[string]string{}, Issues: []Issue{}, set: record.Values{}, cells: map[string]int{}, twin: -1}
	before := map[int]Cell{}
	var rest []string
	var extras []extra
	exported := rr.isExported(row)
	for i, c := range rr.b.columns {
		switch {
		case c.field.Name == "":
			rr.unimported(row, c, &rp)
			continue
		case c.more && i > 0:
			continue
		}
		cell := rr.joined(row, i)
		if isDitto(cell.Text) && rr.before != nil {
			cell = rr.before[c.col]
			rp.report(c.col, c.field, finding{code: ditto, say: "“同上”按上一行的“" + clip(cell.Text) + "”读。"}, cell.Text)
		}
		before[c.col] = cell
		cell, second := halves(c, cell)
		r := rr.readCell(exported, c, cell)
		if second.Type != Empty {
			other := column{col: c.col, field: c.second}
			rr.take(&rp, other, second, rr.read(c.second, second, rr.dates[c.col]))
		}
		rr.take(&rp, c, cell, r)
		more, left := rr.besides(c, cell, r)
		extras, rest = append(extras, more...), append(rest, left...)
	}
	rr.before = before
	rr.finish(&rp, extras, rest)
	if rr.l.sheet.HiddenRows[row] {
		rp.report(-1, record.Field{}, finding{code: rowHidden, say: "这一行在表格里是隐藏的（或被筛掉的），也读了。不要的话请选“跳过这行”。"}, "")
	}
	return rp
}

// halves divides the cell of a column that holds two values.
func halves(c column, cell Cell) (first, second Cell) {
	if c.second.Name == "" || cell.Type != Text && cell.Type != Loose {
		return cell, Cell{}
	}
	parts := pairBreak.Split(strings.TrimSpace(cell.Text), -1)
	if len(parts) != 2 {
		return cell, Cell{}
	}
	return textCell(parts[0], cell.Type), textCell(parts[1], cell.Type)
}

// joined returns the cell of the i-th column with the pieces that stand in the
// columns after it.
func (rr *rowReader) joined(row, i int) Cell {
	c := rr.b.columns[i]
	cell := rr.cell(row, c.col)
	for _, next := range rr.b.columns[i+1:] {
		if part := rr.cell(row, next.col).Text; next.more && next.field.Name == c.field.Name && part != "" {
			cell.Type, cell.Text = Text, cell.Text+next.joint+part
		}
	}
	return cell
}

// besides sorts what a cell says besides its own value: values of other fields,
// and words for the remarks.
func (rr *rowReader) besides(c column, cell Cell, r reading) (extras []extra, rest []string) {
	for path, value := range r.extra {
		extras = append(extras, extra{path, value, c.col})
	}
	switch {
	case r.rest == "":
	case c.words.Name != "":
		extras = append(extras, extra{c.words.Name, cell.Text, c.col})
	default:
		rest = append(rest, remarkOf(rr.kind, c.field, r.rest))
	}
	return extras, rest
}

// extra is a value that a cell holds for another field than its own.
type extra struct {
	path, value string
	col         int
}

// finish adds what the cells say besides their own fields.
func (rr *rowReader) finish(rp *RowPlan, extras []extra, rest []string) {
	for _, e := range extras {
		if field, same := strings.CutPrefix(e.value, sameAs); same {
			e.value = rp.set[field]
		}
		if f, ok := rr.kind.Field(e.path); ok && rp.set[e.path] == "" {
			if value, err := f.Parse(f.Format(e.value)); err == nil {
				rp.put(f, e.path, value, e.col)
			}
		}
	}
	rr.suppose(rp, "year", rr.year)
	rr.suppose(rp, "group", rr.caption)
	rr.remark(rp, rest)
	rr.judge(rp)
}
