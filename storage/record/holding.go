package record

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Holding is one record as the district, or a laptop's confirmed base, holds it:
// each path with the op that wrote it. Snapshots and repairs are made of these.
type Holding struct {
	Kind, ID  string
	Registers map[string]Register
}

// ConflictKind is the kind of the records that keep what a merge did not take
// over, until a person decides.
const ConflictKind = "conflict"

// Paths of a conflict record. KeptBy and OtherBy name the author where the op
// that clashed tells it; the other author is found by KeptOp or OtherOp in the
// history. Stamps are decimal.
const (
	ConflictRecord  = "record" // id of the record concerned
	ConflictOf      = "kind"   // its kind
	ConflictPath    = "path"
	ConflictKept    = "kept" // value that stands
	ConflictKeptOp  = "kept_op"
	ConflictKeptBy  = "kept_by"
	ConflictKeptAt  = "kept_at"
	ConflictOther   = "other" // value that does not
	ConflictOtherOp = "other_op"
	ConflictOtherBy = "other_by"
	ConflictOtherAt = "other_at"
	ConflictGuarded = "guarded" // "1": other is a proposal
	// ConflictSame marks an item of the district: "branch" (Kept and Other are
	// ids of two records of one person) or "district" (Other is the name of
	// the branch that has the person too).
	ConflictSame     = "same"
	ConflictResolved = "resolved" // set by the op that closes it: "kept", "other", "both" or "edit"
)

// Conflict returns the record that keeps what clashed when op was merged. Its
// id and every register follow from the ops alone, so each laptop and the
// district make the very same record without sending it. The id names both ops:
// after a restore the same op may meet another value at the same path.
func Conflict(op Stamped, c Clash) Holding {
	sum := sha256.Sum256([]byte(op.Change.ID + "\x00" + c.Path + "\x00" + c.Kept.Op + "\x00" + c.Other.Op))
	values := Values{
		ConflictRecord: op.Change.Record, ConflictOf: op.Change.Kind, ConflictPath: c.Path,
		ConflictKept: c.Kept.Value, ConflictKeptOp: c.Kept.Op, ConflictKeptAt: c.Kept.Stamp.decimal(),
		ConflictOther: c.Other.Value, ConflictOtherOp: c.Other.Op, ConflictOtherAt: c.Other.Stamp.decimal(),
	}
	if c.Guarded {
		values[ConflictGuarded] = "1"
	}
	if c.Kept.Op == op.Change.ID {
		values[ConflictKeptBy] = op.Change.By
	} else {
		values[ConflictOtherBy] = op.Change.By
	}
	out := Holding{Kind: ConflictKind, ID: hex.EncodeToString(sum[:16]), Registers: map[string]Register{}}
	for path, value := range values {
		if value != "" {
			out.Registers[path] = Register{Value: value, Stamp: op.Stamp, Device: op.Change.Device, Op: op.Change.ID}
		}
	}
	return out
}

func (s Stamp) decimal() string { return strconv.FormatUint(uint64(s), 10) }
