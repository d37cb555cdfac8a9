package courier_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/model"
)

// strangers is what may stand behind an address instead of a district. Whatever
// it does, nothing on the laptop changes and a Chinese sentence says what is.
func strangers() map[string]struct {
	code  string
	serve http.HandlerFunc
} {
	type s = struct {
		code  string
		serve http.HandlerFunc
	}
	say := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	return map[string]s{
		"login page":                    {"DISTRICT_HTML", say(200, "text/html", "<html><body>请登录</body></html>")},
		"redirect":                      {"DISTRICT_GARBAGE", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Location", "/login"); w.WriteHeader(302) }},
		"not found page":                {"DISTRICT_HTML", say(404, "text/html", "<h1>404</h1>")},
		"garbage":                       {"DISTRICT_GARBAGE", say(200, "application/octet-stream", "\x00\x01\x02garbage")},
		"empty":                         {"DISTRICT_GARBAGE", say(200, "", "")},
		"json":                          {"DISTRICT_GARBAGE", say(200, "application/json", `{"ok":true}`)},
		"fault":                         {"DISTRICT_FAULT", say(502, "text/plain", "bad gateway")},
		"other version":                 {"DISTRICT_VERSION", message(sync.Response{Proto: 99, Epoch: "e"})},
		"no epoch":                      {"NOT_A_MESSAGE", message(sync.Response{Proto: sync.Proto})},
		"not our channel":               {"NOT_A_MESSAGE", message(sync.Response{Proto: sync.Proto, Epoch: "e", Channels: map[string]sync.Channel{"branch:other": {Seq: 9}}})},
		"acks the future":               {"NOT_A_MESSAGE", message(sync.Response{Proto: sync.Proto, Epoch: "e", AckedTo: 1 << 40})},
		"rows from afar":                {"NOT_A_MESSAGE", message(sync.Response{Proto: sync.Proto, Epoch: "e", Channels: map[string]sync.Channel{"branch:b": {From: 7, Seq: 9}}})},
		"never answers":                 {"DISTRICT_STUCK", message(sync.Response{Proto: sync.Proto, Epoch: "e"})},
		"resets forever":                {"DISTRICT_GARBAGE", message(sync.Response{Proto: sync.Proto, Epoch: "e", Next: sync.Next{Reset: true}})},
		"zip bomb":                      {"DISTRICT_GARBAGE", say(200, "", "ZB\x01"+bomb())},
		"endless":                       {"DISTRICT_GARBAGE", endless},
		"cut":                           {"DISTRICT_CUT", cut},
		"snapshot bomb":                 {"NOT_A_MESSAGE", snapshots(2, 4<<20)},
		"snapshot of nothing, for ever": {"NOT_A_MESSAGE", snapshots(0, 0)},
		"snapshot that stalls": {"DISTRICT_SLOW", snapshot(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "ab")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		})},
		"snapshot that is cut": {"DISTRICT_CUT", snapshot(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		})},
		"slow": {"DISTRICT_SLOW", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
	}
}

func message(resp sync.Response) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		codec, err := sync.NewCodec(sync.MaxMessage)
		if err != nil {
			panic(err)
		}
		frame, err := codec.Encode(resp)
		if err != nil {
			panic(err)
		}
		_, _ = w.Write(frame)
	}
}

// bomb is 4 GB of zeros in a few hundred kilobytes.
func bomb() string {
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	if err != nil {
		panic(err)
	}
	zeros := make([]byte, 1<<20)
	for range 4096 {
		if _, err := w.Write(zeros); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

// snapshot asks to take a snapshot first, and gives it.
func snapshot(give http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == sync.PathSync {
			message(sync.Response{Proto: sync.Proto, Epoch: "e", Next: sync.Next{Snapshot: "9-abc"}})(w, r)
			return
		}
		give(w, r)
	}
}

// snapshots gives a snapshot that never ends: a part of so many records with a
// value of so many bytes, again and again.
func snapshots(records, bytes int) http.HandlerFunc {
	return snapshot(func(w http.ResponseWriter, _ *http.Request) {
		part := snapshotPart(records, bytes)
		for {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	})
}

func snapshotPart(records, size int) []byte {
	snap := sync.Snapshot{Branch: "b", Epoch: "e", Seq: 9}
	for i := range records {
		regs := map[string]record.Register{"a": {Value: strings.Repeat("x", size), Op: "o"}}
		snap.Holdings = append(snap.Holdings, record.Holding{Kind: "member", ID: fmt.Sprint("r", i), Registers: regs})
	}
	var out bytes.Buffer
	if _, err := sync.WriteSnapshot(&out, snap); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func endless(w http.ResponseWriter, _ *http.Request) {
	block := make([]byte, 1<<20)
	for {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, "ZB\x00half")
	panic(http.ErrAbortHandler)
}

func stranger(t *testing.T, h http.Handler) (*model.Laptop, *courier.Courier) {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.CloseClientConnections)
	t.Cleanup(func() { srv.Config.Close() })
	return laptopAt(t, srv.URL)
}

func laptopAt(t *testing.T, url string) (*model.Laptop, *courier.Courier) {
	t.Helper()
	l := model.NewLaptop(time.Now, nil)
	e := record.Enrolment{Server: url, Branch: "b", Device: "b-d", Key: make([]byte, 32)}
	if err := l.Enrol(e); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Edit("op1", "member", "m1", map[string]string{"name": "王秀兰"}); err != nil {
		t.Fatal(err)
	}
	c, err := courier.New(e, courier.Options{Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return l, c
}

func TestStrangersChangeNothing(t *testing.T) {
	for name, s := range strangers() {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			l, c := stranger(t, s.serve)
			before := l.Position()
			var low, high runtime.MemStats
			runtime.ReadMemStats(&low)
			_, err := sync.Exchange(context.Background(), l, c)
			runtime.ReadMemStats(&high)
			if record.CodeOf(err) != s.code || record.SayOf(err) == "" {
				t.Errorf("%v, want %s", err, s.code)
			}
			got, most := (high.TotalAlloc-low.TotalAlloc)>>20, uint64(600)
			if strings.HasPrefix(name, "snapshot") {
				most = 1600 // a snapshot may be 512 MB, and each part is unpacked first
			}
			if t.Logf("%d MB allocated in all", got); got > most {
				t.Errorf("more than %d MB", most)
			}
			if len(l.Unsent()) != 1 || l.Position().Acked != before.Acked || len(l.Base()) != 0 {
				t.Errorf("the laptop changed: %+v", l.Position())
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + dead.Addr().String()
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	l, c := laptopAt(t, url)
	if _, err := sync.Exchange(context.Background(), l, c); record.CodeOf(err) != "DISTRICT_DOWN" {
		t.Errorf("down: %v", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := sync.Exchange(ctx, l, c); err == nil {
		t.Error("a stopped exchange went on")
	}
}

func TestAddresses(t *testing.T) {
	for server, code := range map[string]string{
		"http://10.0.0.8:8744": "PLAIN_HTTP", "https://10.0.0.8:8744": "PIN_MISSING", "ftp://x": "SERVER_ADDRESS",
		"10.0.0.8": "SERVER_ADDRESS", "https://x#abc": "PIN_FORMAT", "": "SERVER_ADDRESS",
	} {
		_, err := courier.Join(context.Background(), server, "00000000000", courier.Options{})
		if record.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", server, err, code)
		}
	}
}
