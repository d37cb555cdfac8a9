package print

import (
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f11 is 预备党员教育考察登记表, controlled in some provinces. Source: 细则29–34;
// booklet of a provincial working handbook [S1] (domain.md §7.3 F11).
func f11() Form {
	return Form{Code: "F11", Name: "预备党员教育考察登记表", Kinds: []string{"pool"}, Blank: true, Overlay: true,
		Source: "《中国共产党发展党员工作细则》第二十九至三十四条；省级预备党员教育考察登记表（受控簿册的地方请套打）",
		draw:   func(d *draft) { d.each(page.Portrait, d.probation) }}
}

func (d *draft) probation(p record.Record) {
	d.heading("预备党员教育考察登记表")
	term := ""
	if p.Values["meeting1"] != "" {
		term = d.text(p, "meeting1") + "至" + d.text(p, "probation_end")
	}
	group := ""
	if p.ID != "" {
		group = d.branchName() + d.text(p, "assigned_group")
	}
	approver := ""
	if p.Values["approved1"] != "" {
		approver = d.superior()
	}
	d.Table(page.Table{Cols: []float64{40, 42.5, 40, 42.5}, Rows: fixed([]page.Row{
		cells(d.ask("姓名", p, "name"), d.ask("性别", p, "gender")),
		cells(d.ask("民族", p, "ethnicity"), d.give(1, "出生年月", d.month(p, "birth", cnDate))),
		cells(d.askWide(3, "居民身份证号码", p, "id_no")),
		cells(d.askWide(3, "现居住地", p, "home_address")),
		cells(d.ask("参加工作时间", p, "start_work_date"), d.give(1, "单位、职务或职业", d.work(p))),
		cells(d.ask("党委审批预备党员\n时间", p, "approved1"), d.give(1, "审批党委名称", approver)),
		cells(d.give(3, "预备期起止时间", term)),
		cells(d.give(3, "编入党支部和\n党小组名称", group)),
		cells(d.askWide(3, "入党宣誓时间", p, "oath")),
		cells(d.write(3, 148, "被批准为预备党员时\n的主要优缺点", "")),
	})})
	observed := d.probationRows(p)
	for i := range 2 {
		d.probationBlock(p, at2(observed, i))
	}
	d.section("是否可以按期转正的意见")
	verdict := ""
	if p.Values["meeting2"] != "" {
		verdict = d.text(p, "meeting2") + "支部党员大会讨论：" + d.text(p, "meeting2_result") + "。"
	}
	d.Table(page.Table{Cols: []float64{40, 125}, Rows: fixed([]page.Row{
		cells(d.opinion(1, 55, "党小组意见", "", "组长签名："+nameBlank+dayBlank)),
		cells(d.opinion(1, 65, "党支部意见", verdict, "书记签名：　　　　（盖章）"+dayBlank)),
		cells(d.opinion(1, 55, "党总支意见", "", "书记签名：　　　　（盖章）"+dayBlank)),
		cells(d.write(1, 40, "备注", d.text(p, "note"))),
	})})
}

// probationRows are the half-year observations that end after admission.
func (d *draft) probationRows(p record.Record) []record.Row {
	var out []record.Row
	for _, r := range p.Rows("observations") {
		if p.Values["meeting1"] != "" && r.Values["period_to"] > p.Values["meeting1"] {
			out = append(out, r)
		}
	}
	return out
}

func at2(rows []record.Row, i int) record.Row {
	if i < len(rows) {
		return rows[i]
	}
	return record.Row{}
}

// probationBlock is one half-year of the probation on a page of its own.
func (d *draft) probationBlock(p record.Record, r record.Row) {
	d.section("阶段考察记实")
	text, signed := "", dayBlank
	if r.ID != "" {
		text = d.cell(p, "observations", r, "period_from") + "至" + d.cell(p, "observations", r, "period_to") + "：" + d.cell(p, "observations", r, "text")
		if day := d.cell(p, "observations", r, "signed"); day != "" {
			signed = day
		}
	}
	d.Table(page.Table{Cols: []float64{40, 125}, Rows: fixed([]page.Row{
		cells(d.write(1, 105, "培养教育的主要\n内容及方式", text)),
		cells(d.opinion(1, 55, "党小组意见", "", "组长签名："+nameBlank+signed)),
		cells(d.opinion(1, 60, "党支部意见", "", "书记签名：　　　　（盖章）"+dayBlank)),
	})})
}
