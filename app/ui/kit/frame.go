package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// frame is a filled rectangle with an edge, drawn as one rectangle in another: the
// two painters of Fyne put a stroke of odd width at different places, so that a
// hairline made of a stroke is blurred in one of them.
type frame struct {
	outer, inner *canvas.Rectangle
	width        float32
}

func newFrame() *frame { return &frame{outer: rect(), inner: rect()} }

// objects returns what a component draws, back to front.
func (f *frame) objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.outer, f.inner} }

// paint gives the frame its look. fill must be opaque where there is an edge.
func (f *frame) paint(fill, edge color.Color, width, corner float32) {
	if edge == none() {
		width = 0
		edge = fill
	}
	f.width = width
	box(f.outer, edge, none(), 0, corner)
	box(f.inner, fill, none(), 0, max(corner-width, 0))
	f.inner.Hidden = width == 0
}

// place moves and sizes the frame.
func (f *frame) place(x, y, w, h float32) {
	place(f.outer, x, y, w, h)
	place(f.inner, x+f.width, y+f.width, w-2*f.width, h-2*f.width)
}

// hide hides or shows the frame.
func (f *frame) hide(hidden bool) {
	f.outer.Hidden = hidden
	f.inner.Hidden = hidden || f.width == 0
}
