package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"zhibu/storage/record"
)

// Encoding is how a csv is written.
type Encoding int

// The encodings. GB18030 carries every character and has no byte order mark, as
// older Excel expects; UTF-8 has one, or Excel would take it for GBK.
const (
	GB18030 Encoding = iota
	UTF8
)

// WriteCSV exports records as a csv: the first sheet of Write. Long digits end
// in a tab, so that a spreadsheet does not take them for numbers; tables inside
// records have no place in a csv.
func WriteCSV(k record.Kind, records []record.Record, in record.Around, as Encoding, w io.Writer) error {
	out := w
	var gb *transform.Writer
	if as == GB18030 {
		gb = transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		out = gb
	} else if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return fmt.Errorf("sheet: write csv: %w", err)
	}
	l := newPlanner(k, in).mainListing(records)
	cw := csv.NewWriter(out)
	cw.UseCRLF = true
	heads := make([]string, len(l.heads))
	for i, h := range l.heads {
		heads[i] = h.text
	}
	if err := cw.Write(heads); err != nil {
		return fmt.Errorf("sheet: write csv: %w", err)
	}
	for _, row := range l.rows {
		for i, text := range row {
			row[i] = guardDigits(neutral(text))
		}
		if err := cw.Write(row); err != nil {
			return fmt.Errorf("sheet: write csv: %w", err)
		}
	}
	if cw.Flush(); cw.Error() != nil {
		return fmt.Errorf("sheet: write csv: %w", cw.Error())
	}
	if gb != nil {
		if err := gb.Close(); err != nil {
			return fmt.Errorf("sheet: write csv: %w", err)
		}
	}
	return nil
}

// guardDigits keeps digits that a spreadsheet would round or strip of zeros.
func guardDigits(s string) string {
	if s != "" && strings.Trim(s, "0123456789") == "" && (len(s) > 11 || s[0] == '0') {
		return s + "\t"
	}
	return s
}
