package branch

import (
	"fmt"
	"slices"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// What a cell of the yearly grid says.
const (
	CellHeld    = "HELD"    // 已开
	CellMadeUp  = "MADE_UP" // 补开: held after the period had ended
	CellMissed  = "MISSED"  // 缺: the period is over and nothing was held
	CellOpen    = "OPEN"    // 待开: the period runs
	CellToday   = "TODAY"   // a draft for today
	CellPlanned = "PLANNED" // 已排期
	CellDraft   = "DRAFT"   // held, record not finalised yet
	CellFuture  = "FUTURE"  // the period has not begun
	CellNone    = "NONE"    // not asked for: branch or group did not exist
)

// Cell is one period of a row of the grid.
type Cell struct {
	From    int         `json:"from"`   // first month, 1–12
	Months  int         `json:"months"` // how many it spans
	State   string      `json:"state"`
	Meeting string      `json:"meeting,omitempty"` // id
	Held    record.Date `json:"-"`                 // day of the meeting
	Start   string      `json:"start,omitempty"`   // its moment
	Serial  string      `json:"serial,omitempty"`
	Period  string      `json:"period,omitempty"` // the period it was held for, when another
	End     record.Date `json:"-"`                // last day of the period
}

// Row is one kind of meeting, or one group's meetings, over a year.
type Row struct {
	Kind    string `json:"kind"`
	Label   string `json:"label"`
	Group   string `json:"group,omitempty"`
	Every   int    `json:"every"` // months between meetings
	Minimum int    `json:"minimum"`
	Held    int    `json:"held"`   // periods with a meeting, made-up ones included
	Missed  int    `json:"missed"` // periods that went by without
	Cells   []Cell `json:"cells"`
}

// Grid returns the meetings of a year against the yearly minimum (domain.md
// §2.2), as seen today. A branch without a committee has no row for it, one
// without groups none for groups.
func Grid(year int, in record.Around) []Row {
	set := RulesOn(in, record.Date{Year: year, Month: 12, Day: 31})
	index := meetingsOf(year, in)
	profile := Profile(in)
	var out []Row
	for _, m := range set.Minimums {
		if m.Kind == Lecture {
			if n := set.Int("lecture_times"); n > 0 && n <= 12 {
				m.Times, m.Every = n, 12/n
			}
		}
		switch {
		case m.Kind == Committee && profile.Values["has_committee"] == No:
		case m.Per == "group":
			for _, g := range profile.Rows("group") {
				if existed(g.Values, year) {
					out = append(out, gridRow(m, year, index, g.Values, in.Today(), dateIn(profile.Values, "founded")))
				}
			}
		default:
			out = append(out, gridRow(m, year, index, nil, in.Today(), dateIn(profile.Values, "founded")))
		}
	}
	return out
}

// existed reports whether a group stood on any day of a year.
func existed(group map[string]string, year int) bool {
	from, to := record.ReadDate(group["from"]), record.ReadDate(group["to"])
	return (from.IsZero() || from.Year <= year) && (to.IsZero() || to.Year >= year)
}

// slot names a period of a kind of meeting.
type slot struct {
	kind, group string
	month       int
}

// meetingsOf sorts the meetings that count for a year by kind, group and month.
// A meeting counts for the period written on it, else for its own day; one of
// the yearly kinds always for the year it was held in.
func meetingsOf(year int, in record.Around) map[slot][]record.Record {
	out := map[slot][]record.Record{}
	for _, m := range in.All("meeting") {
		v := m.Values
		on := dayOf(v["start"])
		if p := dateIn(v, "period"); p.Month != 0 && v["kind"] != LifeMeet && v["kind"] != Appraisal {
			on = p
		}
		if on.Year != year {
			continue
		}
		key := slot{v["kind"], "", on.Month}
		if v["kind"] == GroupMeet {
			key.group = v["group"]
		}
		out[key] = append(out[key], m)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b record.Record) int {
			if a.Values["start"] != b.Values["start"] {
				return map[bool]int{true: -1, false: 1}[a.Values["start"] < b.Values["start"]]
			}
			return map[bool]int{true: -1, false: 1}[a.ID < b.ID]
		})
	}
	return out
}

func gridRow(m rules.Minimum, year int, index map[slot][]record.Record, group map[string]string, today, founded record.Date) Row {
	row := Row{Kind: m.Kind, Label: meetingKinds().Format(m.Kind), Group: group["name"], Every: m.Every, Minimum: m.Times}
	if row.Group != "" {
		row.Label = row.Group + "会"
	}
	for from := 1; from <= 12; from += m.Every {
		cell := Cell{From: from, Months: m.Every, End: record.Date{Year: year, Month: min(12, from+m.Every-1)}.Last()}
		first := record.Date{Year: year, Month: from, Day: 1}
		var list []record.Record
		for month := from; month < from+m.Every; month++ {
			list = append(list, index[slot{m.Kind, row.Group, month}]...)
		}
		fillCell(&cell, list, first, today)
		if cell.Meeting == "" && (record.ReadDate(group["from"]).After(cell.End) || founded.After(cell.End) || gone(group, first)) {
			cell.State = CellNone
		}
		row.count(cell)
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func gone(group map[string]string, first record.Date) bool {
	to := record.ReadDate(group["to"])
	return !to.IsZero() && !first.Before(to)
}

func (r *Row) count(c Cell) {
	switch c.State {
	case CellHeld, CellMadeUp:
		r.Held++
	case CellMissed:
		r.Missed++
	}
}

// fillCell judges one period by the meetings that count for it.
func fillCell(c *Cell, list []record.Record, first, today record.Date) {
	for _, m := range list {
		if status := m.Values["status"]; status == Final || status == Archived {
			c.take(m)
			c.State = CellHeld
			if c.Held.After(c.End) {
				c.State = CellMadeUp
				continue // one held in time is better
			}
			return
		}
	}
	if c.State == CellMadeUp {
		return
	}
	if len(list) > 0 {
		c.take(list[0])
		switch {
		case c.Held == today:
			c.State = CellToday
		case c.Held.After(today):
			c.State = CellPlanned
		default:
			c.State = CellDraft
		}
		return
	}
	switch {
	case c.End.Before(today):
		c.State = CellMissed
	case first.After(today):
		c.State = CellFuture
	default:
		c.State = CellOpen
	}
}

func (c *Cell) take(m record.Record) {
	c.Meeting, c.Held, c.Start, c.Serial, c.Period = m.ID, dayOf(m.Values["start"]), m.Values["start"], m.Values["serial"], m.Values["period"]
}

// PeriodName names the period of a cell: 8 月, 三季度, 全年.
func (c Cell) PeriodName() string {
	switch c.Months {
	case 1:
		return fmt.Sprintf("%d 月", c.From)
	case 3:
		return [...]string{"一", "二", "三", "四"}[(c.From-1)/3] + "季度"
	case 12:
		return "全年"
	}
	return fmt.Sprintf("%d 至 %d 月", c.From, c.From+c.Months-1)
}
