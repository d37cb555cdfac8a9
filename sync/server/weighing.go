package server

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// weigh decides, path by path, how an op of lost history stands to what we have:
// what all shared before the loss it had replaced, knowingly or not, and that
// was settled then; what another laptop brought back from further on replaces
// it; only what was written after the restore is truly concurrent.
func (m *mending) weigh(c *record.Change) error {
	now := m.p.records[c.Record]
	if now == nil {
		return nil
	}
	for _, path := range record.Values(c.Set).Paths() {
		if of, sealed := record.SealedPath(path); sealed {
			if err := m.weighSealed(c, of, now.Registers[of], now.Registers[path]); err != nil {
				return err
			}
			continue
		}
		present, ok := now.Registers[path]
		if !ok || c.Set[record.SealPath(path)] != "" {
			continue
		}
		if record.Stands(now.Registers[record.SealPath(path)].Value) {
			if err := m.overrule(c, path, present, record.Register{Value: c.Set[path], Op: c.ID}); err != nil {
				return err
			}
			delete(c.Set, path)
			continue
		}
		if !m.old {
			continue
		}
		row, found, err := m.rowOf(present.Op, c.Record, path)
		if err != nil {
			return err
		}
		switch {
		case !found:
		case row.Seq <= m.p.head.shared(m.offer.Epoch), row.Line == m.offer.Epoch && row.Old <= m.offer.Cursor:
			c.Saw[path] = present.Op
		case row.Line == m.offer.Epoch:
			delete(c.Set, path)
		}
	}
	return nil
}

// weighSealed lets a signature of the district come back, with the value if it
// came with one, or not at all: over an older signature, and over a laptop's own
// value, which then lies in the review list.
func (m *mending) weighSealed(c *record.Change, path string, present, seal record.Register) error {
	at := record.SealPath(path)
	if seal.Value != "" && !record.NewerSeal(c.Set[at], seal.Value) {
		delete(c.Set, path)
		delete(c.Set, at)
		return nil
	}
	c.Saw[path], c.Saw[at] = present.Op, seal.Op
	value, with := c.Set[path]
	if record.Stands(seal.Value) || !with || present.Op == "" {
		return nil
	}
	return m.overrule(c, path, record.Register{Value: value, Op: c.ID}, present)
}

// overrule keeps a laptop's own value for review, over which the district signed
// another without knowing it.
func (m *mending) overrule(c *record.Change, path string, kept, other record.Register) error {
	if kept.Value == other.Value {
		return nil
	}
	_, err := m.p.write(Edit{Kind: record.ConflictKind, Once: "sealed over " + other.Op + " " + path, Set: map[string]string{
		record.ConflictRecord: c.Record, record.ConflictOf: c.Kind, record.ConflictPath: path, record.ConflictKept: kept.Value,
		record.ConflictKeptOp: kept.Op, record.ConflictOther: other.Value, record.ConflictOtherOp: other.Op}})
	return err
}

// rowOf finds the row in which an op wrote a path of a record.
func (m *mending) rowOf(op, rec, path string) (logged, bool, error) {
	rows, ok := m.p.placed[op]
	if !ok {
		found, err := m.p.tx.placed([]string{op})
		if err != nil {
			return logged{}, false, err
		}
		rows = found[op]
		m.p.placed[op] = rows
	}
	for _, row := range slices.Backward(rows) {
		var c record.Change
		if err := record.Decode(row.Body, &c); err != nil {
			return logged{}, false, fmt.Errorf("row %d: %w", row.Seq, err)
		}
		if _, wrote := c.Set[path]; wrote && c.Record == rec {
			return row, true, nil
		}
	}
	return logged{}, false, nil
}
