// Package model is the property model of the protocol: laptops in memory, a real
// district, every fault of the list in design/sync.md §12, and planted mistakes
// that the search must find. Nothing of it is part of a program.
package model

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Replica is what a laptop keeps: in memory, or as a real store on a disk.
type Replica interface {
	sync.Keeper
	// Edit makes an op of one save, id being its id where the replica gives it none,
	// and returns it; without id if nothing had to be changed.
	Edit(id, kind, rec string, set map[string]string) (record.Change, error)
	// Base returns the confirmed records.
	Base() map[string]record.Holding
	// Unsent returns the ops not in the base yet.
	Unsent() []record.Change
	// RefusedOps returns what was refused, by op id.
	RefusedOps() map[string]RefusedOp
	// Copy returns a clone with a clock of its own, identity and all: a copied data
	// folder.
	Copy(now func() time.Time) Replica
	// Restore puts the laptop back to an earlier copy of itself.
	Restore(backup Replica)
}

// Laptop is a store in memory, the shortest correct sync.Keeper there is.
type Laptop struct {
	Now    func() time.Time
	Guards record.Guards
	Owned  map[string][]string // what only the district writes

	enrolment record.Enrolment
	enrolled  bool
	state
}

// state is what lies on the disk: copying it is a backup, or a clone.
type state struct {
	pos     record.Position
	clock   record.Clock
	base    map[string]record.Holding
	out     []ownOp              // not yet in the base, rising N
	done    []record.Change      // answered, kept for re-offering
	refused map[string]RefusedOp // by op id
	notices []record.Stamped
	proof   record.Proof // of the delivery at hand
	forged  error        // what it does not prove
}

type ownOp struct {
	change record.Change
	seq    uint64 // placed there, while rows before it are still missing here
	stamp  record.Stamp
}

// RefusedOp is an op the district did not take over, with its reason.
type RefusedOp struct {
	Change record.Change
	Result record.Result
}

// NewLaptop returns an empty store.
func NewLaptop(now func() time.Time, guards record.Guards) *Laptop {
	return &Laptop{Now: now, Guards: guards, state: state{
		base: map[string]record.Holding{}, refused: map[string]RefusedOp{}, pos: record.Position{Cursors: map[string]uint64{}}}}
}

// Position implements sync.Journal.
func (l *Laptop) Position() record.Position {
	p := l.pos
	p.Cursors = maps.Clone(p.Cursors)
	pending := map[uint64]bool{}
	for _, o := range l.out {
		pending[o.change.N] = true
	}
	for n := p.Acked + 1; n <= p.N; n++ {
		if !pending[n] {
			p.Settled = append(p.Settled, n)
		}
	}
	return p
}

// Enrolment implements sync.Keeper.
func (l *Laptop) Enrolment() (record.Enrolment, bool) { return l.enrolment, l.enrolled }

// Enrol implements sync.Keeper.
func (l *Laptop) Enrol(e record.Enrolment) error {
	if e.Branch != l.pos.Branch {
		l.pos.Cursors, l.pos.Epoch = map[string]uint64{}, ""
	}
	l.enrolment, l.enrolled = e, true
	l.pos.Branch, l.pos.Device = e.Branch, e.Device
	l.pos.Lease, l.pos.Acked, l.pos.N, l.pos.Head, l.pos.Again = "", 0, 0, nil, 0
	l.done = nil
	kept := l.out
	l.out = nil
	for _, o := range kept {
		if _, err := l.append(o.change); err != nil {
			return err
		}
	}
	return nil
}

// append numbers and chains an op.
func (l *Laptop) append(c record.Change) (record.Change, error) {
	c.Device, c.N, c.Prev = l.pos.Device, l.pos.N+1, l.pos.Head
	hash, err := c.Hash()
	if err != nil {
		return c, err
	}
	l.pos.N, l.pos.Head = c.N, hash
	l.out = append(l.out, ownOp{change: c})
	return c, nil
}

