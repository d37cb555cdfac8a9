package storage

import (
	"cmp"
	"slices"

	"zhibu/storage/record"
)

// Refusal is an own op that the district refused. It changes nothing any more
// but is kept until a person sends it again or drops it.
type Refusal struct {
	Change record.Change
	Code   string
	Say    string // the district's sentence
	Field  string // path concerned, if any
	At     int64  // Unix milliseconds
}

// Refused lists the ops the district refused, oldest first.
func (s *Store) Refused() []Refusal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Refusal
	for _, f := range s.shelf.refused {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Change.Stamp, b.Change.Stamp), cmp.Compare(a.Change.ID, b.Change.ID))
	})
	return out
}

// DropRefused gives up the refused op with this id.
func (s *Store) DropRefused(op string) error {
	return s.change(func(t *stage) error {
		if !t.dropRefused(op) {
			return unknownOp()
		}
		return nil
	})
}

// Resend saves set, usually the refused values mended, as a new op on the same
// record and drops the refused one, in one transaction.
func (s *Store) Resend(op string, set record.Values) (record.Record, error) {
	var r ref
	err := s.change(func(t *stage) error {
		if !t.dropRefused(op) {
			return unknownOp()
		}
		c := s.shelf.refused[op].Change
		var err error
		r, err = t.edit(record.Edit{Kind: c.Kind, ID: c.Record, Set: set, Why: c.Why})
		return err
	})
	out, _ := s.Get(r.kind, r.id)
	return out, err
}

// dropRefused reports whether there was such an op.
func (t *stage) dropRefused(op string) bool {
	_, ok := t.s.shelf.refused[op]
	if ok {
		t.refused[op] = nil
		t.drop(bRefused, t.s.keys.ID(bRefused, op))
	}
	return ok
}

func unknownOp() error {
	return record.Refuse("OP_UNKNOWN", "没有找到这次修改。它可能已经处理过，请刷新后再看。")
}

func (t *stage) refuse(p *pending, res record.Result, at int64) error {
	f := Refusal{Change: p.change, Code: res.Code, Say: res.Say, Field: res.Field, At: at}
	t.settle(p.change.N)
	t.refused[p.change.ID] = &f
	return t.encodePut(bRefused, t.s.keys.ID(bRefused, p.change.ID), f)
}

// publishRefused brings refusals into memory. s.mu is held.
func (s *Store) publishRefused(t *stage) {
	h := &s.shelf
	for op, f := range t.refused {
		if old, had := h.refused[op]; had {
			h.at(ref{old.Change.Kind, old.Change.Record}).refused--
			delete(h.refused, op)
		}
		if f != nil {
			h.refused[op] = *f
			h.at(ref{f.Change.Kind, f.Change.Record}).refused++
		}
	}
}
