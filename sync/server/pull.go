package server

import (
	"context"
	"errors"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// pageBytes bounds the bodies of one page of rows.
const pageBytes = 4 << 20

// Sync implements sync.District: one transaction of the branch takes the ops and
// reads the rows, so that an answer never shows half of either.
func (t seat) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	s := t.server
	ops, err := readOps(req.Ops)
	if err != nil {
		return sync.Response{}, err
	}
	epoch, err := s.epoch(ctx)
	if err != nil {
		return sync.Response{}, err
	}
	if req.Repair != nil {
		if err := sync.RepairSealed(ctx, t, *req.Repair); err != nil {
			return sync.Response{}, err
		}
		req.Epoch, req.Cursors, req.Sealed = epoch, nil, true // what the laptop followed is settled
	}
	var e exchange
	err = s.ledger.update(ctx, branchOf(t.device), func(tx branchTx) error {
		d, err := admit(tx, t.device)
		if err != nil && !(t.stopped && errors.Is(err, errRevoked)) {
			return err
		}
		e = exchange{server: s, epoch: epoch, req: req, ops: ops}
		return e.run(tx, d)
	})
	switch {
	case errors.Is(err, errFork):
		s.opt.Log.Warn("identity used twice", "device", t.device)
		return sync.Response{Proto: sync.Proto, Epoch: epoch, Now: s.opt.Now().UnixMilli(), Next: sync.Next{Fork: true}}, nil
	case errors.Is(err, errNoBranch):
		return sync.Response{}, errUnknownDevice
	case err != nil:
		return sync.Response{}, err
	}
	if e.resp.Next.Snapshot != "" {
		if e.resp.Next.Snapshot, err = s.snapshot(ctx, e.head.ID, req.Repair == nil); err != nil || !req.Sealed {
			return e.resp, err
		}
		if e.resp.Whole, err = t.whole(ctx, e.resp.Next.Snapshot); err != nil {
			return e.resp, err
		}
		req.Cursors = nil // with a snapshot everything begins anew
	}
	s.figures.exchanged(len(e.resp.Results), e.pulled)
	if e.head.Jobs > 0 {
		s.work(ctx, e.head.ID)
	}
	return e.resp, s.notices(ctx, req, e.head, &e.resp)
}

// exchange is one Sync inside its transaction.
type exchange struct {
	server *Server
	epoch  string
	req    sync.Request
	ops    []incoming
	head   Branch
	resp   sync.Response
	pulled int
}

func (e *exchange) run(tx branchTx, d Device) error {
	head, err := tx.head()
	if err != nil {
		return err
	}
	e.head = head
	if err := e.shareLine(tx); err != nil {
		return err
	}
	now := e.server.opt.Now()
	e.resp = sync.Response{Proto: sync.Proto, Epoch: e.epoch, Now: now.UnixMilli(), AckedTo: e.req.Acked, Lost: head.Lost}
	if n := len(e.ops); n > 0 && e.req.Sealed {
		e.resp.Head = e.ops[n-1].hash
	}
	if r := e.req.Repair; r != nil {
		e.resp.Repair = &sync.Repair{Epoch: r.Epoch, Cursor: r.Cursor}
	}
	own := sync.BranchChannel(e.head.ID)
	cursor := e.req.Cursors[own]
	if e.req.Epoch != "" && e.req.Epoch != e.epoch || cursor > e.head.Seq {
		e.resp.Next.Reset, e.resp.Next.Missing = true, d.LastN+1
		return nil
	}
	if forked(e.req, d) {
		return errFork
	}
	if e.lost(d) {
		e.resp.Next.Missing = d.LastN + 1
		return nil
	}
	if err := e.certify(d); err != nil {
		return err
	}
	e.lease(&d)
	d.Seen, d.Cursors = now.UnixMilli(), map[string]uint64{own: cursor}
	if e.far(cursor) && !e.req.Sealed {
		e.resp.Next.Snapshot = "wanted"
		return tx.putDevice(d)
	}
	return e.exchange(tx, d, cursor)
}

// far reports whether the laptop is so far behind that a snapshot is shorter than
// the rows, or that rows it has not seen were erased; or follows another history.
// A foreign program takes neither.
func (e *exchange) far(cursor uint64) bool {
	return !e.foreign() && e.req.Whole && (e.req.Repair != nil || cursor == 0 && e.head.Seq > e.server.opt.SnapshotAfter || cursor < e.head.Floor)
}

// certify sends a laptop its new certificate when it takes its role for another.
func (e *exchange) certify(d Device) (err error) {
	if e.req.Role != "" && e.req.Role != d.Role {
		e.resp.Certificate, err = e.server.certify(d)
	}
	return err
}

