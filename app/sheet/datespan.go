package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// span reads "from – to": the first date counts.
func (d dateReader) span(s string) (record.Date, *reading) {
	if open := dashesEnd.ReplaceAllString(s, ""); open != s && open != "" {
		day, r := d.plain(open)
		return day, &r
	}
	m := rangeForm.FindStringSubmatch(s)
	if m == nil {
		m = hyphenPair.FindStringSubmatch(s)
	}
	if m == nil {
		return record.Date{}, nil
	}
	day, r := d.plain(m[1])
	if day.IsZero() {
		return day, &r
	}
	r.until = d.spanEnd(day, m[2])
	r.find(dateRange, "写的是一段时间，取开始的 "+day.String()+"，原文放进备注。")
	r.rest = s
	return day, &r
}

var (
	onlyDay   = regexp.MustCompile(`^(\d{1,2})日?$`)
	monthDay  = regexp.MustCompile(`^(\d{1,2})[月./-](\d{1,2})日?$`)
	onlyMonth = regexp.MustCompile(`^(\d{1,2})月$`)
)

// spanEnd reads the end of a span, of which the year and month may be left out.
func (d dateReader) spanEnd(from record.Date, s string) record.Date {
	full := s
	if m := onlyDay.FindStringSubmatch(s); m != nil {
		full = fmt.Sprintf("%d-%d-%s", from.Year, from.Month, m[1])
	} else if m := monthDay.FindStringSubmatch(s); m != nil {
		full = fmt.Sprintf("%d-%s-%s", from.Year, m[1], m[2])
	} else if m := onlyMonth.FindStringSubmatch(s); m != nil {
		full = fmt.Sprintf("%d-%s", from.Year, m[1])
	}
	until, err := record.ParseDate(full)
	if err != nil || until.Before(from) {
		return record.Date{}
	}
	return until
}

// foreign reads 6/12/2019 and 12-Jun-19.
func (d dateReader) foreign(s string) (record.Date, *reading) {
	var r reading
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return d.english(s)
	}
	a, err1 := record.ParseDate(m[3] + "-" + m[1] + "-" + m[2])
	b, err2 := record.ParseDate(m[3] + "-" + m[2] + "-" + m[1])
	switch {
	case err1 != nil && err2 != nil:
		r.find(dateInvalid, "“"+s+"”日历上没有。请核对后改写。")
	case err1 == nil && err2 == nil && a != b:
		r.find(dateAmbiguous, "“"+s+"”的月和日分不清。"+askDay, a.String(), b.String())
	case err1 == nil:
		return a, &r
	default:
		return b, &r
	}
	return record.Date{}, &r
}

var englishForm = regexp.MustCompile(`(?i)^(?:(\d{1,2})-)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-.]?(\d{2}|\d{4})$`)

func (d dateReader) english(s string) (record.Date, *reading) {
	m := englishForm.FindStringSubmatch(s)
	if m == nil {
		return record.Date{}, nil
	}
	month := strconv.Itoa(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[2]))/3 + 1)
	if len(m[3]) == 2 {
		return d.century(s, m[3], month, m[1])
	}
	text := m[3] + "-" + month
	if m[1] != "" {
		text += "-" + m[1]
	}
	day, r := d.plain(text)
	return day, &r
}

// serialText reads the five digits that a date column shows as text.
func (d dateReader) serialText(s string) (record.Date, *reading) {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || x < 8000 || x >= 80000 {
		return record.Date{}, nil
	}
	day, r := d.serial(x)
	return day, &r
}

// loosened drops 约, 左右 and alike: what is about a year is known to the year.
func (d dateReader) loosened(s string) (record.Date, *reading) {
	bare := about.ReplaceAllString(s, "")
	if strings.HasSuffix(s, "年初") || strings.HasSuffix(s, "年底") || strings.HasSuffix(s, "年末") {
		bare += "年"
	}
	day, err := record.ParseDate(bare)
	if bare == s || err != nil {
		return record.Date{}, nil
	}
	r := precision(day)
	r.rest = s
	return day, &r
}
