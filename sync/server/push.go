package server

import (
	"bytes"
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
		return nil, record.Refuse("TOO_MANY_OPS", "一次最多报 1000 条，服务器没有收下；本机内容没有变。")
	}
	out := make([]incoming, 0, len(raw))
	for _, body := range raw {
		op, err := readOp(body)
		if err != nil {
			return nil, err
		}
		if n := len(out); n > 0 && op.change.N != out[n-1].change.N+1 {
			return nil, record.Refuse("OPS_NOT_IN_ORDER", "报来的改动次序不对，服务器没有收下；本机内容没有变。")
		}
		out = append(out, op)
	}
	return out, nil
}

func readOp(body []byte) (incoming, error) {
	var c record.Change
	if err := record.Decode(body, &c); err != nil {
		return incoming{}, record.Wrap(err, "OP_UNREADABLE", "报来的改动看不懂，服务器没有收下；本机内容没有变。")
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
	acked   uint64 // ops up to here the laptop knows as answered
	records map[string]*record.Holding
	changed map[string]bool
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
			return nil, nil, record.Refuse("OP_OF_ANOTHER", "报来的改动不是这台电脑的，服务器没有收下；本机内容没有变。")
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
		case n <= p.acked:
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

// again is the answer to an op that was answered before.
func again(r record.Result) record.Result {
	if r.Verdict == record.Applied || r.Verdict == record.Merged {
		r.Verdict = record.Duplicate
	}
	return r
}

// maxHeld bounds the ops kept for a device while an earlier one is missing.
const maxHeld = 20_000

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
	slices.SortFunc(keep, func(a, b heldOp) int { return int(a.N) - int(b.N) })
	p.device.Held = len(keep)
	return p.tx.putHeld(p.device.ID, keep)
}

// place gives the next op of the device its answer and, unless it is refused or
// already there, its row. Refused ops take their number too: one of them never
// blocks what follows.
func (p *pushing) place(op incoming) error {
	a := answer{Device: p.device.ID, N: op.change.N, Hash: op.hash, At: p.now.UnixMilli()}
	if no := p.check(op); no != nil {
		a.Result = record.Result{N: op.change.N, Verdict: record.Rejected, Code: no.Code, Say: no.Say, Field: no.Path}
		a.Body = op.body
	} else {
		result, row, err := p.merge(op)
		if err != nil {
			return err
		}
		a.Result, a.Row = result, row
		if row == nil {
			a.Body = op.body
		}
	}
	p.device.LastN, p.device.LastHash = op.change.N, op.hash
	p.answers = append(p.answers, a)
	return nil
}

// remember keeps an op that was answered before we were restored. What it did
// came back with the laptop's records, and may have been replaced since: laid
// over them again it would clash with its own successors.
func (p *pushing) remember(op incoming) {
	p.device.LastN, p.device.LastHash = op.change.N, op.hash
	p.answers = append(p.answers, answer{Device: p.device.ID, N: op.change.N, Hash: op.hash, At: p.now.UnixMilli(), Body: op.body,
		Result: record.Result{N: op.change.N, Verdict: record.Duplicate}})
}

// merge lays the op over its record, unless rows with its id have done so: the
// same op may come under another number after a fork or a restore.
func (p *pushing) merge(op incoming) (record.Result, *logged, error) {
	c := op.change
	if rows := p.placed[c.ID]; len(rows) > 0 {
		return p.mergeRest(c, rows)
	}
	stamp := p.stamp(c)
	clash, err := p.lay(c, stamp)
	if err != nil {
		return record.Result{}, nil, err
	}
	row := p.log(logged{Stamp: stamp, Sender: p.device.ID, N: op.change.N, OpID: c.ID, Clash: clash, Body: op.body})
	p.device.LastTime = max(p.device.LastTime, stamp)
	if err := p.employ(c); err != nil {
		return record.Result{}, nil, err
	}
	verdict := record.Applied
	if clash {
		verdict = record.Merged
	}
	return record.Result{N: c.N, Verdict: verdict, Seq: row.Seq, Stamp: stamp}, &row, nil
}

// mergeRest takes over what earlier rows of the same op left out. The new row is
// not the op as its laptop has it, so it goes back to that laptop too.
func (p *pushing) mergeRest(c record.Change, rows []logged) (record.Result, *logged, error) {
	last := rows[len(rows)-1]
	rest, err := missing(c, rows)
	if err != nil {
		return record.Result{}, nil, err
	}
	if len(rest) > 0 {
		stamp := p.stamp(c)
		c.Set = rest
		clash, err := p.lay(c, stamp)
		if err != nil {
			return record.Result{}, nil, err
		}
		body, err := c.Bytes()
		if err != nil {
			return record.Result{}, nil, fmt.Errorf("op %s: %w", c.ID, err)
		}
		last = p.log(logged{Stamp: stamp, Sender: repairSender, N: p.head.Seq + 1, OpID: c.ID, Clash: clash, Body: body})
		p.answers = append(p.answers, answer{Device: repairSender, N: last.N, At: p.now.UnixMilli(), Row: &last})
	}
	return record.Result{N: c.N, Verdict: record.Duplicate, Seq: last.Seq, Stamp: last.Stamp}, nil, nil
}

// missing returns the values of c that none of the rows with its id holds. A
// conflict record bears the id of the op that clashed, so rows of another record
// may have it too.
func missing(c record.Change, rows []logged) (map[string]string, error) {
	rest := record.Values(c.Set).Clone()
	for _, row := range rows {
		var done record.Change
		if err := record.Decode(row.Body, &done); err != nil {
			return nil, fmt.Errorf("row %d: %w", row.Seq, err)
		}
		for path := range done.Set {
			if done.Record == c.Record {
				delete(rest, path)
			}
		}
	}
	return rest, nil
}

// stamp clamps the op's time to ours, keeps the device's own order, and lifts it
// above every value its editor had been shown: causality beats clocks.
func (p *pushing) stamp(c record.Change) record.Stamp {
	s := min(c.Stamp, record.MakeStamp(p.now.UnixMilli(), 0))
	if s <= p.device.LastTime {
		s = p.device.LastTime + 1
	}
	if h := p.records[c.Record]; h != nil {
		for path, saw := range c.Saw {
			if r, ok := h.Registers[path]; ok && r.Op == saw {
				s = max(s, r.Stamp+1)
			}
		}
	}
	return s
}

// lay merges c into its record and keeps what clashed for review.
func (p *pushing) lay(c record.Change, stamp record.Stamp) (bool, error) {
	h := p.records[c.Record]
	if h == nil {
		h = &record.Holding{Kind: c.Kind, ID: c.Record, Registers: map[string]record.Register{}}
		p.records[c.Record] = h
	}
	p.changed[c.Record] = true
	op := record.Stamped{Stamp: stamp, Change: c}
	clashes := record.Merge(h.Registers, op, p.rules.Guards)
	for _, clash := range clashes {
		if err := p.keep(record.Conflict(op, clash)); err != nil {
			return false, err
		}
	}
	return len(clashes) > 0, nil
}

// keep stores a conflict record unless it is there already.
func (p *pushing) keep(h record.Holding) error {
	if p.records[h.ID] != nil {
		return nil
	}
	had, err := p.tx.records([]string{h.ID})
	if err != nil {
		return err
	}
	if had[h.ID] == nil {
		p.records[h.ID] = &h
		p.changed[h.ID] = true
	}
	return nil
}

// log gives a row the next number of the branch.
func (p *pushing) log(row logged) logged {
	p.head.Seq++
	row.Seq = p.head.Seq
	p.rows = append(p.rows, row)
	p.placed[row.OpID] = append(p.placed[row.OpID], row)
	return row
}

// save writes everything the push changed.
func (p *pushing) save() error {
	if p.device.ID != "" {
		if err := p.tx.putDevice(p.device); err != nil {
			return err
		}
	}
	if len(p.answers) == 0 {
		return nil
	}
	if err := p.saveJobs(); err != nil {
		return err
	}
	var hs []*record.Holding
	for _, id := range slices.Sorted(keysOf(p.changed)) {
		hs = append(hs, p.records[id])
	}
	if err := p.tx.putRecords(p.head.Seq, hs); err != nil {
		return err
	}
	if err := p.tx.putAnswers(p.answers); err != nil {
		return err
	}
	return p.tx.setHead(p.head)
}

// pushing begins a push of a device, or of the district itself for Device{}.
func (s *Server) pushing(tx branchTx, head Branch, d Device) *pushing {
	return &pushing{tx: tx, rules: s.opt.Rules, now: s.opt.Now(), seal: s.sealer(), names: s.names, head: head, device: d,
		records: map[string]*record.Holding{}, changed: map[string]bool{}, placed: map[string][]logged{}}
}
