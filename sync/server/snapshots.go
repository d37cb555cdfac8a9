package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	stdsync "sync"

	"zhibu/storage/record"
	"zhibu/sync"
)

// snapshots keeps the newest snapshot file of each branch. Files are made when
// asked for and can be thrown away at any time: the ledger is what counts.
type snapshots struct {
	dir string
	mu  stdsync.Mutex
	got map[string]snapshotFile // branch → newest
}

type snapshotFile struct {
	name  string
	epoch string
	seq   uint64
	floor uint64 // where the branch's was: what was erased since is not in a newer one
	size  int    // records in it
}

// emptied returns a folder of the store with nothing in it: the store is held by
// one server at a time, so what lies there is of one that was killed.
func emptied(dir string) (string, error) {
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		return "", record.Wrap(err, "STORE_UNUSABLE", "存储文件夹不能写。请检查剩余空间和权限；没有改动任何内容。")
	}
	return dir, nil
}

func newSnapshots(temp string) (*snapshots, error) {
	dir, err := os.MkdirTemp(temp, "zhibu-snapshots-")
	if err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "临时目录不能写。请检查剩余空间；没有改动任何内容。")
	}
	return &snapshots{dir: dir, got: map[string]snapshotFile{}}, nil
}

func (s *snapshots) close() error { return os.RemoveAll(s.dir) }

func (s *snapshots) path(branch, name string) string {
	return filepath.Join(s.dir, branch+"."+name+".snap")
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
	if err != nil || fresh {
		return old.name, err
	}
	name, err := s.writeSnapshot(snap)
	if err != nil {
		return "", err
	}
	s.snaps.got[branch] = snapshotFile{name: name, epoch: epoch, seq: snap.Seq, floor: floor, size: len(snap.Holdings)}
	if have && old.name != name {
		if err := os.Remove(s.snaps.path(branch, old.name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("old snapshot: %w", err)
		}
	}
	return name, nil
}

func (s *Server) writeSnapshot(snap sync.Snapshot) (name string, err error) {
	f, err := os.CreateTemp(s.snaps.dir, "new-")
	if err != nil {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	name, err = sync.WriteSnapshot(f, snap)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	return name, os.Rename(f.Name(), s.snaps.path(snap.Branch, name))
}

var errNoSnapshot = record.Refuse("SNAPSHOT_GONE", "这份整本数据已经换新，请再同步一次；本机内容没有变。")

// Snapshot implements sync.District. The file is looked up under the device's
// own branch, so that a name of another branch finds nothing.
func (t seat) Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error) {
	f, err := t.openSnapshot(ctx, name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (t seat) openSnapshot(ctx context.Context, name string) (*os.File, error) {
	if err := t.server.admitted(ctx, t.device); err != nil {
		return nil, err
	}
	branch := branchOf(t.device)
	s := t.server.snaps
	s.mu.Lock()
	known := s.got[branch].name == name
	s.mu.Unlock()
	if !known {
		return nil, errNoSnapshot
	}
	f, err := os.Open(s.path(branch, name))
	if err != nil {
		return nil, record.Wrap(err, errNoSnapshot.Code, errNoSnapshot.Say)
	}
	return f, nil
}
