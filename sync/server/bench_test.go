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
	"zhibu/sync/figures"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// BenchmarkMondayMorning is the whole district at once, against PostgreSQL: 5,300
// branches push their changes, 64 at a time (530 branches without ZHIBU_SOAK). The
// third case shows that work does not follow what is stored, the last that it
// follows changes. Reported a round: CPU seconds of this process (server and,
// little, its callers) and of PostgreSQL, memory, branches a second.
func BenchmarkMondayMorning(b *testing.B) {
	desks := make([]*pusher, 530)
	if os.Getenv("ZHIBU_SOAK") != "" {
		desks = make([]*pusher, 5300)
	}
	pg := pgtest.Start(b)
	rules := figures.Gate()
	s, err := server.Open(pg.Database("monday"), server.Options{Temp: b.TempDir(), Rules: rules})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	all(b, len(desks), func(i int) (err error) {
		desks[i], err = enlist(s, fmt.Sprintf("第%d支部", i))
		return err
	})
	for _, c := range []struct {
		name    string
		changes int
	}{{"20 new records", 20}, {"20 changes", 20}, {"20 changes again", 20}, {"40 changes", 40}} {
		b.Run(c.name, func(b *testing.B) {
			before, database := cpu(b), pg.CPU()
			for b.Loop() {
				all(b, len(desks), func(i int) error { return desks[i].push(s, c.changes) })
			}
			rounds := float64(b.N)
			b.ReportMetric((cpu(b)-before).Seconds()/rounds, "cpu-s/round")
			b.ReportMetric((pg.CPU()-database).Seconds()/rounds, "pg-cpu-s/round")
			b.ReportMetric(float64(len(desks))*rounds/b.Elapsed().Seconds(), "branches/s")
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.Sys)/(1<<20), "MB")
		})
	}
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// all does something for 0 … n-1, 64 at a time.
func all(b *testing.B, n int, do func(i int) error) {
	b.Helper()
	work := make(chan int)
	var running stdsync.WaitGroup
	for range 64 {
		running.Go(func() {
			for i := range work {
				if err := do(i); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range n {
		work <- i
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

func enlist(s *server.Server, name string) (*pusher, error) {
	ctx := context.Background()
	br, err := s.AddBranch(ctx, server.Branch{Name: name})
	if err != nil {
		return nil, err
	}
	invite, err := s.Invite(ctx, br.ID, "")
	if err != nil {
		return nil, err
	}
	j, err := s.Join(ctx, sync.Join{Code: invite.Code, Key: make(ed25519.PublicKey, 32)})
	return &pusher{device: j.Device, branch: br.ID}, err
}

func (p *pusher) push(s *server.Server, ops int) error {
	req := sync.Request{Proto: [2]int{1, 1}, Acked: p.n, Cursors: map[string]uint64{sync.BranchChannel(p.branch): p.cursor}}
	for i := range ops {
		c := record.Change{Device: p.device, N: p.n + 1, Prev: p.head, Kind: "member", Record: fmt.Sprintf("m%d", i), ID: fmt.Sprintf("%s/%d", p.device, p.n),
			Stamp: record.MakeStamp(time.Now().UnixMilli(), 0), Set: map[string]string{"mobile": fmt.Sprint(p.n), "address": "浦东新区张江镇示例路 12 弄 34 号"}}
		if p.n == uint64(i) { // new: somebody the district has not seen
			c.Set["id_no"] = fmt.Sprintf("%s %d", p.branch, i)
		}
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
