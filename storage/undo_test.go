package storage_test

import (
	"testing"

	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

func TestUndoPutsTheFormerValueBack(t *testing.T) {
	s := storetest.Open(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲", "mobile": "110"}})
	m = apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "乙", "mobile": "119"}})
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"mobile": "120"}})
	past, err := s.History("member", m.ID)
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.Undo(past[1].Op)
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Later) != 1 || done.Later[0].Path != "mobile" || done.Later[0].Value != "120" {
		t.Errorf("later %+v", done.Later)
	}
	got, _ := s.Get("member", m.ID)
	if got.Values["name"] != "甲" || got.Values["mobile"] != "120" {
		t.Errorf("values %v", got.Values)
	}
	past, _ = s.History("member", m.ID)
	if last := past[len(past)-1]; last.Undoes == "" {
		t.Errorf("compensating entry %+v", last)
	}
	if _, err := s.Undo("nobody"); record.CodeOf(err) != "OP_UNKNOWN" {
		t.Errorf("unknown op: %v", err)
	}
}

func TestUndoOfAnImportListsLaterEdits(t *testing.T) {
	s := storetest.Open(t)
	old := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "旧人", "group": "一组"}})
	out, err := s.Apply(
		record.Edit{Kind: "member", Set: record.Values{"name": "新甲"}, Batch: "b1"},
		record.Edit{Kind: "member", Set: record.Values{"name": "新乙"}, Batch: "b1"},
		record.Edit{Kind: "member", ID: old.ID, Set: record.Values{"group": "二组"}, Batch: "b1"})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, record.Edit{Kind: "member", ID: out[1].ID, Set: record.Values{"mobile": "110"}})
	plan, err := s.PreviewUndo("b1")
	if err != nil || len(plan.Records) != 2 || len(plan.Later) != 1 {
		t.Fatalf("plan %+v %v", plan, err)
	}
	if got := len(s.All("member")); got != 3 {
		t.Fatalf("a preview changed something: %d members", got)
	}
	done, err := s.UndoBatch("b1")
	if err != nil || len(done.Records) != 2 || len(done.Later) != 1 || done.Later[0].Record != out[1].ID {
		t.Fatalf("done %+v %v", done, err)
	}
	got, _ := s.Get("member", old.ID)
	if got.Values["group"] != "一组" || len(s.All("member")) != 2 || len(s.Trash("member")) != 1 {
		t.Errorf("group %q, %d live, %d deleted", got.Values["group"], len(s.All("member")), len(s.Trash("member")))
	}
}

func TestUndoAfterCompactFindsPackedOps(t *testing.T) {
	s := storetest.Open(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲"}, Batch: "b0"})
	var edits []record.Edit
	for range 3200 {
		edits = append(edits, record.Edit{Kind: "dues", Set: record.Values{"month": "2026-01"}})
	}
	if _, err := s.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	past, err := s.History("member", m.ID)
	if err != nil || len(past) != 1 {
		t.Fatalf("history after compacting: %v %v", past, err)
	}
	if _, err := s.UndoBatch("b0"); err != nil {
		t.Fatal(err)
	}
	if len(s.Trash("member")) != 1 {
		t.Error("not undone")
	}
	s = reopen(t, s)
	if rep, err := s.Check(t.Context(), nil); err != nil || rep.History != 3202 {
		t.Errorf("%+v %v", rep, err)
	}
}

func TestUndoOnPendingOps(t *testing.T) {
	s := enrolled(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲"}, Batch: "b1"})
	if _, err := s.UndoBatch("b1"); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Get("member", m.ID); !got.Deleted() || got.State != record.Pending {
		t.Errorf("got %+v", got)
	}
}
