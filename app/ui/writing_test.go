package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// counted counts how often it was kept.
type counted int

func (c *counted) Keep() error { *c++; return nil }

// TestEveryDialogWrittenInIsKept opens one dialog over another.
func TestEveryDialogWrittenInIsKept(t *testing.T) {
	w := sampleWindow(t)
	var below, above counted
	w.write(&below)
	w.write(&above)
	w.keep()
	w.written()
	w.keep()
	w.written()
	w.keep()
	if below != 3 || above != 2 {
		t.Errorf("kept %d and %d times", below, above)
	}
}

// TestWhatWasLeftOnTheQuickFormIsToldAndCleared leaves a registration half written:
// the next time it says so, and one press empties it.
func TestWhatWasLeftOnTheQuickFormIsToldAndCleared(t *testing.T) {
	w := sampleWindow(t)
	w.App.kit.Press("F3")
	w.types(t, "温予宁")
	w.keys(fyne.KeyEscape)
	w.App.kit.Press("F3")
	w.sees(t, "已填入上次没写完的内容", "温予宁")
	for range 20 {
		if b, ok := w.App.kit.Focused().(*kit.Button); ok && b.Text() == "清空重填" {
			w.keys(fyne.KeyReturn)
			break
		}
		w.keys(fyne.KeyTab)
	}
	w.sees(t, "带 * 的填完就能保存，其余以后再补")
	if n := len(w.Book().Drafts()); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}
