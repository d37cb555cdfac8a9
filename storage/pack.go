package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

const (
	segmentRows = 500     // history rows of one segment
	packBatch   = 40      // segments of one transaction
	loose       = 200     // newest history rows that stay beside their records
	copyBatch   = 8 << 20 // bytes of one transaction while a file is rewritten
)

// CompactDue reports whether so much history has gathered that Compact is worth
// its time.
func (s *Store) CompactDue() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.seen.Log-s.seen.Packed > 20_000
}

// Compact packs older history into compressed segments, no entry lost, and
// rewrites the file tightly and without its gaps. The new file is verified before
// it takes the old one's place.
func (s *Store) Compact(ctx context.Context) error {
	if err := s.packHistory(ctx, loose); err != nil {
		return err
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.writable(); err != nil {
		return err
	}
	next := s.path() + ".compact"
	if err := s.resealed(next, s.keys, s.header, func(*state) {}, nil); err != nil {
		return err
	}
	if err := s.swap(next); err != nil {
		return err
	}
	return s.reread()
}

func (s *Store) path() string { return filepath.Join(s.dir, dbName) }

// swap puts a verified file in the database's place. It is closed for the
// moment; the writer's lock is held.
func (s *Store) swap(next string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.db.quit(s.failure()); err != nil {
		return s.fail(err)
	}
	renamed := os.Rename(next, s.path())
	db, err := openBolt(s.path(), false)
	if err != nil {
		return s.fail(errors.Join(renamed, err))
	}
	s.db = db
	if renamed != nil {
		return place(renamed)
	}
	return place(journal.SyncFolder(s.path()))
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// packHistory moves all but the newest keep history rows into segments, a bounded
// number in each transaction.
func (s *Store) packHistory(ctx context.Context, keep uint64) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more := false
		err := s.change(func(t *stage) error {
			if t.st.Log < keep+t.st.Packed+segmentRows {
				return nil
			}
			end := min(t.st.Log-keep, t.st.Packed+packBatch*segmentRows)
			end -= (end - t.st.Packed) % segmentRows
			more = true
			return t.pack(t.st.Packed, end)
		})
		if err != nil || !more {
			return err
		}
	}
}

// pack moves the rows from…end into segments.
func (t *stage) pack(from, end uint64) error {
	rows := make([][]byte, end-from)
	err := t.s.view(func(b *bolt.Tx) error {
		return b.Bucket([]byte(bRec)).ForEach(func(k, v []byte) error {
			if len(k) == vault.IDSize {
				return nil
			}
			n := binary.BigEndian.Uint64(k[vault.IDSize:])
			if n < from || n >= end {
				return nil
			}
			plain, err := t.s.keys.Open(vault.ForRecords, bRec, k, v)
			rows[n-from] = plain
			t.drop(bRec, slices.Clone(k))
			return err
		})
	})
	if err != nil {
		return err
	}
	for first := from; first < end; first += segmentRows {
		var seg segment
		for _, plain := range rows[first-from : first-from+segmentRows] {
			if plain == nil {
				return damaged(fmt.Errorf("history entry missing near %d", first))
			}
			seg.Rows = append(seg.Rows, cbor.RawMessage(plain))
		}
		data, err := record.Encode(seg)
		if err != nil {
			return fmt.Errorf("encode history: %w", err)
		}
		t.put(bSeg, number(first), data)
	}
	t.st.Packed = end
	return nil
}
