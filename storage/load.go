package storage

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// load is loadFrom for a file of which nothing else is read.
func load(db *database, keys *vault.Keys) (h shelf, st state, err error) {
	err = protect(func() error {
		return db.View(func(b *bolt.Tx) error {
			h, st, err = loadFrom(b, keys)
			return err
		})
	})
	return h, st, err
}

// loadFrom decrypts everything but history and attachments into a new shelf. A
// value that is missing, doubled, moved, old or changed is an error: the sums of
// state cover each bucket.
func loadFrom(b *bolt.Tx, keys *vault.Keys) (shelf, state, error) {
	h := newShelf()
	st, err := getState(b, keys)
	if err != nil {
		return h, st, err
	}
	return h, st, errors.Join(
		loadBases(b, keys, st, &h),
		each(b, keys, st, bOut, h.loadOut),
		each(b, keys, st, bRefused, h.loadRefused),
		each(b, keys, st, bDraft, h.loadDraft),
		each(b, keys, st, bLocal, h.loadLocal))
}

// sealed is one stored value before it is opened. It lies in the mapped file.
type sealed struct{ key, value []byte }

// values lists a bucket, or those of its values whose key has the given size, and
// holds all of it against its sum.
func values(b *bolt.Tx, st state, name string, keySize int) ([]sealed, error) {
	bucket := b.Bucket([]byte(name))
	if bucket == nil {
		return nil, fmt.Errorf("no bucket %s", name)
	}
	var out []sealed
	var total sum
	tags := make([]byte, vault.TagSize)
	err := bucket.ForEach(func(k, v []byte) error {
		if len(v) < vault.TagSize {
			return fmt.Errorf("bucket %s: short value", name)
		}
		total.Count++
		for i, x := range tagOf(v) {
			tags[i] ^= x
		}
		if keySize == 0 || keySize == len(k) {
			out = append(out, sealed{k, v})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	want := st.Sums[name].flip(nil, 0)
	if total.Count != want.Count || !slices.Equal(tags, want.Tags) {
		return nil, fmt.Errorf("bucket %s holds %d values, not the %d that were written", name, total.Count, want.Count)
	}
	return out, nil
}

// each opens every value of a small bucket in key order.
func each(b *bolt.Tx, keys *vault.Keys, st state, name string, take func(plain []byte) error) error {
	list, err := values(b, st, name, 0)
	if err != nil {
		return err
	}
	for _, v := range list {
		plain, err := keys.Open(purposeOf(name), name, v.key, v.value)
		if err != nil {
			return err
		}
		if err := take(plain); err != nil {
			return fmt.Errorf("bucket %s: %w", name, err)
		}
	}
	return nil
}

// loadBases opens the records on every core.
func loadBases(b *bolt.Tx, keys *vault.Keys, st state, h *shelf) error {
	list, err := values(b, st, bRec, vault.IDSize) // history stays closed
	if err != nil {
		return err
	}
	bases := make([]*base, len(list))
	workers := min(runtime.GOMAXPROCS(0), len(list))
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			errs[w] = protect(func() error { return openBases(list, bases, keys, w, workers) })
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, one := range bases {
		h.at(ref{one.kind, one.id}).base = one
	}
	return nil
}

func openBases(list []sealed, bases []*base, keys *vault.Keys, from, step int) error {
	t := texts{}
	for i := from; i < len(list); i += step {
		plain, err := keys.Open(vault.ForRecords, bRec, list[i].key, list[i].value)
		if err != nil {
			return err
		}
		if bases[i], err = decodeBase(plain, t); err != nil {
			return err
		}
	}
	return nil
}

func (h *shelf) loadOut(plain []byte) error {
	p, err := decodeOut(plain)
	if err != nil {
		return err
	}
	h.outs[p.change.N] = p
	return nil
}

func decodeOut(plain []byte) (*pending, error) {
	var row outRow
	if err := record.Decode(plain, &row); err != nil {
		return nil, fmt.Errorf("decode pending op: %w", err)
	}
	p := &pending{raw: row.Change, seq: row.Seq, stamp: row.Stamp}
	if err := record.Decode(row.Change, &p.change); err != nil {
		return nil, fmt.Errorf("decode pending op: %w", err)
	}
	return p, nil
}

func (h *shelf) loadRefused(plain []byte) error {
	var f Refusal
	if err := record.Decode(plain, &f); err != nil {
		return fmt.Errorf("decode refusal: %w", err)
	}
	h.refused[f.Change.ID] = f
	h.at(ref{f.Change.Kind, f.Change.Record}).refused++
	return nil
}

func (h *shelf) loadDraft(plain []byte) error {
	var d record.Draft
	if err := record.Decode(plain, &d); err != nil {
		return fmt.Errorf("decode draft: %w", err)
	}
	h.drafts[d.Key] = d
	return nil
}

func (h *shelf) loadLocal(plain []byte) error {
	var row localRow
	if err := record.Decode(plain, &row); err != nil {
		return fmt.Errorf("decode setting: %w", err)
	}
	if row.Key != settingEnrolment {
		h.local[row.Key] = string(row.Value)
		return nil
	}
	var e record.Enrolment
	if err := record.Decode(row.Value, &e); err != nil {
		return fmt.Errorf("decode enrolment: %w", err)
	}
	h.enrol = &e
	return nil
}

// settle brings pending ops to their records and makes every view.
func (h *shelf) settle(guards record.Guards) {
	for _, p := range h.sorted() {
		c := h.at(ref{p.change.Kind, p.change.Record})
		c.ops = append(c.ops, p)
	}
	for _, kind := range slices.Collect(maps.Keys(h.cells)) {
		for _, id := range slices.Collect(maps.Keys(h.cells[kind])) {
			h.refresh(ref{kind, id}, guards, map[ref]bool{})
		}
	}
}
