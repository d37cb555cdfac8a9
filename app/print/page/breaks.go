package page

import (
	"strings"
	"unicode"
)

// Marks of 禁则: what may not begin a line and what may not end one.
const (
	closers = "，。、；：？！）》〉」』】〕”’…—～·%‰℃°,.;:?!)]}＞｝］％〗︰ー々"
	openers = "（《〈「『【〔“‘([{＜｛［〖￥¥$№"
)

// IsCloser reports whether a line must not begin with r.
func IsCloser(r rune) bool { return strings.ContainsRune(closers, r) }

// IsOpener reports whether a line must not end with r.
func IsOpener(r rune) bool { return strings.ContainsRune(openers, r) }

// halfBlank reports whether the right half of the full-width mark r is blank, so
// that it may be taken back at a line's end.
func halfBlank(r rune) bool {
	return strings.ContainsRune("，。、；：！）》〉」』】〕”’", r)
}

// inWord reports whether r joins Latin letters and digits into words that are
// not broken.
func inWord(r rune) bool {
	return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("_-/@.#&+'*", r)
}

// longest is how many characters a word may have before it may be broken
// anywhere: longer than an ID number, shorter than a nonsense line.
const longest = 24

// words cuts text into what is never broken inside: Latin words and numbers,
// doubled dashes and ellipses, single characters. Blanks are words too.
func words(text string) []string {
	var out []string
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i + 1
		switch r := runes[i]; {
		case r == '—' || r == '…':
			for j < len(runes) && runes[j] == r && j-i < 2 {
				j++
			}
		case inWord(r):
			for j < len(runes) && (inWord(runes[j]) || joins(runes, j)) && j-i < longest {
				j++
			}
		}
		out = append(out, string(runes[i:j]))
		i = j
	}
	return out
}

// joins reports whether the comma or colon at i stands inside a number or a time.
func joins(runes []rune, i int) bool {
	return (runes[i] == ',' || runes[i] == ':') && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1])
}
