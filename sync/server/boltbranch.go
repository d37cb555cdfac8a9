package server

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/sync"
)

// boltBranch is a branchTx in bbolt.
type boltBranch struct {
	id string
	b  *bolt.Bucket
}

const keyHead = "head"

func openBranch(tx *bolt.Tx, id string) (boltBranch, error) {
	b := tx.Bucket([]byte(branchRoot)).Bucket([]byte(id))
	if b == nil {
		return boltBranch{}, fmt.Errorf("branch %s: %w", id, errNoBranch)
	}
	return boltBranch{id: id, b: b}, nil
}

// part returns one of the branch's own buckets; nil in a reading transaction
// where nothing was written yet.
func (t boltBranch) part(name string) (*bolt.Bucket, error) {
	if b := t.b.Bucket([]byte(name)); b != nil || !t.b.Writable() {
		return b, nil
	}
	b, err := t.b.CreateBucket([]byte(name))
	if err != nil {
		return nil, fmt.Errorf("branch %s, %s: %w", t.id, name, err)
	}
	return b, nil
}

func (t boltBranch) load(part string, key []byte, v any) (bool, error) {
	b, err := t.part(part)
	if err != nil || b == nil {
		return false, err
	}
	raw := b.Get(key)
	if raw == nil {
		return false, nil
	}
	if err := record.Decode(raw, v); err != nil {
		return false, fmt.Errorf("branch %s, %s: %w", t.id, part, err)
	}
	return true, nil
}

func (t boltBranch) save(part string, key []byte, v any) error {
	b, err := t.part(part)
	if err != nil {
		return err
	}
	raw, err := record.Encode(v)
	if err != nil {
		return fmt.Errorf("branch %s, %s: %w", t.id, part, err)
	}
	return b.Put(key, raw)
}

func (t boltBranch) delete(part string, key []byte) error {
	b, err := t.part(part)
	if err != nil {
		return err
	}
	return b.Delete(key)
}

// each visits the entries of a part whose key begins with prefix, from a key on.
func (t boltBranch) each(part string, from, prefix []byte, visit func(k, v []byte) (bool, error)) error {
	b, err := t.part(part)
	if err != nil || b == nil {
		return err
	}
	c := b.Cursor()
	for k, v := c.Seek(from); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		on, err := visit(k, v)
		if err != nil || !on {
			return err
		}
	}
	return nil
}

func (t boltBranch) head() (Branch, error) {
	head := Branch{ID: t.id}
	_, err := t.load(keyHead, []byte(keyHead), &head)
	return head, err
}

func (t boltBranch) setHead(head Branch) error { return t.save(keyHead, []byte(keyHead), head) }

func (t boltBranch) device(id string) (Device, bool, error) {
	var d Device
	ok, err := t.load("device", []byte(id), &d)
	return d, ok, err
}

func (t boltBranch) devices() ([]Device, error) {
	var out []Device
	err := t.each("device", nil, nil, func(_, v []byte) (bool, error) {
		var d Device
		err := record.Decode(v, &d)
		out = append(out, d)
		return true, err
	})
	return out, err
}

func (t boltBranch) putDevice(d Device) error { return t.save("device", []byte(d.ID), d) }

// storedRecord is a record as it lies in a ledger: with the number of the row
// that changed it last.
type storedRecord struct {
	Seq    uint64      `cbor:"1,keyasint"`
	Packed sync.Packed `cbor:"2,keyasint"`
}

func (t boltBranch) records(ids []string) (map[string]*record.Holding, error) {
	out := make(map[string]*record.Holding, len(ids))
	for _, id := range ids {
		var s storedRecord
		ok, err := t.load("record", []byte(id), &s)
		if err != nil {
			return nil, err
		}
		if ok {
			h, err := s.Packed.Holding()
			if err != nil {
				return nil, fmt.Errorf("branch %s: %w", t.id, err)
			}
			out[id] = &h
		}
	}
	return out, nil
}

func (t boltBranch) putRecords(seq uint64, hs []*record.Holding) error {
	for _, h := range hs {
		if err := t.save("record", []byte(h.ID), storedRecord{Seq: seq, Packed: sync.PackHolding(*h)}); err != nil {
			return err
		}
	}
	return nil
}

func (t boltBranch) eachRecord(visit func(record.Holding) error) error {
	return t.each("record", nil, nil, func(_, v []byte) (bool, error) {
		var s storedRecord
		if err := record.Decode(v, &s); err != nil {
			return false, fmt.Errorf("branch %s: %w", t.id, err)
		}
		h, err := s.Packed.Holding()
		if err != nil {
			return false, fmt.Errorf("branch %s: %w", t.id, err)
		}
		return true, visit(h)
	})
}

func deviceKey(device string, n uint64) []byte {
	return append([]byte(device+"\x00"), numberKey(n)...)
}

func (t boltBranch) answers(device string, from, to uint64) (map[uint64]answer, error) {
	out := map[uint64]answer{}
	err := t.each("answer", deviceKey(device, from), []byte(device+"\x00"), func(_, v []byte) (bool, error) {
		var a answer
		if err := record.Decode(v, &a); err != nil {
			return false, fmt.Errorf("branch %s, answers: %w", t.id, err)
		}
		if a.N > to {
			return false, nil
		}
		out[a.N] = a
		return true, nil
	})
	return out, err
}

func (t boltBranch) putAnswers(as []answer) error {
	for _, a := range as {
		if a.Row != nil {
			if err := t.save("log", numberKey(a.Row.Seq), a.Row); err != nil {
				return err
			}
			b, err := t.part("op")
			if err != nil {
				return err
			}
			if err := b.Put(deviceKey(a.Row.OpID, a.Row.Seq), []byte{}); err != nil {
				return err
			}
		}
		if err := t.save("answer", deviceKey(a.Device, a.N), a); err != nil {
			return err
		}
	}
	return nil
}

func (t boltBranch) rows(after uint64, most int) ([]logged, error) {
	var out []logged
	err := t.each("log", numberKey(after+1), nil, func(_, v []byte) (bool, error) {
		var r logged
		if err := record.Decode(v, &r); err != nil {
			return false, fmt.Errorf("branch %s, log: %w", t.id, err)
		}
		out = append(out, r)
		return len(out) < most, nil
	})
	return out, err
}

func (t boltBranch) placed(opIDs []string) (map[string][]logged, error) {
	out := map[string][]logged{}
	for _, id := range opIDs {
		err := t.each("op", []byte(id+"\x00"), []byte(id+"\x00"), func(k, _ []byte) (bool, error) {
			var r logged
			if _, err := t.load("log", k[len(id)+1:], &r); err != nil {
				return false, err
			}
			out[id] = append(out[id], r)
			return true, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t boltBranch) held(device string) ([]heldOp, error) {
	var ops []heldOp
	_, err := t.load("held", []byte(device), &ops)
	return ops, err
}

func (t boltBranch) putHeld(device string, ops []heldOp) error {
	return t.save("held", []byte(device), ops)
}

func (t boltBranch) jobs() ([]job, error) {
	var out []job
	_, err := t.load(keyHead, []byte("jobs"), &out)
	return out, err
}

func (t boltBranch) putJobs(js []job) error { return t.save(keyHead, []byte("jobs"), js) }
