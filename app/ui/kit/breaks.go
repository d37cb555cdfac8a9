package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// ruler measures characters of one size and weight. Without kerning in the bundled
// face a line is as wide as the sum of its characters.
type ruler struct {
	size  float32
	style fyne.TextStyle
	seen  map[rune]float32
}

func newRuler(size fyne.ThemeSizeName, bold bool) *ruler {
	return &ruler{size: theme.Size(size), style: fyne.TextStyle{Bold: bold}, seen: map[rune]float32{}}
}

// width returns how wide a character is.
func (m *ruler) width(r rune) float32 {
	if r >= 0x4E00 && r <= 0x9FFF {
		r = '国' // every ideograph is as wide as the next
	}
	w, ok := m.seen[r]
	if !ok {
		if w = fyne.MeasureText(string(r), m.size, m.style).Width; r == '\t' {
			w = 2 * m.size
		}
		m.seen[r] = w
	}
	return w
}

// sum returns how wide a run of characters is.
func (m *ruler) sum(runes []rune) float32 {
	var w float32
	for _, r := range runes {
		w += m.width(r)
	}
	return w
}

// Marks that may not begin a line, and those that may not end one (禁则).
const (
	notFirst = "，。、；：？！）】》〉」』”’％…—·,.;:?!)]}%"
	notLast  = "（【《〈「『“‘([{￥¥"
)

// joined reports whether no line may break between a and b.
func joined(a, b rune) bool {
	if strings.ContainsRune(notFirst, b) || strings.ContainsRune(notLast, a) {
		return true
	}
	return inWord(a) && inWord(b)
}

func inWord(r rune) bool {
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-/_.@*", r))
}

// breakLines cuts a paragraph into lines of at most width and returns where each
// line ends. It breaks anywhere in Chinese but keeps marks from the wrong end of a
// line and words of Latin letters and digits whole. At least one line comes back.
func breakLines(runes []rune, width float32, m *ruler) []int {
	var ends []int
	start, at := 0, float32(0)
	for i := 0; i < len(runes); i++ {
		w := m.width(runes[i])
		if at+w <= width+0.01 || i == start || runes[i] == ' ' {
			at += w
			continue
		}
		end := i
		for end > start && joined(runes[end-1], runes[end]) {
			end--
		}
		if end == start || i-end > 24 { // one long word: cut it where the line is full
			end = i
		}
		ends = append(ends, end)
		start = end
		at = m.sum(runes[start:i]) + w
	}
	return append(ends, len(runes))
}

// wrap cuts text into lines; newlines always end one.
func wrap(text string, width float32, m *ruler) []string {
	var out []string
	for _, par := range strings.Split(text, "\n") {
		runes, start := []rune(par), 0
		for _, end := range breakLines(runes, width, m) {
			out = append(out, string(runes[start:end]))
			start = end
		}
	}
	return out
}
