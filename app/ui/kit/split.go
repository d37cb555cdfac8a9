package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Split lays a list and the card of its current row side by side; the gap between
// them is drawn with the mouse or, with the keyboard in it, by ← and →; double-clicked,
// or by Home, it goes back to where it was made for. Sizes are in units of the
// standard face.
type Split struct {
	// Width is how wide the card is now, Usual how wide it is made for.
	Width, Usual float32
	// OnMoved is called when a person has moved the gap.
	OnMoved func(width float32)
}

// The gap of a split, and how narrow the list and the card may become.
const (
	splitGap  = 14
	splitStep = 16 // of a key
	leastList = 360
	leastCard = 220
)

// Object returns the two parts laid out.
func (s *Split) Object(k *Kit, list, card fyne.CanvasObject) *fyne.Container {
	grip := &grip{split: s}
	grip.own(k, grip)
	grip.box = &fyne.Container{Layout: s, Objects: []fyne.CanvasObject{list, grip, card}}
	return grip.box
}

// MinSize implements fyne.Layout.
func (s *Split) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+splitGap+U(leastCard), max(o[0].MinSize().Height, o[2].MinSize().Height))
}

// Layout implements fyne.Layout.
func (s *Split) Layout(o []fyne.CanvasObject, size fyne.Size) {
	card := max(min(U(s.Width), size.Width-splitGap-U(leastList)), U(leastCard), o[2].MinSize().Width)
	list := size.Width - card - splitGap
	place(o[0], 0, 0, list, size.Height)
	place(o[1], list, 0, splitGap, size.Height)
	place(o[2], list+splitGap, 0, card, size.Height)
}

// grip is the gap of a split; under the mouse it shows a line.
type grip struct {
	control
	split *Split
	box   *fyne.Container
}

// Dragged implements fyne.Draggable: it begins from where the gap stands.
func (g *grip) Dragged(e *fyne.DragEvent) {
	g.to((g.box.Objects[2].Size().Width - e.Dragged.DX) / U(1))
}

// DragEnd implements fyne.Draggable.
func (g *grip) DragEnd() { g.split.OnMoved(g.split.Width) }

// DoubleTapped goes back to the usual width.
func (g *grip) DoubleTapped(*fyne.PointEvent) {
	g.to(g.split.Usual)
	g.DragEnd()
}

func (g *grip) to(width float32) {
	g.split.Width = width
	g.split.Layout(g.box.Objects, g.box.Size())
	g.split.Width = g.box.Objects[2].Size().Width / U(1) // what there was room for
}

// TypedKey moves the gap.
func (g *grip) TypedKey(e *fyne.KeyEvent) {
	by, ok := map[fyne.KeyName]float32{fyne.KeyLeft: splitStep, fyne.KeyRight: -splitStep}[e.Name]
	switch {
	case ok:
		g.to(g.split.Width + by)
		g.DragEnd()
	case e.Name == fyne.KeyHome:
		g.DoubleTapped(nil)
	default:
		g.control.TypedKey(e)
	}
}

// Cursor implements desktop.Cursorable.
func (g *grip) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer implements fyne.Widget.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	line := rect()
	return draw(g, drawing{
		objects: []fyne.CanvasObject{line},
		min:     func() fyne.Size { return fyne.NewSize(splitGap, 0) },
		layout:  func(s fyne.Size) { place(line, midY(s.Width, 2), 0, 2, s.Height) },
		paint: func() {
			box(line, theme.Color(theme.ColorNameInputBorder), none(), 0, 1)
			if g.focused {
				line.FillColor = theme.Color(theme.ColorNamePrimary)
			}
			line.Hidden = !g.hovered && !g.focused
		},
	})
}
