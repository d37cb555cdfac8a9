package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// copyBatch is how many bytes are copied between two chances to save or to stop.
const copyBatch = 8 << 20

// newValue is a value as it belongs into a new file; no plain: it goes.
type newValue struct {
	bucket     string
	key, plain []byte
}

// copyBucket copies the values of a bucket in slices, loose history but noted. What
// saves change behind the slice that was read, they note.
func (r *rewriting) copyBucket(ctx context.Context, name string) error {
	for after := []byte{}; after != nil; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var batch []newValue
		read := 0
		err := r.view(func(b *bolt.Tx) (err error) {
			batch, after, read, err = r.slice(b, name, after)
			return err
		})
		if err == nil && len(batch) > 0 {
			err = r.put(batch)
		}
		if err != nil {
			return fmt.Errorf("copy bucket %s: %w", name, err)
		}
		r.did(read)
	}
	return nil
}

// slice reads the next values of a bucket, and returns the key of the last one,
// nil at the end, and how many will not be met again.
func (r *rewriting) slice(b *bolt.Tx, name string, after []byte) (batch []newValue, last []byte, read int, err error) {
	c := b.Bucket([]byte(name)).Cursor()
	k, v := c.Seek(after)
	if bytes.Equal(k, after) && len(after) > 0 {
		k, v = c.Next()
	}
	for size := 0; k != nil && size < copyBatch; k, v = c.Next() {
		size += len(v)
		last = bytes.Clone(k)
		if name == bRec && r.loose.note(k) {
			continue
		}
		renewed, err := r.renew(name, k, v)
		if err == nil {
			renewed.plain, err = r.eraseValue(name, k, renewed.plain)
		}
		if err != nil {
			return nil, nil, 0, err
		}
		if read++; renewed.key != nil && renewed.plain != nil {
			batch = append(batch, renewed)
		}
	}
	if k == nil {
		last = nil
	}
	return batch, last, read, nil
}

// renew opens a value and finds the key it has under the new root key: none when
// it stays behind.
func (r *rewriting) renew(bucket string, old, sealed []byte) (newValue, error) {
	plain, err := r.from.Open(purposeOf(bucket), bucket, old, sealed)
	if err != nil {
		return newValue{}, err
	}
	v := newValue{bucket: bucket, key: bytes.Clone(old), plain: plain}
	if r.from != r.to {
		v.key, err = r.newKey(bucket, old, plain)
	}
	return v, err
}

func (r *rewriting) newKey(bucket string, old, plain []byte) ([]byte, error) {
	switch bucket {
	case bRec:
		return r.recordKey(old, plain)
	case bRefused:
		var f Refusal
		err := record.Decode(plain, &f)
		return r.to.ID(bRefused, f.Change.ID), err
	case bDraft:
		var d record.Draft
		err := record.Decode(plain, &d)
		return r.to.ID(bDraft, d.Key), err
	case bLocal:
		var row localRow
		if err := record.Decode(plain, &row); err != nil || r.leave[row.Key] {
			return nil, err
		}
		return r.to.ID(bLocal, row.Key), nil
	case bFile:
		return r.fileKey(old, plain)
	case bBlob:
		return r.blobKey(old)
	}
	return bytes.Clone(old), nil // numbers
}

func (r *rewriting) recordKey(old, plain []byte) ([]byte, error) {
	if len(old) == vault.IDSize {
		b, err := decodeBase(plain, texts{})
		if err != nil {
			return nil, err
		}
		return r.to.ID(bRec, b.kind, b.id), nil
	}
	_, change, err := decodeLog(plain)
	if err != nil {
		return nil, err
	}
	return logKey(r.to.ID(bRec, change.Kind, change.Record), binary.BigEndian.Uint64(old[vault.IDSize:])), nil
}

func (r *rewriting) fileKey(old, plain []byte) ([]byte, error) {
	var a Attachment
	if err := record.Decode(plain, &a); err != nil {
		return nil, fmt.Errorf("decode attachment: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files[string(old)] = r.to.ID(bFile, a.SHA)
	return r.files[string(old)], nil
}

// blobKey goes by the attachment, which is always met before its parts.
func (r *rewriting) blobKey(old []byte) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file := r.files[string(old[:vault.IDSize])]
	if file == nil {
		return nil, fmt.Errorf("part of an unknown attachment")
	}
	return partKey(file, int(binary.BigEndian.Uint32(old[vault.IDSize:]))), nil
}
