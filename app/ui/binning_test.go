package ui

import (
	"testing"

	"zhibu/app/ui/kit"
)

// TestWhatAPageShowsCanBeDeleted deletes the record chosen on every page that shows some
// its own way, by the key and once more for the dialog, and takes it back.
func TestWhatAPageShowsCanBeDeleted(t *testing.T) {
	w := sampleWindow(t)
	for kind, chosen := range map[string]func() string{
		"pool":    func() string { return w.page.(*poolPage).p.Current() },
		"demand":  func() string { return w.page.(*demandsPage).d.Current() },
		"meeting": func() string { return w.page.(*meetingsPage).m.Current() },
		"training": func() string {
			w.App.kit.Press("Ctrl+Tab")
			return w.page.(*learningPage).list.Current()
		},
		"dossier": func() string { return w.page.(*listPage).list.Current() },
	} {
		w.Go(Place{Page: kind})
		id := chosen()
		gone := func() bool { r, _ := w.Book().Get(kind, id); return r.Deleted() }
		w.App.kit.Focus(nil)
		w.App.kit.Press("Delete")
		w.sees(t, "移到回收站？", "30 天内可以在回收站里恢复")
		if gone() {
			t.Errorf("%s: gone without an answer", kind)
		}
		w.App.kit.Press("Delete")
		if id == "" || !gone() {
			t.Errorf("%s %q is not deleted", kind, id)
		}
		w.sees(t, "撤销")
		w.App.kit.Press("Ctrl+Z")
		if gone() {
			t.Errorf("%s does not come back", kind)
		}
	}
}

// TestWhatMayNotBeDeletedIsSaidAtOnce tries a post that was hung and a finalised meeting.
func TestWhatMayNotBeDeletedIsSaidAtOnce(t *testing.T) {
	w := sampleWindow(t)
	for _, c := range []struct {
		at  Place
		why string
	}{{Place{Page: "post"}, "已经挂过牌，不能删除"}, {Place{Page: "meeting", ID: w.newest("支部党员大会", "已定稿")}, "已定稿的记录不能删除"}} {
		w.Go(c.at)
		w.App.kit.Focus(nil)
		w.App.kit.Press("Delete")
		w.sees(t, "这一步没有做成", c.why, "知道了")
		w.unseen(t, "移到回收站？")
		w.App.kit.Press("Esc")
	}
}

// TestAMeetingIsDeletedFromItsEditor asks there too, and goes back.
func TestAMeetingIsDeletedFromItsEditor(t *testing.T) {
	w := sampleWindow(t)
	id := w.newest("支部党员大会", "草稿")
	w.Go(Place{Page: "meeting"})
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: id})
	w.page.(*meetingPage).trash()
	if r, _ := w.Book().Get("meeting", id); r.Deleted() {
		t.Error("gone without an answer")
	}
	press(t, w, "移到回收站")
	if r, _ := w.Book().Get("meeting", id); !r.Deleted() || w.place.View != "" {
		t.Errorf("deleted %v, at %+v", r.Deleted(), w.place)
	}
}

// TestEveryPageOfRecordsIsExported presses Ctrl+E where records or figures are shown.
func TestEveryPageOfRecordsIsExported(t *testing.T) {
	w := sampleWindow(t)
	for _, page := range []string{"member", "pool", "meeting", "training", "post", "demand", "dossier", "service", "dues", "stats", "excel"} {
		w.Go(Place{Page: page})
		w.App.kit.Focus(nil)
		w.App.kit.Press("Ctrl+E")
		if len(w.win.Canvas().Overlays().List()) != 1 {
			t.Errorf("%s: nothing is exported", page)
			continue
		}
		w.sees(t, "导出")
		w.App.kit.Press("Esc")
	}
}

// TestCtrlFFindsOnEveryPage presses it where a page has no box of its own.
func TestCtrlFFindsOnEveryPage(t *testing.T) {
	w := sampleWindow(t)
	for _, page := range []string{"desk", "pool", "post", "dues", "stats", "sync", "excel", "settings"} {
		w.Go(Place{Page: page})
		w.App.kit.Focus(nil)
		w.App.kit.Press("Ctrl+F")
		if w.finding == nil {
			t.Errorf("%s: nothing finds", page)
			continue
		}
		w.App.kit.Press("Esc")
	}
	for _, page := range []string{"member", "meeting", "demand", "print", "training"} {
		w.Go(Place{Page: page})
		w.App.kit.Focus(nil)
		w.App.kit.Press("Ctrl+F")
		if _, box := w.App.kit.Focused().(*kit.Entry); !box || w.finding != nil {
			t.Errorf("%s: its box has not the keyboard", page)
		}
	}
}
