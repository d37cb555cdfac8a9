package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Take implements sync.Journal.
func (l *Laptop) Take(d record.Delivery) error {
	own := d.Channel == "" || d.Channel == sync.BranchChannel(l.pos.Branch)
	if d.Snapshot == nil && l.pos.Epoch != "" && d.Epoch != l.pos.Epoch {
		return fmt.Errorf("answer of epoch %s, following %s", d.Epoch, l.pos.Epoch)
	}
	next := l.state.copy()
	if next.pos.Epoch != d.Epoch {
		next.pos.Epoch, next.pos.Lease = d.Epoch, ""
	}
	next.proof = record.Proof{Key: l.enrolment.ServerKey, Owned: l.Owned}
	if own {
		next.proof.Branch = l.pos.Branch
	}
	if d.Lease != "" || d.Epoch != l.pos.Epoch {
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
	if own {
		next.reoffer(d)
	}
	next.pos.Acked = next.answered()
	if next.forged == nil {
		l.state = next
	}
	return next.forged
}

func (s *state) takeSnapshot(d record.Delivery) {
	s.base = map[string]record.Holding{}
	for _, h := range d.Snapshot {
		s.base[h.ID] = h
		s.forged = errors.Join(s.forged, s.proof.CheckHolding(h))
	}
	s.pos.Cursors = map[string]uint64{}
	s.unplace()
}

// reoffer notes from where on own ops must be offered again.
func (s *state) reoffer(d record.Delivery) {
	if s.pos.Again = d.Again; d.Again > 0 {
		s.unplace()
	}
}

// unplace forgets places of a lost line of history.
func (s *state) unplace() {
	for i := range s.out {
		s.out[i].seq = 0
	}
}

func (s *state) takeOther(d record.Delivery) {
	for _, row := range d.Rows {
		if row.Seq > s.pos.Cursors[d.Channel] {
			s.notices = append(s.notices, row)
			s.forged = errors.Join(s.forged, s.proof.CheckChange(row.Change, func(string) string { return "" }))
		}
	}
}

// takeOwn lays accepted ops over the base in the order of their places.
func (s *state) takeOwn(d record.Delivery, guards record.Guards) {
	cursor := s.pos.Cursors[sync.BranchChannel(s.pos.Branch)]
	s.answer(d, cursor)
	for _, row := range d.Rows { // an own op that comes as a row is taken as the row
		if i := slices.IndexFunc(s.out, func(o ownOp) bool { return o.settledBy(row) }); i >= 0 {
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

// settledBy reports whether this row stands for an own op: at the place that one
// was answered with, or as the very same. A part of it, or the same under another
// number, does not. A conflict record bears the id of the op that clashed: its row
// is not that op.
func (o ownOp) settledBy(row record.Stamped) bool {
	c := row.Change
	same := c.Device == o.change.Device && c.N == o.change.N && maps.Equal(c.Set, o.change.Set)
	return c.ID == o.change.ID && c.Record == o.change.Record && (o.seq == row.Seq || o.seq == 0 && same)
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

// answered returns the newest op below which everything is answered.
func (s *state) answered() uint64 {
	for _, o := range s.out {
		if o.seq == 0 {
			return o.change.N - 1
		}
	}
	return s.pos.N
}

// settle is kept apart so that nothing placed is forgotten when rows ended early.
func (s *state) settle(guards record.Guards) {
	s.placeUpTo(s.pos.Cursors[sync.BranchChannel(s.pos.Branch)], guards)
	slices.SortFunc(s.done, byNumber)
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
	s.forged = errors.Join(s.forged, s.proof.CheckChange(op.Change, func(path string) string { return h.Registers[path].Value }))
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
