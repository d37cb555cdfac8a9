package storage

import (
	"fmt"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
)

// History returns everything that was done to a record, oldest first: accepted
// ops in the order of the district's log, then pending and refused ones.
func (s *Store) History(kind, id string) ([]record.Entry, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	r := ref{kind, id}
	c := s.shelf.get(r)
	if c == nil {
		return nil, unknownRecord()
	}
	var out []record.Entry
	if c.base != nil {
		err := s.past(r, c.base.ordinals(), func(row logRow, change record.Change) {
			e := s.entry(change, row.Stamp, row.Old, record.Synced)
			e.Seq = row.Seq
			out = append(out, e)
		})
		if err != nil {
			return nil, err
		}
	}
	b := c.base
	if b == nil {
		b = &base{kind: kind, id: id}
	}
	for _, p := range c.ops {
		op := p.stamped()
		next, old, _ := lay(b, op, s.opt.Guards)
		state := record.Pending
		if p.seq > 0 {
			state = record.Synced
		}
		e := s.entry(p.change, op.Stamp, old, state)
		e.Seq = p.seq
		out = append(out, e)
		b = next
	}
	for _, f := range s.shelf.refused {
		if f.Change.Kind == kind && f.Change.Record == id {
			out = append(out, s.entry(f.Change, f.Change.Stamp, nil, record.Refused))
		}
	}
	return out, nil
}

func (s *Store) entry(c record.Change, at record.Stamp, old record.Values, state record.State) record.Entry {
	if old == nil {
		old = record.Values{}
	}
	return record.Entry{Op: c.ID, At: at.Millis(), By: c.By, Device: s.machine(c.Device), Batch: c.Batch,
		Why: c.Why, Undoes: c.Undoes, State: state, Old: old, New: record.Values(c.Set)}
}

// machine names a device, if its name is known here: this laptop, also under
// the ids it had before joining.
func (s *Store) machine(device string) string {
	if device == s.seen.Device && s.opt.Machine != "" {
		return s.opt.Machine
	}
	if name := s.shelf.local[settingMachine+device]; name != "" {
		return name
	}
	return device
}

// past reads history rows of a record by ordinal, in the order given.
func (s *Store) past(r ref, ordinals []uint64, take func(logRow, record.Change)) error {
	err := s.view(func(b *bolt.Tx) error {
		read := reader{b: b, keys: s.keys}
		key := s.keys.ID(bRec, r.kind, r.id)
		for _, n := range ordinals {
			plain, err := read.row(key, n)
			if err != nil {
				return err
			}
			row, change, err := decodeLog(plain)
			if err != nil {
				return err
			}
			take(row, change)
		}
		return nil
	})
	return err
}

func decodeLog(plain []byte) (logRow, record.Change, error) {
	var row logRow
	var c record.Change
	if err := record.Decode(plain, &row); err != nil {
		return row, c, fmt.Errorf("decode history: %w", err)
	}
	if err := record.Decode(row.Change, &c); err != nil {
		return row, c, fmt.Errorf("decode history: %w", err)
	}
	return row, c, nil
}
