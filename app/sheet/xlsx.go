package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads a workbook of Office Open XML.
func readXLSX(data []byte) ([]Sheet, error) {
	if err := checkArchive(data); err != nil {
		return nil, err
	}
	return readWorkbook(data)
}

// readWorkbook reads what checkArchive let pass. The library panics at some
// damaged files instead of returning an error; here, where it is called, that
// becomes the same refusal as any other damage. All other panics of this package
// are its own mistakes and not caught.
func readWorkbook(data []byte) (sheets []Sheet, err error) {
	defer func() {
		if p := recover(); p != nil {
			sheets, err = nil, damaged(fmt.Errorf("excelize: %v", p))
		}
	}()
	// Both limits: what exceeds the second would go to a temporary file, in plain text.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, damaged(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	names := f.GetSheetList()
	switch {
	case len(names) == 0:
		return nil, noSpreadsheet("是压缩包，不是表格")
	case len(names) > mostEntries:
		return nil, tooBig()
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, damaged(err)
	}
	w := workbook{file: f, formats: map[int]string{}}
	for _, name := range names {
		g := grid{workbook: &w}
		g.sheet = Sheet{Name: name, Date1904: props.Date1904 != nil && *props.Date1904}
		if err := g.read(); err != nil {
			return nil, err
		}
		sheets = append(sheets, g.sheet)
	}
	return sheets, nil
}

// workbook is the opened file, and what its sheets have in common.
type workbook struct {
	file    *excelize.File
	formats map[int]string // number formats found so far, by style
	laid    int            // sheets laid out in memory so far
}

// grid reads one sheet of a workbook.
type grid struct {
	*workbook
	builder
}

// read fills the sheet: first the raw values as a stream, which refuses what is
// too wide or long, then what only the sheet laid out in memory tells.
func (g *grid) read() error {
	values, err := g.values()
	if err != nil {
		return err
	}
	visible, err := g.file.GetSheetVisible(g.sheet.Name)
	if err != nil {
		return damaged(err)
	}
	if g.sheet.Hidden = !visible; len(values) == 0 {
		return nil // nothing on it, or a chart
	}
	if err := g.blocks(); err != nil {
		return err
	}
	if err := g.once(); err != nil {
		return err
	}
	width := 0
	for i, row := range values {
		width = max(width, len(row))
		if err := g.row(i, row); err != nil {
			return err
		}
	}
	for col := range width {
		visible, err := g.file.GetColVisible(g.sheet.Name, Letter(col))
		if err != nil {
			return damaged(err)
		}
		if !visible {
			g.hideCols(col, col)
		}
	}
	return nil
}

// values returns the raw values of all rows in use.
func (g *grid) values() ([][]string, error) {
	rows, err := g.file.Rows(g.sheet.Name)
	switch {
	case errors.Is(err, excelize.ErrSheetNameLength), errors.Is(err, excelize.ErrSheetNameInvalid), errors.Is(err, excelize.ErrSheetNameSingleQuote):
		return nil, badName(g.sheet.Name, err)
	case err != nil:
		return nil, damaged(err)
	}
	var out [][]string
	for at := 0; rows.Next(); at++ {
		row, err := rows.Columns()
		if err != nil {
			return nil, damaged(err)
		}
		if len(row) == 0 {
			continue
		}
		if err := g.within(at, len(row)-1); err != nil {
			return nil, err
		}
		for len(out) < at {
			out = append(out, nil)
		}
		out = append(out, row)
	}
	if err := errors.Join(rows.Error(), rows.Close()); err != nil {
		return nil, damaged(err)
	}
	return out, nil
}

// blocks reads the merged blocks and then dissolves them, for two reasons: asked
// about a cell in a block, the library answers about its first cell; and at each
// question it searches all blocks.
func (g *grid) blocks() error {
	merged, err := g.file.GetMergeCells(g.sheet.Name, true)
	if err != nil {
		return damaged(err)
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return damaged(err)
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return damaged(err)
		}
		g.merge(Range{top - 1, left - 1, bottom - 1, right - 1})
	}
	if err := g.file.UnmergeCell(g.sheet.Name, address(0, 0), address(excelize.TotalRows-1, excelize.MaxColumns-1)); err != nil {
		return damaged(err)
	}
	return nil
}

// once refuses a further sheet on a part that an earlier sheet was read from: two
// hundred of them would make a file two hundred times its size in memory.
func (g *grid) once() error {
	n := 0
	g.file.Sheet.Range(func(_, _ any) bool { n++; return true })
	if n == g.laid {
		return damaged(errors.New("sheet: two sheets share one part"))
	}
	g.laid = n
	return nil
}

func (g *grid) row(row int, values []string) error {
	visible, err := g.file.GetRowVisible(g.sheet.Name, row+1)
	if err != nil {
		return damaged(err)
	}
	if !visible {
		g.hideRow(row)
	}
	for col, raw := range values {
		c, err := g.cell(row, col, raw)
		if err == nil {
			err = g.put(row, col, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cell makes the cell of a raw value. Only what may be a number, a truth value or
// a fault is worth the question for its type.
func (g *grid) cell(row, col int, raw string) (Cell, error) {
	value, at := strings.TrimSpace(raw), address(row, col)
	if value == "" {
		formula, err := g.isFormula(at)
		return Cell{Formula: formula}, err
	}
	if !strings.ContainsRune("0123456789+-.#", rune(value[0])) {
		return textCell(raw, Text), nil
	}
	kind, err := g.file.GetCellType(g.sheet.Name, at)
	if err != nil {
		return Cell{}, damaged(err)
	}
	switch kind {
	case excelize.CellTypeBool:
		return Cell{Type: Bool, Text: map[bool]string{true: "是", false: "否"}[isOn(value)]}, nil
	case excelize.CellTypeError:
		return Cell{Type: Fault, Text: raw}, nil
	case excelize.CellTypeUnset, excelize.CellTypeNumber:
		if x, err := strconv.ParseFloat(value, 64); err == nil {
			return g.number(at, x, value)
		}
	}
	return textCell(raw, Text), nil
}

func (g *grid) number(at string, x float64, raw string) (Cell, error) {
	format, err := g.format(at)
	if err != nil {
		return Cell{}, err
	}
	c := numberCell(x, raw, format)
	if _, fraction, _ := strings.Cut(c.Text, "."); len(fraction) > 2 {
		c.Formula, err = g.isFormula(at) // matters for what a formula adds to cents
	}
	return c, err
}

func (g *grid) isFormula(at string) (bool, error) {
	formula, err := g.file.GetCellFormula(g.sheet.Name, at)
	if err != nil {
		return false, damaged(err)
	}
	return formula != "", nil
}

// format returns the number format code of a cell. A style that the file does
// not define, or not properly, has none: the number stays a number.
func (g *grid) format(at string) (string, error) {
	id, err := g.file.GetCellStyle(g.sheet.Name, at)
	if err != nil {
		return "", damaged(err)
	}
	code, known := g.formats[id]
	if known {
		return code, nil
	}
	if style, err := g.file.GetStyle(id); err == nil {
		if code = formatCode(strconv.Itoa(style.NumFmt), nil); style.CustomNumFmt != nil {
			code = *style.CustomNumFmt
		}
	}
	g.formats[id] = code
	return code, nil
}

// address writes zero-based row and column as a spreadsheet does: B3.
func address(row, col int) string { return Letter(col) + strconv.Itoa(row+1) }
