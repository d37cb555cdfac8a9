package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"zhibu/storage/record"
	"zhibu/sync/server"
)

// contract holds the handlers of the district's side to openapi.json: what is
// asked, what is answered, and what is refused.
type contract struct {
	world
	router routers.Router
	clerk  string
}

func (c contract) call(method, path string, body any, want int) []byte {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	ask := func() *http.Request {
		r := httptest.NewRequest(method, path, bytes.NewReader(raw))
		if body == nil {
			r = httptest.NewRequest(method, path, nil)
		} else {
			r.Header.Set("Content-Type", "application/json")
		}
		r.Header.Set("Authorization", c.clerk)
		return r
	}
	route, params, err := c.router.FindRoute(ask())
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	in := &openapi3filter.RequestValidationInput{Request: ask(), PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	if err := openapi3filter.ValidateRequest(context.Background(), in); (err == nil) != (want == http.StatusOK) {
		c.t.Errorf("%s %s is described otherwise: %v", method, path, err)
	}
	w := httptest.NewRecorder()
	c.Admin(false).ServeHTTP(w, ask())
	if w.Code != want {
		c.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: in.Options,
		Body: io.NopCloser(bytes.NewReader(w.Body.Bytes()))}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil && !strings.HasPrefix(w.Header().Get("Content-Type"), "application/octet-stream") {
		c.t.Errorf("%s %s answers otherwise than described: %v", method, path, err)
	}
	return w.Body.Bytes()
}

// stub is a rule book with one parameter.
type stub struct{}

func (stub) Kinds() []string { return []string{"ruleset"} }

func (stub) Draft(_ []byte, before []record.Record) (record.Record, error) {
	return record.Record{Kind: "ruleset", ID: "PD-1", Values: record.Values{"basis": "文件"}}, nil
}

func (stub) Show(published []record.Record) any {
	return map[string]any{"in_force": "PD-1", "params": []any{}, "versions": []any{}, "code_lists": []any{}}
}

// describe opens a district and the description of its own side.
func describe(t *testing.T) contract {
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, t.TempDir(), server.Options{Rulebook: stub{}, Tally: func(server.Branch, []record.Holding, []record.Record) (map[string]int64, error) {
		return map[string]int64{"members": 1}, nil
	}})
	token, err := w.AddClerk(context.Background(), server.Clerk{Name: "区里", Role: server.ClerkDistrict})
	if err != nil {
		t.Fatal(err)
	}
	return contract{w, router, "Bearer " + token}
}

// asked is one honest request of a route.
type asked struct {
	pattern, path string
	body          any
}

func honest(b, other server.Branch, device, account string) []asked {
	at := "/admin/v1/branches/" + b.ID
	return []asked{
		{"POST /admin/v1/branches", "/admin/v1/branches", map[string]string{"name": "丙支部", "street": "张江镇", "industry": "快递"}},
		{"GET /admin/v1/branches", "/admin/v1/branches", nil},
		{"POST /admin/v1/branches/{branch}", at, map[string]string{"street": "曹路镇"}},
		{"POST /admin/v1/branches/{branch}/invites", at + "/invites", map[string]string{"role": "reader"}},
		{"GET /admin/v1/branches/{branch}/devices", at + "/devices", nil},
		{"POST /admin/v1/branches/{branch}/answers", at + "/answers", map[string]any{"kind": "pool", "record": "p1", "set": map[string]string{"approved1": "2026-11-18"}, "by": "党委", "why": "同意"}},
		{"GET /admin/v1/branches/{branch}/records", at + "/records?kind=pool", nil},
		{"POST /admin/v1/notices", "/admin/v1/notices", map[string]any{"channel": "district", "set": map[string]string{"title": "通知"}, "by": "区里"}},
		{"POST /admin/v1/rules", "/admin/v1/rules", map[string]any{"ruleset_id": "PD-1", "effective_from": "2026-12-01", "basis": "文件", "values": map[string]string{"x": "1"}}},
		{"POST /admin/v1/rules", "/admin/v1/rules", map[string]any{"code_list": "demand.category", "names": []string{"低空"}}},
		{"GET /admin/v1/rules", "/admin/v1/rules", nil},
		{"POST /admin/v1/transfers", "/admin/v1/transfers", map[string]string{"from": b.ID, "to": other.ID, "kind": "member", "record": "m1", "by": "区里"}},
		{"GET /admin/v1/stats", "/admin/v1/stats", nil},
		{"GET /admin/v1/clerks", "/admin/v1/clerks", nil},
		{"POST /admin/v1/clerks", "/admin/v1/clerks", map[string]string{"name": "镇里", "role": "street", "street": "张江镇"}},
		{"POST /admin/v1/clerks/{clerk}/remove", "/admin/v1/clerks/" + account + "/remove", nil},
		{"POST /admin/v1/sweep", "/admin/v1/sweep", nil},
		{"GET /admin/v1/backup", "/admin/v1/backup", nil},
		{"POST /admin/v1/devices/{device}/role", "/admin/v1/devices/" + device + "/role", map[string]string{"role": "committee"}},
		{"POST /admin/v1/devices/{device}/revoke", "/admin/v1/devices/" + device + "/revoke", nil},
	}
}

func TestHandlersKeepToTheDescription(t *testing.T) {
	c := describe(t)
	b, other := c.branch("甲支部"), c.branch("乙支部")
	l := c.laptop(b, "secretary")
	l.edit("pool", "p1", "name", "李伟")
	l.edit("member", "m1", "name", "王秀兰")
	l.sync()
	if _, err := c.AddClerk(context.Background(), server.Clerk{Name: "走了的", Role: server.ClerkReader}); err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{"POST /admin/v1/sticks": true} // binary: bundles have their own tests
	accounts, err := c.Clerks(context.Background())
	if err != nil || len(accounts) != 2 {
		t.Fatal(accounts, err)
	}
	leaver := accounts[slices.IndexFunc(accounts, func(a server.Account) bool { return a.Name == "走了的" })]
	for _, k := range honest(b, other, l.Position().Device, leaver.ID) {
		tried[k.pattern] = true
		method, _, _ := strings.Cut(k.pattern, " ")
		got := c.call(method, k.path, k.body, http.StatusOK)
		if strings.Contains(k.pattern, "records") && !strings.Contains(string(got), "2026-11-18") {
			t.Errorf("the answer is not in the record: %s", got)
		}
		if k.body != nil && k.pattern != "POST /admin/v1/rules" { // the rule book reads that body itself
			c.call(method, k.path, map[string]any{"nonsense": true}, http.StatusBadRequest)
		}
	}
	for pattern := range server.AdminPatterns() {
		if !tried[pattern] {
			t.Errorf("%s is not tried here", pattern)
		}
	}
}
