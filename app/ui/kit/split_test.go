package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestSplitKeepsItsPartsUsable(t *testing.T) {
	moved := float32(0)
	s := &Split{Width: 316, Usual: 316, OnMoved: func(w float32) { moved = w }}
	k, _ := desk(t, func(*Kit) fyne.CanvasObject { return Space() })
	box := s.Object(k, Space(), Space())
	box.Resize(fyne.NewSize(1000, 400))
	g := box.Objects[1].(*grip)
	for _, c := range []struct{ by, want float32 }{{-50, 366}, {50, 316}, {2000, leastCard}, {-2000, 1000 - splitGap - leastList}} {
		g.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(c.by, 0)})
		g.DragEnd()
		if got := box.Objects[2].Size().Width; got != c.want || moved != c.want {
			t.Errorf("drawn by %v: %v wide, told %v, want %v", c.by, got, moved, c.want)
		}
	}
	box.Resize(fyne.NewSize(700, 400))
	if got := box.Objects[0].Size().Width; got != leastList {
		t.Errorf("in a narrow window the list has %v", got)
	}
	box.Resize(fyne.NewSize(1000, 400))
	for _, key := range []fyne.KeyName{fyne.KeyHome, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyRight} {
		g.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if moved != 316+splitStep {
		t.Errorf("by keys: %v", moved)
	}
	g.DoubleTapped(nil)
	if moved != 316 {
		t.Errorf("double-clicked: %v", moved)
	}
}
