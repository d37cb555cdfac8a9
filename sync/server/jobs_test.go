package server_test

import (
	"context"
	"testing"
	"time"

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
