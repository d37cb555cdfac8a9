package sheet

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

type head struct {
	text   string
	field  record.Field
	width  float64
	number bool // written as a number
}

// units counts the UTF-16 units of a text, by which spreadsheets limit cells.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// pieces cuts text into parts that a cell holds.
func pieces(s string) []string {
	if len(s) < mostChars {
		return []string{s}
	}
	var out []string
	start, n := 0, 0
	for i, r := range s {
		if n+utf16.RuneLen(r) > mostChars {
			out = append(out, s[start:i])
			start, n = i, 0
		}
		n += utf16.RuneLen(r)
	}
	return append(out, s[start:])
}

func headOf(f record.Field) head {
	h := head{text: f.Label, field: f, width: float64(min(max(units(f.Label)*2+2, 10), 24))}
	switch f.Type.(type) {
	case record.IDNumber:
		h.width = 21
	case record.Phone, record.Day:
		h.width = 14
	case record.Moment:
		h.width = 18
	case record.Long:
		h.width = 40
	case record.Money, record.Number:
		h.number = true
	}
	return h
}

// neutral puts an apostrophe before what a spreadsheet would run as a formula;
// reading takes it away again.
func neutral(s string) string {
	if startsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// writeListing streams one listing into its sheet.
func writeListing(f *excelize.File, l listing) error {
	sw, err := f.NewStreamWriter(l.name)
	if err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	for i, h := range l.heads {
		if err := sw.SetColWidth(i+1, i+1, h.width); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	cells := make([]any, len(l.heads))
	for i, h := range l.heads {
		cells[i] = excelize.Cell{StyleID: st.heading, Value: h.text}
	}
	if err := sw.SetRow("A1", cells); err != nil {
		return err
	}
	for i, row := range l.rows {
		for j, text := range row {
			cells[j] = st.cell(l.heads[j], text)
		}
		if err := sw.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// styles are the cell styles of written workbooks.
type styles struct{ heading, text, number, money int }

func newStyles(f *excelize.File) (styles, error) {
	var st styles
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&st.heading, excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F0EADF"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&st.text, excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&st.number, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&st.money, excelize.Style{NumFmt: 2, Alignment: &excelize.Alignment{Vertical: "top"}}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return st, err
		}
		*s.to = id
	}
	return st, nil
}

func (st styles) cell(h head, text string) any {
	if text == "" {
		return nil
	}
	_, money := h.field.Type.(record.Money)
	switch x, err := strconv.ParseFloat(text, 64); {
	case !h.number || err != nil || len(text) > 15: // more digits than a number keeps
	case money:
		return excelize.Cell{StyleID: st.money, Value: x}
	default:
		return excelize.Cell{StyleID: st.number, Value: x}
	}
	return excelize.Cell{StyleID: st.text, Value: neutral(text)}
}
