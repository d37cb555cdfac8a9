package print

import (
	"fmt"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f01 is 会议记录 in all its kinds. Source: 支部条例 on what minutes hold, unit record
// sheets [S10] (domain.md §2.5, §7.3 F01); grid ours.
func f01() Form {
	return Form{Code: "F01", Name: "会议记录", Kinds: []string{"meeting"}, Blank: true, Told: true, SignIn: true,
		Variants: []Variant{{branch.AllMembers, "支部党员大会记录"}, {branch.Committee, "支部委员会会议记录"}, {branch.GroupMeet, "党小组会记录"},
			{branch.Lecture, "党课记录"}, {branch.ThemeDay, "主题党日活动记录"}, {branch.LifeMeet, "组织生活会记录"}, {branch.Appraisal, "民主评议党员记录"},
			{branch.Talk, "谈心谈话记录"}, {branch.Report, "书记述职评议记录"}, {branch.Election, "换届选举大会记录"}, {branch.Oath, "入党宣誓记录"}, {"OTHER", "会议记录"}},
		Source: "《中国共产党支部工作条例（试行）》；基层单位会议记录本通用式样",
		draw:   func(d *draft) { d.each(page.Portrait, d.minutes) }}
}

// minutesCols are the six columns of the grid, 165 mm together.
var minutesCols = []float64{25, 32, 25, 32, 25, 26}

// minutes draws the record of one meeting.
func (d *draft) minutes(m record.Record) {
	if kind := m.Values["kind"]; kind != "" {
		d.variant = kind
	}
	title := d.minutesTitle(m)
	if len(d.records) == 1 {
		d.title = title
		if day := dayOf(m.Values["start"]); !day.IsZero() {
			d.title += "（" + cnDate(day.String()) + "）"
		}
	}
	d.heading(title)
	serial := []page.Span{d.say("编号："), d.put(d.text(m, "serial"))}
	if m.Values["serial"] == "" {
		serial = []page.Span{d.say("编号：" + nameBlank)}
	}
	if on, late := branch.Late(m, d.in); late { // a record made later says so, with its true date
		serial = append(serial, d.say("　"+cnDate(on.String())+"补录"))
	}
	d.headline(d.branchLine(), serial)
	var roll branch.Roll
	if m.ID != "" {
		roll = branch.Attendance(m, d.in)
	}
	t := page.Table{Cols: minutesCols, Keep: 14}
	t.Rows = append(t.Rows, d.minutesFacts(m, roll)...)
	t.Rows = append(t.Rows, d.minutesSpecial(m)...)
	t.Rows = append(t.Rows, split(d.label("会议议题"), wide(5, d.lines(d.agenda(m), 14))))
	t.Rows = append(t.Rows, d.minutesBody(m))
	t.Rows = append(t.Rows, d.minutesDecisions(m)...)
	d.Table(t)
	d.minutesTables(m)
	d.footline("主持人（签字）：", "记录人（签字）：", dayBlank)
	if d.opt.Blank {
		d.ruledPage()
	}
	if d.opt.SignIn {
		d.signIn(m, roll)
	}
}

// ruledPage is the continuation page of blank minutes: 24 lines to write on.
func (d *draft) ruledPage() {
	d.Break()
	s := d.hei(size4s)
	s.Align = page.Center
	d.Text(page.Para{{Text: "会议记录（续页）", Style: s}})
	d.Gap(2)
	area := d.Sheet.Area()
	d.Table(page.Table{Cols: []float64{area.W}, Rows: []page.Row{{Cells: []page.Cell{{H: 24*9.9 + 2, Ruled: 9.9}}}}})
}

func (d *draft) minutesTitle(m record.Record) string {
	for _, v := range d.form.Variants {
		if v.ID == d.variant {
			if d.variant != "OTHER" {
				return v.Name
			}
		}
	}
	if kind := d.text(m, "kind"); kind != "" && kind != "其他" {
		return kind + "记录"
	}
	return "会议记录"
}

// minutesFacts are the rows about time, place and people.
func (d *draft) minutesFacts(m record.Record, roll branch.Roll) []page.Row {
	lecturer := d.text(m, "lecturer")
	counts := func(n int) string {
		if m.ID == "" {
			return ""
		}
		return strconv.Itoa(n)
	}
	voters := ""
	if m.ID != "" {
		voters = counts(roll.VotersExpected) + "/" + counts(roll.VotersPresent)
	}
	present, away, watching := d.rollNames(m, roll)
	return []page.Row{
		row(d.label("会议名称"), wide(5, d.value(d.text(m, "title")))),
		row(d.label("会议时间"), wide(2, d.value(d.glyphs(fromTo(m.Values["start"], m.Values["end"]), "start", ""))), d.label("地点"), wide(2, d.value(d.text(m, "place")))),
		row(d.label("主持人"), d.value(d.text(m, "chair")), d.label("记录人"), d.value(d.text(m, "recorder")), d.label("主讲人"), d.value(lecturer)),
		row(d.label("应到人数"), d.value(counts(roll.Expected)), d.label("实到人数"), d.value(counts(roll.Present)), d.label("有表决权\n应到/实到"), d.value(voters)),
		split(d.label("出席人员"), wide(5, high(18, d.left(present)))),
		split(d.label("缺席人员\n及原因"), wide(5, high(12, d.left(away)))),
		split(d.label("列席人员"), wide(5, high(10, d.left(watching)))),
	}
}

// rollNames lists who was there, who was not and why, and who watched.
func (d *draft) rollNames(m record.Record, roll branch.Roll) (present, away, watching string) {
	var came, missed, watched []string
	for _, s := range roll.Seats {
		name := d.glyphs(s.Name, "attendance", s.Name)
		if s.Reason != "" {
			name += "（" + d.glyphs(s.Reason, "attendance", s.Name) + "）"
		}
		switch s.State {
		case branch.Present:
			came = append(came, name)
		case branch.Observer:
			watched = append(watched, name)
		case branch.Leave:
			if s.Reason == "" {
				name += "（请假）"
			}
			missed = append(missed, name)
		default:
			if s.Reason == "" {
				name += "（缺席）"
			}
			missed = append(missed, name)
		}
	}
	or := func(list []string, path string) string {
		if len(list) == 0 {
			return d.text(m, path)
		}
		return strings.Join(list, "、")
	}
	return or(came, "present_names"), or(missed, "absent_names"), or(watched, "observer_names")
}

// lines is a cell of one paragraph an item.
func (d *draft) lines(items []string, h float64) page.Cell {
	c := d.left(strings.Join(items, "\n"))
	c.H = h
	return c
}

func (d *draft) agenda(m record.Record) []string {
	var out []string
	for i, r := range m.Rows("agenda") {
		line := fmt.Sprintf("%d. %s", i+1, d.cell(m, "agenda", r, "title"))
		if stuff := d.cell(m, "agenda", r, "materials"); stuff != "" {
			line += "（材料：" + stuff + "）"
		}
		if outcome := d.cell(m, "agenda", r, "outcome"); outcome != "" {
			line += "——" + outcome
		}
		out = append(out, line)
	}
	return out
}

// minutesBody is the row of what was said: it takes the rest of the page and
// goes on over the next ones.
func (d *draft) minutesBody(m record.Record) page.Row {
	name := "会议内容（发言记录）"
	if d.variant == branch.Lecture {
		name = "课程提要"
	}
	c := wide(5, d.tall("", 30))
	c.Text = d.speech(m)
	if len(c.Text) == 0 {
		c.Ruled = 10.2 // a page holds 24 lines for writing by hand
		if !d.opt.Blank {
			c.Ruled = 0
		}
	}
	return page.Row{Cells: []page.Cell{d.side(name), c}, Split: true, Stretch: true}
}

// speech returns the minutes as paragraphs, headings in their faces. Where no
// running text was written the agenda's notes stand in for it.
func (d *draft) speech(m record.Record) []page.Para {
	var out []page.Para
	add := func(text string) {
		for _, line := range strings.Split(text, "\n") {
			if line = strings.Trim(line, " 　"); line != "" {
				out = append(out, d.body(line))
			}
		}
	}
	add(d.text(m, "minutes"))
	for i, r := range m.Rows("agenda") {
		parts := []string{d.cell(m, "agenda", r, "speakers"), d.cell(m, "agenda", r, "gist"), d.cell(m, "agenda", r, "dissent")}
		if strings.Join(parts, "") == "" {
			continue
		}
		add(ordinal(i+1) + "、" + d.cell(m, "agenda", r, "title"))
		add(parts[0])
		add(parts[1])
		if parts[2] != "" {
			add("不同意见：" + parts[2])
		}
	}
	return out
}

// body is a paragraph of running text: 一、 in 黑体, （一） in 楷体, else 仿宋.
func (d *draft) body(line string) page.Para {
	s := d.fang(11)
	s.Lead, s.Align, s.First = 6.4, page.Justify, 2
	level := headingLevel(line)
	s.Head = level > 0
	switch level {
	case 1:
		s.Face = d.faces.Hei
	case 2:
		s.Face = d.faces.Kai
	}
	return page.Para{{Text: line, Style: s}}
}

// headingLevel is 1 for a line that begins with 一、 and 2 for one with （一）; 0 for
// text, also for an item of a list, which ends like a sentence.
func headingLevel(line string) int {
	if strings.HasSuffix(line, "。") || strings.HasSuffix(line, "；") {
		return 0
	}
	if head, _, ok := strings.Cut(line, "、"); ok && isOrdinal(head) {
		return 1
	}
	if inner, _, ok := strings.Cut(strings.TrimPrefix(line, "（"), "）"); ok && strings.HasPrefix(line, "（") && isOrdinal(inner) {
		return 2
	}
	return 0
}

const ordinals = "一二三四五六七八九十"

func isOrdinal(s string) bool {
	if s == "" || len([]rune(s)) > 3 {
		return false
	}
	return strings.Trim(s, ordinals) == ""
}

// ordinal writes 1 to 99 as headings do.
func ordinal(n int) string {
	digits := []rune(ordinals)
	switch {
	case n <= 10:
		return string(digits[max(n, 1)-1])
	case n < 20:
		return "十" + string(digits[n-11])
	case n < 100 && n%10 == 0:
		return string(digits[n/10-1]) + "十"
	case n < 100:
		return string(digits[n/10-1]) + "十" + string(digits[n%10-1])
	}
	return strconv.Itoa(n)
}
