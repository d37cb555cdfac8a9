package courier_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	stdsync "sync"
	"testing"
	"testing/synctest"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

// pipes is a network in memory: its listener is what the server serves, its dial
// what couriers use. Connections are slow, and some break.
type pipes struct {
	random   *rand.Rand
	mu       stdsync.Mutex
	incoming chan net.Conn
	closed   chan struct{}
}

func newPipes(seed uint64) *pipes {
	return &pipes{random: rand.New(rand.NewPCG(seed, seed)), incoming: make(chan net.Conn), closed: make(chan struct{})}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.incoming:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (p *pipes) chance() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.random.Float64()
}

var errPipe = errors.New("line broke")

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if p.chance() < 0.15 {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errPipe}
	}
	near, far := net.Pipe()
	c := &rough{Conn: near, pipes: p, left: 1 << 30}
	if p.chance() < 0.4 {
		c.left = int(p.chance() * 3000)
	}
	select {
	case p.incoming <- far:
		return c, nil
	case <-p.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// rough is a connection that takes its time and breaks after so many bytes.
type rough struct {
	net.Conn
	pipes *pipes
	left  int
}

func (c *rough) Write(b []byte) (int, error) {
	<-time.After(time.Duration(c.pipes.chance() * float64(2*time.Second)))
	if c.left -= len(b); c.left < 0 {
		return 0, errors.Join(errPipe, c.Close())
	}
	return c.Conn.Write(b)
}

func (c *rough) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.left -= n; c.left < 0 {
		return 0, errors.Join(errPipe, c.Close())
	}
	return n, err
}

// TestADayOnABadNetwork runs the real client, HTTP and server with a real bbolt
// file in a bubble of virtual time: three laptops save all day, their lights
// decide when to exchange, lines are slow and break. In the evening, once the
// network is fine, all are equal and nothing is missing.
func TestADayOnABadNetwork(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dir, temp := t.TempDir(), t.TempDir()
			synctest.Test(t, func(t *testing.T) { day(t, seed, dir, temp) })
		})
	}
}

func day(t *testing.T, seed uint64, dir, temp string) {
	s, err := server.Open(dir, server.Options{Quick: true, Temp: temp, Page: 40})
	if err != nil {
		t.Fatal(err)
	}
	net := newPipes(seed)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, net) }()
	b, err := s.AddBranch(ctx, server.Branch{Name: "一支部"})
	if err != nil {
		t.Fatal(err)
	}
	var laptops []*model.Laptop
	var running stdsync.WaitGroup
	for i := range 3 {
		l, far := settle(t, s, b, net)
		laptops = append(laptops, l)
		running.Go(func() { work(t, l, far, net, i); far.Close() })
	}
	running.Wait()
	var drawn []string
	for _, l := range laptops {
		drawn = append(drawn, l.String())
		if n := len(l.Unsent()); n > 0 {
			t.Errorf("%d ops unsent in the evening", n)
		}
		for i := range laptops {
			for k := range 40 {
				if l.Registers(fmt.Sprintf("m%d-%d", i, k))["name"].Value == "" {
					t.Errorf("m%d-%d is missing", i, k)
				}
			}
		}
	}
	if drawn[0] != drawn[1] || drawn[1] != drawn[2] {
		t.Error("laptops differ in the evening")
	}
	stop()
	if err := errors.Join(<-ended, s.Close()); err != nil {
		t.Error(err)
	}
}

func settle(t *testing.T, s *server.Server, b server.Branch, net *pipes) (*model.Laptop, *courier.Courier) {
	t.Helper()
	key := make([]byte, 32)
	key[0] = byte(net.chance() * 255)
	e := record.Enrolment{Server: "http://127.0.0.1:1", Branch: b.ID, Key: key}
	invite, err := s.Invite(t.Context(), b.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Join(t.Context(), sync.Join{Code: invite.Code, Key: publicOf(key)})
	if err != nil {
		t.Fatal(err)
	}
	e.Device, e.ServerKey = got.Device, got.ServerKey
	l := model.NewLaptop(time.Now, nil)
	if err := l.Enrol(e); err != nil {
		t.Fatal(err)
	}
	far, err := courier.New(e, courier.Options{Dial: net.dial, Timeout: 30 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return l, far
}

// work is one laptop's day: a save every few minutes, an exchange soon after it or
// every quarter of an hour, later and later while none gets through, and two
// quiet hours at the end.
func work(t *testing.T, l *model.Laptop, far *courier.Courier, net *pipes, who int) {
	next, failed := time.Now(), 0
	evening := time.Now().Add(10 * time.Hour)
	saved, nextSave := 0, time.Now()
	for time.Now().Before(evening) {
		wake := min(time.Until(next), time.Until(nextSave))
		<-time.After(max(wake, time.Second))
		now := time.Now()
		if !now.Before(nextSave) && saved < 40 {
			if _, err := l.Edit(fmt.Sprintf("%d/%d", who, saved), "member", fmt.Sprintf("m%d-%d", who, saved), map[string]string{"name": "某"}); err != nil {
				t.Error(err)
			}
			if _, err := l.Edit(fmt.Sprintf("%d/%d'", who, saved), "member", "shared", map[string]string{"name": fmt.Sprint(who, saved)}); err != nil {
				t.Error(err)
			}
			saved++
			nextSave = now.Add(time.Duration(net.chance() * float64(15*time.Minute)))
			if failed == 0 {
				next = now.Add(5 * time.Second)
			}
		} else if saved >= 40 {
			nextSave = evening
		}
		if !now.Before(next) {
			_, err := sync.Exchange(t.Context(), l, far)
			if err != nil && record.SayOf(err) == "" {
				t.Errorf("no sentence for %v", err)
			}
			if next, failed = time.Now().Add(15*time.Minute), 0; err != nil {
				failed++
				next = time.Now().Add(time.Duration(net.chance() * float64(min(time.Second<<min(failed, 12), time.Hour))))
			}
		}
	}
}
