package sheet

import (
	"strings"
	"unicode/utf16"

	"golang.org/x/text/width"

	"zhibu/storage/record"
)

type head struct {
	text   string
	field  record.Field
	width  float64
	number bool // written as a number
	key    bool // an id, for reading back only
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

// widest is the most characters a column shows in one line; longer text wraps.
const widest = 40

// fit returns the width for a column of cells: its own, or more if what stands
// in it needs more.
func (h head) fit(rows [][]string, col int) float64 {
	if h.key {
		return h.width
	}
	most := h.width
	for _, row := range rows {
		for line := range strings.SplitSeq(row[col], "\n") {
			most = max(most, float64(min(breadth(line)+2, widest)))
		}
	}
	return most
}

// breadth counts the places of Latin letters that a text takes in a line.
func breadth(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
