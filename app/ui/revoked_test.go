package ui

import (
	"testing"

	"zhibu/app/screen"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestAStoppedLaptopKeepsItsBooksShut stops a laptop while it is worked at.
func TestAStoppedLaptopKeepsItsBooksShut(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "member"})
	if err := w.Book().Heed(record.Refuse("DEVICE_REVOKED", "区里已经停用这台电脑。")); err != nil {
		t.Fatal(err)
	}
	w.tick()
	if w.session.Stage != screen.Locked {
		t.Fatal("still open")
	}
	w.sees(t, "区里已经停用这台电脑", "台账不再打开")
	if note := w.session.Lock.Note; note != record.SayOf(screen.BooksShut()) {
		t.Error(note)
	}
	w.session.Unlock(storetest.Passphrase)
	for _, page := range []string{"desk", "member", "meeting", "excel", "settings"} {
		if w.Go(Place{Page: page}); w.place.Page != "sync" {
			t.Errorf("%s is shown", page)
		}
	}
	if w.openFinder("lw"); w.finding != nil {
		t.Error("the finder is shown")
	}
	if err := w.Book().Heed(nil); err != nil {
		t.Fatal(err)
	}
	w.tick()
	if w.Go(Place{Page: "member"}); w.place.Page != "member" {
		t.Error("its books stay shut after an exchange")
	}
}
