package screen

import (
	"slices"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// Every list says of every record where it stands with the district, once there
// is one; without one nothing is said.
func TestEveryListTellsWhereARecordStands(t *testing.T) {
	b, _ := realBooks(t)
	r := register(t, b, "pool", map[string]string{"name": "左书白", "gender": "女", "birth": "1998-03-02", "applied": "2026-01-05"})
	last := func(kind string) (Column, Mark) {
		l, err := NewList(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		columns := l.Columns()
		if l.Len() == 0 {
			return columns[len(columns)-1], Mark{}
		}
		return columns[len(columns)-1], l.Cell(0, len(columns)-1)
	}
	if c, _ := last("pool"); c.Name == "+sync" {
		t.Error("a branch on its own has nothing to tell")
	}
	store := b.Store.(*storage.Store)
	if err := store.Enrol(record.Enrolment{Branch: "b1", Device: "b1-d1", Role: "secretary"}); err != nil {
		t.Fatal(err)
	}
	answer := func(n uint64, v record.Verdict) {
		d := record.Delivery{Epoch: "e", AckedTo: n, Results: []record.Result{{N: n, Verdict: v, Seq: n, Code: "X", Say: "不行。"}}, Cursors: map[string]uint64{"branch:b1": n}}
		if err := store.Take(d); err != nil {
			t.Fatal(err)
		}
	}
	n := store.Position().N
	pending, err := store.Pending(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	at := pending[slices.IndexFunc(pending, func(c record.Change) bool { return c.Record == r.ID })].N
	for _, step := range []struct {
		do   func()
		want Mark
	}{
		{func() {}, Mark{Offline, "待同步"}},
		{func() { answer(at, record.Applied) }, Mark{Plain, "已同步"}},
		{func() {
			register(t, b, "member", map[string]string{"name": "许清禾", "category": "正式党员", "joined": "2001-06-01", "converted": "2002-06-01"})
			if _, _, err := b.Save("pool", r.ID, map[string]string{"mobile": "13800000077"}); err != nil {
				t.Fatal(err)
			}
			answer(store.Position().N, record.Rejected)
		}, Mark{Late, "未通过"}},
	} {
		step.do()
		if c, m := last("pool"); c.Label != "同步" || m != step.want {
			t.Errorf("%s: %+v, want %+v", c.Label, m, step.want)
		}
	}
	if store.Position().N <= n {
		t.Error("nothing was saved")
	}
}

// Locked, nothing is exchanged, however long; unlocked, all that waits goes at the
// very first tick, also what was being exchanged as it was locked.
func TestUnlockingCatchesUp(t *testing.T) {
	s, f, _ := newSession(t)
	d := &fakeDistrict{network: "10.0.0.2/24"}
	s.district = d
	founded(t, s)
	if err := f.open.Enrol(record.Enrolment{Branch: "b1", Device: "b1-d1", Role: "secretary"}); err != nil {
		t.Fatal(err)
	}
	d.during = s.LockNow // while an exchange is under way
	s.Tick()
	if s.Stage != Locked || d.sync != 1 {
		t.Fatalf("stage %d, %d exchanges", s.Stage, d.sync)
	}
	d.during = nil
	for range 21 * 24 {
		f.clock.pass(time.Hour)
		s.Tick()
	}
	if d.sync != 1 {
		t.Fatalf("%d exchanges while locked", d.sync-1)
	}
	s.Unlock("yunzhan2026")
	if light := s.Sync.Light(); light == Unsure || light == Out {
		t.Errorf("light %d before anything was asked", light)
	}
	if s.Tick(); d.sync != 2 {
		t.Errorf("%d exchanges after unlocking", d.sync-1)
	}
}
