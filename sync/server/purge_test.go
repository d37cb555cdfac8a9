package server_test

import (
	"bytes"
	"context"
	"testing"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

func (w world) erased(want int) {
	w.t.Helper()
	got, err := w.Sweep(context.Background())
	if err != nil || got != (server.Swept{Records: want}) {
		w.t.Fatalf("swept %+v, want %d records: %v", got, want, err)
	}
}

// A record goes two years after its deletion, once every laptop that is still
// alive has seen that; one that lay in a drawer takes a snapshot and brings its
// own, but for what was erased.
func deletedLongAgoIsErased(t *testing.T, w world) {
	b := w.branch("一支部")
	one, two, drawer := w.laptop(b, "secretary"), w.laptop(b, "secretary"), w.laptop(b, "secretary")
	one.edit("member", "m1", "name", "离开的人", "joined", "1990-01-01")
	one.edit("member", "m2", "name", "王秀兰")
	one.sync()
	drawer.sync()
	two.sync()
	two.edit("member", "m1", "name", "改名", "joined", "1991-01-01")
	two.sync()
	one.edit("member", "m1", "name", "也改名", "joined", "1992-01-01")
	one.sync()
	one.edit("member", "m1", "deleted", "1")
	one.sync()
	drawer.edit("member", "m1", "mobile", "110")
	drawer.edit("member", "m2", "mobile", "120")
	w.later(12)
	two.exchangeWithoutSeeing()
	w.erased(0)
	w.later(13)
	one.sync()
	w.erased(0) // two may still be somewhere before the deletion
	two.sync()
	two.sync()
	w.erased(3) // with the two review items about it
	w.erased(0)
	fresh := w.laptop(b, "secretary")
	if out := fresh.sync(); !out.Rebuilt || len(fresh.Registers("m1")) != 0 {
		t.Errorf("a new laptop: %+v, %v", out, fresh.Registers("m1"))
	}
	if out := drawer.sync(); !out.Rebuilt || out.Pushed != 1 || out.Refused != 1 {
		t.Errorf("the laptop from the drawer: %+v", out)
	}
	for _, r := range drawer.RefusedOps() {
		if r.Result.Code != "RECORD_PURGED" || r.Result.Say == "" {
			t.Errorf("refused with %+v", r.Result)
		}
	}
	fresh.sync()
	w.wantEqual(b, fresh, drawer)
	two.edit("member", "m2", "group", "一组")
	if out := two.sync(); out.Rebuilt || out.Pushed != 1 {
		t.Errorf("a laptop that had seen it all: %+v", out)
	}
	got, err := w.For(two.Position().Device).Repair(context.Background(), sync.Repair{Records: map[string][]byte{"m1": {1}, "m3": {2}}})
	if err != nil || len(got.IDs) != 1 || got.IDs[0] != "m3" {
		t.Errorf("asked for %v of an erased and a lost record, %v", got.IDs, err)
	}
}

// exchangeWithoutSeeing is a sign of life whose answer is lost.
func (n *near) exchangeWithoutSeeing() {
	n.t.Helper()
	at := n.Position()
	_, err := n.For(at.Device).Sync(context.Background(), sync.Request{N: at.N, Head: at.Head, Epoch: at.Epoch, Lease: at.Lease, Acked: at.Acked, Cursors: at.Cursors, Whole: true})
	if err != nil {
		n.t.Fatalf("%v: %s", err, record.SayOf(err))
	}
}

// What was refused is not kept: no purge would find it.
func TestRefusedOpsAreNotKept(t *testing.T) {
	w := open(t, t.TempDir(), server.Options{Quick: true})
	l := w.laptop(w.branch("一支部"), "reader")
	l.edit("member", "m1", "name", secret)
	if out := l.sync(); out.Refused != 1 {
		t.Fatalf("%+v", out)
	}
	var store bytes.Buffer
	if err := w.Copy(context.Background(), &store); err != nil || bytes.Contains(store.Bytes(), []byte(secret)) {
		t.Errorf("the store holds a refused value; %v", err)
	}
}
