package storage

import (
	"slices"
	"time"

	"zhibu/storage/record"
)

// Get returns the record as it is now, also one that lies in the recycle bin
// (Deleted tells).
func (s *Store) Get(kind, id string) (record.Record, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.shelf.get(ref{kind, id})
	if c == nil || c.view.ID == "" {
		return record.Record{}, false
	}
	return c.view, true
}

// All returns the live records of a kind, by id, that is oldest first. The slice
// is the caller's, the records are shared.
func (s *Store) All(kind string) []record.Record { return slices.Clone(s.list(kind, false)) }

// TrashDays is how long a deleted record stays in the recycle bin. Afterwards it
// is no longer offered and Compact erases its values; that it was, and who did
// what to it when, remains.
const TrashDays = 30

// Trash returns the records of a kind that were deleted in the last 30 days,
// by id.
func (s *Store) Trash(kind string) []record.Record {
	oldest := s.opt.Now().AddDate(0, 0, -TrashDays)
	var out []record.Record
	for _, r := range s.list(kind, true) {
		if s.DeletedAt(r.Kind, r.ID).After(oldest) {
			out = append(out, r)
		}
	}
	return out
}

// DeletedAt returns when the record went to the recycle bin, the zero time if
// it is not there.
func (s *Store) DeletedAt(kind, id string) time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.shelf.get(ref{kind, id})
	if c == nil || !c.view.Deleted() {
		return time.Time{}
	}
	var at record.Stamp
	if c.base != nil {
		reg, _ := c.base.register(record.DeletedPath)
		at = reg.Stamp
	}
	for _, p := range c.ops {
		if _, ok := p.change.Set[record.DeletedPath]; ok {
			at = max(at, p.stamped().Stamp)
		}
	}
	return at.Time()
}

// Kinds returns the kinds that have records, sorted, unknown ones included.
func (s *Store) Kinds() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []string
	for kind, cells := range s.shelf.cells {
		if len(cells) > 0 {
			out = append(out, kind)
		}
	}
	slices.Sort(out)
	return out
}

func (s *Store) list(kind string, deleted bool) []record.Record {
	s.mu.RLock()
	lists := s.shelf.lists
	if deleted {
		lists = s.shelf.trashes
	}
	list, ok := lists[kind]
	s.mu.RUnlock()
	if ok {
		return list
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.shelf.cells[kind] {
		if c.view.ID != "" && c.view.Deleted() == deleted {
			list = append(list, c.view)
		}
	}
	list = sortRecords(list)
	if deleted {
		s.shelf.trashes[kind] = list
	} else {
		s.shelf.lists[kind] = list
	}
	return list
}
