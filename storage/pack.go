package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

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
	if err := s.resealed(next, s.keys, s.header, func(*state) {}, nil, nil); err != nil {
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
// number in each transaction. Saves may come in between.
func (s *Store) packHistory(ctx context.Context, keep uint64) error {
	s.mu.RLock()
	from, log := s.seen.Packed, s.seen.Log
	s.mu.RUnlock()
	if log < keep+from+segmentRows {
		return nil
	}
	end := log - keep
	end -= (end - from) % segmentRows
	keys, sealedWith, err := s.looseKeys(from, end)
	if err != nil {
		return err
	}
	for first := from; first < end && err == nil; first += packBatch * segmentRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		last := min(end, first+packBatch*segmentRows)
		err = s.change(func(t *stage) error {
			if t.st.Packed != first || s.keys.KeyID() != sealedWith {
				return nil // another call was at it: there is a next time
			}
			return t.pack(first, keys[first-from:last-from])
		})
	}
	return err
}

// looseKeys finds the keys of the history rows from…end beside their records, and
// tells under which root key.
func (s *Store) looseKeys(from, end uint64) (keys [][]byte, keyID uint32, err error) {
	keys = make([][]byte, end-from)
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.writable(); err != nil {
		return nil, 0, err
	}
	err = s.view(func(b *bolt.Tx) error {
		return b.Bucket([]byte(bRec)).ForEach(func(k, _ []byte) error {
			if len(k) != logKeySize {
				return nil
			}
			if n := binary.BigEndian.Uint64(k[vault.IDSize:]); n >= from && n < end {
				keys[n-from] = slices.Clone(k)
			}
			return nil
		})
	})
	return keys, s.keys.KeyID(), err
}

// pack moves the rows with the given keys, from ordinal first on, into segments.
func (t *stage) pack(first uint64, keys [][]byte) error {
	for len(keys) > 0 {
		var seg segment
		err := t.s.view(func(b *bolt.Tx) error {
			for _, k := range keys[:segmentRows] {
				plain, err := t.s.keys.Open(vault.ForRecords, bRec, k, b.Bucket([]byte(bRec)).Get(k))
				if err != nil {
					return err
				}
				seg.Rows = append(seg.Rows, plain)
				t.drop(bRec, k)
			}
			return nil
		})
		if err != nil {
			return err
		}
		data, err := record.Encode(seg)
		if err != nil {
			return fmt.Errorf("encode history: %w", err)
		}
		t.put(bSeg, number(first), data)
		first, keys = first+segmentRows, keys[segmentRows:]
	}
	t.st.Packed = first
	return nil
}
