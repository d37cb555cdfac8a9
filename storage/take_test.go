package storage_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

const ourBranch = "b1"

func enrolled(t testing.TB, with ...func(*storage.Options)) *storage.Store {
	t.Helper()
	s := storetest.Open(t, with...)
	enrol(t, s, "laptop-1")
	return s
}

func enrol(t testing.TB, s *storage.Store, device string) {
	t.Helper()
	if err := s.Enrol(record.Enrolment{Server: "http://127.0.0.1:1", Branch: ourBranch, Device: device, Key: []byte("seed")}); err != nil {
		t.Fatalf("enrol: %v", err)
	}
}

func take(t testing.TB, s *storage.Store, d record.Delivery) {
	t.Helper()
	if d.Epoch == "" {
		d.Epoch = "e1"
	}
	if err := s.Take(d); err != nil {
		t.Fatalf("take: %v", err)
	}
}

// theirs is an op of another laptop as the district sends it.
func theirs(seq uint64, at time.Time, kind, id string, set, saw map[string]string) record.Stamped {
	stamp := record.MakeStamp(at.UnixMilli(), 0)
	return record.Stamped{Seq: seq, Stamp: stamp, Change: record.Change{Device: "laptop-2", N: seq, Kind: kind, Record: id,
		Stamp: stamp, Schema: 1, Set: set, Saw: saw, By: "李红", ID: "op-" + kind + id + at.Format(time.RFC3339Nano)}}
}

func TestOwnOpsStayPendingUntilAccepted(t *testing.T) {
	s := enrolled(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "王小明"}})
	if m.State != record.Pending {
		t.Fatalf("state %v", m.State)
	}
	waiting, err := s.Pending(0, 10)
	if err != nil || len(waiting) != 1 || waiting[0].Device != "laptop-1" {
		t.Fatalf("pending %v %v", waiting, err)
	}
	d := record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 7, Stamp: waiting[0].Stamp + 5}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 7}, Lease: "l1"}
	take(t, s, d)
	take(t, s, d) // delivered twice
	m, _ = s.Get("member", m.ID)
	past, err := s.History("member", m.ID)
	if m.State != record.Synced || err != nil || len(past) != 1 || past[0].State != record.Synced {
		t.Fatalf("%v %v %v", m, past, err)
	}
	if p := s.Position(); p.Acked != 1 || p.Lease != "l1" || p.Cursors["branch:"+ourBranch] != 7 {
		t.Errorf("position %+v", p)
	}
	if waiting, _ = s.Pending(1, 10); len(waiting) != 0 {
		t.Errorf("still pending %v", waiting)
	}
	if again, err := s.Pending(0, 10); err != nil || len(again) != 1 || again[0].Record != m.ID {
		t.Errorf("answered op, asked for again: %v %v", again, err)
	}
}

// The district's row of a conflict bears the id of the op that clashed; it is no
// answer to that op.
func TestAConflictIsNotTheOpThatClashed(t *testing.T) {
	s := enrolled(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "王小明"}})
	waiting, err := s.Pending(0, 10)
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	clash := theirs(1, time.Unix(1, 0), record.ConflictKind, "c1", map[string]string{record.ConflictPath: "name"}, nil)
	clash.Change.ID = waiting[0].ID
	take(t, s, record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Duplicate, Seq: 2, Stamp: waiting[0].Stamp}},
		Rows: []record.Stamped{clash}, Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	if m, _ = s.Get("member", m.ID); m.State != record.Synced || m.Values["name"] != "王小明" {
		t.Errorf("%+v", m)
	}
}

// A repair had brought a part of the op back, and the rest has a place of its own,
// earlier: both are laid, each in its turn.
func TestAPartOfAnOpLeavesItItsPlace(t *testing.T) {
	s := enrolled(t)
	m := apply(t, s, record.Edit{Kind: "member", ID: "m1", Set: record.Values{"name": "王小明", "mobile": "1"}})
	waiting, err := s.Pending(0, 10)
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	part := record.Stamped{Seq: 3, Stamp: waiting[0].Stamp, Change: waiting[0]}
	part.Change.Set, part.Change.N = map[string]string{"mobile": "1"}, 0
	after := theirs(2, time.Now(), "member", "m1", map[string]string{"name": "王晓明"}, map[string]string{"name": waiting[0].ID})
	take(t, s, record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Duplicate, Seq: 1, Stamp: waiting[0].Stamp}},
		Rows: []record.Stamped{after, part}, Cursors: map[string]uint64{"branch:" + ourBranch: 3}})
	if m, _ = s.Get("member", m.ID); m.State != record.Synced || m.Values["name"] != "王晓明" || m.Values["mobile"] != "1" {
		t.Errorf("%+v", m)
	}
	past, err := s.History("member", "m1")
	if err != nil || len(past) != 2 || past[0].New["name"] != "王小明" {
		t.Errorf("history %+v %v", past, err)
	}
}

