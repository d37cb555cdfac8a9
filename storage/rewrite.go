package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/vault"
)

// rewriting writes the whole database into a file of its own while saves go on:
// the buckets are copied slice by slice, and what saves change meanwhile is noted
// and copied after. Older history goes into segments on the way, so that nothing
// has to be moved about inside the old file.
type rewriting struct {
	s        *Store
	path     string
	from, to *vault.Keys
	header   vault.Header
	edit     func(*state)    // changes the new file's state; nil: nothing
	leave    map[string]bool // settings that stay behind
	progress Progress

	source, target *database
	st             state // of the new file
	loose          looseRows
	erase          map[ref]*base // as they were at the beginning
	done, total    int
	changed        map[spot][]byte // by saves; with the new key of what they deleted. Guarded by s.write

	mu    sync.Mutex
	files map[string][]byte // old key of an attachment → new key
}

// rewritten writes everything to r.path and verifies it. Then, with the writer's
// lock held and the last change in the file, it calls use. Whatever fails, or a
// ctx that ends, leaves the store as it was. Locking or closing the store ends it
// too.
func (s *Store) rewritten(ctx context.Context, r *rewriting, use func() error) error {
	s.rewrites.Lock()
	defer s.rewrites.Unlock()
	err := r.begin(s)
	if err == nil {
		err = r.run(ctx, use)
	}
	if r.from != nil {
		r.from.Drop()
	}
	if err != nil {
		return errors.Join(place(err), r.close(), remove(r.path))
	}
	return nil
}

// begin makes the new file and has saves note what they change.
func (r *rewriting) begin(s *Store) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.writable(); err != nil {
		return err
	}
	if err := roomIn(filepath.Dir(r.path), reserve+2*fileSize(s.path())); err != nil {
		return err
	}
	keys, err := s.keys.Clone()
	if err != nil {
		return err
	}
	r.s, r.from, r.source, r.files = s, keys, s.db, map[string][]byte{}
	if r.to == nil {
		r.to, r.header = keys, s.header
	}
	r.loose = looseIn(s.st)
	s.mu.RLock()
	r.erase = s.erasable()
	s.mu.RUnlock()
	r.st = state{Sums: map[string]sum{}}
	for _, of := range s.st.Sums {
		r.total += int(of.Count)
	}
	if err := makeFile(r.path, r.to, r.header, r.st); err != nil {
		return err
	}
	r.changed = map[spot][]byte{}
	s.rewriting = r
	return r.open()
}

func (r *rewriting) run(ctx context.Context, use func() error) error {
	defer func() {
		r.s.write.Lock()
		defer r.s.write.Unlock()
		r.s.rewriting = nil
	}()
	for _, name := range sealedBuckets() {
		if err := r.copyBucket(ctx, name); err != nil {
			return err
		}
	}
	if err := r.packHistory(ctx); err != nil {
		return err
	}
	if err := r.catchUp(); err != nil {
		return err
	}
	if err := r.verify(ctx); err != nil {
		return err
	}
	if err := r.catchUp(); err != nil { // leaves little for finish
		return err
	}
	return r.finish(use)
}

// finish brings the last changes in and calls use, while nothing is saved.
func (r *rewriting) finish(use func() error) error {
	r.s.reading.Lock()
	defer r.s.reading.Unlock()
	r.s.write.Lock()
	defer r.s.write.Unlock()
	if err := r.s.writable(); err != nil {
		return err
	}
	values, err := r.changes()
	if err == nil {
		err = r.put(values)
	}
	if err == nil {
		err = r.target.Sync()
	}
	if err := errors.Join(err, r.close()); err != nil {
		return err
	}
	return use()
}

func (r *rewriting) open() error {
	db, err := openBolt(r.path, false)
	if err != nil {
		return err
	}
	db.NoSync = true // synced once, in finish, before anybody relies on it
	r.target = db
	return nil
}

func (r *rewriting) close() error {
	if r.target == nil {
		return nil
	}
	db := r.target
	r.target = nil
	return db.Close()
}

