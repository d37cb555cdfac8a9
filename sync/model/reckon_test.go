package model

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/sync"
)

// reckon holds the world against the invariants once there is peace.
func (w *world) reckon() {
	for _, b := range w.branches {
		want, held := w.draw(b.ID)
		devices := map[string]string{}
		for _, s := range w.laptops {
			if s.branch != b.ID {
				continue
			}
			if got := Draw(s.Base()); got != want {
				w.fail("I1: %s differs from the district:\n%s", w.name(s), differ(got, want))
			}
			if n := len(s.Unsent()); n > 0 {
				w.fail("I11: %s still has %d unsent ops", w.name(s), n)
			}
			if other := devices[s.Position().Device]; other != "" {
				w.fail("I8: %s and %s share an identity", s.name, other)
			}
			devices[s.Position().Device] = s.name
		}
		w.reckonNumbers(b.ID)
		w.reckonClock(held)
		w.reckonLeaks(b.ID, want)
		w.reckonLosses(b.ID, held)
		w.reckonSeals(b.ID, held)
		rows := w.rows(b.ID)
		w.reckonCauses(rows)
		w.reckonChains(b.ID, rows)
	}
}

// reckonNumbers holds that the district knows every op of a laptop again, also
// after it was put back: else a copy of the laptop could take their numbers.
func (w *world) reckonNumbers(branch string) {
	known, err := w.server.Devices(context.Background(), branch)
	w.must(err, "devices")
	last := map[string]uint64{}
	for _, d := range known {
		last[d.ID] = d.LastN
	}
	for _, s := range w.laptops {
		if pos := s.Position(); s.branch == branch && last[pos.Device] != pos.N {
			w.fail("I7: %s made %d ops, the district knows %d", w.name(s), pos.N, last[pos.Device])
		}
	}
}

// differ shows the lines that only one of two drawings has.
func differ(mine, theirs string) string {
	a, b := strings.Split(mine, "\n"), strings.Split(theirs, "\n")
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "laptop   "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "district "+line)
		}
	}
	return strings.Join(out[:min(len(out), 14)], "\n")
}

// reckonClock holds I9: no stamp lies beyond the district's clock.
func (w *world) reckonClock(held map[string]record.Holding) {
	limit := record.MakeStamp(w.now.Add(time.Minute).UnixMilli(), 0)
	for _, h := range held {
		for path, r := range h.Registers {
			if r.Stamp > limit {
				w.fail("I9: %s of %s is stamped %v", path, h.ID, r.Stamp.Time())
			}
		}
	}
}

// reckonLeaks holds I4: nothing of a branch is found in another.
func (w *world) reckonLeaks(branch, drawn string) {
	for _, other := range w.branches {
		if other.ID != branch && strings.Contains(drawn, other.ID) {
			w.fail("I4: branch %s holds something of %s:\n%s", branch, other.ID, drawn)
		}
	}
}

// reckonSeals holds the second half of I7: a value that is the district's stands
// only where its seal holds.
func (w *world) reckonSeals(branch string, held map[string]record.Holding) {
	proof := record.Proof{Key: w.server.PublicKey(), Branch: branch, Owned: districtRules().Owned}
	for _, h := range held {
		if err := proof.CheckHolding(h); err != nil {
			w.fail("I7: %v: %+v", err, h.Registers)
		}
	}
}

