package server

import (
	"errors"

	"zhibu/storage/record"
)

// What a branch has besides its records and its log: which attachments, and which
// records were erased.

func (t boltBranch) blobs() (out []blobRef, err error) {
	err = t.each("blob", nil, nil, func(_, v []byte) (bool, error) {
		var ref blobRef
		err := record.Decode(v, &ref)
		out = append(out, ref)
		return true, err
	})
	return out, err
}

func (t boltBranch) hasBlob(sha string) (bool, error) {
	var ref blobRef
	return t.load("blob", []byte(sha), &ref)
}

func (t boltBranch) putBlob(ref blobRef) error { return t.save("blob", []byte(ref.SHA), ref) }

func (t boltBranch) dropBlob(sha string) error { return t.delete("blob", []byte(sha)) }

func (t boltBranch) purge(ids []string, rows []uint64, at int64) error {
	for _, id := range ids {
		err := errors.Join(t.delete("record", []byte(id)), t.save("purged", []byte(id), at))
		if err != nil {
			return err
		}
	}
	for _, seq := range rows {
		var r logged
		if _, err := t.load("log", numberKey(seq), &r); err != nil {
			return err
		}
		if err := errors.Join(t.delete("log", numberKey(seq)), t.delete("op", deviceKey(r.OpID, seq))); err != nil {
			return err
		}
	}
	return nil
}

func (t boltBranch) purged(ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range ids {
		var at int64
		gone, err := t.load("purged", []byte(id), &at)
		if err != nil {
			return nil, err
		}
		if gone {
			out[id] = true
		}
	}
	return out, nil
}
