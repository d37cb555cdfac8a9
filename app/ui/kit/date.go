package kit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// TidyDate reads the ways a date is typed — 20261120, 2026-11-20, 2026年11月20日,
// 2026.11, 11-20, 1120, 今天, 昨天, 明天, +7, -3 — and writes it as 2026-11-20,
// 2026-11 or 2026. A date without a year is in the year of today. What is no date
// comes back unchanged with false.
func TidyDate(typed string, today time.Time) (string, bool) {
	s := strings.TrimSpace(strings.Map(halfWidth, typed))
	if s == "" {
		return "", true
	}
	if days, ok := map[string]int{"今天": 0, "昨天": -1, "明天": 1, "后天": 2, "前天": -2}[s]; ok {
		return today.AddDate(0, 0, days).Format(time.DateOnly), true
	}
	if n, err := strconv.Atoi(s); err == nil && (s[0] == '+' || s[0] == '-') {
		return today.AddDate(0, 0, n).Format(time.DateOnly), true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-./年月日号 ", r) })
	for _, p := range parts {
		if strings.Trim(p, "0123456789") != "" {
			return typed, false
		}
	}
	if out := dateOf(parts, today.Year()); out != "" {
		return out, true
	}
	return typed, false
}

// dateOf puts the number groups of a date together, "" if they make none.
func dateOf(parts []string, year int) string {
	switch len(parts) {
	case 1:
		return compactDate(parts[0], year)
	case 2:
		if len(parts[0]) == 4 {
			return monthText(parts[0], parts[1])
		}
		return dayText(strconv.Itoa(year), parts[0], parts[1])
	case 3:
		if len(parts[0]) == 2 {
			parts[0] = century(parts[0], year)
		}
		return dayText(parts[0], parts[1], parts[2])
	}
	return ""
}

// compactDate reads digits alone: 20261120, 202611, 1120, 2026.
func compactDate(s string, year int) string {
	switch len(s) {
	case 8:
		return dayText(s[:4], s[4:6], s[6:])
	case 6:
		return monthText(s[:4], s[4:])
	case 3:
		return dayText(strconv.Itoa(year), s[:1], s[1:])
	case 4:
		if out := dayText(strconv.Itoa(year), s[:2], s[2:]); out != "" {
			return out
		}
		if s >= "1900" && s <= "2199" {
			return s
		}
	}
	return ""
}

// century completes a year of two digits to the nearest one not far ahead.
func century(s string, year int) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return s
	}
	if n += year / 100 * 100; n > year+5 {
		n -= 100
	}
	return strconv.Itoa(n)
}

func monthText(y, m string) string {
	if dayText(y, m, "1") == "" {
		return ""
	}
	return dayText(y, m, "1")[:7]
}

func dayText(y, m, d string) string {
	t, err := time.Parse("2006-1-2", fmt.Sprintf("%s-%s-%s", y, strings.TrimLeft(m, "0"), strings.TrimLeft(d, "0")))
	if err != nil || len(y) != 4 || t.Year() < 1900 {
		return ""
	}
	return t.Format(time.DateOnly)
}

// halfWidth turns full-width digits and marks into the plain ones.
func halfWidth(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0
	}
	if r == '　' {
		return ' '
	}
	return r
}
