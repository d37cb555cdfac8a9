package server

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	stdsync "sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"zhibu/storage/record"
)

// boltLedger keeps a district in one bbolt file. Layout: registry → table → key,
// branch → id → {head, device, record, answer, log, op, held}.
type boltLedger struct {
	db      *bolt.DB
	commit  func(func(*bolt.Tx) error) error
	log     *slog.Logger
	line    string
	witness string // file beside the folder that remembers how far the ledger was
	mu      stdsync.Mutex
	noted   uint64 // commits when the witness was last written
}

const (
	ledgerFile   = "district.db"
	registryRoot = "registry"
	branchRoot   = "branches"
	keyHistory   = "history"
	keyCommits   = "commits"
	// witnessStep is how many commits may pass before the witness is rewritten.
	witnessStep = 64
	// quickMap is what a quick ledger maps at once: most never outgrow it.
	quickMap = 1 << 20
)

// errInUse is returned when another process has the ledger open.
var errInUse = record.Refuse("DISTRICT_IN_USE", "这个目录的区服务端已经在运行。请先停掉它，或用同一个 --store 让命令交给它去做。")

func openBolt(dir string, quick bool, log *slog.Logger) (*boltLedger, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "打不开目录 "+dir+"。请检查它能不能写；没有改动任何内容。")
	}
	opt := &bolt.Options{Timeout: 300 * time.Millisecond, FreelistType: bolt.FreelistMapType, NoStatistics: true}
	if quick {
		opt.NoFreelistSync, opt.NoGrowSync, opt.NoSync, opt.InitialMmapSize = true, true, true, quickMap
	}
	db, err := bolt.Open(filepath.Join(dir, ledgerFile), 0o600, opt)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, errInUse
	}
	if err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "打不开区服务端的数据文件。请检查目录权限和剩余空间，或从备份恢复；没有改动任何内容。")
	}
	db.MaxBatchDelay = 2 * time.Millisecond
	l := &boltLedger{db: db, commit: db.Batch, log: log, witness: filepath.Clean(dir) + ".witness"}
	if quick {
		l.commit = db.Update // one writer at a time, at once
	}
	if err := l.settle(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return l, nil
}

// settle makes the roots and finds out whether the file is older than what was
// already committed here: then it was restored and begins a new line of time, and
// so it does where nobody can tell.
func (l *boltLedger) settle() error {
	began := false
	err := l.db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{registryRoot, branchRoot} {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return fmt.Errorf("bucket %s: %w", name, err)
			}
		}
		r := tx.Bucket([]byte(registryRoot))
		l.noted = number(r.Get([]byte(keyCommits)))
		l.line = string(r.Get([]byte(keyHistory)))
		seen, err := readWitness(l.witness)
		if err != nil {
			l.log.Error("witness unreadable: a new line of history begins", "error", err.Error())
		} else if l.line != "" && l.noted >= seen {
			return nil
		}
		began = true
		return l.newLine(r)
	})
	if err == nil && began {
		l.remember(l.noted)
	}
	return err
}

func (l *boltLedger) newLine(r *bolt.Bucket) error {
	l.line = rand.Text()[:16]
	return r.Put([]byte(keyHistory), []byte(l.line))
}

func readWitness(path string) (uint64, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("witness: %w", err)
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("witness: %w", err)
	}
	return n, nil
}

func (l *boltLedger) history(context.Context) (string, error) { return l.line, nil }

func (l *boltLedger) update(ctx context.Context, branch string, fn func(branchTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var commits uint64
	err := l.commit(func(tx *bolt.Tx) error {
		b, err := openBranch(tx, branch)
		if err != nil {
			return err
		}
		if err := fn(b); err != nil {
			return err
		}
		commits, err = countCommit(tx)
		return err
	})
	if err == nil {
		l.note(commits)
	}
	return err
}

func countCommit(tx *bolt.Tx) (uint64, error) {
	r := tx.Bucket([]byte(registryRoot))
	n := number(r.Get([]byte(keyCommits))) + 1
	return n, r.Put([]byte(keyCommits), numberKey(n))
}

// note rewrites the witness now and then. It never claims more than is committed.
func (l *boltLedger) note(commits uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if commits >= l.noted+witnessStep {
		l.remember(commits)
	}
}

// remember rewrites the witness. What was committed stays so where it cannot: only
// a restore by hand may then go unseen.
func (l *boltLedger) remember(commits uint64) {
	l.noted = commits
	if err := l.writeWitness(commits); err != nil {
		l.log.Error("witness not written", "error", err.Error())
	}
}

func (l *boltLedger) writeWitness(commits uint64) error {
	f, err := os.OpenFile(l.witness+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.WriteString(strconv.FormatUint(commits, 10)); err == nil && !l.db.NoSync {
		err = f.Sync() // a power cut leaves the old one or the new one, never an empty one
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), l.witness)
}

func (l *boltLedger) view(ctx context.Context, branch string, fn func(branchTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.db.View(func(tx *bolt.Tx) error {
		b, err := openBranch(tx, branch)
		if err != nil {
			return err
		}
		return fn(b)
	})
}

func (l *boltLedger) registry(ctx context.Context, fn func(registryTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.db.Update(func(tx *bolt.Tx) error {
		if _, err := countCommit(tx); err != nil {
			return err
		}
		return fn(boltRegistry{tx})
	})
}

func (l *boltLedger) look(ctx context.Context, fn func(registryTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.db.View(func(tx *bolt.Tx) error { return fn(boltRegistry{tx}) })
}

func (l *boltLedger) backup(ctx context.Context, w io.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
}

func (l *boltLedger) close() error {
	var commits uint64
	err := l.db.View(func(tx *bolt.Tx) error {
		commits = number(tx.Bucket([]byte(registryRoot)).Get([]byte(keyCommits)))
		return nil
	})
	if err == nil {
		l.remember(commits)
	}
	return errors.Join(err, l.db.Close())
}

func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func number(key []byte) uint64 {
	if len(key) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key)
}
