package server_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhibu/storage/record"
	"zhibu/sync/server"
)

// Two requests work off the same jobs; one that was added meanwhile and could not
// be done yet is still there when the slower of them is through.
func TestJobsAddedMeanwhileStay(t *testing.T) {
	ctx, cut := context.WithCancel(context.Background())
	first, entered, leave := make(chan bool, 1), make(chan bool), make(chan bool)
	first <- true
	w := open(t, t.TempDir(), server.Options{Quick: true, Arrive: func(_, id string, _ map[string]string, _, _ string, _ time.Time) map[string]string {
		switch id {
		case "m1":
			select {
			case <-first: // the slow one
				entered <- true
				<-leave
			default:
			}
		case "m3":
			cut()
		}
		return nil
	}})
	a, b := w.branch("甲支部"), w.branch("乙支部")
	from, to := w.laptop(a, "secretary"), w.laptop(b, "secretary")
	for _, id := range []string{"m1", "m2", "m3"} {
		from.edit("member", id, "name", "李伟")
	}
	from.sync()
	slow := make(chan error)
	hand := func(ctx context.Context, id string) error { return w.Transfer(ctx, a.ID, "member", id, b.ID, "区里") }
	go func() { slow <- hand(context.Background(), "m1") }()
	<-entered
	if err := hand(context.Background(), "m2"); err != nil {
		t.Fatal(err)
	}
	if err := hand(ctx, "m3"); err == nil {
		t.Fatal("the third hand-over was not cut")
	}
	close(leave)
	if err := <-slow; err != nil {
		t.Fatal(err)
	}
	from.sync() // the next request does what is left
	to.sync()
	for _, id := range []string{"m1", "m2", "m3"} {
		if to.value(id, "name") != "李伟" || from.value(id, "deleted") != "1" {
			t.Errorf("%s: left behind %v, arrived %v", id, from.Registers(id), to.Registers(id))
		}
	}
}

// What one request claims is one transaction of the registry, the numbers it wants
// confirmed another: each waits for the disk.
func claimsAreSettledTogether(t *testing.T, w world) {
	l := w.laptop(w.branch("一支部"), "secretary")
	for i := range 20 {
		l.edit("member", fmt.Sprint("m", i), "id_no", fmt.Sprint("31011519900101", 1000+i))
	}
	for i := range 20 {
		l.edit("meeting", fmt.Sprint("c", i), "serial", "2026-大会-01·甲")
	}
	n := w.CountRegistry()
	l.sync()
	if n.Load() > 2 {
		t.Errorf("%d transactions of the registry for one request", n.Load())
	}
	l.sync()
	if l.value("c19", "serial") != "2026-大会-20" {
		t.Errorf("the last number is %s", l.value("c19", "serial"))
	}
}

// A value that nobody carries any more goes to the first of those who claim it
// together; the second is to be looked at.
func valuesLetGoAreClaimedAnew(t *testing.T, w world) {
	l, far := w.laptop(w.branch("甲支部"), ""), w.laptop(w.branch("乙支部"), "")
	far.edit("member", "m0", "id_no", "310115199001010010")
	far.sync()
	far.edit("member", "m0", "id_no", "310115199001010029")
	far.sync()
	l.edit("member", "m1", "id_no", "310115199001010010")
	l.edit("member", "m2", "id_no", "310115199001010010")
	l.sync()
	l.sync()
	if items := l.conflicts(); len(items) != 1 || items[0].Registers[record.ConflictSame].Value != "branch" {
		t.Errorf("items %+v", items)
	}
	far.sync()
	if len(far.conflicts()) != 0 {
		t.Error("who carries it no more was asked")
	}
}

// restored is the district as it was, put back from a backup.
func (w world) restored(backup string) world {
	w.t.Helper()
	dir := filepath.Join(w.t.TempDir(), "again")
	if err := server.Restore(dir, backup); err != nil {
		w.t.Fatal(err)
	}
	return open(w.t, dir, server.Options{})
}

// What laptops bring back after a restore claims its numbers again, whether it was
// lost whole or in part.
func TestWhatComesBackClaimsAgain(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{})
	a, b := w.branch("甲支部"), w.branch("乙支部")
	one, two, far := w.laptop(a, ""), w.laptop(a, ""), w.laptop(b, "")
	one.edit("member", "m2", "name", "赵敏")
	one.sync()
	backup := filepath.Join(t.TempDir(), "backup")
	f, err := os.Create(backup)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Copy(context.Background(), f), f.Close()); err != nil {
		t.Fatal(err)
	}
	one.edit("member", "m1", "name", "李伟", "id_no", "310115199001010010")
	one.edit("member", "m2", "id_no", "310115199001010029")
	one.edit("meeting", "c1", "serial", "2026-大会-07·甲")
	one.sync()
	one.sync()
	again := w.restored(backup)
	for _, l := range []*near{one, two, far} {
		l.world = again
	}
	one.sync()
	two.edit("meeting", "c2", "serial", "2026-大会-07·乙")
	two.sync()
	two.sync()
	if c1, c2 := two.value("c1", "serial"), two.value("c2", "serial"); c1 != "2026-大会-07" || c2 != "2026-大会-08" {
		t.Errorf("numbers %s and %s", c1, c2)
	}
	far.edit("member", "m8", "id_no", "310115199001010010")
	far.edit("member", "m9", "id_no", "310115199001010029")
	far.sync()
	far.sync()
	if n := len(far.conflicts()); n != 2 {
		t.Errorf("%d items for two people who are in another branch too", n)
	}
}

// A record from the recycle bin claims what it has, whether it was taken out or an
// edit that knew nothing of the deletion won.
func undeletedClaimsAgain(t *testing.T, w world) {
	a, b := w.branch("甲支部"), w.branch("乙支部")
	one, two, far := w.laptop(a, ""), w.laptop(a, ""), w.laptop(b, "")
	for i := range 2 {
		one.edit("member", fmt.Sprint("m", i), "id_no", fmt.Sprint("31011519900101001", i))
	}
	one.sync()
	two.sync()
	for i := range 2 {
		one.edit("member", fmt.Sprint("m", i), "deleted", "1")
		far.edit("member", fmt.Sprint("n", i), "id_no", fmt.Sprint("31011519900101001", i))
	}
	one.sync()
	far.sync()
	far.sync()
	if n := len(far.conflicts()); n != 0 {
		t.Fatalf("%d items about people in the recycle bin", n)
	}
	one.edit("member", "m0", "deleted", "")
	one.sync()
	two.edit("member", "m1", "mobile", "110")
	two.sync()
	far.sync()
	if n := len(far.conflicts()); n != 2 {
		t.Errorf("%d items about two who came back", n)
	}
}
