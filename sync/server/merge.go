package server

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

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
	verdict := record.Applied
	if clash {
		verdict = record.Merged
	}
	return record.Result{N: c.N, Verdict: verdict, Seq: row.Seq, Stamp: stamp}, &row, nil
}

// mergeRest takes over what earlier rows of the same op left out. The new row is
// not the op as its laptop has it, so it goes back to that laptop too.
func (p *pushing) mergeRest(c record.Change, rows []logged) (record.Result, *logged, error) {
	rest, last, err := missing(c, rows)
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

// missing returns the values of c that none of the rows with its id holds, and the
// last of these rows. A conflict record bears the id of the op that clashed, so rows
// of another record may have it too: they are no part of the op.
func missing(c record.Change, rows []logged) (rest map[string]string, last logged, err error) {
	rest = record.Values(c.Set).Clone()
	for _, row := range rows {
		var done record.Change
		if err := record.Decode(row.Body, &done); err != nil {
			return nil, last, fmt.Errorf("row %d: %w", row.Seq, err)
		}
		if done.Record != c.Record {
			continue
		}
		last = row
		for path := range done.Set {
			delete(rest, path)
		}
	}
	return rest, last, nil
}

// stamp clamps the op's time to ours, keeps the device's own order, and lifts it
// above every value its editor had been shown: causality beats clocks.
func (p *pushing) stamp(c record.Change) record.Stamp {
	s := min(c.Stamp, record.MakeStamp(p.now.UnixMilli(), 0))
	if s <= p.device.LastTime {
		s = p.device.LastTime + 1
	}
	now := p.registers(c.Record)
	for path, saw := range c.Saw {
		if r, ok := now[path]; ok && r.Op == saw {
			s = max(s, r.Stamp+1)
		}
	}
	return s
}

// lay merges c into its record, keeps what clashed for review, and notes the work
// that this makes.
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
	return len(clashes) > 0, p.employ(c)
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
