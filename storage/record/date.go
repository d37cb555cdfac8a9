package record

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a civil date as precisely as people know it: Day 0 means the month is
// known, Month 0 too means only the year is. The zero Date is "no date". A date
// of less than day precision is the interval First…Last (decisions.md 5).
type Date struct{ Year, Month, Day int }

// DateOf returns the civil date of t in its own zone.
func DateOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// ReadDate reads a canonical date ("2019-06-12", "2019-06", "2019"); anything
// else, "" included, gives the zero Date.
func ReadDate(value string) Date {
	parts, n := dateParts(value)
	d := Date{parts[0], parts[1], parts[2]}
	switch {
	case n == 0 || d.Year < 1900 || d.Year > 2100:
		return Date{}
	case n > 1 && (d.Month < 1 || d.Month > 12):
		return Date{}
	case n > 2 && (d.Day < 1 || d.Day > daysIn(d.Year, d.Month)):
		return Date{}
	}
	return d
}

// dateParts splits "2019-06-12", "2019-06" or "2019" into its numbers; n is how
// many there are, 0 for anything else. Stored dates are read millions of times,
// so no pattern matcher is involved.
func dateParts(value string) (parts [3]int, n int) {
	if len(value) != 4 && len(value) != 7 && len(value) != 10 {
		return parts, 0
	}
	for i := range len(value) {
		switch c := value[i]; {
		case i == 4 || i == 7:
			if c != '-' {
				return parts, 0
			}
			n++
		case c < '0' || c > '9':
			return parts, 0
		default:
			parts[n] = parts[n]*10 + int(c-'0')
		}
	}
	return parts, n + 1
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d.Year == 0 }

// Exact reports whether the day is known.
func (d Date) Exact() bool { return d.Day != 0 }

// String returns the canonical form, "" for the zero Date.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// First returns the first day d may mean.
func (d Date) First() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last returns the last day d may mean.
func (d Date) Last() Date {
	switch {
	case d.IsZero() || d.Day != 0:
		return d
	case d.Month == 0:
		return Date{d.Year, 12, 31}
	}
	return Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
}

// Compare orders dates by First, then by Last.
func (d Date) Compare(e Date) int {
	if c := compareDays(d.First(), e.First()); c != 0 {
		return c
	}
	return compareDays(d.Last(), e.Last())
}

func compareDays(a, b Date) int { return a.number() - b.number() }

func (d Date) number() int { return (d.Year*16+d.Month)*32 + d.Day }

// Before reports whether every day of d lies before every day of e.
func (d Date) Before(e Date) bool { return compareDays(d.Last(), e.First()) < 0 }

// After reports whether every day of d lies after every day of e.
func (d Date) After(e Date) bool { return e.Before(d) }

// AddMonths keeps the day of the month, clamped to the month's end
// (domain.md §1.3), and the precision.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || d.Month == 0 && n%12 == 0 {
		d.Year += map[bool]int{true: 0, false: n / 12}[d.IsZero()]
		return d
	}
	if d.Month == 0 {
		d = d.First()
	}
	m := d.Year*12 + d.Month - 1 + n
	out := Date{m / 12, m%12 + 1, d.Day}
	out.Day = min(out.Day, daysIn(out.Year, out.Month))
	return out
}

// AddDays adds days to the first day of d.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// DaysUntil returns the days from the first day of d to the first day of e.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()).Hours() / 24)
}

// Time returns the first day of d at midnight UTC.
func (d Date) Time() time.Time {
	f := d.First()
	return time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, time.UTC)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var (
	dateForm    = regexp.MustCompile(`^(\d{4})(?:年|[-/.]|$)(?:(\d{1,2})(?:月|[-/.]|$)(?:(\d{1,2})[日号]?)?)?$`)
	compactForm = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
)

// ParseDate reads a date with day, month or year precision, written
// 2019-06-12, 2019/6/12, 2019.6.12, 2019年6月12日, 20190612, 2019-06, 201906,
// 2019年6月, 2019 or 2019年, in half- or full-width. Years 1900 to 2100.
func ParseDate(typed string) (Date, error) {
	s := strings.ReplaceAll(Halfwidth(strings.TrimSpace(typed)), " ", "")
	m := dateForm.FindStringSubmatch(s)
	if m == nil {
		m = compactForm.FindStringSubmatch(s)
	}
	if m == nil {
		return Date{}, Refuse("DATE_FORMAT", "日期看不懂。请写成 2019-06-12，只知道年月时写 2019-06。")
	}
	var d Date
	d.Year, _ = strconv.Atoi(m[1]) // digits by the pattern
	d.Month, _ = strconv.Atoi("0" + m[2])
	d.Day, _ = strconv.Atoi("0" + m[3])
	if d.Year < 1900 || d.Year > 2100 {
		return Date{}, Refuse("DATE_YEAR", "年份应在 1900 到 2100 之间。请核对这个日期。")
	}
	if m[2] != "" && (d.Month < 1 || d.Month > 12) || m[3] != "" && (d.Day < 1 || d.Day > daysIn(d.Year, d.Month)) {
		return Date{}, Refuse("DATE_INVALID", "日历上没有这一天。请核对月份和日子。")
	}
	return d, nil
}

var (
	shortDay = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})日?$`)
	fourDay  = regexp.MustCompile(`^(\d{2})(\d{2})$`)
	offset   = regexp.MustCompile(`^([+-]\d{1,4})天?$`)
)

// ExpandDate turns what may be typed in a date box for short (今天, 昨天, 明天,
// +7, 11-20, 1120) into a full date seen from today, and returns everything else
// as it came. "1120" is a day of this year only when it can be one; "2019" stays a year.
func ExpandDate(typed string, today Date) string {
	s := strings.TrimSpace(Halfwidth(typed))
	switch s {
	case "今天", "今日":
		return today.String()
	case "昨天":
		return today.AddDays(-1).String()
	case "明天":
		return today.AddDays(1).String()
	}
	if m := offset.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1]) // at most four digits by the pattern
		return today.AddDays(n).String()
	}
	m := shortDay.FindStringSubmatch(s)
	if m == nil {
		m = fourDay.FindStringSubmatch(s)
	}
	if m != nil {
		full := fmt.Sprintf("%04d-%s-%s", today.Year, m[1], m[2])
		if d, err := ParseDate(full); err == nil {
			return d.String()
		}
	}
	return typed
}

// Day is a date of day, month or year precision.
type Day struct{}

// Name implements Type.
func (Day) Name() string { return "date" }

// Parse implements Type.
func (Day) Parse(typed string) (string, error) {
	d, err := ParseDate(typed)
	return d.String(), err
}

// Format implements Type.
func (Day) Format(value string) string { return value }

// Samples implements Type.
func (Day) Samples() []string {
	return []string{"2019-06-12", "2019/6/12", "2019年6月12日", "20190612", "2019.6", "2019年6月", "201906", "2019", "２０１９－０６－１２"}
}
