package print

import (
	"fmt"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// cnDate writes a canonical date in Chinese, as precisely as it is known, without
// leading zeros (GB/T 9704): 2026年5月25日, 2026年5月, 2026年.
func cnDate(value string) string {
	d := record.ReadDate(value)
	switch {
	case d.IsZero():
		return value
	case d.Month == 0:
		return fmt.Sprintf("%d年", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%d年%d月", d.Year, d.Month)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// dayParts takes dates apart for the blanks y1, m1, d1, y2 … of a sentence.
func dayParts(values ...string) map[string]string {
	out := map[string]string{}
	for i, value := range values {
		d := record.ReadDate(value)
		for name, part := range map[string]int{"y": d.Year, "m": d.Month, "d": d.Day} {
			if part > 0 {
				out[name+strconv.Itoa(i+1)] = strconv.Itoa(part)
			}
		}
	}
	return out
}

// dotDate writes a canonical date short, for narrow columns: 2026.05.25.
func dotDate(value string) string { return strings.ReplaceAll(value, "-", ".") }

// cnMoment writes a canonical moment: 2026年11月20日 14:00, or the day alone when
// the time is not known.
func cnMoment(value string) string {
	day, clock, ok := strings.Cut(value, " ")
	if !ok {
		return cnDate(value)
	}
	return cnDate(day) + " " + clock
}

// dayOf returns the date of a canonical moment.
func dayOf(value string) record.Date {
	day, _, _ := strings.Cut(value, " ")
	return record.ReadDate(day)
}

// fromTo writes from when to when something took place, the day once.
func fromTo(start, end string) string {
	if start == "" {
		return ""
	}
	day, from, timed := strings.Cut(start, " ")
	endDay, to, ended := strings.Cut(end, " ")
	switch {
	case !timed:
		return cnDate(day)
	case !ended:
		return cnMoment(start)
	case day == endDay:
		return cnDate(day) + " " + from + "—" + to
	}
	return cnMoment(start) + "—" + cnMoment(end)
}

var (
	capitalDigits = []rune("零壹贰叁肆伍陆柒捌玖")
	capitalUnits  = []string{"", "拾", "佰", "仟"}
	groupUnits    = []string{"", "万", "亿", "万亿"}
)

// capitalYear writes a year digit by digit in 大写: 2026 → 贰零贰陆.
func capitalYear(year int) string {
	var b strings.Builder
	for _, r := range fmt.Sprint(year) {
		if r >= '0' && r <= '9' {
			b.WriteRune(capitalDigits[r-'0'])
		}
	}
	return b.String()
}

// capitalMonth writes a month as letters of introduction do: 3 → 零叁, 10 → 壹拾,
// 12 → 壹拾贰.
func capitalMonth(month int) string {
	if month < 10 {
		return "零" + capital(int64(month))
	}
	return capital(int64(month))
}

// capital writes a whole number in 大写: 15 → 壹拾伍, 30 → 叁拾, 1005 → 壹仟零伍.
func capital(n int64) string {
	if n == 0 {
		return "零"
	}
	out, gap := "", false
	for group := 0; n > 0 && group < len(groupUnits); group++ {
		part := n % 10000
		n /= 10000
		if part == 0 {
			gap = gap || out != ""
			continue
		}
		text := capitalGroup(part) + groupUnits[group]
		if gap && out != "" {
			text += "零"
		}
		out, gap = text+out, part < 1000
	}
	return out
}

// capitalGroup writes 1 to 9999.
func capitalGroup(n int64) string {
	out, zero := "", false
	for i := 0; n > 0; i++ {
		digit := n % 10
		n /= 10
		switch {
		case digit != 0:
			if zero && out != "" {
				out = "零" + out
			}
			out, zero = string(capitalDigits[digit])+capitalUnits[i]+out, false
		default:
			zero = true
		}
	}
	return out
}

// capitalMoney writes fen in 大写: 127.50 → 壹佰贰拾柒元伍角整.
func capitalMoney(fen int64) string {
	yuan, jiao, cents := fen/100, fen/10%10, fen%10
	out := ""
	if yuan > 0 || fen == 0 {
		out = capital(yuan) + "元"
	}
	switch {
	case jiao == 0 && cents == 0:
		return out + "整"
	case jiao == 0 && yuan > 0:
		out += "零"
	case jiao > 0:
		out += string(capitalDigits[jiao]) + "角"
	}
	if cents == 0 {
		return out + "整"
	}
	return out + string(capitalDigits[cents]) + "分"
}

// yuan writes fen with two decimals.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }
