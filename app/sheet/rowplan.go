package sheet

import (
	"slices"
	"strings"

	"zhibu/storage/record"
)

// suppose fills a field from what stands around the rows, where the row itself
// says nothing.
func (rr *rowReader) suppose(rp *RowPlan, field, text string) {
	f, ok := rr.kind.Field(field)
	if !ok || text == "" || rp.set[field] != "" {
		return
	}
	if value, err := f.Parse(text); err == nil {
		rp.put(f, field, value, -1)
	}
}

// remark adds words to the remarks; a kind without remarks cannot keep them, and
// says so.
func (rr *rowReader) remark(rp *RowPlan, rest []string) {
	if len(rest) == 0 {
		return
	}
	f, ok := rr.kind.Field(rr.remarks)
	if ok {
		if value, err := f.Parse(strings.Join(append([]string{rp.set[rr.remarks]}, rest...), "\n")); err == nil {
			rp.put(f, rr.remarks, value, -1)
			return
		}
	}
	all := strings.Join(rest, "；")
	rp.report(-1, f, finding{code: "REMARK_LOST", say: rr.kind.Label + "没有能放下这些话的备注栏，没有导入：" + clip(all) + "。"}, all)
}

// remarkOf names the field that the words were written under, except for those
// behind the name.
func remarkOf(k record.Kind, f record.Field, rest string) string {
	if f.Name == k.Title {
		return rest
	}
	return f.Label + "：" + rest
}

// take stores what a cell says and reports its findings.
func (rr *rowReader) take(rp *RowPlan, c column, cell Cell, r reading) {
	for _, f := range r.findings {
		rp.report(c.col, c.field, f, cell.Text)
	}
	if _, seen := rp.cells[c.field.Name]; !seen || rp.set[c.field.Name] == "" {
		rp.cells[c.field.Name] = c.col
	}
	switch was := rp.set[c.field.Name]; {
	case r.value == "":
	case was == "":
		rp.put(c.field, c.field.Name, r.value, c.col)
	case was != r.value && !within(c.field, was, r.value) && !within(c.field, r.value, was):
		rp.report(c.col, c.field, finding{code: differs, say: "与 " + Letter(rp.cells[c.field.Name]) + " 列的“" + c.field.Format(was) + "”不一致，用前面那列的。请核对。"}, cell.Text)
	case within(c.field, was, r.value):
		rp.put(c.field, c.field.Name, r.value, c.col) // the more precise date
	}
}

// unimported reports a formula without result also in a column that is ignored.
func (rr *rowReader) unimported(row int, c column, rp *RowPlan) {
	if cell := rr.l.sheet.Cell(row, c.col); cell.Type == Empty && cell.Formula {
		rp.report(c.col, record.Field{Label: clip(c.heading)}, finding{code: noCache, say: "这一格是公式，文件里没有存结果；这一列不导入。"}, "")
	}
}

// put stores a value under path.
func (rp *RowPlan) put(f record.Field, path, value string, col int) {
	rp.set[path] = value
	if path != idPath {
		rp.Values[path] = f.Format(value)
	}
	if col >= 0 {
		rp.cells[path] = col
	}
}

// drop takes a value back.
func (rp *RowPlan) drop(path string) {
	delete(rp.set, path)
	delete(rp.Values, path)
}

// report adds an issue about a cell; col −1 stands for the row as a whole.
func (rp *RowPlan) report(col int, f record.Field, what finding, value string) {
	letter := Letter(col)
	rp.Issues = append(rp.Issues, Issue{Col: letter, Field: f.Name, Severity: severity(what.code).String(), Code: what.code,
		Say: place(rp.Row, letter, f.Label) + "：" + what.say, Value: clip(value), Suggest: what.suggest})
}

// has reports whether the row already has an issue at a column.
func (rp *RowPlan) has(col int, least record.Severity) bool {
	return slices.ContainsFunc(rp.Issues, func(i Issue) bool {
		return i.Col == Letter(col) && (i.Severity == record.Block.String() || i.Severity == least.String())
	})
}

// goOn adds the further lines of a merged record to the row above.
func (rr *rowReader) goOn(row int, sp *SheetPlan) {
	at := len(sp.Rows) - 1
	for at >= 0 && sp.Rows[at].State == Skipped {
		at--
	}
	if at < 0 {
		return
	}
	rp := &sp.Rows[at]
	for _, c := range rr.b.columns {
		cell := rr.l.sheet.Cell(row, c.col)
		if c.field.Name == "" || cell.Type == Empty || c.col == rr.title {
			continue
		}
		r := rr.read(c.field, cell, rr.dates[c.col])
		if long, ok := c.field.Type.(record.Long); ok && rp.set[c.field.Name] != "" {
			if joined, err := long.Parse(rp.set[c.field.Name] + "\n" + r.value); err == nil {
				rp.put(c.field, c.field.Name, joined, c.col)
			}
			continue
		}
		rr.take(rp, c, cell, r)
	}
}
