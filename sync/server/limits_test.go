package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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
	proof := sync.Sign(ed25519.NewKeyFromSeed(e.Key), e.Device, "POST", "/v1/sync", nil, time.Now(), "nonce0000000000000000").String()
	for _, c := range []struct {
		path, proof string
		size        int64
		status      int
	}{
		{"/v1/sync", "", 10 << 20, http.StatusUnauthorized}, {"/v1/repair", "Bearer x", 10 << 20, http.StatusUnauthorized},
		{"/v1/sync", proof, 17 << 20, http.StatusRequestEntityTooLarge}, {"/v1/join", "", 17 << 20, http.StatusRequestEntityTooLarge},
	} {
		r := httptest.NewRequest("POST", c.path, unread{t})
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

// Requests wait for room, and give it back.
func TestRequestsShareTheMemory(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Memory: 1}) // room for one
	h := w.Handler()
	slow := waiting{make(chan struct{}), make(chan struct{})}
	first := httptest.NewRequest("POST", "/v1/join", slow)
	first.ContentLength = -1
	ended := make(chan int)
	serve := func(r *http.Request) {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		ended <- rec.Code
	}
	go serve(first)
	<-slow.asked
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	second := httptest.NewRequestWithContext(ctx, "POST", "/v1/join", strings.NewReader("x"))
	second.ContentLength = -1
	go serve(second)
	if code := <-ended; code != http.StatusTooManyRequests {
		t.Errorf("without room: %d", code)
	}
	close(slow.come)
	<-ended
	go serve(httptest.NewRequest("POST", "/v1/join", bytes.NewReader(nil)))
	if code := <-ended; code == http.StatusTooManyRequests {
		t.Error("room was not given back")
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
