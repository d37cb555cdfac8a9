// Package sheet brings spreadsheets in and out: it reads what people really keep
// (xlsx, legacy xls, HTML or text named .xls, csv in every encoding found in
// China), understands it as records of a kind, says what is wrong by sheet, row
// and column all at once, and writes lists that can be read back.
package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"zhibu/storage/record"
)

// Limits of what is read (dependencies.md, "Sealing costs").
const (
	mostBytes    = 20 << 20 // of the file
	mostUnpacked = 64 << 20 // of everything in a zip
	mostEntries  = 200      // in a zip
	mostRows     = 50_000   // of a sheet
	mostColumns  = 200      // of a sheet
	mostCells    = 2_000_000
)

// CellType says what a cell holds.
type CellType uint8

// The cell types. Loose is text from a file without types (csv, HTML): what
// looks like a number may once have been one, or not.
const (
	Empty CellType = iota
	Text
	Loose
	Number
	Bool
	Fault // #N/A, #REF! and alike
)

// Cell is one cell. Text is what stands there; of a number its digits as a
// spreadsheet holds them (at most 15 significant ones).
type Cell struct {
	Type    CellType
	Text    string
	Number  float64
	Raw     string // digits of a number as the file has them, if they differ from Text
	Format  string // number format code of a number, "" for General
	Formula bool   // computed; a formula without a result is Empty
}

// Range is a merged block, zero-based and inclusive.
type Range struct{ Top, Left, Bottom, Right int }

// Sheet is one sheet of a workbook. Rows[i] is row i+1; rows and trailing cells
// without content are left out at the end.
type Sheet struct {
	Name       string
	Rows       [][]Cell
	Merged     []Range
	Hidden     bool         // the whole sheet
	HiddenRows map[int]bool // zero-based
	HiddenCols map[int]bool // zero-based
	Date1904   bool         // serial dates count from 1904
	Broken     int          // characters that could not be decoded (U+FFFD)
}

// Cell returns the cell at zero-based row and column, an empty one outside.
func (s Sheet) Cell(row, col int) Cell {
	if row < 0 || row >= len(s.Rows) || col < 0 || col >= len(s.Rows[row]) {
		return Cell{}
	}
	return s.Rows[row][col]
}

// width returns the number of columns in use.
func (s Sheet) width() int {
	n := 0
	for _, row := range s.Rows {
		n = max(n, len(row))
	}
	return n
}

// Letter returns the column letter of a zero-based column: A, B, …, AA.
func Letter(col int) string {
	name := ""
	for col >= 0 {
		name = string(rune('A'+col%26)) + name
		col = col/26 - 1
	}
	return name
}

// textCell makes a cell of text; blank text is an empty cell.
func textCell(s string, as CellType) Cell {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1 // zero-width and direction marks, pasted along unseen
		}
		return r
	}, s)
	if strings.TrimSpace(s) == "" {
		return Cell{}
	}
	return Cell{Type: as, Text: s}
}

// numberCell makes a cell of a number with the digits a spreadsheet shows.
func numberCell(x float64, raw, format string) Cell {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Cell{Type: Fault, Text: raw}
	}
	text := digits(x)
	if raw == text {
		raw = ""
	}
	return Cell{Type: Number, Text: text, Number: x, Raw: raw, Format: format}
}

// digits writes x without exponent, with the 15 significant digits that a
// spreadsheet keeps.
func digits(x float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	if err != nil || math.Abs(short) > 1e30 {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// builder collects cells of one sheet within the limits.
type builder struct {
	sheet Sheet
	cells int
}

// put stores a cell; empty ones are not stored. It refuses what is too big.
func (b *builder) put(row, col int, c Cell) error {
	if c.Type == Empty && !c.Formula {
		return nil
	}
	if err := b.within(row, col); err != nil {
		return err
	}
	if b.cells++; b.cells > mostCells {
		return tooBig()
	}
	for len(b.sheet.Rows) <= row {
		b.sheet.Rows = append(b.sheet.Rows, nil)
	}
	cells := b.sheet.Rows[row]
	for len(cells) <= col {
		cells = append(cells, Cell{})
	}
	cells[col] = c
	b.sheet.Rows[row] = cells
	return nil
}

// within refuses a place outside the limits of a sheet.
func (b *builder) within(row, col int) error {
	switch {
	case row < 0 || col < 0:
		return damaged(nil)
	case row >= mostRows:
		return record.Refuse("SHEET_ROWS", "工作表“"+b.sheet.Name+"”超过 5 万行，没有读入。请拆成几个文件再导入。")
	case col >= mostColumns:
		return record.Refuse("SHEET_COLUMNS", "工作表“"+b.sheet.Name+"”超过 200 列，没有读入。请删去用不到的列再导入。")
	}
	return nil
}

func (b *builder) merge(r Range) {
	if r.Top > r.Bottom || r.Left > r.Right || r.Top < 0 || r.Left < 0 || r.Top >= mostRows || r.Left >= mostColumns {
		return
	}
	if len(b.sheet.Merged) < mostRows {
		b.sheet.Merged = append(b.sheet.Merged, r)
	}
}

func (b *builder) hideRow(row int) {
	if row >= 0 && row < mostRows {
		if b.sheet.HiddenRows == nil {
			b.sheet.HiddenRows = map[int]bool{}
		}
		b.sheet.HiddenRows[row] = true
	}
}

func (b *builder) hideCols(first, last int) {
	for col := max(first, 0); col <= min(last, mostColumns-1); col++ {
		if b.sheet.HiddenCols == nil {
			b.sheet.HiddenCols = map[int]bool{}
		}
		b.sheet.HiddenCols[col] = true
	}
}

func damaged(err error) error {
	return record.Wrap(err, "SHEET_DAMAGED", "这个表格文件不完整或已损坏，没有读入任何内容。请用 WPS 打开它另存一份，再导入新的那份。")
}

// badName refuses a sheet whose name no spreadsheet program lets one type.
func badName(name string, err error) error {
	return record.Wrap(err, "SHEET_NAME", "工作表“"+clip(name)+"”的名字太长或有特殊符号，没有读入任何内容。请用 WPS 打开，把名字改短（31 个字以内）另存一份，再导入。")
}

func tooBig() error {
	return record.Refuse("SHEET_TOO_BIG", "这个表格文件太大，没有读入任何内容。请删去用不到的工作表、图片和空行，或拆成几个文件再导入。")
}

func locked() error {
	return record.Refuse("SHEET_ENCRYPTED", "这个表格文件加了打开密码，没有读入任何内容。请用 WPS 打开，去掉密码另存一份，再导入新的那份。")
}

func noSpreadsheet(what string) error {
	if what == "" {
		what = "不是表格文件"
	}
	return record.Refuse("SHEET_FOREIGN", "这个文件"+what+"，没有读入任何内容。请选 Excel 或 WPS 表格（.xlsx、.xls）或 CSV 文件。")
}
