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

// WriteCSV exports records as a csv in GB18030, which carries every character and
// which older Excel and WPS take without asking: the first sheet of Write. Long
// digits end in a tab, so that a spreadsheet does not take them for numbers;
// tables inside records have no place in a csv.
func WriteCSV(k record.Kind, records []record.Record, in record.Around, w io.Writer) error {
	l := newPlanner(k, in).mainListing(records)
	gb := transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
	cw := csv.NewWriter(gb)
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
	if err := gb.Close(); err != nil {
		return fmt.Errorf("sheet: write csv: %w", err)
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
