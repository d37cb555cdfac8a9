package sync

import (
	"context"
	"errors"
	"fmt"
	"io"

	"zhibu/storage/record"
)

const page = 500 // holdings read or sent at once

// holder is what a comparison needs of a Keeper.
type holder interface {
	Holdings(after string, most int) ([]record.Holding, error)
}

// digest reads everything the keeper holds.
func digest(k holder) (*Digest, error) {
	d := &Digest{}
	return d, eachHolding(k, d.Add)
}

func eachHolding(k holder, visit func(record.Holding) error) error {
	after := ""
	for {
		hs, err := k.Holdings(after, page)
		if err != nil {
			return fmt.Errorf("holdings after %q: %w", after, err)
		}
		for _, h := range hs {
			if h.ID <= after {
				return fmt.Errorf("holdings: %q follows %q", h.ID, after)
			}
			after = h.ID
			if err := visit(h); err != nil {
				return err
			}
		}
		if len(hs) == 0 {
			return nil
		}
	}
}

// rebuild gives the district what it lost, then takes a fresh snapshot under
// whatever is pending. Nothing is asked of the user and nothing dropped.
func (x *exchange) rebuild(ctx context.Context, pos record.Position) error {
	k, ok := x.journal.(Keeper)
	if !ok {
		return record.Wrap(errNoRebuild, "RESET_UNSUPPORTED", "区里的数据恢复过，本机要重新对账才能同步。请告诉区里；本机内容都在。")
	}
	if x.rebuilds++; x.rebuilds > 2 {
		return record.Refuse("DISTRICT_STUCK", "区里的服务器反复要求重新对账。稍后再同步，仍不行请告诉区里；本机内容都在。")
	}
	ask := Repair{Epoch: pos.Epoch, Cursor: pos.Cursors[BranchChannel(pos.Branch)]}
	if err := x.compare(ctx, k, ask); err != nil {
		return err
	}
	ask.Done = true
	answer, err := x.repair(ctx, ask)
	if err != nil {
		return err
	}
	if answer.Snapshot == "" {
		return notMessage(errors.New("repair ended without a snapshot"))
	}
	return x.bootstrap(ctx, record.Position{Branch: pos.Branch}, answer.Snapshot)
}

// compare finds what the district lost and gives it back.
func (x *exchange) compare(ctx context.Context, k holder, ask Repair) error {
	mine, err := digest(k)
	if err != nil {
		return err
	}
	ask.Buckets = mine.Buckets()
	answer, err := x.repair(ctx, ask)
	if err != nil || len(answer.Buckets) == 0 {
		return err
	}
	ask.Buckets, ask.Records = nil, mine.In(answer.Buckets)
	if answer, err = x.repair(ctx, ask); err != nil {
		return err
	}
	ask.Records = nil
	return x.offer(ctx, k, ask, answer.IDs)
}

func (x *exchange) repair(ctx context.Context, r Repair) (Repaired, error) {
	x.asked++
	return x.district.Repair(ctx, r)
}

// offer sends the records that are wanted, a page at a time.
func (x *exchange) offer(ctx context.Context, k holder, ask Repair, ids []string) error {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	size := 0
	send := func() error {
		answer, err := x.repair(ctx, ask)
		x.outcome.Pushed += answer.Taken
		ask.Holdings, size = nil, 0
		return err
	}
	err := eachHolding(k, func(h record.Holding) error {
		if !wanted[h.ID] {
			return nil
		}
		ask.Holdings, size = append(ask.Holdings, PackHolding(h)), size+sizeOf(h)
		if len(ask.Holdings) < page && size < pageBytes {
			return nil
		}
		return send()
	})
	if err != nil || len(ask.Holdings) == 0 {
		return err
	}
	return send()
}

// bootstrap takes a whole snapshot.
func (x *exchange) bootstrap(ctx context.Context, pos record.Position, name string) error {
	if _, ok := x.journal.(Keeper); !ok {
		return record.Wrap(errNoRebuild, "RESET_UNSUPPORTED", "区里要求整本重新下载，本机这一版做不到。请安装新版；本机内容都在。")
	}
	x.asked++
	file, err := x.district.Snapshot(ctx, name, 0)
	if err != nil {
		return err
	}
	snap, err := ReadSnapshot(file, name)
	if closing := file.Close(); err == nil && closing != nil && !errors.Is(closing, io.EOF) {
		err = fmt.Errorf("snapshot: %w", closing)
	}
	if err != nil {
		return err
	}
	if at := pos.Cursors[BranchChannel(snap.Branch)]; at > snap.Seq {
		return notMessage(fmt.Errorf("snapshot at %d, already at %d", snap.Seq, at))
	}
	return x.takeSnapshot(snap)
}

func (x *exchange) takeSnapshot(snap Snapshot) error {
	if want := x.journal.Position().Branch; snap.Branch != want {
		return notMessage(fmt.Errorf("snapshot of another branch"))
	}
	x.outcome.Rebuilt = true
	x.outcome.Pulled += len(snap.Holdings)
	own := BranchChannel(snap.Branch)
	return x.journal.Take(record.Delivery{
		Channel: own, Epoch: snap.Epoch, Snapshot: snap.Holdings,
		Cursors: map[string]uint64{own: snap.Seq},
	})
}

// renew gives this laptop a new identity and numbers its pending ops anew. The
// records stay; the copy that keeps the old identity loses nothing either.
func (x *exchange) renew(ctx context.Context) error {
	k, keeps := x.journal.(Keeper)
	r, renews := x.district.(Renewer)
	if !keeps || !renews {
		return record.Refuse("DEVICE_FORKED", "另一台电脑在用本机的身份（可能拷贝过数据）。请向区里要一个新的加入码；本机内容都在。")
	}
	if x.renewals++; x.renewals > 2 {
		return record.Refuse("DEVICE_FORKED", "换了新身份，区里仍说有另一台电脑在用。请告诉区里；本机内容都在。")
	}
	x.asked++
	e, err := r.Renew(ctx)
	if err != nil {
		return err
	}
	if err := k.Enrol(e); err != nil {
		return fmt.Errorf("new identity: %w", err)
	}
	x.outcome.Renewed, x.rewind = true, false
	return nil
}
