package sheet_test

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/app/branch"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// books is what is in the store, by kind, for rules and matching.
type books struct {
	today record.Date
	all   map[string][]record.Record
}

func newBooks(records ...record.Record) *books {
	b := &books{today: record.Date{Year: 2026, Month: 11, Day: 20}, all: map[string][]record.Record{}}
	for _, r := range records {
		b.all[r.Kind] = append(b.all[r.Kind], r)
	}
	return b
}

func (b *books) Today() record.Date              { return b.today }
func (b *books) All(kind string) []record.Record { return b.all[kind] }

func (b *books) Get(kind, id string) (record.Record, bool) {
	for _, r := range b.all[kind] {
		if r.ID == id {
			return r, true
		}
	}
	return record.Record{}, false
}

// apply does what a store does with edits: ids for new records, values laid over.
func (b *books) apply(edits []record.Edit) {
	for i, e := range edits {
		r, ok := b.Get(e.Kind, e.ID)
		if !ok {
			r = record.Record{Kind: e.Kind, ID: "r" + string(rune('a'+i/26%26)) + string(rune('a'+i%26)), Values: record.Values{}}
			b.all[e.Kind] = append(b.all[e.Kind], r)
		}
		for path, value := range e.Set {
			r.Values[path] = value
		}
	}
}

func kind(t testing.TB, name string) record.Kind {
	t.Helper()
	k, ok := branch.KindOf(name)
	if !ok {
		t.Fatalf("no kind %s in the catalog", name)
	}
	return k
}

// sample reads a file of testdata/samples.
func sample(t testing.TB, name string) []sheet.Sheet {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "samples", name))
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := sheet.Read(name, data)
	if err != nil {
		t.Fatalf("Read(%s) = %v (%s)", name, err, record.SayOf(err))
	}
	return sheets
}

func plan(t testing.TB, k record.Kind, sheets []sheet.Sheet, in record.Around) *sheet.Plan {
	t.Helper()
	p, err := sheet.NewPlan(k, sheets, in, nil)
	if err != nil {
		t.Fatalf("NewPlan(%s) = %v (%s)", k.Name, err, record.SayOf(err))
	}
	return p
}
