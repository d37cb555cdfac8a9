package screen

import (
	"maps"

	"zhibu/storage/record"
)

// FormRow is one row of a table inside a form.
type FormRow struct {
	ID   string
	Name string // for a table keyed by a kind: what that record is called
}

// Rows returns the rows of a table as they stand now: also those whose cells
// can't be read yet, and rows just added that are still empty.
func (f *Form) Rows(table string) []FormRow {
	keyed := f.keyOf(table)
	v := f.after.Values.Clone()
	for path, text := range f.typed {
		t, id, column := record.SplitPath(path)
		if t == table && column != "" && text != "" {
			v[path] = text
			v[record.Path(table, id, placeholder)] = "1"
		}
	}
	var out []FormRow
	for _, row := range v.Rows(table) {
		fr := FormRow{ID: row.ID}
		if keyed != "" {
			if r, ok := f.book.Get(keyed, row.ID); ok {
				fr.Name = f.book.Title(r)
			}
		}
		out = append(out, fr)
	}
	return out
}

// placeholder is a column no table has: it makes a row with nothing but a rank
// appear among the rows.
const placeholder = "+"

func (f *Form) keyOf(table string) string {
	field, _ := f.Kind.Field(table)
	rows, ok := field.Type.(record.Rows)
	if !ok {
		return ""
	}
	return rows.Key
}

// Columns returns the columns of a table.
func (f *Form) Columns(table string) []record.Field {
	field, _ := f.Kind.Field(table)
	if rows, ok := field.Type.(record.Rows); ok {
		return rows.Columns
	}
	return nil
}

// AddRow adds an empty row at the end of table and returns its id. For a table
// keyed by a kind, id names the record the row is about; else it is "".
func (f *Form) AddRow(table, id string) string {
	if id == "" {
		id = NewRow()
	}
	f.act(f.newRow(table, id, nil))
	f.dirty = true
	f.Settle()
	return id
}

// AttachFile adds a kept file to a table of attachments (file, name, added).
func (f *Form) AttachFile(table, hash, name string) {
	f.act(f.newRow(table, NewRow(), map[string]string{"file": hash, "name": name, "added": f.book.Today().String()}))
	f.dirty = true
	f.Settle()
}

// RemoveRow empties every cell of a row.
func (f *Form) RemoveRow(table, row string) {
	f.dropRow(table, row)
	f.dirty = true
	f.Settle()
}

// MoveRow moves a row one place up (by = -1) or down (by = 1); the other rows
// keep their ranks, so that rows moved on two laptops merge.
func (f *Form) MoveRow(table, row string, by int) {
	if f.moveRow(table, row, by) {
		f.dirty = true
		f.Settle()
	}
}

// dropEmptyRows takes back rows that were added and never filled.
func (f *Form) dropEmptyRows() {
	filled := map[string]bool{}
	for path, text := range f.typed {
		t, id, column := record.SplitPath(path)
		if column != "" && column != record.RankColumn && text != "" {
			filled[t+"/"+id] = true
		}
	}
	for path := range maps.Clone(f.typed) {
		t, id, column := record.SplitPath(path)
		_, stored := f.shown.Values[path]
		if column == record.RankColumn && !stored && !filled[t+"/"+id] {
			f.forget(path)
		}
	}
}
