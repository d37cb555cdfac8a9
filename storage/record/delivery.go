package record

import "time"

// Enrolment is what joining a district gave this laptop. It is kept sealed.
type Enrolment struct {
	Server    string // https://host:port, or http:// to loopback only
	CA        []byte // SHA-256 of the district's root certificate, nil for loopback http
	Branch    string // branch id at the district
	Name      string // the branch's name
	Device    string // id of this laptop at the district
	Role      string // role id, e.g. "secretary"
	Mark      string // this laptop's mark in numbers given before the district confirmed them, e.g. "甲"
	Key       []byte // Ed25519 seed of this laptop
	ServerKey []byte // Ed25519 public key of the district
	// Certificate is the district's signed word on branch, device, role and key.
	Certificate []byte
}

// Position is who this laptop is and how far it has come with the district.
type Position struct {
	Branch  string
	Device  string
	Epoch   string            // the district's history this laptop follows
	Lease   string            // nonce of the last answer; shows clones
	Cursors map[string]uint64 // channel → last sequence stored here
	Head    []byte            // hash of this device's newest op
	N       uint64            // its number
	Acked   uint64            // newest op up to which the district has answered for all
	Settled []uint64          // ops above Acked that it has answered for too, rising
	// Again is, where a stick told that the district was put back, the first own op
	// it misses; 0 else.
	Again uint64
}

// Verdict is the district's answer to one op.
type Verdict string

// The verdicts (sync.md §3).
const (
	Applied   Verdict = "applied"
	Duplicate Verdict = "duplicate"
	Merged    Verdict = "merged"  // applied; something clashed
	Rejected  Verdict = "refused" // stays on the laptop, visible, blocking nothing
	Held      Verdict = "held"    // an earlier op is missing
)

// Result is the answer to one pushed op.
type Result struct {
	N       uint64  `cbor:"1,keyasint"`
	Verdict Verdict `cbor:"2,keyasint"`
	Seq     uint64  `cbor:"3,keyasint,omitempty"` // place in the branch's log
	Stamp   Stamp   `cbor:"4,keyasint,omitempty"` // the stamp it was given
	Code    string  `cbor:"5,keyasint,omitempty"`
	Say     string  `cbor:"6,keyasint,omitempty"` // Chinese sentence for a refusal
	Field   string  `cbor:"7,keyasint,omitempty"`
	Missing uint64  `cbor:"8,keyasint,omitempty"` // for held: the op number awaited
}

// Delivery is everything one answer of the district brings; a store takes it in
// one transaction, cursors included. Own ops are not echoed: Results place them
// in the log by Seq, so a store applies accepted own ops and Rows together in
// rising Seq. It may come twice, late or out of order: results of ops already
// acknowledged and rows at or below the cursor change nothing, a cursor never
// moves back within an epoch, an own op that comes as a row too is taken as the
// row (a copied laptop handed it in first), and a delivery of an epoch other than the
// followed one is refused unless it has a Snapshot.
type Delivery struct {
	// Channel is the log that Rows and Snapshot belong to and that Seq counts
	// in: "branch:ID" or "" for the branch's own, else "district", "street:ID"
	// or "codes". Results always belong to the branch's own.
	Channel string
	Epoch   string
	Lease   string
	Now     time.Time // the district's clock
	AckedTo uint64    // highest op number answered without a gap
	Results []Result
	// Again becomes that of the Position. If it is not 0, places in the log mean
	// nothing: accepted ops still waiting for their turn are pending again.
	Again uint64
	Rows  []Stamped // ops of others, rising Seq
	// Snapshot, if not nil, replaces everything confirmed before (pending ops
	// stay, laid over it) and comes with the Epoch to follow from now on.
	Snapshot []Holding
	Cursors  map[string]uint64 // new positions, never lower within an epoch
	// Machines names devices, by their ids, for the history.
	Machines map[string]string
	// Certificate, if not nil, is the district's newer word on what this laptop may
	// do; Role is the role that it names.
	Role        string
	Certificate []byte
}
