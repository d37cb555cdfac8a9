package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// purgeMonths is how long a deleted record is kept, and how long a silent device
// holds that up (sync.md §6).
const purgeMonths = 24

// purge erases the records of a branch that were deleted more than 24 months ago
// and whose deletion every active device has seen, with their log and the review
// items about them. A device that has been silent for so long takes a snapshot
// when it comes back; what it then hands in for an erased record is refused.
func (s *Server) purge(ctx context.Context, branch string, now time.Time) (gone int, err error) {
	limit := now.AddDate(0, -purgeMonths, 0)
	nothing := false
	err = s.ledger.view(ctx, branch, func(tx branchTx) error {
		old, err := deletedBefore(tx, limit)
		nothing = len(old) == 0
		return err
	})
	if err != nil || nothing {
		return 0, err
	}
	err = s.ledger.update(ctx, branch, func(tx branchTx) error {
		gone = 0
		head, err := tx.head()
		if err != nil {
			return err
		}
		old, err := deletedBefore(tx, limit) // again: one may have been taken back
		if err != nil {
			return err
		}
		seen, err := seenByAll(tx, head, limit)
		if err != nil {
			return err
		}
		ids, rows, err := erasable(tx, old, seen)
		if err != nil || len(ids) == 0 {
			return err
		}
		gone = len(ids)
		head.Purged += gone
		head.Floor = max(head.Floor, slices.Max(append(rows, 0)))
		return errors.Join(tx.purge(ids, rows, now.UnixMilli()), tx.setHead(head))
	})
	return gone, err
}

// deletedBefore returns the deleted records whose every value is older than limit
// and the review items about them: id → the record it goes with.
func deletedBefore(tx branchTx, limit time.Time) (map[string]string, error) {
	out := map[string]string{}
	newest := record.MakeStamp(limit.UnixMilli(), 0)
	err := tx.eachRecord(func(h record.Holding) error {
		for _, r := range h.Registers {
			if r.Stamp > newest {
				return nil
			}
		}
		if h.Registers[record.DeletedPath].Value == "1" {
			out[h.ID] = h.ID
		} else if h.Kind == record.ConflictKind {
			out[h.ID] = h.Registers[record.ConflictRecord].Value
		}
		return nil
	})
	dropLone(out)
	return out, err
}

// dropLone takes out what goes with a record that is not there.
func dropLone(ids map[string]string) {
	for id, with := range ids {
		if _, there := ids[with]; !there {
			delete(ids, id)
		}
	}
}

// seenByAll returns up to which row every device has come that was not silent
// since limit.
func seenByAll(tx branchTx, head Branch, limit time.Time) (uint64, error) {
	seen := head.Seq
	ds, err := tx.devices()
	for _, d := range ds {
		if d.Revoked == 0 && time.UnixMilli(max(d.Seen, d.Joined)).After(limit) {
			seen = min(seen, d.Cursors[sync.BranchChannel(head.ID)])
		}
	}
	return seen, err
}

// erasable returns those of the records that have no row after seen, and the rows
// that made them.
func erasable(tx branchTx, old map[string]string, seen uint64) (ids []string, rows []uint64, err error) {
	of := map[string][]uint64{}
	for after, most := uint64(0), logPage; most == logPage; {
		page, err := tx.rows(after, logPage)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range page {
			var c record.Change
			if err := record.Decode(row.Body, &c); err != nil {
				return nil, nil, fmt.Errorf("row %d: %w", row.Seq, err)
			}
			of[c.Record] = append(of[c.Record], row.Seq)
			if after = row.Seq; row.Seq > seen {
				delete(old, c.Record)
			}
		}
		most = len(page)
	}
	dropLone(old)
	for _, id := range slices.Sorted(maps.Keys(old)) {
		ids, rows = append(ids, id), append(rows, of[id]...)
	}
	return ids, rows, nil
}

// logPage is how many log rows are read at once.
const logPage = 2000
