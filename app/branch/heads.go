package branch

import (
	"strings"

	"zhibu/storage/record"
)

// Heads returns what counts who came and who was expected at one meeting after
// another: Attendance without the seats. The roster of a day is read once.
func Heads(in record.Around) func(meeting record.Record) (present, expected int) {
	rosters := map[record.Date][]record.Record{}
	roster := func(on record.Date) []record.Record {
		list, known := rosters[on]
		if !known {
			for _, m := range in.All("member") {
				if InRoster(m, on) {
					list = append(list, m)
				}
			}
			rosters[on] = list
		}
		return list
	}
	return func(meeting record.Record) (present, expected int) {
		states := seatStates(meeting)
		if len(states) == 0 && meeting.Values["expected"] != "" {
			roll := importedRoll(meeting)
			return roll.Present, roll.Expected
		}
		var heads Roll
		if status := meeting.Values["status"]; status == Final || status == Archived {
			for _, state := range states {
				heads.head(state)
			}
			return heads.Present, heads.Expected
		}
		for _, m := range expectedOf(meeting, in, roster) {
			heads.head(states[m.ID])
		}
		return heads.Present, heads.Expected
	}
}

// head counts a seat by its state; without one its holder came.
func (r *Roll) head(state string) {
	switch state {
	case Observer:
		r.Observers++
		return
	case Present, "":
		r.Present++
	case Leave:
		r.Leave++
	default:
		r.Absent++
	}
	r.Expected++
}

// seatStates returns the state written on each attendance row, "" where only
// something else is written. A row of nothing but its rank is none.
func seatStates(meeting record.Record) map[string]string {
	states := map[string]string{}
	for path, value := range meeting.Values {
		if value == "" || !strings.HasPrefix(path, "attendance/") {
			continue
		}
		switch _, row, column := record.SplitPath(path); column {
		case "", record.RankColumn:
		case "state":
			states[row] = value
		default:
			if _, known := states[row]; !known {
				states[row] = ""
			}
		}
	}
	return states
}
