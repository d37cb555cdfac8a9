package kit

import "strings"

// readBlock reads cells as WPS and Excel put them on the clipboard: a line a row,
// tabs between cells, a cell that holds either of them in quotes.
func readBlock(s string) [][]string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = strings.TrimSuffix(s, "\n") // ends the last row
	var rows [][]string
	var row []string
	for {
		text, rest := readCell(s)
		row = append(row, text)
		if rest == "" {
			return append(rows, row)
		}
		if rest[0] == '\n' {
			rows, row = append(rows, row), nil
		}
		s = rest[1:]
	}
}

// readCell takes one cell off s; rest begins with what ends it.
func readCell(s string) (text, rest string) {
	if strings.HasPrefix(s, `"`) {
		for i := 1; i < len(s); i++ {
			if s[i] != '"' {
				continue
			}
			after := s[i+1:]
			if strings.HasPrefix(after, `"`) {
				i++ // a quote within
				continue
			}
			if after == "" || after[0] == '\t' || after[0] == '\n' {
				return strings.ReplaceAll(s[1:i], `""`, `"`), after
			}
			break // a text that merely begins with a quote
		}
	}
	if i := strings.IndexAny(s, "\t\n"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// writeBlock writes cells as WPS and Excel paste them.
func writeBlock(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, text := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if strings.ContainsAny(text, "\t\n\"") {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
