package print

import (
	"fmt"
	"strconv"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f17 is “党员示范岗”申报表. Source: 教管条例22 names the posts; no national form
// exists, the grid follows unit practice [S31–S34] (domain.md §5, §7.3 F17).
func f17() Form {
	return Form{Code: "F17", Name: "“党员示范岗”申报表", Kinds: []string{"post"}, Blank: true,
		Source: "《中国共产党党员教育管理工作条例》第二十二条；单位党员示范岗申报表",
		draw:   func(d *draft) { d.each(page.Portrait, d.postForm) }}
}

// postCols are the columns of F17, 165 mm together.
var postCols = []float64{28, 30, 28, 29, 25, 25}

func (d *draft) postForm(p record.Record) {
	d.heading("“党员示范岗”申报表")
	d.headline(d.branchLine(), []page.Span{d.say("编号："), d.blank(d.text(p, "code"), 34)})
	m := d.member(p.Values["holder"])
	opinion := d.text(p, "branch_opinion")
	approved := ""
	if p.Values["approved_on"] != "" {
		approved = d.text(p, "approved_on") + "审定同意。"
	}
	d.Table(page.Table{Cols: postCols, Rows: []page.Row{
		cells(d.ask("姓名", m, "name"), d.ask("性别", m, "gender"), d.give(1, "出生年月", d.month(m, "birth", cnDate))),
		cells(d.ask("入党时间", m, "joined"), d.ask("岗位名称", p, "name"), d.ask("岗位类别", p, "type")),
		cells(d.give(3, "单位及职务", d.work(m)), d.ask("联系电话", m, "mobile")),
		cells(d.write(5, 26, "岗位职责", d.text(p, "duties"))),
		cells(d.write(5, 26, "示范标准", d.text(p, "standard"))),
		cells(d.write(5, 26, "公开承诺", d.promises(p))),
		cells(d.write(5, 40, "主要事迹", d.text(p, "deeds"))),
		cells(d.opinion(5, 24, "党支部意见", opinion, "书记签名：　　　　（盖章）　"+d.dateOr(p, "branch_opinion_on"))),
		cells(d.opinion(5, 24, "上级党组织\n意见", approved, "（盖章）　"+d.dateOr(p, "approved_on"))),
		cells(d.askWide(2, "挂牌时间", p, "hung_on"), []page.Cell{d.label("复评/摘牌\n记录"), wide(2, d.value(d.reviewed(p)))}),
	}})
}

// promises lists the public promises with their due dates.
func (d *draft) promises(p record.Record) string {
	var out []string
	for i, r := range p.Rows("promise") {
		line := fmt.Sprintf("%d. %s", i+1, d.cell(p, "promise", r, "text"))
		out = append(out, line+inCharge("", d.cell(p, "promise", r, "due"), d.cell(p, "promise", r, "done")))
	}
	return strings.Join(out, "\n")
}

// reviewed words the re-evaluation and removal of a sign.
func (d *draft) reviewed(p record.Record) string {
	text := ""
	if p.Values["reviewed_on"] != "" {
		text = d.text(p, "reviewed_on") + "复评" + d.text(p, "review_result")
	}
	if p.Values["removed_on"] != "" {
		if text != "" {
			text += "；"
		}
		text += d.text(p, "removed_on") + "摘牌"
		if why := d.text(p, "removed_reason"); why != "" {
			text += "（" + why + "）"
		}
	}
	return text
}

// f18 is 党员责任区登记表. Source: as F17; fields of domain.md §5.2, §7.3 F18.
func f18() Form {
	return Form{Code: "F18", Name: "党员责任区登记表", Kinds: []string{"zone"}, Blank: true,
		Source: "《中国共产党党员教育管理工作条例》第二十二条；单位党员责任区登记表",
		draw:   func(d *draft) { d.each(page.Portrait, d.zoneForm) }}
}

func (d *draft) zoneForm(z record.Record) {
	d.heading("党员责任区登记表")
	d.headline(d.branchLine(), []page.Span{d.say("编号："), d.blank(d.text(z, "code"), 34)})
	m := d.member(z.Values["holder"])
	rows := []page.Row{
		cells(d.askWide(3, "区域名称", z, "name"), d.ask("类型", z, "type")),
		cells(d.askWide(5, "范围", z, "scope")),
		cells(d.ask("责任人", m, "name"), d.ask("联系电话", m, "mobile"), d.ask("覆盖职工数", z, "covered")),
		cells(d.give(3, "单位及职务", d.work(m)), d.ask("挂牌时间", z, "hung_on")),
		cells(d.write(5, 18, "成员", d.zoneMembers(z))),
		cells(d.write(5, 32, "职责任务", d.text(z, "duties"))),
		cells(d.write(5, 26, "目标", d.goals(z))),
		cells(d.write(5, 26, "公开承诺", d.promises(z))),
		d.banner(6, "考评记录"),
		row(d.label("时间"), d.label("得分"), d.label("星级"), wide(3, d.label("意见"))),
	}
	marks := z.Rows("evaluation")
	for i := range max(4, len(marks)) {
		get := func(string) string { return "" }
		if i < len(marks) {
			get = func(column string) string { return d.cell(z, "evaluation", marks[i], column) }
		}
		rows = append(rows, page.Row{Split: true, Cells: []page.Cell{d.value(get("period")), d.value(get("total")), d.value(stars(get("star"))), wide(3, d.value(get("opinion")))}})
	}
	d.Table(page.Table{Cols: postCols, Rows: rows})
}

func (d *draft) zoneMembers(z record.Record) string {
	var out []string
	for _, r := range z.Rows("members") {
		name := d.text(d.member(r.ID), "name")
		if name == "" {
			name = d.cell(z, "members", r, "member")
		}
		if duty := d.cell(z, "members", r, "duty"); duty != "" {
			name += "（" + duty + "）"
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}

func (d *draft) goals(z record.Record) string {
	var out []string
	for i, r := range z.Rows("goal") {
		line := fmt.Sprintf("%d. %s", i+1, d.cell(z, "goal", r, "name"))
		for _, c := range [][2]string{{"，基数", "baseline"}, {"，目标", "target"}, {"，实际", "actual"}} {
			if v := d.cell(z, "goal", r, c[1]); v != "" {
				line += c[0] + v
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// stars writes a rating as stars: 4 → ★★★★.
func stars(n string) string {
	if n == "" {
		return ""
	}
	count, err := strconv.Atoi(n)
	if err != nil || count < 0 || count > 5 {
		return n
	}
	return strings.Repeat("★", count)
}
