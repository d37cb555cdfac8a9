package screen

import (
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Meeting is the editor of one meeting record (domain.md §2.2, §2.5): facts,
// agenda, attendance by exception, votes that check themselves, minutes, and
// what finalising will carry to the other registers.
type Meeting struct {
	*Form
	day, from, to string // the three time boxes as typed
	current       string // agenda row the person is at
}

// NewMeeting opens the meeting id, or a fresh one of the kind labelled kind
// (支部党员大会 …) when id is "": now, at the usual place, chaired and recorded as
// the last one of its kind was, with that kind's usual agenda.
func NewMeeting(b *Book, id, kind string) (*Meeting, error) {
	f, err := NewForm(b, "meeting", id)
	if err != nil {
		return nil, err
	}
	m := &Meeting{Form: f}
	m.readTimes()
	if id == "" {
		m.begin(kind)
	}
	return m, nil
}

// begin fills a fresh meeting. Nothing of it is dirty: closing the page at once
// leaves no draft.
func (m *Meeting) begin(kind string) {
	now := m.book.Now()
	kind, group := m.asked(kind)
	cells := map[string]string{"kind": kind, "title": kind}
	if group != "" {
		cells["group"], cells["title"] = group, group+"会"
	}
	last, found := m.lastOf(kind)
	for _, name := range []string{"place", "chair", "recorder"} {
		if found && last.Values[name] != "" {
			cells[name] = last.Values[name]
		}
	}
	if cells["chair"] == "" {
		cells["chair"] = m.holder("书记")
	}
	m.day = record.DateOf(now).String()
	m.from = clockText(now.Hour(), now.Minute()/5*5)
	cells["start"] = m.day + " " + m.from
	for path, text := range m.agendaCells(templateOf(kind).Items) {
		cells[path] = text
	}
	m.prefill(cells)
	m.Settle()
}

// asked reads what sort of meeting a page asks for: its label, or its stored
// code with the party group and the period behind it, as reminders name it.
// Anything else is the first sort of the list.
func (m *Meeting) asked(what string) (kind, group string) {
	f, _ := m.Kind.Field("kind")
	choice, _ := f.Type.(record.Choice)
	found, kind := "", m.Labels("kind")[0]
	for _, c := range choice.Codes {
		if what == c.Label {
			return c.Label, ""
		}
		if strings.HasPrefix(what, c.ID) && len(c.ID) > len(found) {
			found, kind = c.ID, c.Label
		}
	}
	for _, g := range branch.Groups(m.book) {
		if found != "" && strings.HasPrefix(what[len(found):], g.Name) {
			group = g.Name
		}
	}
	return kind, group
}

// lastOf returns the newest meeting of a kind.
func (m *Meeting) lastOf(kind string) (record.Record, bool) {
	var last record.Record
	f, _ := m.Kind.Field("kind")
	for _, r := range m.book.All("meeting") {
		if f.Format(r.Values["kind"]) == kind && r.Values["start"] > last.Values["start"] {
			last = r
		}
	}
	return last, last.ID != ""
}

// holder returns the id of the member who holds a party post, "" for none.
func (m *Meeting) holder(post string) string {
	k, err := m.book.Kind("member")
	if err != nil {
		return ""
	}
	f, _ := k.Field("party_post")
	for _, r := range m.book.All("member") {
		if strings.Contains(f.Format(r.Values["party_post"]), post) && !strings.Contains(f.Format(r.Values["party_post"]), "副"+post) {
			return r.ID
		}
	}
	return ""
}

// KindLabel returns what sort of meeting it is, e.g. 支部党员大会.
func (m *Meeting) KindLabel() string { return m.Text("kind") }

// SetKind changes the sort of meeting. An agenda nobody touched follows it.
func (m *Meeting) SetKind(label string) {
	cells := map[string]string{"kind": label}
	if m.Text("title") == m.KindLabel() {
		cells["title"] = label
	}
	if m.untouchedAgenda() {
		for path, text := range m.clearTable("agenda") {
			cells[path] = text
		}
		for path, text := range m.agendaCells(templateOf(label).Items) {
			cells[path] = text
		}
	}
	m.did(cells)
}

// did makes one step of several paths and settles.
func (m *Meeting) did(cells map[string]string) {
	m.act(cells)
	m.Settle()
}

// clearTable returns the cells that empty every row of a table.
func (m *Meeting) clearTable(table string) map[string]string {
	cells := map[string]string{}
	for path := range m.values {
		if t, _, column := record.SplitPath(path); t == table && column != "" {
			cells[path] = ""
		}
	}
	return cells
}

// Places returns the places of earlier meetings, the newest first.
func (m *Meeting) Places() []string {
	meetings := slices.Clone(m.book.All("meeting"))
	slices.SortFunc(meetings, func(a, b record.Record) int {
		return strings.Compare(b.Values["start"], a.Values["start"])
	})
	var places []string
	for _, r := range meetings {
		if place := r.Values["place"]; place != "" && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return places
}

// Status returns the pill beside the title.
func (m *Meeting) Status() Mark {
	if m.Sealed() {
		return Mark{Neutral, "已定稿 " + shortMoment(m.shown.Values["finalised_at"], m.book.Today())}
	}
	return Mark{Neutral, "草稿"}
}

// Sealed reports whether the record is finalised: it is read and printed, and
// changed only by corrections that stand beside it.
func (m *Meeting) Sealed() bool { return sealed(m.Kind, m.shown) }

// Closed reports whether nothing may be typed: the meeting is finalised, or this laptop
// may not write it.
func (m *Meeting) Closed() bool { return m.Sealed() || m.shut != nil }

// sealed reports whether a meeting record is finalised or archived.
func sealed(k record.Kind, r record.Record) bool {
	f, _ := k.Field("status")
	switch f.Format(r.Values["status"]) {
	case "已定稿", "已归档":
		return true
	}
	return false
}

// shortMoment shows a stored moment without this year's number: 11-20 15:31.
func shortMoment(value string, today record.Date) string {
	return strings.TrimPrefix(value, strconv.Itoa(today.Year)+"-")
}

// Touched reports whether a person typed anything since the page was opened.
func (m *Meeting) Touched() bool { return m.dirty || !m.keptAt.IsZero() }

// Special returns the fields that only this sort of meeting needs, beside what
// every meeting has (domain.md §2.5).
func (m *Meeting) Special() []record.Field {
	names := map[string][]string{
		branch.GroupMeet: {"group"}, branch.Lecture: {"lecturer", "hours", "theme"},
		branch.ThemeDay: {"theme", "form", "service_hours"}, branch.LifeMeet: {"theme", "preparation", "findings", "criticism", "fix"},
		branch.Appraisal: {"grade", "fix"}, branch.Talk: {"pair"}, branch.Report: {"report_result"},
		"LSH": {"issue"}, "JSH": {"issue"}, "YSH": {"issue"}, "MZYS": {"issue"}, "JZXX": {"lecturer", "hours"}, "ZYFW": {"form", "service_hours"},
	}[m.Record().Values["kind"]]
	var out []record.Field
	for _, name := range append(names, "resolution") {
		if f, ok := m.Kind.Field(name); ok {
			out = append(out, f)
		}
	}
	return out
}
