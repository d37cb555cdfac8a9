package storage

import (
	"maps"
	"slices"

	"zhibu/storage/record"
)

// Position tells who this laptop is and how far it has come with the district.
func (s *Store) Position() record.Position {
	s.write.Lock()
	defer s.write.Unlock()
	p := record.Position{Branch: s.st.Branch, Device: s.st.Device, Epoch: s.st.Epoch, Lease: s.st.Lease,
		Cursors: maps.Clone(s.st.Cursors), Head: slices.Clone(s.st.Head), N: s.st.N, Acked: s.st.Acked}
	if p.Cursors == nil {
		p.Cursors = map[string]uint64{}
	}
	return p
}

// Pending returns at most most ops that the district has not answered for,
// numbered above after, in order.
func (s *Store) Pending(after uint64, most int) ([]record.Change, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	var out []record.Change
	for _, p := range s.shelf.sorted() {
		if p.change.N > after && p.seq == 0 && len(out) < most {
			out = append(out, p.change)
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
