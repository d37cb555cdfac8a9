package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

// Headings of the columns that tie an exported row to its record and a table's
// row to its place. They let a file be changed and read back without guessing.
const (
	idHeading  = "记录编号"
	rowHeading = "行编号"
)

// mostChars is how much text a cell of a spreadsheet holds; longer text goes on
// in further columns headed （续1）, （续2）.
const mostChars = 32_000

// listing is one sheet to write: headings and rows of cells.
type listing struct {
	name  string
	heads []head
	rows  [][]string // by head
}

// Write exports records of kind k as a workbook: one sheet of the records, one
// for each table inside them. Identity numbers, phones and dates are text, so
// that no program changes them; money and numbers are numbers; text that a
// spreadsheet would run as a formula is neutralised. Reading the file back gives
// the same records. in resolves references to names.
func Write(k record.Kind, records []record.Record, in record.Around, w io.Writer) error {
	return writeListings(listings(k, records, in), w)
}

// writeListings writes a workbook of a sheet for each listing.
func writeListings(lists []listing, w io.Writer) error {
	f := excelize.NewFile()
	for i, l := range lists {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", l.name); err != nil {
				return fmt.Errorf("sheet: write: %w", err)
			}
		} else if _, err := f.NewSheet(l.name); err != nil {
			return fmt.Errorf("sheet: write: %w", err)
		}
		if err := writeListing(f, l); err != nil {
			return fmt.Errorf("sheet: write: %w", err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("sheet: write: %w", err)
	}
	return f.Close()
}

// listings lays records out as sheets with names that spreadsheets accept.
func listings(k record.Kind, records []record.Record, in record.Around) []listing {
	pl := newPlanner(k, in)
	out := []listing{pl.mainListing(records)}
	for _, f := range k.Fields {
		if rows, ok := f.Type.(record.Rows); ok && importableTable(rows) {
			if l := pl.tableListing(f, rows, records); len(l.rows) > 0 {
				out = append(out, l)
			}
		}
	}
	used := map[string]bool{}
	for i := range out {
		out[i].name = sheetName(out[i].name, used)
	}
	return out
}

// importableTable reports whether a table can stand in a spreadsheet: its cells
// are not files.
func importableTable(t record.Rows) bool {
	_, file := t.Columns[0].Type.(record.File)
	return !file
}

// sheetName makes a name unique, at most 31 characters, without the characters
// that spreadsheets refuse.
func sheetName(s string, used map[string]bool) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '、'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 28 {
		s = string(r[:28])
	}
	name := s
	for n := 2; used[name] || name == ""; n++ {
		name = s + strconv.Itoa(n)
	}
	used[name] = true
	return name
}

func (pl *planner) mainListing(records []record.Record) listing {
	l := listing{name: pl.kind.Page}
	for _, f := range pl.kind.Fields {
		switch f.Type.(type) {
		case record.Rows, record.File:
			continue
		}
		filled, longest := f.Required || f.Column > 0, 0
		for _, r := range records {
			filled = filled || r.Values[f.Name] != ""
			longest = max(longest, units(r.Values[f.Name]))
		}
		if !filled {
			continue
		}
		l.heads = append(l.heads, headOf(f))
		for n := 1; n*mostChars < longest; n++ {
			more := headOf(f)
			more.text = fmt.Sprintf("%s（续%d）", f.Label, n)
			l.heads = append(l.heads, more)
		}
	}
	l.heads = append(l.heads, head{text: idHeading, width: 12, key: true})
	for _, r := range records {
		l.rows = append(l.rows, pl.mainRow(l.heads, r))
	}
	return l
}

func (pl *planner) mainRow(heads []head, r record.Record) []string {
	row := make([]string, len(heads))
	for i, h := range heads[:len(heads)-1] {
		if i > 0 && heads[i-1].field.Name == h.field.Name {
			continue // filled with the first part
		}
		parts := pieces(pl.show(h.field, r.Values[h.field.Name]))
		copy(row[i:], parts)
	}
	row[len(row)-1] = r.ID
	return row
}

// show writes a value as people read it; a reference by the name of what it
// refers to, with a mark where several bear that name.
func (pl *planner) show(f record.Field, value string) string {
	ref, ok := f.Type.(record.Ref)
	if !ok || value == "" {
		return f.Format(value)
	}
	r, found := pl.in.Get(ref.Kind, value)
	if !found {
		return value
	}
	title := r.Values[pl.titleField(ref.Kind)]
	switch {
	case title == "":
		return value
	case len(pl.lookup(ref.Kind, title)) > 1:
		return title + "（" + value + "）"
	}
	return title
}

func (pl *planner) tableListing(f record.Field, rows record.Rows, records []record.Record) listing {
	title, _ := pl.kind.Field(pl.kind.Title)
	l := listing{name: f.Label, heads: []head{{text: idHeading, width: 12, key: true}, {text: pl.kind.Label + "（" + title.Label + "）", width: 18}}}
	if rows.Key != "" {
		l.heads = append(l.heads, head{text: keyHeading(rows.Key), field: record.Field{Type: record.Ref{Kind: rows.Key}}, width: 12})
	}
	fixed := len(l.heads)
	for _, c := range rows.Columns {
		l.heads = append(l.heads, headOf(c))
	}
	l.heads = append(l.heads, head{text: rowHeading, width: 12, key: true})
	for _, r := range records {
		for _, row := range r.Rows(f.Name) {
			cells := []string{r.ID, r.Values[pl.kind.Title]}
			if rows.Key != "" {
				cells = append(cells, pl.show(l.heads[2].field, row.ID))
			}
			for _, h := range l.heads[fixed : len(l.heads)-1] {
				cells = append(cells, pl.show(h.field, row.Values[h.field.Name]))
			}
			l.rows = append(l.rows, append(cells, row.ID))
		}
	}
	return l
}
