package model

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	stdsync "sync"
	"testing/fstest"
	"time"

	"zhibu/storage/record"
	"zhibu/sync/server"
)

// morning is a district before anything happened: two branches of two laptops
// each. Every case begins with a copy of its files.
type morning struct {
	now      time.Time
	ops      int
	branches []server.Branch
	seats    [][]record.Enrolment // by branch
	files    fstest.MapFS
}

// firstMorning founds the district once in a process.
var firstMorning = stdsync.OnceValues(func() (m morning, err error) {
	m.now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	dir, err := tempDir()
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w := &world{dir: dir, random: rand.NewChaCha8([32]byte{}), now: m.now}
	if err := w.open(filepath.Join(dir, "district")); err != nil {
		return m, err
	}
	err = m.found(w)
	m.ops = w.ops
	if err := errors.Join(err, w.server.Close()); err != nil {
		return m, err
	}
	m.files, err = readFiles(os.DirFS(dir))
	return m, err
})

func (m *morning) found(w *world) error {
	for _, name := range []string{"甲", "乙"} {
		b, err := w.server.AddBranch(context.Background(), server.Branch{Name: name})
		if err != nil {
			return err
		}
		var seats []record.Enrolment
		for range 2 {
			e, err := w.join(b.ID)
			if err != nil {
				return err
			}
			seats = append(seats, e)
		}
		m.branches, m.seats = append(m.branches, b), append(m.seats, seats)
	}
	return nil
}

func readFiles(from fs.FS) (fstest.MapFS, error) {
	files := fstest.MapFS{}
	return files, fs.WalkDir(from, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, path)
		files[path] = &fstest.MapFile{Data: data, Mode: 0o600}
		return err
	})
}
