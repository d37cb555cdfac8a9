package storage

import (
	"cmp"
	"maps"
	"slices"

	"zhibu/storage/record"
)

// ref names a record.
type ref struct{ kind, id string }

// pending is an own op that is not yet part of the base.
type pending struct {
	change record.Change
	raw    []byte       // its canonical bytes
	seq    uint64       // > 0: accepted there, but rows before it are still missing here
	stamp  record.Stamp // as accepted
}

func (p *pending) stamped() record.Stamped {
	at := p.change.Stamp
	if p.stamp != 0 {
		at = p.stamp
	}
	return record.Stamped{Seq: p.seq, Stamp: at, Change: p.change}
}

// shelf is the decrypted content of a store.
type shelf struct {
	cells   map[string]map[string]*cell // kind → id
	outs    map[uint64]*pending         // by op number
	refused map[string]Refusal          // by op id
	drafts  map[string]record.Draft
	local   map[string]string
	enrol   *record.Enrolment
	lists   map[string][]record.Record // All and Trash by kind, made when asked for
	trashes map[string][]record.Record
}

// cell is one record: its base, if any, and what a person sees.
type cell struct {
	base    *base
	ops     []*pending // of this record, rising
	refused int        // refused ops of this record
	open    int        // unresolved conflicts of this record
	view    record.Record
}

func newShelf() shelf {
	return shelf{cells: map[string]map[string]*cell{}, outs: map[uint64]*pending{}, refused: map[string]Refusal{},
		drafts: map[string]record.Draft{}, local: map[string]string{},
		lists: map[string][]record.Record{}, trashes: map[string][]record.Record{}}
}

func (h *shelf) get(r ref) *cell { return h.cells[r.kind][r.id] }

// at returns the cell of r, made if need be.
func (h *shelf) at(r ref) *cell {
	kind := h.cells[r.kind]
	if kind == nil {
		kind = map[string]*cell{}
		h.cells[r.kind] = kind
	}
	c := kind[r.id]
	if c == nil {
		c = &cell{}
		kind[r.id] = c
	}
	return c
}

// refresh rebuilds what is seen of r, forgets the lists it is in and adds what
// else changes its looks by that to touched: a record whose conflict was closed.
func (h *shelf) refresh(r ref, guards record.Guards, touched map[ref]bool) {
	c := h.get(r)
	if c == nil {
		return
	}
	delete(h.lists, r.kind)
	delete(h.trashes, r.kind)
	before := c.view
	c.view = record.Record{}
	if c.base != nil || len(c.ops) > 0 {
		c.view = see(r, c.base, c.ops, guards)
		c.view.State = c.state()
	} else if c.refused == 0 && c.open == 0 {
		delete(h.cells[r.kind], r.id)
	}
	if r.kind != record.ConflictKind {
		return
	}
	if was, is := openConflict(before), openConflict(c.view); was != is {
		of := ref{c.view.Values[record.ConflictOf], c.view.Values[record.ConflictRecord]}
		if was {
			of = ref{before.Values[record.ConflictOf], before.Values[record.ConflictRecord]}
			h.at(of).open--
		} else {
			h.at(of).open++
		}
		touched[of] = true
		h.refresh(of, guards, touched)
	}
}

// openConflict reports whether r is a conflict that nobody has resolved.
func openConflict(r record.Record) bool {
	return r.ID != "" && r.Values[record.ConflictResolved] == "" && !r.Deleted()
}

func (c *cell) state() record.State {
	switch {
	case c.refused > 0:
		return record.Refused
	case c.open > 0:
		return record.Conflicted
	}
	for _, p := range c.ops {
		if p.seq == 0 {
			return record.Pending
		}
	}
	return record.Synced
}

// see lays pending ops over a base as the district will.
func see(r ref, b *base, ops []*pending, guards record.Guards) record.Record {
	if b == nil {
		b = &base{kind: r.kind, id: r.id, values: record.Values{}}
	}
	for _, p := range ops {
		b, _, _ = lay(b, p.stamped(), guards)
	}
	out := record.Record{Kind: r.kind, ID: r.id, Values: b.values}
	if len(b.from) > 0 {
		out.Writer = b.from[0].Op
	}
	if len(b.which) > 0 {
		out.Writers = make(map[string]string, len(b.which))
		for path, i := range b.which {
			out.Writers[path] = b.from[i].Op
		}
	}
	return out
}

// lay merges an op into a base and returns the new base, the values it met and
// what clashed.
func lay(b *base, op record.Stamped, guards record.Guards) (*base, record.Values, []record.Clash) {
	regs := make(map[string]record.Register, len(op.Change.Set))
	old := record.Values{}
	for _, path := range guards.Reads(op.Change) {
		reg, ok := b.register(path)
		if !ok {
			continue
		}
		regs[path] = reg
		if _, set := op.Change.Set[path]; set && reg.Value != "" {
			old[path] = reg.Value
		}
	}
	clashes := record.Merge(regs, op, guards)
	return b.with(regs), old, clashes
}

// sorted returns the pending ops in order.
func (h *shelf) sorted() []*pending {
	out := make([]*pending, 0, len(h.outs))
	for _, n := range slices.Sorted(maps.Keys(h.outs)) {
		out = append(out, h.outs[n])
	}
	return out
}

func sortRecords(list []record.Record) []record.Record {
	slices.SortFunc(list, func(a, b record.Record) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
