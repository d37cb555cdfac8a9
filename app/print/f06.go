package print

import (
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f06 is 入党积极分子、发展对象培养教育考察登记表, a booklet that some provinces
// control: it is printed as an internal copy or over the real one. Source: 细则8–19;
// booklet of a provincial working handbook [S1] (domain.md §7.3 F06).
func f06() Form {
	return Form{Code: "F06", Name: "入党积极分子、发展对象培养教育考察登记表", Kinds: []string{"pool"}, Blank: true, Overlay: true,
		Source: "《中国共产党发展党员工作细则》；省级培养教育考察登记表（受控簿册的地方请套打）",
		draw:   func(d *draft) { d.each(page.Portrait, d.booklet) }}
}

func (d *draft) booklet(p record.Record) {
	d.cover("入党积极分子、发展对象", "培养教育考察登记表", [][2]string{{"单位", d.text(p, "employer")}, {"党支部", d.branchOr("")}, {"姓名", d.text(p, "name")}})
	d.notes("说　　明", "一、本表由党支部负责填写，从确定为入党积极分子起使用，到接收为预备党员时为止。",
		"二、填写用黑色墨水笔或打印，字迹清楚，内容真实、完整，不得涂改。时间填写到日。",
		"三、每半年考察一次并填写一份“阶段考察记实”，培养时间较长的可以增加。",
		"四、培养联系人由正式党员担任，一般一至二名。",
		"五、本表随本人入党材料一并归档。")
	d.bookletBasics(p)
	d.bookletOther(p)
	d.bookletActivist(p)
	obs := d.observedBefore(p)
	for i := range max(2, len(obs)) {
		var r record.Row
		if i < len(obs) {
			r = obs[i]
		}
		d.bookletObservation(p, r)
	}
	d.bookletTarget(p)
	d.bookletReview(p)
}

// cover draws the first page of a booklet.
func (d *draft) cover(line1, line2 string, facts [][2]string) {
	d.Gap(48)
	s := d.titleStyle(26)
	d.Text(page.Para{{Text: line1, Style: s}}, page.Para{{Text: line2, Style: s}})
	d.Gap(70)
	for _, f := range facts {
		label := d.song(size3)
		label.Lead = 16
		line := d.fang(size3) // its size gives the base line, whatever the value's is
		line.Lead = label.Lead
		value := line
		if w := value.Width(f[1]); w > 76 {
			value.Size *= 76 / w
		}
		d.TextIn(26, 28, page.Para{{Text: f[0], Style: four(label, f[0])}})
		d.Y -= label.Lead
		d.TextIn(54, 80, page.Para{{Style: line}, {Text: f[1], Style: value, Under: true, Min: 78}})
	}
}

// notes draws the page of explanations in a booklet.
func (d *draft) notes(title string, lines ...string) {
	d.Break()
	d.Gap(20)
	d.Text(page.Para{{Text: title, Style: d.titleStyle(size2s)}})
	d.Gap(8)
	s := d.song(size4)
	s.Lead, s.First, s.Align = 11, 2, page.Justify
	for _, l := range lines {
		d.Text(page.Para{{Text: l, Style: s}})
	}
}

func (d *draft) section(title string) {
	d.Break()
	s := d.hei(size3)
	s.Align = page.Center
	d.Text(page.Para{{Text: title, Style: s}})
	d.Gap(3)
}

func (d *draft) bookletBasics(p record.Record) {
	d.section("个人基本情况")
	resume := strings.Split(d.text(p, "resume"), "\n")
	rows := []page.Row{
		cells(d.ask("姓名", p, "name"), d.ask("性别", p, "gender")),
		cells(d.ask("民族", p, "ethnicity"), d.give(1, "出生年月", d.month(p, "birth", cnDate))),
		cells(d.ask("籍贯（填写至县）", p, "native_place"), d.ask("学历", p, "education")),
		cells(d.give(1, "入团时间", d.leagueDate(p)), d.ask("参加工作时间", p, "start_work_date")),
		cells(d.give(3, "单位、职务或职业", d.work(p))),
		cells(d.askWide(3, "居民身份证号码", p, "id_no")),
		cells(d.askWide(3, "现居住地", p, "home_address")),
		d.banner(4, "本人简历（包括学历）"),
		row(d.label("自何年何月\n至何年何月"), wide(2, d.label("在何地、何单位、任何职")), d.label("证明人")),
	}
	const printed = 8
	if d.Still && len(resume) > printed { // ready stationery has no more rows
		resume = append(resume[:printed-1:printed-1], strings.Join(resume[printed-1:], "\n"))
	}
	for i := range max(printed, len(resume)) {
		span, text := "", ""
		if i < len(resume) {
			span, text = period(resume[i])
		}
		rows = append(rows, page.Row{H: 15, Split: true, Stretch: true, Cells: []page.Cell{d.value(span), labelled("本人简历", wide(2, d.left(text))), d.value("")}})
	}
	d.Table(page.Table{Cols: []float64{40, 42.5, 40, 42.5}, Rows: rows})
}

func (d *draft) bookletOther(p record.Record) {
	d.section("其他情况")
	study := ""
	if p.Values["training_to"] != "" {
		study = d.text(p, "training_from") + "至" + d.text(p, "training_to") + "参加短期集中培训"
	}
	d.Table(page.Table{Cols: []float64{45, 120}, Rows: []page.Row{
		cells(d.write(1, 52, "家庭主要成员姓名、\n职业、政治面貌", d.family(p))),
		cells(d.write(1, 50, "主要社会关系姓名、\n职业、政治面貌", "")),
		cells(d.write(1, 38, "何时何地参加过\n何种学习和培训", study)),
		cells(d.write(1, 38, "何时何地因何原因\n受过何种奖惩", "")),
		cells(d.write(1, 34, "何时何地参加过何种\n党派、团体或其他\n组织，任何职务", "")),
	}})
}

func (d *draft) bookletActivist(p record.Record) {
	d.section("入党积极分子阶段")
	rows := []page.Row{
		cells(d.askWide(3, "书面申请入党时间", p, "applied")),
		cells(d.askWide(3, "确定为入党积极\n分子时间", p, "activist_decided")),
	}
	rows = append(rows, d.guides("培养联系人情况", d.people(p, "contacts"))...)
	rows = append(rows, page.Row{Split: true, Stretch: true, Cells: []page.Cell{d.label("确定为入党\n积极分子的\n主要依据"), labelled("确定为入党积极分子的主要依据", wide(3, d.tall(d.basis(p), 100)))}})
	d.Table(page.Table{Cols: []float64{40, 25, 40, 60}, Rows: rows})
}

// basis words the recommendation that an activist's decision rests on.
func (d *draft) basis(p record.Record) string {
	if p.Values["recommended"] == "" {
		return ""
	}
	return d.text(p, "recommended") + "经" + d.text(p, "recommend_route") + "。" + stopped(d.text(p, "league"))
}

// guides is the table of contacts or introducers, at least two rows.
func (d *draft) guides(title string, people []record.Record) []page.Row {
	rows := []page.Row{d.banner(4, title), row(d.label("姓名"), d.label("性别"), d.label("入党时间"), d.label("单位、职务或职业"))}
	for i := range max(2, len(people)) {
		m := at(people, i, "member")
		rows = append(rows, page.Row{H: 12, Cells: []page.Cell{d.value(d.text(m, "name")), d.value(d.text(m, "gender")), d.value(d.text(m, "joined")), d.value(d.work(m))}})
	}
	return rows
}

// labelled names a cell for a continuation page.
func labelled(name string, c page.Cell) page.Cell {
	c.Label = name
	return c
}

// observedBefore are the half-year observations up to admission; those after it
// belong to the probation's own sheet.
func (d *draft) observedBefore(p record.Record) []record.Row {
	var out []record.Row
	for _, r := range p.Rows("observations") {
		if p.Values["meeting1"] == "" || r.Values["period_to"] <= p.Values["meeting1"] {
			out = append(out, r)
		}
	}
	return out
}

// period cuts a line of a résumé into from-to and what was done, where the line
// begins with a date.
func period(line string) (span, text string) {
	head, rest, ok := strings.Cut(strings.TrimSpace(line), "　")
	if !ok {
		head, rest, ok = strings.Cut(line, " ")
	}
	if !ok || head == "" || head[0] < '0' || head[0] > '9' {
		return "", line
	}
	return head, strings.TrimSpace(rest)
}