// reckonLosses holds I2: each saved value stands, or was replaced by somebody who
// had seen it, or lies in a conflict record, or was refused with a reason.
func (w *world) reckonLosses(branch string, held map[string]record.Holding) {
	kept := map[string]bool{}
	for _, h := range held {
		for path, r := range h.Registers {
			kept[r.Op+" "+path+" "+h.ID] = true
			kept["="+r.Value+" "+path+" "+h.ID] = true
		}
		if h.Kind == record.ConflictKind {
			at := " " + h.Registers[record.ConflictPath].Value + " " + h.Registers[record.ConflictRecord].Value
			kept[h.Registers[record.ConflictKeptOp].Value+at] = true
			kept[h.Registers[record.ConflictOtherOp].Value+at] = true
		}
	}
	for _, s := range w.laptops {
		for id, r := range s.RefusedOps() {
			for path := range r.Change.Set {
				kept[id+" "+path+" "+r.Change.Record] = true
			}
		}
	}
	for id, op := range w.saved[branch] {
		for path, value := range op.change.Set {
			if op.lost[path] || path == record.DeletedPath && value == "" {
				continue // "not deleted" is how a record begins: nothing typed
			}
			if !w.accounted(branch, kept, id, path, map[string]bool{}) {
				_, drawn := w.draw(branch)
				w.fail("I2: %s of %s, saved by %s as %q, is nowhere; there stand %+v\n%s", path, op.change.Record, id, op.change.Set[path], drawn[op.change.Record].Registers[path], w.log(branch))
			}
		}
	}
}

// reckonCauses holds the other half of I9: who replaced a value that he had seen
// is stamped after it, whatever both clocks said.
func (w *world) reckonCauses(rows []record.Stamped) {
	held := map[string]map[string]record.Register{}
	for _, op := range rows {
		regs := held[op.Change.Record]
		if regs == nil {
			regs = map[string]record.Register{}
			held[op.Change.Record] = regs
		}
		for path := range op.Change.Set {
			now, had := regs[path]
			if had && op.Change.Saw[path] == now.Op && op.Change.N > 0 && now.Stamp >= op.Stamp {
				w.fail("I9: %s at %v replaced what it had seen of %s, stamped %v", op.Change.ID, op.Stamp.Time(), now.Op, now.Stamp.Time())
			}
		}
		record.Merge(regs, op, guards())
	}
}

// reckonChains holds the first half of I8: the ops of an identity are one chain,
// so that nobody slips his own between those of another.
func (w *world) reckonChains(branch string, rows []record.Stamped) {
	hashes := map[string][]byte{}
	at := func(c record.Change, n uint64) string { return fmt.Sprint(c.Device, " ", n) }
	for _, op := range rows {
		c := op.Change
		if saved, ok := w.saved[branch][c.ID]; !ok || c.N == 0 || c.Device == sync.DistrictDevice || !maps.Equal(saved.change.Set, c.Set) {
			continue // of the district, or only the rest of an op
		}
		if before, ok := hashes[at(c, c.N-1)]; ok && !bytes.Equal(before, c.Prev) {
			w.fail("I8: op %d of %s, %s, does not follow the one before it\n%s", c.N, c.Device, c.ID, w.log(branch))
		}
		hash, err := c.Hash()
		w.must(err, "hash")
		hashes[at(c, c.N)] = hash
	}
}

// rows reads the whole log of a branch.
func (w *world) rows(branch string) []record.Stamped {
	i := slices.IndexFunc(w.laptops, func(s *seatAt) bool { return s.branch == branch })
	resp, err := w.server.For(w.laptops[i].Position().Device).Sync(context.Background(), sync.Request{Sealed: true})
	w.must(err, "log")
	var rows []record.Stamped
	for _, row := range resp.Channels[sync.BranchChannel(branch)].Rows {
		op, err := row.Stamped()
		w.must(err, "row")
		rows = append(rows, op)
	}
	return rows
}

// log tells the rows of a branch, for a story that went wrong.
func (w *world) log(branch string) string {
	var out strings.Builder
	for _, op := range w.rows(branch) {
		fmt.Fprintf(&out, "%d %s by %s: %v saw %v\n", op.Seq, op.Change.ID, op.Change.Device, op.Change.Set, op.Change.Saw)
	}
	return out.String()
}

