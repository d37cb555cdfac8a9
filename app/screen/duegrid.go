package screen

import (
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Grid returns the meetings of a year, a row a kind of meeting.
// What was before the first meeting in the books is on paper, not missed; with no
// meeting at all there is no grid.
func (b *Book) Grid(year int) []GridRow {
	first := b.firstMeeting()
	if first.IsZero() {
		return nil
	}
	var out []GridRow
	for _, r := range branch.Grid(year, b) {
		row := GridRow{Label: strings.TrimSuffix(r.Label, "会议"), Short: shortRow(r), Every: every(r.Every)}
		if r.Group != "" {
			row.Label = r.Group + "会"
		}
		for _, c := range r.Cells {
			if c.State == branch.CellMissed && c.End.Before(first) {
				c.State = branch.CellNone
			}
			row.Cells = append(row.Cells, GridCell{From: c.From, Months: c.Months, Mark: b.cellMark(c), Meeting: c.Meeting, Kind: r.Kind, Group: r.Group})
		}
		if r.Kind == branch.Appraisal && sameDay(out, r) {
			out[len(out)-1].Cells[0].Mark.Say += "・民主评议同日完成"
			continue
		}
		out = append(out, row)
	}
	return out
}

// firstMeeting returns the day of the earliest meeting in the books.
func (b *Book) firstMeeting() record.Date {
	first := ""
	for _, m := range b.All("meeting") {
		if start := m.Values["start"]; start != "" && (first == "" || start < first) {
			first = start
		}
	}
	day, _, _ := strings.Cut(first, " ")
	return record.ReadDate(day)
}

// sameDay reports whether the appraisal was held at the very meeting the row
// before shows: both then stand in one row.
func sameDay(rows []GridRow, r branch.Row) bool {
	if len(rows) == 0 || len(r.Cells) != 1 || r.Cells[0].State != branch.CellHeld {
		return false
	}
	last := rows[len(rows)-1]
	return len(last.Cells) == 1 && last.Cells[0].Kind == branch.LifeMeet && strings.HasPrefix(last.Cells[0].Mark.Say, monthDay(r.Cells[0].Held))
}

func every(months int) string {
	switch months {
	case 1:
		return "每月"
	case 3:
		return "每季"
	case 12:
		return "每年"
	}
	return "每 " + number(months) + " 月"
}

func shortRow(r branch.Row) string {
	switch {
	case r.Group != "":
		return strings.Replace(r.Group, "党小组", "小组", 1) + "会"
	case r.Kind == branch.AllMembers:
		return "党员大会"
	}
	return branch.Short(r.Kind)
}

// monthDay is 3月18日.
func monthDay(d record.Date) string { return number(d.Month) + "月" + number(d.Day) + "日" }

// MadeUp begins what is said of a period whose meeting was held later.
const MadeUp = "补"

// cellMark is the word of one period.
func (b *Book) cellMark(c branch.Cell) Mark {
	day := monthDay(c.Held)
	if c.Months == 1 {
		day = c.Held.String()
		day = day[max(len(day)-2, 0):]
	}
	switch c.State {
	case branch.CellHeld:
		if c.Period != "" && c.Months == 12 {
			day += "（" + c.Period + " 年度）"
		}
		return Mark{Fine, day}
	case branch.CellMadeUp:
		return Mark{Soon, MadeUp}
	case branch.CellMissed:
		return Mark{Late, "缺"}
	case branch.CellToday:
		if _, clock, timed := strings.Cut(c.Start, " "); timed && c.Months > 1 {
			return Mark{Soon, "今天 " + clock}
		}
		return Mark{Soon, "今天"}
	case branch.CellPlanned:
		return Mark{Coming, day}
	case branch.CellDraft:
		return Mark{Neutral, "未定稿"}
	case branch.CellOpen:
		if c.Months == 1 {
			return Mark{Soon, "待开"}
		}
		return Mark{Soon, ShortDay(c.End.String(), b.Today()) + " 前"}
	}
	return Mark{}
}

// Funnel returns where the people being developed stand, stage by stage; nil
// when there is nobody.
func (b *Book) Funnel() []FunnelStage { return b.funnel(branch.Due(b, b.DueDay())) }

func (b *Book) funnel(due []branch.Duty) []FunnelStage {
	out := make([]FunnelStage, 5)
	for i := range out {
		out[i].Name = branch.PhaseName(i + 1)
	}
	all := 0
	phases := map[string]int{}
	for _, person := range b.All("pool") {
		if n := branch.Phase(person); n > 0 {
			phases[person.ID] = n
			out[n-1].Count++
			all++
		}
	}
	if all == 0 {
		return nil
	}
	b.funnelNotes(out, phases, due)
	return out
}

// funnelNotes says of each stage who is late, else who is next, else that all is
// well.
func (b *Book) funnelNotes(stages []FunnelStage, phases map[string]int, dues []branch.Duty) {
	late, next := map[int]map[string]bool{}, map[int]branch.Duty{}
	for _, d := range dues {
		n := phases[d.ID]
		if d.Kind != "pool" || n == 0 {
			continue
		}
		if d.Days < 0 {
			if late[n] == nil {
				late[n] = map[string]bool{}
			}
			late[n][d.ID] = true
		} else if _, had := next[n]; !had {
			next[n] = d
		}
	}
	for i := range stages {
		s, n := &stages[i], i+1
		d, due := next[n]
		switch {
		case len(late[n]) > 0:
			s.Note = Mark{Late, number(len(late[n])) + " 人逾期"}
		case due && d.Days == 0:
			s.Note = Mark{Soon, d.Name + " 今天"}
		case due:
			s.Note = Mark{Soon, d.Name + " " + ShortDay(d.Due.String(), b.Today())}
		case s.Count > 0:
			s.Note = Mark{Fine, "都按时"}
		}
	}
}