// A copy of this laptop has used a number that is still pending here: what is
// offered again under it is our own op, not the copy's.
func TestACopysOpIsNotOfferedAsOurs(t *testing.T) {
	s := enrolled(t)
	for _, name := range []string{"甲", "乙"} {
		apply(t, s, record.Edit{Kind: "member", ID: "m1", Set: record.Values{"name": name}})
	}
	ours, err := s.Pending(0, 10)
	if err != nil || len(ours) != 2 {
		t.Fatal(ours, err)
	}
	theirs := theirs(2, time.Now(), "member", "m1", map[string]string{"mobile": "1"}, nil)
	theirs.Change.Device = "laptop-1"
	take(t, s, record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1, Stamp: ours[0].Stamp}},
		Rows: []record.Stamped{theirs}, Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	again, err := s.Pending(0, 10)
	if err != nil || len(again) != 2 || again[1].ID != ours[1].ID {
		t.Errorf("offered again: %+v %v", again, err)
	}
}

func TestAcceptedOpWaitsForTheRowsBeforeIt(t *testing.T) {
	s := enrolled(t)
	now := time.Now()
	m := apply(t, s, record.Edit{Kind: "member", ID: "m1", Set: record.Values{"name": "乙"}})
	// Accepted as 5, but the rows 1…4 come later: one of them names the record too.
	take(t, s, record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 5}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	if got, _ := s.Get("member", m.ID); got.State != record.Synced || got.Values["name"] != "乙" {
		t.Fatalf("before its turn: %+v", got)
	}
	take(t, s, record.Delivery{Rows: []record.Stamped{theirs(4, now.Add(-time.Hour), "member", "m1", map[string]string{"name": "甲"}, nil)},
		Cursors: map[string]uint64{"branch:" + ourBranch: 5}})
	past, err := s.History("member", "m1")
	if err != nil || len(past) != 2 || past[0].New["name"] != "甲" || past[1].Old["name"] != "甲" {
		t.Fatalf("order of history: %+v %v", past, err)
	}
	got, _ := s.Get("member", "m1")
	if got.Values["name"] != "乙" || got.State != record.Conflicted {
		t.Errorf("got %+v", got)
	}
	conflicts := s.All(record.ConflictKind)
	if len(conflicts) != 1 || conflicts[0].Values[record.ConflictOther] != "甲" {
		t.Fatalf("conflicts %+v", conflicts)
	}
	apply(t, s, record.Edit{Kind: record.ConflictKind, ID: conflicts[0].ID, Set: record.Values{record.ConflictResolved: "kept"}})
	if got, _ = s.Get("member", "m1"); got.State == record.Conflicted {
		t.Error("resolved conflict still counts")
	}
}

func TestGuardedValueIsNeverReplacedUnseen(t *testing.T) {
	s := enrolled(t, storetest.Guarded("member", "joined"))
	now := time.Now()
	take(t, s, record.Delivery{Rows: []record.Stamped{
		theirs(1, now.Add(-2*time.Hour), "member", "m1", map[string]string{"joined": "2019-06-12"}, nil),
		theirs(2, now.Add(-time.Hour), "member", "m1", map[string]string{"joined": "2020-01-01"}, nil),
	}, Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	got, _ := s.Get("member", "m1")
	if got.Values["joined"] != "2019-06-12" || got.State != record.Conflicted {
		t.Errorf("got %+v", got)
	}
}

func TestRefusedOpIsKeptAndBlocksNothing(t *testing.T) {
	s := enrolled(t)
	a := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲"}})
	b := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "乙"}})
	take(t, s, record.Delivery{AckedTo: 2, Results: []record.Result{
		{N: 1, Verdict: record.Rejected, Code: "ROLE", Say: "这一项要由街道来改。"}, {N: 2, Verdict: record.Applied, Seq: 1}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 1}})
	if got, _ := s.Get("member", b.ID); got.State != record.Synced {
		t.Errorf("later op: %v", got.State)
	}
	s = reopen(t, s)
	list := s.Refused()
	if len(list) != 1 || list[0].Code != "ROLE" || list[0].Change.Record != a.ID {
		t.Fatalf("refused %+v", list)
	}
	if _, ok := s.Get("member", a.ID); ok {
		t.Error("a refused new record is still shown")
	}
	again, err := s.Resend(list[0].Change.ID, record.Values{"name": "甲改"})
	if err != nil || again.State != record.Pending || again.Values["name"] != "甲改" || len(s.Refused()) != 0 {
		t.Errorf("resent %+v %v", again, err)
	}
}

