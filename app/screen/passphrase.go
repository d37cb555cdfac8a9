package screen

import (
	"strings"
	"unicode"
)

// shortestPassphrase is the least number of characters of a passphrase.
const shortestPassphrase = 8

// JudgePassphrase says whether a passphrase is good enough, and what it lacks.
// Long ones need nothing else; short ones need two sorts of characters.
func JudgePassphrase(pass string) (ok bool, say string) {
	runes := []rune(pass)
	if n := len(runes); n < shortestPassphrase {
		return false, "还差 " + number(shortestPassphrase-n) + " 位，至少 " + number(shortestPassphrase) + " 位"
	}
	if monotone(runes) {
		return false, "太容易猜：不要用连号或同一个字"
	}
	sorts := sortsOf(runes)
	if len(sorts) < 2 && len(runes) < 14 {
		return false, "只有" + sorts[0] + "，请再加上字母或数字"
	}
	return true, "够用：" + number(len(runes)) + " 位，有" + strings.Join(sorts, "和")
}

// sortsOf names the sorts of characters in a passphrase.
func sortsOf(runes []rune) []string {
	var letters, digits, others bool
	for _, r := range runes {
		switch {
		case unicode.IsDigit(r):
			digits = true
		case unicode.IsLetter(r):
			letters = true
		default:
			others = true
		}
	}
	var out []string
	for _, s := range []struct {
		has  bool
		name string
	}{{letters, "字母"}, {digits, "数字"}, {others, "符号"}} {
		if s.has {
			out = append(out, s.name)
		}
	}
	return out
}

// monotone reports whether the characters only repeat or count up or down.
func monotone(runes []rune) bool {
	step := runes[1] - runes[0]
	if step < -1 || step > 1 {
		return false
	}
	for i := 2; i < len(runes); i++ {
		if runes[i]-runes[i-1] != step {
			return false
		}
	}
	return true
}

// SplitCode cuts a recovery code into its groups, however it is written:
// "7M4K-Q2XD-…", with blanks or without.
func SplitCode(code string) []string {
	plain := normalCode(code)
	var out []string
	for i := 0; i < len(plain); i += 4 {
		out = append(out, plain[i:min(i+4, len(plain))])
	}
	return out
}

// normalCode reads a code of Crockford's alphabet as people write it: any case,
// I and L for 1, O for 0, marks between groups dropped.
func normalCode(code string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToUpper(r)
		switch {
		case r == 'I' || r == 'L':
			return '1'
		case r == 'O':
			return '0'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, code)
}
