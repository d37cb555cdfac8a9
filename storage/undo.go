package storage

import (
	"cmp"
	"maps"
	"math"
	"slices"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
)

// Undone tells what an undo did, or would do.
type Undone struct {
	Records []string // ids of the records changed
	Later   []Later  // values left alone: someone changed them afterwards
}

// Later is a value that was changed after the op being undone. It stays.
type Later struct {
	Kind, Record, Path string
	Value              string // as it stands
	Op                 string // the later op
	By                 string
	At                 int64 // Unix milliseconds
}

// Undo takes one op back by a compensating op: each path gets the value it had
// before, unless it was changed later. A record that the op made goes to the
// recycle bin, unless it was changed later. Code OP_UNKNOWN.
func (s *Store) Undo(op string) (Undone, error) {
	match := func(c record.Change) bool { return c.ID == op }
	if r, ok := s.standing(op); ok {
		return s.undoIn([]ref{r}, match, true)
	}
	return s.undo(match, true)
}

// standing finds the record in which a value that op wrote still stands: the
// usual case of an undo, without reading the history.
func (s *Store) standing(op string) (ref, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	wrote := func(o origin) bool { return o.Op == op }
	for kind, cells := range s.shelf.cells {
		for id, c := range cells {
			if c.base != nil && slices.ContainsFunc(c.base.from, wrote) && kind != record.ConflictKind {
				return ref{kind, id}, true
			}
		}
	}
	return ref{}, false
}

// UndoBatch takes a whole import or bulk act back, in one transaction.
func (s *Store) UndoBatch(batch string) (Undone, error) {
	return s.undo(func(c record.Change) bool { return batch != "" && c.Batch == batch }, true)
}

// PreviewUndo tells what UndoBatch would do, later edits listed.
func (s *Store) PreviewUndo(batch string) (Undone, error) {
	return s.undo(func(c record.Change) bool { return batch != "" && c.Batch == batch }, false)
}

func (s *Store) undo(match func(record.Change) bool, really bool) (Undone, error) {
	targets, err := s.recordsOf(match)
	if err != nil {
		return Undone{}, err
	}
	return s.undoIn(targets, match, really)
}

func (s *Store) undoIn(targets []ref, match func(record.Change) bool, really bool) (Undone, error) {
	var out Undone
	var edits []record.Edit
	for _, r := range targets {
		past, err := s.History(r.kind, r.id)
		if err != nil {
			return out, err
		}
		now, _ := s.Get(r.kind, r.id)
		if bare(now.Values) && slices.ContainsFunc(past, func(e record.Entry) bool { return len(e.New) == 0 }) {
			continue // erased: nothing is left to bring back
		}
		e, later := compensate(now, past, func(e record.Entry) bool {
			return match(record.Change{ID: e.Op, Batch: e.Batch})
		})
		out.Later = append(out.Later, later...)
		if len(e.Set) > 0 {
			out.Records = append(out.Records, r.id)
			edits = append(edits, e)
		}
	}
	if !really || len(edits) == 0 {
		return out, nil
	}
	_, err := s.Apply(edits...)
	return out, err
}

// compensate makes the edit that takes the matching entries of one record back.
func compensate(now record.Record, past []record.Entry, match func(record.Entry) bool) (record.Edit, []Later) {
	e := record.Edit{Kind: now.Kind, ID: now.ID, Set: record.Values{}, Shown: &now, Why: "撤销"}
	ours := map[string]bool{}
	for _, entry := range past {
		if match(entry) && entry.State != record.Refused {
			ours[entry.Op] = true
			e.Undoes = entry.Op
		}
	}
	var later []Later
	before := map[string]string{} // path → value before our first op on it
	for _, entry := range past {
		if !ours[entry.Op] {
			continue
		}
		for path := range entry.New {
			if _, known := before[path]; !known {
				before[path] = entry.Old[path]
			}
		}
	}
	for _, path := range record.Values(before).Paths() {
		if writer := now.WriterOf(path); ours[writer] {
			e.Set[path] = before[path]
		} else {
			later = append(later, laterEdit(now, path, writer, past))
		}
	}
	if !made(now, past, ours) {
		return e, later
	}
	e.Set = record.Values{}
	others := after(now, past, ours)
	if len(others) == 0 {
		e.Set[record.DeletedPath] = "1"
	}
	return e, others
}

// made reports whether the record did not exist before our ops: the first known
// op is ours, met nothing, and nothing that stands comes from before it.
func made(now record.Record, past []record.Entry, ours map[string]bool) bool {
	if len(past) == 0 || !ours[past[0].Op] || len(past[0].Old) > 0 {
		return false
	}
	known := map[string]bool{}
	for _, entry := range past {
		known[entry.Op] = true
	}
	for _, path := range now.Values.Paths() {
		if !known[now.WriterOf(path)] {
			return false // of a snapshot, whose history is not here
		}
	}
	return true
}

// after lists the values of a record that ops other than ours wrote.
func after(now record.Record, past []record.Entry, ours map[string]bool) []Later {
	var out []Later
	for _, path := range now.Values.Paths() {
		if writer := now.WriterOf(path); !ours[writer] {
			out = append(out, laterEdit(now, path, writer, past))
		}
	}
	return out
}

func laterEdit(now record.Record, path, writer string, past []record.Entry) Later {
	out := Later{Kind: now.Kind, Record: now.ID, Path: path, Value: now.Values[path], Op: writer}
	if i := slices.IndexFunc(past, func(e record.Entry) bool { return e.Op == writer }); i >= 0 {
		out.By, out.At = past[i].By, past[i].At
	}
	return out
}

// recordsOf lists the records that have a matching op, in the order of the ops.
// It reads the whole history: that is seconds for ten years of a big branch.
func (s *Store) recordsOf(match func(record.Change) bool) ([]ref, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	found := map[ref]uint64{} // record → ordinal of its first matching op
	note := func(ordinal uint64, c record.Change) {
		r := ref{c.Kind, c.Record}
		if first, had := found[r]; match(c) && (!had || ordinal < first) {
			found[r] = ordinal
		}
	}
	err := s.view(func(b *bolt.Tx) error {
		return everyOp(b, s.keys, func(ordinal uint64, _ logRow, c record.Change) error {
			note(ordinal, c)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	for _, p := range s.shelf.sorted() {
		note(math.MaxUint64, p.change)
	}
	if len(found) == 0 {
		return nil, unknownOp()
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b ref) int {
		return cmp.Or(cmp.Compare(found[a], found[b]), cmp.Compare(a.id, b.id))
	}), nil
}
