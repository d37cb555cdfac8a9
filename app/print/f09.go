package print

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f09 is 发展对象预审情况登记表. Source: 细则19; table of a provincial working
// handbook [S1] (domain.md §7.3 F09).
func f09() Form {
	return Form{Code: "F09", Name: "发展对象预审情况登记表", Kinds: []string{"pool"}, Blank: true, Whole: true,
		Source: "《中国共产党发展党员工作细则》第十九条；省级发展党员工作手册",
		draw:   func(d *draft) { d.prereview() }}
}

func (d *draft) prereview() {
	d.paper(page.Landscape)
	l := list{title: "发展对象预审情况登记表", left: d.branchLine(), right: d.dateLine(), foot: []string{"党支部书记（签名）：", "填表人：", dayBlank},
		heads: []string{"序号", "姓名", "性别", "提交入党\n申请时间", "确定为入党\n积极分子\n时间", "确定为发展\n对象时间", "党训班\n结业时间", "思想\n汇报\n（篇数）", "自传\n是否\n提交", "政审\n是否\n合格", "综合审查情况", "入党材料是否\n完整规范", "支部预审\n结论", "备注"},
		cols:  []float64{10, 18, 10, 20, 20, 20, 20, 14, 14, 14, 24, 22, 18, 33}}
	for i, p := range d.chosen(d.targets()) {
		reports := ""
		if n := len(p.Rows("reports")); n > 0 {
			reports = strconv.Itoa(n)
		}
		review, complete, verdict := "", "", ""
		if p.Values["committee_review"] != "" {
			review, verdict = d.brief(p, "committee_review")+"审查", "同意报预审"
		}
		if have := p.Rows("material"); len(have) > 0 {
			complete = "是"
			for _, m := range have {
				if m.Values["have"] != branch.Yes {
					complete = "否"
				}
			}
		}
		l.rows = append(l.rows, d.line(strconv.Itoa(i+1), d.text(p, "name"), d.text(p, "gender"), d.brief(p, "applied"), d.brief(p, "activist_decided"),
			d.brief(p, branch.TargetDay(d.rules())), d.brief(p, "training_to"), reports, "", d.text(p, "polrev_result"), review, complete, verdict, d.text(p, "note")))
	}
	d.drawList(l)
}

// targets are the people who are targets now, by the day they became that.
func (d *draft) targets() []record.Record {
	var out []record.Record
	for _, p := range d.all("pool", "target_decided") {
		if p.Values["target_decided"] != "" && p.Values["meeting1"] == "" && p.Values["exit"] == "" {
			out = append(out, p)
		}
	}
	return out
}
