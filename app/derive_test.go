package main

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"zhibu/app/branch"
	"zhibu/app/print"
	"zhibu/app/screen"
	"zhibu/app/sheet"
	"zhibu/storage"
	"zhibu/storage/record"
)

// derived is one register and a record of it with every field filled in, in a
// real store.
type derived struct {
	store *storage.Store
	book  *screen.Book
	kind  record.Kind
	id    string
}

// TestEveryRegisterDerives takes every register of the catalog through everything
// that follows from its description.
func TestEveryRegisterDerives(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 20, 14, 32, 0, 0, time.Local) }
	s, _, err := storage.Create(t.TempDir(), "春风又绿江南岸 2026", storage.Options{Now: now, Guards: branch.Guards(), Cost: storage.Cost{Time: 1, Memory: 8 << 10, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Enrol(record.Enrolment{Server: "http://127.0.0.1:1", Branch: "b1", Name: "甲支部", Device: "d1", Role: "secretary", Key: make([]byte, 32)}); err != nil {
		t.Fatal(err)
	}
	b := screen.Open(s, now)
	for _, k := range b.Kinds() {
		if _, err := s.Apply(record.Edit{Kind: k.Name, ID: wholeID(k.Name), Set: whole(k)}); err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
	}
	for _, k := range b.Kinds() {
		d := derived{s, b, k, wholeID(k.Name)}
		t.Run(k.Name, func(t *testing.T) {
			t.Run("form", d.form)
			t.Run("list", d.list)
			t.Run("search", d.search)
			t.Run("import and export", d.sheets)
			t.Run("print", d.print)
			t.Run("synchronisation", d.op)
			t.Run("history", d.history)
		})
	}
}

// wholeID is the id of the one whole record of a kind.
func wholeID(kind string) string {
	for i, k := range branch.Catalog() {
		if k.Name == kind {
			return "0198c0de-0000-7000-8000-0000000000" + string(rune('a'+i/10)) + string(rune('0'+i%10))
		}
	}
	return ""
}

// whole fills every field of a kind, one row in every table; references lead to
// the whole records.
func whole(k record.Kind) record.Values {
	v := record.Values{}
	for _, f := range k.Fields {
		rows, ok := f.Type.(record.Rows)
		if !ok {
			v[f.Name] = sampleValue(f)
			continue
		}
		row := "0198c0de-0000-7000-8000-00000000000e"
		if rows.Key != "" {
			row = wholeID(rows.Key)
		} else {
			v[record.Path(f.Name, row, record.RankColumn)] = "b"
		}
		for _, c := range rows.Columns {
			v[record.Path(f.Name, row, c.Name)] = sampleValue(c)
		}
	}
	maps.DeleteFunc(v, func(_, value string) bool { return value == "" })
	return v
}

func sampleValue(f record.Field) string {
	switch t := f.Type.(type) {
	case record.File:
		return "" // attachments are stored beside the records
	case record.Ref:
		return wholeID(t.Kind)
	}
	for _, text := range f.Type.Samples() {
		if value, err := f.Parse(text); err == nil && value != "" {
			return value
		}
	}
	return ""
}

func (d derived) record(t *testing.T) record.Record {
	t.Helper()
	r, ok := d.book.Get(d.kind.Name, d.id)
	if !ok {
		t.Fatal("the record is gone")
	}
	return r
}

// Every field stands under exactly one tab and shows a text that reads back to
// the stored value.
func (d derived) form(t *testing.T) {
	f, err := screen.NewForm(d.book, d.kind.Name, d.id)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, tab := range f.Tabs() {
		for _, field := range tab.Fields {
			seen[field.Name]++
		}
	}
	for _, field := range d.kind.Fields {
		if seen[field.Name] != 1 {
			t.Errorf("%s stands under %d tabs", field.Name, seen[field.Name])
		}
		if field.Label == "" {
			t.Errorf("%s has no label", field.Name)
		}
	}
	for path, value := range d.record(t).Values {
		field, ok := d.kind.Field(path)
		if !ok || strings.HasSuffix(path, "/"+record.RankColumn) {
			continue
		}
		text := f.Text(path)
		if ref, ok := field.Type.(record.Ref); ok {
			id, err := d.book.Resolve(ref.Kind, text)
			if err != nil || id != value {
				t.Errorf("%s shows %q, which names %q (%v), not %q", path, text, id, err, value)
			}
			continue
		}
		if back, err := field.Parse(text); err != nil || back != value {
			t.Errorf("%s shows %q, which reads back as %q (%v), not %q", path, text, back, err, value)
		}
	}
}

func (d derived) list(t *testing.T) {
	l, err := screen.NewList(d.book, d.kind.Name)
	if err != nil {
		t.Fatal(err)
	}
	if l.Len() != 1 || l.Record(0).ID != d.id || l.Title(0) == "" {
		t.Fatalf("%d rows", l.Len())
	}
	columns := l.Columns()
	if len(columns) < 2 {
		t.Errorf("only %d columns", len(columns))
	}
}

// search finds the record by its title, whole and, for Han, by initials.
func (d derived) search(t *testing.T) {
	title := d.book.Title(d.record(t))
	queries := []string{title}
	if initials := branch.Initials(title); len(initials) > 0 && initials[0] != "" {
		queries = append(queries, initials[0])
	}
	for _, q := range queries {
		if got := d.book.Search(d.kind.Name, q); len(got) != 1 || got[0].ID != d.id {
			t.Errorf("%q finds %d records", q, len(got))
		}
	}
	if got := d.book.Search(d.kind.Name, "没有这样一条"); len(got) != 0 {
		t.Errorf("nonsense finds %d records", len(got))
	}
}

// sheets exports the record; read back it is known to be the same.
func (d derived) sheets(t *testing.T) {
	var file bytes.Buffer
	if err := sheet.Write(d.kind, []record.Record{d.record(t)}, d.book, &file); err != nil {
		t.Fatal(err)
	}
	sheets, err := sheet.Read("导出.xlsx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	plan, err := sheet.NewPlan(d.kind, sheets, d.book, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := plan.Summary; s.Same != 1 || s.New+s.Changed != 0 {
		t.Errorf("read back: %+v %v", s, plan.Issues())
	}
}

func (d derived) print(t *testing.T) {
	for code, opt := range map[string]print.Options{"LIST": {Variant: d.kind.Name}, "CARD": {}} {
		ids := []string{d.id}
		if code == "LIST" {
			ids = nil
		}
		doc, _, err := print.Make(code, ids, d.book, opt)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		var pdf bytes.Buffer
		if err := doc.PDF(&pdf); err != nil || !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) || doc.Pages() == 0 {
			t.Errorf("%s: %d pages, %v", code, doc.Pages(), err)
		}
	}
}

// op holds the op of the record against its bytes: they carry every value, read
// back to the same op, and are the same each time.
func (d derived) op(t *testing.T) {
	ops, err := d.store.Pending(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(ops, func(c record.Change) bool { return c.Record == d.id })
	if i < 0 {
		t.Fatal("the save left no op")
	}
	raw, err := ops[i].Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var back record.Change
	if err := record.Decode(raw, &back); err != nil {
		t.Fatal(err)
	}
	again, err := back.Bytes()
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the bytes differ after reading: %v", err)
	}
	if !maps.Equal(back.Set, d.record(t).Values) {
		t.Errorf("the op carries %d values of %d", len(back.Set), len(d.record(t).Values))
	}
}

// history clears every field in a save of its own; each is told by its label.
func (d derived) history(t *testing.T) {
	var edits []record.Edit
	var labels []string
	values := d.record(t).Values
	for _, f := range d.kind.Fields {
		if values[f.Name] != "" {
			edits = append(edits, record.Edit{Kind: d.kind.Name, ID: d.id, Set: record.Values{f.Name: ""}})
			labels = append(labels, f.Label)
		}
	}
	if _, err := d.store.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	events, err := d.book.Events(d.kind.Name, d.id)
	if err != nil || len(events) != len(edits)+1 {
		t.Fatalf("%d events for %d saves: %v", len(events), len(edits)+1, err)
	}
	told := map[string]bool{}
	for _, e := range events[:len(edits)] {
		if len(e.Lines) != 1 || !strings.HasSuffix(e.Lines[0], " → 空") {
			t.Errorf("told as %q", e.Lines)
			continue
		}
		label, _, _ := strings.Cut(e.Lines[0], "：")
		told[label] = true
	}
	for _, label := range labels {
		if !told[label] {
			t.Errorf("nothing is told of %s", label)
		}
	}
	if first := events[len(edits)]; first.What != "建立"+d.kind.Label+"信息" {
		t.Errorf("the first save is told as %q", first.What)
	}
}
