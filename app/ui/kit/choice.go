package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Segmented is a choice of few, all in sight: digits 1…9 and ← → choose.
type Segmented struct {
	control
	// OnChanged is called when a person chooses.
	OnChanged func(string)

	options []string
	value   string
	bad     bool
	plain   bool
}

// Segmented returns a row of up to four options in one frame.
func (k *Kit) Segmented(options []string, value string, changed func(string)) *Segmented {
	s := &Segmented{options: options, value: value, OnChanged: changed}
	s.own(k, s)
	return s
}

// Radio returns the same choice as circles with words, without a frame.
func (k *Kit) Radio(options []string, value string, changed func(string)) *Segmented {
	s := k.Segmented(options, value, changed)
	s.plain = true
	return s
}

// Value returns what is chosen.
func (s *Segmented) Value() string { return s.value }

// SetValue chooses without calling OnChanged.
func (s *Segmented) SetValue(v string) { s.value = v; s.Refresh() }

// SetError shows that the choice is wrong or missing.
func (s *Segmented) SetError(on bool) { s.bad = on; s.Refresh() }

// Choose chooses as a person would.
func (s *Segmented) Choose(v string) {
	if s.Disabled() || v == s.value {
		return
	}
	s.value = v
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(v)
	}
}

func (s *Segmented) at() int {
	for i, o := range s.options {
		if o == s.value {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	s.takeFocus()
	for i := range s.options {
		if x, w := s.segment(i, s.Size()); e.Position.X >= x && e.Position.X < x+w {
			s.Choose(s.options[i])
			return
		}
	}
}

// TypedRune chooses by number.
func (s *Segmented) TypedRune(r rune) {
	if i := int(r - '1'); i >= 0 && i < len(s.options) {
		s.Choose(s.options[i])
		return
	}
	if r != ' ' {
		s.control.TypedRune(r)
	}
}

// TypedKey chooses the neighbour.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeySpace: 1}[e.Name]
	if step == 0 {
		s.control.TypedKey(e)
		return
	}
	next := s.at() + step
	if e.Name == fyne.KeySpace {
		next %= len(s.options)
	}
	if next >= 0 && next < len(s.options) {
		s.Choose(s.options[next])
	}
}

// segment returns where option i lies.
func (s *Segmented) segment(i int, size fyne.Size) (x, w float32) {
	if !s.plain {
		w = size.Width / float32(len(s.options))
		return float32(i) * w, w
	}
	for j := range i {
		x += s.radioWidth(j) + 20
	}
	return x, s.radioWidth(i)
}

func (s *Segmented) radioWidth(i int) float32 {
	return theme.Size(theme.SizeNameInlineIcon) + 6 + widthOf(s.options[i], theme.SizeNameText, false)
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	edge, halo := newFrame(), rect()
	plates, rules := make([]*canvas.Rectangle, len(s.options)), make([]*canvas.Rectangle, len(s.options))
	labels, dots := make([]*canvas.Text, len(s.options)), make([]*radioDot, len(s.options))
	objects := append([]fyne.CanvasObject{halo}, edge.objects()...)
	for i := range s.options {
		plates[i], rules[i], labels[i], dots[i] = rect(), rect(), canvas.NewText("", nil), newRadioDot()
		objects = append(objects, plates[i], rules[i], dots[i].outer, dots[i].inner, labels[i])
	}
	return draw(s, drawing{
		objects: objects,
		min:     s.least,
		layout: func(size fyne.Size) {
			edge.place(0, 0, size.Width, size.Height)
			ringAround(halo, size)
			for i := range s.options {
				x, w := s.segment(i, size)
				h, lw := line(theme.SizeNameText), widthOf(s.options[i], theme.SizeNameText, labels[i].TextStyle.Bold)
				place(plates[i], x+1, 1, w-2, size.Height-2)
				place(rules[i], x, 1, 1, size.Height-2)
				if s.plain {
					dots[i].place(x, midY(size.Height, theme.Size(theme.SizeNameInlineIcon)), theme.Size(theme.SizeNameInlineIcon))
					place(labels[i], x+theme.Size(theme.SizeNameInlineIcon)+6, midY(size.Height, h)-0.5, lw, h)
				} else {
					place(labels[i], x+midY(w, lw), midY(size.Height, h)-0.5, lw, h)
				}
			}
		},
		paint: func() {
			s.paint(edge, halo, plates, labels, dots)
			for i, r := range rules {
				box(r, theme.Color(theme.ColorNameInputBorder), none(), 0, 0)
				r.Hidden = s.plain || i == 0
			}
		},
	})
}

func (s *Segmented) least() fyne.Size {
	if s.plain {
		x, w := s.segment(len(s.options)-1, fyne.Size{})
		return fyne.NewSize(x+w, theme.Size(SizeInput))
	}
	longest := float32(0)
	for _, o := range s.options {
		longest = max(longest, widthOf(o, theme.SizeNameText, true))
	}
	return fyne.NewSize(float32(len(s.options))*(longest+16), theme.Size(SizeInput))
}

func (s *Segmented) paint(f *frame, halo *canvas.Rectangle, plates []*canvas.Rectangle, labels []*canvas.Text, dots []*radioDot) {
	edge, width := theme.ColorNameInputBorder, theme.Size(theme.SizeNameInputBorder)
	if s.bad {
		edge, width = ColorOverdue, 2
	}
	f.paint(theme.Color(ColorSurface), theme.Color(edge), width, theme.Size(theme.SizeNameInputRadius))
	f.hide(s.plain)
	ring(halo, s.focused)
	for i, o := range s.options {
		chosen := o == s.value
		fill, text := none(), theme.ColorNameForeground
		if chosen && !s.plain {
			fill, text = theme.Color(theme.ColorNamePrimary), theme.ColorNameForegroundOnPrimary
		}
		if s.Disabled() {
			fill, text = none(), theme.ColorNameDisabled
			if chosen {
				fill = theme.Color(ColorLocked)
			}
		}
		box(plates[i], fill, none(), 0, 2)
		word(labels[i], o, theme.SizeNameText, chosen && !s.plain, text)
		dots[i].paint(chosen, s.plain)
	}
}

// radioDot is the circle of a choice.
type radioDot struct{ outer, inner *canvas.Circle }

func newRadioDot() *radioDot {
	return &radioDot{outer: canvas.NewCircle(none()), inner: canvas.NewCircle(none())}
}

func (d *radioDot) place(x, y, side float32) {
	place(d.outer, x+1, y+1, side-2, side-2)
	place(d.inner, x+side*0.22, y+side*0.22, side*0.56, side*0.56)
}

func (d *radioDot) paint(chosen, shown bool) {
	d.outer.StrokeWidth, d.outer.FillColor = 1, theme.Color(ColorSurface)
	d.outer.StrokeColor, d.inner.FillColor = theme.Color(theme.ColorNameInputBorder), none()
	if chosen {
		d.outer.StrokeColor, d.inner.FillColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary)
	}
	d.outer.Hidden, d.inner.Hidden = !shown, !shown
}
