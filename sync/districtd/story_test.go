package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
	"zhibu/sync"
	"zhibu/sync/bundle"
	"zhibu/sync/courier"
	"zhibu/sync/server"
)

// TestStories plays the scripts of testdata/stories: real encrypted stores, a
// real server over HTTP, and a clock that the story turns.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/stories",
		Setup: func(env *testscript.Env) error {
			env.Values[storyKey{}] = &story{t: t, dir: env.WorkDir, now: time.Date(2026, 11, 2, 8, 0, 0, 0, time.Local), laptops: map[string]*desk{}, names: map[string]string{}}
			env.Defer(func() { of(env).end() })
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"district": districtCommand, "districtd": districtdCommand, "laptop": laptopCommand, "later": laterCommand, "same": sameCommand,
		},
	})
}

type storyKey struct{}

type story struct {
	t       *testing.T
	dir     string
	now     time.Time
	ticks   int
	stop    func() error
	server  *server.Server
	branch  server.Branch
	url     string
	pin     string
	laptops map[string]*desk
	names   map[string]string // what the story calls a record → its id
}

// desk is a laptop in a story.
type desk struct {
	*storage.Store
	dir  string
	skew time.Duration
	via  func(*courier.Courier) sync.District // what stands between it and the district; nil: nothing
}

func of(env *testscript.Env) *story { return env.Values[storyKey{}].(*story) }

func in(ts *testscript.TestScript) *story { return ts.Value(storyKey{}).(*story) }

// clock moves a little whenever it is read: no two saves at one moment.
func (s *story) clock() time.Time {
	s.ticks++
	return s.now.Add(time.Duration(s.ticks) * time.Millisecond)
}

func (s *story) program(out io.Writer) program {
	return program{ctx: context.Background(), out: out, log: slog.New(slog.DiscardHandler), now: s.clock}
}

func (s *story) store() string { return filepath.Join(s.dir, "district") }

func (s *story) open() error {
	p := s.program(io.Discard)
	opt := p.options()
	opt.SnapshotAfter = 50
	srv, err := server.Open(s.store(), opt)
	if err != nil {
		return err
	}
	if err := srv.Init(p.ctx); err != nil {
		return err
	}
	pin, err := srv.Pinned(p.ctx)
	if err != nil {
		return err
	}
	l, scheme, err := p.listenOn(srv, call{tls: true}, "127.0.0.1:0")
	if err != nil {
		return err
	}
	cl, err := server.ListenControl(s.store())
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- together(ctx, []func(context.Context) error{func(ctx context.Context) error { return srv.Serve(ctx, l) },
			func(ctx context.Context) error { return srv.ServeControl(ctx, cl) }})
	}()
	s.server, s.url, s.pin = srv, scheme+"://"+l.Addr().String(), sync.Pin(pin)
	s.stop = func() error {
		stop()
		s.server, s.stop = nil, nil
		return errors.Join(<-ended, srv.Close())
	}
	return nil
}

func (s *story) end() {
	for _, d := range s.laptops {
		storetest.Finish(s.t, d.Store)
	}
	if s.stop != nil {
		if err := s.stop(); err != nil {
			s.t.Error(err)
		}
	}
}

// district start | stop | backup NAME | restore NAME
func districtCommand(ts *testscript.TestScript, _ bool, args []string) {
	s := in(ts)
	switch args[0] {
	case "start":
		ts.Check(s.open())
		if s.branch.ID == "" {
			b, err := s.server.AddBranch(context.Background(), server.Branch{Name: "张江第一党支部", Street: "张江镇", Industry: "集成电路"})
			ts.Check(err)
			s.branch = b
		}
	case "stop":
		ts.Check(s.stop())
	case "backup":
		f, err := os.Create(filepath.Join(s.dir, args[1]))
		ts.Check(err)
		ts.Check(errors.Join(s.server.Copy(context.Background(), f), f.Close()))
	case "restore":
		if s.stop != nil {
			ts.Check(s.stop())
		}
		ts.Check(os.RemoveAll(s.store()))
		ts.Check(server.Restore(s.store(), filepath.Join(s.dir, args[1])))
		ts.Check(s.open())
	}
}