// accounted reports whether the value of op at path is kept, or its successor
// is: one that had seen it, one of the same value, or after an answer another
// answer, whether or not the district still knew of the first.
func (w *world) accounted(branch string, kept map[string]bool, id, path string, seen map[string]bool) bool {
	op := w.saved[branch][id].change
	if at := " " + path + " " + op.Record; kept[id+at] || kept["="+op.Set[path]+at] {
		return true
	}
	seen[id] = true
	for next, n := range w.saved[branch] {
		value, ok := n.change.Set[path]
		if !ok || n.change.Record != op.Record || seen[next] {
			continue
		}
		answers := op.Device == sync.DistrictDevice && n.change.Device == sync.DistrictDevice
		if (n.change.Saw[path] == id || value == op.Set[path] || answers) && w.accounted(branch, kept, next, path, seen) {
			return true
		}
	}
	return false
}

// attack is what a laptop of one branch may try against another and against the
// district's own values. None of it may change anything but its own branch.
func (w *world) attack(s *seatAt) {
	ctx := context.Background()
	victim := w.branches[0].ID
	if s.branch == victim {
		victim = w.branches[1].ID
	}
	before, _ := w.draw(victim)
	far := w.server.For(s.Position().Device)
	pos := s.Position()
	// Rows of another branch by naming its channel.
	resp, err := far.Sync(ctx, sync.Request{Sealed: true, Epoch: "", Cursors: map[string]uint64{sync.BranchChannel(victim): 0}, N: pos.N, Acked: pos.Acked})
	w.must(err, "attack by cursor")
	for name := range resp.Channels {
		if name == sync.BranchChannel(victim) {
			w.fail("I4: rows of %s given to %s", victim, s.name)
		}
	}
	w.forge(far, s, victim)
	if after, _ := w.draw(victim); after != before {
		w.fail("I4: branch %s changed by a laptop of another", victim)
	}
	w.seen = map[string]uint64{}
}

// forge offers an approval without the district's seal, and another's ops.
func (w *world) forge(far sync.District, s *seatAt, victim string) {
	ctx := context.Background()
	forged := record.Holding{Kind: "member", ID: s.branch + "-m1", Registers: map[string]record.Register{
		"approval":                  {Value: "自己批的", Stamp: 1 << 60, Device: sync.DistrictDevice, Op: "forged"},
		record.SealPath("approval"): {Value: "ed25519.1.AAAA", Stamp: 1 << 60, Device: sync.DistrictDevice, Op: "forged"},
	}}
	if _, err := far.Repair(ctx, sync.Repair{Epoch: "old", Cursor: 1 << 40, Holdings: []sync.Packed{sync.PackHolding(forged)}}); err != nil {
		w.t.Fatal(err)
	}
	theirs := record.Change{Device: victim + "-someone", N: 1, Kind: "member", Record: victim + "-m1", ID: "forged2", Set: map[string]string{"name": "改了"}}
	body, err := theirs.Bytes()
	w.must(err, "forge")
	_, err = far.Sync(ctx, sync.Request{Sealed: true, Ops: []cbor.RawMessage{body}})
	if record.CodeOf(err) != "OP_OF_ANOTHER" {
		w.fail("I4: op of another device: %v", err)
	}
}

// half offers one value of an op that is still to be sent, under the op's id: the
// rest of it must not be taken for known.
func (w *world) half(s *seatAt) {
	pos := s.Position()
	for _, c := range s.Unsent() {
		if c.Set["note"] == "" || len(c.Set) < 2 {
			continue
		}
		h := record.Holding{Kind: c.Kind, ID: c.Record, Registers: map[string]record.Register{
			"note": {Value: c.Set["note"], Stamp: c.Stamp, Device: c.Device, Op: c.ID}}}
		w.tell("%s offers half of %s", s.name, c.ID)
		_, err := w.server.For(pos.Device).Repair(context.Background(), sync.Repair{Epoch: pos.Epoch, Cursor: pos.Cursors[sync.BranchChannel(pos.Branch)], Holdings: []sync.Packed{sync.PackHolding(h)}})
		w.must(err, "half")
		return
	}
}
