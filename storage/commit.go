package storage

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// commit is the one door to the disk: journal first, then one transaction, then
// memory. The writer's lock is held. On an error nothing of t is visible.
func (s *Store) commit(t *stage) (touched map[ref]bool, err error) {
	if err := s.room(); err != nil {
		return nil, err
	}
	t.st.Changes++
	if err := t.finish(s.keys); err != nil {
		return nil, err
	}
	if err := s.update(t); err != nil {
		return nil, err
	}
	s.st = t.st
	return s.publish(t), nil
}

func frame(t *stage) journal.Frame {
	f := journal.Frame{Device: t.st.Device, First: t.first, Last: t.st.N}
	for _, raw := range t.ops {
		f.Ops = append(f.Ops, raw)
	}
	return f
}

// update syncs the new ops to the journal, then commits the puts. A commit error
// means "unknown" (the transaction may be durable although its answer was an
// error), so it is looked up; what is not there is declared void in the journal.
func (s *Store) update(t *stage) error {
	if len(t.ops) > 0 {
		if err := s.log.Append(frame(t)); err != nil {
			if record.CodeOf(err) == "JOURNAL_BROKEN" {
				return s.fail(err)
			}
			return notSaved(err)
		}
	}
	err := protect(func() error { return s.db.Update(t.write) })
	switch {
	case err == nil:
		return nil
	case isFault(err):
		return s.fail(err) // bbolt cannot be asked any more; the journal has the ops
	}
	there, lookErr := s.committed(t.st.Changes)
	switch {
	case lookErr != nil:
		return s.fail(errors.Join(err, lookErr))
	case there && len(t.ops) > 0:
		s.failed.Store(&failure{err}) // the journal has it for sure; what comes next needs a fresh start
		return nil
	case there:
		return s.fail(err) // visible, but nobody knows whether it is on the disk
	}
	return s.void(t, err)
}

// void takes a transaction that failed with cause out of the journal.
func (s *Store) void(t *stage, cause error) error {
	if len(t.ops) > 0 {
		f := journal.Frame{Device: t.st.Device, First: t.first, Last: t.st.N, Void: true}
		if err := s.log.Append(f); err != nil {
			return s.fail(errors.Join(cause, err))
		}
	}
	return notSaved(cause)
}

// write seals and stores the puts inside a transaction, then the state with the
// new sums.
func (t *stage) write(b *bolt.Tx) error {
	if err := t.s.db.prepare(b.Size()); err != nil {
		return err
	}
	for _, p := range t.order {
		if r := t.s.rewriting; r != nil {
			if err := r.note(b, p, t.puts[p]); err != nil {
				return err
			}
		}
		if err := writeSpot(b, t.s.keys.Seal, &t.st, p, t.puts[p]); err != nil {
			return err
		}
	}
	return putState(b, t.s.keys, t.st)
}

// sealer is vault.Keys.Seal or SealTight.
type sealer func(purpose, bucket string, key, plain []byte) ([]byte, error)

// writeSpot seals one value into its bucket, or deletes it when plain is nil, and
// keeps the bucket's sum.
func writeSpot(b *bolt.Tx, seal sealer, st *state, p spot, plain []byte) error {
	bucket, key := b.Bucket([]byte(p.bucket)), []byte(p.key)
	if bucket == nil {
		return fmt.Errorf("no bucket %s", p.bucket)
	}
	total := st.Sums[p.bucket]
	if old := bucket.Get(key); old != nil {
		total = total.flip(tagOf(old), -1)
	}
	if plain == nil {
		st.Sums[p.bucket] = total
		return bucket.Delete(key)
	}
	sealed, err := seal(purposeOf(p.bucket), p.bucket, key, plain)
	if err != nil {
		return err
	}
	st.Sums[p.bucket] = total.flip(tagOf(sealed), 1)
	return bucket.Put(key, sealed)
}

func putState(b *bolt.Tx, keys *vault.Keys, st state) error {
	data, err := record.Encode(st)
	if err != nil {
		return fmt.Errorf("encode state: %w", err)
	}
	sealed, err := keys.Seal(vault.ForRecords, bState, keyState, data)
	if err != nil {
		return err
	}
	return b.Bucket([]byte(bState)).Put(keyState, sealed)
}

func getState(b *bolt.Tx, keys *vault.Keys) (state, error) {
	bucket := b.Bucket([]byte(bState))
	if bucket == nil {
		return state{}, fmt.Errorf("no bucket %s", bState)
	}
	data, err := keys.Open(vault.ForRecords, bState, keyState, bucket.Get(keyState))
	if err != nil {
		return state{}, err
	}
	return decodeState(data)
}

// committed reports whether the transaction numbered changes is in the database.
func (s *Store) committed(changes uint64) (bool, error) {
	var st state
	err := s.view(func(b *bolt.Tx) error {
		var err error
		st, err = getState(b, s.keys)
		return err
	})
	return err == nil && st.Changes >= changes, err
}

func tagOf(sealed []byte) []byte {
	return sealed[max(0, len(sealed)-vault.TagSize):]
}

func purposeOf(bucket string) string {
	switch bucket {
	case bBlob:
		return vault.ForBlobs
	case bAudit:
		return vault.ForAudit
	}
	return vault.ForRecords
}

// publish brings a committed stage into memory and returns the records changed.
func (s *Store) publish(t *stage) map[ref]bool {
	touched := t.touched()
	s.mu.Lock()
	defer s.mu.Unlock()
	h := &s.shelf
	for r := range touched {
		h.at(r).ops = t.opsOf(r)
	}
	for r, b := range t.bases {
		h.at(r).base = b
	}
	for n, p := range t.outs {
		if p == nil {
			delete(h.outs, n)
		} else {
			h.outs[n] = p
		}
	}
	s.publishRefused(t)
	for key, d := range t.drafts {
		if d == nil {
			delete(h.drafts, key)
		} else {
			h.drafts[key] = *d
		}
	}
	for key, v := range t.local {
		if v == nil {
			delete(h.local, key)
		} else {
			h.local[key] = *v
		}
	}
	if t.enrol != nil {
		h.enrol = t.enrol
	}
	s.seen = t.st
	for _, r := range slices.Collect(maps.Keys(touched)) {
		h.refresh(r, s.opt.Guards, touched)
	}
	return touched
}

// notify calls the hooks; no lock is held.
func (s *Store) notify(touched map[ref]bool) {
	if len(touched) == 0 {
		return
	}
	byKind := map[string][]string{}
	for r := range touched {
		byKind[r.kind] = append(byKind[r.kind], r.id)
	}
	s.mu.RLock()
	hooks := make([]func(string, []string), 0, len(s.hooks))
	for _, no := range slices.Sorted(maps.Keys(s.hooks)) {
		hooks = append(hooks, s.hooks[no])
	}
	s.mu.RUnlock()
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		slices.Sort(byKind[kind])
		for _, hook := range hooks {
			hook(kind, byKind[kind])
		}
	}
}
