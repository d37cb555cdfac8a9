package branch

import (
	"fmt"

	"zhibu/storage/record"
)

// ofMeetings are reminder 22, meetings that are planned or not finalised, and
// decisions to carry out.
func (c *calendar) ofMeetings() {
	for _, m := range c.meetings() {
		status := m.Values["status"]
		if status == Final || status == Archived {
			c.decisions(m)
			continue
		}
		held := dayOf(m.Values["start"])
		t := task{rule: 22, kind: "meeting", id: m.ID, path: "start", due: held, leads: []int{10, 3, 0}, name: m.Values["title"], what: "已排期，到时开会"}
		if held == c.on {
			t.what = "今天开会"
			if start := m.Values["start"]; len(start) > 10 {
				t.what = "今天" + start[10:] + " 开会"
			}
		}
		if held.Before(c.on) {
			t.path, t.what = "status", "记录还没有定稿"
			t.due = c.set.Calendar.AddWorkdays(held.AddDays(1), max(1, c.set.Int("record_workdays")))
		}
		c.add(t)
	}
	c.gaps()
}

// Planned returns the meetings to come that decide on people being developed: pool
// id → start of the meeting, which is not finalised.
func Planned(in record.Around) map[string]string {
	out := map[string]string{}
	for _, m := range in.All("meeting") {
		if status := m.Values["status"]; status == Final || status == Archived || dayOf(m.Values["start"]).Before(in.Today()) {
			continue
		}
		for _, row := range m.Rows("vote") {
			if person := row.Values["person"]; person != "" {
				out[person] = m.Values["start"]
			}
		}
	}
	return out
}

// drafted returns the people whose vote stands in a meeting that is not
// finalised yet.
func (c *calendar) drafted() map[string]bool {
	out := map[string]bool{}
	for _, m := range c.meetings() {
		if status := m.Values["status"]; status == Final || status == Archived {
			continue
		}
		for _, row := range m.Rows("vote") {
			out[row.Values["person"]] = true
		}
	}
	delete(out, "")
	return out
}

// gaps are the periods that run out without a meeting (reminders 22 and 23).
func (c *calendar) gaps() {
	for _, row := range Grid(c.on.Year, today{c.in, c.on}) {
		for _, cell := range row.Cells {
			missed := cell.State == CellMissed && cell.End.DaysUntil(c.on) <= 30
			if cell.State != CellOpen && !missed {
				continue
			}
			t := task{rule: 22, kind: "meeting", path: row.Kind + row.Group + cell.PeriodName(), due: cell.End, name: row.Label, what: cell.PeriodName() + "还没有开"}
			if row.Kind == LifeMeet || row.Kind == Appraisal {
				t.rule = 23
			}
			c.add(t)
		}
	}
}

// today is an Around seen on another day.
type today struct {
	record.Around
	on record.Date
}

func (t today) Today() record.Date { return t.on }

// decisions are resolutions and rectifications with a date that are not done.
func (c *calendar) decisions(m record.Record) {
	if !hasTable(m, "resolution/", "fix/", "issue/") {
		return
	}
	for _, table := range []string{"resolution", "fix", "issue"} {
		for _, row := range m.Rows(table) {
			if row.Values["done"] != "" || row.Values["due"] == "" {
				continue
			}
			text := row.Values["text"] + row.Values["measure"] + row.Values["topic"]
			c.add(task{code: "TASK", kind: "meeting", id: m.ID, path: record.Path(table, row.ID, "done"), due: record.ReadDate(row.Values["due"]), leads: []int{7, 3, 0},
				name: brief(text), what: "会议定的事还没有办完，责任人" + row.Values["owner"]})
		}
	}
}

// ofBranch are reminders 24 to 28, 31 and 36.
func (c *calendar) ofBranch() {
	year := record.Date{Year: c.on.Year, Month: 12, Day: 31}
	at := func(rule int, path string, due record.Date, what string) task {
		return task{rule: rule, kind: "branch", id: c.profile.ID, path: path, due: due, what: what}
	}
	for _, kind := range c.missingTalks() {
		c.add(at(24, "talk "+kind, year, "今年"+kind+"还没有谈心谈话"))
	}
	end := later(dateIn(c.profile.Values, "term_end"), dateIn(c.profile.Values, "term_extended_to"))
	c.add(at(25, "term_end", end, "本届任期届满，要换届选举"))
	c.vacancies(at)
	c.secretary(at, year)
	switch c.on.Month {
	case 12:
		c.add(at(28, "stats", year, "年度统计数据截止"))
	case 1:
		c.add(at(28, "stats", statisticsDue(c.on.Year-1), "要报上一年度统计"))
	}
	if !c.collected() {
		c.add(task{rule: 31, kind: "demand", path: Quarter(c.on), due: quarterEnd(c.on), what: "本季度还没有专项征集诉求"})
	}
	if t, ok := c.in.(Contacted); ok {
		c.backlog(t, at)
	}
}

