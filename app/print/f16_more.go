package print

import (
	"fmt"
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// duesCalc is the sheet a unit works out dues on from wage items (LOCAL); the
// items themselves are kept nowhere and filled in by hand.
func (d *draft) duesCalc() {
	d.paper(page.Landscape)
	d.title = "党费核算表"
	l := list{title: d.yearText() + "年党费核算表", left: d.branchLine(), right: []page.Span{d.say("单位：元")}, foot: []string{"核算人：", "组织委员：", dayBlank},
		heads: []string{"序号", "姓名", "岗位工资", "薪级工资", "基础绩效", "养老保险", "职业年金", "所得税", "医疗", "失业", "公积金", "交纳基数", "比例", "应交/月"},
		cols:  []float64{11, 24, 18, 18, 18, 18, 18, 18, 16, 16, 18, 24, 16, 24}}
	for i, line := range sortedLines(d.sheetOf(d.opt.Month), d.opt.Order) {
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(line.Member, "name"), "", "", "", "", "", "", "", "", "", yuan(line.Base), rate(line.BP), yuan(line.Due)))
	}
	d.drawList(l)
}

// sortedLines returns the lines of a sheet by name.
func sortedLines(s branch.DuesSheet, order string) []branch.DuesLine {
	byID := map[string]branch.DuesLine{}
	var members []record.Record
	for _, line := range s.Lines {
		byID[line.Member.ID] = line
		members = append(members, line.Member)
	}
	var out []branch.DuesLine
	for _, m := range sortedByName(members, order) {
		out = append(out, byID[m.ID])
	}
	return out
}

// duesSummary is one line a branch and month, with the committee's seal.
func (d *draft) duesSummary() {
	d.paper(page.Portrait)
	d.title = "党费收缴汇总表"
	l := list{title: d.yearText() + "年党费收缴汇总表", left: d.branchLine(), right: []page.Span{d.say("单位：元")}, foot: []string{"支部书记：", "填表人：", "（基层党委盖章）" + dayShort},
		heads: []string{"序号", "党支部名称", "月份", "应交人数", "应交", "实交", "备注"}, cols: []float64{12, 58, 16, 18, 21, 21, 19}}
	var due, paid int64
	for month := 1; month <= 12 && !d.opt.Blank; month++ {
		s := d.sheetOf(month)
		if (record.Date{Year: d.opt.Year, Month: month}).After(d.in.Today()) || s.Payers == 0 {
			continue
		}
		due, paid = due+s.Due, paid+s.Paid
		note := ""
		switch {
		case s.Handed:
			note = "已上解"
		case s.Open() > 0:
			note = fmt.Sprintf("%d人未交", s.Open())
		}
		l.rows = append(l.rows, d.line(strconv.Itoa(len(l.rows)+1), d.branchName(), strconv.Itoa(month)+"月", strconv.Itoa(s.Payers), yuan(s.Due), yuan(s.Paid), note))
	}
	l.sums = []page.Row{tied(row(wide(4, d.listHead("合计")), d.listCell(d.amount(due)), d.listCell(d.amount(paid)), d.listCell(""))),
		row(wide(2, d.listHead("实交合计（大写）")), wide(5, d.capitals(paid)))}
	d.drawList(l)
}

// duesChanges lists who joined, left or paid for months before, in the year.
func (d *draft) duesChanges() {
	d.paper(page.Landscape)
	d.title = "党费异动备案表"
	l := list{title: d.yearText() + "年党费异动备案表", left: d.branchLine(), right: []page.Span{d.say("单位：元")}, foot: []string{"支部书记：", "组织委员：", dayBlank},
		heads: []string{"序号", "姓名", "异动类型", "异动日期", "对方组织", "原月缴标准", "现月缴标准", "补交月份", "补交金额", "备注"},
		cols:  []float64{12, 26, 26, 26, 55, 22, 22, 26, 22, 20}}
	add := func(m record.Record, kind, day, party, months, amount string) {
		l.rows = append(l.rows, d.line(strconv.Itoa(len(l.rows)+1), d.text(m, "name"), kind, day, party, "", d.text(m, "monthly_fen"), months, amount, ""))
	}
	year := strconv.Itoa(d.opt.Year)
	for _, m := range sortedByName(d.all("member", "name"), d.opt.Order) {
		v := m.Values
		if len(v["in_date"]) > 4 && v["in_date"][:4] == year {
			add(m, d.text(m, "in_kind"), d.brief(m, "in_date"), d.text(m, "in_from"), "", "")
		}
		if len(v["out_date"]) > 4 && v["out_date"][:4] == year {
			add(m, d.text(m, "out_kind"), d.brief(m, "out_date"), d.text(m, "out_to"), "", "")
		}
		d.backPayments(m, add)
	}
	d.drawList(l)
}

// backPayments finds months paid after the month that followed them.
func (d *draft) backPayments(m record.Record, add func(m record.Record, kind, day, party, months, amount string)) {
	r, ok := d.in.Get("dues", branch.DuesID(m.ID, d.opt.Year))
	if !ok {
		return
	}
	for _, row := range r.Rows("month") {
		paid := record.ReadDate(row.Values["paid_on"])
		month := record.Date{Year: d.opt.Year, Month: record.Int(row.ID)}
		if paid.IsZero() || !paid.After(month.AddMonths(1).Last()) {
			continue
		}
		add(m, "补交", dotDate(paid.String()), "", month.String(), yuan(record.Fen(row.Values["paid"])))
	}
}
