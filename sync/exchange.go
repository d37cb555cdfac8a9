package sync

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
)

// Exchange pushes what is pending and pulls what is new until neither side has
// more. It may be cancelled or cut at any point and run again: whatever was
// answered is stored, the rest is asked for once more. The Outcome counts what
// was done, also when an error ends it.
func Exchange(ctx context.Context, j Journal, d District) (Outcome, error) {
	x := exchange{journal: j, district: d}
	before := x.traffic()
	err := x.run(ctx)
	after := x.traffic()
	x.outcome.Requests = after.Requests - before.Requests
	x.outcome.BytesUp = after.Up - before.Up
	x.outcome.BytesDown = after.Down - before.Down
	return x.outcome, err
}

type exchange struct {
	journal  Journal
	district District
	outcome  Outcome
	asked    int  // requests, where the district does not count them
	behind   bool // rows are still coming: push again when all are here
	renewals int
	rebuilds int
	again    uint64 // re-offer from this op number on, after a server was restored
	rewind   bool   // again is set
}

func (x *exchange) traffic() Traffic {
	if m, ok := x.district.(Meter); ok {
		return m.Traffic()
	}
	return Traffic{Requests: x.asked}
}

func (x *exchange) run(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("exchange: %w", err)
		}
		done, err := x.step(ctx)
		if err != nil || done {
			return err
		}
	}
}

// step is one request and its answer.
func (x *exchange) step(ctx context.Context) (done bool, err error) {
	pos := x.journal.Position()
	req, sent, err := x.request(pos)
	if err != nil {
		return false, err
	}
	x.asked++
	resp, err := x.district.Sync(ctx, req)
	if err != nil {
		return false, err
	}
	switch {
	case resp.Next.Fork:
		return false, x.renew(ctx)
	case resp.Next.Reset, pos.Epoch != "" && resp.Epoch != pos.Epoch:
		return false, x.rebuild(ctx, pos)
	case resp.Next.Missing > 0:
		return false, x.reoffer(ctx, pos, resp.Next.Missing)
	case resp.Next.Snapshot != "":
		return false, x.bootstrap(ctx, pos, resp.Next.Snapshot)
	}
	if err := x.take(pos, sent, resp); err != nil {
		return false, err
	}
	done, err = x.finished(ctx, pos, sent, resp)
	if resp.Next.Upgrade && (done && err == nil || record.CodeOf(err) == "DISTRICT_STUCK") {
		err = upgradeRequired() // only now: all that waited has gone up
	}
	return done, err
}

// request packs the position and, unless rows must come first, the next ops.
func (x *exchange) request(pos record.Position) (Request, []record.Change, error) {
	req := question(x.journal, pos)
	req.Lease = pos.Lease
	if x.behind && !x.rewind { // a district that lost ops of ours wants them in sight
		return req, nil, nil
	}
	after := pos.Acked
	if x.rewind {
		after = min(after, x.again)
	}
	ops, err := x.journal.Pending(after, BatchOps)
	if err != nil {
		return req, nil, fmt.Errorf("pending ops: %w", err)
	}
	sent, err := req.carry(ops, pos)
	return req, sent, err
}

// carry puts as many ops into the request as fit, and which of them were answered.
func (r *Request) carry(ops []record.Change, pos record.Position) (sent []record.Change, err error) {
	if r.Ops, sent, err = Pack(ops); len(sent) > 0 {
		from, to := sent[0].N, sent[len(sent)-1].N
		r.Settled = slices.DeleteFunc(pos.Settled, func(n uint64) bool { return n < from || n > to })
	}
	return sent, err
}

// Pack encodes ops up to the size of one request and returns those that fit. It
// stops where a number is missing: sticks are answered in any order, so what
// comes after may wait for what was answered already.
func Pack(ops []record.Change) ([]cbor.RawMessage, []record.Change, error) {
	var raw []cbor.RawMessage
	size := 0
	for i, op := range ops {
		body, err := op.Bytes()
		if err != nil {
			return nil, nil, fmt.Errorf("op %d: %w", op.N, err)
		}
		size += len(body)
		if i > 0 && (size > BatchBytes || i >= BatchOps || op.N != ops[i-1].N+1) {
			return raw, ops[:i], nil
		}
		raw = append(raw, body)
	}
	return raw, ops, nil
}

