package screen

import (
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// Day returns the text of the box for the day.
func (m *Meeting) Day() string { return m.day }

// From returns the text of the box for the beginning.
func (m *Meeting) From() string { return m.from }

// To returns the text of the box for the end.
func (m *Meeting) To() string { return m.to }

// SetTimes takes the three time boxes as typed: a day (11-20, 今天, +7 …) and
// two clock times (14:00, 1400, 14点, 14).
func (m *Meeting) SetTimes(day, from, to string) {
	m.day, m.from, m.to = day, from, to
	full := record.ExpandDate(day, m.book.Today())
	cells := map[string]string{"start": joinTime(full, from), "end": ""}
	if strings.TrimSpace(to) != "" {
		cells["end"] = joinTime(full, to)
	}
	for path, text := range cells {
		m.set(path, text)
	}
	m.Settle()
}

func joinTime(day, clock string) string {
	return strings.TrimSpace(day + " " + expandClock(clock))
}

// readTimes takes the boxes from the record or the draft.
func (m *Meeting) readTimes() {
	start, end := m.Text("start"), m.Text("end")
	m.day, m.from, _ = strings.Cut(start, " ")
	_, m.to, _ = strings.Cut(end, " ")
}

// TakeOffer goes on from the draft that was found.
func (m *Meeting) TakeOffer() {
	m.Form.TakeOffer()
	m.readTimes()
}

// Undo takes back the last act.
func (m *Meeting) Undo() bool { return m.retimed(m.Form.Undo()) }

// Redo does again what Undo took back.
func (m *Meeting) Redo() bool { return m.retimed(m.Form.Redo()) }

func (m *Meeting) retimed(done bool) bool {
	if done {
		m.readTimes()
	}
	return done
}

// expandClock turns 1400, 14, 14点 and 14点30 into 14:00 and 14:30; anything
// else comes back as it is.
func expandClock(typed string) string {
	s := strings.NewReplacer("点", ":", "时", ":", "：", ":", "分", "", "半", "30").Replace(record.Halfwidth(strings.TrimSpace(typed)))
	s = strings.TrimSuffix(s, ":")
	digits := strings.ReplaceAll(s, ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return typed
	}
	switch {
	case strings.Contains(s, ":"):
		hour, minute, _ := strings.Cut(s, ":")
		h, errH := strconv.Atoi(hour)
		mi, errM := strconv.Atoi(minute)
		if errH != nil || errM != nil {
			return typed
		}
		return clockText(h, mi)
	case len(digits) <= 2:
		return clockText(n, 0)
	}
	return clockText(n/100, n%100)
}

func clockText(hour, minute int) string {
	two := func(n int) string { return ("0" + strconv.Itoa(n))[len(strconv.Itoa(n))-1:] }
	return two(hour) + ":" + two(minute)
}

// When returns the time as a heading shows it: 2026-11-20 14:00–15:20.
func (m *Meeting) When() string {
	v := m.Record().Values
	_, end, _ := strings.Cut(v["end"], " ")
	if end == "" {
		return v["start"]
	}
	return v["start"] + "–" + end
}
