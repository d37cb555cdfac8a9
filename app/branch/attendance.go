package branch

import (
	"slices"

	"zhibu/storage/record"
)

// Seat is one person at a meeting.
type Seat struct {
	ID     string // member or pool id; the row id for guests
	Name   string
	State  string // Present, Leave, Absent or Observer
	Reason string
	Votes  bool // has the right to vote at this meeting
}

// Roll is a meeting's attendance. Expected = Present + Leave + Absent always;
// observers (列席) are not expected.
type Roll struct {
	Seats                         []Seat // expected first, in pinyin order, then observers
	Expected, Present, Leave      int
	Absent, Observers             int
	VotersExpected, VotersPresent int
	Excluded                      int  // left out of the entitled with superior consent
	Imported                      bool // numbers only, from a spreadsheet
}

// Attendance computes who was expected and who came. A draft takes the roster
// of the meeting's day, everybody present unless marked otherwise; a finalised
// meeting keeps the seats it was finalised with, whatever happens to the roster.
func Attendance(meeting record.Record, in record.Around) Roll {
	rows := map[string]record.Row{}
	for _, row := range meeting.Rows("attendance") {
		rows[row.ID] = row
	}
	final := meeting.Values["status"] == Final || meeting.Values["status"] == Archived
	if len(rows) == 0 && meeting.Values["expected"] != "" {
		return importedRoll(meeting)
	}
	var roll Roll
	expected := expectedAt(meeting, in)
	voters := voterIDs(meeting, expected, in)
	if !final {
		for _, m := range expected {
			row := rows[m.ID]
			delete(rows, m.ID)
			roll.add(seat(m.ID, m.Values["name"], row, voters))
		}
	}
	for _, row := range guests(rows, in) {
		roll.add(row.seat(voters, final))
	}
	roll.Excluded = len(meeting.Rows("excluded"))
	if final {
		roll.VotersExpected, roll.VotersPresent = record.Int(meeting.Values["voters_expected"]), record.Int(meeting.Values["voters_present"])
	}
	return roll
}

func importedRoll(meeting record.Record) Roll {
	v := meeting.Values.Clone()
	for voters, people := range map[string]string{"voters_expected": "expected", "voters_present": "present"} {
		if v[voters] == "" { // a list that does not tell them apart
			v[voters] = v[people]
		}
	}
	return Roll{Imported: true, Expected: record.Int(v["expected"]), Present: record.Int(v["present"]),
		Leave: record.Int(v["on_leave"]), Absent: max(0, record.Int(v["expected"])-record.Int(v["present"])-record.Int(v["on_leave"])),
		VotersExpected: record.Int(v["voters_expected"]), VotersPresent: record.Int(v["voters_present"])}
}

// voterIDs returns who may vote at a meeting: at a committee meeting its
// members, else the full members with their rights, less those excluded.
func voterIDs(meeting record.Record, expected []record.Record, in record.Around) map[string]bool {
	on := dayOf(meeting.Values["start"])
	if on.IsZero() {
		on = in.Today()
	}
	out := map[string]bool{}
	for _, m := range expected {
		out[m.ID] = HasVote(m, on)
	}
	for _, row := range meeting.Rows("excluded") {
		out[row.ID] = false
	}
	return out
}

func seat(id, name string, row record.Row, voters map[string]bool) Seat {
	s := Seat{ID: id, Name: name, State: row.Values["state"], Reason: row.Values["reason"], Votes: voters[id]}
	if s.State == "" {
		s.State = Present
	}
	return s
}

// guest is an attendance row of somebody outside the expected.
type guest struct {
	row  record.Row
	name string
}

// seat places the row: in a finalised meeting as it was kept, in a draft a
// person outside the roster sits in, and does not count.
func (g guest) seat(voters map[string]bool, final bool) Seat {
	s := seat(g.row.ID, g.name, g.row, voters)
	if !final {
		s.State, s.Votes = Observer, false
	}
	return s
}

func guests(rows map[string]record.Row, in record.Around) []guest {
	var out []guest
	for id, row := range rows {
		name := row.Values["name"]
		for _, kind := range []string{"member", "pool"} {
			if r, ok := in.Get(kind, id); ok && name == "" {
				name = r.Values["name"]
			}
		}
		out = append(out, guest{row, name})
	}
	keys := map[string]string{}
	for _, g := range out {
		keys[g.row.ID] = SortKey(g.name) + g.row.ID
	}
	slices.SortFunc(out, func(a, b guest) int {
		if x, y := a.row.Values["state"] == Observer, b.row.Values["state"] == Observer; x != y {
			return map[bool]int{false: -1, true: 1}[x]
		}
		if keys[a.row.ID] < keys[b.row.ID] {
			return -1
		}
		return 1
	})
	return out
}

func (r *Roll) add(s Seat) {
	r.Seats = append(r.Seats, s)
	r.head(s.State)
	if s.Votes && s.State != Observer {
		r.VotersExpected++
		if s.State == Present {
			r.VotersPresent++
		}
	}
}

// values returns the counts as a finalised meeting keeps them.
func (r Roll) values() record.Values {
	return record.Values{"expected": itoa(r.Expected), "present": itoa(r.Present), "on_leave": itoa(r.Leave), "absent": itoa(r.Absent),
		"voters_expected": itoa(r.VotersExpected), "voters_present": itoa(r.VotersPresent)}
}

// Rate returns the share of the expected who came, in percent with one decimal
// rounded half up; ok is false when nobody was expected.
func (r Roll) Rate() (percent float64, ok bool) { return share(r.Present, r.Expected) }

func share(part, whole int) (float64, bool) {
	if whole <= 0 { // nobody, or counts so odd that their sum ran over
		return 0, false
	}
	return float64((part*2000+whole)/(2*whole)) / 10, true
}
