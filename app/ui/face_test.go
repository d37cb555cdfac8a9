package ui

import (
	"bytes"
	"image"
	"testing"

	"zhibu/app/ui/kit"
)

// TestAFaceSwappedLooksAsOneOpened holds a window whose face was changed live, with
// the finder open over it, against one that was opened in that face.
func TestAFaceSwappedLooksAsOneOpened(t *testing.T) {
	drawn := func(from, to kit.Face, page string) []byte {
		w := openWindow(t, from, standard(), fillSample(t))
		w.Go(Place{Page: page})
		w.App.kit.Press("Ctrl+K")
		w.setFace(to == kit.Large)
		w.Settle()
		return w.Picture().(*image.NRGBA).Pix
	}
	for _, page := range []string{"desk", "stats", "member"} {
		for _, to := range []kit.Face{kit.Large, kit.Standard} {
			if !bytes.Equal(drawn(1-to, to, page), drawn(to, to, page)) {
				t.Errorf("%s: swapped to %v it looks different", page, to)
			}
		}
	}
}

// TestAFaceSwappedLeavesTheKeyboard swaps it under the finder: it goes on being typed
// in, and gives the keyboard back to the box that stands there now.
func TestAFaceSwappedLeavesTheKeyboard(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "member"})
	w.App.kit.Focus(w.page.(*listPage).ledger)
	w.types(t, "luo")
	w.App.kit.Press("Ctrl+=")
	w.types(t, "m")
	if w.finding.box.Text() != "luom" || w.App.kit.Focused() != w.finding.box {
		t.Errorf("typed %q", w.finding.box.Text())
	}
	w.App.kit.Press("Esc")
	if l := w.page.(*listPage); w.App.kit.Focused() != l.search || l.search.Text() != "" {
		t.Errorf("the keyboard is in %T", w.App.kit.Focused())
	}
}

// TestWorkThatOutlivesTheLock is spoken of no more.
func TestWorkThatOutlivesTheLock(t *testing.T) {
	w := sampleWindow(t)
	was := w.frame
	w.session.LockNow()
	was.lasted(&job{title: "正在备份"})
	w.sees(t, "已锁定")
}
