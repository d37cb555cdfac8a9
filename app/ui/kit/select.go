package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Select is a framed choice of one. Pressed, or with ↓, Space or Enter, it opens
// its list; typed letters choose by initials without opening it.
type Select struct {
	control
	// OnChanged is called when a person chooses.
	OnChanged func(string)

	caption string // inside the frame: 类别：
	options []string
	value   string
	empty   string // shown when nothing is chosen
	small   bool
	bad     bool
	changed bool
	active  bool
	query   string
}

// Select returns a choice; value must be one of the options or "".
func (k *Kit) Select(options []string, value string, changed func(string)) *Select {
	s := &Select{options: options, value: value, OnChanged: changed}
	s.own(k, s)
	return s
}

// Caption puts words inside the frame before the value (类别：) and returns the choice.
func (s *Select) Caption(c string) *Select { s.caption = c; return s }

// Empty sets what is shown when nothing is chosen and returns the choice.
func (s *Select) Empty(words string) *Select { s.empty = words; return s }

// Small makes the choice 28 / 38 high and returns it.
func (s *Select) Small() *Select { s.small = true; return s }

// Value returns what is chosen, "" for nothing.
func (s *Select) Value() string { return s.value }

// SetValue chooses without calling OnChanged.
func (s *Select) SetValue(v string) { s.value = v; s.Refresh() }

// SetOptions replaces the options; a value no longer among them stays shown.
func (s *Select) SetOptions(options []string) { s.options = options; s.Refresh() }

// SetError shows that the choice is wrong or missing.
func (s *Select) SetError(on bool) { s.bad = on; s.Refresh() }

// SetChanged shows that the choice differs from what is saved.
func (s *Select) SetChanged(on bool) { s.changed = on; s.Refresh() }

// SetActive shows that this filter is in use.
func (s *Select) SetActive(on bool) { s.active = on; s.Refresh() }

// Choose chooses as a person would.
func (s *Select) Choose(v string) {
	if s.Disabled() || v == s.value {
		return
	}
	s.value = v
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(v)
	}
}

// Tapped implements fyne.Tappable.
func (s *Select) Tapped(*fyne.PointEvent) {
	s.takeFocus()
	s.Open()
}

// Open shows the list of options.
func (s *Select) Open() {
	if s.Disabled() || len(s.options) == 0 {
		return
	}
	items, at := make([]MenuItem, len(s.options)), -1
	for i, o := range s.options {
		items[i] = MenuItem{Text: o, Do: func() { s.Choose(o) }}
		if o == s.value {
			at = i
		}
	}
	m := s.kit.menu(s.kit.where(s), s.Size(), items, at)
	query := ""
	m.layer.onRune = func(r rune) { // letters go to the option they find
		query += string(r)
		if i := s.find(query); i >= 0 {
			m.at = i
			m.Refresh()
			m.show()
		} else {
			query = ""
		}
	}
	if at >= 0 {
		m.show()
	}
}

// find returns the first option that a typed query finds.
func (s *Select) find(query string) int {
	for i, o := range s.options {
		if s.kit.match(query, o) {
			return i
		}
	}
	return -1
}

// TypedRune chooses by initials, or the option of that number.
func (s *Select) TypedRune(r rune) {
	if r == ' ' || s.Disabled() {
		return
	}
	s.query += string(r)
	i := s.find(s.query)
	if i < 0 { // start over with this letter
		s.query = string(r)
		i = s.find(s.query)
	}
	if n := int(r - '0'); i < 0 && n >= 1 && n <= min(len(s.options), 9) {
		i = n - 1
	}
	if i >= 0 {
		s.Choose(s.options[i])
	}
}

// TypedKey moves through the options.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeySpace:
		s.Open()
	case fyne.KeyLeft:
		s.step(-1)
	case fyne.KeyRight:
		s.step(1)
	case fyne.KeyBackspace, fyne.KeyDelete:
		s.query = ""
	default:
		s.control.TypedKey(e)
	}
}

func (s *Select) step(by int) {
	at := -1
	for i, o := range s.options {
		if o == s.value {
			at = i
		}
	}
	if next := at + by; next >= 0 && next < len(s.options) {
		s.Choose(s.options[next])
	}
}

// FocusLost forgets the typed initials.
func (s *Select) FocusLost() {
	s.query = ""
	s.control.FocusLost()
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	edge, arrow := newFrame(), picture()
	caption, value := canvas.NewText("", nil), canvas.NewText("", nil)
	return draw(s, drawing{
		objects: []fyne.CanvasObject{edge.outer, edge.inner, caption, value, arrow},
		min: func() fyne.Size {
			longest := widthOf(s.empty, theme.SizeNameText, false)
			for i, o := range s.options {
				if i < 40 {
					longest = max(longest, widthOf(o, theme.SizeNameText, false))
				}
			}
			return fyne.NewSize(min(longest, 12*theme.TextSize())+s.captionWidth()+34+theme.TextSize()/2, s.height())
		},
		layout: func(size fyne.Size) {
			edge.place(0, 0, size.Width, size.Height)
			side, h := theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
			y := midY(size.Height, h) - 0.5
			place(caption, 8, y, s.captionWidth(), h)
			room := size.Width - 8 - s.captionWidth() - side - 10
			value.Text = fitted(s.shown(), room, theme.SizeNameText, s.caption != "" && s.active)
			place(value, 8+s.captionWidth(), y, room, h)
			value.Refresh()
			place(arrow, size.Width-side-6, midY(size.Height, side), side, side)
		},
		paint: func() { s.paint(edge, caption, value, arrow) },
	})
}

func (s *Select) paint(f *frame, caption, value *canvas.Text, arrow *canvas.Image) {
	fill, edge, width := ColorSurface, theme.ColorNameInputBorder, theme.Size(theme.SizeNameInputBorder)
	text := theme.ColorNameForeground
	switch {
	case s.Disabled():
		fill, edge, text = ColorLocked, theme.ColorNameSeparator, theme.ColorNameDisabled
	case s.changed || s.active:
		fill = ColorChanged
	}
	switch {
	case s.bad:
		edge, width = ColorOverdue, 2
	case s.focused:
		edge, width = theme.ColorNamePrimary, 2
	}
	f.paint(theme.Color(fill), theme.Color(edge), width, theme.Size(theme.SizeNameInputRadius))
	word(caption, s.caption, theme.SizeNameText, false, ColorSoft)
	if s.value == "" {
		text = theme.ColorNamePlaceHolder
	}
	word(value, s.shown(), theme.SizeNameText, false, text)
	show(arrow, IconMenuDown, theme.ColorNameForeground)
}

func (s *Select) shown() string {
	if s.value == "" {
		return s.empty
	}
	return s.value
}

func (s *Select) captionWidth() float32 {
	if s.caption == "" {
		return 0
	}
	return widthOf(s.caption, theme.SizeNameText, false) + 4
}

func (s *Select) height() float32 {
	if s.small {
		return theme.Size(SizeInputSmall)
	}
	return theme.Size(SizeInput)
}
