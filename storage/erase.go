package storage

import (
	"maps"
	"time"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// districtMonths is how long a branch with a district keeps what was deleted: as
// long as another laptop may still bring an edit that revives it (sync.md §6).
const districtMonths = 24

// erasable lists the records whose values go with the next rewriting: deleted
// before the recycle bin's time or, in a joined branch, the district's, and
// confirmed. The register that deletes stays, and who did what when. s.mu is
// held.
func (s *Store) erasable() map[ref]*base {
	limit := s.opt.Now().AddDate(0, 0, -TrashDays)
	if s.seen.Joined {
		limit = s.opt.Now().AddDate(0, -districtMonths, 0)
	}
	out := map[ref]*base{}
	for kind, cells := range s.shelf.cells {
		for id, c := range cells {
			if c.base != nil && len(c.ops)+c.refused+c.open == 0 && c.base.deletedBefore(limit) {
				out[ref{kind, id}] = c.base
			}
		}
	}
	return out
}

// deletedBefore reports whether b was deleted before limit and has more than that
// to tell.
func (b *base) deletedBefore(limit time.Time) bool {
	deleted, _ := b.register(record.DeletedPath)
	return deleted.Value != "" && len(b.values) > 1 && deleted.Stamp.Time().Before(limit)
}

// erased returns what stays of b.
func (b *base) erased() *base {
	deleted, _ := b.register(record.DeletedPath)
	out := &base{kind: b.kind, id: b.id, values: record.Values{}, log: b.log, last: b.last}
	return out.with(map[string]record.Register{record.DeletedPath: deleted})
}

// bare reports whether values tell nothing but a deletion.
func bare(values map[string]string) bool {
	_, deleted := values[record.DeletedPath]
	return deleted && len(values) == 1
}

// eraseRow takes the values out of a history row of an erasable record: an op
// that sets nothing. Deletions stay whole.
func (r *rewriting) eraseRow(plain []byte) ([]byte, error) {
	row, c, err := decodeLog(plain)
	if err != nil || r.erase[ref{c.Kind, c.Record}] == nil || bare(c.Set) {
		return plain, err
	}
	c.Set, c.Saw, c.Why, row.Old = nil, nil, "", nil
	if row.Change, err = c.Bytes(); err != nil {
		return nil, err
	}
	return record.Encode(row)
}

// eraseValue takes what is erasable out of a value of the file, and returns nil where
// nothing is left.
func (r *rewriting) eraseValue(bucket string, key, plain []byte) ([]byte, error) {
	switch {
	case len(r.erase) == 0:
		return plain, nil
	case bucket == bSeg:
		return r.eraseSegment(plain)
	case bucket == bRec && len(key) == vault.IDSize:
		b, err := decodeBase(plain, texts{})
		if err != nil || r.erase[ref{b.kind, b.id}] == nil {
			return plain, err
		}
		return b.erased().encode()
	case bucket == bRec:
		return r.eraseRow(plain)
	case bucket == bDraft:
		var d record.Draft
		if err := record.Decode(plain, &d); err != nil || r.erase[ref{d.Kind, d.ID}] != nil {
			return nil, err
		}
	}
	return plain, nil
}

func (r *rewriting) eraseSegment(plain []byte) ([]byte, error) {
	rows, err := decodeSegment(plain)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		if rows[i], err = r.eraseRow(row); err != nil {
			return nil, err
		}
	}
	return record.Encode(segment{Rows: rows})
}

// forgetErased brings what the new file no longer holds out of memory as well. A
// record that was changed meanwhile has its values in both. s.mu is held.
func (s *Store) forgetErased(r *rewriting) {
	maps.DeleteFunc(s.shelf.drafts, func(_ string, d record.Draft) bool { return r.erase[ref{d.Kind, d.ID}] != nil })
	for of, b := range r.erase {
		if c := s.shelf.get(of); c != nil && c.base == b {
			c.base = b.erased()
			s.shelf.refresh(of, s.opt.Guards, map[ref]bool{})
		}
	}
}
