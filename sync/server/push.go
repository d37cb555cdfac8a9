package server

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/sync"
)

// incoming is an op as it arrived.
type incoming struct {
	change record.Change
	body   []byte
	hash   []byte
}

func readOps(raw []cbor.RawMessage) ([]incoming, error) {
	if len(raw) > sync.BatchOps {
		return nil, record.Refuse("TOO_MANY_OPS", "一次报了超过 1000 条，服务器没有收下。请更新程序后再同步；本机内容没有变。")
	}
	out := make([]incoming, 0, len(raw))
	for _, body := range raw {
		op, err := readOp(body)
		if err != nil {
			return nil, err
		}
		if n := len(out); n > 0 && op.change.N != out[n-1].change.N+1 {
			return nil, record.Refuse("OPS_NOT_IN_ORDER", "报来的改动次序不对，服务器没有收下。请再同步一次，仍不行告诉区里；本机内容没有变。")
		}
		out = append(out, op)
	}
	return out, nil
}

func readOp(body []byte) (incoming, error) {
	var c record.Change
	if err := record.Decode(body, &c); err != nil {
		return incoming{}, record.Wrap(err, "OP_UNREADABLE", "报来的改动看不懂，服务器没有收下。请更新程序后再同步；本机内容没有变。")
	}
	sum := sha256.New()
	sum.Write(c.Prev)
	sum.Write(body)
	return incoming{change: c, body: bytes.Clone(body), hash: sum.Sum(nil)}, nil
}

// pushing takes ops of one device over, inside one transaction of its branch.
type pushing struct {
	tx      branchTx
	rules   Rules
	now     time.Time
	seal    sealer
	names   namer
	head    Branch
	device  Device
	acked   uint64   // ops up to here the laptop knows as answered
	settled []uint64 // and these, rising
	records map[string]*record.Holding
	changed map[string]bool
	erased  map[string]bool // records that were purged
	placed  map[string][]logged
	answers []answer
	rows    []logged // rows made by this push
	jobs    []job    // work for after the commit
}

// errFork ends a push: the identity is used twice.
var errFork = fmt.Errorf("identity used twice")

// load reads everything that a batch touches in a few statements.
func (p *pushing) load(ops []incoming) error {
	var ids, opIDs []string
	for _, op := range ops {
		ids = append(ids, op.change.Record)
		opIDs = append(opIDs, op.change.ID)
	}
	var err error
	if p.records, err = p.tx.records(ids); err != nil {
		return err
	}
	p.changed = map[string]bool{}
	if p.head.Purged > 0 {
		if p.erased, err = p.tx.purged(ids); err != nil {
			return err
		}
	}
	p.placed, err = p.tx.placed(opIDs)
	return err
}

// take answers the ops in order, then those that had waited for them.
func (p *pushing) take(ops []incoming) ([]record.Result, error) {
	if len(ops) == 0 && p.device.Held == 0 {
		return nil, nil
	}
	var waiting []heldOp
	if p.device.Held > 0 {
		var err error
		if waiting, err = p.tx.held(p.device.ID); err != nil {
			return nil, err
		}
	}
	late, err := readHeld(waiting)
	if err != nil {
		return nil, err
	}
	if err := p.load(append(slices.Clone(ops), late...)); err != nil {
		return nil, err
	}
	results, still, err := p.takeAll(ops)
	if err != nil {
		return nil, err
	}
	for _, op := range late {
		if op.change.N != p.device.LastN+1 || !bytes.Equal(op.change.Prev, p.device.LastHash) {
			continue // answered meanwhile, still too early, or of another chain
		}
		if err := p.place(op); err != nil {
			return nil, err
		}
	}
	return results, p.keepHeld(waiting, still)
}

func readHeld(waiting []heldOp) ([]incoming, error) {
	var out []incoming
	for _, h := range waiting {
		op, err := readOp(h.Body)
		if err != nil {
			return nil, err
		}
		out = append(out, op)
	}
	return out, nil
}

