package server

import (
	"context"
	"errors"
	"io"

	"zhibu/storage/record"
)

// ledger is where a district keeps everything. There are two: one bbolt file
// (boltLedger) and PostgreSQL (pgLedger), held to one conformance suite. A
// transaction touches one branch, or the registry of what belongs to none.
type ledger interface {
	// update runs fn in a transaction that excludes other writers of the
	// branch: rows get their numbers in the order in which they are committed.
	// An error undoes everything. fn may run again after a lost race, so it
	// must have no effect outside the transaction.
	update(ctx context.Context, branch string, fn func(branchTx) error) error
	// view runs fn on one state of the branch.
	view(ctx context.Context, branch string, fn func(branchTx) error) error
	// registry runs fn on the small tables of the whole district.
	registry(ctx context.Context, fn func(registryTx) error) error
	// look is registry for reading only.
	look(ctx context.Context, fn func(registryTx) error) error
	// history names the line of time this ledger is on; it changes when the
	// ledger is restored (sync.md §6).
	history(ctx context.Context) (string, error)
	// backup writes a copy of everything while work goes on.
	backup(ctx context.Context, w io.Writer) error
	close() error
}

// errNoBranch is returned for a branch that does not exist.
var errNoBranch = errors.New("no such branch")

// branchTx is one transaction on one branch.
type branchTx interface {
	// head returns the branch and the number of its newest row.
	head() (Branch, error)
	setHead(Branch) error
	device(id string) (Device, bool, error)
	devices() ([]Device, error)
	putDevice(Device) error
	// records returns those of the ids that exist.
	records(ids []string) (map[string]*record.Holding, error)
	putRecords(seq uint64, hs []*record.Holding) error
	// eachRecord visits the records in rising order of id.
	eachRecord(visit func(record.Holding) error) error
	// answers returns what was answered to ops from…to of a device.
	answers(device string, from, to uint64) (map[uint64]answer, error)
	putAnswers([]answer) error
	// rows returns log rows with a number above after, at most most.
	rows(after uint64, most int) ([]logged, error)
	// placed returns the log rows of the ops with these ids.
	placed(opIDs []string) (map[string][]logged, error)
	// held keeps ops that came before one that is still missing.
	held(device string) ([]heldOp, error)
	putHeld(device string, ops []heldOp) error
	// Attachments that the branch has; their bytes are elsewhere.
	blobs() ([]blobRef, error)
	hasBlob(sha string) (bool, error)
	putBlob(blobRef) error
	dropBlob(sha string) error
	// purge erases records with the log rows that made them and remembers their
	// ids; purged says which of the ids were erased.
	purge(ids []string, rows []uint64, at int64) error
	purged(ids []string) (map[string]bool, error)
	// jobs are work that another branch or the registry has a part in; each is
	// done at least once after the commit, by steps that can be repeated.
	jobs() ([]job, error)
	putJobs([]job) error
}

// registryTx is one transaction on the tables that belong to no branch. Keys are
// unique within a table; each visits them in rising order. The table of branches
// holds their heads, written by branchTx.setHead from then on.
type registryTx interface {
	get(table, key string) ([]byte, error) // nil: not there
	put(table, key string, value []byte) error
	// add is put for a key that must be new. Who loses a race for it runs again
	// and finds it there.
	add(table, key string, value []byte) error
	drop(table, key string) error
	// each visits the keys with a prefix that follow after, until visit says enough.
	each(table, prefix, after string, visit func(key string, value []byte) (more bool, err error)) error
}

// The tables of the registry.
const (
	tableBranch  = "branch"
	tableInvite  = "invite"
	tableNotice  = "notice"
	tablePerson  = "person"
	tableSerial  = "serial"
	tableSetting = "setting"
	tableFigure  = "figure"
)

// Branch is a branch of the district.
type Branch struct {
	ID       string `cbor:"1,keyasint" json:"id"`
	Name     string `cbor:"2,keyasint" json:"name"`
	Street   string `cbor:"3,keyasint,omitempty" json:"street,omitempty"`   // street or town it belongs to
	Industry string `cbor:"4,keyasint,omitempty" json:"industry,omitempty"` // trade line that looks after it
	Seq      uint64 `cbor:"5,keyasint,omitempty" json:"seq"`                // number of its newest row
	Lines    []line `cbor:"7,keyasint,omitempty" json:"-"`                  // lines of history, the present one last
	DistrN   uint64 `cbor:"8,keyasint,omitempty" json:"-"`                  // number of the district's newest own op here
	Marks    int    `cbor:"9,keyasint,omitempty" json:"-"`                  // device marks given so far
	Jobs     int    `cbor:"11,keyasint,omitempty" json:"-"`                 // jobs not yet done
	Created  int64  `cbor:"10,keyasint,omitempty" json:"created,omitempty"` // Unix milliseconds
	// Floor is up to where rows were erased: who has not come that far takes a
	// snapshot.
	Floor  uint64 `cbor:"12,keyasint,omitempty" json:"-"`
	Purged int    `cbor:"13,keyasint,omitempty" json:"-"` // records erased so far
	Lost   int64  `cbor:"14,keyasint,omitempty" json:"-"` // when an attachment was last found lost, Unix milliseconds
}

