package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

// unread is a body that must not be asked for a byte.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("a byte of the body was read")
	return 0, io.EOF
}

// What proves nothing, or says that it is too large, costs no memory.
func TestBodiesOfStrangersAreNotRead(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{})
	l := w.laptop(w.branch("甲支部"), "")
	e, _ := l.Enrolment()
	sign := func(device string) string {
		return sync.Sign(ed25519.NewKeyFromSeed(e.Key), device, "POST", "/v1/sync", nil, time.Now(), "nonce0000000000000000").String()
	}
	for _, c := range []struct {
		path, proof string
		size        int64
		status      int
	}{
		{"/v1/sync", "", 10 << 20, http.StatusUnauthorized}, {"/v1/repair", "Bearer x", 10 << 20, http.StatusUnauthorized},
		{"/v1/sync", sign("nobody-nothing"), -1, http.StatusUnauthorized}, {"/v1/sync", sign(e.Branch + "-nothing0"), -1, http.StatusUnauthorized},
		{"/v1/sync", sign(e.Device), 17 << 20, http.StatusRequestEntityTooLarge}, {"/v1/join", "", 65 << 10, http.StatusRequestEntityTooLarge},
		{"/healthz", "", 65 << 10, http.StatusRequestEntityTooLarge},
	} {
		method := "POST"
		if c.path == "/healthz" {
			method = "GET"
		}
		r := httptest.NewRequest(method, c.path, unread{t})
		r.ContentLength = c.size
		if c.proof != "" {
			r.Header.Set("Authorization", c.proof)
		}
		rec := httptest.NewRecorder()
		if w.Handler().ServeHTTP(rec, r); rec.Code != c.status {
			t.Errorf("%s of %d bytes: %d", c.path, c.size, rec.Code)
		}
	}
}

// waiting is a body that comes when it is let.
type waiting struct{ asked, come chan struct{} }

func (b waiting) Read([]byte) (int, error) {
	close(b.asked)
	<-b.come
	return 0, io.EOF
}

// Requests of laptops wait for room, and give it back. Strangers have their own.
func TestRequestsShareTheMemory(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Memory: 1}) // room for one
	in := &intruder{t: t, w: w, handler: w.Handler()}
	l := w.laptop(w.branch("甲支部"), "")
	ended := make(chan int)
	serve := func(ctx context.Context, method, path string, body io.Reader) {
		r := httptest.NewRequestWithContext(ctx, method, path, body)
		if path == "/v1/sync" {
			r.Header.Set("Authorization", in.sign(l, method, path, nil)(nil))
		}
		rec := httptest.NewRecorder()
		in.handler.ServeHTTP(rec, r)
		ended <- rec.Code
	}
	ctx := context.Background()
	slow := waiting{make(chan struct{}), make(chan struct{})}
	go serve(ctx, "POST", "/v1/sync", slow)
	<-slow.asked
	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	go serve(short, "POST", "/v1/sync", strings.NewReader("x"))
	if code := <-ended; code != http.StatusTooManyRequests {
		t.Errorf("without room: %d", code)
	}
	for path, method := range map[string]string{"/healthz": "GET", "/v1/join": "POST"} {
		go serve(short, method, path, bytes.NewReader(nil))
		if code := <-ended; code == http.StatusTooManyRequests {
			t.Errorf("%s waits for laptops", path)
		}
	}
	close(slow.come)
	<-ended
	go serve(ctx, "POST", "/v1/sync", bytes.NewReader(nil))
	if code := <-ended; code == http.StatusTooManyRequests {
		t.Error("room was not given back")
	}
}

// However many addresses try codes, no laptop is refused for them.
func TestStrangersDoNotCountAgainstLaptops(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true})
	in := &intruder{t: t, w: w, handler: w.Handler()}
	l := w.laptop(w.branch("甲支部"), "")
	r := httptest.NewRequest("POST", "/v1/join", nil)
	for i := range 100_001 {
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255)
		rec := httptest.NewRecorder()
		if in.handler.ServeHTTP(rec, r); (rec.Code == http.StatusTooManyRequests) != (i == 100_000) {
			t.Fatalf("address %d: %d", i, rec.Code)
		}
	}
	if code := in.send("POST", "/v1/sync", sync.Request{Sealed: true}, in.sign(l, "POST", "/v1/sync", nil)).Code; code != http.StatusOK {
		t.Errorf("a laptop: %d", code)
	}
}

// A device that asks too often is told to wait; others are not concerned.
func TestADeviceMayNotAskTooOften(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{PerMinute: 3})
	in := &intruder{t: t, w: w, handler: w.Handler()}
	b := w.branch("甲支部")
	one, two := w.laptop(b, ""), w.laptop(b, "")
	ask := func(l *near) int {
		return in.send("POST", "/v1/sync", sync.Request{Sealed: true}, in.sign(l, "POST", "/v1/sync", nil)).Code
	}
	for range 3 {
		if code := ask(one); code != http.StatusOK {
			t.Fatalf("within the limit: %d", code)
		}
	}
	if code := ask(one); code != http.StatusTooManyRequests {
		t.Errorf("beyond it: %d", code)
	}
	if code := ask(two); code != http.StatusOK {
		t.Errorf("another device: %d", code)
	}
}

