package branch

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"zhibu/storage/record"
)

// most is how many readings of a name Initials spells out.
const most = 64

// readings returns every reading of a character without tones, the usual one
// first; a character without one reads as itself in lower case.
// What was looked up once is kept: lists read the same characters over and over.
func readings(r rune) []string {
	if list, ok := read.Load(r); ok {
		return list.([]string)
	}
	list := []string{string(unicode.ToLower(r))}
	if found := pinyin.PinyinDict[int(r)]; found != "" {
		list = unique(strings.Split(toneless.Replace(found), ","))
	}
	read.Store(r, list)
	return list
}

// read holds the readings by character.
var read sync.Map

// toneless drops the tone marks; ü is typed v.
var toneless = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "m̀", "m", "ê̄", "e", "ế", "e", "ê̌", "e", "ề", "e")

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// spoken returns the usual reading of every character of a name, the surname by
// the table of surnames. The interpunct and blanks separate and are not spoken.
func spoken(name string) []string {
	var out []string
	surname, rest := surnameOf(name)
	out = append(out, surname...)
	for _, r := range rest {
		if !silent(r) {
			out = append(out, readings(r)[0])
		}
	}
	return out
}

func silent(r rune) bool { return r == '·' || unicode.IsSpace(r) }

// Pinyin returns the usual reading of a name in lower case, syllables separated
// by blanks, e.g. "shan mu chen" for 单沐辰.
func Pinyin(name string) string { return strings.Join(spoken(name), " ") }

// Initials returns the possible initials of a name in lower case, the usual
// ones first: 单沐辰 gives smc, dmc and cmc. At most 64.
func Initials(name string) []string {
	usual := spoken(name)
	out := []string{firsts(usual)}
	all := []string{""}
	for _, r := range name {
		if silent(r) {
			continue
		}
		var next []string
		for _, head := range all {
			for _, s := range readings(r) {
				if len(next) < most {
					next = append(next, head+first(s))
				}
			}
		}
		all = next
	}
	return unique(append(out, all...))
}

func first(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

func firsts(syllables []string) string {
	var b strings.Builder
	for _, s := range syllables {
		b.WriteString(first(s))
	}
	return b.String()
}

// Matches reports whether query is found in one of the texts: as written
// (letter case, width, blanks and the interpunct do not matter), or in pinyin
// from any character on, by initials, whole syllables or a mixture ("lw",
// "luwanq"). All readings count. An empty query matches everything.
func Matches(query string, texts ...string) bool {
	q := searchable(query)
	if q == "" {
		return true
	}
	latin := isASCII(q)
	for _, text := range texts {
		s := searchable(text)
		if strings.Contains(s, q) || latin && spells(s, q) {
			return true
		}
	}
	return false
}

// searchable folds width, case, blanks and the interpunct.
func searchable(s string) string {
	return strings.Map(func(r rune) rune {
		if silent(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, record.Halfwidth(s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// spells reports whether q spells consecutive characters of s from some
// character on. Characters without a reading end a spelling.
func spells(s, q string) bool {
	runes := []rune(s)
	for i := range runes {
		if spellsFrom(runes[i:], q) {
			return true
		}
	}
	return false
}

func spellsFrom(runes []rune, q string) bool {
	if q == "" {
		return true
	}
	if len(runes) == 0 {
		return false
	}
	if runes[0] < 0x2E80 { // letters and digits stand for themselves: 3hl finds 3号楼
		return runes[0] == rune(q[0]) && spellsFrom(runes[1:], q[1:])
	}
	for _, s := range readings(runes[0]) {
		for n := commonPrefix(s, q); n > 0; n-- {
			if spellsFrom(runes[1:], q[n:]) {
				return true
			}
		}
	}
	return false
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// SortKey returns a text whose byte order is the pinyin order of name: by
// syllable, then by the characters themselves.
func SortKey(name string) string { return strings.Join(spoken(name), "\x01") + "\x00" + name }
