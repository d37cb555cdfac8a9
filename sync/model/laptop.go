// Package model is the property model of the protocol: laptops in memory, a real
// district, every fault of the list in design/sync.md §12, and planted mistakes
// that the search must find. Nothing of it is part of a program.
package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Laptop is a store in memory, the shortest correct sync.Keeper there is.
type Laptop struct {
	Now    func() time.Time
	Guards record.Guards

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
	l.pos.Lease, l.pos.Acked, l.pos.N, l.pos.Head = "", 0, 0, nil
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

// Edit makes an op of one save, id being its id and that of a new record. It
// returns the op.
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

// Base returns the confirmed records.
func (l *Laptop) Base() map[string]record.Holding { return l.base }

// Unsent returns the ops without an answer.
func (l *Laptop) Unsent() []record.Change {
	var out []record.Change
	for _, o := range l.out {
		out = append(out, o.change)
	}
	return out
}

// RefusedOps returns what was refused, by op id.
func (l *Laptop) RefusedOps() map[string]RefusedOp { return l.refused }

// Pending implements sync.Journal. Answered ops are given too when asked for.
func (l *Laptop) Pending(after uint64, most int) ([]record.Change, error) {
	var out []record.Change
	for _, c := range l.done {
		if c.N > after {
			out = append(out, c)
		}
	}
	for _, o := range l.out {
		if o.change.N > after && o.seq == 0 {
			out = append(out, o.change)
		}
	}
	return out[:min(most, len(out))], nil
}

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

// Take implements sync.Journal.
func (l *Laptop) Take(d record.Delivery) error {
	own := d.Channel == "" || d.Channel == sync.BranchChannel(l.pos.Branch)
	if d.Snapshot == nil && l.pos.Epoch != "" && d.Epoch != l.pos.Epoch {
		return fmt.Errorf("answer of epoch %s, following %s", d.Epoch, l.pos.Epoch)
	}
	next := l.state.copy()
	next.pos.Epoch = d.Epoch
	if d.Lease != "" {
		next.pos.Lease = d.Lease
	}
	if d.Snapshot != nil {
		next.takeSnapshot(d)
	}
	if own {
		next.takeOwn(d, l.Guards)
	} else {
		next.takeOther(d)
	}
	for channel, seq := range d.Cursors {
		if seq > next.pos.Cursors[channel] {
			next.pos.Cursors[channel] = seq
		}
	}
	next.settle(l.Guards)
	l.state = next
	return nil
}

func (s *state) takeSnapshot(d record.Delivery) {
	s.base = map[string]record.Holding{}
	for _, h := range d.Snapshot {
		s.base[h.ID] = h
	}
	s.pos.Cursors = map[string]uint64{}
	for i := range s.out {
		s.out[i].seq = 0 // places of a lost line of history
	}
}

func (s *state) takeOther(d record.Delivery) {
	for _, row := range d.Rows {
		if row.Seq > s.pos.Cursors[d.Channel] {
			s.notices = append(s.notices, row)
		}
	}
}

// takeOwn lays accepted ops over the base in the order of their places.
func (s *state) takeOwn(d record.Delivery, guards record.Guards) {
	cursor := s.pos.Cursors[sync.BranchChannel(s.pos.Branch)]
	s.answer(d, cursor)
	s.pos.Acked = max(s.pos.Acked, d.AckedTo)
	for _, row := range d.Rows { // an own op that comes as a row is taken as the row
		if i := slices.IndexFunc(s.out, func(o ownOp) bool { return o.seq != 0 && o.change.ID == row.Change.ID }); i >= 0 {
			s.drop(i)
		}
	}
	for _, row := range d.Rows {
		if row.Seq > cursor {
			s.placeUpTo(row.Seq, guards)
			s.lay(row, guards)
		}
	}
	s.placeUpTo(max(cursor, d.Cursors[sync.BranchChannel(s.pos.Branch)]), guards)
}

// answer notes what became of own ops.
func (s *state) answer(d record.Delivery, cursor uint64) {
	for _, r := range d.Results {
		i := slices.IndexFunc(s.out, func(o ownOp) bool { return o.change.N == r.N && o.seq == 0 })
		if i < 0 || r.Verdict == record.Held {
			continue
		}
		c := s.out[i].change
		switch {
		case r.Verdict == record.Rejected:
			s.refused[c.ID] = RefusedOp{c, r}
			s.drop(i)
		case r.Seq <= cursor: // it came as a row, or in a snapshot
			s.drop(i)
		default:
			s.out[i].seq, s.out[i].stamp = r.Seq, r.Stamp
		}
	}
}

func (s *state) drop(i int) {
	s.done = append(s.done, s.out[i].change)
	s.out = slices.Delete(s.out, i, i+1)
}

func (s *state) placeUpTo(seq uint64, guards record.Guards) {
	for {
		first := -1
		for i, o := range s.out {
			if o.seq != 0 && o.seq <= seq && (first < 0 || o.seq < s.out[first].seq) {
				first = i
			}
		}
		if first < 0 {
			return
		}
		o := s.out[first]
		s.drop(first)
		s.lay(record.Stamped{Seq: o.seq, Stamp: o.stamp, Change: o.change}, guards)
	}
}

// settle is kept apart so that nothing placed is forgotten when rows ended early.
func (s *state) settle(guards record.Guards) {
	s.placeUpTo(s.pos.Cursors[sync.BranchChannel(s.pos.Branch)], guards)
	slices.SortFunc(s.done, func(a, b record.Change) int { return int(a.N) - int(b.N) })
}

func (s *state) lay(op record.Stamped, guards record.Guards) {
	h := s.hold(op.Change.Record, op.Change.Kind)
	for _, clash := range record.Merge(h.Registers, op, guards) {
		kept := record.Conflict(op, clash)
		if _, had := s.base[kept.ID]; !had {
			s.base[kept.ID] = kept
		}
	}
	s.base[h.ID] = h
}

// hold returns a record to write into; backups share the maps they were copied with.
func (s *state) hold(id, kind string) record.Holding {
	h, ok := s.base[id]
	if !ok {
		h = record.Holding{Kind: kind, ID: id}
	}
	h.Registers = maps.Clone(h.Registers)
	if h.Registers == nil {
		h.Registers = map[string]record.Register{}
	}
	return h
}

func (s *state) copy() state {
	c := *s
	c.base, c.refused = maps.Clone(s.base), maps.Clone(s.refused)
	c.pos.Cursors = maps.Clone(s.pos.Cursors)
	c.out, c.done, c.notices = slices.Clone(s.out), slices.Clone(s.done), slices.Clone(s.notices)
	return c
}

// Copy returns a clone of the laptop, identity and all: a copied data folder.
func (l *Laptop) Copy() *Laptop {
	c := *l
	c.state = l.state.copy()
	return &c
}

// Restore puts the laptop back to an earlier copy of itself.
func (l *Laptop) Restore(backup *Laptop) {
	l.state = backup.state.copy()
	l.enrolment = backup.enrolment
}

// Notices returns the rows of other channels.
func (l *Laptop) Notices() []record.Stamped { return l.notices }

// String draws the confirmed records, sorted, for comparing replicas.
func (l *Laptop) String() string { return Draw(l.base) }

// Draw writes holdings in one canonical text.
func Draw(holdings map[string]record.Holding) string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(holdings)) {
		h := holdings[id]
		fmt.Fprintf(&b, "%s %s\n", h.Kind, id)
		for _, path := range slices.Sorted(maps.Keys(h.Registers)) {
			r := h.Registers[path]
			fmt.Fprintf(&b, "  %s=%q %d %s %s\n", path, r.Value, r.Stamp, r.Device, r.Op)
		}
	}
	return b.String()
}
