package print

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f15 is 党员花名册. Source: headings as branches keep them, mapped to the national
// member sheet (domain.md §3.2, §7.3 F15); column widths ours.
func f15() Form {
	return Form{Code: "F15", Name: "党员花名册", Kinds: []string{"member"}, Blank: true, Whole: true, Ordered: true,
		Variants: []Variant{{"ALL", "党员花名册"}, {"FLOATING", "流动党员花名册"}, {"LOST", "失联党员花名册"}},
		Source:   "支部通用花名册式样；列与全国党员管理信息系统信息项对应",
		draw:     func(d *draft) { d.roster() }}
}

func (d *draft) roster() {
	d.paper(page.Landscape)
	members := sortedByName(d.rosterMembers(), d.opt.Order)
	d.title = d.variantName()
	l := list{title: d.title, left: d.branchLine(), foot: []string{"支部书记：", "填表人：", dayBlank},
		right: []page.Span{d.say("共"), d.put(strconv.Itoa(len(members))), d.say("人　　"), d.put(cnDate(d.in.Today().String()))},
		heads: []string{"序号", "姓名", "性别", "民族", "出生年月", "身份证号", "入党时间", "转正时间", "党龄", "学历", "单位及职务", "联系电话", "备注"},
		cols:  []float64{10, 22, 10, 14, 20, 34, 22, 22, 12, 22, 29, 20, 20}}
	if d.opt.Blank {
		l.right = []page.Span{d.say("共　　　人　　" + dayBlank)}
	}
	for i, m := range members {
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(m, "name"), d.text(m, "gender"), d.text(m, "ethnicity"), d.month(m, "birth", dotDate), d.text(m, "id_no"),
			d.brief(m, "joined"), d.brief(m, "converted"), d.standing(m), d.text(m, "education"), d.work(m), d.text(m, "mobile"), d.rosterNote(m)))
	}
	d.drawList(l)
}

func (d *draft) rosterMembers() []record.Record {
	if d.opt.Blank {
		return nil
	}
	var out []record.Record
	for _, m := range d.chosen(branch.Roster(d.in, d.in.Today())) {
		switch {
		case d.variant == "FLOATING" && m.Values["is_floating"] != branch.Yes:
		case d.variant == "LOST" && m.Values["is_lost"] != branch.Yes:
		default:
			out = append(out, m)
		}
	}
	return out
}

// rosterNote says what makes a member's row different from the others.
func (d *draft) rosterNote(m record.Record) string {
	if note := d.text(m, "note"); note != "" {
		return note
	}
	if m.Values["category"] == branch.Probationary {
		return d.text(m, "category")
	}
	return ""
}

// standing returns the years of party standing on today's date, 约 when the date
// of conversion is not known to the day.
func (d *draft) standing(m record.Record) string {
	converted := record.ReadDate(m.Values["converted"])
	if converted.IsZero() {
		return ""
	}
	t := branch.Standing(converted, record.Int(m.Values["standing_adjust_months"]), d.in.Today())
	if t.About {
		return "约" + strconv.Itoa(t.Years()) + "年"
	}
	return strconv.Itoa(t.Years()) + "年"
}

// work returns employer and title.
func (d *draft) work(r record.Record) string {
	employer, title := d.text(r, "employer"), d.text(r, "title")
	return employer + title
}
