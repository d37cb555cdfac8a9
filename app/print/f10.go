package print

import (
	"maps"
	"strconv"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f10 is the correspondence about developing members: 备案报告, 请示 and the 批复
// that answers. Source: GB/T 9704-2012; 细则8、13、19、26、34 (domain.md §7.1, §7.3
// F10). Each 请示 covers one matter and goes to one superior.
func f10() Form {
	return Form{Code: "F10", Name: "请示、报告和批复", Kinds: []string{"pool"}, Blank: true, RedHead: true,
		Variants: []Variant{{"FILE_ACTIVIST", "入党积极分子备案报告"}, {"FILE_TARGET", "发展对象备案报告"}, {"PREREVIEW", "接收预备党员预审请示"},
			{"APPROVE", "审批预备党员请示"}, {"CONVERT", "预备党员转正请示"}, {"FILE_MEMBER", "预备党员备案报告"},
			{"REPLY_APPROVE", "同意接收预备党员批复"}, {"REPLY_CONVERT", "同意转正批复"}, {"TERM", "换届选举请示"}},
		Self: []string{"TERM"}, Asks: []Ask{{"to", "主送机关（不填时为上级党组织）"}, {"no", "发文字号（红头用）"}, {"signer", "签发人（红头上行文用）"}, {"copies", "抄送机关"}},
		Source: "《党政机关公文格式》GB/T 9704-2012；《中国共产党发展党员工作细则》",
		draw:   func(d *draft) { d.request() }}
}

// request draws one document about all chosen people; a 请示 or 批复 about
// admission or conversion is one document a person.
func (d *draft) request() {
	switch d.variant {
	case "FILE_ACTIVIST", "FILE_TARGET", "FILE_MEMBER", "TERM":
		people := d.records
		d.records = nil
		d.paper(page.Letter)
		d.title = d.variantName()
		d.requestBody(people)
		d.restPages()
		return
	}
	d.each(page.Letter, func(p record.Record) {
		if p.ID == "" {
			d.requestBody(nil)
			return
		}
		d.requestBody([]record.Record{p})
	})
}

func (d *draft) variantName() string {
	for _, v := range d.form.Variants {
		if v.ID == d.variant {
			return v.Name
		}
	}
	return d.form.Name
}

// superior is the committee that a document goes to.
func (d *draft) superior() string {
	if to := d.fill("to"); to != "" {
		return to
	}
	if d.opt.Blank {
		return ""
	}
	v := d.profile.Values
	if v["approver"] == "TERRITORY" && v["territorial_superior"] != "" {
		return v["territorial_superior"]
	}
	return v["line_superior"]
}

// requestText is what one variant says.
type requestText struct {
	title, basis, body, ask string
	reply                   bool
}

func requestTexts(variant string) requestText {
	return map[string]requestText{
		"FILE_ACTIVIST": {"关于{names}列为入党积极分子的备案报告", "根据《中国共产党发展党员工作细则》有关规定，{names}自愿提出入党申请，经党员推荐、群团组织推优等方式产生人选，",
			"经{activist_decided:40}支部委员会会议研究，同意将{names}列为入党积极分子，并指定{contacts:40}为培养联系人。", "现报请备案。", false},
		"FILE_TARGET": {"关于{names}列为发展对象的备案报告", "{names}经过一年以上培养教育和考察，基本具备党员条件。支部听取了党小组、培养联系人、党员和群众的意见，",
			"经{target_decided:40}支部委员会会议讨论，同意将{names}列为发展对象。", "现报请备案。", false},
		"PREREVIEW": {"关于接收{names}为中共预备党员的预审请示", "{names}于{applied:40}递交入党申请书，{activist_decided:40}确定为入党积极分子，{target_filed:40}列为发展对象，入党介绍人为{introducers:40}；政治审查结论为{polrev_result:24}，{training_to:40}参加短期集中培训结业。",
			"经{committee_review:40}支部委员会会议审查，认为{names}具备党员条件，入党手续完备。", "现将有关材料报上，请予预审。", false},
		"APPROVE": {"关于审批{names}为中共预备党员的请示", "根据预审意见（{prereview_doc:40}），支部于{meeting1:40}召开党员大会，讨论接收{names}为中共预备党员。",
			"会议采取无记名投票方式表决，赞成人数超过应到会有表决权的正式党员的半数，通过接收{names}为中共预备党员的决议。", "现将《入党志愿书》及有关材料报上，请审批。", false},
		"CONVERT": {"关于{names}转为中共正式党员的请示", "{names}于{meeting1:40}被接收为中共预备党员，预备期至{probation_end:40}届满，{conv_applied:40}提出转正申请。",
			"支部于{meeting2:40}召开党员大会讨论，采取无记名投票方式表决，同意{names}按期转为中共正式党员。", "现将有关材料报上，请审批。", false},
		"FILE_MEMBER": {"关于{names}接收为预备党员的备案报告", "经{meeting1:40}支部党员大会讨论通过，{approved1:40}上级党委审批（{approved1_doc:40}），", "{names}已接收为中共预备党员，预备期自{meeting1:40}起。", "现报请备案。", false},
		"REPLY_APPROVE": {"关于同意接收{names}为中共预备党员的批复", "你支部《关于审批{names}为中共预备党员的请示》收悉。", "经{approved1:40}党委会议集体讨论，同意接收{names}为中共预备党员，预备期自{meeting1:40}至{probation_end:40}。",
			"请通知本人，并做好预备期的教育和考察工作。", true},
		"REPLY_CONVERT": {"关于同意{names}转为中共正式党员的批复", "你支部《关于{names}转为中共正式党员的请示》收悉。", "经{approved2:40}党委会议集体讨论，同意{names}转为中共正式党员，党龄从{effective_full_date:40}算起。",
			"请通知本人，并在党员大会上宣布。", true},
		"TERM": {"关于召开党员大会进行换届选举的请示", "根据《中国共产党基层组织选举工作条例》和党支部任期规定，本届支部委员会于{term_from:40}选举产生，至{term_end:40}任期届满。",
			"经支部委员会会议研究，拟于{:40}召开党员大会进行换届选举，选举产生新一届支部委员会。", "妥否，请批示。", false},
	}[variant]
}

func (d *draft) requestBody(people []record.Record) {
	text := requestTexts(d.variant)
	v := d.shared(people)
	v["names"] = together(d.namesOf(people), len(people))
	shown := "×××同志"
	if len(people) > 0 {
		shown = together(d.text(people[0], "name"), len(people))
	}
	if d.variant == "TERM" && !d.opt.Blank {
		v["term_from"], v["term_end"] = d.text(d.profile, "term_from"), d.text(d.profile, "term_end")
	}
	l := letter{up: !text.reply, title: strings.ReplaceAll(text.title, "{names}", shown), sent: true, to: d.superior(), by: d.branchOr(""), date: d.letterDate(people), copies: d.fill("copies")}
	if text.reply {
		l.to, l.by = d.branchOr(""), d.superior()
	}
	for _, t := range []string{text.basis + text.body, text.ask} {
		l.body = append(l.body, d.para(t, v))
	}
	if len(people) > 1 {
		l.annex = []string{"名单（" + ordinal(len(people)) + "名）"}
	}
	d.writeLetter(l)
	if len(people) > 1 {
		d.nameList(people)
	}
}

// shared are the facts that hold for all the people of a letter; where they differ
// a blank is left, and the list in the annex tells them apart.
func (d *draft) shared(people []record.Record) map[string]string {
	out := map[string]string{}
	for i, p := range people {
		facts := d.facts(p)
		if i == 0 {
			out = facts
		}
		maps.DeleteFunc(out, func(name, value string) bool { return facts[name] != value })
	}
	return out
}

func (d *draft) letterDate(people []record.Record) string {
	if d.opt.Blank || len(people) == 0 && d.variant != "TERM" {
		return ""
	}
	return cnDate(d.in.Today().String())
}

// nameList is the annex with the people's particulars.
func (d *draft) nameList(people []record.Record) {
	d.Break()
	d.Text(d.plain(page.Style{Face: d.faces.Hei, Size: size3, Lead: gridLine, Color: page.Black}, 0, "附件"))
	d.Text(page.Para{{Text: "名　　单", Style: d.titleStyle(size2)}})
	d.Gap(4)
	t := page.Table{Cols: []float64{12, 26, 12, 18, 28, 60}, Head: 1, Rows: []page.Row{d.heads("序号", "姓名", "性别", "民族", "出生日期", "单位及职务")}}
	for i, p := range people {
		t.Rows = append(t.Rows, d.line(strconv.Itoa(i+1), d.text(p, "name"), d.text(p, "gender"), d.text(p, "ethnicity"), d.brief(p, "birth"), d.work(p)))
	}
	d.Table(t)
}
