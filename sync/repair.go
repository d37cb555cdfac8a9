package sync

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"

	"zhibu/storage/record"
)

// Buckets is the number of hashes a digest of everything has.
const Buckets = 256

// Repair is one message of a comparison. It goes in three rounds: hashes by
// bucket, hashes of the records in the buckets that differ, the records wanted;
// the last message, Done, asks for a snapshot of the result.
type Repair struct {
	Epoch    string            `cbor:"1,keyasint,omitempty"` // history the laptop followed, "" if it had none
	Cursor   uint64            `cbor:"2,keyasint,omitempty"` // and how far
	Buckets  [][]byte          `cbor:"3,keyasint,omitempty"`
	Records  map[string][]byte `cbor:"4,keyasint,omitempty"` // id → hash
	Holdings []Packed          `cbor:"5,keyasint,omitempty"`
	Done     bool              `cbor:"6,keyasint,omitempty"` // nothing more to offer: name a snapshot
}

// Repaired answers a Repair: the buckets that differ, the ids wanted, or how
// many values were taken over; Snapshot names what to take at the end.
type Repaired struct {
	Epoch    string   `cbor:"1,keyasint"`
	Buckets  []int    `cbor:"2,keyasint,omitempty"`
	IDs      []string `cbor:"3,keyasint,omitempty"`
	Taken    int      `cbor:"4,keyasint,omitempty"`
	Snapshot string   `cbor:"5,keyasint,omitempty"`
}

// Packed is a Holding on the wire: ops are named once, values point to them.
type Packed struct {
	_      struct{} `cbor:",toarray"`
	Kind   string
	ID     string
	Ops    []OpRef
	Values map[string]Cell
}

// OpRef names an op with what orders it.
type OpRef struct {
	_      struct{} `cbor:",toarray"`
	ID     string
	Device string
	Stamp  record.Stamp
}

// Cell is a value and the index of its op.
type Cell struct {
	_     struct{} `cbor:",toarray"`
	Value string
	Op    int
}

// PackHolding makes the wire form; equal holdings have equal bytes.
func PackHolding(h record.Holding) Packed {
	p := Packed{Kind: h.Kind, ID: h.ID, Values: make(map[string]Cell, len(h.Registers))}
	index := map[OpRef]int{}
	for _, path := range slices.Sorted(maps.Keys(h.Registers)) {
		r := h.Registers[path]
		ref := OpRef{ID: r.Op, Device: r.Device, Stamp: r.Stamp}
		i, ok := index[ref]
		if !ok {
			i = len(p.Ops)
			index[ref] = i
			p.Ops = append(p.Ops, ref)
		}
		p.Values[path] = Cell{Value: r.Value, Op: i}
	}
	return p
}

// Holding unpacks the wire form.
func (p Packed) Holding() (record.Holding, error) {
	h := record.Holding{Kind: p.Kind, ID: p.ID, Registers: make(map[string]record.Register, len(p.Values))}
	if p.Kind == "" || p.ID == "" {
		return h, errors.New("holding without kind or id")
	}
	for path, c := range p.Values {
		if c.Op < 0 || c.Op >= len(p.Ops) {
			return h, fmt.Errorf("holding %s: value of op %d of %d", p.ID, c.Op, len(p.Ops))
		}
		ref := p.Ops[c.Op]
		h.Registers[path] = record.Register{Value: c.Value, Stamp: ref.Stamp, Device: ref.Device, Op: ref.ID}
	}
	return h, nil
}

// HashHolding returns the hash two sides compare: 16 bytes of SHA-256.
func HashHolding(h record.Holding) ([]byte, error) {
	body, err := record.Encode(PackHolding(h))
	if err != nil {
		return nil, fmt.Errorf("holding %s: %w", h.ID, err)
	}
	sum := sha256.Sum256(body)
	return sum[:16], nil
}

// BucketOf returns the bucket of a record id. Ids begin with their time, so it
// is the hash that spreads them.
func BucketOf(id string) int { return int(sha256.Sum256([]byte(id))[0]) }

// Digest collects hashes of holdings, added in rising order of id.
type Digest struct {
	Records map[string][]byte
	sums    [Buckets][]byte
}

// Add adds one holding.
func (d *Digest) Add(h record.Holding) error {
	hash, err := HashHolding(h)
	if err != nil {
		return err
	}
	if d.Records == nil {
		d.Records = map[string][]byte{}
	}
	d.Records[h.ID] = hash
	b := BucketOf(h.ID)
	sum := sha256.New()
	sum.Write(d.sums[b])
	sum.Write([]byte(h.ID))
	sum.Write(hash)
	d.sums[b] = sum.Sum(nil)[:16]
	return nil
}

// Buckets returns the hash of each bucket, nil where it is empty.
func (d *Digest) Buckets() [][]byte { return d.sums[:] }

// In returns the records of the given buckets.
func (d *Digest) In(buckets []int) map[string][]byte {
	out := map[string][]byte{}
	for id, hash := range d.Records {
		if slices.Contains(buckets, BucketOf(id)) {
			out[id] = hash
		}
	}
	return out
}
