package courier_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/server"
)

// joined is a real store, enrolled with a real district over HTTP.
type joined struct {
	*storage.Store
	far *courier.Courier
}

func (d district) store(t testing.TB, b server.Branch, guards record.Guards) joined {
	t.Helper()
	s := storetest.Open(t, func(o *storage.Options) { o.Guards, o.Now = guards, d.now })
	return d.enrol(t, b, s)
}

func (d district) enrol(t testing.TB, b server.Branch, s *storage.Store) joined {
	t.Helper()
	invite, err := d.Invite(context.Background(), b.ID, "secretary")
	if err != nil {
		t.Fatal(err)
	}
	e, err := courier.Join(context.Background(), d.url, invite.Code, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Enrol(e); err != nil {
		t.Fatal(err)
	}
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return joined{s, far}
}

func (j joined) sync(t testing.TB) sync.Outcome {
	t.Helper()
	out, err := sync.Exchange(context.Background(), j.Store, j.far)
	if err != nil {
		t.Fatalf("exchange: %v (%s)", err, record.SayOf(err))
	}
	return out
}

func (j joined) save(t testing.TB, kind, id string, set record.Values) string {
	t.Helper()
	rs, err := j.Apply(record.Edit{Kind: kind, ID: id, Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return rs[0].ID
}

// seen is everything of a kind as a person sees it.
func (j joined) seen(kind string) map[string]record.Values {
	out := map[string]record.Values{}
	for _, r := range j.All(kind) {
		out[r.ID] = r.Values
	}
	return out
}

func wantSame(t testing.TB, a, b joined, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		x, y := a.seen(kind), b.seen(kind)
		if !maps.EqualFunc(x, y, func(v, w record.Values) bool { return maps.Equal(v, w) }) {
			t.Errorf("%s differ:\n%v\n%v", kind, x, y)
		}
	}
}

// Two laptops with real encrypted stores and a server on loopback: different
// fields of one member both stay, of the same field the later wins and the other
// lies in the review list, on both laptops alike.
func TestRealStoresEndEqual(t *testing.T) {
	guards := record.Guards{"member": {"joined"}}
	d := startDistrict(t, server.Rules{Guards: guards})
	b := d.branch(t, "张江第一党支部")
	one, two := d.store(t, b, guards), d.store(t, b, guards)
	m := one.save(t, "member", "", record.Values{"name": "王秀兰", "joined": "2001-07-01"})
	one.sync(t)
	if out := two.sync(t); out.Pulled != 1 {
		t.Errorf("first pull: %+v", out)
	}
	one.save(t, "member", m, record.Values{"mobile": "13800138000", "group": "g1", "joined": "2001-07-02"})
	two.save(t, "member", m, record.Values{"email": "wang@example.cn", "group": "g2", "joined": "2001-07-03"})
	one.sync(t)
	if out := two.sync(t); out.Conflicts != 1 {
		t.Errorf("second pushes: %+v", out)
	}
	one.sync(t)
	wantSame(t, one, two, "member", record.ConflictKind)
	got, _ := one.Get("member", m)
	want := record.Values{"name": "王秀兰", "joined": "2001-07-02", "mobile": "13800138000", "email": "wang@example.cn", "group": "g2"}
	if !maps.Equal(got.Values, want) {
		t.Errorf("merged %v", got.Values)
	}
	if items := one.All(record.ConflictKind); len(items) != 2 {
		t.Errorf("%d items to review, want the group and the date of joining", len(items))
	}
}

// A branch that worked alone, its clock ahead, joins late: all of it reaches the
// district, and the next laptop; what is changed then clashes with nothing.
func TestJoiningLate(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	b := d.branch(t, "一支部")
	s := storetest.Open(t, func(o *storage.Options) { o.Now = func() time.Time { return d.now().Add(time.Hour) } })
	alone := joined{Store: s}
	id := ""
	for range 30 {
		id = alone.save(t, "member", "", record.Values{"name": "独立"})
	}
	one := d.enrol(t, b, s)
	if out := one.sync(t); out.Pushed != 30 {
		t.Errorf("%+v", out)
	}
	two := d.store(t, b, nil)
	two.sync(t)
	wantSame(t, one, two, "member")
	if n := len(two.All("member")); n != 30 {
		t.Errorf("%d members arrived", n)
	}
	one.save(t, "member", id, record.Values{"name": "联合"})
	if out := one.sync(t); out.Conflicts != 0 {
		t.Errorf("own changes: %+v", out)
	}
	two.sync(t)
	wantSame(t, one, two, "member", record.ConflictKind)
}

// What the district refuses stays on the laptop with its reason; mended, it goes.
func TestRefusedIsMendedAndSentAgain(t *testing.T) {
	d := startDistrict(t, server.Rules{Owned: map[string][]string{"pool": {"approval"}}})
	one := d.store(t, d.branch(t, "一支部"), nil)
	p := one.save(t, "pool", "", record.Values{"name": "李伟", "approval": "自己批的"})
	if out := one.sync(t); out.Refused != 1 {
		t.Fatalf("%+v", out)
	}
	list := one.Refused()
	if len(list) != 1 || list[0].Code != "DISTRICT_OWNED" || list[0].Field != "approval" || list[0].Say == "" {
		t.Fatalf("refused %+v", list)
	}
	if _, err := one.Resend(list[0].Change.ID, record.Values{"name": "李伟"}); err != nil {
		t.Fatal(err)
	}
	if out := one.sync(t); out.Pushed != 1 || out.Refused != 0 {
		t.Errorf("sent again: %+v", out)
	}
	if r, ok := one.Get("pool", p); !ok || r.State != record.Synced || r.Values["approval"] != "" {
		t.Errorf("%+v", r)
	}
}

// A program that merges by other guards than its district would make something
// else of the rows. All it pushes is taken, however much waits on either side; then
// it is told to be brought up to date.
func TestOtherGuardsArePushedNotPulled(t *testing.T) {
	guards := record.Guards{"member": {"joined"}}
	d := startDistrict(t, server.Rules{Guards: guards}, func(o *server.Options) { o.Page, o.SnapshotAfter = 20, 25 })
	b := d.branch(t, "一支部")
	today, old := d.store(t, b, guards), d.store(t, b, record.Guards{"member": {"joined", "converted"}})
	for range 30 { // more than a page waits for the old program
		today.save(t, "member", "", record.Values{"name": "今天的"})
	}
	today.sync(t)
	id := ""
	for _, news := range []int{sync.BatchOps + 100, 1} { // and more than a batch waits there
		rs, err := old.Apply(slices.Repeat([]record.Edit{{Kind: "member", Set: record.Values{"name": "王秀兰"}}}, news)...)
		if err != nil {
			t.Fatal(err)
		}
		id = rs[0].ID
		if _, err := sync.Exchange(context.Background(), old.Store, old.far); record.CodeOf(err) != "UPGRADE_REQUIRED" {
			t.Fatalf("exchange with other guards: %v", err)
		}
		if n := old.Waiting(); n != 0 {
			t.Errorf("%d ops of the other program were not taken", n)
		}
	}
	today.sync(t)
	today.save(t, "member", id, record.Values{"mobile": "110"})
	today.sync(t)
	if _, err := sync.Exchange(context.Background(), old.Store, old.far); err == nil || len(old.seen("member")[id]) != 1 {
		t.Errorf("rows came to a program that merges otherwise: %v, %v", old.seen("member")[id], err)
	}
	if n := len(today.seen("member")); n != 30+sync.BatchOps+101 || len(old.seen("member")) != n-30 {
		t.Errorf("%d members with the program of today, %d with the old one", n, len(old.seen("member")))
	}
}

// The code of another branch neither sends what waits there nor brings its records
// here; the laptop goes on with its own.
func TestAnotherBranchIsNotJoined(t *testing.T) {
	d := startDistrict(t, server.Rules{})
	ours, theirs := d.branch(t, "甲支部"), d.branch(t, "乙支部")
	one, two := d.store(t, ours, nil), d.store(t, theirs, nil)
	one.save(t, "member", "", record.Values{"name": "甲的党员"})
	two.save(t, "member", "", record.Values{"name": "乙的党员"})
	two.sync(t)
	invite, err := d.Invite(context.Background(), theirs.ID, "secretary")
	if err != nil {
		t.Fatal(err)
	}
	e, err := courier.Join(context.Background(), d.url, invite.Code, courier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = one.Enrol(e)
	if say := record.SayOf(err); record.CodeOf(err) != "OTHER_BRANCH" || !strings.Contains(say, "请向区里要“甲支部”的加入码") {
		t.Fatalf("joined another branch: %v (%s)", err, say)
	}
	if out := one.sync(t); out.Pushed != 1 || out.Pulled != 0 {
		t.Errorf("exchange with the own branch: %+v", out)
	}
	two.sync(t)
	for name, j := range map[string]joined{"甲的党员": one, "乙的党员": two} {
		if all := j.All("member"); len(all) != 1 || all[0].Values["name"] != name {
			t.Errorf("%s sees %v", name, all)
		}
	}
}
