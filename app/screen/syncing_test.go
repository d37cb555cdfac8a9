package screen

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// fakeDistrict answers as it is told.
type fakeDistrict struct {
	err     error
	sync    int
	left    int // attachments
	why     string
	network string
	during  func() // happens while an exchange is under way
	admits  int
}

func (d *fakeDistrict) Admit(context.Context, string, string) (record.Enrolment, error) {
	d.admits++
	return record.Enrolment{Server: "http://127.0.0.1:1", Branch: "b1", Name: "云栈支部", Device: "d1"}, d.err
}

func (d *fakeDistrict) Enrol(s Store, e record.Enrolment) error {
	books, ok := s.(interface{ Enrol(record.Enrolment) error })
	if !ok {
		return d.err
	}
	return errors.Join(d.err, books.Enrol(e))
}

func (d *fakeDistrict) Sync(ctx context.Context, _ Store) (Outcome, error) {
	d.sync++
	if d.during != nil {
		d.during()
	}
	if ctx.Err() != nil {
		return Outcome{}, fmt.Errorf("exchange: %w", ctx.Err())
	}
	return Outcome{Pushed: 1, FilesLeft: d.left, FilesWhy: d.why}, d.err
}

func (d *fakeDistrict) Network() string { return d.network }

var errDown = record.Refuse("OFFLINE", "没有连上区服务器。登记、打印照常；联网后自动上传。")

// syncing is a laptop that belongs to a branch, and chance as it falls.
func syncing(t *testing.T, chance float64) (*Syncing, *fakeDistrict, *clock) {
	t.Helper()
	b, c := realBooks(t)
	s, ok := b.Store.(*storage.Store)
	if !ok {
		t.Fatal("not a real store")
	}
	if err := s.Enrol(record.Enrolment{Server: "http://127.0.0.1:1", Branch: "b1", Name: "云栈支部", Device: "d1"}); err != nil {
		t.Fatal(err)
	}
	d := &fakeDistrict{network: "10.0.0.2/24"}
	y := NewSyncing(b, d, Inline{}, func() {})
	y.chance = func() float64 { return chance }
	return y, d, c
}

func TestSyncingWaitsLongerEachTime(t *testing.T) {
	y, d, c := syncing(t, 1)
	d.err = errDown
	if y.Light() != Waiting {
		t.Errorf("light %d before the first exchange", y.Light())
	}
	var last time.Duration
	for i := range 14 {
		y.Tick()
		if d.sync != i+1 || y.Light() != Out {
			t.Fatalf("tick %d: %d exchanges, light %d", i, d.sync, y.Light())
		}
		wait := y.next.Sub(c.now())
		if wait < last || wait < leastRetry || wait > mostRetry {
			t.Fatalf("waits %v after %v", wait, last)
		}
		last = wait
		y.Saved() // does not make a broken network better
		y.Tick()
		if d.sync != i+1 {
			t.Fatal("tried again before it was due")
		}
		c.pass(wait)
	}
	if last != mostRetry {
		t.Errorf("waits %v in the end", last)
	}
	if mark, note := y.Chip(); mark.Say != "离线" || !strings.HasPrefix(note, "待同步") {
		t.Errorf("chip %v %q", mark, note)
	}
	d.err = nil
	y.Tick()
	if y.Why != nil || y.Light() == Out || y.LastText() == "还没有同步过" {
		t.Errorf("after success: %v, light %d", y.Why, y.Light())
	}
}

// A quiet laptop looks every quarter of an hour, never two at one moment; a save
// goes after five seconds; what the district has not confirmed is said.
func TestSyncingKeepsItsRhythm(t *testing.T) {
	for chance, want := range map[float64]time.Duration{0: 12 * time.Minute, 0.5: 15 * time.Minute, 1: 18 * time.Minute} {
		y, d, c := syncing(t, chance)
		y.Tick()
		if got := y.next.Sub(c.now()); got != want || d.sync != 1 {
			t.Errorf("chance %v: looks again after %v, want %v", chance, got, want)
		}
		if mark, _ := y.Chip(); y.Light() != Unsure || mark.Say != "区里没有确认" { // the fake confirms nothing
			t.Errorf("light %d, chip %v", y.Light(), mark)
		}
		y.Saved()
		if y.Light() != Waiting {
			t.Errorf("light %d after a save", y.Light())
		}
		c.pass(afterSave - time.Second)
		y.Tick()
		c.pass(time.Second)
		if y.Tick(); d.sync != 2 {
			t.Errorf("%d exchanges five seconds after a save", d.sync)
		}
	}
}

func TestASaveDuringAnExchangeGoesSoonAfter(t *testing.T) {
	y, d, c := syncing(t, 0.5)
	d.during = func() {
		y.Saved()
		y.Exchange() // one at a time
	}
	y.Tick()
	if got := y.next.Sub(c.now()); got != afterSave || d.sync != 1 {
		t.Errorf("next after %v, %d exchanges", got, d.sync)
	}
}

