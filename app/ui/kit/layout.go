package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// The spacing scale: 2 4 6 8 10 12 14 16 24. Gaps are given as plain numbers of it.

// Row lays objects side by side with a gap, each as wide as it must be and in the
// middle of the height. A text that may be Short gets the room it needs first, then
// an object wrapped by Grow (or a Space) takes what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// Column lays objects below one another with a gap, each as wide as the column.
// An object wrapped by Grow (or a Space) takes the height that is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap, down: true}, objects...)
}

// Scrolled puts a body with the usual edge of 12 into a vertical scroll, for the
// inside of a flush card.
func Scrolled(body fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(Pad(body, 10, 12, 10, 12))
}

// Grow marks the object of a Row or Column that takes the room left over.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return container.New(growing{}, o) }

// Space is an empty object that grows.
func Space() fyne.CanvasObject { return layout.NewSpacer() }

// Pad surrounds an object with empty room: top, right, bottom, left.
func Pad(o fyne.CanvasObject, top, right, bottom, left float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// PadAll surrounds an object with the same room on all sides.
func PadAll(o fyne.CanvasObject, by float32) *fyne.Container { return Pad(o, by, by, by, by) }

// Wide makes an object at least w wide, in units of the standard face (see U).
func Wide(w float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&atLeast{w: w}, o)
}

// Sized makes an object exactly w × h at the least; w and h scale with the face.
func Sized(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&atLeast{w: w, h: h}, o)
}

// Grid lays objects in equal columns.
func Grid(columns int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{columns: columns, gap: gap}, objects...)
}

// Columns lays objects side by side at the full height: a width above 0 is fixed
// (units of the standard face), a width of 0 or less shares what is left, -2 twice
// as much as -1 (0 counts as -1).
func Columns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{gap: gap, widths: widths}, objects...)
}

// Center puts an object in the middle at its least size.
func Center(o fyne.CanvasObject) *fyne.Container { return container.NewCenter(o) }

// Stack lays objects on top of one another.
func Stack(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }

type growing struct{}

func (growing) MinSize(objects []fyne.CanvasObject) fyne.Size { return largest(objects) }
func (growing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// Yielding lets an object become narrower than it would like to be: choices beside one
// another, whose texts are then shortened.
func Yielding(o fyne.CanvasObject) *fyne.Container { return container.New(yielding{}, o) }

type yielding struct{ growing }

func (yielding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, largest(objects).Height)
}

type atLeast struct{ w, h float32 }

func (l *atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return largest(objects).Max(fyne.NewSize(U(l.w), U(l.h)))
}

func (l *atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	growing{}.Layout(objects, size)
}

// flow is Row and Column.
type flow struct {
	gap  float32
	down bool
}

func (l *flow) grows(o fyne.CanvasObject) bool {
	if c, ok := o.(*fyne.Container); ok {
		_, ok = c.Layout.(growing)
		return ok
	}
	_, ok := o.(layout.SpacerObject)
	return ok
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, across float32
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		a, b := l.turn(o.MinSize())
		along += a
		across = max(across, b)
	}
	along += l.gap * float32(max(shown-1, 0))
	if l.down {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}

// turn gives the extent along the flow and across it.
func (l *flow) turn(s fyne.Size) (along, across float32) {
	if l.down {
		return s.Height, s.Width
	}
	return s.Width, s.Height
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	room, across := l.turn(size)
	if l.down { // text wraps by its width first: its height follows from it
		for _, o := range objects {
			o.Resize(fyne.NewSize(across, o.Size().Height))
		}
	}
	least, _ := l.turn(l.MinSize(objects))
	growers := 0
	for _, o := range objects {
		if o.Visible() && l.grows(o) {
			growers++
		}
	}
	rest := room - least // below 0 what grows shrinks, so that the others stay in view
	extra := l.wanted(objects, max(rest, 0))
	for _, w := range extra {
		rest -= w
	}
	share := rest / float32(max(growers, 1))
	at := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		extent, own := l.turn(o.MinSize())
		extent += extra[o]
		if l.grows(o) {
			extent = max(extent+share, 0)
		}
		if l.down {
			place(o, 0, at, across, extent)
		} else if l.grows(o) || isUpright(o) {
			place(o, at, 0, extent, across)
		} else {
			place(o, at, midY(across, own), extent, own)
		}
		at += extent + l.gap
	}
}

// wanted shares rest among the texts of a row that stand shortened, first come.
func (l *flow) wanted(objects []fyne.CanvasObject, rest float32) map[fyne.CanvasObject]float32 {
	out := map[fyne.CanvasObject]float32{}
	for _, o := range objects {
		t, ok := o.(*Text)
		if l.down || !ok || !t.short || !t.Visible() {
			continue
		}
		need := min(widthOf(t.text, t.size, t.bold)-t.MinSize().Width, rest)
		if need > 0 {
			out[o] = need
			rest -= need
		}
	}
	return out
}

// isUpright reports whether o is a vertical rule, which is as high as its row.
func isUpright(o fyne.CanvasObject) bool {
	r, ok := o.(*Rule)
	return ok && r.down
}
