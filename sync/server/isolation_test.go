package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

// secret is in every value of the victim; no answer to an intruder holds it.
const secret = "机密档案"

// intruder tries a route of the laptops' side with a device that may not.
type intruder struct {
	t       *testing.T
	w       world
	handler http.Handler
	victim  server.Branch
	theirs  *near // laptop of the victim
	ours    *near // laptop of another branch
	nonce   int
}

// requests is one honest request a route; a route without one fails the test.
func (in *intruder) requests() map[string]func() (path string, body any) {
	return map[string]func() (string, any){
		"POST /v1/sync": func() (string, any) {
			return "/v1/sync", sync.Request{Cursors: map[string]uint64{sync.BranchChannel(in.victim.ID): 0}, Sealed: true}
		},
		"POST /v1/repair": func() (string, any) {
			return "/v1/repair", sync.Repair{Done: true}
		},
		"GET /v1/snapshot/{name}": func() (string, any) { return "/v1/snapshot/" + in.snapshotOf(in.theirs), nil },
		"GET /v1/blob/{sha}":      func() (string, any) { return "/v1/blob/" + strings.Repeat("ab", 32), nil },
		"POST /v1/upload/":        func() (string, any) { return "/v1/upload/", nil },
		"HEAD /v1/upload/{id}":    func() (string, any) { return "/v1/upload/" + in.victim.ID + "-" + strings.Repeat("ab", 32), nil },
		"PATCH /v1/upload/{id}":   func() (string, any) { return "/v1/upload/" + in.victim.ID + "-" + strings.Repeat("ab", 32), nil },
		"POST /v1/renew":          func() (string, any) { return "/v1/renew", sync.Join{Key: make([]byte, 32)} },
	}
}

func (in *intruder) snapshotOf(n *near) string {
	in.t.Helper()
	got, err := in.w.For(n.Position().Device).Repair(context.Background(), sync.Repair{Done: true})
	if err != nil {
		in.t.Fatal(err)
	}
	return got.Snapshot
}

func (in *intruder) send(method, path string, body any, proof func(frame []byte) string) *httptest.ResponseRecorder {
	in.t.Helper()
	codec, err := sync.NewCodec(sync.MaxMessage)
	if err != nil {
		in.t.Fatal(err)
	}
	var frame []byte
	if body != nil {
		if frame, err = codec.Encode(body); err != nil {
			in.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(frame))
	if header := proof(frame); header != "" {
		r.Header.Set("Authorization", header)
	}
	w := httptest.NewRecorder()
	in.handler.ServeHTTP(w, r)
	return w
}

// sign proves a request as a laptop, but for the slips that change lets in.
func (in *intruder) sign(n *near, method, path string, change func(*sync.Proof)) func([]byte) string {
	return func(frame []byte) string {
		e, _ := n.Enrolment()
		in.nonce++
		p := sync.Sign(ed25519.NewKeyFromSeed(e.Key), e.Device, method, path, frame, time.Now(), fmt.Sprintf("nonce%016d", in.nonce))
		if change != nil {
			change(&p)
		}
		return p.String()
	}
}

// slips is what is wrong with a request, and the code that refuses it.
func (in *intruder) slips() map[string]struct {
	change func(*sync.Proof)
	code   string
} {
	type slip = struct {
		change func(*sync.Proof)
		code   string
	}
	victim := in.theirs.Position().Device
	return map[string]slip{
		"as the victim":     {func(p *sync.Proof) { p.Device = victim }, "PROOF_INVALID"},
		"unknown device":    {func(p *sync.Proof) { p.Device = in.victim.ID + "-nobody00" }, "DEVICE_UNKNOWN"},
		"unknown branch":    {func(p *sync.Proof) { p.Device = "nobranch-nobody00" }, "DEVICE_UNKNOWN"},
		"odd device":        {func(p *sync.Proof) { p.Device = "../" + in.victim.ID }, "DEVICE_UNKNOWN"},
		"broken signature":  {func(p *sync.Proof) { p.Sig[5] ^= 1 }, "PROOF_INVALID"},
		"short signature":   {func(p *sync.Proof) { p.Sig = p.Sig[:10] }, "PROOF_INVALID"},
		"other nonce":       {func(p *sync.Proof) { p.Nonce = "nonceXXXXXXXXXXXXXXXX" }, "PROOF_INVALID"},
		"time changed":      {func(p *sync.Proof) { p.At = p.At.Add(time.Second) }, "PROOF_INVALID"},
		"recorded long ago": {func(p *sync.Proof) { p.At = p.At.Add(-time.Hour) }, "PROOF_INVALID"},
	}
}

func (in *intruder) wantRefused(what string, w *httptest.ResponseRecorder, code string) {
	in.t.Helper()
	if strings.Contains(w.Body.String(), secret) {
		in.t.Fatalf("%s: the answer holds what belongs to another branch", what)
	}
	codec, err := sync.NewCodec(sync.MaxMessage)
	if err != nil {
		in.t.Fatal(err)
	}
	var p sync.Problem
	if err := codec.Decode(w.Body.Bytes(), &p); err != nil || p.Code != code || w.Code == http.StatusOK {
		in.t.Errorf("%s: status %d, %+v, want %s", what, w.Code, p, code)
	}
}

func TestEveryRouteKeepsIntrudersOut(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{})
	in := &intruder{t: t, w: w, handler: w.Handler(), victim: w.branch("甲支部")}
	in.theirs, in.ours = w.laptop(in.victim, "secretary"), w.laptop(w.branch("乙支部"), "secretary")
	in.theirs.edit("member", "m1", "name", secret)
	in.theirs.sync()
	in.ours.edit("member", "m1", "name", "别的支部")
	in.ours.sync()
	revoked := w.laptop(in.victim, "secretary")
	revoked.sync()
	if err := w.Revoke(context.Background(), revoked.Position().Device); err != nil {
		t.Fatal(err)
	}
	cases := in.requests()
	for pattern, open := range server.Patterns() {
		if open {
			continue
		}
		make, ok := cases[pattern]
		if !ok {
			t.Errorf("%s has no case here: say what an intruder would send", pattern)
			continue
		}
		method, _, _ := strings.Cut(pattern, " ")
		path, body := make()
		in.wantRefused(pattern+" without a proof", in.send(method, path, body, func([]byte) string { return "" }), "PROOF_INVALID")
		in.wantRefused(pattern+" revoked", in.send(method, path, body, in.sign(revoked, method, path, nil)), "DEVICE_REVOKED")
		for name, s := range in.slips() {
			in.wantRefused(pattern+" "+name, in.send(method, path, body, in.sign(in.ours, method, path, s.change)), s.code)
		}
		// A body or path other than the signed one.
		in.wantRefused(pattern+" other path", in.send(method, path, body, in.sign(in.ours, method, "/v1/other", nil)), "PROOF_INVALID")
		// The same request a second time.
		header := in.sign(in.theirs, method, path, nil)
		var once string
		in.send(method, path, body, func(frame []byte) string { once = header(frame); return once })
		in.wantRefused(pattern+" replayed", in.send(method, path, body, func([]byte) string { return once }), "PROOF_INVALID")
		// Honestly proved, for another branch's things.
		if got := in.send(method, path, body, in.sign(in.ours, method, path, nil)); strings.Contains(got.Body.String(), secret) {
			t.Errorf("%s gives another branch's rows to an honest laptop", pattern)
		}
	}
	in.wantRefused("another branch's snapshot", in.send("GET", "/v1/snapshot/"+in.snapshotOf(in.theirs), nil,
		in.sign(in.ours, "GET", "/v1/snapshot/"+in.snapshotOf(in.theirs), nil)), "SNAPSHOT_GONE")
}

