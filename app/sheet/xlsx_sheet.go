package sheet

import (
	"encoding/xml"
	"errors"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// styles reads the number format of every cell style.
func (a *archive) styles(name string, book *workbook) error {
	custom := map[string]string{}
	inXfs := false
	return a.tokens(name, func(_ *xml.Decoder, t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				custom[attr(e, "numFmtId")] = attr(e, "formatCode")
			case "cellXfs":
				inXfs = true
			case "xf":
				if inXfs && len(book.formats) < mostRows*2 {
					book.formats = append(book.formats, formatCode(attr(e, "numFmtId"), custom))
				}
			}
		case xml.EndElement:
			if e.Name.Local == "cellXfs" {
				inXfs = false
			}
		}
		return nil
	})
}

// builtinFormats are the date, time and text formats that a file names by number.
var builtinFormats = [...]struct{ ids, code string }{
	{"14 15 16 28 29 30 31 51 53 54 58", "yyyy-mm-dd"},
	{"17 27 36 50 52 57", "yyyy-mm"},
	{"18 19 20 21 32 33 34 35 45 46 47 55 56", "hh:mm"},
	{"22", "yyyy-mm-dd hh:mm"},
	{"49", "@"},
}

// formatCode returns the code of a number format id: a custom one, or a built-in
// date format (ECMA-376 §18.8.30, zh-cn included); others do not matter here.
func formatCode(id string, custom map[string]string) string {
	if code, ok := custom[id]; ok {
		return code
	}
	for _, known := range builtinFormats {
		if slices.Contains(strings.Fields(known.ids), id) {
			return known.code
		}
	}
	return ""
}

// isDate reports whether a number format shows a date (not only a time).
func isDate(format string) bool {
	code := bareFormat(format)
	return strings.ContainsAny(code, "yd") || strings.Contains(code, "e") && strings.Contains(code, "m") && !strings.ContainsAny(code, "0#")
}

// bareFormat drops quoted text, bracketed parts, escapes and the word General.
func bareFormat(format string) string {
	var b strings.Builder
	code := strings.ReplaceAll(strings.ToLower(format), "general", "")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[code[i]])
			if end < 0 {
				return b.String()
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case ';':
			return b.String() // further sections: negative, zero, text
		default:
			b.WriteByte(code[i])
		}
	}
	return b.String()
}

// grid reads one worksheet part.
type grid struct {
	builder
	book     workbook
	row, col int // of the cell being read, zero-based
}

func (a *archive) worksheet(name string, ref sheetRef, book workbook) (Sheet, error) {
	g := grid{book: book, row: -1, col: -1}
	g.sheet = Sheet{Name: ref.name, Hidden: ref.hidden, Date1904: book.date1904}
	err := a.tokens(name, g.token)
	if errors.Is(err, errPart) {
		return g.sheet, damaged(err)
	}
	return g.sheet, err
}

func (g *grid) token(d *xml.Decoder, t xml.Token) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	switch e.Name.Local {
	case "row":
		g.row, g.col = g.row+1, -1
		if n, err := strconv.Atoi(attr(e, "r")); err == nil {
			g.row = n - 1
		}
		if isOn(attr(e, "hidden")) || attr(e, "ht") == "0" {
			g.hideRow(g.row)
		}
	case "col":
		first, _ := strconv.Atoi(attr(e, "min")) // 0 hides nothing
		last, _ := strconv.Atoi(attr(e, "max"))
		if isOn(attr(e, "hidden")) || attr(e, "width") == "0" {
			g.hideCols(first-1, last-1)
		}
	case "mergeCell":
		if r, ok := parseRange(attr(e, "ref")); ok {
			g.merge(r)
		}
	case "c":
		return g.cell(d, e)
	}
	return nil
}

// cell reads one c element to its end.
func (g *grid) cell(d *xml.Decoder, e xml.StartElement) error {
	g.col++
	if row, col, ok := parseAddress(attr(e, "r")); ok {
		g.row, g.col = row, col
	}
	var value, inline string
	formula := false
	for {
		t, err := d.Token()
		if err != nil {
			return damaged(err)
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "c" {
			break
		}
		inner, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch inner.Name.Local {
		case "v":
			value, err = plainText(d)
		case "is":
			inline, err = richText(d)
		case "f":
			formula = true
			err = skip(d)
		default:
			err = skip(d)
		}
		if err != nil {
			return err
		}
	}
	c, err := g.value(attr(e, "t"), value, inline, attr(e, "s"))
	if err != nil {
		return err
	}
	c.Formula = formula
	return g.put(g.row, g.col, c)
}

func skip(d *xml.Decoder) error {
	if err := d.Skip(); err != nil {
		return damaged(err)
	}
	return nil
}

// plainText reads the characters up to the end of the element just entered.
func plainText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := skip(d); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

// value makes the cell of a c element of type t and style s.
func (g *grid) value(t, value, inline, s string) (Cell, error) {
	switch t {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(g.book.strings) {
			return Cell{}, damaged(err)
		}
		return textCell(g.book.strings[i], Text), nil
	case "inlineStr":
		return textCell(inline, Text), nil
	case "str":
		return textCell(unescapeX(value), Text), nil
	case "b":
		return Cell{Type: Bool, Text: map[bool]string{true: "是", false: "否"}[isOn(strings.TrimSpace(value))]}, nil
	case "e":
		return Cell{Type: Fault, Text: value}, nil
	case "d":
		return textCell(value, Text), nil // ISO 8601
	}
	if value = strings.TrimSpace(value); value == "" {
		return Cell{}, nil
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return textCell(value, Text), nil
	}
	format := ""
	if i, err := strconv.Atoi(s); err == nil && i >= 0 && i < len(g.book.formats) {
		format = g.book.formats[i]
	}
	return numberCell(x, value, format), nil
}

// parseAddress reads "AB12" as zero-based row and column.
func parseAddress(s string) (row, col int, ok bool) {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' && i < 4 {
		col = col*26 + int(s[i]-'A') + 1
		i++
	}
	n, err := strconv.Atoi(s[i:])
	return n - 1, col - 1, i > 0 && err == nil && n > 0
}

// parseRange reads "A1:B2", or "A1" for a single cell.
func parseRange(s string) (Range, bool) {
	s = strings.ReplaceAll(s, "$", "")
	from, to, ok := strings.Cut(s, ":")
	if !ok {
		to = from
	}
	top, left, ok1 := parseAddress(from)
	bottom, right, ok2 := parseAddress(to)
	return Range{top, left, bottom, right}, ok1 && ok2
}

// serialDay turns a serial date of a spreadsheet into a date and the minutes of
// that day. The day 1900-02-29 that never was (serial 60) and what is before
// 1900-01-01 give the zero date.
func serialDay(x float64, date1904 bool) (record.Date, int) {
	day := int(x)
	minutes := int((x-float64(day))*24*60 + 0.5)
	if minutes == 24*60 {
		day, minutes = day+1, 0
	}
	switch {
	case date1904:
		day += 1462
	case day == 60 || day <= 0:
		return record.Date{}, minutes
	case day < 60:
		day++
	}
	if x < 0 || day > 73050+1462 { // 2100-01-01
		return record.Date{}, minutes
	}
	return record.Date{Year: 1899, Month: 12, Day: 30}.AddDays(day), minutes
}
