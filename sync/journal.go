// Package sync exchanges changes between a laptop and its district: the
// contract both sides implement, the messages, and the exchange itself. It knows
// no HTTP, no database and no register: what it moves are record.Changes.
//
// A laptop's store is a Journal; a district, near or far, is a District. One
// request does the work: it pushes the ops the district has not answered and
// brings the rows this laptop has not seen (design/sync.md).
package sync

import "zhibu/storage/record"

// Journal is what an exchange needs of a laptop's store.
type Journal interface {
	// Position says who the laptop is and how far it has come.
	Position() record.Position
	// Pending returns at most most ops numbered above after, in rising order.
	Pending(after uint64, most int) ([]record.Change, error)
	// Take stores one answer of the district, cursors included, in one
	// transaction. The same answer taken again changes nothing.
	Take(record.Delivery) error
}

// Guarded is a Journal that tells by which guards it merges.
type Guarded interface{ Guards() record.Guards }

// Keeper is a Journal that can also be rebuilt: it survives a restored server,
// a copied data folder and joining a district late. A store that is only a
// Journal says what it cannot do instead of losing anything.
type Keeper interface {
	Journal
	// Holdings returns at most most confirmed records with an id above after,
	// in rising order of id.
	Holdings(after string, most int) ([]record.Holding, error)
	// Enrolment returns what joining gave, false for a branch on its own.
	Enrolment() (record.Enrolment, bool)
	// Enrol takes on an identity; ops not yet answered are numbered anew under
	// it, their ids, stamps and "saw" kept.
	Enrol(record.Enrolment) error
}

// question is the one of a laptop at pos, without ops.
func question(j Journal, pos record.Position) Request {
	req := Request{Proto: [2]int{Proto, Proto}, Epoch: pos.Epoch, Cursors: pos.Cursors, N: pos.N, Head: pos.Head, Acked: pos.Acked}
	if g, ok := j.(Guarded); ok {
		req.Guards = g.Guards().Hash()
	}
	if k, ok := j.(Keeper); ok {
		e, _ := k.Enrolment()
		req.Whole, req.Role = true, e.Role
	}
	return req
}

// BranchChannel returns the name of a branch's own log.
func BranchChannel(branch string) string { return "branch:" + branch }

// The channels that all branches follow: notices, and code lists with
// parameters of the rule set. A street has "street:ID".
const (
	DistrictChannel = "district"
	CodesChannel    = "codes"
)

// DistrictDevice is the device id of ops that the district itself makes.
const DistrictDevice = "district"