func TestOpenAPIDescribesEveryAdminRoute(t *testing.T) {
	raw, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	var described []string
	for path, methods := range doc.Paths {
		for method := range methods {
			described = append(described, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(described)
	if handled := slices.Sorted(maps.Keys(server.AdminPatterns())); !slices.Equal(described, handled) {
		t.Errorf("openapi.json describes\n%v\nthe handlers are\n%v", described, handled)
	}
}

// Every admin route asks for a token, keeps readers from changing anything and
// street clerks inside their street.
func TestClerksStayInTheirPlace(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{})
	mine, other := w.branch("甲支部"), w.branch("乙支部")
	ctx := context.Background()
	token := func(c server.Clerk) string {
		got, err := w.AddClerk(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + got
	}
	reader := token(server.Clerk{Name: "读者", Role: server.ClerkReader})
	street := token(server.Clerk{Name: "街镇", Role: server.ClerkStreet, Street: "别的街镇"})
	h := w.Admin(false)
	try := func(pattern, who string) (int, string) {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.NewReplacer("{branch}", mine.ID, "{device}", other.ID+"-x").Replace(path)
		r := httptest.NewRequest(method, path, strings.NewReader("{}"))
		if who != "" {
			r.Header.Set("Authorization", who)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Code, rec.Body.String()
	}
	for pattern, is := range server.AdminPatterns() {
		for _, who := range []string{"", "Bearer wrong", "Basic x"} {
			if code, body := try(pattern, who); code != http.StatusUnauthorized || !strings.Contains(body, "CLERK_UNKNOWN") {
				t.Errorf("%s with %q: %d %s", pattern, who, code, body)
			}
		}
		if code, _ := try(pattern, reader); (is[0] || is[1]) != (code == http.StatusForbidden) {
			t.Errorf("%s as a reader: %d", pattern, code)
		}
		code, body := try(pattern, street)
		switch {
		case is[1] && code != http.StatusForbidden:
			t.Errorf("%s as a street clerk: %d", pattern, code)
		case !is[1] && strings.Contains(pattern, "{") && code != http.StatusNotFound:
			t.Errorf("%s as a clerk of another street: %d %s", pattern, code, body)
		case strings.Contains(body, mine.Name):
			t.Errorf("%s shows a clerk another street's branch", pattern)
		}
	}
	if code := record.CodeOf(w.Revoke(ctx, other.ID+"-x")); code != "DEVICE_UNKNOWN" {
		t.Errorf("revoking nobody: %s", code)
	}
}
