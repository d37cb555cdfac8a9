package sheet

import (
	"slices"
	"strings"

	"zhibu/storage/record"
)

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
