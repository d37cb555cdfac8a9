package print

import (
	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// bookletObservation is one half-year of observation on a page of its own.
func (d *draft) bookletObservation(p record.Record, r record.Row) {
	d.section("阶段考察记实")
	s := d.song(size5)
	s.Align = page.Center
	d.Text(d.sentence(s, "（{y1:14}年{m1:8}月{d1:8}日——{y2:14}年{m2:8}月{d2:8}日）", dayParts(r.Values["period_from"], r.Values["period_to"])))
	d.Gap(2)
	text, signed := "", dayBlank
	if r.ID != "" {
		text = d.cell(p, "observations", r, "text")
		if day := d.cell(p, "observations", r, "signed"); day != "" {
			signed = day
		}
	}
	d.Table(page.Table{Cols: []float64{35, 130}, Rows: fixed([]page.Row{
		cells(d.write(1, 58, "培养教育的\n主要内容及方式", text)),
		cells(d.write(1, 26, "完成社会\n工作情况", "")),
		cells(d.write(1, 20, "参加党组织\n活动情况", "")),
		cells(d.write(1, 18, "其他", "")),
		cells(d.opinion(1, 34, "培养联系人\n意见", "", "签名或盖章："+nameBlank+signed)),
		cells(d.opinion(1, 32, "党小组意见", "", "组长签名："+nameBlank+dayBlank)),
		cells(d.opinion(1, 34, "党支部意见", "", "书记签名：　　　　（盖章）"+dayBlank)),
	})})
}

// bookletTarget collects the opinions about becoming a target (细则13).
func (d *draft) bookletTarget(p record.Record) {
	d.section("列为发展对象意见")
	filed := ""
	if p.Values["target_filed"] != "" {
		filed = "同意列为发展对象，已备案。"
		d.told = append(d.told, filed)
	}
	d.Table(page.Table{Cols: []float64{35, 130}, Rows: fixed([]page.Row{
		cells(d.opinion(1, 38, "培养联系人\n意见", d.text(p, "opinion_contacts"), "签名：　　　　　　签名：　　　　　"+dayBlank)),
		cells(d.opinion(1, 38, "党员群众\n意见", joinText(d.text(p, "opinion_members"), d.text(p, "opinion_masses")), "征求意见人签名："+nameBlank+dayBlank)),
		cells(d.opinion(1, 36, "党小组意见", d.text(p, "opinion_group"), "组长签名："+nameBlank+dayBlank)),
		cells(d.opinion(1, 38, "党支部意见", d.decision(p), "书记签名：　　　　（盖章）"+dayBlank)),
		cells(d.opinion(1, 30, "党总支意见", "", "书记签名：　　　　（盖章）"+dayBlank)),
		cells(d.opinion(1, 38, "党委备案\n意见", filed, "党委书记签名：　　　　（盖章）"+dayBlank)),
	})})
}

// decision words the branch's decision on a target.
func (d *draft) decision(p record.Record) string {
	if p.Values["target_decided"] == "" {
		return ""
	}
	return d.text(p, "target_decided") + "研究，同意列为发展对象，报上级党委备案。"
}

// bookletReview is the stage of a target up to the pre-examination (细则14–19).
func (d *draft) bookletReview(p record.Record) {
	d.section("发展对象阶段")
	rows := []page.Row{cells(d.askWide(3, "确定为发展对象\n时间", p, branch.TargetDay(d.rules())))}
	rows = append(rows, d.guides("入党介绍人情况", d.people(p, "introducers"))...)
	course := ""
	if p.Values["training_to"] != "" {
		course = d.text(p, "training_from") + "至" + d.text(p, "training_to")
		if hours := d.text(p, "training_hours"); hours != "" {
			course += "，" + hours + "学时"
		}
		if cert := d.text(p, "training_cert_no"); cert != "" {
			course += "，结业证书" + cert
		}
	}
	rows = append(rows, cells(d.write(3, 22, "参加短期集中\n培训情况", course)), d.banner(4, "接收入党前审查和预审"))
	review, passed := "", ""
	if p.Values["committee_review"] != "" {
		review = d.text(p, "committee_review") + "审查。政审结论：" + d.text(p, "polrev_result") + "。"
	}
	if p.Values["prereview_passed"] != "" {
		passed = d.text(p, "prereview_passed") + "预审合格。" + d.text(p, "prereview_doc")
	}
	rows = append(rows,
		cells(d.opinion(3, 58, "支委会审查情况", review, "书记（签章）："+nameBlank+dayBlank)),
		cells(d.opinion(3, 58, "基层党委预审\n情况", passed, "党委书记（签章）："+nameBlank+dayBlank)),
		cells(d.write(3, 30, "备注", d.text(p, "note"))))
	d.Table(page.Table{Cols: []float64{40, 25, 40, 60}, Rows: fixed(rows)})
}

// joinText joins two texts as paragraphs, leaving out an empty one.
func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
