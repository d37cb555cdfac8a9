//go:build linux

// Package powerfs is a file system in memory, mounted by FUSE, that behaves like
// a disk with a write cache: what was not synced is lost at random, sector by
// sector, when the power is cut. It also fails on request. Tests only.
package powerfs

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
)

const sector = 512

// Disk is what is mounted. Its zero value is not usable: see New.
type Disk struct {
	mu     sync.Mutex
	random *rand.Rand
	root   *folder
	lies   bool // answers syncs without doing them: the control of the power-cut test
	off    bool // power is cut: everything fails
	writes int  // writes and syncs so far
	failAt int  // > 0: from this write on everything that writes fails with EIO
	limit  int64
	used   int64
}

// New makes an empty disk. One that lies loses synced data too.
func New(seed uint64, lies bool) *Disk {
	d := &Disk{random: rand.New(rand.NewPCG(seed, seed)), lies: lies, limit: 1 << 40}
	d.root = newFolder()
	return d
}

// file is content as the program sees it and as the platters hold it.
type file struct {
	now, safe []byte
	dirty     map[int64]bool // sectors that differ or may
}

// folder is names as the program sees them, and the states since the last sync.
type folder struct {
	now   map[string]any // *file or *folder
	safe  map[string]any
	since []map[string]any // unsynced states, oldest first; the last is now
}

func newFolder() *folder { return &folder{now: map[string]any{}, safe: map[string]any{}} }

func (f *folder) changed() { f.since = append(f.since, maps.Clone(f.now)) }

func (f *folder) sync() { f.safe, f.since = maps.Clone(f.now), nil }

func (f *file) write(data []byte, off int64) {
	f.resize(max(int64(len(f.now)), off+int64(len(data))))
	copy(f.now[off:], data)
	for s := off / sector; s*sector < off+int64(len(data)); s++ {
		f.dirty[s] = true
	}
}

func (f *file) resize(size int64) {
	if size < int64(len(f.now)) {
		clear(f.now[size:])
		f.now = f.now[:size]
		return
	}
	f.now = slices.Grow(f.now, int(size)-len(f.now))[:size]
}

func (f *file) sync() {
	f.safe = resized(f.safe, len(f.now))
	for s := range f.dirty {
		f.keep(f.safe, s)
	}
	f.dirty = map[int64]bool{}
}

// keep copies one sector from what the program sees.
func (f *file) keep(to []byte, s int64) {
	from, end := s*sector, min((s+1)*sector, int64(len(f.now)), int64(len(to)))
	if from < end {
		copy(to[from:end], f.now[from:end])
	}
}

func resized(b []byte, size int) []byte {
	if size <= len(b) {
		return b[:size:size]
	}
	return append(b, make([]byte, size-len(b))...)
}

// FailAfter makes every write and sync fail with EIO once n more have worked;
// n < 0 ends that.
func (d *Disk) FailAfter(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failAt = 0
	if n >= 0 {
		d.failAt = d.writes + n + 1
	}
}

// Limit bounds the bytes of all files: writing more fails with ENOSPC.
func (d *Disk) Limit(bytes int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limit = bytes
}

// Used returns the bytes of all files.
func (d *Disk) Used() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.used
}

// may reports why a write of grow more bytes fails now. d.mu is held.
func (d *Disk) may(grow int64) syscall.Errno {
	d.writes++
	switch {
	case d.off, d.failAt > 0 && d.writes >= d.failAt:
		return syscall.EIO
	case grow > 0 && d.used+grow > d.limit:
		return syscall.ENOSPC
	}
	d.used += max(grow, 0)
	return 0
}

// Cut cuts the power and writes what the platters hold to dir, which is emptied
// first. Nothing works afterwards.
func (d *Disk) Cut(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.off = true
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700)); err != nil {
		return fmt.Errorf("empty folder: %w", err)
	}
	return d.dump(d.root, dir)
}

func (d *Disk) dump(f *folder, dir string) error {
	names := f.safe
	if len(f.since) > 0 { // some of the unsynced renames made it, in order
		if i := d.random.IntN(len(f.since) + 1); i > 0 {
			names = f.since[i-1]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		path := filepath.Join(dir, name)
		switch n := names[name].(type) {
		case *folder:
			if err := os.MkdirAll(path, 0o700); err != nil {
				return fmt.Errorf("dump folder: %w", err)
			}
			if err := d.dump(n, path); err != nil {
				return err
			}
		case *file:
			if err := os.WriteFile(path, d.survives(n), 0o600); err != nil {
				return fmt.Errorf("dump file: %w", err)
			}
		}
	}
	return nil
}

// survives returns a file after the cut: synced sectors, and of the others some.
func (d *Disk) survives(f *file) []byte {
	size := len(f.safe)
	if d.random.IntN(2) == 0 {
		size = len(f.now)
	}
	out := resized(slices.Clone(f.safe), size)
	for _, s := range slices.Sorted(maps.Keys(f.dirty)) {
		if d.random.IntN(2) == 0 {
			f.keep(out, s)
		}
	}
	return out
}

// Load fills an empty disk with the files of dir, synced.
func (d *Disk) Load(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.load(d.root, dir)
}

func (d *Disk) load(f *folder, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("load folder: %w", err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			sub := newFolder()
			f.now[e.Name()] = sub
			if err := d.load(sub, path); err != nil {
				return err
			}
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("load file: %w", err)
		}
		f.now[e.Name()] = &file{now: data, safe: slices.Clone(data), dirty: map[int64]bool{}}
		d.used += int64(len(data))
	}
	f.sync()
	return nil
}
