package screen

import (
	"testing"

	"zhibu/app/branch/sample"
	"zhibu/storage/record"
)

// crowded is the demonstration branch grown to so many members with everything
// they bring: meetings, dues, demands, posts.
func crowded(members int) *Book {
	h := &heap{live: map[string][]record.Record{}, byID: map[string]record.Record{}}
	c := newClock()
	edits := sample.Edits(record.DateOf(c.now()), members)
	for _, e := range edits {
		h.add(e.Kind, e.ID, e.Set)
	}
	return Open(h, c.now)
}

// BenchmarkPages2000 opens each page with everything it shows at first.
func BenchmarkPages2000(b *testing.B) {
	book := crowded(2000)
	for _, page := range []struct {
		name string
		open func() error
	}{
		{"desk", func() error { BlankDesk(book).Next(); return nil }},
		{"member", func() error { return openList(book, "member") }},
		{"dossier", func() error { return openList(book, "dossier") }},
		{"service", func() error { return openList(book, "service") }},
		{"training", func() error { book.Learners(2026); return openList(book, "training") }},
		{"meeting", func() error {
			m, err := NewMeetings(book)
			if err == nil {
				m.Show(m.Current())
			}
			return err
		}},
		{"pool", func() error { p := NewPool(book); p.Path(); p.Detail(); return nil }},
		{"signs", func() error { s := NewSigns(book); s.Tabs(); s.Units(); return nil }},
		{"demands", func() error { _, err := NewDemands(book); return err }},
		{"dues", func() error { d := NewDues(book); d.Rows(); d.Sum(); return nil }},
		{"dues, all ticked", func() error { d := NewDues(book); d.TickAll(); d.Rows(); return nil }},
		{"meeting form", func() error {
			m, err := NewMeeting(book, "", "支部党员大会")
			if err == nil {
				m.Seats()
				m.Counts()
			}
			return err
		}},
		{"stats", func() error { NewStatistics(book).Next(book.Today().Year).Years(); return nil }},
	} {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				if err := page.open(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// openList opens a ledger, and sorts it by every column it can be sorted by.
func openList(book *Book, kind string) error {
	l, err := NewList(book, kind)
	if err != nil {
		return err
	}
	l.Filters()
	for _, c := range l.Columns() {
		l.SortBy(c.Name)
	}
	return nil
}
