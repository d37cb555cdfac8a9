package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/storage/record"
)

// importable reports whether one cell can stand for the field: not a file, and of
// tables only those into which a list of names or items can go.
func importable(f record.Field) bool {
	switch t := f.Type.(type) {
	case record.File:
		return false
	case record.Rows:
		_, file := t.Columns[0].Type.(record.File)
		return !file && (t.Key == "" || keyedColumn(t).Name != "")
	}
	return true
}

// keyedColumn returns the column that a name alone can fill in a table whose rows
// are records of another kind: the reference itself, or the hours that all of
// them have.
func keyedColumn(t record.Rows) record.Field {
	for _, c := range t.Columns {
		if ref, ok := c.Type.(record.Ref); ok && ref.Kind == t.Key || c.Name == "hours" {
			return c
		}
	}
	return record.Field{}
}

var (
	monthForm = regexp.MustCompile(`^(?:((?:19|20)\d{2})[年.-])?(1[0-2]|0?[1-9]|[一二三四五六七八九十]|十[一二])月(?:份)?(.*)$`)
	yearForm  = regexp.MustCompile(`((?:19|20)\d{2})\s*年`)
)

// monthColumn reads a heading such as 1月, 三月份应缴 or 2025年3月 as a cell of the
// kind's table of months; ok is false for other kinds and headings.
func monthColumn(k record.Kind, heading string) (f record.Field, year string, ok bool) {
	table, _ := k.Field("month")
	rows, isRows := table.Type.(record.Rows)
	if !isRows || !strings.Contains(heading, "月") {
		return record.Field{}, "", false
	}
	m := monthForm.FindStringSubmatch(Fold(heading))
	if m == nil {
		return record.Field{}, "", false
	}
	column := "paid"
	switch {
	case strings.Contains(m[3], "日期") || strings.Contains(m[3], "时间"):
		column = "paid_on"
	case strings.Contains(m[3], "应"):
		column = "due"
	case strings.Contains(m[3], "基数"):
		column = "base"
	}
	f, ok = rows.Column(column)
	f.Label = strings.TrimPrefix(strings.TrimPrefix(hanDate(m[2]+"月"), "0"), " ") + f.Label
	number := strings.TrimSuffix(hanDate(m[2]+"月"), "月")
	f.Name = record.Path("month", fmt.Sprintf("%02d", record.Int(number)), f.Name)
	return f, m[1], ok
}

// yearOf finds the year that a list is about: in its headings, the titles above
// them, or the name of the sheet.
func (l *layout) yearOf(b block) string {
	for _, c := range b.columns {
		if _, year, ok := monthColumn(l.kind, c.heading); ok && year != "" {
			return year
		}
	}
	for row := b.first - 1; row >= 0; row-- {
		for _, c := range l.sheet.Rows[row] {
			if m := yearForm.FindStringSubmatch(record.Halfwidth(c.Text)); m != nil {
				return m[1]
			}
		}
	}
	if m := yearForm.FindStringSubmatch(record.Halfwidth(l.sheet.Name)); m != nil {
		return m[1]
	}
	return ""
}
