package branch

import (
	"fmt"
	"strings"

	"zhibu/storage/record"
)

// counted reports whether a meeting counts for the attendance of members: those
// of the whole branch and of groups. The committee's own meetings, talks and
// reports do not.
func counted(m record.Record) bool {
	switch m.Values["kind"] {
	case Committee, Talk, Report:
		return false
	}
	return true
}

// turnoutSum adds the frozen counts of meetings.
type turnoutSum struct {
	present, expected int
	ids               []string
}

func (c *census) tally(held record.Date, m record.Record) {
	sum := c.turnouts[monthOf(held)]
	sum.present += record.Int(m.Values["present"])
	sum.expected += record.Int(m.Values["expected"])
	sum.ids = append(sum.ids, m.ID)
	c.turnouts[monthOf(held)] = sum
}

// turnout returns the attendance of a year, or of one month of it when month
// is not 0.
func (c *census) turnout(year, month int) turnoutSum {
	if month != 0 {
		return c.turnouts[record.Date{Year: year, Month: month}]
	}
	var all turnoutSum
	for m := 1; m <= 12; m++ {
		sum := c.turnouts[record.Date{Year: year, Month: m}]
		all.present += sum.present
		all.expected += sum.expected
		all.ids = append(all.ids, sum.ids...)
	}
	return all
}

func (c *census) ofMeetings() []Series {
	rate := Series{Code: "attendance", Label: "到会率（按月）", Group: "组织生活"}
	for month := 1; month <= 12; month++ {
		t := c.turnout(c.year, month)
		percent, ok := share(t.present, t.expected)
		f := Figure{Code: twoDigits(month), Label: fmt.Sprintf("%d 月", month), Unit: "%", Value: percent, Kind: "meeting", IDs: t.ids}
		if ok {
			f.Note = fmt.Sprintf("应到 %d，实到 %d", t.expected, t.present)
		}
		rate.Points = append(rate.Points, f)
	}
	times := Series{Code: "meetings", Label: "组织生活次数", Group: "组织生活"}
	for _, row := range groupRows(Grid(c.year, today{c.in, c.on})) {
		times.Points = append(times.Points, c.timesOf(row))
	}
	return []Series{rate, times}
}

// gridSum is the rows of one kind taken together.
type gridSum struct {
	kind, label           string
	held, minimum, missed int
	waits                 string // the quarter or year that runs and has no meeting yet
}

func groupRows(rows []Row) []gridSum {
	var out []gridSum
	for _, r := range rows {
		if n := len(out); n > 0 && out[n-1].kind == r.Kind {
			out[n-1].held += r.Held
			out[n-1].minimum += r.Minimum
			out[n-1].missed += r.Missed
			continue
		}
		out = append(out, gridSum{r.Kind, meetingKinds().Format(r.Kind), r.Held, r.Minimum, r.Missed, r.waits()})
	}
	return out
}

// waits names the quarter or year that runs and in which nothing was held yet;
// of monthly meetings a count tells enough.
func (r Row) waits() string {
	for _, c := range r.Cells {
		switch c.State {
		case CellOpen, CellToday, CellPlanned, CellDraft:
			if c.Months > 1 {
				return c.PeriodName()
			}
		}
	}
	return ""
}

func (c *census) timesOf(row gridSum) Figure {
	f := Figure{Code: row.kind, Label: row.label, Unit: "次", Value: float64(row.held), Kind: "meeting", Note: fmt.Sprintf("应开 %d", row.minimum)}
	if row.missed > 0 {
		f.Note += fmt.Sprintf("，缺 %d 次", row.missed)
	} else if row.waits != "" {
		f.Note += "，" + row.waits + "待开"
	}
	for _, m := range c.meetings {
		if m.Values["kind"] == row.kind && dayOf(m.Values["start"]).Year == c.year {
			f.IDs = append(f.IDs, m.ID)
		}
	}
	return f
}

// Hours returns the hours each member learned in a year up to a day: trainings
// taken part in, and the hours of lectures and study meetings attended.
func Hours(year int, on record.Date, in record.Around) map[string]float64 {
	return hoursOf(year, on, in)
}

func hoursOf(year int, on record.Date, in record.Around) map[string]float64 {
	out := map[string]float64{}
	for _, t := range in.All("training") {
		if day := dateIn(t.Values, "date"); day.Year == year && !day.After(on) {
			eachCell(t, "participant/", "/hours", func(id, hours string) { out[id] += float(hours) })
		}
	}
	for _, m := range in.All("meeting") {
		held, hours := dayOf(m.Values["start"]), float(m.Values["hours"])
		if hours == 0 || held.Year != year || held.After(on) || m.Values["status"] == Draft {
			continue
		}
		eachCell(m, "attendance/", "/state", func(id, state string) {
			if state == Present {
				out[id] += hours
			}
		})
	}
	return out
}

// eachCell visits one column of a table, e.g. "attendance/" and "/state".
func eachCell(r record.Record, table, column string, visit func(row, value string)) {
	for path, value := range r.Values {
		rest, ok := strings.CutPrefix(path, table)
		if row, isCell := strings.CutSuffix(rest, column); ok && isCell && value != "" {
			visit(row, value)
		}
	}
}

// overview are the four figures on top of the page.
func (c *census) overview() Series {
	s := Series{Code: "overview", Label: "总览", Group: "总览"}
	members := count("members", "在册党员", "人", c.members, func(record.Record) bool { return true })
	before := len(Roster(c.in, record.Date{Year: c.year - 1, Month: 12, Day: 31}))
	members.Note = fmt.Sprintf("比去年底 %+d", len(c.members)-before)
	s.Points = append(s.Points, members, c.rate(), c.solved(), c.learning())
	return s
}

func (c *census) rate() Figure {
	now, then := c.turnout(c.year, 0), c.turnout(c.year-1, 0)
	percent, known := share(now.present, now.expected)
	f := Figure{Code: "attendance", Label: "平均到会率", Unit: "%", Value: percent, Kind: "meeting", IDs: now.ids}
	if was, ok := share(then.present, then.expected); ok && known {
		f.Note = fmt.Sprintf("%+.1f 个百分点", percent-was)
	}
	return f
}

func (c *census) learning() Figure {
	f := Figure{Code: "hours", Label: "学习人均", Unit: "学时", Kind: "member"}
	set := RulesOn(c.in, c.on)
	secretary := secretaryOn(c.in, c.on)
	total := 0.0
	for _, m := range c.members {
		total += c.learned[m.ID]
		need := set.Int("member_hours")
		if m.ID == secretary {
			need = set.Int("secretary_hours")
		}
		if c.learned[m.ID] >= float64(need) {
			f.IDs = append(f.IDs, m.ID)
		}
	}
	if len(c.members) > 0 {
		f.Value = float64(int(total/float64(len(c.members))*10+0.5)) / 10
	}
	f.Note = fmt.Sprintf("%d 人已达标", len(f.IDs))
	return f
}
