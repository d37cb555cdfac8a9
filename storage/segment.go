package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// segment is a run of history rows with consecutive ordinals. The vault
// compresses it as a whole: rows of one time resemble each other.
type segment struct {
	_    struct{} `cbor:",toarray"`
	Rows []cbor.RawMessage
}

func decodeSegment(plain []byte) ([]cbor.RawMessage, error) {
	var seg segment
	if err := record.Decode(plain, &seg); err != nil {
		return nil, fmt.Errorf("decode history segment: %w", err)
	}
	return seg.Rows, nil
}

// reader finds history rows by ordinal and keeps the segment last opened.
type reader struct {
	b     *bolt.Tx
	keys  *vault.Keys
	first uint64
	rows  []cbor.RawMessage
}

func (r *reader) row(rec []byte, n uint64) ([]byte, error) {
	at := logKey(rec, n)
	if v := r.b.Bucket([]byte(bRec)).Get(at); v != nil {
		return r.keys.Open(vault.ForRecords, bRec, at, v)
	}
	if n < r.first || n >= r.first+uint64(len(r.rows)) {
		if err := r.segment(n); err != nil {
			return nil, err
		}
	}
	return r.rows[n-r.first], nil
}

// segment opens the segment that holds ordinal n.
func (r *reader) segment(n uint64) error {
	c := r.b.Bucket([]byte(bSeg)).Cursor()
	k, v := c.Seek(number(n))
	if k == nil || !bytes.Equal(k, number(n)) {
		k, v = c.Prev()
	}
	if len(k) != 8 {
		return fmt.Errorf("history entry %d is missing", n)
	}
	plain, err := r.keys.Open(vault.ForRecords, bSeg, k, v)
	if err != nil {
		return err
	}
	if r.rows, err = decodeSegment(plain); err != nil {
		return err
	}
	r.first = binary.BigEndian.Uint64(k)
	if n >= r.first+uint64(len(r.rows)) {
		return fmt.Errorf("history entry %d is missing", n)
	}
	return nil
}

// everyOp calls f for each accepted op: packed ones in order, then the newer
// ones in no promised order.
func everyOp(b *bolt.Tx, keys *vault.Keys, f func(ordinal uint64, row logRow, c record.Change) error) error {
	give := func(ordinal uint64, plain []byte) error {
		row, c, err := decodeLog(plain)
		if err != nil {
			return err
		}
		return f(ordinal, row, c)
	}
	err := b.Bucket([]byte(bSeg)).ForEach(func(k, v []byte) error {
		plain, err := keys.Open(vault.ForRecords, bSeg, k, v)
		if err != nil {
			return err
		}
		rows, err := decodeSegment(plain)
		for i, row := range rows {
			if err := give(binary.BigEndian.Uint64(k)+uint64(i), row); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return b.Bucket([]byte(bRec)).ForEach(func(k, v []byte) error {
		if len(k) == vault.IDSize {
			return nil
		}
		plain, err := keys.Open(vault.ForRecords, bRec, k, v)
		if err != nil {
			return err
		}
		return give(binary.BigEndian.Uint64(k[vault.IDSize:]), plain)
	})
}
