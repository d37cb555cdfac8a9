package ui

import (
	"bytes"
	"context"

	"zhibu/app/screen"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// twoPrinters is an office with a printer that is on and one that is off; what
// is printed on the first is kept. The real service is tested in ui/spool.
type twoPrinters struct{}

func (twoPrinters) List(context.Context) ([]screen.Printer, error) {
	return []screen.Printer{{Name: "laser", Label: "办公室激光打印机", Ready: true, State: "就绪", Default: true}, {Name: "front", Label: "前台彩色打印机", State: "脱机"}}, nil
}

func (twoPrinters) Print(_ context.Context, printer string, pdf []byte, _ screen.Job) error {
	if printer != "laser" || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		return record.Refuse("PRINT_FAILED", "打印机没有回应。请看电源和纸；也可以先另存为 PDF。")
	}
	return nil
}

// realSheets reads spreadsheets with the project's own reader.
type realSheets struct{}

func (realSheets) Read(_ context.Context, name string, data []byte) (screen.Workbook, error) {
	sheets, err := sheet.Read(name, data)
	return realBook(sheets), err
}

func (realSheets) Write(k record.Kind, _ []string, records []record.Record, in record.Around) ([]byte, error) {
	var out bytes.Buffer
	err := sheet.Write(k, records, in, &out)
	return out.Bytes(), err
}

func (realSheets) Template(k record.Kind) ([]byte, error) {
	var out bytes.Buffer
	err := sheet.Template(k, &out)
	return out.Bytes(), err
}

type realBook []sheet.Sheet

func (b realBook) Sheets() []string {
	var names []string
	for _, s := range b {
		names = append(names, s.Name)
	}
	return names
}

func (b realBook) Report(context.Context, screen.PlanAsk, record.Around) ([]byte, error) {
	return nil, nil
}

func (b realBook) Plan(_ context.Context, ask screen.PlanAsk, in record.Around) (screen.ImportPlan, error) {
	for _, s := range b {
		if s.Name != ask.Sheet {
			continue
		}
		plan, err := sheet.NewPlan(ask.Kind, []sheet.Sheet{s}, in, nil)
		if err != nil {
			return screen.ImportPlan{}, err
		}
		return planOf(s, plan), nil
	}
	return screen.ImportPlan{}, record.Refuse("SHEET_UNKNOWN", "没有这张工作表。")
}

func planOf(s sheet.Sheet, plan *sheet.Plan) screen.ImportPlan {
	first := plan.Sheets[0]
	out := screen.ImportPlan{Sheet: s.Name, Edits: func(map[int]screen.RowWay) ([]record.Edit, error) { return plan.Edits(sheet.Choices{}) }}
	for i := range 26 {
		col := sheet.Letter(i)
		if heading, ok := first.Headings[col]; ok {
			out.Columns = append(out.Columns, screen.ImportColumn{Col: col, Heading: heading, Field: first.Columns[col], First: s.Cell(first.HeadingsRow, i).Text, Sure: true})
		}
	}
	for _, row := range first.Rows {
		r := screen.ImportRow{Row: row.Row, State: string(row.State), ID: row.Record}
		for _, i := range row.Issues {
			severity := map[string]record.Severity{"error": record.Block, "warn": record.Warn}[i.Severity]
			r.Issues = append(r.Issues, screen.ImportIssue{Cell: screen.Cell{Row: row.Row, Col: i.Col}, Field: i.Field, Value: i.Value, Severity: severity, Code: i.Code, Say: i.Say})
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}
