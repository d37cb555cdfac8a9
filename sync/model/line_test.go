package model

import (
	"context"
	"errors"
	"io"

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
}

// Sync implements sync.District.
func (l *line) Sync(ctx context.Context, req sync.Request) (sync.Response, error) {
	l.n++
	if l.n == l.fault.at && l.fault.kind == "request lost" {
		return sync.Response{}, errCut
	}
	resp, err := l.district().Sync(ctx, req)
	if l.n == l.fault.at {
		switch l.fault.kind {
		case "answer lost":
			return sync.Response{}, errCut
		case "sent twice":
			resp, err = l.district().Sync(ctx, req)
		}
	}
	return resp, err
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
	*Laptop
	seat  *seatAt
	dies  int
	taken int
}

// Enrol implements sync.Keeper. Answers to the old identity are void.
func (d *disk) Enrol(e record.Enrolment) error {
	d.seat.answers = nil
	return d.Laptop.Enrol(e)
}

// Take implements sync.Journal.
func (d *disk) Take(x record.Delivery) error {
	if d.taken++; d.taken == d.dies {
		return errCut
	}
	if x.Snapshot == nil { // a snapshot is only ever asked for, never late
		d.seat.answers = append(d.seat.answers, x)
	}
	return d.Laptop.Take(x)
}

// exchange runs one exchange through a fault.
func (w *world) exchange(s *seatAt, f fault) error {
	l := &line{world: w, seat: s, fault: f}
	d := &disk{Laptop: s.Laptop, seat: s}
	if f.kind == "dies before storing" {
		d.dies = f.at
	}
	out, err := sync.Exchange(context.Background(), d, l)
	w.tell("%s exchanges %v: %+v, %v; now %s at %v acked %d", s.name, f, out, err, s.Position().Device, s.Position().Cursors, s.Position().Acked)
	w.watchCursor(s)
	if err != nil && !errors.Is(err, errCut) {
		w.fail("%s: exchange with fault %v: %v", s.name, f, err)
	}
	return err
}

// Snapshot implements sync.District for whoever the laptop is by now.
func (l *line) Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error) {
	return l.district().Snapshot(ctx, name, from)
}
