package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"zhibu/app/ui/kit"
)

// seal is the program's mark: a plain square with the four characters, in the
// colour of text on the strip. No emblem is drawn anywhere.
type seal struct {
	widget.BaseWidget
	side float32 // in units of the standard face
}

func newSeal(side float32) *seal {
	s := &seal{side: side}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *seal) CreateRenderer() fyne.WidgetRenderer {
	r := &sealRenderer{s: s, frame: canvas.NewRectangle(nil), up: canvas.NewText("支部", nil), down: canvas.NewText("台账", nil)}
	r.Refresh()
	return r
}

type sealRenderer struct {
	s        *seal
	frame    *canvas.Rectangle
	up, down *canvas.Text
}

func (r *sealRenderer) Destroy()           {}
func (r *sealRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(kit.U(r.s.side)) }

func (r *sealRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.frame, r.up, r.down}
}

// Layout sets two words over one another, filling the square.
func (r *sealRenderer) Layout(size fyne.Size) {
	side := min(size.Width, size.Height)
	r.frame.Resize(fyne.NewSquareSize(side))
	for i, t := range []*canvas.Text{r.up, r.down} {
		h := t.MinSize().Height
		t.Resize(fyne.NewSize(side, h))
		t.Move(fyne.NewPos(0, side*(0.29+0.42*float32(i))-h/2))
	}
}

func (r *sealRenderer) Refresh() {
	fore := theme.Color(kit.ColorOnTop)
	r.frame.FillColor, r.frame.StrokeColor, r.frame.StrokeWidth = theme.Color(theme.ColorNamePrimary), fore, 1
	r.frame.CornerRadius = 2
	for _, t := range []*canvas.Text{r.up, r.down} {
		t.Color, t.TextSize, t.TextStyle, t.Alignment = fore, kit.U(r.s.side)*0.38, fyne.TextStyle{Bold: true}, fyne.TextAlignCenter
	}
	r.Layout(r.s.Size())
}