func TestCursorsNeverGoBackAndEpochsDoNotMix(t *testing.T) {
	s := enrolled(t)
	at := time.Now().Add(-time.Hour)
	take(t, s, record.Delivery{Rows: []record.Stamped{theirs(9, at, "member", "m1", map[string]string{"name": "甲"}, nil)},
		Cursors: map[string]uint64{"branch:" + ourBranch: 9}})
	take(t, s, record.Delivery{Rows: []record.Stamped{theirs(3, at, "member", "m2", map[string]string{"name": "旧"}, nil)},
		Cursors: map[string]uint64{"branch:" + ourBranch: 3}})
	if p := s.Position(); p.Cursors["branch:"+ourBranch] != 9 {
		t.Errorf("cursor %v", p.Cursors)
	}
	if _, ok := s.Get("member", "m2"); ok {
		t.Error("a row below the cursor was taken")
	}
	if err := s.Take(record.Delivery{Epoch: "e2"}); record.CodeOf(err) != "EPOCH" {
		t.Errorf("other epoch: %v", err)
	}
	own := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "本机"}})
	snapshot := []record.Holding{{Kind: "member", ID: "m3", Registers: map[string]record.Register{"name": {Value: "丙", Op: "x"}}}}
	take(t, s, record.Delivery{Epoch: "e2", Snapshot: snapshot, Cursors: map[string]uint64{"branch:" + ourBranch: 4}})
	if _, ok := s.Get("member", "m1"); ok {
		t.Error("snapshot did not replace the base")
	}
	if got, ok := s.Get("member", own.ID); !ok || got.State != record.Pending {
		t.Error("pending op did not survive the snapshot")
	}
	if p := s.Position(); p.Epoch != "e2" || p.Cursors["branch:"+ourBranch] != 4 {
		t.Errorf("position %+v", p)
	}
}

func TestEnrolOffersStandaloneRecordsAndRenumbers(t *testing.T) {
	s := storetest.Open(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲", "mobile": "110"}})
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"mobile": "119"}})
	enrol(t, s, "laptop-1")
	waiting, err := s.Pending(0, 10)
	if err != nil || len(waiting) != 1 || waiting[0].Set["mobile"] != "119" || waiting[0].Set["name"] != "甲" {
		t.Fatalf("pending %+v %v", waiting, err)
	}
	enrol(t, s, "laptop-9")
	again, err := s.Pending(0, 10)
	if err != nil || len(again) != 1 || again[0].Device != "laptop-9" || again[0].N != 1 ||
		again[0].ID != waiting[0].ID || again[0].Stamp != waiting[0].Stamp {
		t.Fatalf("renumbered %+v %v", again, err)
	}
	s = reopen(t, s)
	if e, ok := s.Enrolment(); !ok || e.Device != "laptop-9" || string(e.Key) != "seed" {
		t.Errorf("enrolment %+v", e)
	}
}

func TestOwnRowsComeBackAfterRestore(t *testing.T) {
	s := enrolled(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "甲"}})
	ops, err := s.Pending(0, 1)
	if err != nil {
		t.Fatal(err)
	}
	// The district has it already and sends it as a row.
	take(t, s, record.Delivery{Rows: []record.Stamped{{Seq: 1, Stamp: ops[0].Stamp, Change: ops[0]}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 1}})
	if got, _ := s.Get("member", m.ID); got.State != record.Synced {
		t.Errorf("state %v", got.State)
	}
	if past, _ := s.History("member", m.ID); len(past) != 1 {
		t.Errorf("history %+v", past)
	}
}

// TestAnsweredOpsAreOfferedAgain is what a district that lost its log rebuilds it
// from: every own op since the device began, in order and with its chain, after
// the journal was trimmed, the history packed and this laptop restored as well.
func TestAnsweredOpsAreOfferedAgain(t *testing.T) {
	s := enrolled(t)
	const n = 900
	edits := make([]record.Edit, n)
	results := make([]record.Result, n)
	for i := range n {
		edits[i] = record.Edit{Kind: "member", ID: fmt.Sprint("m", i%50), Set: record.Values{"name": fmt.Sprint("姓名", i)}}
		results[i] = record.Result{N: uint64(i + 1), Verdict: record.Applied, Seq: uint64(i + 1)}
	}
	results[20] = record.Result{N: 21, Verdict: record.Rejected, Code: "ROLE", Say: "这一项要由街道来改。"}
	if _, err := s.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	take(t, s, record.Delivery{AckedTo: n, Results: results, Cursors: map[string]uint64{"branch:" + ourBranch: n - 100}})
	if err := s.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b := backup(t, s)
	s, _ = restore(t, closed(t, s), b.Path, false)
	var prev []byte
	after := uint64(0)
	for after < n {
		ops, err := s.Pending(after, 70)
		if err != nil || len(ops) == 0 {
			t.Fatalf("after %d: %d ops, %v", after, len(ops), err)
		}
		for _, c := range ops {
			if after++; c.N != after || !bytes.Equal(c.Prev, prev) {
				t.Fatalf("op %d where %d belongs, or the chain is broken", c.N, after)
			}
			if prev, err = c.Hash(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if p := s.Position(); p.Acked != n || !bytes.Equal(p.Head, prev) {
		t.Errorf("position %+v", p)
	}
}
