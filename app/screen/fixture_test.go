package screen

import (
	"testing"
	"time"

	"zhibu/app/branch"
	"zhibu/storage"
	"zhibu/storage/record"
)

// shanghai is the zone of the fixtures' clock.
var shanghai = time.FixedZone("CST", 8*3600)

// clock is a hand-set clock; the pictures' day by default.
type clock struct{ at time.Time }

func newClock() *clock { return &clock{time.Date(2026, 11, 20, 14, 32, 0, 0, shanghai)} }

func (c *clock) now() time.Time        { return c.at }
func (c *clock) pass(by time.Duration) { c.at = c.at.Add(by) }
func (c *clock) options() storage.Options {
	return storage.Options{Now: c.now, Cost: storage.Cost{Time: 1, Memory: 64, Threads: 1}, Guards: branch.Guards(), Machine: "办公台式"}
}

// passphrase opens every fixture.
const passphrase = "yunzhan-2026"

// realBooks opens fresh books on a real file.
func realBooks(t testing.TB) (*Book, *clock) {
	t.Helper()
	c := newClock()
	s, _, err := storage.Create(t.TempDir(), passphrase, c.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b := Open(s, c.now)
	if _, err := b.Found("青梧街道云栈科技园第三联合党支部"); err != nil {
		t.Fatal(err)
	}
	return b, c
}

// register saves a record or fails the test.
func register(t testing.TB, b *Book, kind string, typed map[string]string) record.Record {
	t.Helper()
	r, complaints, err := b.Save(kind, "", typed)
	if err != nil {
		t.Fatalf("save %s %v: %v (%v)", kind, typed, err, complaints)
	}
	return r
}

// people registers a few members.
func people(t testing.TB, b *Book) map[string]record.Record {
	t.Helper()
	out := map[string]record.Record{}
	for _, p := range []map[string]string{
		{"name": "罗沐辰", "gender": "男", "birth": "1996-07-15", "category": "正式党员", "joined": "2019-06-12", "converted": "2020-06-12", "group": "第三党小组", "employer": "澄光软件", "mobile": "13800000021"},
		{"name": "陆婉清", "gender": "女", "birth": "1985-03-02", "category": "正式党员", "joined": "2007-12-05", "converted": "2008-12-05", "group": "第一党小组", "employer": "云帆智控", "mobile": "13900000033"},
		{"name": "白一宁", "gender": "女", "birth": "1995-01-20", "category": "正式党员", "joined": "2018-06-08", "converted": "2019-06-08", "group": "第三党小组", "employer": "澄光软件", "mobile": "13700000045"},
		{"name": "古丽巴哈尔·买买提", "gender": "女", "birth": "1990-10", "category": "预备党员", "joined": "2026-06-01", "group": "第二党小组", "employer": "禾木检测", "mobile": "13600000046"},
	} {
		out[p["name"]] = register(t, b, "member", p)
	}
	return out
}
