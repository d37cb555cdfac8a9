package server_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"runtime"
	stdsync "sync"
	"syscall"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// BenchmarkMondayMorning is the whole district at once, against PostgreSQL:
// 5,300 branches with 20 changes each, 64 at a time (530 branches without
// ZHIBU_SOAK). The second round shows that work follows changes, not what is
// stored. Reported: CPU seconds of this process (server and, little, its
// callers), memory, branches a second.
func BenchmarkMondayMorning(b *testing.B) {
	branches := 530
	if os.Getenv("ZHIBU_SOAK") != "" {
		branches = 5300
	}
	s, err := server.Open(pgtest.Start(b).Database("monday"), server.Options{Temp: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	var desks []*pusher
	for i := range branches {
		desks = append(desks, enlist(b, s, fmt.Sprintf("第%d支部", i)))
	}
	before := cpu(b)
	for b.Loop() {
		all(b, desks, func(p *pusher) error { return p.push(s, 20) })
	}
	spent := (cpu(b) - before).Seconds() / float64(b.N)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(spent, "cpu-s/round")
	b.ReportMetric(float64(branches)*float64(b.N)/b.Elapsed().Seconds(), "branches/s")
	b.ReportMetric(float64(mem.Sys)/(1<<20), "MB")
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func all(b *testing.B, desks []*pusher, do func(*pusher) error) {
	b.Helper()
	work := make(chan *pusher)
	var running stdsync.WaitGroup
	for range 64 {
		running.Go(func() {
			for p := range work {
				if err := do(p); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, p := range desks {
		work <- p
	}
	close(work)
	running.Wait()
}

// pusher is the barest laptop: it chains ops and pushes them.
type pusher struct {
	device string
	n      uint64
	head   []byte
	cursor uint64
	branch string
}

func enlist(b *testing.B, s *server.Server, name string) *pusher {
	b.Helper()
	ctx := context.Background()
	br, err := s.AddBranch(ctx, server.Branch{Name: name})
	if err != nil {
		b.Fatal(err)
	}
	invite, err := s.Invite(ctx, br.ID, "")
	if err != nil {
		b.Fatal(err)
	}
	j, err := s.Join(ctx, sync.Join{Code: invite.Code, Key: make(ed25519.PublicKey, 32)})
	if err != nil {
		b.Fatal(err)
	}
	return &pusher{device: j.Device, branch: br.ID}
}

func (p *pusher) push(s *server.Server, ops int) error {
	req := sync.Request{Proto: [2]int{1, 1}, Acked: p.n, Cursors: map[string]uint64{sync.BranchChannel(p.branch): p.cursor}}
	for i := range ops {
		c := record.Change{Device: p.device, N: p.n + 1, Prev: p.head, Kind: "member", Record: fmt.Sprintf("m%d", i), ID: fmt.Sprintf("%s/%d", p.device, p.n),
			Stamp: record.MakeStamp(time.Now().UnixMilli(), 0), Set: map[string]string{"mobile": fmt.Sprint(p.n), "address": "浦东新区张江镇示例路 12 弄 34 号"}}
		hash, err := c.Hash()
		if err != nil {
			return err
		}
		body, err := c.Bytes()
		if err != nil {
			return err
		}
		p.n, p.head = c.N, hash
		req.Ops = append(req.Ops, cbor.RawMessage(body))
	}
	req.N, req.Head = p.n, p.head
	resp, err := s.For(p.device).Sync(context.Background(), req)
	if err != nil || len(resp.Results) != ops {
		return fmt.Errorf("%d of %d results, next %+v: %w", len(resp.Results), ops, resp.Next, err)
	}
	p.cursor = resp.Channels[sync.BranchChannel(p.branch)].Seq
	return nil
}