// shareLine notes, the first time after a restore, where the new line of history
// begins: the rows before are common to us and to who followed the old one.
func (e *exchange) shareLine(tx branchTx) error {
	head, err := shareLine(tx, e.head, e.epoch)
	e.head = head
	return err
}

func shareLine(tx branchTx, head Branch, epoch string) (Branch, error) {
	if n := len(head.Lines); n > 0 && head.Lines[n-1].Epoch == epoch {
		return head, nil
	}
	head.Lines = append(slices.Clone(head.Lines), line{Epoch: epoch, Began: head.Seq})
	return head, tx.setHead(head)
}

// exchange pushes, unless the laptop is so far behind that rows must come first:
// then own ops would get places among rows it has not seen.
func (e *exchange) exchange(tx branchTx, d Device, cursor uint64) error {
	rows, more, err := e.page(tx, cursor)
	if err != nil {
		return err
	}
	p := e.server.pushing(tx, e.head, d)
	p.acked, p.settled = e.req.Acked, e.req.Settled
	if !more {
		results, err := p.take(e.ops)
		if err != nil {
			return err
		}
		e.resp.Results = results
		rows = append(rows, p.rows...)
	}
	if err := p.save(); err != nil {
		return err
	}
	e.head = p.head
	e.resp.AckedTo = e.answered()
	ch := e.channel(d, cursor, rows)
	ch.More = more
	if e.foreign() {
		e.resp.Next.Upgrade = true // what it pushed is taken all the same
		return nil
	}
	e.pulled = len(ch.Rows)
	if e.far(cursor) {
		e.resp.Next.Snapshot = "wanted" // on a stick: the ops are taken in the same journey
		return nil
	}
	if cursor < e.head.Floor {
		return nil // rows were erased that this laptop has not seen, and it can take no snapshot
	}
	if len(ch.Rows) > 0 {
		if e.resp.Machines, err = machines(tx); err != nil {
			return err
		}
	}
	if ch.Seq > cursor || more {
		e.resp.Channels = map[string]sync.Channel{sync.BranchChannel(e.head.ID): ch}
	}
	return nil
}

// channel shapes the rows after the cursor for laptop d, without the echo of its own
// ops whose place this very answer tells. An earlier answer may have been to a copy
// of the laptop.
func (e *exchange) channel(d Device, cursor uint64, rows []logged) sync.Channel {
	told := map[uint64]bool{}
	for _, r := range e.resp.Results {
		told[r.Seq] = true
	}
	ch := sync.Channel{From: cursor, Seq: cursor}
	for _, row := range rows {
		ch.Seq = row.Seq
		if row.Sender != d.ID || !told[row.Seq] {
			ch.Rows = append(ch.Rows, sync.Row{Seq: row.Seq, Stamp: row.Stamp, Body: row.Body, Clash: row.Clash})
		}
	}
	return ch
}

// machines names who may have written rows of a branch.
func machines(tx branchTx) (map[string]string, error) {
	names := map[string]string{sync.DistrictDevice: "区里"}
	ds, err := tx.devices()
	for _, d := range ds {
		if d.Machine != "" {
			names[d.ID] = d.Machine
		}
	}
	return names, err
}

// foreign reports whether the laptop's program speaks another version, or merges
// by other guards: it would make something else of our rows.
func (e *exchange) foreign() bool {
	proto, guards := e.req.Proto, e.server.opt.Rules.Guards.Hash()
	return proto[1] != 0 && (proto[0] > sync.Proto || proto[1] < sync.Proto) ||
		record.Differ(e.req.Guards, guards)
}

// answered is the newest own op whose place the laptop knows after this answer.
func (e *exchange) answered() uint64 {
	n := e.req.Acked
	for _, r := range e.resp.Results {
		if r.Verdict != record.Held && r.N <= n+1 {
			n = max(n, r.N)
		}
	}
	return n
}

// page reads the rows after the cursor. A stick's answer has no next page, so it
// gets them all; a foreign program gets none, so that none must come first.
func (e *exchange) page(tx branchTx, cursor uint64) (rows []logged, more bool, err error) {
	if e.foreign() {
		return nil, false, nil
	}
	most := e.server.opt.Page
	if e.req.Sealed {
		most = 1 << 20
	}
	rows, err = tx.rows(cursor, most+1)
	if err != nil {
		return nil, false, err
	}
	size := 0
	for i, row := range rows {
		size += len(row.Body)
		if i >= most || size > pageBytes && i > 0 && !e.req.Sealed {
			return rows[:i], true, nil
		}
	}
	return rows, false, nil
}
