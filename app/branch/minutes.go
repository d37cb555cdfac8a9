package branch

import "strings"

// mentioned reports whether the minutes deal with agenda item n: they carry
// its heading number in Chinese or Arabic, or the first words of its title.
func mentioned(minutes string, n int, title string) bool {
	if minutes == "" {
		return false
	}
	for _, mark := range []string{chineseNumber(n) + "、", itoa(n) + "．", itoa(n) + ".", itoa(n) + "、"} {
		for _, line := range strings.Split(minutes, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), mark) {
				return true
			}
		}
	}
	return title != "" && strings.Contains(minutes, brief(title))
}

// brief returns the first eight characters of a text.
func brief(s string) string {
	if runes := []rune(s); len(runes) > 8 {
		return string(runes[:8])
	}
	return s
}

// chineseNumber spells 1 to 99 as headings do: 一, 十二, 二十.
func chineseNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n <= 0 || n > 99:
		return itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
