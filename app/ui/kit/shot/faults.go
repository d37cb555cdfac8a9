package shot

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"zhibu/assets"
)

// Smallest is the smallest size of text anywhere.
const Smallest = 13

// Place is a text as it stands in the window.
type Place struct {
	Text string
	At   fyne.Position
	Size fyne.Size
	// In is the part of the window that can show it: the window, or the scrolling
	// region it stands in.
	In    Region
	Point float32 // size of the characters
}

// Region is a part of the window.
type Region struct {
	At      fyne.Position
	Size    fyne.Size
	Scrolls bool // what lies below it can be scrolled to
}

// Visible reports whether any part of the text is in view.
func (p Place) Visible() bool {
	return p.At.X < p.In.At.X+p.In.Size.Width && p.At.X+p.Size.Width > p.In.At.X &&
		p.At.Y < p.In.At.Y+p.In.Size.Height && p.At.Y+p.Size.Height > p.In.At.Y
}

// Texts returns every visible text of the window, those of an open dialog last.
func (s *Studio) Texts() []Place { return Texts(s.Window.Canvas()) }

// Texts returns every visible text of a canvas in reading order of the tree.
func Texts(c fyne.Canvas) []Place {
	var out []Place
	whole := Region{Size: c.Size()}
	Walk(c.Content(), whole, func(o fyne.CanvasObject, at fyne.Position, in Region) {
		out = appendText(out, o, at, in)
	})
	for _, top := range c.Overlays().List() {
		Walk(top, whole, func(o fyne.CanvasObject, at fyne.Position, in Region) {
			out = appendText(out, o, at, in)
		})
	}
	return out
}

func appendText(out []Place, o fyne.CanvasObject, at fyne.Position, in Region) []Place {
	t, ok := o.(*canvas.Text)
	if !ok || strings.TrimSpace(t.Text) == "" {
		return out
	}
	need := fyne.MeasureText(strings.TrimRight(t.Text, " "), t.TextSize, t.TextStyle) // a blank at the end of a line is not seen
	switch t.Alignment {                                                              // where the characters stand within the object
	case fyne.TextAlignCenter:
		at.X += (t.Size().Width - need.Width) / 2
	case fyne.TextAlignTrailing:
		at.X += t.Size().Width - need.Width
	}
	return append(out, Place{Text: t.Text, At: at, Size: need, In: in, Point: t.TextSize})
}

// Walk visits every visible object under root with its place in the window.
func Walk(root fyne.CanvasObject, in Region, visit func(o fyne.CanvasObject, at fyne.Position, in Region)) {
	walk(root, fyne.Position{}, in, visit)
}

func walk(o fyne.CanvasObject, from fyne.Position, in Region, visit func(fyne.CanvasObject, fyne.Position, Region)) {
	if o == nil || !o.Visible() {
		return
	}
	at := from.Add(o.Position())
	visit(o, at, in)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, at, in, visit)
		}
	case *container.Scroll:
		walk(o.Content, at, in.cut(Region{At: at, Size: o.Size()}), visit)
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, at, in, visit)
		}
	}
}

// cut returns the part of r that lies in the scrolling region o.
func (r Region) cut(o Region) Region {
	x, y := max(r.At.X, o.At.X), max(r.At.Y, o.At.Y)
	right := min(r.At.X+r.Size.Width, o.At.X+o.Size.Width)
	foot := min(r.At.Y+r.Size.Height, o.At.Y+o.Size.Height)
	return Region{At: fyne.NewPos(x, y), Size: fyne.NewSize(max(right-x, 0), max(foot-y, 0)), Scrolls: true}
}

// slack is how far a thing may reach out of its place before it is seen.
const slack = 1.5

// cuts reports whether something from left to right is cut at a side.
func (r Region) cuts(left, right float32) bool {
	return left < r.At.X-slack || right > r.At.X+r.Size.Width+slack
}

// Faults returns what is wrong with the layout shown: characters that the face
// lacks, text smaller than 13, text
// wider than its place, text or a control cut at a side, text outside the window. What
// is further down in a scrolling region is no fault.
func (s *Studio) Faults() []string {
	var out []string
	c := s.Window.Canvas()
	glyphs, err := assets.ScreenCoverage()
	if err != nil {
		return []string{err.Error()}
	}
	seen := func(o fyne.CanvasObject, at fyne.Position, in Region) {
		if _, control := o.(fyne.Focusable); control && in.cuts(at.X, at.X+o.Size().Width) {
			out = append(out, fmt.Sprintf("%T：cut at a side: %.0f–%.0f in %.0f–%.0f", o, at.X, at.X+o.Size().Width, in.At.X, in.At.X+in.Size.Width))
		}
		t, ok := o.(*canvas.Text)
		if !ok || strings.TrimSpace(t.Text) == "" {
			return
		}
		if lacking := glyphs.Lacking(t.Text); len(lacking) > 0 {
			out = append(out, fmt.Sprintf("“%s”：the face lacks %q", t.Text, string(lacking)))
		}
		if f := fault(t, at, in, c.Size()); f != "" {
			out = append(out, fmt.Sprintf("“%s”：%s", t.Text, f))
		}
	}
	whole := Region{Size: c.Size()}
	Walk(c.Content(), whole, seen)
	for _, top := range c.Overlays().List() {
		Walk(top, whole, seen)
	}
	return out
}

func fault(t *canvas.Text, at fyne.Position, in Region, window fyne.Size) string {
	p := appendText(nil, t, at, in)[0]
	switch {
	case t.TextSize < Smallest:
		return fmt.Sprintf("size %v is below %d", t.TextSize, Smallest)
	case p.Size.Width > t.Size().Width+slack:
		return fmt.Sprintf("needs %.0f, has %.0f", p.Size.Width, t.Size().Width)
	case in.cuts(p.At.X, p.At.X+p.Size.Width):
		return fmt.Sprintf("cut at a side: %.0f–%.0f in %.0f–%.0f", p.At.X, p.At.X+p.Size.Width, in.At.X, in.At.X+in.Size.Width)
	case !in.Scrolls && (p.At.Y < -slack || p.At.Y+p.Size.Height > window.Height+slack):
		return fmt.Sprintf("outside the window: y %.0f", p.At.Y)
	}
	return ""
}
