package sheet

import (
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// decode turns the bytes of a text file into UTF-8: by byte order mark, by the
// NULs of UTF-16, as UTF-8 if valid, else as GB18030. broken counts characters
// that could not be decoded; the GB18030 decoder never reports an error.
func decode(data []byte) (text string, broken int, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text = strings.ToValidUTF8(string(data[3:]), "\uFFFD")
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		text, err = decodeWith(xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM), data)
	case looksUTF16(data, 1):
		text, err = decodeWith(xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), data)
	case looksUTF16(data, 0):
		text, err = decodeWith(xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), data)
	case utf8.Valid(data):
		text = string(data)
	default:
		text, err = decodeWith(simplifiedchinese.GB18030, data)
	}
	if err != nil {
		return "", 0, damaged(err)
	}
	broken = strings.Count(text, "\uFFFD")
	if !plausible(text, broken) {
		return "", 0, noSpreadsheet("")
	}
	return text, broken, nil
}

func decodeWith(e encoding.Encoding, data []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	return string(out), err
}

// looksUTF16 reports whether every other byte of the beginning is often NUL, as
// digits, commas and line ends are in UTF-16; high is the offset of that byte.
func looksUTF16(data []byte, high int) bool {
	head := data[:min(len(data), 1024)]
	nul, other := 0, 0
	for i, b := range head {
		if b == 0 && i%2 == high {
			nul++
		} else if b == 0 {
			other++
		}
	}
	return len(data)%2 == 0 && nul > len(head)/20 && nul > 0 && other == 0
}

// plausible reports whether text is text at all.
func plausible(text string, broken int) bool {
	odd, all := broken, 0
	for _, r := range text {
		if all++; all > 20_000 {
			break
		}
		if r == 0 || unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1A {
			odd++
		}
	}
	return odd*50 < all
}

// readDelimited reads values set apart by comma, tab, semicolon or bar,
// whichever divides the lines most evenly. Row numbers are those a spreadsheet
// shows: blank lines count, lines inside quotes do not.
func readDelimited(name, text string) ([]Sheet, error) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	b := builder{sheet: Sheet{Name: strings.TrimSuffix(base, path.Ext(base))}}
	text = strings.ReplaceAll(strings.ReplaceAll(strings.TrimRight(text, "\x1A\x00"), "\r\n", "\n"), "\r", "\n")
	comma, text := delimiter(text)
	for row := 0; text != ""; row++ {
		for col, more := 0, true; more; col++ {
			var field string
			field, text, more = nextField(text, comma)
			if err := b.put(row, col, looseCell(field)); err != nil {
				return nil, err
			}
		}
	}
	return []Sheet{b.sheet}, nil
}

// nextField takes one field off text; more reports that the row goes on. A quote
// that is never closed is a character like any other.
func nextField(text string, comma byte) (field, rest string, more bool) {
	if body, ok := strings.CutPrefix(text, `"`); ok {
		var b strings.Builder
		for {
			i := strings.IndexByte(body, '"')
			if i < 0 {
				break // unclosed: read it plainly below
			}
			b.WriteString(body[:i])
			body = body[i+1:]
			if strings.HasPrefix(body, `"`) {
				b.WriteByte('"')
				body = body[1:]
				continue
			}
			tail, rest, more := plainField(body, comma)
			return b.String() + tail, rest, more
		}
	}
	return plainField(text, comma)
}

func plainField(text string, comma byte) (field, rest string, more bool) {
	i := strings.IndexAny(text, string(rune(comma))+"\n")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], text[i] == comma
}

// looseCell undoes what programs do to keep digits in a csv: ="0012", a leading
// apostrophe, a trailing tab (which is kept: it is reported as normalised).
func looseCell(field string) Cell {
	if inner, ok := strings.CutPrefix(strings.TrimSpace(field), `="`); ok && strings.HasSuffix(inner, `"`) {
		return textCell(strings.TrimSuffix(inner, `"`), Text)
	}
	return textCell(field, Loose)
}

// delimiter finds the separator and drops the line "sep=;" that Excel writes.
func delimiter(text string) (comma byte, rest string) {
	if line, after, ok := strings.Cut(text, "\n"); ok && len(line) == 5 && strings.HasPrefix(line, "sep=") {
		return line[4], after
	}
	lines := strings.SplitN(text, "\n", 31)
	lines = lines[:min(len(lines), 30)]
	best, most := byte(','), 0
	for _, c := range []byte{',', '\t', ';', '|'} {
		rows := 0
		for _, line := range lines {
			if strings.IndexByte(line, c) >= 0 {
				rows++
			}
		}
		score := rows*1000 + min(strings.Count(strings.Join(lines, "\n"), string(rune(c))), 999)
		if rows > 0 && score > most {
			best, most = c, score
		}
	}
	return best, text
}
