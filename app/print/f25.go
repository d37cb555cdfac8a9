package print

import (
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f25 is 公示 and its result. Source: GB/T 9704-2012; notices of a provincial working
// handbook [S1] (domain.md §7.3 F25).
func f25() Form {
	return Form{Code: "F25", Name: "公示", Kinds: []string{"pool"}, Blank: true,
		Variants: []Variant{{"TARGET", "确定发展对象公示"}, {"ADMISSION", "接收预备党员公示"}, {"CONVERSION", "预备党员转正公示"}, {"RESULT", "公示情况说明"}},
		Asks:     []Ask{{"from", "公示起始日期"}, {"to", "公示截止日期"}},
		Source:   "《党政机关公文格式》GB/T 9704-2012；省级发展党员工作手册",
		draw:     func(d *draft) { d.notice() }}
}

func (d *draft) notice() {
	people := d.records
	d.paper(page.Letter)
	var first record.Record
	if len(people) > 0 {
		first = people[0]
	} else {
		first = record.Record{Kind: "pool", Values: record.Values{}}
	}
	v := map[string]string{}
	d.quietly(func() { v = d.noticeFacts(first, people) })
	what := map[string]string{"TARGET": "拟列为发展对象", "ADMISSION": "拟接收为中共预备党员", "CONVERSION": "拟转为中共正式党员", "RESULT": "拟列为发展对象"}[d.variant]
	d.title = d.variantName()
	if d.variant == "RESULT" {
		d.noticeResult(people, v)
		return
	}
	body := []page.Para{d.para("经党支部研究，"+what+"的人员名单如下，现予公示：", nil)}
	for _, p := range people {
		body = append(body, d.para("{name}，{gender}，{ethnicity}，{birth}出生，{education}，{work}，"+noticePast(d.variant), d.facts(p)))
	}
	if len(people) == 0 {
		body = append(body, d.para("{:140}", nil), d.para("{:140}", nil), d.para("{:140}", nil))
	}
	body = append(body,
		d.para("公示时间：{from:40}至{to:40}。", v),
		d.para("公示期间，如有不同意见，请实名以电话、信函或当面方式向党支部反映。反映问题要实事求是、客观公正。", nil),
		d.para("联系人：{contact:30}　联系电话：{phone:40}", v))
	d.writeLetter(letter{title: "关于" + what + "人员的公示", body: body, by: d.branchOr(""), date: d.noticeDate(first)})
}

// noticePast words how far the people of a notice have come.
func noticePast(variant string) string {
	return map[string]string{
		"TARGET":     "{applied}递交入党申请书，{activist_decided}确定为入党积极分子。",
		"ADMISSION":  "{applied}递交入党申请书，{activist_decided}确定为入党积极分子，{target_filed}列为发展对象。",
		"CONVERSION": "{meeting1}被接收为中共预备党员，预备期至{probation_end}。",
	}[variant]
}

// noticeFacts are what a notice is filled in with. The books keep the days of the
// notice about targets only; those of the others are asked for or written by hand.
func (d *draft) noticeFacts(first record.Record, people []record.Record) map[string]string {
	v := map[string]string{"names": together(d.namesOf(people), len(people))}
	if d.variant == "TARGET" || d.variant == "RESULT" {
		v["from"], v["to"] = d.text(first, "target_publicity_from"), d.text(first, "target_publicity_to")
	}
	for _, name := range []string{"from", "to"} {
		if text := d.fill(name); text != "" {
			v[name] = text
		}
	}
	if !d.opt.Blank {
		v["contact"], v["phone"] = d.secretary(), d.text(d.profile, "secretary_phone")
	}
	return v
}

// together words people as one subject of a sentence.
func together(names string, n int) string {
	switch {
	case n > 1:
		return names + "等" + ordinal(n) + "名同志"
	case n == 1:
		return names + "同志"
	}
	return ""
}

// noticeDate is the first day of the notice, else today.
func (d *draft) noticeDate(first record.Record) string {
	if d.opt.Blank || first.ID == "" {
		return ""
	}
	if d.variant == "TARGET" && first.Values["target_publicity_from"] != "" {
		return d.text(first, "target_publicity_from")
	}
	return cnDate(d.in.Today().String())
}

func (d *draft) noticeResult(people []record.Record, v map[string]string) {
	objection := ""
	var found []string
	for _, p := range people {
		if o := d.text(p, "target_objection"); o != "" {
			found = append(found, d.text(p, "name")+"："+o)
		}
	}
	if len(people) > 0 {
		objection = "未收到反对意见"
		if len(found) > 0 {
			objection = "收到以下意见：" + strings.Join(found, "；")
		}
	}
	v["objection"] = objection
	d.writeLetter(letter{title: "公示情况说明", by: d.branchOr(""), date: d.letterDate(people), body: []page.Para{
		d.para("{from:40}至{to:40}，党支部对拟列为发展对象的{names:60}进行了公示。公示期间，{objection:80}。", v),
		d.para("特此说明。", nil)}})
}

// secretary is the name of the branch's secretary today.
func (d *draft) secretary() string {
	for _, r := range d.profile.Rows("committee") {
		if r.Values["post"] == "SECRETARY" && r.Values["to"] == "" {
			return d.text(d.member(r.Values["member"]), "name")
		}
	}
	return ""
}