// Edit implements Replica.
func (l *Laptop) Edit(id, kind, rec string, set map[string]string) (record.Change, error) {
	view := l.Registers(rec)
	c := record.Change{ID: id, Kind: kind, Record: rec, Set: set, Saw: map[string]string{}, By: "甲", Schema: 1}
	now := l.Now()
	for _, r := range view {
		l.clock.Observe(r.Stamp, now)
	}
	for path := range set {
		if r, ok := view[path]; ok {
			c.Saw[path] = r.Op
		}
	}
	c.Stamp = l.clock.Tick(now)
	return l.append(c)
}

// Registers returns what the user sees of a record, with the op that wrote each
// value: the base, and pending ops laid over it.
func (l *Laptop) Registers(rec string) map[string]record.Register {
	regs := maps.Clone(l.base[rec].Registers)
	if regs == nil {
		regs = map[string]record.Register{}
	}
	for _, o := range l.out {
		if o.change.Record == rec {
			stamp := o.change.Stamp
			if o.stamp != 0 {
				stamp = o.stamp
			}
			record.Merge(regs, record.Stamped{Stamp: stamp, Change: o.change}, l.Guards)
		}
	}
	return regs
}

// Base implements Replica.
func (l *Laptop) Base() map[string]record.Holding { return l.base }

// Unsent implements Replica.
func (l *Laptop) Unsent() []record.Change {
	var out []record.Change
	for _, o := range l.out {
		out = append(out, o.change)
	}
	return out
}

// RefusedOps implements Replica.
func (l *Laptop) RefusedOps() map[string]RefusedOp { return l.refused }

// Pending implements sync.Journal. Answered ops are given too when asked for ops
// before the newest answer without a gap.
func (l *Laptop) Pending(after uint64, most int) ([]record.Change, error) {
	var out []record.Change
	for _, c := range l.done {
		if c.N > after && after < l.pos.Acked {
			out = append(out, c)
		}
	}
	for _, o := range l.out {
		if o.change.N > after && o.seq == 0 {
			out = append(out, o.change)
		}
	}
	slices.SortFunc(out, byNumber)
	return out[:min(most, len(out))], nil
}

func byNumber(a, b record.Change) int { return cmp.Compare(a.N, b.N) }

// Holdings implements sync.Keeper.
func (l *Laptop) Holdings(after string, most int) ([]record.Holding, error) {
	var out []record.Holding
	for _, id := range slices.Sorted(maps.Keys(l.base)) {
		if id > after && len(out) < most {
			out = append(out, l.base[id])
		}
	}
	return out, nil
}

// Copy implements Replica.
func (l *Laptop) Copy(now func() time.Time) Replica {
	c := *l
	c.Now, c.state = now, l.state.copy()
	return &c
}

// Restore implements Replica.
func (l *Laptop) Restore(backup Replica) {
	b := backup.(*Laptop)
	l.state = b.state.copy()
	l.enrolment = b.enrolment
}

// Notices returns the rows of other channels.
func (l *Laptop) Notices() []record.Stamped { return l.notices }

// String draws the confirmed records.
func (l *Laptop) String() string { return Draw(l.base) }

// Draw writes holdings in one canonical text.
func Draw(holdings map[string]record.Holding) string {
	var b []byte
	for _, id := range slices.Sorted(maps.Keys(holdings)) {
		h := holdings[id]
		b = append(append(append(append(b, h.Kind...), ' '), id...), '\n')
		for _, path := range slices.Sorted(maps.Keys(h.Registers)) {
			r := h.Registers[path]
			b = append(append(append(b, "  "...), path...), '=')
			b = append(strconv.AppendQuote(b, r.Value), ' ')
			b = append(strconv.AppendUint(b, uint64(r.Stamp), 10), ' ')
			b = append(append(append(append(b, r.Device...), ' '), r.Op...), '\n')
		}
	}
	return string(b)
}
