package branch

import "testing"

// TestAYearIsClosedWhenItsStatisticsWereDue takes the registers of what happened on a
// day over the turn of a year, and those that are never closed.
func TestAYearIsClosedWhenItsStatisticsWereDue(t *testing.T) {
	of := func(kind string, typed map[string]string) func(t *testing.T, today string) bool {
		return func(t *testing.T, today string) bool {
			w := newWorld(today)
			year, from, closed := ClosedYear(w.put(t, kind, "r", typed), w)
			if closed && (year != 2025 || from.String() != "2026-02-01") {
				t.Errorf("%s on %s is of %d, closed from %s", kind, today, year, from)
			}
			return closed
		}
	}
	closing := map[string]func(*testing.T, string) bool{
		"training": of("training", map[string]string{"title": "党课", "date": "2025-12-31"}),
		"honour":   of("honour", map[string]string{"title": "优秀共产党员", "date": "2025-12"}),
		"service":  of("service", map[string]string{"title": "暖新", "date": "2025-01-01"}),
		"demand":   of("demand", map[string]string{"title": "停车难", "raised_at": "2024-11-02", "closed_on": "2025-03-01"}),
		"liaison":  of("liaison", map[string]string{"name": "法律顾问", "from": "2020-01-01", "to": "2025-12-31"}),
	}
	for kind, closed := range closing {
		for today, want := range map[string]bool{"2025-12-31": false, "2026-01-01": false, "2026-01-31": false, "2026-02-01": true, "2027-06-01": true} {
			if got := closed(t, today); got != want {
				t.Errorf("%s of 2025 on %s: closed %v", kind, today, got)
			}
		}
	}
	for _, k := range Catalog() {
		_, date := k.Field("date")
		_, end := k.Field("closed_on")
		_, to := k.Field("to")
		if _, closes := closing[k.Name]; closes != (date || end || to) {
			t.Errorf("%s: whether its records are of a year is not settled here", k.Name)
		}
	}
	for what, closed := range map[string]func(*testing.T, string) bool{
		"training of this year":  of("training", map[string]string{"title": "党课", "date": "2026-01-01"}),
		"training without a day": of("training", map[string]string{"title": "党课"}),
		"demand under way":       of("demand", map[string]string{"title": "停车难", "raised_at": "2024-11-02"}),
		"liaison that goes on":   of("liaison", map[string]string{"name": "法律顾问", "from": "2020-01-01"}),
		"nomination":             of("honour", map[string]string{"title": "优秀共产党员", "nominated_on": "2024-05-01"}),
		"project":                of("project", map[string]string{"title": "揭榜", "start": "2024-05-01"}),
		"dues":                   of("dues", map[string]string{"year": "2024"}),
		"meeting":                of("meeting", map[string]string{"kind": "支部党员大会", "start": "2024-03-01 14:00"}),
		"member":                 of("member", map[string]string{"name": "白一宁", "joined": "2018-06-08"}),
	} {
		if closed(t, "2026-11-20") {
			t.Errorf("%s is closed", what)
		}
	}
}