// districtd runs a command of the program on the story's district. BRANCH and
// the names of records stand for their ids.
func districtdCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := in(ts)
	for i, arg := range args {
		if id, ok := s.names[arg]; ok {
			args[i] = id
		}
		switch {
		case strings.HasSuffix(arg, ".dsx"):
			args[i] = ts.MkAbs(arg)
		case arg == "BRANCH":
			args[i] = s.branch.ID
		case strings.HasPrefix(arg, "DEVICE:"):
			args[i] = s.laptops[strings.TrimPrefix(arg, "DEVICE:")].Position().Device
		}
	}
	var out bytes.Buffer
	err := s.program(&out).dispatch(append(args, "--store", s.store()))
	fmt.Fprint(ts.Stdout(), out.String())
	said(ts, neg, err)
}

// said prints the sentence of a refusal and holds it against what the story expects.
func said(ts *testscript.TestScript, neg bool, err error) {
	if err != nil {
		fmt.Fprintf(ts.Stderr(), "%s %s\n", record.CodeOf(err), record.SayOf(err))
	}
	if neg && err == nil {
		ts.Fatalf("went through")
	}
	if !neg && err != nil {
		ts.Fatalf("%v: %s", err, record.SayOf(err))
	}
}

// later TIME, e.g. 480h
func laterCommand(ts *testscript.TestScript, _ bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	s := in(ts)
	s.now = s.now.Add(d)
}

// same A B… holds that all see the same.
func sameCommand(ts *testscript.TestScript, _ bool, args []string) {
	s := in(ts)
	first := s.laptops[args[0]]
	for _, name := range args[1:] {
		for _, kind := range []string{"member", "pool", "meeting", record.ConflictKind} {
			a, b := seen(first.Store, kind), seen(s.laptops[name].Store, kind)
			if !maps.Equal(a, b) {
				ts.Fatalf("%s of %s and %s differ:\n%v\n%v", kind, args[0], name, a, b)
			}
		}
	}
}

func seen(s *storage.Store, kind string) map[string]string {
	out := map[string]string{}
	for _, r := range append(slices.Clone(s.All(kind)), s.Trash(kind)...) {
		values := record.Values{}
		for path, v := range r.Values {
			if v != "" {
				values[path] = v
			}
		}
		out[r.ID] = fmt.Sprint(values.Paths(), fmt.Sprint(map[string]string(values)))
	}
	return out
}

func (s *story) options(d *desk) storage.Options {
	opt := storetest.Options(func() time.Time { return s.clock().Add(d.skew) })
	rules := s.program(nil).options().Rules
	opt.Guards, opt.Owned = rules.Guards, rules.Owned
	return opt
}

// laptop NAME join [ROLE [BRANCH]] | save REC k=v… | delete REC | sync | sees REC k=v… |
// count KIND N | is ROLE | reviews N | refused N | unsent N | clock SHIFT | forged k=v… | copy NEW | stick | reply FILE…
func laptopCommand(ts *testscript.TestScript, neg bool, args []string) {
	s, name, verb, rest := in(ts), args[0], args[1], args[2:]
	d := s.laptops[name]
	switch verb {
	case "join":
		s.join(ts, name, rest)
	case "save":
		s.save(ts, d, rest[0], rest[1:])
	case "delete":
		_, err := d.Apply(record.Edit{Kind: kindOf(rest[0]), ID: s.names[rest[0]], Set: record.Values{record.DeletedPath: "1"}})
		ts.Check(err)
	case "sync":
		out, err := d.exchange(s)
		fmt.Fprintln(ts.Stdout(), out)
		said(ts, neg, err)
	case "sees":
		s.sees(ts, d, rest[0], rest[1:])
	case "count":
		if n := len(d.All(rest[0])); strconv.Itoa(n) != rest[1] {
			ts.Fatalf("%d records of %s, want %s", n, rest[0], rest[1])
		}
	case "is":
		if e, _ := d.Enrolment(); e.Role != rest[0] {
			ts.Fatalf("%s is %s, want %s", name, e.Role, rest[0])
		}
	case "reviews", "refused", "unsent":
		d.count(ts, verb, rest[0])
	case "clock":
		shift, err := time.ParseDuration(rest[0])
		ts.Check(err)
		d.skew = shift
	case "version":
		n, err := strconv.Atoi(rest[0])
		ts.Check(err)
		d.via = func(c *courier.Courier) sync.District { return aged{c, n} }
	case "forged":
		set, err := pairs(rest)
		ts.Check(err)
		d.via = func(c *courier.Courier) sync.District { return forging{c, set} }
	case "copy":
		s.copy(ts, name, rest[0])
	case "stick":
		s.stick(ts, name, d)
	case "reply":
		for _, file := range rest {
			data, err := os.ReadFile(ts.MkAbs(file))
			ts.Check(err)
			e, _ := d.Enrolment()
			out, err := bundle.Import(d.Store, e, d.shelf(), data)
			fmt.Fprintln(ts.Stdout(), out)
			said(ts, neg, err)
		}
	default:
		ts.Fatalf("laptop %s does not know %q", name, verb)
	}
}

