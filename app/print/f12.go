package print

import (
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f12 is the draft of 支部大会决议 that is copied into 志愿书; the booklet itself is
// never printed (细则42). Source: 细则22、33 on what a resolution holds (domain.md
// §7.3 F12).
func f12() Form {
	return Form{Code: "F12", Name: "支部大会决议（供填写志愿书）", Kinds: []string{"pool"}, Blank: true, Overlay: true,
		Variants: []Variant{{"ADMISSION", "接收预备党员的决议"}, {"CONVERSION", "转正的决议"}},
		Source:   "《中国共产党发展党员工作细则》第二十二、三十三条",
		draw:     func(d *draft) { d.each(page.Letter, d.resolutionDraft) }}
}

func (d *draft) resolutionDraft(p record.Record) {
	v := d.facts(p)
	table, title, body := "meeting1_vote", "支部大会关于接收{name}同志为预备党员的决议", admissionText
	if d.variant == "CONVERSION" {
		table, title = "meeting2_vote", "支部大会关于{name}同志转为正式党员的决议"
		body = conversionText(p.Values["meeting2_result"])
	}
	if rows := p.Rows(table); len(rows) > 0 {
		for _, column := range []string{"entitled", "present", "for", "against", "abstain", "written", "method"} {
			v[column] = d.cell(p, table, rows[0], column)
		}
	}
	name := v["name"]
	if name == "" {
		name = "×××"
	}
	var paras []page.Para
	written := d.grid()
	written.Value = true // all of it goes into the booklet, where nothing is printed but the frame
	for _, t := range strings.Split(body, "\n") {
		paras = append(paras, d.sentence(written, t, v))
	}
	date := v["meeting1"]
	if d.variant == "CONVERSION" {
		date = v["meeting2"]
	}
	d.writeLetter(letter{title: strings.ReplaceAll(title, "{name}", name), body: paras, by: d.branchOr(""), date: date})
	d.Gap(gridLine)
	d.Need(gridLine)
	d.Text(d.plain(d.grid(), 2, "支部书记（签名或盖章）："))
}

const admissionText = `{meeting1:40}，支部召开党员大会，讨论接收{name}同志为中共预备党员。
会议认为，{name}同志对党有认识，入党动机端正，能够按照党员标准要求自己，在{work:50}的工作中发挥了积极作用。主要不足是：{:60}。希望{name}同志今后加强学习，克服不足，不断进步。
本支部应到会有表决权的正式党员{entitled:16}名，实到会{present:16}名。大会采取{method:24}方式进行表决，结果为：同意{for:16}票，不同意{against:16}票，弃权{abstain:16}票；会前收到未到会党员书面同意意见{written:16}份。同意人数超过应到会有表决权的正式党员的半数，同意接收{name}同志为中共预备党员。`

// conversionText words the outcome: on time, extended or cancelled.
func conversionText(result string) string {
	outcome := "同意{name}同志按期转为中共正式党员，党龄从{effective_full_date:40}算起。"
	switch result {
	case "EXTEND":
		outcome = "同意延长{name}同志预备期{extension_months:16}个月，至{extension_end:40}。"
	case "CANCEL":
		outcome = "同意取消{name}同志预备党员资格。"
	}
	return `{meeting2:40}，支部召开党员大会，讨论{name}同志转为中共正式党员的问题。{name}同志于{meeting1:40}被接收为中共预备党员，预备期至{probation_end:40}，于{conv_applied:40}提出转正申请。
会议认为，{name}同志在预备期间能够履行党员义务，执行党的决议，在工作中发挥了先锋模范作用。主要不足是：{:60}。
本支部应到会有表决权的正式党员{entitled:16}名，实到会{present:16}名。大会采取{method:24}方式进行表决，结果为：同意{for:16}票，不同意{against:16}票，弃权{abstain:16}票；会前收到未到会党员书面同意意见{written:16}份。` + outcome
}
