package record

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is one line of text of at most Max characters (0: 500).
type Text struct{ Max int }

// Name implements Type.
func (Text) Name() string { return "text" }

// Parse cleans the text: no control characters, line breaks become spaces.
func (t Text) Parse(typed string) (string, error) {
	out := strings.Join(strings.Fields(clean(typed)), " ")
	return out, tooLong(out, or(t.Max, 500))
}

// Format implements Type.
func (Text) Format(value string) string { return value }

// Samples implements Type.
func (Text) Samples() []string {
	return []string{"浦东新区张江路 100 号", " 前后有空格 ", "两\n行"}
}

// Long is text of several lines, at most Max characters (0: 200,000).
type Long struct{ Max int }

// Name implements Type.
func (Long) Name() string { return "long" }

// Parse cleans the text, keeps its lines and drops blanks at line ends.
func (t Long) Parse(typed string) (string, error) {
	lines := strings.Split(strings.ReplaceAll(typed, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(clean(line), unicode.IsSpace)
	}
	out := strings.Trim(strings.Join(lines, "\n"), "\n")
	return out, tooLong(out, or(t.Max, 200_000))
}

// Format implements Type.
func (Long) Format(value string) string { return value }

// Samples implements Type.
func (Long) Samples() []string {
	return []string{"一、学习传达\r\n二、讨论", "　　首行缩进", "单行"}
}

func tooLong(s string, most int) error {
	if n := utf8.RuneCountInString(s); n > most {
		return Refuse("TEXT_TOO_LONG", fmt.Sprintf("最多 %d 字，现在是 %d 字。请删短一些；已填内容都在。", most, n))
	}
	return nil
}

func or(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

// clean drops invalid bytes, control and invisible formatting characters; tabs
// and line breaks become spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Halfwidth turns full-width letters, digits and punctuation (U+FF01–FF5E, the
// ideographic space) into their ASCII forms: the one normalisation of everything
// that is a number, a date or a code.
func Halfwidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000:
			return ' '
		}
		return r
	}, s)
}

// PersonName is a person's name: up to 50 characters, the separator of a
// transliterated name written U+00B7 (民委发〔2016〕33号).
type PersonName struct{}

// Name implements Type.
func (PersonName) Name() string { return "name" }

// separators that are converted silently (domain.md §9).
var nameDots = strings.NewReplacer("•", "·", "‧", "·", "∙", "·", "⋅", "·", "・", "·", "･", "·", "●", "·")

// Parse normalises the separator and drops blanks between Han characters.
func (PersonName) Parse(typed string) (string, error) {
	words := strings.Fields(clean(nameDots.Replace(typed)))
	var b strings.Builder
	for i, word := range words {
		if i > 0 && isLatin(lastRune(b.String())) && isLatin(firstRune(word)) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	out := b.String()
	return out, tooLong(out, 50)
}

// Format implements Type.
func (PersonName) Format(value string) string { return value }

// Samples implements Type.
func (PersonName) Samples() []string {
	return []string{"欧阳㛃", "徐𫖯", "阿卜杜热合曼•买买提明", "李 伟", "John Smith"}
}

func isLatin(r rune) bool { return r < 0x2000 && unicode.IsLetter(r) }

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
