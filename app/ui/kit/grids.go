package kit

import "fyne.io/fyne/v2"

type grid struct {
	columns int
	gap     float32
}

func (l *grid) rows(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var out [][]fyne.CanvasObject
	var row []fyne.CanvasObject
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if row = append(row, o); len(row) == l.columns {
			out, row = append(out, row), nil
		}
	}
	if row != nil {
		out = append(out, row)
	}
	return out
}

func (l *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	cell, height := float32(0), float32(0)
	rows := l.rows(objects)
	for _, row := range rows {
		least := largest(row)
		cell = max(cell, least.Width)
		height += least.Height
	}
	return fyne.NewSize(cell*float32(l.columns)+l.gap*float32(l.columns-1), height+l.gap*float32(max(len(rows)-1, 0)))
}

func (l *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	cell := (size.Width - l.gap*float32(l.columns-1)) / float32(l.columns)
	rows := l.rows(objects)
	extra := max(size.Height-l.MinSize(objects).Height, 0) / float32(max(len(rows), 1))
	y := float32(0)
	for _, row := range rows {
		h := largest(row).Height + extra
		for i, o := range row {
			place(o, float32(i)*(cell+l.gap), y, cell, h)
		}
		y += h + l.gap
	}
}

type columns struct {
	gap    float32
	widths []float32
}

func (l *columns) width(i int) float32 {
	if i < len(l.widths) {
		return l.widths[i]
	}
	return 0
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	shown := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		least := o.MinSize()
		s.Width += max(least.Width, U(l.width(i)))
		s.Height = max(s.Height, least.Height)
	}
	s.Width += l.gap * float32(max(shown-1, 0))
	return s
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free, shares := size.Width, float32(0)
	shown := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if w := l.width(i); w > 0 {
			free -= U(w)
		} else {
			shares += max(-w, 1)
		}
	}
	free = max(free-l.gap*float32(max(shown-1, 0)), 0)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := U(l.width(i))
		if l.width(i) <= 0 {
			w = free * max(-l.width(i), 1) / shares
		}
		place(o, x, 0, w, size.Height)
		x += w + l.gap
	}
}

func largest(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			s = s.Max(o.MinSize())
		}
	}
	return s
}

// Wrapped lays objects side by side and goes on in a new line where there is no
// room: filters, pills.
func Wrapped(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &wrapped{gap: gap}, Objects: objects}
}

// wrapped is as high as its lines at the width it had last.
type wrapped struct{ gap, width float32 }

func (l *wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := largest(objects).Width
	return fyne.NewSize(widest, l.lay(objects, max(l.width, widest), false))
}

func (l *wrapped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.lay(objects, size.Width, true)
}

// lay places the objects, or only measures, and returns the height.
func (l *wrapped) lay(objects []fyne.CanvasObject, width float32, move bool) float32 {
	var x, y, h float32
	var row []fyne.CanvasObject
	finish := func() {
		for _, o := range row { // in the middle of the line
			if move {
				o.Move(fyne.NewPos(o.Position().X, y+midY(h, o.MinSize().Height)))
			}
		}
		row = nil
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if x > 0 && x+s.Width > width {
			finish()
			x, y, h = 0, y+h+l.gap, 0
		}
		if move {
			place(o, x, y, s.Width, s.Height)
		}
		row = append(row, o)
		x, h = x+s.Width+l.gap, max(h, s.Height)
	}
	finish()
	return y + h
}
