package record

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClockNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Clock
		for _, ms := range rapid.SliceOf(rapid.Int64Range(-5, 1<<47)).Draw(t, "now") {
			before, now := c.Last, time.UnixMilli(ms)
			c.Observe(Stamp(rapid.Uint64().Draw(t, "seen")), now)
			if got := c.Tick(now); got <= before || got.Millis() < ms {
				t.Fatalf("tick %d after %d at %d", got, before, ms)
			}
		}
	})
}

func TestClockDoesNotFollowTheFarFuture(t *testing.T) {
	now := time.UnixMilli(1_000_000)
	var c Clock
	c.Observe(MakeStamp(now.Add(Bound+time.Millisecond).UnixMilli(), 0), now)
	if c.Last != 0 {
		t.Errorf("followed a stamp beyond the bound: %d", c.Last)
	}
}

func op(id, device string, stamp Stamp, set, saw map[string]string) Stamped {
	return Stamped{Stamp: stamp, Change: Change{ID: id, Device: device, Kind: "member", Record: "r", Set: set, Saw: saw}}
}

func TestMerge(t *testing.T) {
	guards := Guards{"member": {"joined"}}
	for name, c := range map[string]struct {
		first, second Stamped
		path, want    string
		clashes       int
	}{
		"different fields":       {op("1", "a", 1, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"mobile": "1"}, nil), "name", "甲", 0},
		"later wins, loser kept": {op("1", "a", 1, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"name": "乙"}, nil), "name", "乙", 1},
		"earlier loses, kept":    {op("1", "a", 5, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"name": "乙"}, nil), "name", "甲", 1},
		"seen beats clocks":      {op("1", "a", 5, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"name": "乙"}, map[string]string{"name": "1"}), "name", "乙", 0},
		"same value":             {op("1", "a", 1, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"name": "甲"}, nil), "name", "甲", 0},
		"guarded: first stands":  {op("1", "a", 1, map[string]string{"joined": "2001"}, nil), op("2", "b", 9, map[string]string{"joined": "2002"}, nil), "joined", "2001", 1},
	} {
		regs := map[string]Register{}
		clashes := append(Merge(regs, c.first, guards), Merge(regs, c.second, guards)...)
		if regs[c.path].Value != c.want || len(clashes) != c.clashes {
			t.Errorf("%s: %q with %d clashes, want %q with %d", name, regs[c.path].Value, len(clashes), c.want, c.clashes)
		}
	}
}

// Who says the same again, knowingly, is its writer from then on, whatever the
// clocks: the next one who replaces it has seen that.
func TestSayingAgainTakesOver(t *testing.T) {
	regs := map[string]Register{}
	for _, o := range []Stamped{op("1", "a", 9, map[string]string{"name": "甲"}, nil), op("2", "b", 2, map[string]string{"name": "甲"}, map[string]string{"name": "1"})} {
		if clashes := Merge(regs, o, nil); len(clashes) > 0 {
			t.Errorf("op %s: %v", o.Change.ID, clashes)
		}
	}
	if got := regs["name"].Op; got != "2" {
		t.Errorf("written by op %q", got)
	}
}

// Unguarded blind writes converge whatever their order, and applying one twice
// changes nothing (I12).
func TestMergeIsCommutativeAndIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ops []Stamped
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			ops = append(ops, op(strconv.Itoa(i), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "device"),
				Stamp(rapid.Uint64Range(0, 3).Draw(t, "stamp")),
				map[string]string{rapid.SampledFrom([]string{"x", "y"}).Draw(t, "path"): rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "value")}, nil))
		}
		values := func(ops []Stamped) map[string]string {
			regs := map[string]Register{}
			for _, o := range ops {
				Merge(regs, o, nil)
			}
			out := map[string]string{}
			for path, r := range regs {
				out[path] = r.Value
			}
			return out
		}
		want := values(ops)
		shuffled := rapid.Permutation(ops).Draw(t, "order")
		if got := values(append(shuffled, shuffled...)); !maps.Equal(got, want) {
			t.Fatalf("order matters: %v and %v", got, want)
		}
	})
}

func TestChangeBytesAreCanonical(t *testing.T) {
	c := Change{Device: "d", N: 7, Kind: "member", Record: "r", Set: map[string]string{"b": "2", "a": "1"}, ID: "o"}
	first, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var back Change
	if err := Decode(first, &back); err != nil {
		t.Fatal(err)
	}
	second, err := back.Bytes()
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("a round trip changed the bytes: %v", err)
	}
}

func FuzzDecodeChange(f *testing.F) {
	good, err := Change{Device: "d", N: 1, Set: map[string]string{"a": "1"}}.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		var c Change
		if Decode(data, &c) != nil {
			return
		}
		if _, err := c.Hash(); err != nil {
			t.Fatalf("decoded but cannot be hashed: %v", err)
		}
	})
}

func TestRankBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ranks []string
		for range rapid.IntRange(1, 60).Draw(t, "inserts") {
			at := rapid.IntRange(0, len(ranks)).Draw(t, "at")
			a, b := "", ""
			if at > 0 {
				a = ranks[at-1]
			}
			if at < len(ranks) {
				b = ranks[at]
			}
			r := RankBetween(a, b)
			if r <= a || b != "" && r >= b {
				t.Fatalf("RankBetween(%q, %q) = %q", a, b, r)
			}
			ranks = slices.Insert(ranks, at, r)
		}
	})
}

func TestRowsKeepTheirOrder(t *testing.T) {
	v := Values{}
	for _, title := range []string{"一", "二", "三"} {
		rank := v.NextRank("agenda")
		v[Path("agenda", title, "title")], v[Path("agenda", title, RankColumn)] = title, rank
	}
	maps.Copy(v, v.DropRow("agenda", "二"))
	rows := v.Rows("agenda")
	if len(rows) != 2 || rows[0].ID != "一" || rows[1].ID != "三" {
		t.Errorf("rows: %v", rows)
	}
}

// A closed record takes proposals only, but for what stays open, from whoever
// had not seen that it was closed.
func TestClosedRecordTakesProposals(t *testing.T) {
	guards := Guards{"member": {"!closed", "+fix"}}
	start := func() map[string]Register {
		regs := map[string]Register{}
		Merge(regs, op("1", "a", 1, map[string]string{"text": "甲"}, nil), guards)
		Merge(regs, op("2", "a", 2, map[string]string{"closed": "1", "status": "FINAL"}, nil), guards)
		return regs
	}
	for name, c := range map[string]struct {
		op      Stamped
		path    string
		want    string
		clashes int
	}{
		"unaware of the closing": {op("3", "b", 9, map[string]string{"text": "乙"}, map[string]string{"text": "1"}), "text", "甲", 1},
		"a new row":              {op("3", "b", 9, map[string]string{"rows/1/x": "乙"}, nil), "rows/1/x", "", 1},
		"a correction":           {op("3", "b", 9, map[string]string{"fix/1/text": "更正"}, nil), "fix/1/text", "更正", 0},
		"aware by its status":    {op("3", "b", 9, map[string]string{"status": "ARCHIVED", "text": "丙"}, map[string]string{"status": "2", "text": "1"}), "text", "丙", 0},
		"the same value":         {op("3", "b", 9, map[string]string{"text": "甲"}, nil), "text", "甲", 0},
		"closing it again":       {op("2", "a", 2, map[string]string{"closed": "1"}, nil), "closed", "1", 0},
	} {
		regs := start()
		clashes := Merge(regs, c.op, guards)
		if regs[c.path].Value != c.want || len(clashes) != c.clashes {
			t.Errorf("%s: %q with %d clashes, want %q with %d", name, regs[c.path].Value, len(clashes), c.want, c.clashes)
		}
	}
}

func TestEditWinsOverUnseenDeletion(t *testing.T) {
	guards := Guards{"member": {"!deleted"}}
	regs := map[string]Register{}
	Merge(regs, op("1", "a", 1, map[string]string{"name": "甲"}, nil), guards)
	Merge(regs, op("2", "a", 2, map[string]string{"deleted": "1"}, nil), guards)
	clashes := Merge(regs, op("3", "b", 1, map[string]string{"mobile": "1"}, nil), guards)
	if regs["deleted"].Value != "" || regs["mobile"].Value != "1" || len(clashes) != 1 || clashes[0].Other.Value != "1" {
		t.Errorf("%+v, %+v", regs, clashes)
	}
	Merge(regs, op("4", "a", 4, map[string]string{"deleted": "1", "seal/deleted/by": "x"}, map[string]string{"deleted": "3"}), guards)
	if clashes := Merge(regs, op("5", "b", 5, map[string]string{"mobile": "2"}, nil), guards); len(clashes) != 0 && regs["deleted"].Value != "1" {
		t.Errorf("a transfer was undone by an edit: %+v", clashes)
	}
	if got := guards.Reads(Change{Kind: "member", Set: map[string]string{"name": "x"}}); len(got) != 3 {
		t.Errorf("reads %v", got)
	}
}

// Guards agree while one side only knows kinds the other has never heard of, not
// when they guard one kind differently.
func TestGuardsAgreeOnTheKindsBothKnow(t *testing.T) {
	ours := Guards{"member": {"joined", "id_no"}, "pool": {"stage"}}
	for _, c := range []struct {
		theirs Guards
		differ bool
	}{
		{ours, false}, {nil, false}, {Guards{"member": {"joined", "id_no"}}, false},
		{Guards{"member": {"joined", "id_no"}, "pool": {"stage"}, "parcel": {"!deleted"}}, false},
		{Guards{"member": {"joined"}, "pool": {"stage"}}, true}, {Guards{"member": {"joined"}, "pool": {"stage"}, "parcel": {"!deleted"}}, true},
	} {
		if Differ(ours.Hash(), c.theirs.Hash()) != c.differ || Differ(c.theirs.Hash(), ours.Hash()) != c.differ {
			t.Errorf("%v: want differ %v", c.theirs, c.differ)
		}
	}
	if Differ(ours.Hash(), []byte{1}) != true {
		t.Error("half a hash agrees")
	}
}
