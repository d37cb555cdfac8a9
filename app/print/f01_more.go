package print

import (
	"fmt"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// minutesSpecial are the rows that single kinds of meetings add.
func (d *draft) minutesSpecial(m record.Record) []page.Row {
	switch d.variant {
	case branch.Lecture:
		came := ""
		if m.ID != "" {
			came = strconv.Itoa(branch.Attendance(m, d.in).Present)
		}
		return []page.Row{
			row(d.label("课题"), wide(5, d.value(d.text(m, "theme")))),
			row(d.label("学时"), wide(2, d.value(d.text(m, "hours"))), d.label("参加人数"), wide(2, d.value(came))),
		}
	case branch.ThemeDay:
		return []page.Row{
			row(d.label("主题"), wide(5, d.value(d.text(m, "theme")))),
			row(d.label("活动形式"), wide(2, d.value(d.text(m, "form"))), d.label("志愿服务\n时长"), wide(2, d.value(unit(d.text(m, "service_hours"), "小时")))),
		}
	case branch.LifeMeet, branch.Appraisal:
		return []page.Row{
			row(d.label("主题"), wide(5, d.value(d.text(m, "theme")))),
			split(d.label("会前准备"), wide(5, d.tall(d.text(m, "preparation"), 18))),
			split(d.label("班子查摆\n的问题"), wide(5, d.tall(d.text(m, "findings"), 18))),
		}
	case branch.Talk:
		var pairs []string
		for _, r := range m.Rows("pair") {
			line := d.cell(m, "pair", r, "from") + "与" + d.cell(m, "pair", r, "to") + "：" + d.cell(m, "pair", r, "topic")
			if gist := d.cell(m, "pair", r, "gist"); gist != "" {
				line += "。" + gist
			}
			pairs = append(pairs, line)
		}
		return []page.Row{split(d.label("谈话对象\n及主题"), wide(5, d.lines(pairs, 24)))}
	}
	return nil
}

// unit puts a unit behind a number that is there.
func unit(number, of string) string {
	if number == "" {
		return ""
	}
	return number + of
}

// minutesDecisions are the rows about votes, resolutions, follow-up, corrections.
func (d *draft) minutesDecisions(m record.Record) []page.Row {
	rows := []page.Row{
		tied(split(d.label("表决情况"), wide(5, d.lines(d.votes(m), 16)))),
		tied(split(d.label("决议或\n决定事项"), wide(5, d.lines(d.resolutions(m), 18)))),
		split(d.label("整改/落实\n（责任人、\n时限）"), wide(5, d.lines(d.followUp(m), 14))),
	}
	if d.variant == branch.ThemeDay {
		rows[1].Cells[0] = d.label("议定事项")
	}
	var corrections []string
	for i, r := range m.Rows("corrections") {
		corrections = append(corrections, fmt.Sprintf("更正 %d（%s）：%s", i+1, d.cell(m, "corrections", r, "at"), d.cell(m, "corrections", r, "text")))
	}
	if len(corrections) > 0 {
		rows = append(rows, split(d.label("更正"), wide(5, d.lines(corrections, rowH))))
	}
	return rows
}

// votes words each vote: method, papers, results, scrutineers, outcome.
func (d *draft) votes(m record.Record) []string {
	var out []string
	rows := m.Rows("vote")
	for i, r := range rows {
		get := func(column string) string { return d.cell(m, "vote", r, column) }
		var b strings.Builder
		if len(rows) > 1 {
			fmt.Fprintf(&b, "%d. ", i+1)
		}
		b.WriteString(get("item") + "：")
		for _, p := range [][3]string{{"method", "", "。"}, {"entitled", "有表决权应到", "人，"}, {"present", "实到", "人；"}, {"issued", "发出", "票，"},
			{"collected", "收回", "票；"}, {"for", "赞成", "票，"}, {"against", "反对", "票，"}, {"abstain", "弃权", "票，"}, {"invalid", "废票", "票，"}, {"written", "会前书面赞成", "张，"}} {
			if v := get(p[0]); v != "" {
				b.WriteString(p[1] + v + p[2])
			}
		}
		text := strings.TrimRight(b.String(), "，；。：") + "。"
		if v := get("outcome"); v != "" {
			text += "结果：" + v + "。"
		}
		if s := get("scrutineer"); s != "" {
			text += "监票人：" + s + "。"
		}
		if s := get("counter"); s != "" {
			text += "计票人：" + s + "。"
		}
		out = append(out, text)
	}
	return out
}

func (d *draft) resolutions(m record.Record) []string {
	var out []string
	for i, r := range m.Rows("resolution") {
		line := fmt.Sprintf("%d. %s", i+1, d.cell(m, "resolution", r, "text"))
		out = append(out, line+inCharge(d.cell(m, "resolution", r, "owner"), d.cell(m, "resolution", r, "due"), ""))
	}
	return out
}

func (d *draft) followUp(m record.Record) []string {
	var out []string
	for i, r := range m.Rows("resolution") {
		if done := d.cell(m, "resolution", r, "done"); done != "" {
			out = append(out, fmt.Sprintf("第%d项决议已落实（%s）。", i+1, done))
		}
	}
	if d.variant == branch.LifeMeet || d.variant == branch.Appraisal {
		if len(m.Rows("fix")) > 0 {
			out = append(out, "见整改清单。")
		}
		return out
	}
	for i, r := range m.Rows("fix") {
		line := fmt.Sprintf("%d. %s：%s", i+1, d.cell(m, "fix", r, "problem"), d.cell(m, "fix", r, "measure"))
		out = append(out, line+inCharge(d.cell(m, "fix", r, "owner"), d.cell(m, "fix", r, "due"), d.cell(m, "fix", r, "done")))
	}
	return out
}

// inCharge words who does something by when.
func inCharge(owner, due, done string) string {
	var parts []string
	for _, p := range [][2]string{{"责任人：", owner}, {"时限：", due}, {"完成：", done}} {
		if p[1] != "" {
			parts = append(parts, p[0]+p[1])
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "，") + "）"
}

// minutesTables are the registers behind an organisational-life meeting:
// criticism and fixes; behind other meetings nothing.
func (d *draft) minutesTables(m record.Record) {
	if d.variant != branch.LifeMeet && d.variant != branch.Appraisal {
		return
	}
	d.subTable("批评意见登记", []float64{25, 75, 25, 40}, []string{"对象", "意见", "提出人", "回应"}, m, "criticism", []string{"receiver", "text", "giver", "reply"}, 4)
	d.subTable("整改清单", []float64{10, 42, 51, 20, 22, 20}, []string{"序号", "问题", "措施", "责任人", "时限", "完成"}, m, "fix", []string{"#", "problem", "measure", "owner", "due", "done"}, 4)
}

// subTable draws a table of a record below a small heading; blank forms get n
// empty rows. Column "#" counts.
func (d *draft) subTable(title string, cols []float64, heads []string, m record.Record, table string, columns []string, n int) {
	d.Need(34)
	d.Gap(4)
	s := d.hei(size4s)
	s.Align = page.Center
	d.Text(page.Para{{Text: title, Style: s}})
	d.Gap(1.5)
	t := page.Table{Cols: cols, Head: 1}
	var head page.Row
	for _, h := range heads {
		head.Cells = append(head.Cells, d.listHead(h))
	}
	t.Rows = []page.Row{head}
	rows := m.Rows(table)
	for i, r := range rows {
		line := page.Row{Split: true}
		for _, column := range columns {
			if column == "#" {
				line.Cells = append(line.Cells, d.listCell(strconv.Itoa(i+1)))
				continue
			}
			line.Cells = append(line.Cells, d.listCell(d.brief(m, record.Path(table, r.ID, column))))
		}
		t.Rows = append(t.Rows, line)
	}
	if len(rows) == 0 {
		t.Rows = append(t.Rows, d.emptyRows(len(cols), n)...)
	}
	d.Table(t)
}

// signIn draws the sign-in sheet that is signed at the meeting.
func (d *draft) signIn(m record.Record, roll branch.Roll) {
	d.Break()
	d.heading("签到表")
	d.headline([]page.Span{d.say("会议："), d.put(d.text(m, "title"))}, []page.Span{d.put(fromTo(m.Values["start"], ""))})
	t := page.Table{Cols: []float64{12, 30, 40.5, 12, 30, 40.5}, Head: 1,
		Rows: []page.Row{row(d.listHead("序号"), d.listHead("姓名"), d.listHead("签到"), d.listHead("序号"), d.listHead("姓名"), d.listHead("签到"))}}
	n := max(len(roll.Seats), 2)
	if m.ID == "" {
		n = 40
	}
	half := (n + 1) / 2
	name := func(i int) string {
		if i < len(roll.Seats) {
			return d.glyphs(roll.Seats[i].Name, "attendance", roll.Seats[i].Name)
		}
		return ""
	}
	for i := range half {
		t.Rows = append(t.Rows, row(d.listCell(strconv.Itoa(i+1)), d.listCell(name(i)), d.listCell(""),
			d.listCell(strconv.Itoa(half+i+1)), d.listCell(name(half+i)), d.listCell("")))
	}
	d.Table(t)
}
