package print

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f22 is 三会一课年度情况表, the quarter's plan, and the statistics page. Source:
// 支部条例14–18; report sheets of unit branches (domain.md §2.2, §7.3 F22).
func f22() Form {
	return Form{Code: "F22", Name: "三会一课年度情况表", Blank: true, Whole: true, Yearly: true,
		Variants: []Variant{{"YEAR", "三会一课年度情况表"}, {"PLAN", "组织生活季度计划表"}, {"STATS", "党支部统计页"}},
		Source:   "《中国共产党支部工作条例（试行）》第十四至十八条；基层单位年度情况表",
		draw: func(d *draft) {
			switch d.variant {
			case "PLAN":
				d.quarterPlan()
			case "STATS":
				d.statistics()
			default:
				d.yearSheet()
			}
		}}
}

// yearKinds are the columns of the annual sheet.
var yearKinds = []string{branch.AllMembers, branch.Committee, branch.GroupMeet, branch.Lecture, branch.ThemeDay, branch.LifeMeet, branch.Appraisal}

// meetingsOf returns the finished meetings of the form's year, in order.
func (d *draft) meetingsOf() []record.Record {
	var out []record.Record
	for _, m := range d.all("meeting", "start") {
		if dayOf(m.Values["start"]).Year == d.opt.Year {
			out = append(out, m)
		}
	}
	return out
}

func (d *draft) yearSheet() {
	d.paper(page.Landscape)
	d.title = d.yearText() + "年度三会一课情况表"
	l := list{title: d.title, left: d.branchLine(), right: d.dateLine(), foot: []string{"支部书记：", dayBlank},
		heads: []string{"月份", "支部党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议", "党员到会率", "备注"},
		cols:  []float64{17, 30, 30, 30, 26, 30, 26, 24, 20, 24}}
	heads, byMonth := branch.Heads(d.in), map[int][]record.Record{}
	counts := map[string]int{}
	for _, m := range d.meetingsOf() {
		byMonth[dayOf(m.Values["start"]).Month] = append(byMonth[dayOf(m.Values["start"]).Month], m)
		counts[m.Values["kind"]]++
	}
	for month := 1; month <= 12; month++ {
		line := []string{strconv.Itoa(month) + "月"}
		for _, kind := range yearKinds {
			line = append(line, d.heldIn(byMonth[month], kind))
		}
		l.rows = append(l.rows, stretched(d.line(append(line, attendanceRate(byMonth[month], heads), "")...)))
	}
	l.sums = []page.Row{d.yearTotals(counts)}
	d.drawList(l)
}

// heldIn words the meetings of one kind in one month: the day and the number, without
// the year, and where there are several without the kind either, as 1.15(06).
func (d *draft) heldIn(meetings []record.Record, kind string) string {
	meetings = slices.DeleteFunc(slices.Clone(meetings), func(m record.Record) bool { return m.Values["kind"] != kind })
	var out []string
	for _, m := range meetings {
		day := dayOf(m.Values["start"])
		held, serial := fmt.Sprintf("%d.%d", day.Month, day.Day), strings.TrimPrefix(m.Values["serial"], d.yearText()+"-")
		switch {
		case serial == "":
		case len(meetings) > 1:
			held += "(" + serial[strings.LastIndex(serial, "-")+1:] + ")"
		default:
			held += " " + serial
		}
		out = append(out, d.tell(held, "serial", d.nameOf(m)))
	}
	return strings.Join(out, "、")
}

// attendanceRate is the share of members who came to the month's general meetings.
func attendanceRate(meetings []record.Record, heads func(record.Record) (present, expected int)) string {
	present, expected := 0, 0
	for _, m := range meetings {
		if m.Values["kind"] == branch.AllMembers || m.Values["kind"] == branch.ThemeDay {
			came, due := heads(m)
			present, expected = present+came, expected+due
		}
	}
	if expected == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", float64(present)*100/float64(expected))
}

// yearTotals compares the year's counts with the least the rules ask for;
// shortfalls stand in red.
func (d *draft) yearTotals(counts map[string]int) page.Row {
	row := page.Row{Cells: []page.Cell{d.listHead("合计/\n应有")}}
	for _, kind := range yearKinds {
		text, short := d.total(kind, counts[kind])
		c := d.listCell(text)
		if short {
			c = d.red(c)
		}
		row.Cells = append(row.Cells, c)
	}
	row.Cells = append(row.Cells, d.listCell(""), d.listCell(""))
	return row
}

func (d *draft) total(kind string, held int) (text string, short bool) {
	if d.opt.Blank {
		return "", false
	}
	if kind == branch.Committee && d.profile.Values["has_committee"] == branch.No {
		return "不设支委会", false
	}
	for _, m := range d.rules().Minimums {
		if m.Kind != kind {
			continue
		}
		need := m.Times
		if m.Per == "group" {
			groups := len(branch.Groups(d.in))
			if groups == 0 {
				return "不设党小组", false
			}
			need *= groups
		}
		return fmt.Sprintf("%d/%d", held, need), held < need
	}
	return strconv.Itoa(held), false
}

// quarterPlan is the plan of organisational life, a line a planned meeting.
func (d *draft) quarterPlan() {
	d.paper(page.Landscape)
	d.title = "组织生活季度计划表"
	l := list{title: d.yearText() + "年组织生活季度计划表", left: d.branchLine(), right: d.dateLine(), foot: []string{"支部书记：", "填表人：", dayBlank},
		heads: []string{"季度", "计划时间", "会议类型", "主题", "主持/主讲", "完成情况"}, cols: []float64{24, 32, 40, 91, 30, 40}}
	if !d.opt.Blank {
		for _, r := range d.profile.Rows("plan") {
			get := func(column string) string { return d.cell(d.profile, "plan", r, column) }
			l.rows = append(l.rows, d.line(get("quarter"), get("planned"), get("kind"), get("title"), get("chair"), get("result")))
		}
	}
	d.drawList(l)
}
