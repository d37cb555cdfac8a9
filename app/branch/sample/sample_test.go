package sample

import (
	"maps"
	"testing"

	"github.com/google/uuid"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// books is a record.Around that holds edits in memory.
type books struct {
	today record.Date
	recs  map[string]map[string]record.Record
}

func open20(t testing.TB, on string, scale int) *books {
	t.Helper()
	b := &books{today: record.ReadDate(on), recs: map[string]map[string]record.Record{}}
	for _, e := range Edits(b.today, scale) {
		if id, err := uuid.Parse(e.ID); err != nil || id.Version() != 7 {
			t.Fatalf("%s: id %q is no UUIDv7", e.Kind, e.ID)
		}
		if b.recs[e.Kind] == nil {
			b.recs[e.Kind] = map[string]record.Record{}
		}
		values := b.recs[e.Kind][e.ID].Values.Clone()
		maps.Copy(values, e.Set)
		b.recs[e.Kind][e.ID] = record.Record{Kind: e.Kind, ID: e.ID, Values: values}
	}
	return b
}

func (b *books) Today() record.Date { return b.today }
func (b *books) Get(kind, id string) (record.Record, bool) {
	r, ok := b.recs[kind][id]
	return r, ok
}
func (b *books) All(kind string) []record.Record {
	var out []record.Record
	for _, r := range b.recs[kind] {
		out = append(out, r)
	}
	return out
}

func TestEveryRecordOfTheSamplePassesItsOwnChecks(t *testing.T) {
	for _, on := range []string{"2026-11-20", "2026-11-25", "2028-03-01"} {
		b := open20(t, on, 0)
		for _, k := range branch.Catalog() {
			for _, r := range b.All(k.Name) {
				for path := range r.Values {
					if _, ok := k.Field(path); !ok {
						t.Errorf("%s %s has no field %s", k.Name, r.ID, path)
					}
				}
				for _, c := range k.Complain(r, b) {
					if c.Severity == record.Block {
						t.Errorf("%s %s %s: %s %s", on, k.Name, r.Values[k.Title], c.Path, c.Say)
					}
				}
			}
		}
	}
}

func TestSampleHasTheFiguresOfThePictures(t *testing.T) {
	b := open20(t, "2026-11-20", 0)
	if n := len(branch.Roster(b, b.today)); n != 20 {
		t.Errorf("%d members", n)
	}
	phases := map[int]int{}
	for _, p := range b.All("pool") {
		phases[branch.Phase(p)]++
	}
	if !maps.Equal(phases, map[int]int{1: 3, 2: 4, 3: 2, 4: 1, 5: 2}) {
		t.Errorf("pool by stage: %v", phases)
	}
	today, _ := b.Get("meeting", id("meeting", 901))
	roll := branch.Attendance(today, b)
	if roll.Expected != 20 || roll.Present != 17 || roll.Leave != 2 || roll.Absent != 1 || roll.VotersExpected != 18 || roll.VotersPresent != 16 || roll.Observers != 1 {
		t.Errorf("today's meeting: %+v", roll)
	}
	edits, cs := branch.Finalise(today, b)
	if len(edits) < 2 || record.Blocking(cs) {
		t.Errorf("today's meeting can be finalised and carries step 15: %v", cs)
	}
	if s := branch.DuesMonth(record.ReadDate("2026-11"), b); s.Due != 293200 || s.Paid != 233650 || s.Open() != 6 {
		t.Errorf("November: %d %d %d", s.Due, s.Paid, s.Open())
	}
	if s := branch.DuesMonth(record.ReadDate("2026-10"), b); s.Paid != 283900 || s.Open() != 1 {
		t.Errorf("October: %d, %d open", s.Paid, s.Open())
	}
	if s := branch.DuesMonth(record.ReadDate("2026-03"), b); s.Paid != 290750 || !s.Handed {
		t.Errorf("March: %d", s.Paid)
	}
}

func TestSampleIsTheSameEveryTime(t *testing.T) {
	a, b := Edits(day, 60), Edits(day, 60)
	for i := range a {
		if a[i].ID != b[i].ID || !maps.Equal(a[i].Set, b[i].Set) {
			t.Fatalf("edit %d differs", i)
		}
	}
	if n := len(open20(t, "2026-11-20", 500).All("member")); n != 500 {
		t.Errorf("scale 500 makes %d members", n)
	}
}

func BenchmarkEdits10000(b *testing.B) {
	for b.Loop() {
		Edits(day, 10000)
	}
}
