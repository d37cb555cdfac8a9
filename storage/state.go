package storage

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"zhibu/storage/record"
)

// state is everything that moves with each transaction. It is one sealed value.
type state struct {
	Device  string            `cbor:"1,keyasint"`
	N       uint64            `cbor:"2,keyasint"`           // newest own op
	Head    []byte            `cbor:"3,keyasint,omitempty"` // its hash
	Clock   record.Stamp      `cbor:"4,keyasint"`
	Joined  bool              `cbor:"5,keyasint"` // own ops wait for a district
	Branch  string            `cbor:"6,keyasint,omitempty"`
	Acked   uint64            `cbor:"7,keyasint"`
	Epoch   string            `cbor:"8,keyasint,omitempty"`
	Lease   string            `cbor:"9,keyasint,omitempty"`
	Cursors map[string]uint64 `cbor:"10,keyasint,omitempty"`
	Offset  int64             `cbor:"11,keyasint"`           // district's clock minus ours, ms
	Log     uint64            `cbor:"12,keyasint"`           // next history ordinal
	Packed  uint64            `cbor:"13,keyasint"`           // history below this lies in segments
	Audit   uint64            `cbor:"14,keyasint"`           // newest audit entry
	Chain   []byte            `cbor:"15,keyasint,omitempty"` // its hash
	Sums    map[string]sum    `cbor:"16,keyasint"`
	Handed  int64             `cbor:"17,keyasint,omitempty"` // handed over at, Unix ms
	Changes uint64            `cbor:"18,keyasint"`           // transactions so far: tells an old file
	Again   uint64            `cbor:"20,keyasint,omitempty"` // as in record.Position
}

// sum is the number of values of a bucket and the exclusive-or of their tags.
type sum struct {
	_     struct{} `cbor:",toarray"`
	Count uint64
	Tags  []byte
}

func (s sum) flip(tag []byte, add int) sum {
	out := sum{Count: s.Count + uint64(add), Tags: make([]byte, 16)}
	copy(out.Tags, s.Tags)
	for i, b := range tag {
		out.Tags[i] ^= b
	}
	return out
}

func (s state) clone() state {
	s.Cursors = maps.Clone(s.Cursors)
	s.Sums = maps.Clone(s.Sums)
	s.Head = slices.Clone(s.Head)
	return s
}

// now is the machine's time set right by what the district's clock said.
func (s state) now(local time.Time) time.Time {
	return local.Add(time.Duration(s.Offset) * time.Millisecond)
}

// own reports whether channel is the branch's own log.
func (s state) own(channel string) bool {
	return channel == "" || channel == "branch:"+s.Branch
}

// reached returns how far the branch's own log is stored here.
func (s state) reached() uint64 {
	return max(s.Cursors[""], s.Cursors["branch:"+s.Branch])
}

func (s state) cursor(channel string) uint64 {
	if s.own(channel) {
		return s.reached()
	}
	return s.Cursors[channel]
}

func decodeState(data []byte) (state, error) {
	var s state
	if err := record.Decode(data, &s); err != nil {
		return s, fmt.Errorf("decode state: %w", err)
	}
	if s.Sums == nil {
		s.Sums = map[string]sum{}
	}
	return s, nil
}
