package print

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f14 is 民主评议党员: register sheet, ballot, summary. Source: 支部条例;
// register sheet of an enterprise committee [S39], its box for the grade ours
// (domain.md §2.3, §7.3 F14).
func f14() Form {
	return Form{Code: "F14", Name: "民主评议党员登记表", Kinds: []string{"member", "meeting"}, Blank: true, Whole: true,
		Variants: []Variant{{"SHEET", "民主评议党员登记表"}, {"BALLOT", "民主评议党员测评表"}, {"SUMMARY", "民主评议党员汇总表"}},
		Source:   "《中国共产党支部工作条例（试行）》；单位民主评议党员登记表",
		draw: func(d *draft) {
			switch d.variant {
			case "BALLOT":
				d.appraisalBallot()
			case "SUMMARY":
				d.appraisalSummary()
			default:
				d.records = d.appraised()
				d.each(page.Portrait, d.appraisalSheet)
			}
		}}
}

// appraised are the chosen members, those of the chosen meeting, or the roster.
func (d *draft) appraised() []record.Record {
	if d.opt.Blank {
		return nil
	}
	var out []record.Record
	for _, r := range d.records {
		if r.Kind == "member" {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out
	}
	return branch.Roster(d.in, d.in.Today())
}

// grades returns a member's row of the appraisal: of the chosen meeting, else the
// newest in the member's own record.
func (d *draft) gradesOf(m record.Record) func(column string) string {
	for _, meeting := range d.records {
		if meeting.Kind != "meeting" {
			continue
		}
		for _, r := range meeting.Rows("grade") {
			if r.ID == m.ID {
				return func(column string) string { return d.cell(meeting, "grade", r, column) }
			}
		}
	}
	rows := m.Rows("appraisal")
	if len(rows) == 0 {
		return func(string) string { return "" }
	}
	last := rows[0]
	for _, r := range rows {
		if r.ID > last.ID { // the year is the row's id
			last = r
		}
	}
	return func(column string) string { return d.cell(m, "appraisal", last, column) }
}

func (d *draft) appraisalSheet(m record.Record) {
	d.heading("民主评议党员登记表")
	d.headline(d.branchLine(), []page.Span{d.put(d.yearText()), d.say("年度")})
	get := d.gradesOf(m)
	d.Table(page.Table{Cols: []float64{13, 22, 29, 22, 29, 26, 24}, Rows: []page.Row{
		row(deep(2, d.side("姓名")), d.label("现名"), d.value(d.text(m, "name")), d.label("性别"), d.value(d.text(m, "gender")), d.label("出生年月"), d.value(d.month(m, "birth", cnDate))),
		row(d.label("曾用名"), d.value(d.text(m, "former_name")), d.label("民族"), d.value(d.text(m, "ethnicity")), d.label("籍贯"), d.value(d.text(m, "native_place"))),
		row(wide(2, d.label("入党时间")), d.value(d.text(m, "joined")), d.label("转正时间"), d.value(d.text(m, "converted")), d.label("参加工作时间"), d.value(d.text(m, "start_work_date"))),
		row(wide(2, d.label("学历")), d.value(d.text(m, "education")), d.label("现任职务"), wide(3, d.value(d.work(m)))),
		d.banner(7, "个人小结"),
		{Cells: []page.Cell{wide(7, page.Cell{H: 160, Ruled: 10.2})}, Stretch: true},
	}})
	d.section("个人小结（续页）")
	d.Table(page.Table{Cols: []float64{165}, Rows: []page.Row{{Cells: []page.Cell{{H: 160, Ruled: 10.2}}, Stretch: true}}})
	d.Break()
	grade := get("grade")
	boxes := []page.Cell{d.label("评定等次"), d.ticks(grade, "优秀", "合格", "基本合格", "不合格")}
	d.Table(page.Table{Cols: []float64{36, 129}, Rows: fixed([]page.Row{
		cells(d.write(1, 36, "民主评议情况", d.appraisalCounts(get))),
		cells(boxes),
		cells(d.opinion(1, 50, "支部意见", get("opinion"), "支部书记（签字或盖章）："+nameBlank+dayBlank)),
		cells(d.opinion(1, 40, "本人意见", "", "签字："+nameBlank+dayBlank)),
		cells(d.opinion(1, 50, "上级党组织\n意见", "", "（盖章）"+dayBlank)),
		cells(d.write(1, 40, "备注", "")),
	})})
}

// ticks is a cell of check boxes, the right one ticked. Boxes are shapes: most
// faces lack them.
func (d *draft) ticks(chosen string, options ...string) page.Cell {
	s := d.song(size5)
	s.Align = page.Center
	p := page.Para{}
	for i, o := range options {
		gap := "　　"
		if i == 0 {
			gap = ""
		}
		p = append(p, page.Span{Text: gap, Style: s}, page.Span{Box: true, Tick: o == chosen, Style: s}, page.Span{Text: o, Style: s})
	}
	return page.Cell{Text: []page.Para{p}, H: rowH}
}

func (d *draft) appraisalCounts(get func(string) string) string {
	text := ""
	if self := get("self"); self != "" {
		text = "自评：" + self + "。"
	}
	votes := ""
	for _, v := range [][2]string{{"excellent", "优秀"}, {"qualified", "合格"}, {"basic", "基本合格"}, {"unqualified", "不合格"}} {
		if n := get(v[0]); n != "" {
			votes += v[1] + n + "票，"
		}
	}
	if votes != "" {
		text += "互评：" + trimEnd(votes, "，") + "。"
	}
	return text
}

func (d *draft) appraisalBallot() {
	d.paper(page.Portrait)
	d.title = "党支部民主评议党员测评表"
	l := list{title: d.title, left: d.branchLine(), right: d.dateLine(),
		heads: []string{"序号", "姓名", "优秀", "合格", "基本合格", "不合格", "存在问题"}, cols: []float64{12, 34, 18, 18, 20, 20, 43}}
	for i, m := range d.appraised() {
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(m, "name"), "", "", "", "", ""))
	}
	l.foot = []string{"说明：每人只能在一个等次内画“√”，优秀一般不超过三分之一；不署名。"}
	d.drawList(l)
}

func (d *draft) appraisalSummary() {
	d.paper(page.Portrait)
	d.title = "民主评议党员汇总表"
	l := list{title: d.yearText() + "年度民主评议党员汇总表", left: d.branchLine(), right: d.dateLine(),
		heads: []string{"序号", "姓名", "性别", "党小组", "自评", "优秀票", "合格票", "基本合格票", "不合格票", "支部评定", "备注"},
		cols:  []float64{10, 24, 11, 22, 16, 12, 12, 14, 13, 17, 14}, foot: []string{"支部书记：", "填表人：", dayBlank}}
	for i, m := range d.appraised() {
		get := d.gradesOf(m)
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(m, "name"), d.text(m, "gender"), d.text(m, "group"), get("self"), get("excellent"), get("qualified"),
			get("basic"), get("unqualified"), get("grade"), ""))
	}
	d.drawList(l)
}

func trimEnd(s, suffix string) string {
	for len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix {
		s = s[:len(s)-len(suffix)]
	}
	return s
}
