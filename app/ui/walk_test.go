package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// tabTo presses Tab until the keyboard is in a piece that shows the words.
func (w *window) tabTo(t *testing.T, words string) *kit.Choice {
	t.Helper()
	for range 120 {
		w.keys(fyne.KeyTab)
		if piece, ok := w.App.kit.Focused().(*kit.Choice); ok && says(piece, words) {
			return piece
		}
	}
	t.Fatalf("Tab never comes to %q", words)
	return nil
}

// says reports whether a piece shows just these words somewhere.
func says(piece *kit.Choice, words string) (found bool) {
	shot.Walk(piece, shot.Region{Size: piece.Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		if text, ok := o.(*kit.Text); ok && text.Text() == words {
			found = true
		}
	})
	return found
}

// TestMatricesAreWalkedByKeyboard goes into the year's grid, the months of dues and
// the 25 steps by Tab, about them by arrows, and opens by Enter.
func TestMatricesAreWalkedByKeyboard(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "desk"})
	w.Settle()
	var first screen.GridCell
	for _, c := range w.desk.Grid[0].Cells {
		if c.Mark.Say != "" {
			first = c
			break
		}
	}
	start := w.tabTo(t, first.Mark.Say)
	w.keys(fyne.KeyRight)
	beside := w.App.kit.Focused()
	w.keys(fyne.KeyDown, fyne.KeyUp, fyne.KeyLeft)
	if beside == start || w.App.kit.Focused() != start {
		t.Errorf("→ ↓ ↑ ← does not lead back: %v", w.App.kit.Focused())
	}
	w.session.Sync.Exchange()
	w.Settle()
	there := false
	shot.Walk(w.win.Content(), shot.Region{Size: w.win.Canvas().Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		there = there || o == fyne.CanvasObject(start)
	})
	if !there {
		t.Error("an exchange takes the grid from under the keyboard")
	}
	w.keys(fyne.KeyTab)
	if piece, ok := w.App.kit.Focused().(*kit.Choice); ok && piece.AcceptsTab() {
		t.Error("Tab stays in the grid")
	}
	w.App.kit.Focus(start)
	w.keys(fyne.KeyReturn)
	if w.place.Page != "meeting" || w.place.View != "form" || w.place.ID != first.Meeting {
		t.Errorf("Enter leads to %+v", w.place)
	}

	w.Go(Place{Page: "dues"})
	w.Settle()
	w.App.kit.Unfocus()
	w.tabTo(t, "1 月")
	w.keys(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	if p := w.page.(*duesPage); p.d.Month() != 3 || w.App.kit.Focused() != p.month {
		t.Errorf("month %d", p.d.Month())
	}

	w.Go(Place{Page: "pool"})
	w.Settle()
	p := w.page.(*poolPage)
	w.tabTo(t, "1")
	w.keys(fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	if p.p.Step() == 2 || p.p.Step() < 4 || w.App.kit.Focused() != p.now {
		t.Errorf("step %d", p.p.Step())
	}
	w.keys(fyne.KeyReturn)
	w.sees(t, "完成这一步")
}
