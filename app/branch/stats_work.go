package branch

import (
	"fmt"
	"slices"
	"strconv"

	"zhibu/storage/record"
)

// float reads a canonical number, 0 for anything else.
func float(value string) float64 {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return x
}

func (c *census) ofPool() []Series {
	const group = "发展党员"
	var all []record.Record
	for _, p := range c.in.All("pool") {
		if Phase(p) > 0 {
			all = append(all, p)
		}
	}
	stage := Series{Code: "stage", Label: "发展阶段", Group: group}
	for n := 1; n <= 5; n++ {
		stage.Points = append(stage.Points, count(itoa(n), PhaseName(n), "人", all, func(r record.Record) bool { return Phase(r) == n }))
	}
	young := func(r record.Record) bool {
		years, ok := Age(dateIn(r.Values, "birth"), c.on)
		return ok && years <= 35
	}
	lines, _ := poolKindField("line")
	onTime := func(r record.Record) bool {
		due := ObservationDue(dateIn(r.Values, "activist_decided"), len(signed(r.Values, false))+1)
		return Phase(r) == 2 && !c.on.After(due)
	}
	return []Series{stage,
		byCode("line", "岗位类别", group, all, "line", lines.Type.(record.Choice)),
		c.bands("pool", "培养情况", group, all, band{"young", "35 岁及以下", young}, band{"women", "女", is("gender", Female)}, band{"observed", "半年考察按时", onTime},
			band{"reserve", "储备发展对象", func(r record.Record) bool { return Phase(r) == 3 || Phase(r) == 4 }}),
		c.earliest(all)}
}

// earliest lists when activists may become targets: the reserve's speed.
func (c *census) earliest(all []record.Record) Series {
	byMonth := map[string][]string{}
	for _, p := range all {
		if Phase(p) == 2 {
			if d := activistStart(p.Values).AddMonths(12); !d.IsZero() {
				byMonth[monthOf(d.First()).String()] = append(byMonth[monthOf(d.First()).String()], p.ID)
			}
		}
	}
	s := Series{Code: "earliest", Label: "最早可列为发展对象", Group: "发展党员"}
	for _, month := range sortedKeys(byMonth) {
		ids := byMonth[month]
		slices.Sort(ids)
		s.Points = append(s.Points, Figure{Code: month, Label: month, Unit: "人", Value: float64(len(ids)), Kind: "pool", IDs: ids})
	}
	return s
}

// received are the demands raised in the year up to the day; merged ones are
// counted where they went.
func (c *census) received() []record.Record {
	var out []record.Record
	for _, d := range c.in.All("demand") {
		raised := dateIn(d.Values, "raised_at")
		if raised.Year == c.year && !raised.After(c.on) && d.Values["status"] != Merged {
			out = append(out, d)
		}
	}
	return out
}

func (c *census) closedBy(d record.Record) bool {
	closed := dateIn(d.Values, "closed_on")
	return d.Values["status"] == Closed && !closed.IsZero() && !closed.After(c.on)
}

func (c *census) solved() Figure {
	all := c.received()
	f := count("solved", "诉求办结率", "%", all, c.closedBy)
	done := len(f.IDs)
	f.Value, _ = share(done, len(all))
	f.Note = fmt.Sprintf("%d 条办结 %d 条", len(all), done)
	return f
}

func (c *census) ofDemands() []Series {
	const group = "诉求"
	all := c.received()
	category, _ := demandField("category")
	kinds := byCode("demand", "诉求分类", group, all, "category", category.Type.(record.Choice))
	slices.SortStableFunc(kinds.Points, func(a, b Figure) int { return int(b.Value - a.Value) })
	out := []Series{kinds}
	for quarter := 1; quarter <= 4; quarter++ {
		batch := fmt.Sprintf("%d-Q%d", c.year, quarter)
		var list []record.Record
		for _, d := range all {
			if Quarter(dateIn(d.Values, "raised_at")) == batch {
				list = append(list, d)
			}
		}
		overdue := func(d record.Record) bool {
			due := demandDue(d, c.book)
			return !c.closedBy(d) && !due.IsZero() && due.Before(c.on)
		}
		s := Series{Code: batch, Label: batch, Group: group}
		for _, b := range []band{{"collected", "征集", func(record.Record) bool { return true }}, {"closed", "办结", c.closedBy}, {"project", "治理项目", is("is_governance_project", Yes)}, {"overdue", "超期", overdue}} {
			s.Points = append(s.Points, count(b.code, b.label, "条", list, b.in))
		}
		out = append(out, s)
	}
	return append(out, c.quality(all))
}

// quality is how fast demands were closed and how content people were.
func (c *census) quality(all []record.Record) Series {
	days, closed, asked, content := 0, []string{}, 0, []string{}
	for _, d := range all {
		if c.closedBy(d) {
			days += dateIn(d.Values, "raised_at").DaysUntil(dateIn(d.Values, "closed_on"))
			closed = append(closed, d.ID)
		}
		if d.Values["satisfied"] != "" {
			asked++
			if d.Values["satisfied"] == "YES" {
				content = append(content, d.ID)
			}
		}
	}
	average := 0.0
	if len(closed) > 0 {
		average = float64(days*10/len(closed)) / 10
	}
	satisfied, _ := share(len(content), asked)
	return Series{Code: "quality", Label: "办理质量", Group: "诉求", Points: []Figure{
		{Code: "days", Label: "平均办结", Unit: "天", Value: average, Kind: "demand", IDs: closed},
		{Code: "satisfied", Label: "回访满意", Unit: "%", Value: satisfied, Kind: "demand", IDs: content}}}
}

