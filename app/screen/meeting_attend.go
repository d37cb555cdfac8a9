package screen

import (
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// States of attendance as people read and type them.
const (
	Came      = "到会"
	Excused   = "请假"
	Absent    = "缺席"
	SittingIn = "列席"
)

// Seat is one person in the attendance grid.
type Seat struct {
	Row      string // attendance row: the member's id, or a row of its own for a guest by name
	Name     string
	State    string
	Reason   string // why somebody is not there; for a guest what they are
	Voteless bool   // no right to vote here: shown 预
}

// Roll returns the attendance as the rules compute it from the record as it
// stands now (branch.Attendance).
func (m *Meeting) Roll() branch.Roll { return branch.Attendance(m.Record(), m.book) }

// Seats returns everybody who is expected, in pinyin order. Nobody has to be
// entered: who has no state of their own is present.
func (m *Meeting) Seats() []Seat { return m.seats(false) }

// Guests returns those who sit in (列席).
func (m *Meeting) Guests() []Seat { return m.seats(true) }

func (m *Meeting) seats(guests bool) []Seat {
	f, _ := m.Kind.Field(record.Path("attendance", "", "state"))
	var seats []Seat
	for _, s := range m.Roll().Seats {
		if (s.State == branch.Observer) != guests {
			continue
		}
		seat := Seat{Row: s.ID, Name: s.Name, State: f.Format(s.State), Reason: s.Reason, Voteless: !s.Votes}
		if guests {
			seat.Reason = m.Text(record.Path("attendance", s.ID, "duty"))
		}
		seats = append(seats, seat)
	}
	return seats
}

// seat returns the seat of a row, guest or not.
func (m *Meeting) seat(row string) Seat {
	all := append(m.Seats(), m.Guests()...)
	if i := slices.IndexFunc(all, func(s Seat) bool { return s.Row == row }); i >= 0 {
		return all[i]
	}
	return Seat{Row: row, State: Came}
}

// on returns the day of the meeting; today as long as it has none.
func (m *Meeting) on() record.Date {
	day, _, _ := strings.Cut(m.Record().Values["start"], " ")
	if d := record.ReadDate(day); !d.IsZero() {
		return d
	}
	return m.book.Today()
}

// Cycle changes a seat: 到会 → 请假 → 缺席 → 到会 (a click, Space).
func (m *Meeting) Cycle(row string) {
	next := map[string]string{Came: Excused, Excused: Absent, Absent: Came}
	m.Mark(row, next[m.seat(row).State])
}

// Mark sets the state of a seat (1, 2, 3).
func (m *Meeting) Mark(row, state string) {
	cells := map[string]string{record.Path("attendance", row, "state"): state}
	if state == Came {
		cells[record.Path("attendance", row, "reason")] = ""
	}
	m.did(cells)
}

// SetReason says why somebody is not there.
func (m *Meeting) SetReason(row, reason string) {
	column := "reason"
	if m.seat(row).State == SittingIn {
		column = "duty"
	}
	m.Type(record.Path("attendance", row, column), reason)
}

// AllCame marks everybody present.
func (m *Meeting) AllCame() {
	cells := map[string]string{}
	for _, seat := range m.Seats() {
		if seat.State != Came {
			cells[record.Path("attendance", seat.Row, "state")] = Came
			cells[record.Path("attendance", seat.Row, "reason")] = ""
		}
	}
	m.did(cells)
}

// Invite adds somebody who sits in: a member by name where the name is one in
// the register and not expected anyhow, else a guest with what they are.
func (m *Meeting) Invite(name, duty string) {
	if name = strings.TrimSpace(name); name == "" {
		return
	}
	row, cells := NewRow(), map[string]string{}
	id, err := m.book.Resolve("member", name)
	if err == nil && !slices.ContainsFunc(m.Seats(), func(s Seat) bool { return s.Row == id }) {
		row = id
	} else {
		cells[record.Path("attendance", row, "name")] = name
	}
	cells[record.Path("attendance", row, "state")] = SittingIn
	cells[record.Path("attendance", row, "duty")] = duty
	m.did(cells)
}

// Dismiss takes a guest off the list.
func (m *Meeting) Dismiss(row string) { m.RemoveRow("attendance", row) }

// Counts are the figures under the grid. They always sum: Expected is Present,
// Excused and Absent together.
type Counts struct {
	Expected, Present, Excused, Absent, Guests int
	Voting                                     bool // votes are taken at this sort of meeting
	Entitled, EntitledPresent                  int
}

// Counts counts the seats.
func (m *Meeting) Counts() Counts {
	roll := m.Roll()
	return Counts{Expected: roll.Expected, Present: roll.Present, Excused: roll.Leave, Absent: roll.Absent, Guests: roll.Observers,
		Voting: m.voting(), Entitled: roll.VotersExpected, EntitledPresent: roll.VotersPresent}
}

// voting reports whether votes are taken by right here: 党员大会, 换届, 支委会.
func (m *Meeting) voting() bool {
	switch m.Record().Values["kind"] {
	case branch.AllMembers, branch.Election, branch.Committee:
		return true
	}
	return len(m.Rows("vote")) > 0
}
