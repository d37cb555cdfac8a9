package ui

import (
	"maps"
	"slices"
	"testing"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// TestEveryKeyOfEveryPageAnswers presses every key of every page, without a record and
// with some, and what a dialog that comes up is closed with; none may end the program,
// and what the status bar names is bound.
func TestEveryKeyOfEveryPageAnswers(t *testing.T) {
	for _, n := range []int{0, 20} {
		w := openWindow(t, kit.Standard, shot.Sizes()[1], fillRows(t, n))
		places := everywhere()
		if n > 0 {
			places = append(places, behind(w)...)
		}
		for _, p := range places {
			w.Go(p)
			if w.place != p {
				t.Errorf("%+v leads to %+v", p, w.place)
			}
			w.win.Canvas().Focus(nil)
			keys := w.page.Keys()
			for _, h := range w.page.Hints() {
				if _, page := keys[h.Key]; !page && named(h.Key) && w.App.windowKeys()[h.Key] == nil {
					t.Errorf("%+v names %s, which does nothing", p, h.Key)
				}
			}
			for _, key := range slices.Sorted(maps.Keys(keys)) {
				w.App.kit.Press(key)
				w.again(t, p, key)
			}
		}
	}
}

// named reports whether a hint names one key that a page binds: not those of a list, which
// the list itself answers.
func named(key string) bool {
	return len(key) > 5 && key[:5] == "Ctrl+" && key != "Ctrl+加减"
}

// again closes what a key opened, by Esc, and shows the page it led away from.
func (w *window) again(t *testing.T, p Place, key string) {
	t.Helper()
	over := w.win.Canvas().Overlays()
	for tries := 0; len(over.List()) > 0 && tries < 4; tries++ {
		w.App.kit.Press("Esc")
	}
	if len(over.List()) > 0 {
		t.Fatalf("%+v: Esc does not close what %s opened", p, key)
	}
	if w.place != p {
		w.enter(p)
	}
	w.win.Canvas().Focus(nil)
}
