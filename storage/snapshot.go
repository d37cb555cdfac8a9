package storage

import (
	"cmp"
	"maps"
	"slices"

	"zhibu/storage/record"
)

// takeSnapshot replaces everything confirmed. Accepted own ops that it covers
// are part of it; the others stay laid over it. History that is here stays.
func (t *stage) takeSnapshot(d record.Delivery) error {
	for kind, cells := range t.s.shelf.cells {
		for id, c := range cells {
			if c.base != nil {
				t.bases[ref{kind, id}] = nil
			}
		}
	}
	proof := t.proof(d.Channel)
	for _, h := range d.Snapshot {
		if err := proof.CheckHolding(h); err != nil {
			return err
		}
		r := ref{h.Kind, h.ID}
		b := fromHolding(h)
		if c := t.s.shelf.get(r); c != nil && c.base != nil {
			b.log, b.last = c.base.log, c.base.last
		}
		t.bases[r] = b
	}
	for _, p := range t.pendings() {
		if p.seq > 0 && p.seq <= d.Cursors[d.Channel] {
			if err := t.covered(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// recorded reports whether the history has all values of an op already, as it may
// after a restore. Only an op older than what b holds can be there.
func (t *stage) recorded(b *base, op record.Stamped) (bool, error) {
	if op.Stamp > b.newest() {
		return false, nil
	}
	rest := record.Values(op.Change.Set).Clone()
	ordinals := slices.DeleteFunc(b.ordinals(), func(n uint64) bool { return n >= t.s.st.Log }) // written by this very transaction
	err := t.s.past(ref{b.kind, b.id}, ordinals, func(_ logRow, c record.Change) {
		if c.ID == op.Change.ID {
			maps.DeleteFunc(rest, func(path, _ string) bool { _, had := c.Set[path]; return had })
		}
	})
	return len(rest) == 0, err
}

// Holdings returns at most most confirmed records with an id above after, in
// rising order of id: what the district compares when it lost something.
func (s *Store) Holdings(after string, most int) ([]record.Holding, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	var refs []ref
	for kind, cells := range s.shelf.cells {
		for id, c := range cells {
			if id > after && c.base != nil {
				refs = append(refs, ref{kind, id})
			}
		}
	}
	slices.SortFunc(refs, func(a, b ref) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.kind, b.kind)) })
	refs = refs[:min(most, len(refs))]
	out := make([]record.Holding, len(refs))
	for i, r := range refs {
		out[i] = s.shelf.get(r).base.holding()
	}
	return out, nil
}
