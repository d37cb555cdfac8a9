// Package sample makes the demonstration branch: invented people and firms, the
// same for the same day. Its figures are those of the pictures the screens were
// drawn from.
package sample

import (
	"fmt"
	"maps"
	"slices"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// day is the day the pictures show.
var day = record.Date{Year: 2026, Month: 11, Day: 20}

// Edits returns the demonstration branch as it stands on a day: 20 members, 12
// people in the pool, a year of meetings, posts, demands and dues. A scale above
// 20 adds people and proportional records up to that many members.
func Edits(on record.Date, scale int) []record.Edit {
	s := &maker{shift: day.DaysUntil(on)}
	s.branch()
	s.members()
	s.dossiers()
	s.meetings()
	s.pool()
	s.signs()
	s.demands()
	s.learning()
	s.dues()
	s.social()
	if scale > len(people) {
		s.more(scale - len(people))
	}
	return s.edits
}

// maker collects edits; all dates are written as of Day and shifted.
type maker struct {
	shift   int
	edits   []record.Edit
	present map[string]float64 // hours heard at meetings, by member
}

// id returns a fixed id, well formed as a UUIDv7, for record n of a kind.
func id(kind string, n int) string {
	kinds := []string{"branch", "member", "pool", "meeting", "post", "zone", "dues", "training", "honour", "demand", "dossier", "liaison", "service", "project", "row"}
	return fmt.Sprintf("0198c0de-%04x-7000-8000-%012x", slices.Index(kinds, kind)+1, n)
}

// on shifts a day written as of the pictures; "" stays "".
func (s *maker) on(text string) string {
	d := record.ReadDate(text)
	switch {
	case d.IsZero():
		return text
	case d.Day == 0:
		d = record.Date{Year: d.Year, Month: max(d.Month, 1), Day: 15}.AddDays(s.shift)
		return record.Date{Year: d.Year, Month: d.Month}.String()
	}
	return d.AddDays(s.shift).String()
}

// at shifts a moment.
func (s *maker) at(text string) string { return s.on(text[:10]) + text[10:] }

func (s *maker) add(kind, id string, sets ...record.Values) {
	all := record.Values{}
	for _, set := range sets {
		maps.Copy(all, set)
	}
	for path, value := range all {
		if value == "" {
			delete(all, path)
		}
	}
	s.edits = append(s.edits, record.Edit{Kind: kind, ID: id, Set: all})
}

// rows writes a table: one map a row, ids and ranks made here.
func rows(table string, list ...map[string]string) record.Values {
	out := record.Values{}
	rank := ""
	for i, cells := range list {
		row := id("row", i+1)
		rank = record.RankBetween(rank, "")
		out[record.Path(table, row, record.RankColumn)] = rank
		for column, value := range cells {
			out[record.Path(table, row, column)] = value
		}
	}
	return out
}

// idNumber returns a number of a county code that was never given out, with a
// right check digit.
func idNumber(birth string, seq int) string {
	d := record.ReadDate(birth)
	body := fmt.Sprintf("310199%04d%02d%02d%03d", d.Year, d.Month, d.Day, seq)
	for _, c := range "0123456789X" {
		if branch.CheckID(body + string(c)).Valid() {
			return body + string(c)
		}
	}
	return body + "0"
}

func itoa(n int) string { return fmt.Sprint(n) }
