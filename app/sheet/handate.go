package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// hanDigit maps Han numerals to digits; 十 and 廿 are handled by hanNumber.
func hanDigit(r rune) (int, bool) {
	if i := strings.IndexRune("零一二三四五六七八九", r); i >= 0 {
		return i / 3, true // three bytes each
	}
	switch r {
	case '〇', '○', '◯', 'Ｏ':
		return 0, true
	case '壹', '元':
		return 1, true
	case '贰', '两':
		return 2, true
	case '叁':
		return 3, true
	}
	return 0, false
}

// latinZero is the letter O or a digit typed for 〇 among Han numerals.
var latinZero = regexp.MustCompile(`([一二三四五六七八九〇零])[OoＯ0０]`)

var monthNames = strings.NewReplacer("元月", "1月", "正月", "1月", "冬月", "11月")

// hanDate writes the Han numerals of a date as digits: 二〇〇一年七月 → 2001年7月,
// 八五年 → 85年. Text that is not numerals is left alone.
func hanDate(s string) string {
	s = latinZero.ReplaceAllString(latinZero.ReplaceAllString(s, "${1}〇"), "${1}〇")
	s = monthNames.Replace(s)
	var out strings.Builder
	var numerals []rune
	flush := func(after rune) {
		if len(numerals) > 0 && strings.ContainsRune("年月日-./ \x00", after) {
			out.WriteString(hanNumber(numerals))
		} else {
			out.WriteString(string(numerals))
		}
		numerals = numerals[:0]
	}
	for _, r := range s {
		if _, ok := hanDigit(r); ok || r == '十' || r == '廿' || r == '卅' {
			numerals = append(numerals, r)
			continue
		}
		flush(r)
		out.WriteRune(r)
	}
	flush(0)
	return out.String()
}

// hanNumber reads 十二 as 12, 二十 as 20, 廿三 as 23, and a row of digits
// (二〇一九) digit by digit.
func hanNumber(numerals []rune) string {
	text := strings.NewReplacer("廿", "二十", "卅", "三十").Replace(string(numerals))
	tens, ones, ok := strings.Cut(text, "十")
	if !ok {
		var b strings.Builder
		for _, r := range text {
			n, _ := hanDigit(r) // only numerals come here
			b.WriteString(strconv.Itoa(n))
		}
		return b.String()
	}
	value := func(s string, empty int) int {
		n := empty
		for i, r := range []rune(s) {
			d, _ := hanDigit(r) // only numerals come here
			if i == 0 {
				n = 0
			}
			n = n*10 + d
		}
		return n
	}
	return strconv.Itoa(value(tens, 1)*10 + value(ones, 0))
}
