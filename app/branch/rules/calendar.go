package rules

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Calendar is the table of days off and of weekend days that are worked,
// editable offline. Off entries are a day or a span "2025-10-01..2025-10-08".
type Calendar struct {
	Off    []string `json:"off"`
	Worked []string `json:"worked"`
}

// With returns the calendar with further days.
func (c Calendar) With(off, worked []string) Calendar {
	return Calendar{append(slices.Clone(c.Off), off...), append(slices.Clone(c.Worked), worked...)}
}

// Unknown says so when the days off of the year of d are not in the calendar yet,
// "" when they are: then only the weekends are left out.
func (c Calendar) Unknown(d record.Date) string {
	year := strconv.Itoa(d.Year)
	if d.IsZero() || slices.ContainsFunc(c.Off, func(span string) bool { return strings.HasPrefix(span, year) }) {
		return ""
	}
	return year + " 年节假日未公布，按周末算"
}

// Workday reports whether d is worked: Monday to Friday, less the days off,
// plus the make-up days (domain.md §1.3).
func (c Calendar) Workday(d record.Date) bool {
	if covers(c.Worked, d) {
		return true
	}
	if covers(c.Off, d) {
		return false
	}
	weekday := d.Time().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

func covers(spans []string, d record.Date) bool {
	day := d.First().String()
	for _, span := range spans {
		from, to, ok := strings.Cut(span, "..")
		if !ok {
			to = from
		}
		if from <= day && day <= to {
			return true
		}
	}
	return false
}

// AddWorkdays returns the last of n workdays counted inclusively from d on:
// five workdays of publicity from Monday 2025-09-29 end on 2025-10-11.
func (c Calendar) AddWorkdays(d record.Date, n int) record.Date {
	d = d.First()
	if d.IsZero() || n <= 0 {
		return d
	}
	for {
		if c.Workday(d) {
			n--
		}
		if n == 0 {
			return d
		}
		d = d.AddDays(1)
	}
}

// Workdays returns how many workdays lie from one day to another, both included.
func (c Calendar) Workdays(from, to record.Date) int {
	n := 0
	for d, last := from.First(), to.Last(); !d.IsZero() && !d.After(last) && n < 400; d = d.AddDays(1) {
		if c.Workday(d) {
			n++
		}
	}
	return n
}
