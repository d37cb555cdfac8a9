package print

import (
	"fmt"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f21 is the evaluation sheet of posts and zones. Source: 100 points and stars of
// unit practice [S31, S32]; the items are the rule set's list (domain.md §5.3,
// §7.3 F21).
func f21() Form {
	return Form{Code: "F21", Name: "示范岗、责任区考评表", Kinds: []string{"post", "zone"}, Blank: true,
		Source: "单位党员示范岗、责任区考评办法；考评项目由规则表给出",
		draw:   func(d *draft) { d.each(page.Portrait, d.evaluation) }}
}

func (d *draft) evaluation(p record.Record) {
	name, area := "党员示范岗考评表", "岗位名称"
	if p.Kind == "zone" {
		name, area = "党员责任区考评表", "区域名称"
	}
	d.heading(name)
	d.headline(d.branchLine(), []page.Span{d.say("编号："), d.blank(d.text(p, "code"), 34)})
	marks := p.Rows("evaluation")
	var last record.Row
	if len(marks) > 0 {
		last = marks[len(marks)-1]
	}
	get := func(column string) string {
		if last.ID == "" {
			return ""
		}
		return d.cell(p, "evaluation", last, column)
	}
	m := d.member(p.Values["holder"])
	rows := []page.Row{
		cells(d.askWide(2, area, p, "name"), d.give(2, "考评期", get("period"))),
		cells(d.askWide(2, "党员姓名", m, "name"), d.give(2, "单位及职务", d.work(m))),
		row(d.label("序号"), wide(2, d.label("考评项目")), d.label("分值"), d.label("得分"), d.label("说明")),
	}
	set := d.rules()
	for i, item := range set.Scores {
		rows = append(rows, page.Row{H: 10, Cells: []page.Cell{d.label(fmt.Sprint(i + 1)), wide(2, d.label(item.Name)), d.label(fmt.Sprint(item.Full)), d.value(get(item.Item)), d.value("")}})
	}
	rows = append(rows,
		page.Row{H: 12, Cells: []page.Cell{wide(3, d.label("总　分")), d.label("100"), d.value(get("total")), d.value(stars(get("star")))}},
		cells(d.opinion(5, 38, "考评意见", get("opinion"), "考评人（签名）："+get("evaluator")+nameBlank+dayBlank)),
		cells(d.opinion(5, 30, "本人意见", "", "党员（签名）："+nameBlank+dayBlank)),
		cells(d.opinion(5, 36, "党支部意见", "", "书记（签名）：　　　　（盖章）"+dayBlank)))
	d.Table(page.Table{Cols: []float64{26, 27, 27, 27, 28, 30}, Rows: rows, Keep: 14})
	note := d.song(size5s)
	d.Gap(2)
	d.Text(page.Para{{Text: "注：90分以上五星，80—89分四星，70—79分三星，60—69分二星，60分以下一星；70分以下摘牌，次年可再申报。", Style: note}})
}
