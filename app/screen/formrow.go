package screen

import (
	"cmp"
	"maps"
	"slices"

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

// AttachFile adds a kept file to a table of attachments (file, name, added).
func (f *Form) AttachFile(table, hash, name string) {
	f.act(f.newRow(table, NewRow(), map[string]string{"file": hash, "name": name, "added": f.book.Today().String()}))
	f.Settle()
}

// Begin types into a cell of a row that is not there yet, which becomes the last of its
// table; in one that is there it does nothing.
func (f *Form) Begin(path, text string) {
	table, row, column := record.SplitPath(path)
	if !slices.ContainsFunc(f.Rows(table), func(r FormRow) bool { return r.ID == row }) {
		f.act(f.newRow(table, row, map[string]string{column: text}))
	}
}

// RowCell is text for one cell of a table: Row counts the rows as Rows returns them,
// one past the last is a new one. Column is "" for whom the row of a keyed table is
// about.
type RowCell struct {
	Row    int
	Column string
	Text   string
}

// Fill types into cells of a table, row by row, as one act. What is past the last row
// appends rows; in a keyed table a new row begins with whom it is about, and the error
// says who was not found.
func (f *Form) Fill(table string, cells []RowCell) error {
	ids := map[int]string{}
	for i, row := range f.Rows(table) {
		ids[i] = row.ID
	}
	typed, rank, keyed := map[string]string{}, f.values.NextRank(table), f.keyOf(table)
	var unknown error
	for _, c := range cells {
		id, there := ids[c.Row]
		if !there {
			fresh, err := f.freshRow(keyed, c)
			unknown = cmp.Or(unknown, err)
			if fresh == "" {
				continue
			}
			id, ids[c.Row] = fresh, fresh
			if at := record.Path(table, id, record.RankColumn); f.values[at] == "" {
				typed[at] = rank
				rank = record.RankBetween(rank, "")
			}
		}
		if path := record.Path(table, id, c.Column); c.Column != "" && f.Text(path) != c.Text {
			typed[path] = c.Text
		}
	}
	if len(typed) > 0 {
		f.act(typed)
		f.Settle()
	}
	return unknown
}

// freshRow returns the id of the row that a cell begins, "" when it begins none.
func (f *Form) freshRow(keyed string, c RowCell) (string, error) {
	switch {
	case c.Text == "":
		return "", nil
	case keyed == "":
		return NewRow(), nil
	case c.Column != "":
		return "", record.Refuse("ROW_NAMELESS", "这一行还不知道是谁。请先填第一格，再填别的；这一格没有记下。")
	}
	return f.book.Resolve(keyed, c.Text)
}

// Tidy writes out what was typed for a field: an option by its first letters, a record
// by what finds it alone, a day and a sum in full. What is not understood stays.
func (f *Form) Tidy(field record.Field, typed string) string {
	if ref, ok := field.Type.(record.Ref); ok && typed != "" {
		if found := f.book.Picks(ref.Kind, typed); len(found) == 1 {
			return found[0].ID
		}
		return typed
	}
	typed = completed(labelsOf(field.Type), typed)
	full := typed
	if _, day := field.Type.(record.Day); day {
		full = record.ExpandDate(typed, f.book.Today())
	}
	if value, err := field.Parse(full); err == nil {
		return field.Format(value)
	}
	return typed
}

// RemoveRow empties every cell of rows, of those that may be typed in, and returns of how
// many.
func (f *Form) RemoveRow(table string, rows ...string) int {
	rows = slices.DeleteFunc(rows, func(row string) bool { return f.fixedRow(table, row) })
	f.dropRows(table, rows...)
	f.Settle()
	return len(rows)
}

// fixedRow reports whether a row stays where and as it is.
func (f *Form) fixedRow(table, row string) bool {
	return f.Fixed(record.Path(table, row, record.RankColumn))
}

// MoveRow moves a row one place up (by = -1) or down (by = 1); the other rows
// keep their ranks, so that rows moved on two laptops merge.
func (f *Form) MoveRow(table, row string, by int) {
	if !f.fixedRow(table, row) && f.moveRow(table, row, by) {
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
