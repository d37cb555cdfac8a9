package screen

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Sheets reads and writes spreadsheets. main wires app/sheet into it.
type Sheets interface {
	// Read opens a spreadsheet of any kind the program knows. name is its file name.
	Read(ctx context.Context, name string, data []byte) (Workbook, error)
	// Write makes an xlsx of records, one column a field named, in this order.
	Write(kind record.Kind, fields []string, records []record.Record, in record.Around) ([]byte, error)
	// Template makes an empty xlsx to fill in, with what each column takes.
	Template(kind record.Kind) ([]byte, error)
	// Table makes an xlsx of rows under the headings of the first one.
	Table(name string, rows [][]string) ([]byte, error)
}

// Workbook is an opened spreadsheet.
type Workbook interface {
	// Sheets names the sheets that hold anything.
	Sheets() []string
	// Plan reads a sheet as records of kind, and changes nothing.
	Plan(ctx context.Context, ask PlanAsk, in record.Around) (ImportPlan, error)
	// Report makes an xlsx of the sheet with every problem named beside its row.
	Report(ctx context.Context, ask PlanAsk, in record.Around) ([]byte, error)
}

// PlanAsk says how a sheet is read.
type PlanAsk struct {
	Sheet   string // "" the first
	Kind    record.Kind
	Mapping map[string]string // column letter → field path, "" leaves the column out; absent: recognise it
	Fixes   map[Cell]string   // texts that replace what stands in the file
}

// Cell is one cell of a sheet.
type Cell struct {
	Row int    // from 1
	Col string // letters: A, B … AA
}

// ImportPlan is what a sheet would become.
type ImportPlan struct {
	Sheet   string
	Columns []ImportColumn
	Rows    []ImportRow // every row below the headings that is not blank
	// Edits returns what to apply, all under one fresh batch id: rows that are
	// ready, and those decided otherwise by their number.
	Edits func(ways map[int]RowWay) ([]record.Edit, error)
}

// RowWay is what a person decided about a row.
type RowWay string

// The ways. Without a decision a row that is ready goes in, any other waits.
const (
	RowSkip  RowWay = "skip"  // leave it out
	RowKeep  RowWay = "keep"  // take it in, unreadable values left empty and noted
	RowAmend RowWay = "amend" // the same in a record of a closed year, on purpose
	RowAdd   RowWay = "add"   // a new record although there is one of that name
)

// What a row would do.
const (
	RowNew     = "new"
	RowChanged = "changed"
	RowSame    = "same" // says what is there already
	RowAsk     = "ask"  // somebody of that name is there and nothing proves it is the same
)

// ImportColumn is one column of the sheet.
type ImportColumn struct {
	Col     string
	Heading string
	First   string // what the first row holds, masked where it is sensitive
	Field   string // where it goes, "" is left out
	Sure    bool   // recognised beyond doubt
}

// Label is the heading as people read it: the last line of a heading of several,
// without characters that are not seen.
func (c ImportColumn) Label() string {
	seen := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, c.Heading)
	words := strings.Fields(seen)
	if len(words) == 0 {
		return ""
	}
	n := len(words)
	last := words[n-1]
	switch {
	case len([]rune(last)) == 1: // 备 注, letter-spaced
		return strings.Join(words, "")
	case n > 1 && len([]rune(last)) == 2 && len([]rune(words[n-2])) > 1: // 入党 over 时间
		return words[n-2] + last
	}
	return last
}

// ImportRow is one row of the sheet.
type ImportRow struct {
	Row    int
	State  string        // RowNew …; anything else is no record (a title, a note, a sample)
	Values record.Values // nil: not a record, or not readable
	ID     string        // the record it would change, "" for a new one
	Texts  map[string]string
	Issues []ImportIssue
}

// ImportIssue is one problem, named by its cell.
type ImportIssue struct {
	Cell     Cell
	Field    string
	Value    string // what stands there
	Severity record.Severity
	Code     string
	Say      string
}

// closed reports whether the row would change what is of a closed year.
func (r ImportRow) closed() bool {
	return slices.ContainsFunc(r.Issues, func(i ImportIssue) bool { return i.Severity == record.Block && i.Code == branch.YearClosed })
}

// blocked reports whether the row can't be imported as it stands.
func (r ImportRow) blocked() bool {
	for _, i := range r.Issues {
		if i.Severity == record.Block {
			return true
		}
	}
	return false
}

// Export makes an xlsx of records of one register: every field that is not a
// table or a file, in the order of the form.
func Export(b *Book, sheets Sheets, kind string, ids []string) ([]byte, error) {
	k, err := b.Kind(kind)
	if err != nil {
		return nil, err
	}
	var fields []string
	for _, f := range k.Fields {
		switch f.Type.(type) {
		case record.Rows, record.File:
		default:
			fields = append(fields, f.Name)
		}
	}
	var records []record.Record
	for _, id := range ids {
		if r, ok := b.Get(kind, id); ok {
			records = append(records, r)
		}
	}
	return sheets.Write(k, fields, records, b)
}
