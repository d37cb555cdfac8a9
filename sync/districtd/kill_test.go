package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	stdsync "sync"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/model"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// The test binary runs itself as the program that is to be killed.
const asWhat = "ZHIBU_TEST_AS"

func TestMain(m *testing.M) {
	switch os.Getenv(asWhat) {
	case "districtd":
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	case "laptop":
		if err := laptopLife(os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func rounds(ci, soak int) int {
	if os.Getenv("ZHIBU_SOAK") != "" {
		return soak
	}
	return ci
}

func self(t *testing.T, as string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asWhat+"="+as)
	cmd.Stderr = os.Stderr
	return cmd
}

// serveProcess starts the real server and returns its address.
func serveProcess(t *testing.T, store string) (*exec.Cmd, string) {
	t.Helper()
	cmd := self(t, "districtd", "serve", "--store", store, "--listen", "127.0.0.1:0", "--per-minute", "1000000")
	cmd.Stderr = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // also when the test failed half way
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("server did not start: %v %v", err, cmd.Wait())
	}
	return cmd, strings.TrimSpace(strings.TrimPrefix(line, "正在服务 "))
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
}

// busy saves and exchanges until ctx ends; what fails is tried again.
func busy(ctx context.Context, t *testing.T, l *model.Laptop, url string, made *int) {
	e, _ := l.Enrolment()
	e.Server = url
	far, err := courier.New(e, courier.Options{Timeout: 2 * time.Second})
	if err != nil {
		t.Error(err)
		return
	}
	defer far.Close()
	for ctx.Err() == nil {
		for range 3 {
			*made++
			if _, err := l.Edit(fmt.Sprintf("%s/%d", e.Branch+e.Device, *made), "member", fmt.Sprintf("m%d", *made%7), map[string]string{"name": fmt.Sprint(*made)}); err != nil {
				t.Error(err)
			}
		}
		if _, err := sync.Exchange(ctx, l, far); err != nil && record.SayOf(err) == "" {
			t.Error(err)
		}
	}
}

func joinAt(t *testing.T, url, code string) *model.Laptop {
	t.Helper()
	e, err := courier.Join(context.Background(), url, code, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLaptop(time.Now, nil)
	if err := l.Enrol(e); err != nil {
		t.Fatal(err)
	}
	return l
}

// settleAll exchanges until all are equal and holds that no op was lost or
// placed twice.
func settleAll(t *testing.T, url string, laptops []*model.Laptop, made []int) {
	t.Helper()
	var last *courier.Courier
	for range 3 {
		for _, l := range laptops {
			e, _ := l.Enrolment()
			e.Server = url
			far, err := courier.New(e, courier.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := sync.Exchange(context.Background(), l, far); err != nil {
				t.Fatal(err)
			}
			last = far
		}
	}
	if laptops[0].String() != laptops[1].String() {
		t.Error("laptops differ")
	}
	resp, err := last.Sync(context.Background(), sync.Request{Sealed: true})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, ch := range resp.Channels {
		for _, row := range ch.Rows {
			op, err := row.Stamped()
			if err != nil {
				t.Fatal(err)
			}
			seen[op.Change.ID]++
		}
	}
	total := 0
	for _, n := range made {
		total += n
	}
	for id, n := range seen {
		if n > 1 {
			t.Errorf("op %s has %d rows", id, n)
		}
	}
	if len(seen) != total {
		t.Errorf("%d ops in the log, %d were made", len(seen), total)
	}
	t.Logf("%d ops", total)
}

func TestServerKilledInTheMiddle(t *testing.T) {
	store := filepath.Join(t.TempDir(), "d")
	b := read[server.Branch](t, do(t, "branch", "add", "一支部", "--store", store, "--json"))
	var codes []string
	for range 2 {
		codes = append(codes, read[server.Invitation](t, do(t, "invite", b.ID, "--store", store, "--json")).Code)
	}
	cmd, url := serveProcess(t, store)
	laptops := []*model.Laptop{joinAt(t, url, codes[0]), joinAt(t, url, codes[1])}
	made := make([]int, 2)
	for range rounds(8, 50) {
		ctx, stop := context.WithCancel(context.Background())
		var working stdsync.WaitGroup
		for i, l := range laptops {
			working.Go(func() { busy(ctx, t, l, url, &made[i]) })
		}
		<-time.After(time.Duration(20+rand.IntN(200)) * time.Millisecond)
		kill(t, cmd)
		stop()
		working.Wait()
		cmd, url = serveProcess(t, store)
	}
	settleAll(t, url, laptops, made)
	kill(t, cmd)
}

func TestPostgresKilledInTheMiddle(t *testing.T) {
	pg := pgtest.Start(t)
	s, err := server.Open(pg.Database("killed"), server.Options{PerMinute: 1 << 20, Temp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-ended, s.Close()); err != nil {
			t.Error(err)
		}
	})
	url := "http://" + l.Addr().String()
	b, err := s.AddBranch(ctx, server.Branch{Name: "一支部"})
	if err != nil {
		t.Fatal(err)
	}
	var laptops []*model.Laptop
	for range 2 {
		invite, err := s.Invite(ctx, b.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		laptops = append(laptops, joinAt(t, url, invite.Code))
	}
	made := make([]int, 2)
	for range rounds(2, 50) {
		work, done := context.WithCancel(ctx)
		var working stdsync.WaitGroup
		for i, l := range laptops {
			working.Go(func() { busy(work, t, l, url, &made[i]) })
		}
		<-time.After(time.Duration(100+rand.IntN(200)) * time.Millisecond)
		pg.Kill()
		done()
		working.Wait()
		pg.Begin()
	}
	settleAll(t, url, laptops, made)
}

// laptopLife is the laptop that is killed: it saves, says so, and exchanges.
func laptopLife(dir, url string) error {
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		return err
	}
	e, _ := s.Enrolment()
	e.Server = url
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		return err
	}
	for {
		rs, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "王秀兰"}})
		if err != nil {
			return err
		}
		fmt.Println(rs[0].ID)
		if _, err := sync.Exchange(context.Background(), s, far); err != nil {
			return err
		}
	}
}

