package server_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/model"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// world is a district with what a test needs to look at it from both sides.
type world struct {
	t testing.TB
	*server.Server
	ahead *time.Duration // of the real clock, for everybody
	temp  string         // where snapshots are written
}

func (w world) clock() time.Time { return time.Now().Add(*w.ahead) }

func (w world) later(months int) { *w.ahead += time.Duration(months) * 31 * 24 * time.Hour }

func rules() server.Rules {
	return server.Rules{Guards: record.Guards{"member": {"joined", "id_no", "!deleted"}}, Unique: map[string][]string{"member": {"id_no"}},
		Serials: map[string]string{"meeting": "serial"}, Owned: map[string][]string{"pool": {"approval"}}}
}

// conform is one test of a ledger.
type conform struct {
	name string
	opt  server.Options
	test func(t *testing.T, w world)
}

func TestOnBolt(t *testing.T) {
	for _, c := range conformance() {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t, t.TempDir(), c.opt)) })
	}
}

func TestOnPostgres(t *testing.T) {
	pg := pgtest.Start(t)
	for i, c := range conformance() {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t, pg.Database(fmt.Sprintf("district%d", i)), c.opt)) })
	}
}

// A command beside a running server publishes in the same database; the server
// passes it on, a little later at most.
func TestAnotherProcessPublishes(t *testing.T) {
	now := time.Now()
	store := pgtest.Start(t).Database("shared")
	w := open(t, store, server.Options{Now: func() time.Time { return now }})
	l := w.laptop(w.branch("甲支部"), "secretary")
	l.sync()
	beside := open(t, store, server.Options{})
	if _, err := beside.Publish(context.Background(), "district", server.Edit{Kind: "notice", Set: map[string]string{"title": "通知"}}); err != nil {
		t.Fatal(err)
	}
	now = now.Add(15 * time.Minute)
	l.sync()
	if len(l.Notices()) != 1 {
		t.Errorf("%d notices", len(l.Notices()))
	}
}

// Last night's dump is another line of history, in a new cluster and in the old
// one: laptops bring back what it lacks, and nobody is asked which side to throw
// away.
func TestDumpComesBack(t *testing.T) {
	pg := pgtest.Start(t)
	for name, to := range map[string]*pgtest.Server{"old": pg, "new": pgtest.Start(t)} {
		t.Run(name, func(t *testing.T) {
			w := open(t, pg.Database(name), server.Options{})
			b := w.branch("甲支部")
			one, two := w.laptop(b, ""), w.laptop(b, "")
			one.edit("member", "m1", "name", "王秀兰")
			one.sync()
			two.sync()
			dump := pg.Dump(name)
			one.edit("member", "m2", "name", "李伟")
			one.edit("member", "m1", "mobile", "110")
			one.sync()
			two.edit("member", "m1", "group", "一组")
			again := open(t, to.Load(name, dump), server.Options{})
			before := one.Position().Epoch
			for _, l := range []*near{two, one, two, one} {
				l.world = again
				l.sync()
			}
			again.wantEqual(b, one, two)
			if one.Position().Epoch == before || one.value("m2", "name") != "李伟" || two.value("m1", "mobile") != "110" || one.value("m1", "group") != "一组" || len(one.conflicts()) != 0 {
				t.Errorf("epoch %s, before %s; m1 %v, m2 %v", one.Position().Epoch, before, one.Registers("m1"), one.Registers("m2"))
			}
		})
	}
}

// The second belt: the district's own user, whatever it asks for, sees one branch.
func TestRowSecurity(t *testing.T) {
	pg := pgtest.Start(t)
	w := open(t, pg.Database("belt"), server.Options{})
	a, b := w.branch("甲支部"), w.branch("乙支部")
	for _, br := range []server.Branch{a, b} {
		l := w.laptop(br, "secretary")
		l.edit("member", "m1", "name", br.Name)
		l.sync()
	}
	for _, table := range []string{"branch", "record", "op", "device"} {
		if got := pg.In("belt", "SELECT count(*) FROM "+table); strings.TrimSpace(got) != "0" {
			t.Errorf("%s shows %s rows to nobody in particular", table, got)
		}
	}
	got := pg.In("belt", "BEGIN; SELECT set_config('app.branch', '"+a.ID+"', true); SELECT body->>'name' FROM record; COMMIT")
	if !strings.Contains(got, "甲支部") || strings.Contains(got, "乙支部") {
		t.Errorf("as branch 甲: %s", got)
	}
}

