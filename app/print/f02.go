package print

import (
	"strconv"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f02 is 表决票 and 票决结果说明. Source: 细则20、21; ballots of a provincial working
// handbook [S1 tables 9–10] (domain.md §7.3 F02).
func f02() Form {
	return Form{Code: "F02", Name: "表决票和票决结果", Kinds: []string{"pool", "meeting"}, Blank: true,
		Variants: []Variant{{"ADMISSION", "接收预备党员表决票"}, {"CONVERSION", "预备党员转正表决票"}, {"RESULT", "票决结果说明"}},
		Source:   "《中国共产党发展党员工作细则》第二十、二十一条；省级发展党员工作手册表 9、10",
		draw: func(d *draft) {
			if d.variant == "RESULT" {
				d.each(page.Portrait, d.ballotResult)
				return
			}
			d.ballot()
		}}
}

// ballot draws the paper for all chosen people, twice on an A4 sheet.
func (d *draft) ballot() {
	d.paper(page.Half)
	d.numbered = func(*draft) {}
	title, kind := "党支部接收预备党员表决票", "接收预备党员"
	if d.variant == "CONVERSION" {
		title, kind = "党支部讨论预备党员转正表决票", "预备党员转正"
	}
	d.title = kind + "表决票"
	s := d.titleStyle(17)
	d.Gap(4)
	d.Text(page.Para{{Text: title, Style: s}})
	d.Gap(5)
	d.headline([]page.Span{d.say("支部："), d.put(d.shortBranch())}, []page.Span{d.say(dayBlank)})
	rows := []page.Row{
		row(wide(2, d.label("表决对象基本情况")), wide(3, d.label("表决人意见"))),
		{H: 11, Cells: []page.Cell{d.label("姓名"), d.label("性别"), d.label("同意"), d.label("不同意"), d.label("弃权")}},
	}
	people := d.ballotPeople()
	for i := range max(3, len(people)) {
		p := at(people, i, "pool")
		rows = append(rows, page.Row{H: 19, Cells: []page.Cell{d.value(d.text(p, "name")), d.value(d.text(p, "gender")), d.value(""), d.value(""), d.value("")}})
	}
	d.Table(page.Table{Cols: []float64{40, 17, 25, 25, 25}, Rows: rows, Head: 2})
	d.Gap(6)
	note := d.song(size5)
	note.Lead = 6.6
	d.Text(page.Para{{Text: "说明：", Style: note}})
	note.Align, note.First = page.Justify, 2
	for _, text := range []string{"1. 本票为无记名表决票，每人一票，不得委托他人代投。",
		"2. 在“同意”“不同意”“弃权”栏中只能选一栏画“√”；画两个以上的为废票，都不画的按弃权计。",
		"3. 逐个讨论、逐个表决。因故不能到会的正式党员在会前以书面形式提出的意见，另行统计。"} {
		d.Text(page.Para{{Text: text, Style: note}})
	}
	d.Pages = twoUp(d.Pages)
}

// shortBranch is the branch's short name where space is narrow.
func (d *draft) shortBranch() string {
	if short := d.profile.Values["short_name"]; short != "" && !d.opt.Blank {
		return short
	}
	return d.branchOr(nameBlank)
}

// ballotPeople are the people voted on: those chosen, or those of the chosen
// meeting's votes.
func (d *draft) ballotPeople() []record.Record {
	var out []record.Record
	for _, r := range d.records {
		if r.Kind == "pool" {
			out = append(out, r)
			continue
		}
		for _, row := range r.Rows("vote") {
			if p, ok := d.in.Get("pool", row.Values["person"]); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// result is one person's vote in numbers.
type result struct {
	person record.Record
	row    func(column string) string
}

// ballotResult draws the statement of a meeting's or a person's votes.
func (d *draft) ballotResult(r record.Record) {
	d.title = "票决结果说明"
	d.heading("票决结果说明")
	results := d.results(r)
	first := func(string) string { return "" }
	if len(results) > 0 {
		first = results[0].row
	}
	day := ""
	if r.Kind == "meeting" {
		day = cnDate(dayOf(r.Values["start"]).String())
	} else if r.ID != "" {
		day = d.text(r, "meeting1")
	}
	s := d.song(size4s)
	s.Lead, s.First, s.Align = 9, 2, page.Justify
	d.Text(d.sentence(s, "{day:40}，本支部召开支部党员大会，采取无记名投票方式进行表决。应到会有表决权的正式党员{entitled:12}名，实到会{present:12}名；发放表决票{issued:12}张，收回{collected:12}张，其中无效票{invalid:12}张；会前收到未到会党员书面意见{written:12}张。表决结果如下：",
		map[string]string{"day": day, "entitled": first("entitled"), "present": first("present"), "issued": first("issued"), "collected": first("collected"), "invalid": first("invalid"), "written": first("written")}))
	d.Gap(4)
	rows := []page.Row{row(d.label("姓名"), d.label("同意票数"), d.label("不同意票数"), d.label("弃权票数"))}
	for i := range max(3, len(results)) {
		line := []page.Cell{d.value(""), d.value(""), d.value(""), d.value("")}
		if i < len(results) {
			x := results[i]
			line = []page.Cell{d.value(d.text(x.person, "name")), d.value(x.row("for")), d.value(x.row("against")), d.value(x.row("abstain"))}
		}
		rows = append(rows, page.Row{Cells: line, H: 12})
	}
	d.Table(page.Table{Cols: []float64{45, 40, 40, 40}, Rows: rows})
	d.Gap(4)
	d.footline("监票人（签名）："+orBlank(first("scrutineer"), nameBlank), "计票人（签名）："+orBlank(first("counter"), nameBlank))
	d.Gap(6)
	d.rightLine("支部书记（签名）：" + nameBlank + dayBlank)
}

func (d *draft) results(r record.Record) []result {
	var out []result
	table := "vote"
	if r.Kind == "pool" {
		table = "meeting1_vote"
		if r.Values["meeting2"] != "" {
			table = "meeting2_vote"
		}
	}
	for _, line := range r.Rows(table) {
		person := r
		if r.Kind == "meeting" {
			p, ok := d.in.Get("pool", line.Values["person"])
			if !ok {
				continue
			}
			person = p
		}
		out = append(out, result{person, func(column string) string {
			if r.Kind == "pool" && (column == "scrutineer" || column == "counter") {
				return ""
			}
			if value := line.Values[column]; value != "" {
				return d.cell(r, table, line, column)
			}
			if column == "scrutineer" || column == "counter" {
				return ""
			}
			return strconv.Itoa(0)
		}})
	}
	return out
}