// line is one line of history: it began when the ledger was at row Began.
type line struct {
	Epoch string `cbor:"1,keyasint"`
	Began uint64 `cbor:"2,keyasint"`
}

// shared returns up to which row a laptop that followed epoch has the same
// history as we; 0 if we never were on its line.
func (b Branch) shared(epoch string) uint64 {
	at, found := b.Seq, false
	for _, l := range b.Lines {
		if found {
			at = min(at, l.Began)
		}
		found = found || l.Epoch == epoch
	}
	if !found {
		return 0
	}
	return at
}

// Device is one laptop of a branch.
type Device struct {
	ID       string            `cbor:"1,keyasint" json:"id"`
	Branch   string            `cbor:"2,keyasint" json:"branch"`
	Role     string            `cbor:"3,keyasint" json:"role"`
	Machine  string            `cbor:"4,keyasint,omitempty" json:"machine,omitempty"`
	Key      []byte            `cbor:"5,keyasint" json:"-"` // Ed25519 public key
	LastN    uint64            `cbor:"6,keyasint,omitempty" json:"last_n"`
	LastHash []byte            `cbor:"7,keyasint,omitempty" json:"-"`
	LastTime record.Stamp      `cbor:"8,keyasint,omitempty" json:"-"` // newest stamp given to an op of it
	Lease    string            `cbor:"9,keyasint,omitempty" json:"-"`
	Before   string            `cbor:"10,keyasint,omitempty" json:"-"` // the lease before, still good once
	Cursors  map[string]uint64 `cbor:"11,keyasint,omitempty" json:"cursors,omitempty"`
	Joined   int64             `cbor:"12,keyasint,omitempty" json:"joined"`
	Seen     int64             `cbor:"13,keyasint,omitempty" json:"seen"`
	Revoked  int64             `cbor:"14,keyasint,omitempty" json:"revoked,omitempty"`
	Mark     string            `cbor:"15,keyasint,omitempty" json:"mark,omitempty"`
	Held     int               `cbor:"17,keyasint,omitempty" json:"held,omitempty"`    // ops that wait for an earlier one
	Follows  string            `cbor:"16,keyasint,omitempty" json:"follows,omitempty"` // identity it renewed
}

// logged is one row of a branch's log.
type logged struct {
	Seq    uint64       `cbor:"1,keyasint"`
	Stamp  record.Stamp `cbor:"2,keyasint"`
	Sender string       `cbor:"3,keyasint"` // device that handed it in, or a name no device has
	N      uint64       `cbor:"4,keyasint"` // its number there
	OpID   string       `cbor:"5,keyasint"`
	Clash  bool         `cbor:"6,keyasint,omitempty"`
	Body   []byte       `cbor:"7,keyasint"` // record.Change as it came
	// Line and Old are set on rows that a repair brought back: the lost line of
	// history that the laptop followed, and how far it had.
	Line string `cbor:"9,keyasint,omitempty"`
	Old  uint64 `cbor:"8,keyasint,omitempty"`
}

// answer is what an op was told, kept so that it is told the same again. Row is
// nil for a refused op and for one whose work another row had already done: nothing
// of them is kept but the answer. Key 6 is taken by what earlier ledgers kept.
type answer struct {
	Device string        `cbor:"1,keyasint"`
	N      uint64        `cbor:"2,keyasint"`
	Hash   []byte        `cbor:"3,keyasint"`
	Result record.Result `cbor:"4,keyasint"`
	At     int64         `cbor:"5,keyasint"`
	Row    *logged       `cbor:"-"`
}

// blobRef is an attachment that a branch has.
type blobRef struct {
	SHA   string `cbor:"3,keyasint,omitempty"`
	Size  int64  `cbor:"1,keyasint"`
	At    int64  `cbor:"2,keyasint"`           // when it came, Unix milliseconds
	Loose int64  `cbor:"4,keyasint,omitempty"` // since when no record names it; 0: one does
}

// job is one piece of such work, made by a row of the branch. Rows never fall in
// the list of jobs.
type job struct {
	Do   string `cbor:"1,keyasint"` // jobClaim, jobSerial or jobTransfer
	Body []byte `cbor:"2,keyasint"`
	Row  uint64 `cbor:"3,keyasint,omitempty"`
}

// heldOp is an op that waits for an earlier one.
type heldOp struct {
	N    uint64 `cbor:"1,keyasint"`
	Body []byte `cbor:"2,keyasint"`
}
