package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

const (
	segmentRows = 500 // history rows of one segment
	packBatch   = 20  // segments of one transaction
	fresh       = 200 // newest history rows that stay beside their records
)

// CompactDue reports whether so much history has gathered that Compact is worth
// its time, or something deleted long ago waits to be erased.
func (s *Store) CompactDue() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.seen.Log-s.seen.Packed > 20_000 || len(s.erasable()) > 0
}

// Compact packs older history into compressed segments, no entry lost, and
// rewrites the file tightly and without its gaps. The values of records deleted
// for more than 30 days (in a joined branch 24 months) are left out for good. Saves go on meanwhile; the new
// file is verified before it takes the old one's place. A ctx that ends leaves the
// store as it was.
func (s *Store) Compact(ctx context.Context, progress Progress) error {
	r := &rewriting{path: s.path() + ".compact", progress: progress}
	return s.rewritten(ctx, r, func() error { return s.swap(r) })
}

func (s *Store) path() string { return filepath.Join(s.dir, dbName) }

// swap puts a verified file in the database's place. It is closed for the
// moment; the writer's lock is held.
func (s *Store) swap(r *rewriting) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.db.quit(s.failure()); err != nil {
		return s.fail(err)
	}
	renamed := journal.Rename(r.path, s.path())
	db, err := openBolt(s.path(), false)
	if err != nil {
		return s.fail(errors.Join(renamed, err))
	}
	s.db = db
	if renamed != nil {
		return place(renamed)
	}
	s.st, s.seen = r.st, r.st
	s.forgetErased(r)
	return place(journal.SyncFolder(s.path()))
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// looseRows are history rows that lie beside their records and will be packed:
// the record part of each one's key, from the row first on.
type looseRows struct {
	first uint64
	keys  [][vault.IDSize]byte
}

// looseIn says which rows a rewriting that begins now packs.
func looseIn(st state) looseRows {
	out := looseRows{first: st.Packed}
	if st.Log >= st.Packed+fresh+segmentRows {
		rows := st.Log - st.Packed - fresh
		out.keys = make([][vault.IDSize]byte, rows-rows%segmentRows)
	}
	return out
}

func (l looseRows) end() uint64 { return l.first + uint64(len(l.keys)) }

// note keeps key if it is one of the rows, and reports that.
func (l looseRows) note(key []byte) bool {
	if len(key) != logKeySize {
		return false
	}
	n := binary.BigEndian.Uint64(key[vault.IDSize:])
	if n < l.first || n >= l.end() {
		return false
	}
	copy(l.keys[n-l.first][:], key)
	return true
}

// packHistory puts the loose rows, which copyBucket has noted, into segments.
func (r *rewriting) packHistory(ctx context.Context) error {
	const rows = packBatch * segmentRows
	for i := 0; i < len(r.loose.keys); i += rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		var batch []newValue
		end := min(i+rows, len(r.loose.keys))
		err := r.view(func(b *bolt.Tx) error {
			for first := i; first < end; first += segmentRows {
				v, err := r.segment(b, first)
				if err != nil {
					return err
				}
				batch = append(batch, v)
			}
			return nil
		})
		if err == nil {
			err = r.put(batch)
		}
		if err != nil {
			return fmt.Errorf("pack history: %w", err)
		}
		r.did(end - i)
	}
	return nil
}

// segment makes one segment of the loose rows from the i-th on.
func (r *rewriting) segment(b *bolt.Tx, i int) (newValue, error) {
	first := r.loose.first + uint64(i)
	var seg segment
	for n, rec := range r.loose.keys[i : i+segmentRows] {
		key := logKey(rec[:], first+uint64(n))
		plain, err := r.from.Open(vault.ForRecords, bRec, key, b.Bucket([]byte(bRec)).Get(key))
		if err == nil {
			plain, err = r.eraseValue(bRec, key, plain)
		}
		if err != nil {
			return newValue{}, err
		}
		seg.Rows = append(seg.Rows, plain)
	}
	data, err := record.Encode(seg)
	if err != nil {
		return newValue{}, fmt.Errorf("encode history: %w", err)
	}
	return newValue{bSeg, number(first), data}, nil
}
