package rules

import (
	"maps"
	"testing"

	"zhibu/storage/record"
)

func TestAmendmentsBeginOnTheirDayAndLayOverOneAnother(t *testing.T) {
	first := Amendment{ID: "PD-2026.1", EffectiveFrom: "2026-07-01", Basis: "浦组〔2026〕3号", Values: map[string]string{"record_workdays": "5"}}
	second := Amendment{ID: "PD-2027.1", EffectiveFrom: "2027-01-01", Basis: "浦组〔2026〕9号", Values: map[string]string{"filing_months": "2"}}
	sets := Amend(Shipped(), []Amendment{second, first})
	for day, want := range map[string][3]string{
		"2026-06-30": {"CN-2014.1", "3", "1"}, "2026-07-01": {"PD-2026.1", "5", "1"}, "2027-03-01": {"PD-2027.1", "5", "2"},
	} {
		set := At(sets, record.ReadDate(day))
		if got := [3]string{set.ID, set.Text("record_workdays"), set.Text("filing_months")}; got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
	if Shipped()[0].Text("record_workdays") != "3" {
		t.Error("the shipped set was changed")
	}
	for _, p := range At(sets, record.ReadDate("2027-03-01")).Params {
		if p.Name == "record_workdays" && p.Basis != first.Basis || p.Name == "filing_months" && p.Basis != second.Basis {
			t.Errorf("%s rests on %s", p.Name, p.Basis)
		}
	}
	back := ReadAmendment(first.Record())
	if back.ID != first.ID || back.EffectiveFrom != first.EffectiveFrom || back.Basis != first.Basis || !maps.Equal(back.Values, first.Values) {
		t.Errorf("%+v came back as %+v", first, back)
	}
}

func TestAmendmentsAreChecked(t *testing.T) {
	good := Amendment{ID: "PD-2026.1", EffectiveFrom: "2026-07-01", Basis: "浦组〔2026〕3号", Values: map[string]string{"record_workdays": "5", "elect_base": "ENTITLED"}}
	others := []Amendment{good, {ID: "PD-2025.1", EffectiveFrom: "2025-07-01"}}
	if err := good.Check(Shipped(), others); err != nil {
		t.Errorf("its own correction: %v", err)
	}
	for code, spoil := range map[string]func(*Amendment){
		"RULESET_ID":    func(a *Amendment) { a.ID = "CN-2014.1" },
		"RULESET_DATE":  func(a *Amendment) { a.EffectiveFrom = "2026-07" },
		"RULESET_BASIS": func(a *Amendment) { a.Basis = " " },
		"RULESET_EMPTY": func(a *Amendment) { a.Values = nil },
		"RULESET_DAY":   func(a *Amendment) { a.EffectiveFrom = "2025-07-01" },
		"RULESET_PARAM": func(a *Amendment) { a.Values = map[string]string{"seat_difference": "10"} },
		"RULESET_VALUE": func(a *Amendment) { a.Values = map[string]string{"elect_base": "NOBODY"} },
	} {
		bad := good
		spoil(&bad)
		if err := bad.Check(Shipped(), others); record.CodeOf(err) != code || record.SayOf(err) == "" {
			t.Errorf("%+v: %v, want %s", bad, err, code)
		}
	}
	for _, value := range []string{"", "-1", "三", "1e3", "100000"} {
		bad := good
		bad.Values = map[string]string{"record_workdays": value}
		if err := bad.Check(Shipped(), nil); record.CodeOf(err) != "RULESET_VALUE" {
			t.Errorf("value %q: %v", value, err)
		}
	}
}
