package ui

import (
	"fmt"
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

// look is everything a component draws: shapes with their places and colours, words.
// Two looks that differ are told apart by the eye.
func look(o fyne.CanvasObject) string {
	var out strings.Builder
	shot.Walk(o, shot.Region{Size: o.Size()}, func(part fyne.CanvasObject, at fyne.Position, _ shot.Region) {
		switch p := part.(type) {
		case *canvas.Rectangle:
			fmt.Fprintln(&out, at, p.Size(), p.FillColor, p.StrokeColor, p.StrokeWidth)
		case *canvas.Circle:
			fmt.Fprintln(&out, at, p.Size(), p.FillColor, p.StrokeColor, p.StrokeWidth)
		case *canvas.Line:
			fmt.Fprintln(&out, at, p.Size(), p.StrokeColor, p.StrokeWidth)
		case *canvas.Text:
			fmt.Fprintln(&out, at, p.Text, p.Color, p.TextSize, p.TextStyle)
		}
	})
	return out.String()
}

// keyboardFaults walks the focus order of what is shown, a page or the dialog over it:
// Tab comes to every button and box, each of which then looks different and is in
// view, and Esc closes the dialog.
func (w *window) keyboardFaults(t *testing.T) {
	t.Helper()
	c := w.win.Canvas()
	root, dialogs := c.Content(), len(c.Overlays().List())
	if dialogs > 0 {
		root = c.Overlays().Top()
	}
	c.Unfocus()
	want, before := map[fyne.Focusable]bool{}, map[fyne.Focusable]string{}
	shot.Walk(root, shot.Region{Size: c.Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		d, ok := o.(fyne.Disableable)
		if f, can := o.(fyne.Focusable); can && !(ok && d.Disabled()) {
			want[f], before[f] = true, look(o)
		}
	})
	for range len(want) + 2 {
		c.FocusNext()
		f := c.Focused()
		if o, ok := f.(fyne.CanvasObject); ok && want[f] {
			if look(o) == before[f] {
				t.Errorf("%+v: the keyboard is not seen in %T", w.place, f)
			}
			if at := w.fy.Driver().AbsolutePositionForObject(o); at.Y+4 > c.Size().Height || at.Y+o.Size().Height < 4 {
				t.Errorf("%+v: the keyboard is out of view in %T: %v", w.place, f, at)
			}
		}
		delete(want, f)
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
