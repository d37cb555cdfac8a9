package screen

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// DemandPath is the demand chosen, with its way through the four columns.
type DemandPath struct {
	DemandCard
	Stations [4]DemandStation
}

// DemandStation is one station of the way.
type DemandStation struct {
	Name string
	Mark Mark   // Fine done, Soon or Late where it is now, Plain to come
	Line string // 11-10・陈立群登记
	Text string
	Ends string // what it waits for, stressed
}

// Path returns the demand chosen; false when none is.
func (d *Demands) Path() (DemandPath, bool) {
	r, ok := d.book.Get("demand", d.now)
	if !ok {
		return DemandPath{}, false
	}
	p := DemandPath{DemandCard: d.card(r)}
	at := slices.Index(states4(), r.Values["status"])
	for i, name := range []string{"征集", "汇总", "处理", "反馈"} {
		s := d.station(r, i)
		s.Name = name
		switch {
		case i < at:
			s.Mark = Mark{Fine, "已完成"}
		case i == at:
			s.Mark = Mark{Soon, p.Mark.Say}
			if p.Mark.Tone == Late {
				s.Mark.Tone = Late
			}
			s.Ends = p.Verb.Say + "：" + p.Mark.Say
		}
		p.Stations[i] = s
	}
	return p, true
}

func (d *Demands) station(r record.Record, i int) DemandStation {
	v, today := r.Values, d.book.Today()
	day := func(path string) string { return ShortDay(v[path], today) }
	line := func(parts ...string) string {
		return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "・")
	}
	by := func(path, act string) string {
		if v[path] == "" {
			return ""
		}
		return v[path] + act
	}
	switch i {
	case 0:
		return DemandStation{Line: line(day("raised_at"), by("registered_by", "登记")), Text: v["text"]}
	case 1:
		text := ""
		if v["owner"] != "" {
			text = "转" + v["owner"]
			if v["due"] != "" {
				text += "，限 " + day("due") + " 前答复"
			}
			text += "。"
		}
		if n := d.mergedHere(r.ID); n > 0 {
			text += fmt.Sprintf("同类 %d 条已合并。", n)
		}
		return DemandStation{Line: line(day("accepted_on"), by("accepted_by", "受理"), by("assigned_by", "分办")), Text: text}
	case 2:
		var steps []string
		for _, row := range r.Rows("progress") {
			steps = append(steps, ShortDay(row.Values["date"], today)+" "+row.Values["text"])
		}
		if v["answer"] != "" {
			steps = append(steps, "答复："+v["answer"])
		}
		from := ""
		if v["assigned_on"] != "" {
			from = day("assigned_on") + " 起"
		}
		return DemandStation{Line: line(from, v["owner"]), Text: strings.Join(steps, "；")}
	}
	days := branch.RulesOn(d.book, today).Int("return_workdays")
	text := fmt.Sprintf("答复后 %d 个工作日内回访。", days)
	if v["returned_on"] != "" {
		f, _ := d.kind.Field("satisfied")
		text = line(f.Format(v["satisfied"]), v["comment"])
	}
	return DemandStation{Line: line(day("returned_on"), by("returned_by", "回访")), Text: text}
}

func (d *Demands) mergedHere(id string) int {
	n := 0
	for _, r := range d.book.All("demand") {
		if r.Values["merged_into"] == id {
			n++
		}
	}
	return n
}

// DemandTyped is what a person typed into the dialog of a verb.
type DemandTyped struct {
	Text, Owner, Due, Grade, Into string
	Solved                        bool
}

