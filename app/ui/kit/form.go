package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// FormRow is a label at the left (right-aligned, 104 wide), a box, and a line
// under it for help or for what is wrong.
type FormRow struct {
	widget.BaseWidget
	label      *Text
	star       *Text
	box        fyne.CanvasObject
	aside      fyne.CanvasObject
	help       *Para
	warn       *Glyph
	hint       string // what help goes back to
	labelWidth float32
}

// NewFormRow returns a row; required puts the star before the label.
func NewFormRow(label string, required bool, box fyne.CanvasObject) *FormRow {
	r := &FormRow{label: NewSoft(label), star: NewStrong("*").In(ColorOverdue), box: box, help: NewParaCaption(""),
		warn: NewGlyphSized(IconLate, ColorOverdue, SizeIconPill), labelWidth: 104}
	r.star.Hidden = !required
	r.warn.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// LabelWidth changes the width of the label column and returns the row.
func (r *FormRow) LabelWidth(w float32) *FormRow { r.labelWidth = w; return r }

// Bare leaves the label away, where the box tells what it is, and returns the row.
func (r *FormRow) Bare() *FormRow { r.label.Hide(); return r }

// Help sets the line under the box and returns the row.
func (r *FormRow) Help(s string) *FormRow {
	r.hint = s
	r.help.Set(s)
	return r
}

// Aside puts an object at the right of the box (quick forms check there) and
// returns the row; asideWidth is its room.
func (r *FormRow) Aside(o fyne.CanvasObject) *FormRow { r.aside = o; return r }

// Box returns what is typed in.
func (r *FormRow) Box() fyne.CanvasObject { return r.box }

// SetHelp changes the line under the box.
func (r *FormRow) SetHelp(s string) {
	r.hint = s
	r.SetError("")
}

// SetError shows what is wrong, in the colour of errors, and marks the box; ""
// goes back to the help.
func (r *FormRow) SetError(say string) {
	if box, ok := r.box.(interface{ SetError(bool) }); ok {
		box.SetError(say != "")
	}
	r.warn.Hidden = say == ""
	if say == "" {
		r.help.SetColor(ColorSoft)
		r.help.Set(r.hint)
	} else {
		r.help.SetColor(ColorOverdue)
		r.help.Set(say)
	}
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *FormRow) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.star, r.label, r.box, r.warn, r.help}
	if r.aside != nil {
		objects = append(objects, r.aside)
	}
	left := func() float32 { // a longer label takes its room from the box
		if r.label.Hidden {
			return 0
		}
		return max(U(r.labelWidth), r.label.MinSize().Width+10) + 8
	}
	boxWidth := func(w float32) float32 {
		if r.aside == nil {
			return w - left()
		}
		return min(w-left(), U(270))
	}
	return draw(r, drawing{
		objects: objects,
		min: func() fyne.Size {
			s := r.box.MinSize()
			s.Height = max(s.Height, theme.Size(SizeInput))
			s.Width += left()
			if r.help.Text() != "" {
				s.Height += r.help.MinSize().Height + 1
			}
			return s
		},
		layout: func(s fyne.Size) {
			w, indent := boxWidth(s.Width), float32(0)
			least := r.box.MinSize()
			h := max(least.Height, theme.Size(SizeInput))
			lw, lh := r.label.MinSize().Width, r.label.MinSize().Height
			y := midY(theme.Size(SizeInput), lh) - 0.5
			place(r.label, left()-8-lw, y, lw, lh)
			place(r.star, left()-8-lw-10, y+1, 10, lh)
			if least.Height < h {
				place(r.box, left(), midY(h, least.Height), w, least.Height)
			} else {
				place(r.box, left(), 0, w, h)
			}
			if !r.warn.Hidden {
				side := theme.Size(SizeIconPill)
				place(r.warn, left(), h+2, side, side+2)
				indent = side + 4
			}
			place(r.help, left()+indent, h+1, w-indent, max(s.Height-h-1, 0))
			if r.aside != nil {
				place(r.aside, left()+w+12, 0, s.Width-left()-w-12, theme.Size(SizeInput))
			}
		},
	})
}

// Form lays rows in two columns, in 大字版 in one. A row wrapped by Across takes
// both columns.
func Form(gap float32, rows ...fyne.CanvasObject) *fyne.Container {
	return container.New(&formGrid{gap: gap, rowGap: 5}, rows...)
}

// Across marks a form row that takes the whole width.
func Across(row fyne.CanvasObject) fyne.CanvasObject { return container.New(across{}, row) }

type across struct{ growing }

// formGrid lays rows left, right, left, right, each pair as high as its higher row.
type formGrid struct{ gap, rowGap float32 }

func (l *formGrid) pairs(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var out [][]fyne.CanvasObject
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		last := len(out) - 1
		if last >= 0 && len(out[last]) == 1 && !large() && !isAcross(o) && !isAcross(out[last][0]) {
			out[last] = append(out[last], o)
			continue
		}
		out = append(out, []fyne.CanvasObject{o})
	}
	return out
}

func isAcross(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(across)
	return ok
}

func (l *formGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	pairs := l.pairs(objects)
	for _, pair := range pairs {
		least := largest(pair)
		w := least.Width
		if len(pair) == 2 {
			w = 2*w + l.gap
		}
		s = fyne.NewSize(max(s.Width, w), s.Height+least.Height)
	}
	s.Height += l.rowGap * float32(max(len(pairs)-1, 0))
	return s
}

func (l *formGrid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	half := (size.Width - l.gap) / 2
	y := float32(0)
	for _, pair := range l.pairs(objects) {
		w := half
		if large() || isAcross(pair[0]) {
			w = size.Width
		}
		for _, o := range pair {
			o.Resize(fyne.NewSize(w, o.Size().Height)) // its help wraps first
		}
		h := largest(pair).Height
		for i, o := range pair {
			place(o, float32(i)*(w+l.gap), y, w, h)
		}
		y += h + l.rowGap
	}
}

// Fact is a label and a value below one another's columns: detail panes.
func Fact(label, value string) *fyne.Container {
	return FactWith(label, NewText(value).Short())
}

// FactWith is Fact with any object as value. The label is 78 wide.
func FactWith(label string, value fyne.CanvasObject) *fyne.Container {
	return Columns(8, []float32{78, 0}, NewSoft(label), value)
}
