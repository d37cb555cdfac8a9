package print

import (
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f07 is 确定发展对象征求意见情况记录表. Source: 细则13; table of a provincial
// working handbook [S1] (domain.md §7.3 F07).
func f07() Form {
	return Form{Code: "F07", Name: "确定发展对象征求意见情况记录表", Kinds: []string{"pool"}, Blank: true,
		Variants: []Variant{{"TARGET", "确定发展对象征求意见"}, {"CONVERSION", "预备党员转正征求意见"}},
		Source:   "《中国共产党发展党员工作细则》第十三条、第三十二条；省级发展党员工作手册",
		draw:     func(d *draft) { d.each(page.Portrait, d.opinions) }}
}

func (d *draft) opinions(p record.Record) {
	title := "确定发展对象征求意见情况记录表"
	if d.variant == "CONVERSION" {
		title = "预备党员转正征求意见情况记录表"
	}
	d.heading(title)
	d.headline(d.branchLine(), nil)
	text := ""
	if d.variant == "TARGET" {
		for _, o := range [][2]string{{"党小组意见：", "opinion_group"}, {"培养联系人意见：", "opinion_contacts"}, {"党员意见：", "opinion_members"}, {"群众意见：", "opinion_masses"}} {
			if said := d.text(p, o[1]); said != "" {
				text = joinText(text, o[0]+said)
			}
		}
	}
	heard := d.value("")
	if d.variant == "TARGET" {
		heard = d.value(d.text(p, "opinions_heard"))
	}
	body := labelled("要点和主要结论", wide(5, d.tall(text, 120)))
	hint := d.song(size5s)
	hint.Lead = 5
	body.Sign = []page.Para{{{Text: "填写要点：①现实表现；②主要优缺点；③是否同意。", Style: hint}}}
	d.Table(page.Table{Cols: identityCols, Keep: 14, Rows: []page.Row{
		cells(d.ask("姓名", p, "name"), d.ask("性别", p, "gender"), d.give(1, "出生年月", d.month(p, "birth", cnDate))),
		cells(d.ask("民族", p, "ethnicity"), d.ask("籍贯", p, "native_place"), d.ask("学历", p, "education")),
		cells(d.give(1, "入团时间", d.leagueDate(p)), d.give(3, "工作单位\n及职务", d.work(p))),
		cells([]page.Cell{d.label("征求意见\n时间"), heard}, d.give(3, "地点", "")),
		cells(d.give(1, "征求意见人", ""), d.give(3, "征求意见\n对象", "")),
		{Split: true, Stretch: true, Cells: []page.Cell{d.label("要点和\n主要结论"), body}},
	}})
	d.footline("记录人（签名）：", dayBlank)
}