func TestLaptopKilledInTheMiddle(t *testing.T) {
	store, dir := filepath.Join(t.TempDir(), "d"), filepath.Join(t.TempDir(), "laptop")
	b := read[server.Branch](t, do(t, "branch", "add", "一支部", "--store", store, "--json"))
	code := read[server.Invitation](t, do(t, "invite", b.ID, "--store", store, "--json")).Code
	cmd, url := serveProcess(t, store)
	s, _, err := storage.Create(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	e, err := courier.Join(t.Context(), url, code, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Enrol(e), s.Close()); err != nil {
		t.Fatal(err)
	}
	saved := map[string]bool{}
	for range rounds(6, 50) {
		for _, id := range liveAndDie(t, dir, url) {
			saved[id] = true
		}
	}
	if s, err = storage.Open(dir, storetest.Passphrase, storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sync.Exchange(t.Context(), s, far); err != nil {
		t.Fatal(err)
	}
	held := read[[]server.Held](t, do(t, "record", "list", b.ID, "--kind", "member", "--json", "--store", store))
	at := map[string]int{}
	for _, h := range held {
		at[h.ID]++
	}
	for id := range saved {
		if _, ok := s.Get("member", id); !ok || at[id] != 1 {
			t.Errorf("%s: on the laptop %v, at the district %d times", id, ok, at[id])
		}
	}
	if len(saved) == 0 || len(s.All("member")) != len(held) {
		t.Errorf("%d said to be saved, %d on the laptop, %d at the district", len(saved), len(s.All("member")), len(held))
	}
	kill(t, cmd)
}

// liveAndDie runs the laptop for a moment and returns what it said was saved.
func liveAndDie(t *testing.T, dir, url string) []string {
	t.Helper()
	cmd := self(t, "laptop", dir, url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	in := bufio.NewScanner(out)
	for most := 3 + rand.IntN(20); len(ids) < most && in.Scan(); {
		ids = append(ids, in.Text())
	}
	<-time.After(time.Duration(rand.IntN(5)) * time.Millisecond)
	kill(t, cmd)
	return ids
}
