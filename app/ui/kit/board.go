package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

func digits(n int) string { return strconv.Itoa(n) }

// BoardColumn is one stage of a board: its head and the cards in it.
type BoardColumn struct {
	Number int    // drawn as a dark circle before the title; 0 none
	Title  string // 发展对象
	Note   string // 7–11 步
	Count  string // 2 人, at the right
	Rows   []fyne.CanvasObject
}

// Board lays equal columns of cards side by side; each scrolls by itself. flush
// columns hold ruled rows that touch the frame (发展党员), others hold cards with
// gaps on the warm ground (诉求办理).
func Board(flush bool, cols ...BoardColumn) *fyne.Container {
	objects := make([]fyne.CanvasObject, len(cols))
	for i, c := range cols {
		objects[i] = boardColumn(c, flush)
	}
	return Grid(len(cols), 10, objects...)
}

func boardColumn(c BoardColumn, flush bool) fyne.CanvasObject {
	head := Row(7)
	if c.Number > 0 {
		head.Add(newNumber(c.Number))
	}
	head.Add(NewStrong(c.Title))
	if c.Number > 0 {
		head.Add(NewSoft(c.Note).Short())
	} else {
		head.Add(NewCaption(c.Note))
	}
	head.Add(Space())
	head.Add(NewStrong(c.Count))
	if flush {
		rows := Column(0, c.Rows...)
		col := NewFlushCard("", Column(0, Ground(theme.ColorNameHeaderBackground, Pad(head, 6, 10, 6, 10)), NewRule(),
			Grow(container.NewVScroll(rows))))
		return col
	}
	body := container.NewVScroll(Column(6, c.Rows...))
	return Stack(newPlate(theme.ColorNameHeaderBackground, theme.ColorNameSeparator, 4),
		Pad(Column(8, Pad(head, 0, 4, 0, 4), Grow(body)), 6, 6, 6, 6))
}

// newNumber is a dark circle with a number.
func newNumber(n int) *StepDot {
	d := NewStepDot(n, true, false)
	d.onRed, d.dark = false, true
	return d
}

// Choice is anything framed or ruled that can be pressed and reached by keyboard:
// a card of a board, a row of a board, an option of a wizard, a cell of a month.
// Enter and Space press it.
type Choice struct {
	control
	content fyne.CanvasObject
	chosen  bool
	ruled   bool // a row with a rule under it and a bar when chosen
	bare    bool // no frame at all
	fill    fyne.ThemeColorName
	onTap   func()
	onKey   func(key string) bool
	among   []*Choice // the pieces the arrows go to, see Walk
}

// Choice returns a framed piece that can be pressed.
func (k *Kit) Choice(content fyne.CanvasObject, tapped func()) *Choice {
	c := &Choice{content: content, onTap: tapped, fill: ColorSurface}
	c.own(k, c)
	return c
}

// BoardRow returns a ruled row that can be pressed.
func (k *Kit) BoardRow(content fyne.CanvasObject, tapped func()) *Choice {
	c := k.Choice(Pad(content, 4, 6, 4, 10), tapped)
	c.ruled = true
	return c
}

// In sets the ground colour and returns the piece.
func (c *Choice) In(fill fyne.ThemeColorName) *Choice { c.fill = fill; return c }

// Bare takes the frame away and returns the piece.
func (c *Choice) Bare() *Choice { c.bare = true; return c }

// OnKey sees keys before the piece; true means taken. Attendance cells take 1 2 3.
func (c *Choice) OnKey(f func(key string) bool) *Choice { c.onKey = f; return c }

// Chosen reports whether it is the selected one.
func (c *Choice) Chosen() bool { return c.chosen }

// SetChosen selects it.
func (c *Choice) SetChosen(on bool) { c.chosen = on; c.Refresh() }

// SetFill changes the ground colour.
func (c *Choice) SetFill(fill fyne.ThemeColorName) { c.fill = fill; c.Refresh() }

// Press does what pressing does.
func (c *Choice) Press() {
	if !c.Disabled() && c.onTap != nil {
		c.onTap()
	}
}

// Tapped implements fyne.Tappable.
func (c *Choice) Tapped(*fyne.PointEvent) {
	c.takeFocus()
	c.Press()
}

// TypedKey presses on Enter and Space.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	if c.onKey != nil && c.onKey(keyName(e.Name)) || c.walk(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.Press()
	default:
		c.control.TypedKey(e)
	}
}

// TypedRune offers characters to OnKey, then to the page.
func (c *Choice) TypedRune(r rune) {
	if r == ' ' || c.onKey != nil && c.onKey(string(r)) {
		return
	}
	c.control.TypedRune(r)
}

// Cursor implements desktop.Cursorable.
func (c *Choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	ground, wash, bar, rule, halo := newFrame(), rect(), rect(), rect(), rect()
	return draw(c, drawing{
		objects: []fyne.CanvasObject{ground.outer, ground.inner, wash, bar, rule, c.content, halo},
		min:     func() fyne.Size { return c.content.MinSize() },
		layout: func(s fyne.Size) {
			ground.place(0, 0, s.Width, s.Height)
			place(wash, 0, 0, s.Width, s.Height)
			place(c.content, 0, 0, s.Width, s.Height)
			place(bar, 0, 0, 3, s.Height)
			place(rule, 0, s.Height-1, s.Width, 1)
			place(halo, 4, 4, s.Width-8, s.Height-8) // within: around it, the edge of a scroll would cut it
		},
		paint: func() {
			radius := theme.Size(theme.SizeNameInputRadius)
			fill, stroke, width := theme.Color(c.fill), theme.Color(theme.ColorNameSeparator), theme.Size(theme.SizeNameInputBorder)
			if c.chosen {
				stroke, width = theme.Color(theme.ColorNamePrimary), 2
			}
			if c.ruled {
				radius, stroke = 0, none()
				if c.chosen {
					fill = theme.Color(theme.ColorNameSelection)
				}
			}
			if c.bare {
				stroke = none()
			}
			ground.paint(fill, stroke, width, radius)
			box(wash, none(), none(), 0, radius)
			if c.hovered {
				wash.FillColor = theme.Color(theme.ColorNameHover)
			}
			box(bar, theme.Color(theme.ColorNamePrimary), none(), 0, 0)
			bar.Hidden = !(c.ruled && c.chosen)
			box(rule, theme.Color(ColorSepSoft), none(), 0, 0)
			rule.Hidden = !c.ruled
			ring(halo, c.focused)
		},
	})
}
