package print

import (
	"strconv"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f05 is 入党积极分子备案表. Source: 细则8; filing table of a provincial working
// handbook [S1]; the second shape is that of a university branch [S38]
// (domain.md §7.3 F05).
func f05() Form {
	return Form{Code: "F05", Name: "入党积极分子备案表", Kinds: []string{"pool"}, Blank: true, Whole: true,
		Variants: []Variant{{"A", "备案表（通用）"}, {"B", "备案表（含推荐方式）"}},
		Source:   "《中国共产党发展党员工作细则》第八条；省级发展党员工作手册；高校支部备案表",
		draw:     func(d *draft) { d.filing() }}
}

func (d *draft) filing() {
	d.paper(page.Landscape)
	l := list{title: "入党积极分子备案表", left: d.branchLine(), right: d.dateLine(), foot: []string{"党支部书记（签名）：", dayBlank}}
	l.heads = []string{"序号", "部门", "姓名", "性别", "民族", "职务", "出生日期", "入团时间", "递交申请\n时间", "身份证号", "支部大会\n（支委会）\n时间", "支部意见", "培养\n联系人", "备注"}
	l.cols = []float64{10, 28, 18, 10, 14, 20, 20, 18, 20, 34, 22, 16, 17, 10}
	if d.variant == "B" {
		l.heads = []string{"支部", "姓名", "性别", "出生年月", "身份证号", "学历", "职务", "申请入党\n时间", "推荐或推优\n方式", "确定为积极\n分子时间", "培养联系人"}
		l.cols = []float64{34, 20, 11, 21, 36, 20, 25, 22, 24, 22, 22}
	}
	for i, p := range d.chosen(d.activists()) {
		contacts := d.guideNames(p, "contacts", "contact_names")
		if d.variant == "B" {
			l.rows = append(l.rows, d.line(d.shortBranch(), d.text(p, "name"), d.text(p, "gender"), d.month(p, "birth", dotDate), d.text(p, "id_no"), d.text(p, "education"),
				d.text(p, "title"), d.brief(p, "applied"), d.text(p, "recommend_route"), d.brief(p, "activist_decided"), contacts))
			continue
		}
		verdict := ""
		if p.Values["activist_decided"] != "" {
			verdict = "同意"
		}
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(p, "employer"), d.text(p, "name"), d.text(p, "gender"), d.text(p, "ethnicity"), d.text(p, "title"),
			d.brief(p, "birth"), d.leagueBrief(p), d.brief(p, "applied"), d.text(p, "id_no"), d.brief(p, "activist_decided"), verdict, contacts, d.text(p, "note")))
	}
	d.drawList(l)
}

func (d *draft) leagueBrief(p record.Record) string {
	if p.Values["league_date"] == "" {
		return "无"
	}
	return d.brief(p, "league_date")
}

// activists are the people of the pool who have been decided on, in that order.
func (d *draft) activists() []record.Record {
	var out []record.Record
	for _, p := range d.all("pool", "activist_decided") {
		if p.Values["activist_decided"] != "" && !isFull(p) && p.Values["exit"] == "" {
			out = append(out, p)
		}
	}
	return out
}

// guideNames names the contacts or introducers of a person: by reference, or as
// imported.
func (d *draft) guideNames(p record.Record, table, imported string) string {
	if people := d.people(p, table); len(people) > 0 {
		return d.namesOf(people)
	}
	return d.text(p, imported)
}
