package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// wrap lays objects in lines at their least size, as many in a line as fit.
func wrap(gap, lineGap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap, lineGap: lineGap}, objects...)
}

type wrapLayout struct {
	gap, lineGap float32
	width        float32 // of the last layout: lines depend on it
}

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(min(widest, max(l.width, 80)), l.flow(objects, max(l.width, 80), false))
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, size.Width, true)
}

// flow goes through the lines of a width and returns their height.
func (l *wrapLayout) flow(objects []fyne.CanvasObject, width float32, place bool) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if x > 0 && x+s.Width > width {
			x, y, line = 0, y+line+l.lineGap, 0
		}
		if place {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(min(s.Width, width-x), s.Height))
		}
		x += s.Width + l.gap
		line = max(line, s.Height)
	}
	return y + line
}