func (c *census) ofDues() []Series {
	const group = "党费"
	ledger := ReadLedger(c.in)
	due := Series{Code: "dues_due", Label: "党费应收（元，按月）", Group: group}
	paid := Series{Code: "dues_paid", Label: "党费实收（元，按月）", Group: group}
	for month := 1; month <= 12; month++ {
		m := record.Date{Year: c.year, Month: month}
		if m.First().After(c.on) {
			break
		}
		sum := ledger.sum(m)
		label := fmt.Sprintf("%d 月", month)
		due.Points = append(due.Points, Figure{Code: twoDigits(month), Label: label, Unit: "元", Value: float64(sum.Due) / 100, Kind: "member", IDs: sum.payers})
		paid.Points = append(paid.Points, Figure{Code: twoDigits(month), Label: label, Unit: "元", Value: float64(sum.Paid) / 100, Kind: "member", IDs: sum.paid, Note: fmt.Sprintf("%d 人未缴", len(sum.payers)-len(sum.paid))})
	}
	owing := map[string]int{}
	for _, m := range c.members {
		owing[m.ID] = ledger.arrears(m, monthOf(c.on).AddMonths(-1))
	}
	behind := func(n int) Figure {
		f := Figure{Code: fmt.Sprintf("arrears%d", n), Label: fmt.Sprintf("欠缴 %d 个月以上", n), Unit: "人", Kind: "member"}
		for _, m := range c.members {
			if owing[m.ID] >= n {
				f.IDs = append(f.IDs, m.ID)
			}
		}
		f.Value = float64(len(f.IDs))
		return f
	}
	exempt := count("exempt", "免交", "人", c.members, is("dues_exempt", Yes))
	return []Series{due, paid, {Code: "dues", Label: "党费情况", Group: group, Points: []Figure{exempt, behind(1), behind(3), behind(6)}}}
}

// monthSum is a month's sheet without its lines.
type monthSum struct {
	Due, Paid    int64
	payers, paid []string
}

func (l *Ledger) sum(month record.Date) monthSum {
	var s monthSum
	for _, m := range l.members {
		if !l.owes(m, month) {
			continue
		}
		line := l.line(m, month)
		s.Due += line.Due
		s.Paid += line.Paid
		s.payers = append(s.payers, m.ID)
		if line.Settled {
			s.paid = append(s.paid, m.ID)
		}
	}
	return s
}

// ofDistrict are the counters the district adds up (domain.md §6).
func (c *census) ofDistrict() []Series {
	const group = "年报取数"
	dossiers := c.in.All("dossier")
	setup, _ := record.Kind{Fields: dossierKind().Fields}.Field("setup_mode")
	surveyed := func(r record.Record) bool { return len(r.Rows("survey")) > 0 }
	hung := func(r record.Record) bool {
		return r.Values["status"] == PostHung || r.Values["status"] == PostReview || r.Values["status"] == PostFix
	}
	batch := Series{Code: "batch", Label: "四个一批", Group: group}
	f, _ := memberField("batch_kind")
	for _, option := range f.Type.(record.Choice).Codes {
		batch.Points = append(batch.Points, count(option.ID, option.Label, "人", c.members, is("batch_kind", option.ID)))
	}
	stations := count("stations", "站点", "个", dossiers, is("kind", "STATION"))
	found := count("surveyed", "已排摸主体", "个", dossiers, surveyed)
	return []Series{batch,
		byCode("setup", "组建方式", group, dossiers, "setup_mode", setup.Type.(record.Choice)),
		{Code: "coverage", Label: "排摸覆盖", Group: group, Points: []Figure{stations, count("stations_surveyed", "已排摸站点", "个", dossiers, func(r record.Record) bool { return r.Values["kind"] == "STATION" && surveyed(r) }), found,
			count("posts", "党员示范岗", "个", c.in.All("post"), hung), count("zones", "党员责任区", "个", c.in.All("zone"), hung)}},
		c.activity(group)}
}

// activity counts what was done in the year.
func (c *census) activity(group string) Series {
	year := func(path string) func(record.Record) bool {
		return func(r record.Record) bool {
			d := dateIn(r.Values, path)
			return d.Year == c.year && !d.After(c.on)
		}
	}
	running := func(kind string) func(record.Record) bool {
		return func(r record.Record) bool { return r.Values["kind"] == kind && current(r.Values, c.on) }
	}
	liaison := c.in.All("liaison")
	return Series{Code: "activity", Label: "共建服务", Group: group, Points: []Figure{
		count("trainings", "培训", "场", c.in.All("training"), year("date")), count("services", "服务活动", "次", c.in.All("service"), year("date")),
		count("challenges", "揭榜挂帅", "项", c.in.All("project"), is("kind", "CHALLENGE")), count("partners", "联建单位", "家", liaison, running("PARTNER")),
		count("parttime", "兼职委员", "人", liaison, running("PARTTIME")), count("advisers", "法治顾问", "人", liaison, running("LAW")), count("honours", "表彰", "项", c.in.All("honour"), year("date"))}}
}
