package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// swatch is a coloured rectangle that follows the theme.
type swatch struct {
	widget.BaseWidget
	fill, edge fyne.ThemeColorName // "" for none
	width      float32             // of the edge
	radius     float32
}

func newSwatch(fill, edge fyne.ThemeColorName, width, radius float32) *swatch {
	s := &swatch{fill: fill, edge: edge, width: width, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

// set changes the colours.
func (s *swatch) set(fill, edge fyne.ThemeColorName, width float32) {
	s.fill, s.edge, s.width = fill, edge, width
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *swatch) CreateRenderer() fyne.WidgetRenderer {
	r := &swatchRenderer{s: s, rect: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type swatchRenderer struct {
	s    *swatch
	rect *canvas.Rectangle
}

func (r *swatchRenderer) Destroy()                     {}
func (r *swatchRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *swatchRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *swatchRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

func (r *swatchRenderer) Refresh() {
	r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth = color.Transparent, color.Transparent, 0
	if r.s.fill != "" {
		r.rect.FillColor = theme.Color(r.s.fill)
	}
	if r.s.edge != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = theme.Color(r.s.edge), r.s.width
	}
	r.rect.CornerRadius = r.s.radius
	r.rect.Refresh()
}

// tap makes something pressable by the mouse. What can be pressed this way can
// also be reached by a key: it is never the only way.
type tap struct {
	widget.BaseWidget
	content fyne.CanvasObject
	onTap   func()
}

func newTap(content fyne.CanvasObject, onTap func()) *tap {
	t := &tap{content: content, onTap: onTap}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped implements fyne.Tappable.
func (t *tap) Tapped(*fyne.PointEvent) { t.onTap() }

// CreateRenderer implements fyne.Widget.
func (t *tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }
