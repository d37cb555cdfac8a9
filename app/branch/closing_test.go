package branch

import (
	"testing"

	"zhibu/storage/record"
)

// TestAYearIsClosedWhenItsStatisticsWereDue takes the registers of what happened on a
// day over the turn of a year, and those that are never closed.
func TestAYearIsClosedWhenItsStatisticsWereDue(t *testing.T) {
	of := func(kind string, typed map[string]string) func(t *testing.T, today string) bool {
		return func(t *testing.T, today string) bool {
			w := newWorld(today)
			w.put(t, "demand", "kept", map[string]string{"title": "停车难", "raised_at": "2024-11-02", "closed_on": "2025-03-01"})
			year := ClosedYear(w.put(t, kind, "r", typed), "", w)
			if year != 0 && year != 2025 {
				t.Errorf("%s on %s is of %d", kind, today, year)
			}
			return year > 0
		}
	}
	milestones := map[string]string{"title": "揭榜", "start": "2024-05-01", "due": "2026-12-31", "status": "已完成",
		"milestone/a/done": "2024-06-01", "milestone/b/done": "2025-09-30"}
	closing := map[string]map[string]func(*testing.T, string) bool{
		"training": {"date": of("training", map[string]string{"title": "党课", "date": "2025-12-31"})},
		"honour":   {"month": of("honour", map[string]string{"title": "优秀共产党员", "date": "2025-12"})},
		"service":  {"date": of("service", map[string]string{"title": "暖新", "date": "2025-01-01"})},
		"demand": {"closed": of("demand", map[string]string{"title": "停车难", "raised_at": "2024-11-02", "closed_on": "2025-03-01"}),
			"merged": of("demand", map[string]string{"title": "没处停车", "raised_at": "2024-12-02", "status": Merged, "merged_into": "kept"})},
		"liaison": {"ended": of("liaison", map[string]string{"name": "法律顾问", "from": "2020-01-01", "to": "2025-12-31"})},
		"project": {"last milestone": of("project", milestones)},
	}
	for kind, ways := range closing {
		for way, closed := range ways {
			for today, want := range map[string]bool{"2025-12-31": false, "2026-01-01": false, "2026-01-31": false, "2026-02-01": true, "2027-06-01": true} {
				if got := closed(t, today); got != want {
					t.Errorf("%s (%s) of 2025 on %s: closed %v", kind, way, today, got)
				}
			}
		}
	}
	for _, k := range Catalog() {
		_, date := k.Field("date")
		_, end := k.Field("closed_on")
		_, to := k.Field("to")
		_, status := k.Field("milestone")
		if _, closes := closing[k.Name]; closes != (date || end || to || status) {
			t.Errorf("%s: whether its records are of a year is not settled here", k.Name)
		}
	}
	for what, closed := range map[string]func(*testing.T, string) bool{
		"training of this year":   of("training", map[string]string{"title": "党课", "date": "2026-01-01"}),
		"training without a day":  of("training", map[string]string{"title": "党课"}),
		"demand under way":        of("demand", map[string]string{"title": "停车难", "raised_at": "2024-11-02"}),
		"merged into one of none": of("demand", map[string]string{"title": "停车难", "raised_at": "2024-11-02", "status": Merged, "merged_into": "gone"}),
		"merged into itself":      of("demand", map[string]string{"title": "停车难", "status": Merged, "merged_into": "r"}),
		"liaison that goes on":    of("liaison", map[string]string{"name": "法律顾问", "from": "2020-01-01"}),
		"nomination":              of("honour", map[string]string{"title": "优秀共产党员", "nominated_on": "2024-05-01"}),
		"project of no milestone": of("project", map[string]string{"title": "揭榜", "start": "2024-05-01", "due": "2025-11-30", "status": "已停止"}),
		"project under way":       of("project", map[string]string{"title": "揭榜", "start": "2024-05-01", "due": "2025-05-01", "status": "进行中"}),
		"project without an end":  of("project", map[string]string{"title": "揭榜", "start": "2024-05-01", "status": "已完成"}),
		"dues":                    of("dues", map[string]string{"year": "2024"}),
		"meeting":                 of("meeting", map[string]string{"kind": "支部党员大会", "start": "2024-03-01 14:00"}),
		"member":                  of("member", map[string]string{"name": "白一宁", "joined": "2018-06-08"}),
	} {
		if closed(t, "2026-11-20") {
			t.Errorf("%s is closed", what)
		}
	}
}

