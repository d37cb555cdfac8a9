package branch

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"testing"
	"time"

	"zhibu/storage/record"
)

// world is a record.Around in memory. Edits are applied as the store does: one
// after the other, "" clears.
type world struct {
	today record.Date
	now   time.Time
	mark  string
	recs  map[string]map[string]record.Record
	made  int
}

func newWorld(today string) *world {
	d := record.ReadDate(today)
	return &world{today: d, now: d.Time().Add(9 * time.Hour), recs: map[string]map[string]record.Record{}}
}

func (w *world) Today() record.Date { return w.today }
func (w *world) Now() time.Time     { return w.now }
func (w *world) Mark() string       { return w.mark }

func (w *world) Get(kind, id string) (record.Record, bool) {
	r, ok := w.recs[kind][id]
	return r, ok && !r.Deleted()
}

func (w *world) All(kind string) []record.Record {
	var out []record.Record
	for _, r := range w.recs[kind] {
		if !r.Deleted() {
			out = append(out, r)
		}
	}
	return out
}

func (w *world) apply(edits ...record.Edit) {
	for _, e := range edits {
		if e.ID == "" {
			w.made++
			e.ID = fmt.Sprintf("0198c0de-0000-7000-8000-%012d", w.made)
		}
		if w.recs[e.Kind] == nil {
			w.recs[e.Kind] = map[string]record.Record{}
		}
		old := w.recs[e.Kind][e.ID]
		values := old.Values.Clone()
		maps.Copy(values, e.Set)
		for path, value := range values {
			if value == "" {
				delete(values, path)
			}
		}
		w.recs[e.Kind][e.ID] = record.Record{Kind: e.Kind, ID: e.ID, Values: values}
	}
}

// put makes or changes a record from typed text, as a form does, locked fields
// included.
func (w *world) put(t testing.TB, kind, id string, typed map[string]string) record.Record {
	t.Helper()
	k, ok := KindOf(kind)
	if !ok {
		t.Fatalf("no kind %s", kind)
	}
	set := record.Values{}
	for path, text := range typed {
		if err := k.Set(set, path, text); err != nil {
			t.Fatalf("%s %s %s=%q: %v", kind, id, path, text, err)
		}
	}
	w.apply(record.Edit{Kind: kind, ID: id, Set: set})
	return w.recs[kind][id]
}

func vectors(t testing.TB) map[string][]map[string]any {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string][]map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func num(m map[string]any, key string) int {
	f, _ := m[key].(float64)
	return int(f)
}

func str(m map[string]any, key string) string {
	s, _ := m[key].(string)
	return s
}

// find returns the first complaint with code.
func find(cs []record.Complaint, code string) (record.Complaint, bool) {
	for _, c := range cs {
		if c.Code == code {
			return c, true
		}
	}
	return record.Complaint{}, false
}
