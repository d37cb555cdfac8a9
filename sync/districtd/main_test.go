package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/model"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// do runs one command in this process and returns what it printed.
func do(t *testing.T, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	if code := run(args, &out, &log); code != done {
		t.Fatalf("districtd %s: exit %d\n%s", strings.Join(args, " "), code, log.String())
	}
	return out.String()
}

func read[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// serving runs `districtd serve` until the test ends and returns its address.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		p := program{ctx: ctx, out: in, log: slog.New(slog.DiscardHandler), now: time.Now}
		ended <- p.dispatch(append([]string{"serve"}, args...))
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err, <-ended)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return strings.TrimSpace(strings.TrimPrefix(line, "正在服务 "))
}

// The whole way over TLS: init, branch, code, join by the pinned address, sync;
// every command also works while the server runs.
func TestDistrictOverTLS(t *testing.T) {
	store := filepath.Join(t.TempDir(), "district")
	do(t, "init", "--store", store)
	b := read[server.Branch](t, do(t, "branch", "add", "张江第一党支部", "--store", store, "--json"))
	url := serving(t, "--store", store, "--listen", "127.0.0.1:0", "--tls")
	if !strings.HasPrefix(url, "https://") {
		t.Fatalf("served %s", url)
	}
	again := read[[]server.Branch](t, do(t, "branch", "list", "--store", store, "--json"))
	if len(again) != 1 || again[0].ID != b.ID {
		t.Errorf("branches while serving: %+v", again)
	}
	invite := read[server.Invitation](t, do(t, "invite", b.ID, "--store", store, "--json"))
	if invite.CA == "" {
		t.Fatal("no pin on the invitation")
	}
	if _, err := courier.Join(t.Context(), url, invite.Code, courier.Options{}); record.CodeOf(err) != "PIN_MISSING" {
		t.Errorf("joined without a pin: %v", err)
	}
	wrong := url + "#" + sync.Pin(bytes.Repeat([]byte{7}, 32))
	if _, err := courier.Join(t.Context(), wrong, invite.Code, courier.Options{}); record.CodeOf(err) != "DISTRICT_CERT" {
		t.Errorf("joined a stranger: %v", err)
	}
	e, err := courier.Join(t.Context(), url+"#"+invite.CA, invite.Code, courier.Options{Machine: "书记的电脑"})
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLaptop(time.Now, nil)
	if err := l.Enrol(e); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Edit("op1", "member", "m1", map[string]string{"name": "王秀兰"}); err != nil {
		t.Fatal(err)
	}
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := sync.Exchange(t.Context(), l, far); err != nil || out.Pushed != 1 {
		t.Fatalf("exchange: %+v, %v", out, err)
	}
	held := read[[]server.Held](t, do(t, "record", "list", b.ID, "--kind", "member", "--json", "--store", store))
	if len(held) != 1 || held[0].Values["name"] != "王秀兰" {
		t.Errorf("held at the district: %+v", held)
	}
	stats := read[server.Stats](t, do(t, "stats", "--json", "--store", store))
	if stats.Total["members"] != 1 || stats.Counted != 1 {
		t.Errorf("stats: %+v", stats)
	}
	if stats = read[server.Stats](t, do(t, "stats", "--json", "--store", store)); stats.Counted != 0 || stats.Total["members"] != 1 {
		t.Errorf("stats again: %+v", stats)
	}
	for want, args := range map[string][]string{"全区：支部 1；党员 1，": {"stats"}, "姓名（name）：王秀兰": {"record", "list", b.ID}} {
		if told := do(t, append(args, "--store", store)...); !strings.Contains(told, want) {
			t.Errorf("%v does not tell %q:\n%s", args, want, told)
		}
	}
	do(t, "device", "revoke", e.Device, "--store", store)
	if _, err := sync.Exchange(t.Context(), l, far); record.CodeOf(err) != "DEVICE_REVOKED" {
		t.Errorf("revoked device: %v", err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	store, other, copied := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "district.backup")
	b := read[server.Branch](t, do(t, "branch", "add", "一支部", "--store", store, "--json"))
	do(t, "backup", copied, "--store", store)
	do(t, "restore", copied, "--store", other)
	if got := read[[]server.Branch](t, do(t, "branch", "list", "--store", other, "--json")); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("restored %+v", got)
	}
	var out, log bytes.Buffer
	if code := run([]string{"restore", copied, "--store", other}, &out, &log); code != refused || !strings.Contains(log.String(), "没有恢复") {
		t.Errorf("restored over data: exit %d, %s", code, log.String())
	}
}

func TestUsage(t *testing.T) {
	for line, want := range map[string]string{"": "districtd serve", "fly": "districtd serve", "branch fly": "districtd serve", "branch add --store x": "用法：districtd branch add 名称\n",
		"serve --nonsense": "用法：districtd serve\n", "notice title --store x": "用法：districtd notice title=标题"} {
		var out, log bytes.Buffer
		if code := run(strings.Fields(line), &out, &log); code != usage || !strings.Contains(log.String(), want) {
			t.Errorf("%q: exit %d, %s", line, code, log.String())
		}
	}
	if out := do(t, "invite", "--help"); !strings.HasPrefix(out, "districtd invite 支部\n") {
		t.Error(out)
	}
	if out := do(t, "help"); !strings.Contains(out, "districtd invite 支部") {
		t.Error(out)
	}
}

// The same commands on PostgreSQL; the figures differ in nothing.
func TestDistrictInPostgres(t *testing.T) {
	store := pgtest.Start(t).Database("district")
	do(t, "init", "--store", store)
	b := read[server.Branch](t, do(t, "branch", "add", "一支部", "--street", "张江镇", "--store", store, "--json"))
	url := serving(t, "--store", store, "--listen", "127.0.0.1:0")
	invite := read[server.Invitation](t, do(t, "invite", b.ID, "--store", store, "--json"))
	l := joinAt(t, url, invite.Code)
	if _, err := l.Edit("op1", "member", "m1", map[string]string{"name": "王秀兰"}); err != nil {
		t.Fatal(err)
	}
	e, _ := l.Enrolment()
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sync.Exchange(t.Context(), l, far); err != nil {
		t.Fatal(err)
	}
	stats := read[server.Stats](t, do(t, "stats", "--json", "--store", store))
	if stats.Street["张江镇"]["members"] != 1 {
		t.Errorf("stats: %+v", stats)
	}
	do(t, "branch", "set", "一支部", "--street", "曹路镇", "--store", store)
	if stats = read[server.Stats](t, do(t, "stats", "--json", "--store", store)); stats.Street["曹路镇"]["members"] != 1 {
		t.Errorf("stats of the right street: %+v", stats)
	}
	do(t, "clerk", "add", "李干事", "--role", "reader", "--store", store)
	clerks := read[[]server.Account](t, do(t, "clerk", "list", "--store", store, "--json"))
	if len(clerks) != 1 || clerks[0].Name != "李干事" {
		t.Fatalf("%+v", clerks)
	}
	do(t, "clerk", "remove", clerks[0].ID, "--store", store)
	if told := do(t, "clerk", "list", "--store", store); !strings.Contains(told, "共 0 个账号") {
		t.Errorf("still there: %s", told)
	}
	var out, log bytes.Buffer
	copied := filepath.Join(t.TempDir(), "x")
	if code := run([]string{"backup", copied, "--store", store}, &out, &log); code != refused || !strings.Contains(log.String(), "pg_dump") {
		t.Errorf("backup of a database: exit %d, %s", code, log.String())
	}
	if left, err := filepath.Glob(copied + "*"); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
