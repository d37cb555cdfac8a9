package courier_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

// district runs a real server on loopback until the test ends.
type district struct {
	*server.Server
	url string
	now func() time.Time
}

// ticking is a clock on which no two moments are the same, so that "later" is
// never a matter of luck.
func ticking() func() time.Time {
	began := time.Now()
	var ticks atomic.Int64
	return func() time.Time { return began.Add(time.Duration(ticks.Add(1)) * time.Millisecond) }
}

func startDistrict(t testing.TB, rules server.Rules, with ...func(*server.Options)) district {
	t.Helper()
	now := ticking()
	opt := server.Options{Now: now, Rules: rules, Temp: t.TempDir()}
	for _, set := range with {
		set(&opt)
	}
	s, err := server.Open(t.TempDir(), opt)
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
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return district{s, "http://" + l.Addr().String(), now}
}

func (d district) branch(t testing.TB, name string) server.Branch {
	t.Helper()
	b, err := d.AddBranch(context.Background(), server.Branch{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (d district) join(t testing.TB, b server.Branch, guards record.Guards) *model.Laptop {
	t.Helper()
	invite, err := d.Invite(context.Background(), b.ID, "secretary")
	if err != nil {
		t.Fatal(err)
	}
	e, err := courier.Join(context.Background(), d.url, invite.Code, courier.Options{Machine: "测试机"})
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLaptop(time.Now, guards)
	if err := l.Enrol(e); err != nil {
		t.Fatal(err)
	}
	return l
}

func exchange(t testing.TB, l *model.Laptop) sync.Outcome {
	t.Helper()
	e, _ := l.Enrolment()
	c, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := sync.Exchange(context.Background(), l, c)
	if err != nil {
		t.Fatalf("exchange: %v (%s)", err, record.SayOf(err))
	}
	return out
}

func edit(t testing.TB, l *model.Laptop, op, rec string, set map[string]string) {
	t.Helper()
	if _, err := l.Edit(op, "member", rec, set); err != nil {
		t.Fatal(err)
	}
}

func TestTwoLaptopsEndEqual(t *testing.T) {
	d := startDistrict(t, server.Rules{Guards: record.Guards{"member": {"joined"}}})
	b := d.branch(t, "张江科学城第一党支部")
	one, two := d.join(t, b, d.Rules().Guards), d.join(t, b, d.Rules().Guards)
	edit(t, one, "op1", "m1", map[string]string{"name": "王秀兰", "joined": "2001-07-01"})
	if out := exchange(t, one); out.Pushed != 1 || out.Pulled != 0 {
		t.Errorf("first push: %+v", out)
	}
	if out := exchange(t, two); out.Pulled != 1 {
		t.Errorf("first pull: %+v", out)
	}
	edit(t, one, "op2", "m1", map[string]string{"mobile": "13800138000", "group": "一组"})
	edit(t, two, "op3", "m1", map[string]string{"email": "wang@example.cn", "group": "二组", "joined": "2002-07-01"})
	exchange(t, one)
	edit(t, one, "op4", "m1", map[string]string{"joined": "2001-07-02"})
	exchange(t, one)
	if out := exchange(t, two); out.Conflicts != 1 || out.Pushed != 1 {
		t.Errorf("clashing push: %+v", out)
	}
	exchange(t, one)
	if one.String() != two.String() {
		t.Errorf("laptops differ:\n%s\n---\n%s", one, two)
	}
	regs := one.Registers("m1")
	for path, want := range map[string]string{"mobile": "13800138000", "email": "wang@example.cn", "joined": "2001-07-02"} {
		if regs[path].Value != want {
			t.Errorf("%s = %q, want %q", path, regs[path].Value, want)
		}
	}
	conflicts := 0
	for _, h := range one.Base() {
		if h.Kind == record.ConflictKind {
			conflicts++
		}
	}
	if conflicts != 2 { // the group's loser and the guarded proposal
		t.Errorf("%d conflict records, want 2", conflicts)
	}
}

func TestNothingNewCostsOneSmallRequest(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	l := d.join(t, d.branch(t, "一支部"), nil)
	edit(t, l, "op1", "m1", map[string]string{"name": "王秀兰"})
	exchange(t, l)
	out := exchange(t, l)
	if out.Requests != 1 || out.BytesUp+out.BytesDown >= 600 {
		t.Errorf("idle exchange: %d requests, %d + %d bytes", out.Requests, out.BytesUp, out.BytesDown)
	}
	t.Logf("idle exchange: %d up, %d down", out.BytesUp, out.BytesDown)
}

func TestManyOpsGoInBatches(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	b := d.branch(t, "一支部")
	one, two := d.join(t, b, nil), d.join(t, b, nil)
	for i := range 2500 {
		edit(t, one, fmt.Sprintf("op%d", i), fmt.Sprintf("m%d", i), map[string]string{"name": fmt.Sprintf("党员%d", i)})
	}
	if out := exchange(t, one); out.Pushed != 2500 || out.Requests != 3 {
		t.Errorf("push: %+v", out)
	}
	if out := exchange(t, two); out.Pulled != 2500 {
		t.Errorf("pull: %+v", out)
	}
	if one.String() != two.String() {
		t.Error("laptops differ")
	}
}

func TestCodeIsGoodOnce(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	b := d.branch(t, "一支部")
	invite, err := d.Invite(context.Background(), b.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := courier.Join(context.Background(), d.url, invite.Code, courier.Options{}); err != nil {
		t.Fatal(err)
	}
	_, err = courier.Join(context.Background(), d.url, invite.Code, courier.Options{})
	if record.CodeOf(err) != "CODE_REFUSED" {
		t.Errorf("second use: %v", err)
	}
}

func publicOf(seed []byte) []byte {
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}
