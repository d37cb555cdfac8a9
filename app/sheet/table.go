package sheet

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// WriteTable writes rows under the headings of the first one as a workbook of one
// sheet; a column of nothing but numbers is one of numbers. Every row is as long as
// the first.
func WriteTable(name string, rows [][]string, w io.Writer) error {
	l := listing{name: sheetName(name, map[string]bool{}), rows: rows[1:]}
	for i, text := range rows[0] {
		words := slices.ContainsFunc(l.rows, func(row []string) bool { return !isNumber(row[i]) })
		l.heads = append(l.heads, head{text: text, width: 10, number: !words})
	}
	return writeListings([]listing{l}, w)
}

// isNumber reports whether a text is a number, or empty; one that begins with a
// nought, as 001, is a name.
func isNumber(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	named := len(text) > 1 && text[0] == '0' && text[1] != '.'
	return text == "" || err == nil && !named && strings.Trim(text, "-.0123456789") == ""
}
