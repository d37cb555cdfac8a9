package print

import (
	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f08 is the political review: report, letter of enquiry, register sheet. Source:
// 细则16; report and sheet of a provincial working handbook [S1]; the letter's
// layout is ours (domain.md §7.3 F08).
func f08() Form {
	return Form{Code: "F08", Name: "政治审查材料", Kinds: []string{"pool"}, Blank: true,
		Variants: []Variant{{"REPORT", "政治审查情况报告"}, {"ENQUIRY", "政治审查函调信"}, {"SHEET", "政治审查登记表"}},
		Asks:     []Ask{{"to", "函调对方单位"}, {"about", "函调对象姓名"}},
		Source:   "《中国共产党发展党员工作细则》第十六条；省级发展党员工作手册；函调信式样为本程序拟定",
		draw: func(d *draft) {
			switch d.variant {
			case "ENQUIRY":
				d.each(page.Letter, d.enquiry)
			case "SHEET":
				d.each(page.Portrait, d.reviewSheet)
			default:
				d.each(page.Letter, d.reviewReport)
			}
		}}
}

// facts are the values that letters about a person of the pool use.
func (d *draft) facts(p record.Record) map[string]string {
	out := map[string]string{}
	for _, path := range []string{"name", "gender", "ethnicity", "birth", "native_place", "education", "start_work_date", "id_no", "employer", "title",
		"applied", "talked", "recommended", "activist_decided", "activist_filed", "opinions_heard", "target_decided", "target_filed", "polrev_concluded", "polrev_result", "training_from", "training_to",
		"training_hours", "committee_review", "prereview_passed", "prereview_doc", "booklet_no", "meeting1", "approved1", "approved1_doc", "probation_end",
		"conv_applied", "meeting2", "approved2", "extension_months", "extension_end", "effective_full_date"} {
		if p.Values[path] != "" {
			out[path] = d.shown(p, path, p.Values[path], false)
		}
	}
	d.quietly(func() {
		out["contacts"], out["introducers"] = d.guideNames(p, "contacts", "contact_names"), d.guideNames(p, "introducers", "introducer_names")
	})
	if p.ID != "" {
		out["work"] = out["employer"] + out["title"]
	}
	out["target_on"] = out[branch.TargetDay(d.rules())]
	out["branch"] = d.branchOr("")
	return out
}

func (d *draft) reviewReport(p record.Record) {
	v := d.facts(p)
	name := v["name"]
	if name == "" {
		name = "×××"
	}
	relatives := d.family(p)
	body := []page.Para{
		d.para("{name}，{gender:12}，{ethnicity:18}，{birth:36}出生，{native_place:40}人，{education:24}文化程度，{start_work_date:30}参加工作，现任{work:60}。居民身份证号码{id_no:60}。", v),
		d.para("{applied:36}向党组织递交入党申请书，{activist_decided:36}确定为入党积极分子，培养联系人为{contacts:40}；{target_on:36}确定为发展对象，入党介绍人为{introducers:40}。", v),
		d.para("一、政治历史和在重大政治斗争中的表现", nil),
		d.para("经审查，该同志政治历史清楚，在重大政治斗争中立场坚定，拥护党的理论和路线、方针、政策。", nil),
		d.para("二、遵纪守法和遵守社会公德情况", nil),
		d.para("该同志遵守国家法律法规和单位规章制度，遵守社会公德、职业道德和家庭美德，未发现违法违纪行为。", nil),
		d.para("三、直系亲属和主要社会关系情况", nil),
	}
	if relatives == "" {
		body = append(body, d.para("{:140}", nil), d.para("{:140}", nil), d.para("{:140}", nil))
	}
	for _, line := range page.Text(d.grid(), relatives) {
		if line[0].Text != "" {
			line[0].Style.Value = true
			body = append(body, line)
		}
	}
	body = append(body, d.para("综上，没有发现{name}本人及其直系亲属、主要社会关系有影响其加入党组织的问题。政治审查结论：{polrev_result:30}。", v))
	d.writeLetter(letter{title: "关于" + name + "同志的政治审查情况报告", body: body, by: d.branchOr(""), date: d.polrevDate(p)})
}

func (d *draft) polrevDate(p record.Record) string {
	if p.Values["polrev_concluded"] == "" {
		return ""
	}
	return d.text(p, "polrev_concluded")
}

// enquiry is the letter to the branch of a relative or former unit, with room for
// the answer below.
func (d *draft) enquiry(p record.Record) {
	v := d.facts(p)
	letters := p.Rows("polrev_letters")
	to, about := d.fill("to"), d.fill("about")
	if len(letters) > 0 {
		to, about = d.cell(p, "polrev_letters", letters[0], "to"), d.cell(p, "polrev_letters", letters[0], "about")
	}
	v["about"] = about
	d.writeLetter(letter{title: "政治审查函调信", sent: true, to: to, by: d.branchOr(""), date: d.dayText(p), body: []page.Para{
		d.para("因发展党员工作需要，现对我支部发展对象{name}同志进行政治审查。{about:40}同志系其{:30}，现（曾）在你处工作（居住）。请协助了解以下情况并函复：", v),
		d.para("一、政治面貌、现任职务；", nil),
		d.para("二、政治历史，对党的路线、方针、政策的态度，在重大政治斗争中的表现；", nil),
		d.para("三、现实表现，有无违法违纪行为或正在接受审查；", nil),
		d.para("四、是否信仰宗教，是否参加邪教或非法组织；", nil),
		d.para("五、其他需要说明的问题。", nil),
		d.para("请于收函后一个月内函复。感谢支持。", nil),
	}, contact: "地址：" + d.profile.Values["address"] + "　电话：" + d.profile.Values["secretary_phone"]})
	d.Break()
	d.Text(page.Para{{Text: "复　　函", Style: d.titleStyle(size2)}})
	d.Gap(gridLine)
	d.Table(page.Table{Cols: []float64{156}, Rows: []page.Row{row(d.sign(page.Cell{Text: page.Text(d.song(size5), "回复内容："), VAlign: page.Top, H: 190, Ruled: 10.2},
		"复函单位（盖章）"+nameBlank, "经办人："+nameBlank+"联系电话："+nameBlank+dayBlank))}})
}

func (d *draft) reviewSheet(p record.Record) {
	d.heading("发展对象政治审查登记表")
	d.headline(d.branchLine(), nil)
	rows := []page.Row{
		cells(d.ask("姓名", p, "name"), d.ask("性别", p, "gender"), d.ask("民族", p, "ethnicity")),
		cells(d.give(1, "出生年月", d.month(p, "birth", cnDate)), d.ask("籍贯", p, "native_place"), d.ask("学历", p, "education")),
		cells(d.ask("参加工作\n时间", p, "start_work_date"), d.give(3, "单位及职务", d.work(p))),
		cells(d.ask("现居住地", p, "home_address"), d.askWide(3, "身份证号", p, "id_no")),
		d.banner(6, "家庭成员与主要社会关系"),
		row(d.label("称谓"), d.label("姓名"), d.label("年龄"), d.label("政治面貌"), wide(2, d.label("工作单位及职务"))),
	}
	relatives := p.Rows("family")
	for i := range max(5, len(relatives)) {
		get := func(string) string { return "" }
		if i < len(relatives) {
			get = func(column string) string { return d.cell(p, "family", relatives[i], column) }
		}
		rows = append(rows, row(d.value(get("relation")), d.value(get("name")), d.value(""), d.value(get("politics")), wide(2, d.value(get("work")))))
	}
	rows = append(rows,
		cells(d.write(5, 24, "本人对党的\n态度", "")),
		cells(d.write(5, 24, "政治历史", "")),
		cells(d.write(5, 24, "遵纪守法\n情况", "")),
		cells(d.opinion(5, 34, "综合审查\n结论", d.text(p, "polrev_result"), "党支部书记（签名）：　　　　（盖章）　"+d.dateOr(p, "polrev_concluded"))))
	d.Table(page.Table{Cols: identityCols, Rows: rows})
}

// dateOr returns a date, or a blank for it.
func (d *draft) dateOr(r record.Record, path string) string {
	return orBlank(d.text(r, path), dayBlank)
}
