package storage

import (
	"cmp"
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
)

// Position tells who this laptop is and how far it has come with the district.
func (s *Store) Position() record.Position {
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := s.seen
	p := record.Position{Branch: st.Branch, Device: st.Device, Epoch: st.Epoch, Lease: st.Lease,
		Cursors: maps.Clone(st.Cursors), Head: slices.Clone(st.Head), N: st.N, Acked: st.Acked, Again: st.Again}
	if p.Cursors == nil {
		p.Cursors = map[string]uint64{}
	}
	for n := p.Acked + 1; st.Joined && s.keys != nil && n <= p.N; n++ {
		if s.shelf.outs[n] == nil {
			p.Settled = append(p.Settled, n)
		}
	}
	return p
}

// Skew returns the district's clock minus this machine's, as the last answer told.
func (s *Store) Skew() time.Duration {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return time.Duration(s.seen.Offset) * time.Millisecond
}

// Guards returns by what the store merges.
func (s *Store) Guards() record.Guards { return s.opt.Guards }

// Pending returns at most most own ops numbered above after, in order: those the
// district has not answered for and, when after lies below Position.Acked, the
// answered ones in between too, for a district that lost them.
func (s *Store) Pending(after uint64, most int) ([]record.Change, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	acked := s.seen.Acked
	if err := s.usable(); err != nil {
		return nil, err
	}
	var out []record.Change
	for _, p := range s.shelf.outs {
		if p.change.N > after && (p.seq == 0 || after < acked) {
			out = append(out, p.change)
		}
	}
	if after < acked {
		answered, err := s.answeredOps(after, most)
		if err != nil {
			return nil, err
		}
		out = append(out, answered...)
	}
	return firstOps(out, most), nil
}

// firstOps returns the most ops with the lowest numbers, in order.
func firstOps(ops []record.Change, most int) []record.Change {
	slices.SortFunc(ops, func(a, b record.Change) int { return cmp.Compare(a.N, b.N) })
	return ops[:min(most, len(ops))]
}

// answeredOps reads the first of this device's answered ops above after from the
// history, of which it never holds more than twice as many, and the refused list.
// Erased ones are left out: the chain over them cannot be shown any more. One that
// bears the number of a pending op is of a copy of this laptop.
// s.mu is held.
func (s *Store) answeredOps(after uint64, most int) ([]record.Change, error) {
	var out []record.Change
	err := s.view(func(b *bolt.Tx) error {
		return everyOp(b, s.keys, func(_ uint64, _ logRow, c record.Change) error {
			if c.Device == s.seen.Device && c.N > after && s.shelf.outs[c.N] == nil && len(c.Set) > 0 {
				out = append(out, c)
			}
			if len(out) > 2*most {
				out = firstOps(out, most)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	for _, f := range s.shelf.refused {
		if f.Change.Device == s.seen.Device && f.Change.N > after {
			out = append(out, f.Change)
		}
	}
	return out, nil
}

// Waiting returns how many own ops the district has not answered for.
func (s *Store) Waiting() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := 0
	for _, p := range s.shelf.outs {
		if p.seq == 0 {
			n++
		}
	}
	return n
}

// Enrolment returns what joining a district gave this laptop.
func (s *Store) Enrolment() (record.Enrolment, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.shelf.enrol == nil {
		return record.Enrolment{}, false
	}
	return *s.shelf.enrol, true
}