func (p *pushing) takeAll(ops []incoming) (results []record.Result, held []heldOp, err error) {
	if len(ops) == 0 {
		return nil, nil, nil
	}
	known, err := p.tx.answers(p.device.ID, ops[0].change.N, ops[len(ops)-1].change.N)
	if err != nil {
		return nil, nil, err
	}
	for _, op := range ops {
		n := op.change.N
		switch {
		case op.change.Device != p.device.ID || n == 0:
			return nil, nil, record.Refuse("OP_OF_ANOTHER", "报来的改动不是这台电脑的，服务器没有收下。请向区里要新的加入码；本机内容没有变。")
		case n <= p.device.LastN:
			old, ok := known[n]
			if !ok || !bytes.Equal(old.Hash, op.hash) {
				return nil, nil, errFork
			}
			results = append(results, again(old.Result))
		case n > p.device.LastN+1:
			results = append(results, record.Result{N: n, Verdict: record.Held, Missing: p.device.LastN + 1})
			held = append(held, heldOp{N: n, Body: op.body})
		case !bytes.Equal(op.change.Prev, p.device.LastHash):
			return nil, nil, errFork
		case p.told(n):
			p.remember(op)
			results = append(results, p.answers[len(p.answers)-1].Result)
		default:
			if err := p.place(op); err != nil {
				return nil, nil, err
			}
			results = append(results, p.answers[len(p.answers)-1].Result)
		}
	}
	return results, held, nil
}

// told reports whether the laptop has the answer to its op n.
func (p *pushing) told(n uint64) bool {
	_, settled := slices.BinarySearch(p.settled, n)
	return settled || n <= p.acked
}

// again is the answer to an op that was answered before.
func again(r record.Result) record.Result {
	if r.Verdict == record.Applied || r.Verdict == record.Merged {
		r.Verdict = record.Duplicate
	}
	return r
}

// maxHeld and maxHeldBytes bound what is kept for a device while an earlier op is
// missing. What does not fit is handed in again: the laptop has no answer to it.
const (
	maxHeld      = 20_000
	maxHeldBytes = 32 << 20
)

func (p *pushing) keepHeld(waiting, more []heldOp) error {
	byN := map[uint64]heldOp{}
	for _, h := range append(waiting, more...) {
		if h.N > p.device.LastN && h.N <= p.device.LastN+maxHeld {
			byN[h.N] = h
		}
	}
	if len(byN) == 0 && len(waiting) == 0 {
		return nil
	}
	var keep []heldOp
	for _, h := range byN {
		keep = append(keep, h)
	}
	slices.SortFunc(keep, func(a, b heldOp) int { return cmp.Compare(a.N, b.N) })
	size := 0
	for i, h := range keep {
		if size += len(h.Body); size > maxHeldBytes {
			keep = keep[:i]
			break
		}
	}
	p.device.Held = len(keep)
	return p.tx.putHeld(p.device.ID, keep)
}

// place gives the next op of the device its answer and, unless it is refused or
// already there, its row. Refused ops take their number too: one of them never
// blocks what follows.
func (p *pushing) place(op incoming) error {
	a := answer{Device: p.device.ID, N: op.change.N, Hash: op.hash, At: p.now.UnixMilli()}
	if no := p.check(op); no != nil {
		a.Result = no.result(op.change.N)
	} else {
		result, row, err := p.merge(op)
		if err != nil {
			return err
		}
		a.Result, a.Row = result, row
	}
	p.device.LastN, p.device.LastHash = op.change.N, op.hash
	p.answers = append(p.answers, a)
	return nil
}

// remember counts an op that was answered before we were restored. What it did
// came back with the laptop's records, and may have been replaced since: laid
// over them again it would clash with its own successors. What we refuse did
// nothing: a laptop put back to before the answer shall hear so again.
func (p *pushing) remember(op incoming) {
	p.device.LastN, p.device.LastHash = op.change.N, op.hash
	a := answer{Device: p.device.ID, N: op.change.N, Hash: op.hash, At: p.now.UnixMilli(),
		Result: record.Result{N: op.change.N, Verdict: record.Duplicate}}
	if no := p.check(op); no != nil {
		a.Result = no.result(op.change.N)
	}
	p.answers = append(p.answers, a)
}
