package storage

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// stage collects what one transaction will change, before anything is written.
// Only the writer makes one; it sees its own changes.
type stage struct {
	s     *Store
	st    state
	bases map[ref]*base               // nil: gone
	outs  map[uint64]*pending         // nil: gone
	moved map[ref]map[uint64]*pending // the same by record
	puts  map[spot][]byte             // plain values; nil: delete
	order []spot
	ops   [][]byte // own new ops, for the journal
	first uint64   // number of the first of them

	refused map[string]*Refusal // by op id; nil: gone
	drafts  map[string]*record.Draft
	local   map[string]*string
	enrol   *record.Enrolment
	dirty   bool // the state alone changed
}

type spot struct{ bucket, key string }

func (s *Store) stage() *stage {
	return &stage{s: s, st: s.st.clone(), bases: map[ref]*base{}, outs: map[uint64]*pending{}, moved: map[ref]map[uint64]*pending{},
		puts: map[spot][]byte{}, refused: map[string]*Refusal{}, drafts: map[string]*record.Draft{},
		local: map[string]*string{}}
}

func (t *stage) put(bucket string, key, plain []byte) {
	p := spot{bucket, string(key)}
	if _, had := t.puts[p]; !had {
		t.order = append(t.order, p)
	}
	t.puts[p] = plain
}

func (t *stage) drop(bucket string, key []byte) { t.put(bucket, key, nil) }

// encodePut seals v's deterministic encoding under bucket and key.
func (t *stage) encodePut(bucket string, key []byte, v any) error {
	data, err := record.Encode(v)
	if err != nil {
		return fmt.Errorf("encode for %s: %w", bucket, err)
	}
	t.put(bucket, key, data)
	return nil
}

func (t *stage) base(r ref) *base {
	if b, ok := t.bases[r]; ok {
		return b
	}
	if c := t.s.shelf.get(r); c != nil {
		return c.base
	}
	return nil
}

// opsOf returns the pending ops of a record as this transaction leaves them.
func (t *stage) opsOf(r ref) []*pending {
	byN := map[uint64]*pending{}
	if c := t.s.shelf.get(r); c != nil {
		for _, p := range c.ops {
			byN[p.change.N] = p
		}
	}
	for n, p := range t.moved[r] {
		delete(byN, n)
		if p != nil {
			byN[n] = p
		}
	}
	out := make([]*pending, 0, len(byN))
	for _, n := range slices.Sorted(maps.Keys(byN)) {
		out = append(out, byN[n])
	}
	return out
}

func (t *stage) view(r ref) (record.Record, bool) {
	b, ops := t.base(r), t.opsOf(r)
	if b == nil && len(ops) == 0 {
		return record.Record{}, false
	}
	return see(r, b, ops, t.s.opt.Guards), true
}

// logRow is one accepted op in the history. Old keeps what its paths held
// before, so an entry can be shown and undone without replaying.
type logRow struct {
	_      struct{} `cbor:",toarray"`
	Seq    uint64   // place in the branch's log; 0: self-confirmed
	Stamp  record.Stamp
	Change cbor.RawMessage
	Old    record.Values
}

const logKeySize = vault.IDSize + 8

// logKey puts a history row beside its record: a save then writes one leaf page,
// not two.
func logKey(rec []byte, ordinal uint64) []byte {
	return append(slices.Clip(rec), number(ordinal)...)
}

// confirm makes an op part of the base and of the history. Values that clashed
// become conflict records, the same on every replica.
func (t *stage) confirm(x turn) error {
	r := ref{x.op.Change.Kind, x.op.Change.Record}
	b := t.base(r)
	if b == nil {
		b = &base{kind: r.kind, id: r.id}
	}
	next, old, clashes := lay(b, x.op, t.s.opt.Guards)
	t.bases[r] = next
	for _, c := range clashes {
		h := record.Conflict(x.op, c)
		at := ref{h.Kind, h.ID}
		if t.base(at) == nil {
			t.bases[at] = fromHolding(h)
		}
	}
	if x.raw == nil {
		return nil
	}
	made := x.op
	if x.own != nil {
		made.Change = x.own.change
	}
	if known, err := t.recorded(b, made); known || err != nil {
		return err
	}
	return t.enter(next, made, x.raw, old)
}

// enter writes the history row of an op and makes b, with that row, the base.
func (t *stage) enter(b *base, op record.Stamped, raw []byte, old record.Values) error {
	r, ordinal := ref{b.kind, b.id}, t.st.Log
	t.st.Log++
	t.bases[r] = b.logged(ordinal)
	return t.encodePut(bRec, logKey(t.s.keys.ID(bRec, r.kind, r.id), ordinal), logRow{Seq: op.Seq, Stamp: op.Stamp, Change: raw, Old: old})
}

// outRow is a pending op as stored.
type outRow struct {
	_      struct{} `cbor:",toarray"`
	Change cbor.RawMessage
	Seq    uint64
	Stamp  record.Stamp
}

// keep makes p a pending op.
func (t *stage) keep(p *pending) error {
	t.move(p.change.N, p)
	return t.encodePut(bOut, number(p.change.N), outRow{Change: p.raw, Seq: p.seq, Stamp: p.stamp})
}

// settle takes a pending op out.
func (t *stage) settle(n uint64) {
	t.move(n, nil)
	t.drop(bOut, number(n))
}

// move gives number n to p, nil for none. A renumbering takes it from another.
func (t *stage) move(n uint64, p *pending) {
	for _, q := range []*pending{t.out(n), p} {
		if q == nil {
			continue
		}
		r := ref{q.change.Kind, q.change.Record}
		if t.moved[r] == nil {
			t.moved[r] = map[uint64]*pending{}
		}
		t.moved[r][n] = nil
		if q == p {
			t.moved[r][n] = p
		}
	}
	t.outs[n] = p
}

// finish turns the staged bases and the state into puts.
func (t *stage) finish(keys *vault.Keys) error {
	for r, b := range t.bases {
		key := keys.ID(bRec, r.kind, r.id)
		if b == nil {
			t.drop(bRec, key)
			continue
		}
		data, err := b.encode()
		if err != nil {
			return fmt.Errorf("encode record: %w", err)
		}
		t.put(bRec, key, data)
	}
	return nil
}

// touched lists the records whose view this transaction changes.
func (t *stage) touched() map[ref]bool {
	out := map[ref]bool{}
	for r := range t.bases {
		out[r] = true
	}
	for r := range t.moved {
		out[r] = true
	}
	for op, f := range t.refused {
		if old, ok := t.s.shelf.refused[op]; ok {
			f = &old
		}
		if f != nil {
			out[ref{f.Change.Kind, f.Change.Record}] = true
		}
	}
	return out
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
