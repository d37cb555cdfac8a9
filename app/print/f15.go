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
	return Form{Code: "F15", Name: "党员花名册", Kinds: []string{"member"}, Blank: true, Whole: true,
		Variants: []Variant{{"ALL", "党员花名册"}, {"FLOATING", "流动党员花名册"}, {"LOST", "失联党员花名册"}},
		Source:   "支部通用花名册式样；列与全国党员管理信息系统信息项对应",
		draw:     func(d *draft) { d.roster() }}
}

// rosterColumns are heads and widths in mm, 257 together.
var rosterColumns = []struct {
	head  string
	width float64
}{{"序号", 10}, {"姓名", 22}, {"性别", 10}, {"民族", 14}, {"出生年月", 22}, {"身份证号", 34}, {"入党时间", 22}, {"转正时间", 22},
	{"党龄", 12}, {"学历", 22}, {"单位及职务", 27}, {"联系电话", 20}, {"备注", 20}}

func (d *draft) roster() {
	d.paper(page.Landscape)
	members := sortedByName(d.rosterMembers(), d.opt.Order)
	d.title = d.form.Name
	for _, v := range d.form.Variants {
		if v.ID == d.variant {
			d.title = v.Name
		}
	}
	d.heading(d.title)
	count := []page.Span{d.say("共 "), d.put(strconv.Itoa(len(members))), d.say(" 人　　"), d.put(cnDate(d.in.Today().String()))}
	if d.opt.Blank {
		count = []page.Span{d.say("共　　　人　　" + dayBlank)}
	}
	d.headline([]page.Span{d.say("党支部："), d.put(d.branchOr(nameBlank + nameBlank))}, count)
	t := page.Table{Head: 1, Pad: 0.8, PadV: 0.7, Keep: 14}
	var heads page.Row
	for _, c := range rosterColumns {
		t.Cols = append(t.Cols, c.width)
		heads.Cells = append(heads.Cells, d.listHead(c.head))
	}
	t.Rows = append(t.Rows, heads)
	for i, m := range members {
		t.Rows = append(t.Rows, d.rosterRow(i+1, m))
	}
	if d.opt.Blank {
		t.Rows = append(t.Rows, d.emptyRows(len(t.Cols), d.rowsLeft())...)
	}
	d.Table(t)
	d.footline("支部书记：", "填表人：", dayBlank)
	d.restPages()
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

func (d *draft) rosterRow(n int, m record.Record) page.Row {
	return row(d.listCell(strconv.Itoa(n)), d.listCell(d.text(m, "name")), d.listCell(d.text(m, "gender")), d.listCell(d.text(m, "ethnicity")),
		d.listCell(d.brief(m, "birth")), d.listCell(d.text(m, "id_no")), d.listCell(d.brief(m, "joined")), d.listCell(d.brief(m, "converted")),
		d.listCell(d.standing(m)), d.listCell(d.text(m, "education")), d.listCell(d.work(m)), d.listCell(d.text(m, "mobile")), d.listCell(d.rosterNote(m)))
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
