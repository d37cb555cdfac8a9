package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
)

// regions collects the words of the primary buttons by the region they stand in: the
// head of the page, a card, a dialog.
type regions struct {
	names []string
	at    map[fyne.CanvasObject][]string
}

// see walks what is visible under o, which stands in a region.
func (r *regions) see(o, region fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			r.see(child, region)
		}
	case *container.Scroll:
		r.see(o.Content, region)
	case *kit.Button:
		if drawnPrimary(o) {
			r.at[region] = append(r.at[region], o.Text())
			r.names = append(r.names, o.Text())
		}
	case fyne.Widget:
		switch o.(type) {
		case *kit.PageHead, *kit.Card:
			region = o
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			r.see(child, region)
		}
	}
}

// drawnPrimary reports whether a button is filled with the primary colour.
func drawnPrimary(b *kit.Button) bool {
	for _, o := range test.WidgetRenderer(b).Objects() {
		if plate, ok := o.(*canvas.Rectangle); ok && plate.FillColor == theme.Color(theme.ColorNamePrimary) {
			return true
		}
	}
	return false
}

// primaryFaults returns what is wrong with the primary buttons of the window: two in a
// region, or two of the same word on a page.
func primaryFaults(c fyne.Canvas) (out []string) {
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		r := &regions{at: map[fyne.CanvasObject][]string{}}
		r.see(root, root)
		for _, words := range r.at {
			if len(words) > 1 {
				out = append(out, "two primaries in a region: "+strings.Join(words, "、"))
			}
		}
		seen := map[string]bool{}
		for _, word := range r.names {
			if seen[word] {
				out = append(out, "twice on a page: "+word)
			}
			seen[word] = true
		}
	}
	return out
}

// TestEmptyPages looks at every page of an empty branch: its primary buttons, its focus
// order. TestShots does the same for every picture of the sample branch.
func TestEmptyPages(t *testing.T) {
	for _, face := range []kit.Face{kit.Standard, kit.Large} {
		w := openWindow(t, face, shot.Sizes()[0], fillRows(t, 0))
		for _, p := range everywhere() {
			w.Go(p)
			w.Settle()
			for _, fault := range primaryFaults(w.win.Canvas()) {
				t.Errorf("%v, %+v: %s", face, p, fault)
			}
			w.keyboardFaults(t)
		}
	}
}

// keyboardFaults walks the focus order of what is shown, a page or the dialog over it:
// Tab comes to every button and box, and Esc closes the dialog.
func (w *window) keyboardFaults(t *testing.T) {
	t.Helper()
	c := w.win.Canvas()
	root, dialogs := c.Content(), len(c.Overlays().List())
	if dialogs > 0 {
		root = c.Overlays().Top()
	}
	want := map[fyne.Focusable]bool{}
	shot.Walk(root, shot.Region{Size: c.Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		d, ok := o.(fyne.Disableable)
		if f, can := o.(fyne.Focusable); can && !(ok && d.Disabled()) {
			want[f] = true
		}
	})
	for range len(want) + 2 {
		c.FocusNext()
		delete(want, c.Focused())
	}
	for f := range want {
		t.Errorf("Tab never comes to %T", f)
	}
	if dialogs > 0 {
		w.App.kit.Press("Esc")
		if len(c.Overlays().List()) >= dialogs {
			t.Error("Esc does not close the dialog")
		}
	}
}
