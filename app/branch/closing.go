package branch

import "zhibu/storage/record"

// YearClosed is the code of what is said of records of a closed year.
const YearClosed = "YEAR_CLOSED"

// Amending is what a record.Around may implement when closed years are open, because
// somebody writes there on purpose (补改).
type Amending interface{ Amends() bool }

// lastDay is the day that says of which year a record is, and the path where it stands:
// the day it was done on, or the one it was closed or ended on. What was merged is counted,
// and closed, where it went; what is over without such a day ended with its last milestone.
// What goes on from year to year has none, nor have dues, whose arrears are paid later,
// and meetings, which are locked when they are finalised and not before.
func lastDay(r record.Record, in record.Around) (path string, day record.Date) {
	v := r.Values
	for seen := map[string]bool{"": true}; !seen[v["merged_into"]]; {
		seen[v["merged_into"]] = true
		into, _ := in.Get(r.Kind, v["merged_into"])
		v = into.Values
	}
	for _, path := range []string{"date", "closed_on", "to"} {
		if v[path] != "" {
			return path, dateIn(v, path)
		}
	}
	if v["status"] == "DONE" || v["status"] == "STOPPED" {
		for _, row := range v.Rows("milestone") {
			day = later(day, record.ReadDate(row.Values["done"]))
		}
	}
	return "status", day
}

// rowDay is the day of the row that a path belongs to: what was done on a day within
// something that goes on, as a visit. What is noted about a person or the branch
// itself is completed when a paper is found, and is of no year.
func rowDay(r record.Record, path string) record.Date {
	table, row, column := record.SplitPath(path)
	if column == "" || r.Kind == "member" || r.Kind == "pool" || r.Kind == "branch" {
		return record.Date{}
	}
	return dateIn(r.Values, record.Path(table, row, "date"))
}

// statisticsDue is the day by which a year's statistics, as of its 31 December, are
// reported: 31 January of the next year (domain.md, reminder 28).
func statisticsDue(year int) record.Date { return record.Date{Year: year + 1, Month: 1, Day: 31} }

// closedFrom is the day from which a year is closed, the one after its statistics were due.
func closedFrom(year int) record.Date { return statisticsDue(year).AddDays(1) }

// ClosedYear returns the closed year that a record is of as a whole, or the row that a
// path belongs to; deleting takes every row along. 0: it is of none.
func ClosedYear(r record.Record, path string, in record.Around) int {
	_, last := lastDay(r, in)
	days := []record.Date{last, rowDay(r, path)}
	if path == record.DeletedPath {
		for within := range r.Values {
			days = append(days, rowDay(r, within))
		}
	}
	newest := 0
	for _, day := range days {
		if day.Year > newest && !in.Today().Before(closedFrom(day.Year)) {
			newest = day.Year
		}
	}
	return newest
}

// OnlyRead refuses a change of what a stored record says at a path ("" the record as a
// whole) where that is of a closed year and nobody amends it; nil elsewhere.
func OnlyRead(r record.Record, path string, in record.Around) error {
	year := ClosedYear(r, path, in)
	if a, ok := in.(Amending); year == 0 || r.Deleted() || ok && a.Amends() {
		return nil
	}
	return record.Refuse(YearClosed, "这是 "+itoa(year)+" 年的记录，年度统计已截止，从 "+closedFrom(year).String()+
		" 起只能查看和打印。确实写错了请用“补改”，改动会记入变更记录；内容没有变化。")
}

// ComesLate says of a record that becomes one of a closed year that it will only be read.
func ComesLate(before, after record.Record, in record.Around) []record.Complaint {
	year := ClosedYear(after, "", in)
	if OnlyRead(after, "", in) == nil || ClosedYear(before, "", in) == year {
		return nil
	}
	path, _ := lastDay(after, in)
	return []record.Complaint{{Path: path, Severity: record.Info, Code: YearClosed,
		Say: "这一条算 " + itoa(year) + " 年的，年度统计已截止。可以补记，存好以后只能查看和打印。"}}
}