// missingTalks returns the kinds of pairs that have not talked this year: each
// at least once (支部条例19).
func (c *calendar) missingTalks() []string {
	posts := c.seated(c.on)
	seen := map[int]bool{}
	for _, m := range c.meetings() {
		held := dayOf(m.Values["start"])
		if m.Values["kind"] != Talk || held.Year != c.on.Year || m.Values["status"] == Draft {
			continue
		}
		posts := c.seated(held) // who talked as what does not change with an election
		for _, row := range m.Rows("pair") {
			n := 0
			for _, id := range []string{row.Values["from"], row.Values["to"]} {
				if posts[id] {
					n++
				}
			}
			seen[n] = true
		}
	}
	var out []string
	kinds := map[int]string{2: "委员之间", 1: "委员和党员", 0: "党员之间"}
	for n := 2; n >= 0; n-- {
		if !seen[n] && (len(posts) > n-1 || n == 0) {
			out = append(out, kinds[n])
		}
	}
	return out
}

// seated returns the members of the committee on a day.
func (c *calendar) seated(on record.Date) map[string]bool {
	out := map[string]bool{}
	for _, p := range CommitteeOn(c.in, on) {
		out[p.Member] = true
	}
	return out
}

// vacancies are committee posts whose holder left and nobody follows.
func (c *calendar) vacancies(at func(int, string, record.Date, string) task) {
	filled := map[string]bool{}
	last := map[string]record.Date{}
	for _, row := range c.profile.Rows("committee") {
		post := row.Values["post"]
		if current(row.Values, c.on) {
			if m, ok := c.in.Get("member", row.Values["member"]); ok && InRoster(m, c.on) {
				filled[post] = true
				continue
			} else if ok {
				last[post] = later(last[post], dateIn(m.Values, "out_date"))
			}
		}
		last[post] = later(last[post], record.ReadDate(row.Values["to"]))
	}
	if from := dateIn(c.profile.Values, "term_from"); !filled["SECRETARY"] && len(filled) > 0 && last["SECRETARY"] == from {
		c.add(at(26, "committee SECRETARY", from.AddDays(c.set.Int("vacancy_days")), "新一届还没有选出书记"))
	}
	for _, code := range partyPosts().Codes {
		if d := last[code.ID]; !filled[code.ID] && !d.IsZero() && !d.Before(dateIn(c.profile.Values, "term_from").AddDays(1)) {
			c.add(at(26, "committee "+code.ID, d.AddDays(c.set.Int("vacancy_days")), code.Label+"空缺，要补选"))
		}
	}
}

// secretary asks for the yearly training and report of the secretary.
func (c *calendar) secretary(at func(int, string, record.Date, string) task, year record.Date) {
	id := secretaryOn(c.in, c.on)
	if id == "" {
		return
	}
	trained, reported := false, false
	for _, t := range c.in.All("training") {
		if dateIn(t.Values, "date").Year == c.on.Year && t.Values["kind"] == "SECRETARY" && t.Values[record.Path("participant", id, "hours")] != "" {
			trained = true
		}
	}
	for _, m := range c.meetings() {
		if m.Values["kind"] == Report && dayOf(m.Values["start"]).Year == c.on.Year {
			reported = true
		}
	}
	if !trained {
		c.add(at(27, "secretary training", year, "书记今年还没有参加集中培训"))
	}
	if !reported {
		c.add(at(27, "secretary report", year, "书记今年还没有述职"))
	}
}

// collected reports whether this quarter's special collection has begun.
func (c *calendar) collected() bool {
	batch := Quarter(c.on)
	for _, d := range c.in.All("demand") {
		if d.Values["batch"] == batch && d.Values["channel"] == "SPECIAL" {
			return true
		}
	}
	return false
}

func (c *calendar) backlog(t Contacted, at func(int, string, record.Date, string) task) {
	last, waiting := t.LastContact()
	if last.IsZero() || waiting == 0 {
		return
	}
	if days := last.DaysUntil(c.on); days > 7 {
		b := at(36, "sync", last.AddDays(14), fmt.Sprintf("%d 天没有与区里同步，%d 项改动待上传", days, waiting))
		b.leads = []int{7, 0}
		c.add(b)
	}
}
