package branch

import (
	"testing"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// district puts a version of the district's into the books, as an exchange does.
func district(w *world, id, from string, values map[string]string) {
	r := rules.Amendment{ID: id, EffectiveFrom: from, Basis: "浦组〔2026〕" + id, Values: values}.Record()
	w.apply(record.Edit{Kind: r.Kind, ID: r.ID, Set: r.Values})
}

func TestRulesAreTheShippedOnesThenTheBranchsThenTheDistricts(t *testing.T) {
	w := small(t, "2026-06-01")
	if edits, cs := SetParameter("lecture_times", "2", record.ReadDate("2026-07-01"), "街道通知", w); len(cs) > 0 {
		t.Fatal(cs)
	} else {
		w.apply(edits...)
	}
	if edits, cs := SetParameter("demand_days", "20", record.ReadDate("2026-07-01"), "支委会研究", w); len(cs) > 0 {
		t.Fatal(cs)
	} else {
		w.apply(edits...)
	}
	district(w, "PD-2026.2", "2026-09-01", map[string]string{"lecture_times": "6"})
	for day, want := range map[string][3]string{
		"2026-06-30": {"4", "30", rules.ByProgram}, "2026-07-01": {"2", "20", rules.ByBranch}, "2026-09-01": {"6", "20", rules.ByDistrict},
	} {
		set := RulesOn(w, record.ReadDate(day))
		by := ""
		for _, p := range set.Params {
			if p.Name == "lecture_times" {
				by = p.By
			}
		}
		if got := [3]string{set.Text("lecture_times"), set.Text("demand_days"), by}; got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
	for _, p := range RulesOn(w, record.ReadDate("2026-08-01")).Params {
		if p.Name == "demand_days" && (p.Basis != "支委会研究" || p.Since != "2026-07-01") {
			t.Errorf("%+v", p)
		}
	}
	if next := Coming(w, "lecture_times", record.ReadDate("2026-08-01")); len(next) != 1 || next[0].Value != "6" || next[0].Since != "2026-09-01" {
		t.Errorf("coming: %+v", next)
	}
}

func TestAParameterIsSetFromTodayOnWithReasonOnly(t *testing.T) {
	w := small(t, "2026-06-01")
	for code, c := range map[string][4]string{
		"RULESET_PAST": {"lecture_times", "2", "2026-05-31", "通知"}, "RULESET_BASIS": {"lecture_times", "2", "2026-06-01", ""},
		"RULESET_VALUE": {"lecture_times", "两", "2026-06-01", "通知"}, "RULESET_PARAM": {"seat_difference", "10", "2026-06-01", "通知"},
	} {
		edits, cs := SetParameter(c[0], c[1], record.ReadDate(c[2]), c[3], w)
		if _, ok := find(cs, code); !ok || len(edits) > 0 {
			t.Errorf("%v: %v", c, cs)
		}
		for _, said := range cs {
			checkSay(t, code, said.Say)
		}
	}
}

func TestRolesWriteWhatTheTableSays(t *testing.T) {
	set := rules.Shipped()[0]
	for _, c := range []struct {
		role, kind string
		may        bool
	}{{"secretary", "branch", true}, {"committee", "meeting", true}, {"committee", "branch", false}, {"reader", "meeting", false}, {"stranger", "meeting", false}} {
		if MayWrite(set, c.role, c.kind) != c.may {
			t.Errorf("%+v", c)
		}
	}
}

func TestAYearWithoutKnownHolidaysSaysSo(t *testing.T) {
	w := small(t, "2027-01-20")
	set, from := RulesOn(w, w.today), record.ReadDate("2027-01-11")
	if got := workdayEnd(set, from, 5); got != "2027-01-15（2027 年节假日未公布，按周末算）" {
		t.Error(got)
	}
	if got := workdayEnd(set, record.ReadDate("2025-09-29"), 5); got != "2025-10-11" {
		t.Error(got)
	}
	w.put(t, "branch", "b1", map[string]string{"holiday/a/from": "2027-01-13", "holiday/a/to": "2027-01-14", "holiday/a/kind": "放假", "holiday/b/from": "2027-01-16", "holiday/b/kind": "上班"})
	if got := workdayEnd(RulesOn(w, w.today), from, 5); got != "2027-01-18" {
		t.Error(got)
	}
}
