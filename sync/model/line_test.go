package model

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"

	"pgregory.net/rapid"

	"zhibu/storage/record"
	"zhibu/sync"
)

// fault is what happens to one exchange.
type fault struct {
	kind string
	at   int // which request, or which answer
}

var errCut = errors.New("connection cut")

// line is the district over a bad network, for one exchange.
type line struct {
	world *world
	seat  *seatAt
	fault fault
	n     int
	// forged says that an answer was tampered with.
	forged bool
}

// Sync implements sync.District.
func (l *line) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	l.n++
	if l.n == l.fault.at && l.fault.kind == "request lost" || l.fault.kind == "ops lost" && len(req.Ops) > 0 {
		return sync.Response{}, errCut
	}
	resp, err := l.district().Sync(ctx, req)
	if l.n == l.fault.at {
		switch l.fault.kind {
		case "answer lost":
			return sync.Response{}, errCut
		case "sent twice":
			resp, err = l.district().Sync(ctx, req)
		case "forged":
			l.forgeRow(resp)
		}
	}
	return resp, err
}

// forgeRow puts an approval that the district never gave into the first row that
// comes back: the district's own ledger may have been tampered with.
func (l *line) forgeRow(resp sync.Response) {
	ch := resp.Channels[sync.BranchChannel(l.seat.branch)]
	if len(ch.Rows) == 0 {
		return
	}
	row := &ch.Rows[0]
	op, err := row.Stamped()
	l.world.must(err, "row")
	if op.Change.Kind != "member" {
		return // of a review item, that has no approval
	}
	op.Change.Set["approval"] = "自己批的"
	if rapid.Bool().Draw(l.world.t, "with a seal") {
		stranger := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
		op.Change.Set[record.SealPath("approval")] = record.Seal(stranger, l.seat.branch, op.Change.Record, "approval", "自己批的", op.Stamp)
	}
	row.Body, err = op.Change.Bytes()
	l.world.must(err, "forge")
	l.forged = true
}

func (l *line) district() sync.District { return l.world.server.For(l.seat.Position().Device) }

// Repair implements sync.District.
func (l *line) Repair(ctx context.Context, r sync.Repair) (sync.Repaired, error) {
	if l.n++; l.n == l.fault.at {
		return sync.Repaired{}, errCut
	}
	return l.district().Repair(ctx, r)
}

// Renew implements sync.Renewer.
func (l *line) Renew(ctx context.Context) (record.Enrolment, error) {
	e, _ := l.seat.Enrolment()
	got, err := l.world.server.Renew(ctx, e.Device, l.world.key())
	e.Device = got.Device
	return e, err
}

// disk is the laptop's store, which may die before it has stored an answer.
type disk struct {
	Replica
	seat  *seatAt
	dies  int
	taken int
}

// Enrol implements sync.Keeper. Answers to the old identity are void.
func (d *disk) Enrol(e record.Enrolment) error {
	d.seat.answers = nil
	return d.Replica.Enrol(e)
}

// Take implements sync.Journal.
func (d *disk) Take(x record.Delivery) error {
	if d.taken++; d.taken == d.dies {
		return errCut
	}
	err := d.Replica.Take(x)
	if err == nil && x.Snapshot == nil { // a snapshot is only ever asked for, never late
		d.seat.answers = append(d.seat.answers, x)
	}
	return err
}

// exchange runs one exchange through a fault.
func (w *world) exchange(s *seatAt, f fault) error {
	l := &line{world: w, seat: s, fault: f}
	d := &disk{Replica: s.Replica, seat: s}
	if f.kind == "dies before storing" {
		d.dies = f.at
	}
	out, err := sync.Exchange(context.Background(), d, l)
	w.tell("%s exchanges %v: %+v, %v; now %s at %v acked %d", s.name, f, out, err, s.Position().Device, s.Position().Cursors, s.Position().Acked)
	w.watchCursor(s)
	if l.forged && err == nil {
		w.fail("I7: %s took an approval that the district never gave", s.name)
	}
	if err != nil && !errors.Is(err, errCut) && !(l.forged && record.CodeOf(err) == "SEAL_FORGED") {
		w.fail("%s: exchange with fault %v: %v", s.name, f, err)
	}
	return err
}

// Snapshot implements sync.District for whoever the laptop is by now.
func (l *line) Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error) {
	return l.district().Snapshot(ctx, name, from)
}
