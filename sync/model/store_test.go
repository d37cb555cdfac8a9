package model

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	stdsync "sync"
	"testing"
	"testing/fstest"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestModelOfStores plays the same cases with the real store of a laptop, in its
// folder on a disk.
func TestModelOfStores(t *testing.T) {
	cases := "150"
	if os.Getenv("ZHIBU_SOAK") != "" {
		cases = "20000"
	}
	set(t, "rapid.checks", cases)
	collectSeldom()
	search(t, onDisk)
}

// stored is a real store as a replica.
type stored struct {
	*storage.Store
	w   *world
	opt storage.Options
}

func storeOptions(now func() time.Time) storage.Options {
	opt := storetest.Options(now)
	opt.Cost.Memory, opt.Guards, opt.Owned = 64, guards(), districtRules().Owned
	return opt
}

// newFolder is a data folder in which nothing was done yet.
var newFolder = stdsync.OnceValues(func() (fstest.MapFS, error) {
	dir, err := tempDir()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, _, err := storage.Create(dir, storetest.Passphrase, storeOptions(nil))
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return readFiles(os.DirFS(dir))
})

func onDisk(w *world, now func() time.Time) Replica {
	files, err := newFolder()
	w.must(err, "first folder")
	s := &stored{w: w, opt: storeOptions(now)}
	dir := w.folder()
	w.must(os.CopyFS(dir, files), "copy folder")
	s.open(dir)
	return s
}

// folder names a data folder of this case.
func (w *world) folder() string {
	w.folders++
	return filepath.Join(w.dir, fmt.Sprint("laptop", w.folders))
}

func (s *stored) open(dir string) {
	var err error
	s.Store, err = storage.Open(dir, storetest.Passphrase, s.opt)
	s.w.must(err, "open store")
	s.w.closers = append(s.w.closers, s.Close)
}

// Edit implements Replica; the store gives the op its id.
func (s *stored) Edit(_, kind, rec string, set map[string]string) (record.Change, error) {
	before := s.Position().N
	if _, err := s.Apply(record.Edit{Kind: kind, ID: rec, Set: maps.Clone(set)}); err != nil {
		return record.Change{}, err
	}
	if s.Position().N == before {
		return record.Change{}, nil
	}
	ops, err := s.Pending(before, 1)
	if err != nil {
		return record.Change{}, err
	}
	return ops[0], nil
}

// Base implements Replica.
func (s *stored) Base() map[string]record.Holding {
	all, err := s.Holdings("", 1<<20)
	s.w.must(err, "holdings")
	base := make(map[string]record.Holding, len(all))
	for _, h := range all {
		base[h.ID] = h
	}
	return base
}

// Unsent implements Replica: what was ever made and is not in the history.
func (s *stored) Unsent() []record.Change {
	all, err := s.Pending(0, 1<<20)
	s.w.must(err, "pending")
	refused := s.RefusedOps()
	done := map[string]map[string]bool{}
	return slices.DeleteFunc(all, func(c record.Change) bool {
		if done[c.Record] == nil {
			entries, err := s.History(c.Kind, c.Record)
			s.w.must(err, "history")
			done[c.Record] = map[string]bool{}
			for _, e := range entries {
				done[c.Record][e.Op] = e.State != record.Pending
			}
		}
		return done[c.Record][c.ID] || refused[c.ID].Change.ID != ""
	})
}

// RefusedOps implements Replica.
func (s *stored) RefusedOps() map[string]RefusedOp {
	out := map[string]RefusedOp{}
	for _, f := range s.Refused() {
		out[f.Change.ID] = RefusedOp{Change: f.Change, Result: record.Result{N: f.Change.N, Verdict: record.Rejected, Code: f.Code, Say: f.Say, Field: f.Field}}
	}
	return out
}

// Copy implements Replica: a folder copied while the program has it open.
func (s *stored) Copy(now func() time.Time) Replica {
	c := &stored{w: s.w, opt: storeOptions(now)}
	dir := s.w.folder()
	s.w.must(os.CopyFS(dir, os.DirFS(s.Dir())), "copy folder")
	c.open(dir)
	return c
}

// Restore implements Replica.
func (s *stored) Restore(backup Replica) {
	s.w.must(s.Close(), "close")
	dir := s.w.folder()
	s.w.must(os.CopyFS(dir, os.DirFS(backup.(*stored).Dir())), "put folder back")
	s.open(dir)
}
