package print

import (
	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f24 is 党员基本信息采集表, sixteen numbered lines. Source: the national sheet of
// 2017 (全国党员管理信息系统) [S12] (domain.md §3.1, §7.3 F24).
func f24() Form {
	return Form{Code: "F24", Name: "党员基本信息采集表", Kinds: []string{"member"}, Blank: true,
		Source: "《党员基本信息采集表》（2017 年，全国党员管理信息系统）",
		draw:   func(d *draft) { d.each(page.Portrait, d.collection) }}
}

// item is one numbered line of the sheet.
func (d *draft) item(parts ...page.Span) page.Row {
	p := append(page.Para(nil), parts...)
	p[0].Style.Lead = 7
	return page.Row{Cells: []page.Cell{{Text: []page.Para{p}, H: 11.2}}, Split: true}
}

func (d *draft) collection(m record.Record) {
	d.heading("党员基本信息采集表")
	v := m.Values
	known := m.ID != ""
	get := func(label, path string, width float64) page.Row {
		return d.item(d.say(label+"："), d.blank(d.text(m, path), width))
	}
	branchName := d.text(m, "branch")
	if branchName == "" && known {
		branchName = d.branchName()
	}
	lost := append([]page.Span{d.say("15. 是否为失联党员：")}, d.yesNo(known, v["is_lost"], d.say("　失去联系日期："), d.blank(d.text(m, "lost_since"), 36))...)
	float := append([]page.Span{d.say("16. 是否为流动党员（由流出地党组织负责采集）：")}, d.yesNo(known, v["is_floating"])...)
	out := d.item(d.say("　　外出流向："), d.blank(d.text(m, "float_out_to"), 56), d.say("（省、市、县）"))
	d.Table(page.Table{Cols: []float64{165}, Pad: 4, Rows: []page.Row{
		get("1. 姓名", "name", 60), get("2. 性别", "gender", 30), get("3. 民族", "ethnicity", 40), get("4. 公民身份证号", "id_no", 70), get("5. 出生日期", "birth", 50),
		d.item(d.say("6. 学历（参照代码）："), d.blank(d.text(m, "education"), 60), d.say("　代码 "), d.blank(v["education"], 16)),
		get("7. 人员类别", "category", 40), d.item(d.say("8. 所在党支部："), d.blank(branchName, 110)),
		get("9. 加入党组织日期", "joined", 50), get("10. 转为正式党员日期", "converted", 50),
		d.item(d.say("11. 工作岗位（参照《工作岗位代码》）："), d.blank(d.text(m, "post_code"), 46), d.say(" 代码 "), d.blank(v["post_code"], 14)),
		d.item(d.say("12. 联系电话：（手机号）"), d.blank(d.text(m, "mobile"), 40), d.say("（固定电话）"), d.blank(d.text(m, "landline"), 40)),
		get("13. 家庭住址（具体到门牌号）", "home_address", 100),
		d.item(append([]page.Span{d.say("14. 党籍状态：")}, d.options(known, map[bool]int{true: 0, false: 1}[v["status"] != branch.StatusSuspended], "正常", "停止党籍")...)...),
		d.item(lost...), d.item(float...), out,
	}})
	d.Gap(2)
	d.footline("党员（签字）：　　　　　"+dayShort, "信息采集员（签字）：　　　　　"+dayShort)
	d.footline("党支部书记（签字）：　　"+dayShort, "基层党委（盖章）：　　　　　　"+dayShort)
	d.Gap(1)
	s := d.song(size5s)
	d.Text(page.Para{{Text: "注：本表由党员本人确认签字，党支部、党总支、党委逐级初审，基层党委复审盖章。", Style: s}})
}

// options are check boxes, the chosen one ticked when the record is known.
func (d *draft) options(known bool, chosen int, labels ...string) []page.Span {
	var out []page.Span
	for i, label := range labels {
		out = append(out, page.Span{Box: true, Tick: known && i == chosen, Style: d.song(size5)}, d.say(label+"　"))
	}
	return out
}

// yesNo are the boxes 是 and 否, with what belongs to 是 between them.
func (d *draft) yesNo(known bool, value string, between ...page.Span) []page.Span {
	out := []page.Span{{Box: true, Tick: known && value == branch.Yes, Style: d.song(size5)}, d.say("是")}
	out = append(out, between...)
	return append(out, d.say("　"), page.Span{Box: true, Tick: known && value != branch.Yes, Style: d.song(size5)}, d.say("否"))
}