func TestTheNetworkComingUpIsNoticed(t *testing.T) {
	y, d, _ := syncing(t, 1)
	d.err = errDown
	y.Tick()
	d.network = ""
	y.Tick()
	if d.sync != 1 {
		t.Fatalf("%d exchanges without a network", d.sync)
	}
	d.network, d.err = "10.0.0.7/24", nil
	y.Tick()
	y.Tick()
	if d.sync != 2 || y.Light() == Out {
		t.Errorf("%d exchanges, light %d", d.sync, y.Light())
	}
}

// A laptop that the district does not let in does not knock again by itself.
func TestBarredLaptopsWaitForAPerson(t *testing.T) {
	y, d, c := syncing(t, 1)
	d.err = record.Refuse("DEVICE_REVOKED", "区里已经停用这台电脑。")
	y.Tick()
	c.pass(48 * time.Hour)
	d.network = "192.168.1.2/24"
	y.Tick()
	if mark, _ := y.Chip(); d.sync != 1 || y.Light() != Barred || mark.Say != "不能同步" || y.NextText() != "" {
		t.Errorf("%d exchanges, light %d, %v, next %q", d.sync, y.Light(), mark, y.NextText())
	}
	d.err = nil
	if y.Exchange(); y.Light() == Barred {
		t.Error("still barred after an exchange by hand")
	}
}

// A program that must be brought up to date still sends what is saved, soon after it.
func TestAnOldProgramGoesOnSending(t *testing.T) {
	y, d, c := syncing(t, 1)
	d.err = record.Refuse(upgradeRequired, "区里的程序更新了，收不到新内容；本机的改动已经报上去。请安装新版。")
	y.Tick()
	if _, err := y.book.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "王秀兰"}}); err != nil {
		t.Fatal(err)
	}
	y.Saved()
	c.pass(afterSave)
	if y.Tick(); d.sync != 2 || y.Light() != Barred || y.NextText() == "" {
		t.Errorf("%d exchanges, light %d, next %q", d.sync, y.Light(), y.NextText())
	}
}

// settled is a laptop whose changes are all confirmed.
type settled struct{ Replica }

func (s settled) Position() record.Position { return record.Position{} }

// Attachments that could not be carried are told of, and not as a broken network.
func TestAttachmentsLeftAreTold(t *testing.T) {
	y, d, _ := syncing(t, 1)
	y.replica = settled{y.replica}
	d.left, d.why = 2, "区里没有收下这个附件。"
	y.Tick()
	if mark, note := y.Chip(); y.Light() != Idle || mark.Say != "附件待传" || note != "2 个" {
		t.Errorf("light %d, %v %q", y.Light(), mark, note)
	}
	if band := (&SyncPage{book: y.book, sync: y}).Band(); band.Tone != Soon || band.Text != d.why {
		t.Errorf("%+v", band)
	}
}

func TestAnExchangeCanBeStopped(t *testing.T) {
	y, d, c := syncing(t, 1)
	d.during = y.Halt
	y.Tick()
	if !strings.Contains(record.SayOf(y.Why), "停下了") || y.Light() == Running || y.Light() == Out || y.next.Sub(c.now()) != everyTime {
		t.Errorf("%v, light %d, next after %v", y.Why, y.Light(), y.next.Sub(c.now()))
	}
	d.during = y.Stop // the book is locked meanwhile
	y.Exchange()
	if d.sync != 2 || y.Why == nil {
		t.Errorf("a stopped exchange was heard: %v", y.Why)
	}
}

// While an exchange is under way the chip tells how much of what waited is answered.
func TestSyncingTellsHowFarItIs(t *testing.T) {
	y, d, _ := syncing(t, 0.5)
	store := y.book.Store.(*storage.Store)
	register(t, y.book, "pool", map[string]string{"name": "左书白", "gender": "女", "birth": "1998-03-02", "applied": "2026-01-05"})
	all := y.Waiting()
	if all < 2 {
		t.Fatalf("%d changes wait", all)
	}
	d.during = func() {
		if mark, note := y.Chip(); mark.Say != "正在同步" || note != fmt.Sprintf("0/%d", all) {
			t.Errorf("at first: %v %q", mark, note)
		}
		if err := store.Take(record.Delivery{Epoch: "e", AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}}, Cursors: map[string]uint64{"branch:b1": 1}}); err != nil {
			t.Fatal(err)
		}
		if _, note := y.Chip(); note != fmt.Sprintf("1/%d", all) {
			t.Errorf("later: %q", note)
		}
	}
	y.Tick()
	if d.sync != 1 || y.Waiting() != all-1 {
		t.Errorf("%d exchanges, %d wait", d.sync, y.Waiting())
	}
}
