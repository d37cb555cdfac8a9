package storage_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// deletedLongAgo fills a store with records that were changed, deleted and out of
// the recycle bin for days, and returns the ops that deleted them.
func deletedLongAgo(t *testing.T, s *storage.Store, now *time.Time, after func(time.Time) time.Time) map[string]string {
	t.Helper()
	ops := map[string]string{}
	secrets := planted()
	for half := range 2 { // the first is packed, the second lies beside its records
		var edits []record.Edit
		for i := half * 25; i < half*25+25; i++ {
			id, v := fmt.Sprint("gone", i), secrets[i]
			edits = append(edits, record.Edit{Kind: "member", ID: id, Set: record.Values{"name": v}, Why: v},
				record.Edit{Kind: "member", ID: id, Set: record.Values{"name": v + "改", "remark": v}},
				record.Edit{Kind: "member", ID: id, Set: record.Values{record.DeletedPath: "1"}, Why: "重复登记"})
		}
		for i := range 640 {
			edits = append(edits, record.Edit{Kind: "note", ID: "n", Set: record.Values{"c": fmt.Sprint(half, i)}})
		}
		made, err := s.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range made[:75] {
			ops[r.ID] = r.WriterOf(record.DeletedPath)
		}
		if half == 0 {
			err = s.Compact(t.Context(), nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	*now = after(*now)
	return ops
}

// everyValue lists all that the store can still show of records and their past.
func everyValue(t *testing.T, s *storage.Store, ids map[string]string) string {
	t.Helper()
	text := ""
	for id := range ids {
		r, _ := s.Get("member", id)
		past, err := s.History("member", id)
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintln(r.Values, past)
	}
	return text
}

func TestDeletedRecordsAreErasedInTheEnd(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	s := storetest.Open(t, func(o *storage.Options) { o.Now = func() time.Time { return now } })
	member(t, s, "仍在册")
	ops := deletedLongAgo(t, s, &now, func(day time.Time) time.Time { return day.AddDate(0, 0, storage.TrashDays+1) })
	revived := apply(t, s, record.Edit{Kind: "member", ID: "gone49", Set: record.Values{record.DeletedPath: ""}})
	for id := range map[string]bool{"gone3": true, revived.ID: true} {
		if err := s.SaveDraft(record.Draft{Key: "member/" + id, Kind: "member", ID: id, Typed: map[string]string{"name": "没存完"}}); err != nil {
			t.Fatal(err)
		}
	}
	if !s.CompactDue() {
		t.Fatal("nothing is due")
	}
	if err := s.Compact(t.Context(), nil); err != nil || s.CompactDue() {
		t.Fatal(err, s.CompactDue())
	}
	delete(ops, revived.ID)
	if got, _ := s.Get("member", revived.ID); got.Values["remark"] == "" {
		t.Error("what was brought back in time was erased")
	}
	for range 2 {
		if left := s.Drafts(); len(left) != 1 || left[0].ID != revived.ID {
			t.Fatalf("drafts %+v", left)
		}
		s = reopen(t, s)
	}
	secrets, text := planted(), everyValue(t, s, ops)
	for i := range secrets[:49] {
		if secret := secrets[i]; strings.Contains(text, secret) {
			t.Fatalf("%q is still there", secret)
		}
	}
	for id, op := range ops {
		r, ok := s.Get("member", id)
		past, err := s.History("member", id)
		if !ok || !r.Deleted() || r.WriterOf(record.DeletedPath) != op || err != nil || len(past) != 3 || past[2].Why != "重复登记" || past[0].At == 0 {
			t.Fatalf("the tombstone of %s: %+v %+v %v", id, r, past, err)
		}
		if done, err := s.Undo(op); err != nil || len(done.Records) > 0 {
			t.Fatalf("an empty record came back: %+v %v", done, err)
		}
	}
	if names(s) != "仍在册 "+secrets[49]+"改" {
		t.Error(names(s))
	}
}

// TestADistrictsRecordsAreErasedWithIts keeps what other laptops may still revive.
func TestADistrictsRecordsAreErasedWithIts(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	s := enrolled(t, func(o *storage.Options) { o.Now = func() time.Time { return now } })
	apply(t, s, record.Edit{Kind: "member", ID: "m", Set: record.Values{"name": "甲"}})
	apply(t, s, record.Edit{Kind: "member", ID: "m", Set: record.Values{record.DeletedPath: "1"}})
	confirmed := record.Delivery{AckedTo: 2, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}, {N: 2, Verdict: record.Applied, Seq: 2}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 2}}
	for _, step := range []struct {
		months int
		first  func()
		want   string
	}{
		{25, func() {}, "甲"}, // nobody confirmed it
		{-2, func() { take(t, s, confirmed) }, "甲"},
		{2, func() {}, ""},
	} {
		now = now.AddDate(0, step.months, 0)
		step.first()
		if err := s.Compact(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if r, _ := s.Get("member", "m"); r.Values["name"] != step.want || !r.Deleted() {
			t.Fatalf("after %d more months: %+v, want %q", step.months, r, step.want)
		}
	}
	if ops, err := s.Pending(0, 10); err != nil || len(ops) != 1 || ops[0].N != 2 {
		t.Errorf("offered again: %+v %v", ops, err)
	}
}