func open(t testing.TB, store string, opt server.Options) world {
	t.Helper()
	w := world{t: t, ahead: new(time.Duration), temp: t.TempDir()}
	opt.Temp = w.temp
	if opt.Now == nil {
		opt.Now = w.clock
	}
	if opt.Rules.Guards == nil {
		opt.Rules = rules()
	}
	s, err := server.Open(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Server = s
	return w
}

func (w world) branch(name string) server.Branch {
	w.t.Helper()
	b, err := w.AddBranch(context.Background(), server.Branch{Name: name, Street: "张江镇"})
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

// laptop joins a new laptop with a code, as a person would.
func (w world) laptop(b server.Branch, role string) *near {
	w.t.Helper()
	invite, err := w.Invite(context.Background(), b.ID, role)
	if err != nil {
		w.t.Fatal(err)
	}
	n := &near{world: w, Laptop: model.NewLaptop(w.clock, w.Rules().Guards)}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	got, err := w.Join(context.Background(), sync.Join{Code: invite.Code, Key: public})
	if err != nil {
		w.t.Fatal(err)
	}
	n.enrol(got, private.Seed())
	return n
}

// near is a laptop with the district in the same process.
type near struct {
	world
	*model.Laptop
	ops int
}

func (n *near) enrol(j sync.Joined, seed []byte) {
	n.t.Helper()
	e := record.Enrolment{Branch: j.Branch, Name: j.Name, Device: j.Device, Role: j.Role, Key: seed, ServerKey: j.ServerKey}
	if err := n.Enrol(e); err != nil {
		n.t.Fatal(err)
	}
}

// Renew implements sync.Renewer.
func (n *near) Renew(ctx context.Context) (record.Enrolment, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return record.Enrolment{}, err
	}
	e, _ := n.Enrolment()
	got, err := n.Server.Renew(ctx, e.Device, public)
	e.Device, e.Key = got.Device, private.Seed()
	return e, err
}

// door is the district as this laptop's present identity sees it.
type door struct {
	sync.District
	sync.Renewer
}

func (n *near) exchange() (sync.Outcome, error) {
	n.t.Helper()
	for {
		e, _ := n.Enrolment()
		out, err := sync.Exchange(context.Background(), n.Laptop, door{n.For(e.Device), n})
		if now, _ := n.Enrolment(); now.Device == e.Device || err == nil {
			return out, err
		}
	}
}

func (n *near) sync() sync.Outcome {
	n.t.Helper()
	out, err := n.exchange()
	if err != nil {
		n.t.Fatalf("exchange: %v (%s)", err, record.SayOf(err))
	}
	return out
}

func (n *near) edit(kind, rec string, pairs ...string) string {
	n.t.Helper()
	n.ops++
	e, _ := n.Enrolment()
	set := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		set[pairs[i]] = pairs[i+1]
	}
	id := fmt.Sprintf("%s/%d", e.Device, n.ops)
	if _, err := n.Edit(id, kind, rec, set); err != nil {
		n.t.Fatal(err)
	}
	return id
}

func (n *near) value(rec, path string) string { return n.Registers(rec)[path].Value }

// wantEqual fails unless laptops and district hold the very same registers.
func (w world) wantEqual(b server.Branch, laptops ...*near) {
	w.t.Helper()
	held := map[string]record.Holding{}
	err := w.EachRecord(context.Background(), b.ID, func(h record.Holding) error {
		held[h.ID] = h
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	want := model.Draw(held)
	for i, l := range laptops {
		if got := l.String(); got != want {
			w.t.Fatalf("laptop %d:\n%s\ndistrict:\n%s", i, got, want)
		}
	}
}

func (n *near) conflicts() (out []record.Holding) {
	for _, h := range n.Base() {
		if h.Kind == record.ConflictKind {
			out = append(out, h)
		}
	}
	return out
}

// sealed reports whether a value carries the district's signature.
func (n *near) sealed(rec, path string) bool {
	e, _ := n.Enrolment()
	regs := n.Registers(rec)
	return record.CheckSeal(e.ServerKey, e.Branch, rec, path, regs[path].Value, regs[record.SealPath(path)].Value)
}
