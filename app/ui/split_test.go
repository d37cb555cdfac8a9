package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit/shot"
)

// TestSplitIsRemembered draws the card of the roster wider and comes back to it.
func TestSplitIsRemembered(t *testing.T) {
	w := sampleWindow(t)
	grip := func() (gap fyne.Draggable, at float32) {
		w.Go(Place{Page: "member"})
		w.Settle()
		shot.Walk(w.win.Canvas().Content(), shot.Region{Size: w.win.Canvas().Size()}, func(o fyne.CanvasObject, place fyne.Position, _ shot.Region) {
			if d, ok := o.(interface {
				fyne.Draggable
				fyne.DoubleTappable
			}); ok && o.Size().Width < 20 {
				gap, at = d, place.X
			}
		})
		return gap, at
	}
	gap, was := grip()
	gap.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-40, 0)})
	gap.DragEnd()
	w.Go(Place{Page: "desk"})
	if _, at := grip(); at != was-40 {
		t.Errorf("the gap stands at %v, drawn from %v by -40", at, was)
	}
	for _, fault := range w.Faults() {
		t.Error(fault)
	}
}