// take checks the answer and stores it: the branch's own log with the results
// first, then the other channels.
func (x *exchange) take(pos record.Position, sent []record.Change, resp Response) error {
	return x.accept(pos, askedFor(sent), resp)
}

func (x *exchange) accept(pos record.Position, asked Asked, resp Response) error {
	deliveries, err := Open(pos, asked, resp)
	if err != nil {
		return err
	}
	if k, ok := x.journal.(Keeper); ok && resp.Certificate != nil {
		e, _ := k.Enrolment()
		c, newer, err := renewed(e, resp.Certificate)
		if err != nil {
			return err
		}
		if newer {
			deliveries[0].Role, deliveries[0].Certificate = c.Role, resp.Certificate
		}
	}
	for _, d := range deliveries {
		if err := x.journal.Take(d); err != nil {
			return fmt.Errorf("store answer: %w", err)
		}
	}
	for _, r := range resp.Results {
		if r.N > pos.Acked { // else told before, and offered again
			x.count(r.Verdict)
		}
	}
	x.outcome.Lost = resp.Lost
	for name, ch := range resp.Channels {
		x.outcome.rows(ch.Rows, pos.Cursors[name])
	}
	return nil
}

func (x *exchange) count(v record.Verdict) {
	switch v {
	case record.Merged:
		x.outcome.Conflicts++
		x.outcome.Pushed++
	case record.Applied, record.Duplicate:
		x.outcome.Pushed++
	case record.Rejected:
		x.outcome.Refused++
	}
}

// finished reports whether both sides have nothing more, and refuses a district
// that answers without ever getting further.
func (x *exchange) finished(ctx context.Context, pos record.Position, sent []record.Change, resp Response) (bool, error) {
	if missing, held := firstHeld(resp.Results); held {
		return false, x.reoffer(ctx, pos, missing)
	}
	now := x.journal.Position()
	moved := advanced(pos, now) || x.rewind && len(resp.Results) > 0
	if len(sent) > 0 && len(resp.Results) > 0 { // what sticks had settled beyond a gap, a district put back lacks too
		x.again = sent[len(sent)-1].N
		x.rewind = x.again < now.Acked
	}
	more := anyMore(resp)
	turned := x.behind != more
	x.behind = more
	left, err := x.journal.Pending(now.Acked, 1)
	if err != nil {
		return false, fmt.Errorf("pending ops: %w", err)
	}
	if !more && len(left) == 0 && !x.rewind {
		return true, nil
	}
	if !moved && !turned {
		return false, record.Refuse("DISTRICT_STUCK", "区里的服务器没有收下本机的改动，也没有说原因。稍后再同步，仍不行请告诉区里；本机内容都在。")
	}
	return false, nil
}

// advanced reports whether an answer brought the laptop further.
func advanced(before, after record.Position) bool {
	further := after.Acked > before.Acked
	for name, seq := range after.Cursors {
		further = further || seq > before.Cursors[name]
	}
	return further
}

func anyMore(resp Response) bool {
	for _, ch := range resp.Channels {
		if ch.More {
			return true
		}
	}
	return false
}

func firstHeld(results []record.Result) (missing uint64, held bool) {
	i := slices.IndexFunc(results, func(r record.Result) bool { return r.Verdict == record.Held })
	if i < 0 {
		return 0, false
	}
	return results[i].Missing, true
}

// reoffer goes back to the op the district misses. If this laptop no longer has
// it, the pending ops need a new number line.
func (x *exchange) reoffer(ctx context.Context, pos record.Position, missing uint64) error {
	stuck := record.Refuse("DISTRICT_STUCK", "区里的服务器反复要同一条改动。稍后再同步，仍不行请告诉区里；本机内容都在。")
	if missing == 0 || missing > pos.N {
		return stuck
	}
	ops, err := x.journal.Pending(missing-1, 1)
	if err != nil {
		return fmt.Errorf("pending ops: %w", err)
	}
	if len(ops) == 0 || ops[0].N != missing || missing > pos.Acked {
		return x.renew(ctx)
	}
	if x.rewind && x.again == missing-1 {
		return stuck
	}
	x.again, x.rewind = missing-1, true
	return nil
}

func upgradeRequired() error {
	return record.Refuse("UPGRADE_REQUIRED", "区里的程序更新了，收不到新内容；本机的改动已经报上去。请安装新版。")
}

// errNoRebuild tells that the store behind the journal cannot be rebuilt.
var errNoRebuild = errors.New("journal is not a Keeper")
