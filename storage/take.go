package storage

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"zhibu/storage/record"
)

// Take stores what one answer of the district brings, cursors included, in one
// transaction. Own accepted ops and the rows of others are merged together in
// rising Seq; an own op whose Seq lies beyond the cursor waits, still laid over
// the base, until the rows before it have come. A delivery may come twice or
// late. One of another epoch without a snapshot is refused with code EPOCH, one
// with a value that the district must have signed and has not with SEAL_FORGED.
func (s *Store) Take(d record.Delivery) error {
	if d.Snapshot != nil {
		if err := s.beforeSnapshot(); err != nil {
			return err
		}
	}
	return s.change(func(t *stage) error { return t.take(d) })
}

func (t *stage) take(d record.Delivery) error {
	if err := t.follow(d); err != nil {
		return err
	}
	if err := t.learn(d); err != nil {
		return err
	}
	var inBase []*pending
	if t.st.own(d.Channel) {
		var err error
		if inBase, err = t.takeResults(d); err != nil {
			return err
		}
	}
	before := t.st.cursor(d.Channel)
	if d.Snapshot != nil {
		before, t.st.Cursors = 0, nil // what other channels brought is replaced too: it comes again
		if err := t.takeSnapshot(d); err != nil {
			return err
		}
	}
	t.moveCursors(d)
	if err := t.merge(d, before); err != nil {
		return err
	}
	for _, p := range inBase {
		if err := t.covered(p); err != nil {
			return err
		}
	}
	if err := t.reoffer(d); err != nil {
		return err
	}
	t.st.Acked = t.answered()
	if d.Lease != "" {
		t.st.Lease = d.Lease
	}
	if !d.Now.IsZero() {
		t.st.Offset = d.Now.Sub(t.s.opt.Now()).Milliseconds()
	}
	t.dirty = true
	return nil
}

// learn notes what an answer tells of this laptop and of others.
func (t *stage) learn(d record.Delivery) error {
	for device, name := range d.Machines {
		if err := t.nameMachine(device, name); err != nil {
			return err
		}
	}
	e := t.s.shelf.enrol
	if e == nil || d.Certificate == nil {
		return nil
	}
	now := *e
	now.Role, now.Certificate = d.Role, d.Certificate
	return t.keepEnrolment(now)
}

// out returns the pending op n as this transaction leaves it.
func (t *stage) out(n uint64) *pending {
	if p, ok := t.outs[n]; ok {
		return p
	}
	return t.s.shelf.outs[n]
}

func (t *stage) moveCursors(d record.Delivery) {
	if t.st.Cursors == nil {
		t.st.Cursors = map[string]uint64{}
	}
	for channel, seq := range d.Cursors {
		t.st.Cursors[channel] = max(t.st.Cursors[channel], seq)
	}
}

// turn is one op whose turn in the branch's log has come.
type turn struct {
	op  record.Stamped
	raw []byte   // for the history; nil: not entered
	own *pending // is settled with it
}

// merge confirms the rows above the old cursor and the own ops up to the new
// one, together in order.
func (t *stage) merge(d record.Delivery, before uint64) error {
	turns, err := t.rows(d, before)
	if err != nil {
		return err
	}
	if t.st.own(d.Channel) {
		turns = t.ownTurns(turns, before)
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(a.op.Seq, b.op.Seq) })
	clock, proof := record.Clock{Last: t.st.Clock}, t.proof(d.Channel)
	for _, x := range turns {
		clock.Observe(x.op.Stamp, t.st.now(t.s.opt.Now()))
		if x.own != nil {
			t.settle(x.own.change.N)
		}
		if err := t.confirm(x); err != nil {
			return err
		}
		values := t.base(ref{x.op.Change.Kind, x.op.Change.Record}).values
		if err := proof.CheckChange(x.op.Change, func(path string) string { return values[path] }); err != nil {
			return err
		}
	}
	t.st.Clock = clock.Last
	return nil
}

// proof returns what the values of a channel that the district owns are proved by.
func (t *stage) proof(channel string) record.Proof {
	p := record.Proof{Owned: t.s.opt.Owned}
	if e := t.s.shelf.enrol; e != nil {
		p.Key = e.ServerKey
	}
	if t.st.own(channel) {
		p.Branch = t.st.Branch
	}
	return p
}

// rows prepares the rows of a delivery. A row that is an own op (after a restore
// the district sends them back) settles the pending one if it stands at the place
// that one was answered with, or is the very same: a part of it elsewhere, or one
// under another number, leaves it to its own place, or to be asked for, and enters
// the history with it. What enters is the op as it was made. A conflict record
// bears the id of the op that clashed: its row is not that op.
func (t *stage) rows(d record.Delivery, before uint64) ([]turn, error) {
	byID := map[string]*pending{}
	for _, p := range t.pendings() {
		byID[p.change.ID] = p
	}
	var out []turn
	for _, row := range d.Rows {
		if row.Seq <= before {
			continue
		}
		if err := readable(row.Change); err != nil {
			return nil, err
		}
		raw, err := row.Change.Bytes()
		if err != nil {
			return nil, fmt.Errorf("encode row: %w", err)
		}
		x := turn{op: row, raw: raw}
		if own := byID[row.Change.ID]; own != nil && own.change.Record == row.Change.Record {
			if x.raw = nil; own.seq == row.Seq || own.seq == 0 && bytes.Equal(own.raw, raw) {
				x.own, x.raw = own, own.raw
			}
		}
		out = append(out, x)
		if row.Change.Device == t.st.Device && row.Change.N > t.st.N {
			t.st.N, t.st.Head = row.Change.N, chain(row.Change.Prev, raw)
		}
	}
	return out, nil
}

// readable refuses an op that could be stored but not read back.
func readable(c record.Change) error {
	for path, value := range c.Set {
		if !utf8.ValidString(path) || !utf8.ValidString(value) {
			return record.Refuse("ROW_INVALID", "收到的一条修改不是文字，这次没有接收。请把时间告诉街道的管理员；本机内容都在。")
		}
	}
	return nil
}

// ownTurns adds the accepted own ops that the cursor has reached since before.
func (t *stage) ownTurns(turns []turn, before uint64) []turn {
	listed := map[*pending]bool{}
	for _, x := range turns {
		listed[x.own] = true
	}
	for _, p := range t.pendings() {
		if p.seq > before && p.seq <= t.st.reached() && !listed[p] {
			turns = append(turns, turn{op: p.stamped(), raw: p.raw, own: p})
		}
	}
	return turns
}

// pendings lists the pending ops as this transaction leaves them.
func (t *stage) pendings() []*pending {
	var out []*pending
	for _, p := range t.s.shelf.sorted() {
		if _, staged := t.outs[p.change.N]; !staged {
			out = append(out, p)
		}
	}
	for _, p := range t.outs {
		if p != nil {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *pending) int { return cmp.Compare(a.change.N, b.change.N) })
	return out
}
