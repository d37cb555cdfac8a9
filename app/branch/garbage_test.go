package branch

import (
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

// odd are values that files of other versions, other programs or damaged
// imports may hold.
var odd = []string{"", "0", "1", "-1", "9999999999999999999", "2026-02-29", "2026-11-20", "2026-11", "2026", "2026-11-20 14:00", "9999-99-99", "0000", "FULL", "FINAL", "DRAFT", "PASS", "EXTEND", "TRANSFER", "HUNG", "ELECTION", "ADMISSION",
	"党员", "·", "\xff\xfe", "𠅤", "310115199001010010", "3101", "1e9", "NaN", "r1", mid(1), mid(4), "2026-大会-04·甲", "2026-大会-", "《》（）"}

// drawRecord makes a record of a kind with odd values in any of its fields.
func drawRecord(t *rapid.T, k record.Kind, id string) record.Record {
	v := record.Values{}
	for range rapid.IntRange(0, 25).Draw(t, "values") {
		f := k.Fields[rapid.IntRange(0, len(k.Fields)-1).Draw(t, "field")]
		path := f.Name
		if rows, ok := f.Type.(record.Rows); ok {
			c := rows.Columns[rapid.IntRange(0, len(rows.Columns)-1).Draw(t, "column")]
			path = record.Path(f.Name, rapid.SampledFrom([]string{"r1", "01", mid(1), "2025"}).Draw(t, "row"), c.Name)
			f = c
		}
		value := rapid.SampledFrom(odd).Draw(t, "odd")
		if choice, ok := f.Type.(record.Choice); ok && rapid.Bool().Draw(t, "right") {
			value = rapid.SampledFrom(choice.Codes).Draw(t, "code").ID
		}
		v[path] = value
	}
	return record.Record{Kind: k.Name, ID: id, Values: v}
}

// No rule may panic on what a file holds, whatever it is, and every sentence
// must be fit to be read.
func TestNoRulePanicsOnOddData(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2026-11-20")
		for _, k := range Catalog() {
			for i := range rapid.IntRange(0, 2).Draw(rt, "records") {
				id := []string{"x1", "x2"}[i]
				if k.Name == "member" {
					id = mid(i + 4)
				}
				r := drawRecord(rt, k, id)
				w.apply(record.Edit{Kind: k.Name, ID: r.ID, Set: r.Values})
			}
		}
		for _, k := range Catalog() {
			for _, r := range w.All(k.Name) {
				everyRule(t, rt, w, k, r)
			}
		}
		for _, d := range Due(w, w.today) {
			checkSay(t, "due", d.Say)
		}
		Grid(2026, w)
		Statistics(2026, w.today, w)
		SettleSerials(w)
		DuesMonth(record.ReadDate("2026-11"), w)
		CountBooklets(w)
	})
}

func everyRule(t *testing.T, rt *rapid.T, w *world, k record.Kind, r record.Record) {
	var said []record.Complaint
	said = append(said, k.Complain(r, w)...)
	if k.Allow != nil {
		said = append(said, k.Allow(drawRecord(rt, k, r.ID), r, w)...)
	}
	if k.Derive != nil {
		for path := range r.Values {
			k.Derive(r.Values, path, w)
		}
	}
	switch k.Name {
	case "meeting":
		_, cs := Finalise(r, w)
		said = append(said, cs...)
		Late(r, w)
	case "pool":
		for _, s := range Stage(r, w, w.today) {
			for _, b := range s.Blocked {
				checkSay(t, b.Rule, b.Say)
			}
		}
		_, cs := Step(r, rapid.IntRange(-1, 27).Draw(rt, "step"), record.Values{}, w)
		said = append(said, cs...)
	case "member":
		_, cs := Happen(r, Event{Kind: rapid.SampledFrom([]string{"TRANSFER_OUT", "ARRIVED", "SUSPENDED", "RECEIPT", "NOTHING"}).Draw(rt, "event"), On: w.today}, w)
		said = append(said, cs...)
		ReadLedger(w).PaidTo(r, w.today)
	case "post", "zone":
		said = append(said, ReadLedger(w).SignFlags(r)...)
		_, cs := ActOn(r, SignAct{Kind: rapid.SampledFrom([]string{"BRANCH", "HANG", "REVIEW", "REMOVE", "REAPPLY"}).Draw(rt, "act")}, w)
		said = append(said, cs...)
	case "demand":
		_, cs := Advance(r, DemandAct{Kind: rapid.SampledFrom([]string{"ACCEPT", "ANSWER", "MERGE", "SNOOZE", "PROJECT"}).Draw(rt, "act"), Text: "x", Into: "x1"}, w)
		said = append(said, cs...)
	case "dossier":
		Timeline(r, w)
	}
	for _, c := range said {
		if c.Code == "" {
			t.Errorf("%s: %q has no code", k.Name, c.Say)
		}
	}
}
