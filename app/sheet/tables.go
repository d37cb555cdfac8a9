package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Part is the state of a row of a table inside a record: it stands on a sheet of
// its own in an exported workbook and goes into the record it names.
const Part State = "part"

var goesOnHeading = regexp.MustCompile(`[（(]续\d+[)）]$`)

// idField stands for the column of record ids of an exported workbook.
func idField() record.Field {
	return record.Field{Name: idPath, Label: idHeading, Type: record.Text{Max: 64}}
}

// keyHeading heads the column of a table whose rows are records of kind.
func keyHeading(kind string) string {
	k, _ := branch.KindOf(kind)
	return k.Label
}

// isExported reports whether a row comes from an exported workbook: it says of
// which record it is.
func (rr *rowReader) isExported(row int) bool {
	for _, c := range rr.b.columns {
		if c.field.Name == idPath {
			return rr.l.sheet.Cell(row, c.col).Type != Empty
		}
	}
	return false
}

// strict reads what export wrote, without the leniency that other files need:
// there "无" is a word and not an empty cell. False if the cell was changed into
// something else.
func (pl *planner) strict(f record.Field, c Cell) (reading, bool) {
	text := undoApostrophe(c)
	if bare := strings.TrimSuffix(text, "\t"); bare != text && strings.Trim(bare, "0123456789Xx") == "" {
		text = bare
	}
	if ref, ok := f.Type.(record.Ref); ok {
		id, _ := pl.find(ref.Kind, text)
		return reading{value: id}, id != ""
	}
	value, err := f.Parse(text)
	if _, money := f.Type.(record.Money); err != nil || value == "" || !money && f.Format(value) != text {
		return reading{}, false
	}
	return reading{value: value}, true
}

// readCell reads a cell of a data row.
func (rr *rowReader) readCell(exported bool, c column, cell Cell) reading {
	if exported && cell.Type != Empty {
		if r, ok := rr.strict(c.field, cell); ok {
			return r
		}
	}
	return rr.read(c.field, cell, rr.dates[c.col])
}

// tableOf finds the table that an exported sheet holds.
func (pl *planner) tableOf(s *Sheet) (record.Field, bool) {
	if len(s.Rows) == 0 {
		return record.Field{}, false
	}
	var ids, rowIDs bool
	for _, c := range s.Rows[0] {
		ids = ids || c.Text == idHeading
		rowIDs = rowIDs || c.Text == rowHeading
	}
	if !ids || !rowIDs {
		return record.Field{}, false
	}
	used := map[string]bool{}
	for _, f := range pl.kind.Fields {
		if rows, ok := f.Type.(record.Rows); ok && importableTable(rows) && (sheetName(f.Label, used) == s.Name || sheetName(f.Label, map[string]bool{}) == s.Name) {
			return f, true
		}
	}
	return record.Field{}, false
}

// tableReader reads the sheet of one table.
type tableReader struct {
	*planner
	sheet   *Sheet
	table   record.Field
	rows    record.Rows
	columns map[int]record.Field // by column; idPath, rowHeading and the key are marked by name
	ranks   map[string]string    // record id → rank of its last row
	fresh   map[string]int       // record id → rows without an id so far
}

const keyPath = "@key"

// tableSheet plans the rows of one table; the records they belong to are found
// later, among the rows of the same workbook or in the store.
func (pl *planner) tableSheet(s *Sheet, table record.Field) SheetPlan {
	tr := tableReader{planner: pl, sheet: s, table: table, rows: table.Type.(record.Rows), columns: map[int]record.Field{}, ranks: map[string]string{}, fresh: map[string]int{}}
	sp := SheetPlan{Name: s.Name, HeadingsRow: 1, Columns: map[string]string{}, Headings: map[string]string{}, Ignored: map[string]string{}, Rows: []RowPlan{}, source: s}
	for col, c := range s.Rows[0] {
		sp.Headings[Letter(col)] = c.Text
		f, ok := tr.heading(c.Text)
		if tr.taken(f.Name) { // a column of the table may be headed like the id or the key
			f, ok = tr.column(c.Text)
		}
		switch {
		case !ok:
			sp.Ignored[Letter(col)] = c.Text
		default:
			tr.columns[col] = f
			sp.Columns[Letter(col)] = table.Name + "/*/" + f.Name
		}
	}
	for row := 1; row < len(s.Rows); row++ {
		if rp, ok := tr.row(row); ok {
			sp.Rows = append(sp.Rows, rp)
		}
	}
	return sp
}

