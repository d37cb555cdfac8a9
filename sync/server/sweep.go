package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Swept is what one sweep did.
type Swept struct {
	Refs    int `json:"refs"`    // attachments let go: no record of their branch names them any more
	Blobs   int `json:"blobs"`   // attachments removed: no branch has them
	Uploads int `json:"uploads"` // uploads removed that were never finished
	Records int `json:"records"` // records erased that were deleted two years ago
}

// The registry's settings of a sweep: when the one under way began, and before
// each hash that it is about to remove.
const (
	settingSweep = "sweep"
	settingGoing = "going "
)

// sweepEvery is how often a serving district sweeps; a sweep that did not end
// after half of it died.
const sweepEvery = 24 * time.Hour

// Tend sweeps once a day until ctx ends. What fails is tried again the next day.
func (s *Server) Tend(ctx context.Context) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if _, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.opt.Log.Error("sweep left for tomorrow", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

var errSweeping = record.Refuse("SWEEPING", "另一次清理还没有做完。请稍后再试；没有改动任何内容。")

// Sweep does the work that waits for nobody: hand-overs that a death of the
// server cut, records deleted long ago, attachments nobody has any more.
func (s *Server) Sweep(ctx context.Context) (out Swept, err error) {
	now := s.opt.Now()
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		began, err := tx.get(tableSetting, settingSweep)
		if err != nil {
			return err
		}
		if began := time.UnixMilli(int64(number(began))); now.Sub(began) < sweepEvery/2 && !now.Before(began) {
			return errSweeping
		}
		return tx.put(tableSetting, settingSweep, numberKey(uint64(now.UnixMilli())))
	})
	if err != nil {
		return out, err
	}
	err = s.sweep(ctx, now, &out)
	s.figures.swept(out)
	end := s.ledger.registry(context.WithoutCancel(ctx), func(tx registryTx) error { return tx.drop(tableSetting, settingSweep) })
	return out, errors.Join(err, end)
}

func (s *Server) sweep(ctx context.Context, now time.Time, out *Swept) error {
	branches, err := s.Branches(ctx)
	if err != nil {
		return err
	}
	for _, b := range branches {
		if b.Jobs > 0 {
			s.work(ctx, b.ID)
		}
		n, err := s.purge(ctx, b.ID, now)
		if err != nil {
			return fmt.Errorf("branch %s: %w", b.ID, err)
		}
		out.Records += n
	}
	if s.blobs == nil {
		return nil
	}
	held := map[string]bool{}
	for _, b := range branches {
		n, err := s.letGo(ctx, b.ID, now, held)
		if err != nil {
			return fmt.Errorf("branch %s: %w", b.ID, err)
		}
		out.Refs += n
	}
	if out.Uploads, err = sweepUploads(s.blobs.uploads, now.Add(-s.opt.BlobAge)); err != nil {
		return err
	}
	out.Blobs, err = s.sweepBlobs(ctx, now, branches, held)
	return err
}

// letGo drops the attachments of a branch that no record of it has named for
// BlobAge, and adds the others to held. Deleted records count: they may come back.
func (s *Server) letGo(ctx context.Context, branch string, now time.Time, held map[string]bool) (gone int, err error) {
	var kept []string
	err = s.ledger.update(ctx, branch, func(tx branchTx) error {
		gone, kept = 0, nil
		refs, err := tx.blobs()
		if err != nil || len(refs) == 0 {
			return err
		}
		named := map[string]bool{}
		err = tx.eachRecord(func(h record.Holding) error {
			for _, r := range h.Registers {
				if blobName.MatchString(r.Value) {
					named[r.Value] = true
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, ref := range refs {
			went, err := s.weighRef(tx, ref, named[ref.SHA], now)
			if err != nil {
				return err
			}
			if went {
				gone++
			} else {
				kept = append(kept, ref.SHA)
			}
		}
		return nil
	})
	for _, sha := range kept {
		held[sha] = true
	}
	return gone, err
}

// weighRef notes since when an attachment is named by nothing, and drops it when
// that is long enough.
func (s *Server) weighRef(tx branchTx, ref blobRef, named bool, now time.Time) (gone bool, err error) {
	since := ref.Loose
	switch {
	case named:
		since = 0
	case since == 0:
		since = now.UnixMilli()
	case now.Sub(time.UnixMilli(since)) > s.opt.BlobAge:
		return true, tx.dropBlob(ref.SHA)
	}
	if since == ref.Loose {
		return false, nil
	}
	ref.Loose = since
	return false, tx.putBlob(ref)
}

// sweepBlobs removes the bytes that no branch has and that are older than
// BlobAge. An upload may bring the same bytes at this moment, here or in another
// process: what is going is marked first and looked for once more; keepBlob says
// that a branch has it first and looks for the mark then. One of the two sees
// the other.
func (s *Server) sweepBlobs(ctx context.Context, now time.Time, branches []Branch, held map[string]bool) (gone int, err error) {
	going := map[string]bool{}
	err = s.blobs.store.each(ctx, func(sha string, at time.Time) error {
		if !held[sha] && now.Sub(at) > s.opt.BlobAge {
			going[sha] = true
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if err := s.mark(ctx, going); err != nil {
		return 0, err
	}
	for _, b := range branches {
		err := s.ledger.view(ctx, b.ID, func(tx branchTx) error {
			refs, err := tx.blobs()
			for _, ref := range refs {
				delete(going, ref.SHA)
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	for sha := range going {
		if err := s.blobs.store.drop(ctx, sha); err != nil {
			return gone, err
		}
		gone++
	}
	return gone, s.mark(ctx, nil)
}

// mark replaces the marks of what is going.
func (s *Server) mark(ctx context.Context, going map[string]bool) error {
	return s.ledger.registry(ctx, func(tx registryTx) error {
		var old []string
		err := tx.each(tableSetting, settingGoing, "", func(key string, _ []byte) (bool, error) {
			old = append(old, key)
			return true, nil
		})
		for _, key := range old {
			err = errors.Join(err, tx.drop(tableSetting, key))
		}
		for sha := range going {
			err = errors.Join(err, tx.put(tableSetting, settingGoing+sha, []byte{1}))
		}
		return err
	})
}

// stillThere makes sure that no sweep removes what a branch was just said to
// have; if one may, the branch does not have it.
func (s *Server) stillThere(ctx context.Context, branch, sha string) error {
	var mark []byte
	err := s.ledger.look(ctx, func(tx registryTx) (err error) {
		mark, err = tx.get(tableSetting, settingGoing+sha)
		return err
	})
	if err == nil && len(mark) == 0 {
		f, opening := s.blobs.store.open(ctx, sha)
		if opening == nil {
			return f.Close()
		}
		err = opening
	}
	if err == nil {
		err = errSweeping
	}
	return errors.Join(err, s.ledger.update(ctx, branch, func(tx branchTx) error { return tx.dropBlob(sha) }))
}

// sweepUploads removes uploads under way that got nothing since before.
func sweepUploads(dir string, before time.Time) (gone int, err error) {
	infos, err := filepath.Glob(filepath.Join(dir, "*.info"))
	if err != nil {
		return 0, err
	}
	for _, info := range infos {
		part := strings.TrimSuffix(info, ".info")
		stat, err := os.Stat(part)
		switch {
		case errors.Is(err, fs.ErrNotExist): // finished at this moment
		case err != nil:
			return gone, fmt.Errorf("upload: %w", err)
		case stat.ModTime().Before(before):
			if err := errors.Join(remove(part), remove(info)); err != nil {
				return gone, fmt.Errorf("upload: %w", err)
			}
			gone++
		}
	}
	return gone, nil
}