// Act does a verb on the demand chosen.
func (d *Demands) Act(verb DemandVerb, t DemandTyped) (Done, error) {
	r, ok := d.book.Get("demand", d.now)
	if !ok {
		return Done{}, nil
	}
	act := branch.DemandAct{Kind: verb.Act, By: d.book.By(), Text: strings.TrimSpace(t.Text), Owner: strings.TrimSpace(t.Owner), Solve: t.Solved, Into: t.Into}
	if t.Due != "" {
		due, err := record.ParseDate(record.ExpandDate(t.Due, d.book.Today()))
		if err != nil {
			return Done{}, err
		}
		act.Due = due
	}
	if verb.Grade {
		f, _ := d.kind.Field("satisfied")
		grade, err := f.Parse(t.Grade)
		if err != nil || grade == "" {
			return Done{}, record.Refuse("GRADE_MISSING", "还没有选满意度。请选满意、基本满意或不满意；没有记下。")
		}
		act.Grade = grade
	}
	edits, complaints := branch.Advance(r, act, d.book)
	done, err := d.book.act(r.Values["code"]+" 已"+strings.TrimPrefix(verb.Say, "登记"), edits, complaints)
	if err == nil {
		d.Refresh()
	}
	return done, err
}

// Twins returns the demands under way that one can be merged into.
func (d *Demands) Twins() []Pick {
	var out []Pick
	for _, cards := range d.columns[:3] {
		for _, c := range cards {
			if c.ID != d.now {
				out = append(out, Pick{ID: c.ID, Label: c.Code + " " + c.Title, Note: c.Source})
			}
		}
	}
	return out
}

// DemandCounts are the figures on top of the page.
type DemandCounts struct {
	Line      string // 四季度收到 18 条，办结 9 条，在办 9 条
	Alarm     Mark
	Average   string // 6.2 天
	Satisfied string // 95%
}

// Counts returns the figures of the quarter shown, else of the year.
func (d *Demands) Counts() DemandCounts {
	today := d.book.Today()
	stats := branch.Statistics(today.Year, today, d.book)
	quality := stats.Of("quality")
	out := DemandCounts{Average: trimmed(quality.Point("days").Value) + " 天", Satisfied: trimmed(quality.Point("satisfied").Value) + "%"}
	batch := d.batch
	if batch == "" {
		batch = branch.Quarter(today)
	}
	q := stats.Of(batch)
	got, closed := int(q.Point("collected").Value), int(q.Point("closed").Value)
	out.Line = fmt.Sprintf("%s收到 %d 条，办结 %d 条，在办 %d 条", QuarterSay(batch), got, closed, got-closed)
	late, now := 0, 0
	for _, cards := range d.columns {
		for _, c := range cards {
			switch {
			case c.Mark.Tone == Late:
				late++
			case c.due == today:
				now++
			}
		}
	}
	switch {
	case late > 0:
		out.Alarm = Mark{Late, fmt.Sprintf("%d 条逾期", late)}
	case now > 0:
		out.Alarm = Mark{Soon, fmt.Sprintf("%d 条今天到期", now)}
	}
	return out
}

// trimmed shows a figure with at most one decimal.
func trimmed(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

// QuarterSay reads a batch as people say it within the year: 四季度.
func QuarterSay(batch string) string {
	_, q, _ := strings.Cut(batch, "-Q")
	if n := record.Int(q); n >= 1 && n <= 4 {
		return hanNumber(n) + "季度"
	}
	return batch
}

// Choices returns what the filters offer: categories, sources, quarters.
func (d *Demands) Choices() (categories, sources, batches []string) {
	f, _ := d.kind.Field("category")
	for _, r := range d.book.All("demand") {
		add := func(list *[]string, text string) {
			if text != "" && !slices.Contains(*list, text) {
				*list = append(*list, text)
			}
		}
		add(&categories, f.Format(r.Values["category"]))
		add(&sources, d.source(r))
		add(&batches, branch.Quarter(record.ReadDate(r.Values["raised_at"])))
	}
	slices.SortFunc(categories, func(a, b string) int { return strings.Compare(branch.SortKey(a), branch.SortKey(b)) })
	slices.SortFunc(sources, func(a, b string) int { return strings.Compare(branch.SortKey(a), branch.SortKey(b)) })
	slices.Sort(batches)
	slices.Reverse(batches)
	return categories, sources, batches
}
