package print

import (
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f04 is 推荐入党积极分子登记表. Source: 细则8; table of a provincial working
// handbook [S1] (domain.md §7.3 F04).
func f04() Form {
	return Form{Code: "F04", Name: "推荐入党积极分子登记表", Kinds: []string{"pool"}, Blank: true,
		Source: "《中国共产党发展党员工作细则》第八条；省级发展党员工作手册",
		draw:   func(d *draft) { d.each(page.Portrait, d.recommend) }}
}

// identityCols are the columns of F04, F07 and F23.
var identityCols = []float64{25, 35, 25, 30, 25, 25}

func (d *draft) recommend(p record.Record) {
	d.heading("推荐入党积极分子登记表")
	d.headline(d.branchLine(), nil)
	way := map[string]string{}
	if route := p.Values["recommend_route"]; route != "" {
		way[route] = d.text(p, "recommend_route") + "，" + d.text(p, "recommended") + "。"
	}
	league := way["LEAGUE"] + stopped(d.text(p, "league"))
	route := func(n int, h float64, name, text string, signs ...string) page.Row {
		cells := []page.Cell{d.label(name), d.sign(wide(4, d.tall(text, h)), signs...)}
		if n > 0 {
			cells = append([]page.Cell{deep(n, d.side("推荐方式"))}, cells...)
		}
		return page.Row{Cells: cells, Stretch: true}
	}
	d.Table(page.Table{Cols: identityCols, Rows: []page.Row{
		cells(d.ask("被推荐人\n姓名", p, "name"), d.ask("性别", p, "gender"), d.give(1, "出生年月", d.month(p, "birth", cnDate))),
		cells(d.ask("民族", p, "ethnicity"), d.ask("籍贯", p, "native_place"), d.ask("学历", p, "education")),
		cells(d.give(1, "入团时间", d.leagueDate(p)), d.give(3, "工作单位\n及职务", d.work(p))),
		route(3, 46, "党员推荐", way["MEMBERS"], "推荐人（签名）："+nameBlank, dayBlank),
		route(0, 46, "群团组织\n推优", league, "群（团）组织（盖章）　负责人（签名）：　　　　　　", dayBlank),
		route(0, 32, "其他方式", way["OTHER"]),
		cells(d.write(5, 26, "备注", d.text(p, "note"))),
	}})
}

// stopped ends a text with a full stop.
func stopped(text string) string {
	if text == "" || strings.HasSuffix(text, "。") {
		return text
	}
	return text + "。"
}

// leagueDate returns when a person joined the league; those who never did have
// 无 in this box.
func (d *draft) leagueDate(p record.Record) string {
	if p.ID != "" && p.Values["league_date"] == "" {
		return "无"
	}
	return d.text(p, "league_date")
}
