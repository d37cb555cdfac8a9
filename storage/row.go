package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"zhibu/storage/record"
)

// origin is who wrote a value: all of record.Register but the value.
type origin struct {
	_      struct{} `cbor:",toarray"`
	Stamp  record.Stamp
	Device string
	Op     string
}

// base is the confirmed part of one record. It is immutable once published:
// its maps are shared with everyone who asked for the record.
type base struct {
	kind, id string
	values   record.Values
	from     []origin       // from[0] wrote every path that which does not name
	which    map[string]int // path → index in from
	log      []byte         // ordinals of the record's history, uvarint steps
	last     uint64         // newest ordinal
}

// row is how a base is stored.
type row struct {
	_      struct{} `cbor:",toarray"`
	Kind   string
	ID     string
	Paths  []string
	Values []string
	From   []origin
	Which  []uint64 // by position of the path; nil when all is from[0]
	Log    []byte
}

func (b *base) register(path string) (record.Register, bool) {
	value, ok := b.values[path]
	if !ok {
		return record.Register{}, false
	}
	o := b.from[b.which[path]]
	return record.Register{Value: value, Stamp: o.Stamp, Device: o.Device, Op: o.Op}, true
}

// newest returns the latest stamp that wrote anything of b.
func (b *base) newest() record.Stamp {
	var s record.Stamp
	for _, o := range b.from {
		s = max(s, o.Stamp)
	}
	return s
}

// with returns a copy of b in which regs replace their paths.
func (b *base) with(regs map[string]record.Register) *base {
	out := &base{kind: b.kind, id: b.id, values: b.values.Clone(), from: slices.Clone(b.from),
		which: maps.Clone(b.which), log: b.log, last: b.last}
	if out.which == nil {
		out.which = map[string]int{}
	}
	for _, path := range slices.Sorted(maps.Keys(regs)) {
		reg := regs[path]
		o := origin{Stamp: reg.Stamp, Device: reg.Device, Op: reg.Op}
		i := slices.Index(out.from, o)
		if i < 0 {
			i = len(out.from)
			out.from = append(out.from, o)
		}
		out.values[path] = reg.Value
		out.which[path] = i
	}
	out.tidy()
	return out
}

// tidy drops origins that wrote nothing that stands and makes the commonest one
// the default.
func (b *base) tidy() {
	uses := make([]int, len(b.from))
	for path := range b.values {
		uses[b.which[path]]++
	}
	order := make([]int, 0, len(b.from))
	for i, n := range uses {
		if n > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return uses[y] - uses[x] })
	place := map[int]int{}
	from := make([]origin, len(order))
	for at, i := range order {
		place[i], from[at] = at, b.from[i]
	}
	which := map[string]int{}
	for path := range b.values {
		if at := place[b.which[path]]; at > 0 {
			which[path] = at
		}
	}
	b.from, b.which = from, which
}

// logged returns b with one more history ordinal.
func (b *base) logged(ordinal uint64) *base {
	out := *b
	out.log = binary.AppendUvarint(slices.Clip(b.log), ordinal-b.last)
	out.last = ordinal
	return &out
}

// ordinals lists the places of b's history in the log, rising.
func (b *base) ordinals() []uint64 {
	var out []uint64
	var at uint64
	for rest := b.log; len(rest) > 0; {
		step, n := binary.Uvarint(rest)
		if n <= 0 {
			break
		}
		at += step
		out = append(out, at)
		rest = rest[n:]
	}
	return out
}

func (b *base) holding() record.Holding {
	h := record.Holding{Kind: b.kind, ID: b.id, Registers: make(map[string]record.Register, len(b.values))}
	for path := range b.values {
		h.Registers[path], _ = b.register(path)
	}
	return h
}

func fromHolding(h record.Holding) *base {
	return (&base{kind: h.Kind, id: h.ID}).with(h.Registers)
}

func (b *base) encode() ([]byte, error) {
	r := row{Kind: b.kind, ID: b.id, From: b.from, Log: b.log, Paths: b.values.Paths()}
	r.Values = make([]string, len(r.Paths))
	for i, path := range r.Paths {
		r.Values[i] = b.values[path]
	}
	if len(b.which) > 0 {
		r.Which = make([]uint64, len(r.Paths))
		for i, path := range r.Paths {
			r.Which[i] = uint64(b.which[path])
		}
	}
	return record.Encode(r)
}

func decodeBase(data []byte, t texts) (*base, error) {
	var r row
	if err := record.Decode(data, &r); err != nil {
		return nil, fmt.Errorf("decode record: %w", err)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("decode record: %w", err)
	}
	b := &base{kind: t.one(r.Kind), id: r.ID, values: make(record.Values, len(r.Paths)), from: r.From, log: r.Log}
	for i := range b.from {
		b.from[i].Device = t.one(b.from[i].Device)
	}
	for i, path := range r.Paths {
		path = t.one(path)
		if len(r.Values[i]) <= 12 {
			r.Values[i] = t.one(r.Values[i])
		}
		b.values[path] = r.Values[i]
		if len(r.Which) > 0 && r.Which[i] > 0 {
			b.writtenBy(path, int(r.Which[i]))
		}
	}
	if all := b.ordinals(); len(all) > 0 {
		b.last = all[len(all)-1]
	}
	return b, nil
}

// check refuses a row whose lists do not fit each other.
func (r row) check() error {
	if len(r.Values) != len(r.Paths) || len(r.Which) != 0 && len(r.Which) != len(r.Paths) ||
		len(r.From) == 0 && len(r.Paths) > 0 {
		return errors.New("lists of unequal length")
	}
	for _, i := range r.Which {
		if i >= uint64(len(r.From)) {
			return errors.New("origin out of range")
		}
	}
	return nil
}

func (b *base) writtenBy(path string, origin int) {
	if b.which == nil {
		b.which = map[string]int{}
	}
	b.which[path] = origin
}

// texts holds one copy of each text: field names and code words repeat in every
// record, the rows of the same months and people in many.
type texts map[string]string

func (t texts) one(s string) string {
	if had, ok := t[s]; ok {
		return had
	}
	t[s] = s
	return s
}
