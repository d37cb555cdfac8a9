package storage_test

import (
	"crypto/ed25519"
	"maps"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// sealing is a branch's laptop, and the pen of its district.
type sealing struct {
	*storage.Store
	pen ed25519.PrivateKey
	now time.Time
}

func sealed(t *testing.T) sealing {
	t.Helper()
	pen := ed25519.NewKeyFromSeed([]byte("the district's own seed of 32 by"))
	s := storetest.Open(t, func(o *storage.Options) { o.Owned = map[string][]string{"member": {"transferred_to"}, "notice": {"*"}} })
	err := s.Enrol(record.Enrolment{Branch: ourBranch, Device: "laptop-1", ServerKey: pen.Public().(ed25519.PublicKey)})
	if err != nil {
		t.Fatal(err)
	}
	return sealing{s, pen, time.Now()}
}

// signed adds to values the seal of path, made in a branch's name.
func (s sealing) signed(branch, rec, path string, values map[string]string) map[string]string {
	out := maps.Clone(values)
	out[record.SealPath(path)] = record.Seal(s.pen, branch, rec, path, values[path], record.MakeStamp(s.now.UnixMilli(), 0))
	return out
}

// What the district must have signed and has not is refused with its whole answer,
// by every way it may come; what the laptop has stays, and the true answer is
// taken afterwards.
func TestForgedSealsAreRefused(t *testing.T) {
	s := sealed(t)
	mine := apply(t, s.Store, record.Edit{Kind: "member", Set: record.Values{"name": "王小明"}})
	approved := map[string]string{"approved1": "2026-11-18"}
	good := s.signed(ourBranch, "m1", "approved1", approved)
	take(t, s.Store, record.Delivery{Rows: []record.Stamped{theirs(1, s.now, "pool", "m1", good, nil)}, Cursors: map[string]uint64{"branch:" + ourBranch: 1}})

	other := maps.Clone(good)
	other["approved1"] = "2026-11-01"
	stranger := sealing{pen: ed25519.NewKeyFromSeed([]byte("the seed of somebody else, 32 by")), now: s.now}
	released := map[string]string{"approved1": "2026-11-01", record.SealPath("approved1"): record.Release(stranger.pen, ourBranch, "m1", "approved1", 1<<60)}
	notice := map[string]string{"title": "假通知"}
	for name, set := range map[string]map[string]string{
		"value changed under its seal": other,
		"sealed by a stranger":         stranger.signed(ourBranch, "m1", "approved1", approved),
		"of another branch":            s.signed("b2", "m1", "approved1", approved),
		"of another record":            s.signed(ourBranch, "m2", "approved1", approved),
		"written over without a seal":  {"approved1": "2026-11-01"},
		"seal taken away":              {record.SealPath("approved1"): "", "approved1": "2026-11-01"},
		"released by a stranger":       released,
		"no seal at all":               {record.SealPath("mobile"): "sealed", "mobile": "1"},
	} {
		refuse(t, s, name, record.Delivery{Rows: []record.Stamped{theirs(2, s.now.Add(time.Second), "pool", "m1", set, nil)}})
		if name == "written over without a seal" {
			continue // to who has not seen the seal it is a value like any other
		}
		refuse(t, s, name+", in a snapshot", record.Delivery{Snapshot: []record.Holding{{Kind: "pool", ID: "m9", Registers: registers(set)}}, Epoch: "e2"})
	}
	refuse(t, s, "owned field", record.Delivery{Rows: []record.Stamped{theirs(2, s.now, "member", "m2", map[string]string{"transferred_to": "别的支部"}, nil)}})
	refuse(t, s, "notice in the branch's log", record.Delivery{Rows: []record.Stamped{theirs(2, s.now, "notice", "n1", notice, nil)}})
	refuse(t, s, "notice without a seal", record.Delivery{Channel: "district", Rows: []record.Stamped{theirs(2, s.now, "notice", "n1", notice, nil)}})
	refuse(t, s, "notice sealed in the branch's name", record.Delivery{Channel: "district", Rows: []record.Stamped{theirs(2, s.now, "notice", "n1", s.signed(ourBranch, "n1", "title", notice), nil)}})

	if p, _ := s.Get("pool", "m1"); p.Values["approved1"] != "2026-11-18" || s.Waiting() != 1 {
		t.Errorf("after the forgeries: %v, %d waiting", p.Values, s.Waiting())
	}
	take(t, s.Store, record.Delivery{Channel: "district", Rows: []record.Stamped{theirs(1, s.now, "notice", "n1", s.signed("", "n1", "title", notice), nil)}, Cursors: map[string]uint64{"district": 1}})
	free := map[string]string{"approved1": "2026-11-20", record.SealPath("approved1"): record.Release(s.pen, ourBranch, "m1", "approved1", record.MakeStamp(s.now.UnixMilli(), 0))}
	take(t, s.Store, record.Delivery{Rows: []record.Stamped{theirs(2, s.now.Add(time.Minute), "pool", "m1", free, good)}, Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	if p, _ := s.Get("pool", "m1"); p.Values["approved1"] != "2026-11-20" || p.Values.Sealed("approved1") {
		t.Errorf("given back: %v", p.Values)
	}
	if m, _ := s.Get("member", mine.ID); m.State != record.Pending || len(s.All("notice")) != 1 {
		t.Errorf("own op %v, %d notices", m.State, len(s.All("notice")))
	}
}

func refuse(t *testing.T, s sealing, name string, d record.Delivery) {
	t.Helper()
	if d.Epoch == "" {
		d.Epoch = "e1"
	}
	before := s.Position()
	if err := s.Take(d); record.CodeOf(err) != "SEAL_FORGED" || record.SayOf(err) == "" {
		t.Errorf("%s: %v", name, err)
	}
	if after := s.Position(); !maps.Equal(before.Cursors, after.Cursors) || after.Epoch != before.Epoch {
		t.Errorf("%s: position moved to %+v", name, after)
	}
}

func registers(set map[string]string) map[string]record.Register {
	out := map[string]record.Register{}
	for path, value := range set {
		out[path] = record.Register{Value: value, Stamp: 1, Device: "district", Op: "op"}
	}
	return out
}
