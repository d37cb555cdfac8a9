package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	stdsync "sync"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// snapshots keeps the newest snapshot of the branches that asked last. They are
// made when asked for and can be thrown away at any time: the ledger is what counts.
type snapshots struct {
	dir string
	mu  stdsync.Mutex
	got map[string]snapshotFile // branch → newest
}

// maxSnapshots bounds the open files.
const maxSnapshots = 256

type snapshotFile struct {
	name  string
	asked time.Time
	epoch string
	seq   uint64
	floor uint64 // where the branch's was: what was erased since is not in a newer one
	size  int    // records in it
	// file has lost its name before anything was written into it: personal data in
	// plain, it goes with the process, also with one that is killed.
	file   *os.File
	length int64
}

func (s *snapshots) close() (err error) {
	for _, snap := range s.got {
		err = errors.Join(err, snap.file.Close())
	}
	return err
}

// snapshot returns the name of a snapshot of the branch: a new one when anything
// has changed since the last, or, where it may be late, more than a fifth.
func (s *Server) snapshot(ctx context.Context, branch string, late bool) (string, error) {
	epoch, err := s.epoch(ctx)
	if err != nil {
		return "", err
	}
	s.snaps.mu.Lock()
	defer s.snaps.mu.Unlock()
	snap := sync.Snapshot{Branch: branch, Epoch: epoch}
	old, have := s.snaps.got[branch]
	fresh, floor := false, uint64(0)
	err = s.ledger.view(ctx, branch, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		slack := uint64(0)
		if late {
			slack = uint64(old.size / 5)
		}
		fresh = have && old.epoch == epoch && old.floor == head.Floor && old.seq <= head.Seq && head.Seq-old.seq <= slack
		if fresh {
			return nil
		}
		snap.Seq, snap.Holdings, floor = head.Seq, nil, head.Floor
		return tx.eachRecord(func(h record.Holding) error {
			snap.Holdings = append(snap.Holdings, h)
			return nil
		})
	})
	if err == nil && fresh {
		old.asked = s.opt.Now()
		s.snaps.got[branch] = old
	}
	if err != nil || fresh {
		return old.name, err
	}
	made := snapshotFile{asked: s.opt.Now(), epoch: epoch, seq: snap.Seq, floor: floor, size: len(snap.Holdings)}
	if err := s.snaps.write(&made, snap); err != nil {
		return "", err
	}
	s.snaps.keep(branch, made)
	return made.name, nil
}

// keep puts a snapshot in the place of the branch's old one, or of the one that was
// asked for least recently. What goes is closed when nobody reads it any more.
func (s *snapshots) keep(branch string, made snapshotFile) {
	delete(s.got, branch)
	if len(s.got) >= maxSnapshots {
		delete(s.got, slices.MinFunc(slices.Collect(maps.Keys(s.got)), func(a, b string) int { return s.got[a].asked.Compare(s.got[b].asked) }))
	}
	s.got[branch] = made
}

func (s *snapshots) write(made *snapshotFile, snap sync.Snapshot) error {
	f, err := os.CreateTemp(s.dir, "snapshot-")
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if err = os.Remove(f.Name()); err == nil {
		made.name, err = sync.WriteSnapshot(f, snap)
	}
	if err == nil {
		made.length, err = f.Seek(0, io.SeekCurrent)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	made.file = f
	return nil
}

var errNoSnapshot = record.Refuse("SNAPSHOT_GONE", "这份整本数据已经换新。请再同步一次；本机内容没有变。")

// Snapshot implements sync.District.
func (t seat) Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error) {
	f, err := t.openSnapshot(ctx, name)
	if err != nil {
		return nil, err
	}
	_, err = f.Seek(from, io.SeekStart)
	return io.NopCloser(f), err
}

// openSnapshot looks under the device's own branch, so that a name of another
// branch finds nothing.
func (t seat) openSnapshot(ctx context.Context, name string) (io.ReadSeeker, error) {
	if err := t.server.admitted(ctx, t.device); err != nil {
		return nil, err
	}
	s := t.server.snaps
	s.mu.Lock()
	defer s.mu.Unlock()
	snap, ok := s.got[branchOf(t.device)]
	if !ok || snap.name != name {
		return nil, errNoSnapshot
	}
	snap.asked = t.server.opt.Now() // also while it is read piece by piece
	s.got[branchOf(t.device)] = snap
	return io.NewSectionReader(snap.file, 0, snap.length), nil
}
