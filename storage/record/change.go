package record

import (
	"crypto/sha256"

	"github.com/fxamacker/cbor/v2"
)

// Change is one op: everything one save did to one record. Ops of a device are
// numbered from 1 and chained by hash (sync.md §2).
type Change struct {
	Device string            `cbor:"1,keyasint"`           // device id
	N      uint64            `cbor:"2,keyasint"`           // number within the device
	Prev   []byte            `cbor:"3,keyasint,omitempty"` // hash of op N-1, empty for the first
	Kind   string            `cbor:"4,keyasint"`
	Record string            `cbor:"5,keyasint"`
	Stamp  Stamp             `cbor:"6,keyasint"`
	Schema int               `cbor:"7,keyasint"`           // data model version of the writer
	Set    map[string]string `cbor:"8,keyasint"`           // path → canonical value
	Saw    map[string]string `cbor:"9,keyasint,omitempty"` // path → id of the op that wrote what the editor was shown
	By     string            `cbor:"10,keyasint,omitempty"`
	Why    string            `cbor:"11,keyasint,omitempty"`
	Batch  string            `cbor:"12,keyasint,omitempty"`
	Undoes string            `cbor:"13,keyasint,omitempty"`
	ID     string            `cbor:"14,keyasint"` // id of the op, fixed even when it is renumbered
}

var encoding = mustEncMode()

func mustEncMode() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // constant options: cannot fail
	}
	return mode
}

var decoding = mustDecMode()

func mustDecMode() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 8,
		MaxArrayElements: 100_000, MaxMapPairs: 100_000, IndefLength: cbor.IndefLengthForbidden,
	}.DecMode()
	if err != nil {
		panic(err) // constant options: cannot fail
	}
	return mode
}

// Encode writes v as deterministic CBOR (RFC 8949 §4.2.1), the one encoding of
// everything stored or sent.
func Encode(v any) ([]byte, error) { return encoding.Marshal(v) }

// Decode reads what Encode wrote. Duplicate keys, indefinite lengths and deep
// nesting are refused; unknown keys are ignored.
func Decode(data []byte, v any) error { return decoding.Unmarshal(data, v) }

// Bytes returns the canonical bytes of the change.
func (c Change) Bytes() ([]byte, error) { return Encode(c) }

// Hash returns SHA-256 over the previous hash and the canonical bytes.
func (c Change) Hash() ([]byte, error) {
	body, err := c.Bytes()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	sum.Write(c.Prev)
	sum.Write(body)
	return sum.Sum(nil), nil
}