// TestARowIsOfTheYearOfItsDay looks at rows within what goes on.
func TestARowIsOfTheYearOfItsDay(t *testing.T) {
	w := newWorld("2026-11-20")
	rows := map[string]string{"visit/old/date": "2024-05-06", "visit/old/content": "共建", "visit/new/date": "2026-05-06", "visit/new/content": "共建"}
	for kind, named := range map[string]map[string]string{"liaison": {"name": "澄光软件"}, "dossier": {"name": "澄光软件"}} {
		for path, text := range rows {
			named[path] = text
		}
		r := w.put(t, kind, "r", named)
		for path, want := range map[string]int{"": 0, "phone": 0, "visit": 0, "visit/new/content": 0, "visit/next/content": 0, "visit/old/content": 2024, record.DeletedPath: 2024} {
			if got := ClosedYear(r, path, w); got != want {
				t.Errorf("%s %q is of %d, want %d", kind, path, got, want)
			}
		}
		if err := OnlyRead(r, "visit/old/content", w); record.CodeOf(err) != YearClosed {
			t.Errorf("%s: %v", kind, err)
		}
	}
	m := w.put(t, "member", "m", map[string]string{"name": "白一宁", "contact/old/date": "2024-05-06", "contact/old/content": "谈话"})
	if year := ClosedYear(m, record.DeletedPath, w); year != 0 {
		t.Errorf("a person's file is of %d", year)
	}
}

// TestWhatComesLateIsSaid registers, changes and moves trainings.
func TestWhatComesLateIsSaid(t *testing.T) {
	w := newWorld("2026-11-20")
	old := w.put(t, "training", "old", map[string]string{"title": "党课", "date": "2025-10-16"})
	this := w.put(t, "training", "this", map[string]string{"title": "党课", "date": "2026-10-16"})
	none := record.Record{Kind: "training"}
	for _, c := range []struct {
		what          string
		before, after record.Record
		said          bool
	}{{"registered late", none, old, true}, {"moved there", this, old, true}, {"changed there", old, old, false}, {"registered", none, this, false}, {"moved out", old, this, false}} {
		if said := ComesLate(c.before, c.after, w); (len(said) == 1) != c.said || c.said && (said[0].Path != "date" || said[0].Severity != record.Info) {
			t.Errorf("%s: %+v", c.what, said)
		}
	}
}

// An evaluation that is summed up stays as it is when something else is changed.
func TestOldEvaluationsAreNotSummedUpAnew(t *testing.T) {
	w := newWorld("2026-11-20")
	v := record.Values{"evaluation/a/work": "30", "evaluation/a/political": "15", "evaluation/a/total": "1", "evaluation/b/political": "15",
		"evaluation/b/work": "30", "evaluation/b/quality": "20", "evaluation/b/service": "15", "evaluation/b/example": "10", "evaluation/b/life": "10",
		"evaluation/a/quality": "20", "evaluation/a/service": "15", "evaluation/a/example": "10", "evaluation/a/life": "10"}
	if got := signDerive(v, "place", w); len(got) != 0 {
		t.Errorf("a place changes %v", got)
	}
	if got := signDerive(v, "evaluation/b/life", w); got["evaluation/b/total"] != "100" || got["evaluation/a/total"] != "" {
		t.Errorf("an evaluation changes %v", got)
	}
}
