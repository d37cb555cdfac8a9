package storage

import "zhibu/storage/record"

// follow sees that a delivery is of the history of the district that is followed
// here. A snapshot brings another one, in which the lease of the old means nothing.
func (t *stage) follow(d record.Delivery) error {
	switch {
	case t.st.Epoch == d.Epoch:
		return nil
	case t.st.Epoch == "":
		t.st.Epoch = d.Epoch
		return nil
	case d.Snapshot == nil:
		return record.Refuse("EPOCH", "街道那边的记录换过一次底，这次没有接收。程序会重新核对后再同步；本机内容都在。")
	}
	t.st.Epoch, t.st.Cursors, t.st.Lease = d.Epoch, nil, ""
	return t.unplace()
}

// reoffer notes from where on own ops must be offered again.
func (t *stage) reoffer(d record.Delivery) error {
	if !t.st.own(d.Channel) {
		return nil
	}
	if t.st.Again = d.Again; d.Again == 0 {
		return nil
	}
	return t.unplace()
}

// unplace makes accepted ops still waiting for their turn pending again: places
// in a history that the district lost mean nothing.
func (t *stage) unplace() error {
	for _, p := range t.pendings() {
		if p.seq > 0 {
			if err := t.keep(&pending{change: p.change, raw: p.raw}); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeResults notes the answers to own ops. It returns those that the district had
// placed at or below the cursor: they came as rows, in a snapshot, or come back
// with the rows of this very delivery.
func (t *stage) takeResults(d record.Delivery) (inBase []*pending, err error) {
	for _, res := range d.Results {
		p := t.out(res.N)
		if p == nil || p.seq > 0 {
			continue // answered before
		}
		switch res.Verdict {
		case record.Applied, record.Merged, record.Duplicate:
			q := *p
			q.seq, q.stamp = res.Seq, res.Stamp
			if q.seq <= t.st.cursor(d.Channel) {
				inBase = append(inBase, &q)
			}
			err = t.keep(&q)
		case record.Rejected:
			err = t.refuse(p, res, t.s.opt.Now().UnixMilli())
		}
		if err != nil {
			return nil, err
		}
	}
	return inBase, nil
}

// covered takes out an own op that is part of the base, unless a row has done so;
// the history has it all the same.
func (t *stage) covered(p *pending) error {
	if t.out(p.change.N) == nil {
		return nil
	}
	t.settle(p.change.N)
	b, op := t.base(ref{p.change.Kind, p.change.Record}), p.stamped()
	if b == nil {
		return nil
	}
	if known, err := t.recorded(b, op); known || err != nil {
		return err
	}
	return t.enter(b, op, p.raw, nil)
}

// answered returns the newest own op below which everything is answered: taken
// over, refused, or come back as a row.
func (t *stage) answered() uint64 {
	first := t.st.N + 1
	for _, p := range t.pendings() {
		if p.seq == 0 {
			first = min(first, p.change.N)
		}
	}
	return first - 1
}