func (s *story) join(ts *testscript.TestScript, name string, rest []string) {
	where := slices.Concat(rest, []string{"secretary", s.branch.ID}[min(len(rest), 2):])
	d := s.laptops[name]
	if d == nil {
		d = &desk{dir: filepath.Join(s.dir, "laptop-"+name)}
		store, _, err := storage.Create(d.dir, storetest.Passphrase, s.options(d))
		ts.Check(err)
		d.Store = store
		s.laptops[name] = d
	}
	invite, err := s.server.Invite(context.Background(), where[1], where[0])
	ts.Check(err)
	e, err := courier.Join(context.Background(), s.url+"#"+s.pin, invite.Code, courier.Options{Now: s.clock, Machine: name})
	ts.Check(err)
	ts.Check(d.Enrol(e))
}

func kindOf(rec string) string { kind, _, _ := strings.Cut(rec, ":"); return kind }

func (s *story) save(ts *testscript.TestScript, d *desk, rec string, args []string) {
	set, err := pairs(args)
	ts.Check(err)
	rs, err := d.Apply(record.Edit{Kind: kindOf(rec), ID: s.names[rec], Set: set})
	ts.Check(err)
	s.names[rec] = rs[0].ID
}

func (s *story) sees(ts *testscript.TestScript, d *desk, rec string, args []string) {
	want, err := pairs(args)
	ts.Check(err)
	kind, id, _ := strings.Cut(rec, ":")
	if known, ok := s.names[rec]; ok {
		id = known
	}
	r, ok := d.Get(kind, id)
	if !ok && len(want) > 0 {
		ts.Fatalf("%s is not there", rec)
	}
	for path, value := range want {
		if path == "state" {
			if r.State.String() != value {
				ts.Fatalf("%s is %s, want %s", rec, r.State, value)
			}
		} else if r.Values[path] != value {
			ts.Fatalf("%s of %s is %q, want %q", path, rec, r.Values[path], value)
		}
	}
}

func (d *desk) count(ts *testscript.TestScript, what, wanted string) {
	n := map[string]int{"refused": len(d.Refused()), "unsent": d.Waiting()}[what]
	if what == "reviews" {
		for _, c := range d.All(record.ConflictKind) {
			if c.Values[record.ConflictResolved] == "" {
				n++
			}
		}
	}
	if strconv.Itoa(n) != wanted {
		ts.Fatalf("%s: %d, want %s", what, n, wanted)
	}
}

func (d *desk) exchange(s *story) (sync.Outcome, error) {
	e, _ := d.Enrolment()
	e.Server = s.url
	far, err := courier.New(e, courier.Options{Now: func() time.Time { return s.clock().Add(d.skew) }, Timeout: 10 * time.Second})
	if err != nil {
		return sync.Outcome{}, err
	}
	defer far.Close()
	if d.via != nil {
		return sync.Exchange(context.Background(), d.Store, d.via(far))
	}
	return sync.Exchange(context.Background(), d.Store, far)
}

// copy copies a closed data folder, as somebody does who buys a new laptop. An
// existing copy of that name is put back instead: an old backup.
func (s *story) copy(ts *testscript.TestScript, from, to string) {
	a := s.laptops[from]
	ts.Check(a.Close())
	b := s.laptops[to]
	if b == nil {
		b = &desk{dir: filepath.Join(s.dir, "laptop-"+to)}
	} else {
		ts.Check(b.Close())
		ts.Check(os.RemoveAll(b.dir))
	}
	ts.Check(os.CopyFS(b.dir, os.DirFS(a.dir)))
	for _, d := range []*desk{a, b} {
		var err error
		d.Store, err = storage.Open(d.dir, storetest.Passphrase, s.options(d))
		ts.Check(err)
	}
	s.laptops[to] = b
}