// verify reads the new file whole, in the child process where there is one.
func (r *rewriting) verify(ctx context.Context) error {
	// Synced already, so that little is left to sync while saves wait.
	if err := errors.Join(ctx.Err(), r.target.Sync(), r.close()); err != nil {
		return err
	}
	if err := verifyFile(r.s.opt.Child, r.path, r.to); err != nil {
		return err
	}
	return errors.Join(ctx.Err(), r.open())
}

// view reads the old file, unless the store was locked or closed meanwhile.
func (r *rewriting) view(read func(b *bolt.Tx) error) error {
	r.s.mu.RLock()
	err := r.s.usable()
	r.s.mu.RUnlock()
	if err != nil {
		return err
	}
	err = protect(func() error { return r.source.View(read) })
	if isFault(err) {
		return r.s.fail(err)
	}
	return err
}

// put writes values and the state into the new file in one transaction.
func (r *rewriting) put(values []newValue) error {
	err := r.target.Update(func(b *bolt.Tx) error {
		for _, v := range values {
			b.Bucket([]byte(v.bucket)).FillPercent = 1 // keys mostly rise
			if err := writeSpot(b, r.to.SealTight, &r.st, spot{v.bucket, string(v.key)}, v.plain); err != nil {
				return err
			}
		}
		return errors.Join(putHead(b, r.header), putState(b, r.to, r.st))
	})
	if err != nil {
		return fmt.Errorf("write new file: %w", err)
	}
	return nil
}

// did tells the progress.
func (r *rewriting) did(n int) {
	r.done += n
	r.progress.at(min(r.done, r.total), r.total)
}

// note remembers that a save changes p, inside its transaction b; no plain: it
// goes. Of what goes it keeps the new key: later there is nothing left to make it
// from. New attachments are known before their parts are met.
func (r *rewriting) note(b *bolt.Tx, p spot, plain []byte) (err error) {
	key, old := []byte(p.key), b.Bucket([]byte(p.bucket)).Get([]byte(p.key))
	switch {
	case plain == nil && old != nil:
		var v newValue
		v, err = r.renew(p.bucket, key, old)
		r.changed[p] = v.key
		return err
	case p.bucket == bFile && plain != nil:
		_, err = r.fileKey(key, plain)
	}
	if _, noted := r.changed[p]; !noted {
		r.changed[p] = nil
	}
	return err
}

// catchUp brings into the new file what saves changed so far.
func (r *rewriting) catchUp() error {
	r.s.write.Lock()
	values, err := r.changes()
	r.s.write.Unlock()
	if err != nil {
		return err
	}
	return r.put(values)
}

// changes reads what saves changed since it was called last, and the state of
// this moment. The writer's lock is held.
func (r *rewriting) changes() (values []newValue, err error) {
	st := r.s.st.clone()
	st.Sums, st.Packed = r.st.Sums, r.loose.end()
	if r.edit != nil {
		r.edit(&st)
	}
	if r.st = st; r.to == r.from {
		r.header = r.s.header // the passphrase may have changed
	}
	err = r.view(func(b *bolt.Tx) error {
		for _, p := range inOrder(r.changed) {
			v := newValue{bucket: p.bucket, key: r.changed[p]}
			if sealed := b.Bucket([]byte(p.bucket)).Get([]byte(p.key)); sealed != nil {
				if v, err = r.renew(p.bucket, []byte(p.key), sealed); err != nil {
					return err
				}
			}
			if v.key != nil {
				values = append(values, v)
			}
		}
		return nil
	})
	r.changed = map[spot][]byte{}
	return values, err
}

// inOrder lists spots bucket by bucket, attachments before their parts.
func inOrder(spots map[spot][]byte) []spot {
	order := sealedBuckets()
	return slices.SortedFunc(maps.Keys(spots), func(x, y spot) int {
		if c := slices.Index(order, x.bucket) - slices.Index(order, y.bucket); c != 0 {
			return c
		}
		return strings.Compare(x.key, y.key)
	})
}
