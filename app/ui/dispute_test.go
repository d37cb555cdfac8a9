package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/storage/record"
)

// F2 shows both sides whole, which is noted, and takes something else; what was typed
// is there again when the dialog was closed.
func TestAConflictIsRewritten(t *testing.T) {
	w := sampleWindow(t)
	disagree(w.Book())
	w.Go(Place{Page: "sync"})
	s := w.page.(*syncPage)
	w.keys(fyne.KeyF2)
	w.sees(t, "“手机”的两边", "13800000017", "13900000052")
	if lines := w.Book().Audit(nil).Lines; len(lines) != 1 || lines[0].About != "许清禾" {
		t.Errorf("noted %+v", lines)
	}
	w.keys(fyne.KeyEnd, fyne.KeyBackspace)
	w.types(t, "8")
	w.App.kit.Press("Esc")
	w.keys(fyne.KeyF2)
	w.sees(t, "已填入上次没写完的内容", "13800000018")
	first := s.p.Current().Contests[0]
	settled := func(value string) { // another laptop settles it, or not after all
		t.Helper()
		edit := record.Edit{Kind: record.ConflictKind, ID: first.ID, Set: record.Values{record.ConflictResolved: value}}
		if _, err := w.Book().Apply(edit); err != nil {
			t.Fatal(err)
		}
		s.Changed(record.ConflictKind, []string{first.ID})
	}
	s.row = len(s.p.Current().Contests) - 1
	settled("kept")
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "这一处已经在别的电脑上核对过了")
	w.App.kit.Press("Esc")
	settled("")
	for s.row > 0 {
		s.step(-1)
	}
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "已改写")
	for range 3 {
		w.keys(fyne.Key1)
	}
	if !s.p.Current().Settled() {
		t.Fatalf("%+v", s.p.Current())
	}
	w.App.kit.Press("Enter")
	w.Settle()
	if now := w.Book().Search("member", "许清禾")[0]; now.Values["mobile"] != "13800000018" {
		t.Error(now.Values["mobile"])
	}
}
