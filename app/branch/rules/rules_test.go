package rules

import (
	"encoding/json"
	"testing"

	"zhibu/storage/record"
)

func TestShippedSetsAreComplete(t *testing.T) {
	for _, s := range Shipped() {
		if len(s.Steps) != 25 || len(s.Reminders) != 36 || len(s.Minimums) != 7 || len(s.Dues) != 7 {
			t.Errorf("%s: %d steps, %d reminders, %d minimums, %d payers", s.ID, len(s.Steps), len(s.Reminders), len(s.Minimums), len(s.Dues))
		}
		for i, step := range s.Steps {
			if step.N != i+1 || step.Name == "" || step.Basis == "" || len(step.Fields) == 0 || len(step.Materials) == 0 {
				t.Errorf("step %d is not complete: %+v", i+1, step)
			}
			for _, before := range step.After {
				if before >= step.N {
					t.Errorf("step %d rests on %d", step.N, before)
				}
			}
		}
		ids := map[string]bool{}
		for _, r := range s.Development {
			ids[r.ID] = true
		}
		for n := 1; n <= 43; n++ {
			id := "DP" + string(rune('0'+n/10)) + string(rune('0'+n%10))
			if !ids[id] && id != "DP39" { // DP39 is computed, not judged
				t.Errorf("%s: no rule %s", s.ID, id)
			}
		}
		total := 0
		for _, score := range s.Scores {
			total += score.Full
		}
		if total != 100 {
			t.Errorf("the score sheet adds up to %d", total)
		}
		for _, p := range s.Params {
			if p.Label == "" || p.Basis == "" || p.Tag == "" {
				t.Errorf("parameter %s has no label, basis or tag", p.Name)
			}
		}
	}
}

func TestParseRefusesWhatIsNotComplete(t *testing.T) {
	for _, bad := range []string{"", "[]", "{", `{"id":"X"}`, `{"id":"X","effective_from":"tomorrow"}`} {
		if _, err := Parse([]byte(bad)); record.CodeOf(err) == "" {
			t.Errorf("%q is taken", bad)
		}
	}
	good, err := json.Marshal(Shipped()[0])
	if err != nil {
		t.Fatal(err)
	}
	if s, err := Parse(good); err != nil || s.ID != Shipped()[0].ID {
		t.Errorf("a set does not survive being written and read: %v", err)
	}
}

func TestAtPicksTheSetOfTheDay(t *testing.T) {
	sets := []Set{{ID: "A", EffectiveFrom: "2014-06-11"}, {ID: "B", EffectiveFrom: "2027-01-01"}}
	for on, want := range map[string]string{"1999-01-01": "A", "2026-12-31": "A", "2027-01-01": "B", "2030": "B"} {
		if got := At(sets, record.ReadDate(on)).ID; got != want {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
}

func TestWithLeavesTheOriginalAlone(t *testing.T) {
	base := Shipped()[0]
	changed := base.With(map[string]string{"publicity_workdays": "7", "nothing": "1"})
	if changed.Int("publicity_workdays") != 7 || base.Int("publicity_workdays") != 5 || changed.Text("nothing") != "" {
		t.Errorf("%d %d", changed.Int("publicity_workdays"), base.Int("publicity_workdays"))
	}
}

func TestCalendarCountsWorkdays(t *testing.T) {
	c := Shipped()[0].Calendar
	for _, d := range []struct {
		from string
		n    int
		want string
	}{{"2025-09-29", 5, "2025-10-11"}, {"2026-11-20", 1, "2026-11-20"}, {"2026-11-20", 2, "2026-11-23"}, {"2026-11-21", 1, "2026-11-23"}, {"2026-10-08", 3, "2026-10-10"}} {
		if got := c.AddWorkdays(record.ReadDate(d.from), d.n); got.String() != d.want {
			t.Errorf("%d workdays from %s end on %s, want %s", d.n, d.from, got, d.want)
		}
		if got := c.Workdays(record.ReadDate(d.from), record.ReadDate(d.want)); got != d.n {
			t.Errorf("%s to %s are %d workdays, want %d", d.from, d.want, got, d.n)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"id":"X","effective_from":"2014-06-11","steps":[{}],"development":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := Parse(data); err == nil && len(s.Steps) != 25 {
			t.Error("an incomplete set is taken")
		}
	})
}
