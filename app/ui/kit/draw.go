package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// drawing is the renderer of every component: what it is made of, how it is
// measured and laid out, and how it takes colours, sizes and words from its state
// and the theme. paint runs before every layout, so that a change of face or of
// the narrow form needs nothing else than Refresh.
type drawing struct {
	of      fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func()
}

// draw makes the renderer of a component and paints it once.
func draw(of fyne.Widget, d drawing) fyne.WidgetRenderer {
	d.of = of
	if d.paint != nil {
		d.paint()
	}
	return &d
}

func (d *drawing) Destroy()                     {}
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }

// MinSize never includes what the component does not draw.
func (d *drawing) MinSize() fyne.Size { return d.min() }

func (d *drawing) Layout(size fyne.Size) {
	if d.layout != nil {
		d.layout(size)
	}
}

func (d *drawing) Refresh() {
	if d.paint != nil {
		d.paint()
	}
	d.Layout(d.of.Size())
	for _, o := range d.objects {
		o.Refresh()
	}
	canvas.Refresh(d.of)
}

// rect returns a rectangle that paint fills in.
func rect() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

// box gives a rectangle its look: fill, edge, width of the edge, corner.
func box(r *canvas.Rectangle, fill, edge color.Color, width, corner float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = fill, edge, width, corner
}

// none is the colour of nothing.
func none() color.Color { return color.Transparent }

// ring gives a rectangle the focus ring's look, or none.
func ring(r *canvas.Rectangle, focused bool) {
	if focused {
		box(r, none(), theme.Color(theme.ColorNamePrimary), 2, theme.Size(theme.SizeNameInputRadius)+2)
		return
	}
	box(r, none(), none(), 0, 0)
}

// ringAround lays a focus ring 2 units outside a component of the given size.
func ringAround(r *canvas.Rectangle, size fyne.Size) {
	place(r, -3, -3, size.Width+6, size.Height+6)
}

// place moves and sizes an object.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
}

// word gives a canvas text its look.
func word(t *canvas.Text, s string, size fyne.ThemeSizeName, bold bool, c fyne.ThemeColorName) {
	t.Text, t.TextSize, t.Color = s, theme.Size(size), theme.Color(c)
	t.TextStyle = fyne.TextStyle{Bold: bold}
}

// midY returns where something of height h lies in the middle of a line of height of.
func midY(of, h float32) float32 { return (of - h) / 2 }

// scrollTo brings a height of a scroll's content to the top of the view and redraws
// it: Fyne neither tells OnScrolled of this nor knows the content's new height yet.
func scrollTo(s *container.Scroll, y float32) {
	least := s.Content.MinSize()
	s.Content.Resize(fyne.NewSize(s.Content.Size().Width, max(least.Height, s.Size().Height)))
	s.ScrollToOffset(fyne.NewPos(0, y))
	s.Content.Refresh()
}

// line returns the height of a line of text of the named size.
func line(size fyne.ThemeSizeName) float32 {
	return fyne.MeasureText("国", theme.Size(size), fyne.TextStyle{}).Height
}

// widthOf measures a text of the named size.
func widthOf(s string, size fyne.ThemeSizeName, bold bool) float32 {
	if s == "" {
		return 0
	}
	return fyne.MeasureText(s, theme.Size(size), fyne.TextStyle{Bold: bold}).Width
}

// fitted shortens s with an ellipsis until it is at most width wide.
func fitted(s string, width float32, size fyne.ThemeSizeName, bold bool) string {
	if widthOf(s, size, bold) <= width+0.5 {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if widthOf(string(runes[:mid])+"…", size, bold) <= width+0.5 {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return ""
	}
	return string(runes[:low]) + "…"
}