func (tr *tableReader) heading(text string) (record.Field, bool) {
	switch {
	case text == idHeading:
		return idField(), true
	case text == rowHeading:
		return record.Field{Name: rowHeading}, true
	case tr.rows.Key != "" && text == keyHeading(tr.rows.Key):
		return record.Field{Name: keyPath, Label: text, Type: record.Ref{Kind: tr.rows.Key}}, true
	}
	return tr.column(text)
}

func (tr *tableReader) column(text string) (record.Field, bool) {
	for _, f := range tr.rows.Columns {
		if f.Label == text {
			return f, true
		}
	}
	return record.Field{}, false
}

func (tr *tableReader) taken(name string) bool {
	for _, f := range tr.columns {
		if f.Name == name {
			return true
		}
	}
	return false
}

// row reads one row; its values lie under the paths of the record's table.
func (tr *tableReader) row(row int) (RowPlan, bool) {
	rp := RowPlan{Row: row + 1, State: Part, Values: map[string]string{}, Issues: []Issue{}, set: record.Values{}, cells: map[string]int{}, twin: -1}
	parent, id, key := "", "", ""
	values := map[int]reading{}
	for col, f := range tr.columns {
		cell := tr.sheet.Cell(row, col)
		if cell.Type == Empty {
			continue
		}
		switch f.Name {
		case idPath:
			parent = strings.TrimSpace(cell.Text)
		case rowHeading:
			id = strings.TrimSpace(cell.Text)
		case keyPath:
			r := tr.readRef(record.Ref{Kind: tr.rows.Key}, cell)
			key = r.value
			values[col] = reading{findings: r.findings}
		default:
			r, ok := tr.strict(f, cell)
			if !ok {
				r = tr.read(f, cell, dateReader{date1904: tr.sheet.Date1904, today: tr.today})
			}
			values[col] = r
		}
	}
	if parent == "" && len(values) == 0 {
		return rp, false
	}
	if id == "" && tr.rows.Key == "" {
		tr.fresh[parent]++
		id = fmt.Sprintf("+%d", tr.fresh[parent])
	} else if id == "" {
		id = key
	}
	rp.set[idPath] = parent
	tr.fill(&rp, parent, id, values)
	return rp, true
}

// fill stores the values of a row and its rank: rows keep the order in which
// they stand.
func (tr *tableReader) fill(rp *RowPlan, parent, id string, values map[int]reading) {
	for col, r := range values {
		f := tr.columns[col]
		for _, what := range r.findings {
			rp.report(col, f, what, tr.sheet.Cell(rp.Row-1, col).Text)
		}
		if r.value != "" && id != "" {
			path := record.Path(tr.table.Name, id, f.Name)
			rp.set[path], rp.cells[path] = r.value, col
			rp.Values[path] = f.Format(r.value)
		}
	}
	have, _ := tr.in.Get(tr.kind.Name, parent)
	if tr.rows.Key == "" && id != "" && !hasRow(have, tr.table.Name, id) {
		last := tr.ranks[parent]
		if last == "" {
			for _, row := range have.Rows(tr.table.Name) {
				last = max(last, have.Values[record.Path(tr.table.Name, row.ID, record.RankColumn)])
			}
		}
		tr.ranks[parent] = record.RankBetween(last, "")
		rp.set[record.Path(tr.table.Name, id, record.RankColumn)] = tr.ranks[parent]
	}
}

// adopt gives the rows of tables to the records that they name.
func (pl *planner) adopt(p *Plan) {
	parents := map[string]*RowPlan{}
	for i := range p.Sheets {
		for j := range p.Sheets[i].Rows {
			if rp := &p.Sheets[i].Rows[j]; rp.set[idPath] != "" && rp.State != Part && rp.State != Skipped {
				parents[rp.set[idPath]] = rp
			}
		}
	}
	for i := range p.Sheets {
		for j := range p.Sheets[i].Rows {
			rp := &p.Sheets[i].Rows[j]
			if rp.State != Part {
				continue
			}
			parent, ok := parents[rp.set[idPath]]
			if !ok {
				rp.report(0, record.Field{}, finding{code: refUnknown, say: "文件里没有这条“" + idHeading + "”对应的" + pl.kind.Label + "，这一行没有导入。"}, rp.set[idPath])
				continue
			}
			for path, value := range rp.set {
				if path != idPath {
					parent.set[path] = value
				}
			}
		}
	}
}
