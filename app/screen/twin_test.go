package screen

import (
	"testing"

	"zhibu/storage/record"
)

// twice registers one person on two laptops, as the district then asks about.
func twice(t *testing.T, b *Book, how string) (older, younger record.Record) {
	t.Helper()
	people(t, b)
	done, err := b.Apply(
		record.Edit{Kind: "member", Set: record.Values{"name": "许清禾", "id_no": "310115199001011239", "mobile": "13800000001", "group": "第一党小组"}},
		record.Edit{Kind: "member", Set: record.Values{"name": "许清禾", "id_no": "310115199001011239", "mobile": "13900000002", "employer": "禾木检测"}})
	if err != nil {
		t.Fatal(err)
	}
	item := record.Values{record.ConflictOf: "member", record.ConflictRecord: done[1].ID, record.ConflictKept: done[0].ID, record.ConflictOther: done[1].ID, record.ConflictSame: "branch"}
	if how == "district" {
		item[record.ConflictOther] = "第二支部"
	}
	item[record.ConflictSame] = how
	if _, err := b.Apply(record.Edit{Kind: record.ConflictKind, Set: item}); err != nil {
		t.Fatal(err)
	}
	return done[0], done[1]
}

func TestOnePersonTwiceIsUnited(t *testing.T) {
	b, _ := realBooks(t)
	older, younger := twice(t, b, "branch")
	meeting := register(t, b, "meeting", map[string]string{"kind": "支部党员大会", "start": "2026-11-20 14:00", "chair": younger.ID})
	all := b.Disputes()
	if len(all) != 1 || all[0].Same == nil || all[0].Record.ID != older.ID || len(all[0].Contests) != 1 || all[0].Contests[0].Path != "mobile" {
		t.Fatalf("%+v", all)
	}
	d := all[0]
	if !d.Settled() {
		t.Error("the older value is not chosen at first")
	}
	d.Decide(0, Other)
	done, err := b.Settle(d)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := b.Get("member", older.ID)
	gone, _ := b.Get("member", younger.ID)
	led, _ := b.Get("meeting", meeting.ID)
	if now.Values["mobile"] != "13900000002" || now.Values["employer"] != "禾木检测" || now.Values["group"] != "第一党小组" || !gone.Deleted() || led.Values["chair"] != older.ID {
		t.Errorf("united %v, other deleted %v, chair %s", now.Values, gone.Deleted(), led.Values["chair"])
	}
	if left := b.Disputes(); len(left) != 0 {
		t.Errorf("still asked: %+v", left)
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	back, _ := b.Get("member", younger.ID)
	led, _ = b.Get("meeting", meeting.ID)
	if back.Deleted() || led.Values["chair"] != younger.ID || len(b.Disputes()) != 1 {
		t.Errorf("after undo: deleted %v, chair %s, %d disputes", back.Deleted(), led.Values["chair"], len(b.Disputes()))
	}
}

func TestTwoPeopleStayTwo(t *testing.T) {
	b, _ := realBooks(t)
	_, younger := twice(t, b, "branch")
	done, err := b.Distinct(b.Disputes()[0])
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := b.Get("member", younger.ID); r.Deleted() || len(b.Disputes()) != 0 || len(b.Leftovers()) != 0 {
		t.Errorf("deleted %v, %d disputes", r.Deleted(), len(b.Disputes()))
	}
	if _, err := b.Undo(done); err != nil || len(b.Disputes()) != 1 {
		t.Errorf("after undo %d disputes, %v", len(b.Disputes()), err)
	}
}

func TestOnePersonInTwoBranchesIsToldNotUnited(t *testing.T) {
	b, _ := realBooks(t)
	twice(t, b, "district")
	all := b.Disputes()
	if len(all) != 1 || all[0].Same.Elsewhere != "第二支部" || len(all[0].Contests) != 0 {
		t.Fatalf("%+v", all)
	}
	if left := b.Leftovers(); len(left) != 1 || left[0].Mark.Say != "可能是同一人" {
		t.Errorf("to-do %+v", left)
	}
	if _, err := b.Distinct(all[0]); err != nil || len(b.Disputes()) != 0 {
		t.Errorf("%v, %d left", err, len(b.Disputes()))
	}
}
