package screen

import (
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Meetings is the page 会议与活动: one year's meetings, the newest first, or as
// a calendar of twelve months by kind.
type Meetings struct {
	book  *Book
	kind  record.Kind
	year  int
	sort  string // label of the kind shown, "" for all
	state string // 草稿 or 已定稿, "" for both
	query string
	lines []MeetingLine // of the year
	rows  []MeetingLine // those of them that are shown
	now   string
}

// MeetingLine is one meeting in the list.
type MeetingLine struct {
	ID, Kind, Title string
	Day, Clock      string // 11-20, 14:00–15:20
	Place           string
	Attended        string // 17/20, "" before attendance is known
	Serial          string
	State           Mark
	Sync            Mark // where it stands with the district
	start, agenda   string
	sealed          bool
}

// NewMeetings opens the page on the present year.
func NewMeetings(b *Book) (*Meetings, error) {
	k, err := b.Kind("meeting")
	if err != nil {
		return nil, err
	}
	m := &Meetings{book: b, kind: k, year: b.Today().Year}
	m.Refresh()
	return m, nil
}

// Refresh reads the year's meetings anew, keeping filters and the current row.
func (m *Meetings) Refresh() {
	m.lines = nil
	heads := branch.Heads(m.book)
	for _, r := range m.book.All("meeting") {
		if strings.HasPrefix(r.Values["start"], strconv.Itoa(m.year)) {
			m.lines = append(m.lines, m.line(r, heads))
		}
	}
	slices.SortFunc(m.lines, func(a, b MeetingLine) int {
		if c := strings.Compare(b.start, a.start); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	m.show()
}

// show works out the rows that are shown.
func (m *Meetings) show() {
	m.rows = nil
	for _, line := range m.lines {
		if m.shows(line) {
			m.rows = append(m.rows, line)
		}
	}
	if m.place() < 0 {
		m.now = ""
		if len(m.rows) > 0 {
			m.now = m.rows[0].ID
		}
	}
}

func (m *Meetings) line(r record.Record, heads func(record.Record) (present, expected int)) MeetingLine {
	f, _ := m.kind.Field("kind")
	day, from, _ := strings.Cut(r.Values["start"], " ")
	_, to, _ := strings.Cut(r.Values["end"], " ")
	if to != "" {
		from += "–" + to
	}
	line := MeetingLine{ID: r.ID, Kind: f.Format(r.Values["kind"]), Title: r.Values["title"], Day: ShortDay(day, record.Date{Year: m.year}),
		Clock: from, Place: r.Values["place"], Serial: r.Values["serial"], start: r.Values["start"], agenda: firstAgenda(r), sealed: sealed(m.kind, r)}
	if line.Title == "" {
		line.Title = line.agenda
	}
	if present, expected := heads(r); expected > 0 {
		line.Attended = number(present) + "/" + number(expected)
	}
	line.State, line.Sync = m.stateOf(r), syncMark(r.State)
	return line
}

// firstAgenda names a meeting by what it was about.
func firstAgenda(r record.Record) string {
	var titles []string
	for _, row := range r.Rows("agenda") {
		titles = append(titles, row.Values["title"])
	}
	return strings.Join(titles, "；")
}

func (m *Meetings) stateOf(r record.Record) Mark {
	if sealed(m.kind, r) {
		return Mark{Fine, "已定稿"}
	}
	day := record.ReadDate(strings.SplitN(r.Values["start"]+" ", " ", 2)[0])
	today := m.book.Today()
	switch {
	case day == today:
		return Mark{Soon, "今天"}
	case day.After(today):
		return Mark{Coming, strconv.Itoa(today.DaysUntil(day)) + " 天后"}
	}
	return Mark{Neutral, "草稿"}
}

func (m *Meetings) shows(line MeetingLine) bool {
	if m.sort != "" && line.Kind != m.sort {
		return false
	}
	if m.state != "" && (m.state == "已定稿") != line.sealed {
		return false
	}
	return m.query == "" || branch.Matches(m.query, line.Kind, line.Title, line.Place, line.Serial, line.Day, line.agenda)
}

// Rows returns the meetings shown.
func (m *Meetings) Rows() []MeetingLine { return m.rows }

// Year returns the year shown.
func (m *Meetings) Year() int { return m.year }

// Years returns the years that have meetings and the present one, newest first.
func (m *Meetings) Years() []int { return m.book.meetingYears() }

func (b *Book) meetingYears() []int {
	years := []int{b.Today().Year}
	for _, r := range b.All("meeting") {
		if y, err := strconv.Atoi(strings.SplitN(r.Values["start"]+"-", "-", 2)[0]); err == nil && !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}

// ShowYear shows another year.
func (m *Meetings) ShowYear(year int) { m.year = year; m.Refresh() }

// Kinds returns the labels of all sorts of meetings.
func (m *Meetings) Kinds() []string {
	f, _ := m.kind.Field("kind")
	return labelsOf(f.Type)
}

// Filter shows only one sort and one state; "" shows all.
func (m *Meetings) Filter(kind, state string) { m.sort, m.state = kind, state; m.show() }

// Filtered returns the filters that are on.
func (m *Meetings) Filtered() (kind, state string) { return m.sort, m.state }

// Find shows only meetings that match text.
func (m *Meetings) Find(text string) { m.query = strings.TrimSpace(text); m.show() }

// Query returns the text searched for.
func (m *Meetings) Query() string { return m.query }

// ClearFilters shows the whole year.
func (m *Meetings) ClearFilters() { m.sort, m.state, m.query = "", "", ""; m.show() }

// Current returns the id of the current row, "" when nothing is shown.
func (m *Meetings) Current() string { return m.now }

// SetCurrent makes a meeting the current row; one that is not shown is ignored.
func (m *Meetings) SetCurrent(id string) {
	if slices.ContainsFunc(m.rows, func(l MeetingLine) bool { return l.ID == id }) {
		m.now = id
	}
}

// Move moves the current row, stopping at the ends.
func (m *Meetings) Move(by int) {
	if len(m.rows) > 0 {
		m.now = m.rows[min(max(m.place()+by, 0), len(m.rows)-1)].ID
	}
}

func (m *Meetings) place() int {
	return slices.IndexFunc(m.rows, func(l MeetingLine) bool { return l.ID == m.now })
}

// Summary returns the line under the title: how many, how many still drafts.
func (m *Meetings) Summary() string {
	drafts := 0
	for _, line := range m.rows {
		if line.State.Say != "已定稿" {
			drafts++
		}
	}
	text := number(m.year) + " 年 " + number(len(m.rows)) + " 次"
	if drafts > 0 {
		text += "，" + number(drafts) + " 次还没有定稿"
	}
	return text
}

// Calendar returns the meetings shown by month, each month's in their order.
func (m *Meetings) Calendar() [12][]MeetingLine {
	var months [12][]MeetingLine
	for _, line := range slices.Backward(m.rows) {
		if day := record.ReadDate(strings.SplitN(line.start+" ", " ", 2)[0]); day.Month > 0 {
			months[day.Month-1] = append(months[day.Month-1], line)
		}
	}
	return months
}

// MeetingCard is a meeting as the card beside the list shows it.
type MeetingCard struct {
	Kind, When, Place, Chair, Recorder, Attended string
	State                                        Mark
	Agenda                                       []string
	Votes                                        []Mark
	Verb                                         string // 接着记 or 打开
}

// Show returns the card of a meeting.
func (m *Meetings) Show(id string) MeetingCard {
	r, _ := m.book.Get("meeting", id)
	line := m.line(r, branch.Heads(m.book))
	c := MeetingCard{Kind: line.Kind, When: strings.TrimSpace(line.Day + " " + line.Clock), Place: line.Place, Attended: line.Attended,
		State: line.State, Verb: "打开"}
	if line.State.Say != "已定稿" {
		c.Verb = "接着记"
	}
	for _, f := range []struct {
		name string
		to   *string
	}{{"chair", &c.Chair}, {"recorder", &c.Recorder}} {
		field, _ := m.kind.Field(f.name)
		*f.to = m.book.Show(field, r.Values[f.name])
	}
	for _, row := range r.Rows("agenda") {
		c.Agenda = append(c.Agenda, row.Values["title"])
	}
	votes := r.Rows("vote")
	if len(votes) == 0 {
		return c
	}
	roll, base := branch.Attendance(r, m.book), branch.RulesOn(m.book, m.book.Today()).Text("elect_base")
	for _, row := range votes {
		tone, say := Late, "未通过"
		if branch.Judge(row, roll, base).Outcome == branch.Passed {
			tone, say = Fine, "通过"
		}
		c.Votes = append(c.Votes, Mark{tone, row.Values["item"] + "：" + say})
	}
	return c
}
