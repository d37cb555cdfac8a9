package server

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// repairSender is the sender of rows that a repair brought back.
const repairSender = "repair"

// Repair implements sync.District.
func (t seat) Repair(ctx context.Context, r sync.Repair) (sync.Repaired, error) {
	s := t.server
	epoch, err := s.epoch(ctx)
	if err != nil {
		return sync.Repaired{}, err
	}
	out := sync.Repaired{Epoch: epoch}
	branch := branchOf(t.device)
	switch {
	case len(r.Holdings) > 0:
		out.Taken, err = s.takeHoldings(ctx, t.device, epoch, r)
	case r.Done:
		if err = s.admitted(ctx, t.device); err == nil {
			out.Snapshot, err = s.snapshot(ctx, branch, false) // all the laptop has just brought is in it
		}
	default:
		err = s.ledger.view(ctx, branch, func(tx branchTx) error {
			if _, err := admit(tx, t.device); err != nil {
				return err
			}
			return compare(tx, r, &out)
		})
	}
	if errors.Is(err, errNoBranch) {
		err = errUnknownDevice
	}
	return out, err
}

func (s *Server) admitted(ctx context.Context, device string) error {
	return s.ledger.view(ctx, branchOf(device), func(tx branchTx) error {
		_, err := admit(tx, device)
		return err
	})
}

// compare finds the buckets, or the records, in which the laptop differs.
func compare(tx branchTx, r sync.Repair, out *sync.Repaired) error {
	var mine sync.Digest
	if err := tx.eachRecord(mine.Add); err != nil {
		return err
	}
	for b, sum := range mine.Buckets() {
		if b < len(r.Buckets) && len(r.Buckets[b]) > 0 && !bytes.Equal(sum, r.Buckets[b]) {
			out.Buckets = append(out.Buckets, b)
		}
	}
	erased, err := tx.purged(slices.Collect(maps.Keys(r.Records)))
	if err != nil {
		return err
	}
	for id, hash := range r.Records {
		if !bytes.Equal(mine.Records[id], hash) && !erased[id] {
			out.IDs = append(out.IDs, id)
		}
	}
	slices.Sort(out.IDs)
	return nil
}

// maxHoldings bounds one repair message.
const maxHoldings = 1000

func (s *Server) takeHoldings(ctx context.Context, device, epoch string, r sync.Repair) (int, error) {
	if len(r.Holdings) > maxHoldings {
		return 0, record.Refuse("TOO_MANY_RECORDS", "一次对账的记录太多，服务器没有收下。请更新程序后再同步；本机内容没有变。")
	}
	var hs []record.Holding
	for _, packed := range r.Holdings {
		h, err := packed.Holding()
		if err != nil {
			return 0, record.Wrap(err, "OP_UNREADABLE", "报来的记录看不懂，服务器没有收下。请更新程序后再同步；本机内容没有变。")
		}
		hs = append(hs, h)
	}
	taken := 0
	err := s.ledger.update(ctx, branchOf(device), func(tx branchTx) error {
		m := mending{offer: r, old: r.Epoch != "" && r.Epoch != epoch}
		if err := m.begin(s, tx, device, epoch, hs); err != nil {
			return err
		}
		for _, h := range hs {
			if err := m.mend(h); err != nil {
				return err
			}
		}
		taken = m.taken
		return m.p.save()
	})
	return taken, err
}

// mending takes over what a laptop still holds and the district lost.
type mending struct {
	p     *pushing
	offer sync.Repair
	old   bool // the laptop followed a line of history that we have lost part of
	taken int
}

func (m *mending) begin(s *Server, tx branchTx, device, epoch string, hs []record.Holding) error {
	head, err := tx.head()
	if err != nil {
		return err
	}
	if head, err = shareLine(tx, head, epoch); err != nil {
		return err
	}
	d, err := admit(tx, device)
	if err != nil {
		return err
	}
	m.p = s.pushing(tx, head, d)
	var all []incoming
	for _, h := range hs {
		for _, r := range h.Registers {
			all = append(all, incoming{change: record.Change{Record: h.ID, ID: r.Op}})
		}
	}
	return m.p.load(all)
}

// mend merges one record, op by op in the order of their stamps.
func (m *mending) mend(h record.Holding) error {
	if now := m.p.records[h.ID]; m.p.erased[h.ID] || now != nil && now.Kind != h.Kind || !m.p.rules.mayWrite(m.p.device.Role, h.Kind) {
		return nil
	}
	byOp := map[string]*record.Change{}
	for path, r := range h.Registers {
		if m.forged(h, path) || r.Op == "" {
			continue
		}
		if seal := h.Registers[record.SealPath(path)]; record.Stands(seal.Value) {
			seal.Value = r.Value // who signed it has written it: somebody may have repeated it since
			r = seal
		}
		c := byOp[r.Op]
		if c == nil {
			c = &record.Change{Device: r.Device, Kind: h.Kind, Record: h.ID, Stamp: r.Stamp, ID: r.Op,
				Set: map[string]string{}, Saw: map[string]string{}}
			byOp[r.Op] = c
		}
		c.Set[path] = r.Value
	}
	var ops []*record.Change
	for _, c := range byOp {
		ops = append(ops, c)
	}
	slices.SortFunc(ops, func(a, b *record.Change) int {
		return cmp.Or(cmp.Compare(a.Stamp, b.Stamp), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range ops {
		if err := m.mendOp(*c); err != nil {
			return err
		}
	}
	return nil
}

// forged reports whether a laptop offers a value that the district must have
// signed, or a signature, without the other half that proves it.
func (m *mending) forged(h record.Holding, path string) bool {
	if of, ok := record.SealedPath(path); ok || isSealPath(path) {
		return !ok || !m.p.seal.proves(m.p.head.ID, h, of)
	}
	if record.Stands(h.Registers[record.SealPath(path)].Value) {
		return !m.p.seal.proves(m.p.head.ID, h, path)
	}
	return m.p.rules.owns(h.Kind, path)
}

func (m *mending) mendOp(c record.Change) error {
	rest, _, err := missing(c, m.p.placed[c.ID])
	if err != nil {
		return err
	}
	c.Set = rest
	if err := m.weigh(&c); err != nil || len(c.Set) == 0 {
		return err
	}
	if wellFormed(c) != nil || !fits(m.p.registers(c.Record), c) {
		return nil
	}
	limit := record.MakeStamp(m.p.now.UnixMilli(), 0)
	stamp := min(c.Stamp, limit)
	clash, err := m.p.lay(c, stamp)
	if err != nil {
		return err
	}
	body, err := c.Bytes()
	if err != nil {
		return fmt.Errorf("op %s: %w", c.ID, err)
	}
	row := logged{Stamp: stamp, Sender: repairSender, N: m.p.head.Seq + 1, OpID: c.ID, Clash: clash, Body: body}
	if m.old {
		row.Line, row.Old = m.offer.Epoch, m.offer.Cursor
	}
	row = m.p.log(row)
	m.p.answers = append(m.p.answers, answer{Device: repairSender, N: row.Seq, At: m.p.now.UnixMilli(), Row: &row})
	m.taken += len(c.Set)
	return nil
}
