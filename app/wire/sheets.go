package wire

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"zhibu/app/screen"
	"zhibu/app/sheet"
	"zhibu/storage"
	"zhibu/storage/record"
)

// Sheets reads and writes spreadsheets for the screens; the records that are
// written are noted in the chain of the vault's store first.
type Sheets struct{ Vault *Vault }

// Read implements screen.Sheets.
func (Sheets) Read(_ context.Context, name string, data []byte) (screen.Workbook, error) {
	read, err := sheet.Read(name, data)
	return workbook(read), err
}

// Write implements screen.Sheets.
func (s Sheets) Write(kind record.Kind, fields []string, records []record.Record, in record.Around) ([]byte, error) {
	store, err := s.Vault.Store()
	if err != nil {
		return nil, err
	}
	if err := store.Audit(storage.AuditEntry{Act: storage.AuditExport, Kind: kind.Name}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	shown := kind
	shown.Fields = nil
	for _, name := range fields {
		if f, ok := kind.Field(name); ok {
			shown.Fields = append(shown.Fields, f)
		}
	}
	err = sheet.Write(shown, records, in, &out)
	return out.Bytes(), err
}

// Template implements screen.Sheets.
func (Sheets) Template(kind record.Kind) ([]byte, error) {
	var out bytes.Buffer
	err := sheet.Template(kind, &out)
	return out.Bytes(), err
}

// Table implements screen.Sheets.
func (Sheets) Table(name string, rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	err := sheet.WriteTable(name, rows, &out)
	return out.Bytes(), err
}

// workbook is an opened spreadsheet.
type workbook []sheet.Sheet

// Sheets implements screen.Workbook.
func (w workbook) Sheets() []string {
	var names []string
	for _, s := range w {
		if len(s.Rows) > 0 {
			names = append(names, s.Name)
		}
	}
	return names
}

// Plan implements screen.Workbook.
func (w workbook) Plan(_ context.Context, ask screen.PlanAsk, in record.Around) (screen.ImportPlan, error) {
	mended, plan, err := w.plan(ask, in)
	if err != nil {
		return screen.ImportPlan{}, err
	}
	return shown(ask.Kind, mended, plan), nil
}

// Report implements screen.Workbook.
func (w workbook) Report(_ context.Context, ask screen.PlanAsk, in record.Around) ([]byte, error) {
	_, plan, err := w.plan(ask, in)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = plan.Report(&out)
	return out.Bytes(), err
}

// plan reads one sheet with the columns and texts that a person decided on.
func (w workbook) plan(ask screen.PlanAsk, in record.Around) (sheet.Sheet, *sheet.Plan, error) {
	at := max(0, slices.IndexFunc(w, func(s sheet.Sheet) bool { return s.Name == ask.Sheet }))
	if at >= len(w) {
		return sheet.Sheet{}, nil, record.Refuse("SHEET_EMPTY", "文件里没有内容。请换一个文件；台账没有变化。")
	}
	mended := mend(w[at], ask.Fixes)
	plan, err := sheet.NewPlan(ask.Kind, []sheet.Sheet{mended}, in, nil)
	if err != nil || len(ask.Mapping) == 0 {
		return mended, plan, err
	}
	mapping := sheet.Mapping{}
	for col, heading := range plan.Sheets[0].Headings {
		if field, decided := ask.Mapping[col]; decided {
			mapping[sheet.Fold(heading)] = field
		}
	}
	plan, err = sheet.NewPlan(ask.Kind, []sheet.Sheet{mended}, in, mapping)
	return mended, plan, err
}

// mend returns the sheet with the texts that a person put in place of cells.
func mend(s sheet.Sheet, fixes map[screen.Cell]string) sheet.Sheet {
	if len(fixes) == 0 {
		return s
	}
	s.Rows = slices.Clone(s.Rows)
	for cell, text := range fixes {
		row, col := cell.Row-1, columnOf(cell.Col)
		if row < 0 || row >= len(s.Rows) || col < 0 {
			continue // a cell of another file
		}
		cells := slices.Clone(s.Rows[row])
		for len(cells) <= col {
			cells = append(cells, sheet.Cell{})
		}
		cells[col] = sheet.Cell{Type: sheet.Text, Text: text}
		s.Rows[row] = cells
	}
	return s
}

// columnOf is the inverse of sheet.Letter; -1 for what is no column.
func columnOf(letters string) int {
	n := 0
	for _, r := range letters {
		if r < 'A' || r > 'Z' {
			return -1
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// shown turns a plan into what the import wizard shows; tables that stand below
// one another on a sheet are shown as one.
func shown(k record.Kind, s sheet.Sheet, plan *sheet.Plan) screen.ImportPlan {
	out := screen.ImportPlan{Sheet: s.Name, Edits: decided(plan)}
	first := plan.Sheets[0]
	letters := slices.SortedFunc(maps.Keys(first.Headings), func(a, b string) int { return columnOf(a) - columnOf(b) })
	for _, col := range letters {
		field := first.Columns[col]
		c := screen.ImportColumn{Col: col, Heading: first.Headings[col], Field: field, Sure: !slices.Contains(first.Unsure, col)}
		if f, ok := k.Field(field); !ok || !f.Sensitive {
			c.First = s.Cell(first.HeadingsRow, columnOf(col)).Text
		} else {
			c.First = "****"
		}
		out.Columns = append(out.Columns, c)
	}
	for _, table := range plan.Sheets {
		for _, row := range table.Rows {
			out.Rows = append(out.Rows, importRow(k, s, table, row))
		}
	}
	return out
}

// decided returns the edits of a plan under what a person decided about rows.
func decided(plan *sheet.Plan) func(map[int]screen.RowWay) ([]record.Edit, error) {
	return func(ways map[int]screen.RowWay) ([]record.Edit, error) {
		choices := sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{}}
		for at, table := range plan.Sheets {
			for _, row := range table.Rows {
				if way, ok := ways[row.Row]; ok {
					choices.Rows[sheet.RowKey{Sheet: at, Row: row.Row}] = sheet.Choice{Do: sheet.Do(way)}
				}
			}
		}
		return plan.Edits(choices)
	}
}

func importRow(k record.Kind, s sheet.Sheet, table sheet.SheetPlan, row sheet.RowPlan) screen.ImportRow {
	out := screen.ImportRow{Row: row.Row, State: string(row.State), ID: row.Record, Texts: map[string]string{}}
	for col := range table.Headings {
		out.Texts[col] = s.Cell(row.Row-1, columnOf(col)).Text
	}
	if row.Values != nil && !row.Blocked() {
		out.Values = record.Values{}
		for path, text := range row.Values {
			if k.Set(out.Values, path, text) != nil {
				out.Values[path] = text // already canonical
			}
		}
	}
	for _, i := range row.Issues {
		out.Issues = append(out.Issues, screen.ImportIssue{Cell: screen.Cell{Row: row.Row, Col: i.Col}, Field: i.Field,
			Value: i.Value, Severity: severityOf(i.Severity), Code: i.Code, Say: i.Say})
	}
	return out
}

func severityOf(name string) record.Severity {
	for _, s := range []record.Severity{record.Warn, record.Block} {
		if s.String() == name {
			return s
		}
	}
	return record.Info
}
