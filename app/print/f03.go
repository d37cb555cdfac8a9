package print

import (
	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f03 is 入党申请人谈话情况记录表. Source: 细则7; table of a provincial working
// handbook [S1] (domain.md §7.3 F03).
func f03() Form {
	return Form{Code: "F03", Name: "入党申请人谈话情况记录表", Kinds: []string{"pool"}, Blank: true,
		Source: "《中国共产党发展党员工作细则》第七条；省级发展党员工作手册",
		draw:   func(d *draft) { d.each(page.Portrait, d.talk) }}
}

func (d *draft) talk(p record.Record) {
	d.heading("入党申请人谈话情况记录表")
	d.headline(d.branchLine(), nil)
	prompts := d.song(size5)
	prompts.Lead = 18
	talk := wide(6, high(110, page.Cell{VAlign: page.Top}))
	for _, text := range []string{"一、入党动机：", "二、对党的基本知识的了解：", "三、是否愿意参加党支部的活动：", "四、其他需要说明的情况：", "五、初步意见："} {
		talk.Text = append(talk.Text, page.Para{{Text: text, Style: prompts}})
	}
	d.Table(page.Table{Cols: []float64{25, 30, 25, 25, 30, 30}, Keep: 14, Rows: []page.Row{
		cells(d.ask("姓名", p, "name"), d.ask("性别", p, "gender"), d.ask("民族", p, "ethnicity")),
		cells(d.askWide(2, "身份证号", p, "id_no"), []page.Cell{d.label("递交申请书\n时间"), wide(2, d.value(d.text(p, "applied")))}),
		cells(d.give(1, "是否年满\n十八周岁", d.adult(p)), d.ask("谈话时间", p, "talked"), d.give(1, "谈话地点", "")),
		cells(d.write(5, 28, "个人简历", d.text(p, "resume"))),
		cells(d.write(5, 28, "家庭主要\n成员及社会\n关系", d.family(p))),
		d.banner(6, "谈话记录"),
		{Cells: []page.Cell{talk}, Stretch: true},
	}})
	d.footline("谈话人（职务）（签名）："+d.text(p, "talker"), "记录人（签名）："+nameBlank)
}

// adult says whether a person was 18 on the day of the application (细则5).
func (d *draft) adult(p record.Record) string {
	birth, applied := record.ReadDate(p.Values["birth"]), record.ReadDate(p.Values["applied"])
	if birth.IsZero() || applied.IsZero() {
		return ""
	}
	if applied.Before(birth.AddMonths(18 * 12)) {
		return "否"
	}
	return "是"
}

// family lists relatives as one line each.
func (d *draft) family(p record.Record) string {
	out := ""
	for i, r := range p.Rows("family") {
		if i > 0 {
			out += "\n"
		}
		for j, column := range []string{"relation", "name", "politics", "work"} {
			text := d.cell(p, "family", r, column)
			if j > 0 && text != "" {
				out += "，"
			}
			out += text
		}
	}
	return out
}

// isFull reports whether a person of the pool has become a full member.
func isFull(p record.Record) bool { return p.Values["stage"] == branch.FullMember }