// A record that grew beyond what any decoder reads would spoil its whole branch:
// the op that would do it is refused, and the branch goes on.
func TestARecordMayNotGrowForEver(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{SnapshotAfter: 5, Quick: true})
	b := w.branch("甲支部")
	l := w.laptop(b, "")
	grow := func(rec string, pairs ...string) { l.edit("meeting", rec, pairs...) }
	for i := range 3 {
		var pairs []string
		for k := range 15_000 {
			pairs = append(pairs, fmt.Sprintf("attendance/%d-%d/state", i, k), "到会")
		}
		grow("wide", pairs...)
	}
	long := strings.Repeat("党", 340_000) // a megabyte
	for i := range 9 {
		grow("long", fmt.Sprintf("agenda/%d/gist", i), long)
	}
	grow("next", "title", "支部党员大会")
	if out := l.sync(); out.Refused != 2 || out.Pushed != 11 {
		t.Errorf("%+v", out)
	}
	for _, r := range l.RefusedOps() {
		if r.Result.Code != "RECORD_TOO_LARGE" {
			t.Errorf("refused with %+v", r.Result)
		}
	}
	fresh := w.laptop(b, "")
	if out := fresh.sync(); !out.Rebuilt {
		t.Errorf("a new laptop: %+v", out)
	}
	w.wantEqual(b, l, fresh)
}

// A laptop that has brought back what was lost finds all of it in the snapshot it
// takes then: an older one would part its records from their history.
func TestTheSnapshotAfterARepairIsWhole(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true})
	b := w.branch("一支部")
	l := w.laptop(b, "secretary")
	for i := range 20 {
		l.edit("member", fmt.Sprint("m", i), "name", "李伟")
	}
	l.sync()
	for i := range 3 {
		got, err := w.For(l.Position().Device).Repair(context.Background(), sync.Repair{Done: true})
		if seq := fmt.Sprint(20+i, "-"); err != nil || !strings.HasPrefix(got.Snapshot, seq) {
			t.Errorf("snapshot %q, %v; want %s…", got.Snapshot, err, seq)
		}
		l.edit("member", fmt.Sprint("n", i), "name", "赵敏")
		l.sync()
	}
}

// Long minutes come whole to a new laptop, part by part.
func TestASnapshotOfLongRecordsCanBeRead(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{SnapshotAfter: 5, Quick: true})
	b := w.branch("甲支部")
	l := w.laptop(b, "")
	long := strings.Repeat("党", 300_000)
	for i := range 40 {
		l.edit("meeting", fmt.Sprintf("m%d", i), "minutes", long)
	}
	l.sync()
	fresh := w.laptop(b, "")
	if out := fresh.sync(); !out.Rebuilt {
		t.Errorf("%+v", out)
	}
	w.wantEqual(b, fresh)
}

// What waits for a missing op is bounded; the rest is handed in again.
func TestWhatWaitsIsBounded(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true})
	b := w.branch("甲支部")
	l := w.laptop(b, "")
	long := strings.Repeat("党", 300_000)
	for i := range 50 {
		l.edit("meeting", fmt.Sprintf("m%d", i), "minutes", long)
	}
	ops, err := l.Pending(1, 50)
	if err != nil {
		t.Fatal(err)
	}
	for len(ops) > 0 {
		raw, sent, err := sync.Pack(ops)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.For(l.Position().Device).Sync(context.Background(), sync.Request{Sealed: true, Ops: raw}); err != nil {
			t.Fatal(err)
		}
		ops = ops[len(sent):]
	}
	ds, err := w.Devices(context.Background(), b.ID)
	if err != nil || ds[0].Held < 20 || ds[0].Held > 40 {
		t.Errorf("%d ops wait, %v", ds[0].Held, err)
	}
	if out := l.sync(); out.Refused != 0 || len(l.Unsent()) != 0 {
		t.Errorf("%+v, %d unsent", out, len(l.Unsent()))
	}
	w.wantEqual(b, l)
}

// Snapshots of the branches that asked last are kept; another is made anew.
func TestSnapshotsKeptAreBounded(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true})
	in := &intruder{t: t, w: w}
	var laptops []*near
	var names []string
	for i := range 257 {
		l := w.laptop(w.branch(fmt.Sprint("支部", i)), "")
		laptops, names = append(laptops, l), append(names, in.snapshotOf(l))
		in.snapshotOf(laptops[0]) // always in use
	}
	for i, want := range map[int]string{0: "", 1: "SNAPSHOT_GONE", 2: "", 256: ""} {
		_, err := w.For(laptops[i].Position().Device).Snapshot(context.Background(), names[i], 0)
		if record.CodeOf(err) != want || (err == nil) != (want == "") {
			t.Errorf("snapshot of branch %d: %v", i, err)
		}
	}
	if again := in.snapshotOf(laptops[1]); again == "" {
		t.Error("none was made anew")
	}
}
