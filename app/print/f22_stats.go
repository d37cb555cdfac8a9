package print

import (
	"fmt"
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// statistics is the page of figures a branch reports: members, pool, dues,
// meetings, demands, posts.
func (d *draft) statistics() {
	d.paper(page.Portrait)
	d.title = d.yearText() + "年党支部统计页"
	d.heading(d.title)
	d.headline(d.branchLine(), d.dateLine())
	t := page.Table{Keep: 14, Cols: []float64{33, 33, 33, 33, 33}}
	for _, section := range d.figures() {
		t.Rows = append(t.Rows, d.banner(5, section.name))
		for i := 0; i < len(section.facts); i += 5 {
			var heads, values page.Row
			for k := i; k < i+5; k++ {
				f := fact{}
				if k < len(section.facts) {
					f = section.facts[k]
				}
				heads.Cells, values.Cells = append(heads.Cells, d.listHead(f.name)), append(values.Cells, d.value(f.value))
			}
			t.Rows = append(t.Rows, heads, values)
		}
	}
	d.Table(t)
	d.footline("支部书记：", "填表人：", dayBlank)
}

// fact is one figure with its name.
type fact struct{ name, value string }

type figures struct {
	name  string
	facts []fact
}

func (d *draft) figures() []figures {
	return []figures{
		{"党员", d.memberFigures()}, {"发展党员", d.poolFigures()}, {"组织生活", d.meetingFigures()}, {"党费", d.duesFigures()}, {"作用发挥", d.roleFigures()},
	}
}

// count makes a figure; blank forms have none.
func (d *draft) count(name string, n int) fact {
	if d.opt.Blank {
		return fact{name, ""}
	}
	return fact{name, strconv.Itoa(n)}
}

func (d *draft) memberFigures() []fact {
	var roster []record.Record
	if !d.opt.Blank {
		roster = branch.Roster(d.in, d.in.Today())
	}
	tally := func(match func(v record.Values) bool) int {
		n := 0
		for _, m := range roster {
			if match(m.Values) {
				n++
			}
		}
		return n
	}
	young := 0
	for _, m := range roster {
		if age, ok := branch.Age(record.ReadDate(m.Values["birth"]), d.in.Today()); ok && age <= 35 {
			young++
		}
	}
	return []fact{
		d.count("党员总数", len(roster)),
		d.count("正式党员", tally(func(v record.Values) bool { return v["category"] == branch.Full })),
		d.count("预备党员", tally(func(v record.Values) bool { return v["category"] == branch.Probationary })),
		d.count("女党员", tally(func(v record.Values) bool { return v["gender"] == branch.Female })),
		d.count("少数民族党员", tally(func(v record.Values) bool { return v["ethnicity"] != "" && v["ethnicity"] != "01" })),
		d.count("35岁及以下", young),
		d.count("大专及以上", tally(func(v record.Values) bool { return higher(v["education"]) })),
		d.count("流动党员", tally(func(v record.Values) bool { return v["is_floating"] == branch.Yes })),
		d.count("失联党员", tally(func(v record.Values) bool { return v["is_lost"] == branch.Yes })),
		d.count("双纳管", tally(func(v record.Values) bool { return v["is_dual_managed"] == branch.Yes })),
	}
}

// higher reports whether a code of 学历 is 大专 or more (domain.md §3.4).
func higher(code string) bool { return code != "" && (code[0] == '1' || code[0] == '2') }

func (d *draft) poolFigures() []fact {
	stages := map[string]int{}
	for _, p := range d.all("pool", "name") {
		stages[p.Values["stage"]]++
	}
	return []fact{
		d.count("入党申请人", stages[branch.Applicant]), d.count("入党积极分子", stages[branch.Activist]), d.count("发展对象", stages[branch.Target]),
		d.count("预备党员", stages[branch.OnProbation]+stages[branch.AdmittedPending]+stages[branch.ConversionPending]), d.count("已转正", stages[branch.FullMember]),
	}
}

func (d *draft) meetingFigures() []fact {
	counts := map[string]int{}
	for _, m := range d.meetingsOf() {
		counts[m.Values["kind"]]++
	}
	return []fact{
		d.count("支部党员大会", counts[branch.AllMembers]), d.count("支委会", counts[branch.Committee]), d.count("党小组会", counts[branch.GroupMeet]),
		d.count("党课", counts[branch.Lecture]), d.count("主题党日", counts[branch.ThemeDay]),
	}
}

func (d *draft) duesFigures() []fact {
	var due, paid int64
	for month := 1; month <= 12 && !d.opt.Blank; month++ {
		if (record.Date{Year: d.opt.Year, Month: month}).After(d.in.Today()) {
			break
		}
		s := d.sheetOf(month)
		due, paid = due+s.Due, paid+s.Paid
	}
	late := 0
	if !d.opt.Blank {
		late = len(branch.ArrearsOn(d.in.Today(), d.in))
	}
	percent := fact{"收缴率", ""}
	if due > 0 {
		percent.value = fmt.Sprintf("%.1f%%", float64(paid)*100/float64(due))
	}
	today := d.in.Today()
	payers := d.sheetOf(today.Month).Payers
	return []fact{d.count("应缴人数", payers), {"应缴（元）", d.amount(due)}, {"实缴（元）", d.amount(paid)}, percent, d.count("欠缴人数", late)}
}

func (d *draft) roleFigures() []fact {
	demands, solved := 0, 0
	for _, r := range d.all("demand", "raised_at") {
		if record.ReadDate(r.Values["raised_at"]).Year != d.opt.Year {
			continue
		}
		demands++
		if r.Values["solved"] == branch.Yes {
			solved++
		}
	}
	live := func(kind string) int {
		n := 0
		for _, r := range d.all(kind, "code") {
			if r.Values["status"] != branch.PostRemoved {
				n++
			}
		}
		return n
	}
	return []fact{d.count("诉求征集", demands), d.count("诉求解决", solved), d.count("党员示范岗", live("post")), d.count("党员责任区", live("zone")), d.count("主体档案", len(d.all("dossier", "name")))}
}
