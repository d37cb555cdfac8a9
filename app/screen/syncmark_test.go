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

// A card of a board and a line of the dues sheet say it too, but for what is
// 已同步, which goes without saying.
func TestEveryBoardTellsWhatIsNotSettled(t *testing.T) {
	b := sampleBooks(t)
	store := b.Store.(*storage.Store)
	answer := func(v record.Verdict) {
		pos := store.Position()
		d := record.Delivery{Epoch: "e", AckedTo: pos.N, Cursors: map[string]uint64{"branch:b1": pos.N}}
		for n := pos.Acked + 1; n <= pos.N; n++ {
			d.Results = append(d.Results, record.Result{N: n, Verdict: v, Seq: n, Code: "X", Say: "不行。"})
		}
		if err := store.Take(d); err != nil {
			t.Fatal(err)
		}
	}
	post, zone, pool := NewSigns(b), NewSigns(b), NewPool(b)
	zone.Show("zone")
	demands, err := NewDemands(b)
	if err != nil {
		t.Fatal(err)
	}
	dues := NewDues(b)
	all := func() map[string][]Mark {
		out := map[string][]Mark{}
		for kind, s := range map[string]*Signs{"post": post, "zone": zone} {
			s.Refresh()
			for _, c := range s.Cards() {
				out[kind] = append(out[kind], c.Sync)
			}
		}
		pool.Refresh()
		for _, stage := range pool.Stages() {
			for _, c := range stage.Cards {
				out["pool"] = append(out["pool"], c.Sync)
			}
		}
		demands.Refresh()
		for _, column := range demands.Columns() {
			for _, c := range column.Cards {
				out["demand"] = append(out["demand"], c.Sync)
			}
		}
		dues.Refresh()
		for _, row := range dues.Rows() {
			out["dues"] = append(out["dues"], row.Sync)
		}
		return out
	}
	is := func(when string, want Mark) {
		t.Helper()
		for kind, marks := range all() {
			if len(marks) == 0 {
				t.Errorf("%s: no %s", when, kind)
			}
			for _, m := range marks {
				if m != want {
					t.Errorf("%s: %s says %+v, want %+v", when, kind, m, want)
				}
			}
		}
	}
	is("alone", Mark{})
	if err := store.Enrol(record.Enrolment{Branch: "b1", Device: "b1-d1", Role: "secretary"}); err != nil {
		t.Fatal(err)
	}
	is("joined", Mark{Offline, "待同步"})
	answer(record.Applied)
	is("taken", Mark{})
	each := func(edit func(record.Record) record.Edit) {
		for _, kind := range []string{"post", "zone", "pool", "demand", "dues"} {
			for _, r := range b.All(kind) {
				if _, err := b.Apply(edit(r)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	each(func(r record.Record) record.Edit {
		return record.Edit{Kind: record.ConflictKind, Set: record.Values{record.ConflictOf: r.Kind, record.ConflictRecord: r.ID, record.ConflictPath: "note"}}
	})
	is("disputed", Mark{Clash, "有冲突"})
	each(func(r record.Record) record.Edit {
		return record.Edit{Kind: r.Kind, ID: r.ID, Set: record.Values{"note": "再看一次"}}
	})
	answer(record.Rejected)
	is("refused", Mark{Late, "未通过"})
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
