package print

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f23 is 流动党员登记表 and the list of floating members. Source: 中办 2024-11 流动党员
// 意见; registration forms of unit branches (domain.md §3.7, §7.3 F23).
func f23() Form {
	return Form{Code: "F23", Name: "流动党员登记表", Kinds: []string{"member"}, Blank: true, Whole: true,
		Variants: []Variant{{"SHEET", "流动党员登记表"}, {"LIST", "流动党员台账"}},
		Source:   "《关于进一步加强和改进流动党员管理工作的意见》（2024）；单位流动党员登记表",
		draw: func(d *draft) {
			if len(d.records) == 0 {
				d.records = d.floating()
			}
			if d.variant == "LIST" {
				d.floatingList()
				return
			}
			d.each(page.Portrait, d.floatingSheet)
		}}
}

func (d *draft) floating() []record.Record {
	var out []record.Record
	if d.opt.Blank {
		return nil
	}
	for _, m := range branch.Roster(d.in, d.in.Today()) {
		if m.Values["is_floating"] == branch.Yes {
			out = append(out, m)
		}
	}
	return out
}

func (d *draft) floatingSheet(m record.Record) {
	d.heading("流动党员登记表")
	home := ""
	if m.ID != "" {
		home = d.branchName()
	}
	d.headline(nil, d.dateLine())
	rows := []page.Row{
		cells(d.ask("姓名", m, "name"), d.ask("性别", m, "gender"), d.give(1, "出生年月", d.month(m, "birth", cnDate))),
		cells(d.ask("民族", m, "ethnicity"), d.ask("籍贯", m, "native_place"), d.ask("学历", m, "education")),
		cells(d.askWide(2, "身份证号", m, "id_no"), d.askWide(2, "入党时间", m, "joined")),
		cells(d.give(3, "原所在\n党组织", home), d.ask("流动证号", m, "float_card")),
		cells(d.ask("外出时间", m, "float_since"), d.ask("外出原因", m, "float_reason"), d.ask("外出地点", m, "float_out_to")),
		cells(d.give(3, "流入党组织", ""), d.give(1, "联系人/\n电话", "")),
		cells(d.give(2, "从事工作", d.work(m)), d.askWide(2, "联系方式", m, "mobile")),
		cells(d.give(2, "党费交纳\n方式", ""), d.give(2, "参加组织\n生活情况", "")),
	}
	rows = append(append(rows, d.contactRows(m)...),
		cells(d.opinion(5, 34, "党支部意见", "", "书记（签名）：　　　　（盖章）"+dayBlank)),
		cells(d.askWide(5, "返回/转出/\n纳入结果", m, "float_state")))
	d.Table(page.Table{Cols: identityCols, Rows: rows})
}

// contactRows is the table of contacts with a floating member, four rows at least.
func (d *draft) contactRows(m record.Record) []page.Row {
	contacts := m.Rows("contact")
	n := max(4, len(contacts))
	rows := []page.Row{row(deep(n+1, d.label("联系记录\n（每季度\n至少一次）")), d.label("时间"), d.label("方式"), d.label("联系人"), wide(2, d.label("内容")))}
	for i := range n {
		get := func(string) string { return "" }
		if i < len(contacts) {
			get = func(column string) string { return d.cell(m, "contact", contacts[i], column) }
		}
		rows = append(rows, stretched(page.Row{H: 13, Cells: []page.Cell{d.value(get("date")), d.value(get("channel")), d.value(get("person")), wide(2, d.left(get("content")))}}))
	}
	return rows
}

func (d *draft) floatingList() {
	d.paper(page.Landscape)
	d.title = "流动党员台账"
	l := list{title: d.title, left: d.branchLine(), right: d.dateLine(), foot: []string{"支部书记：", "填表人：", dayBlank},
		heads: []string{"序号", "姓名", "性别", "身份证号", "入党时间", "外出时间", "外出原因", "外出地点", "流动类型", "流动状态", "联系方式", "最近联系", "备注"},
		cols:  []float64{10, 22, 10, 35, 20, 20, 16, 32, 18, 18, 22, 20, 14}}
	for i, m := range d.records {
		last := ""
		for _, r := range m.Rows("contact") {
			last = max(last, r.Values["date"])
		}
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(m, "name"), d.text(m, "gender"), d.text(m, "id_no"), d.brief(m, "joined"), d.brief(m, "float_since"),
			d.text(m, "float_reason"), d.text(m, "float_out_to"), d.text(m, "float_kind"), d.text(m, "float_state"), d.text(m, "mobile"), dotDate(last), ""))
	}
	d.drawList(l)
}
