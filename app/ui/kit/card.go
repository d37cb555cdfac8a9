package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Card is a framed region: title row, body that scrolls, foot.
type Card struct {
	widget.BaseWidget
	title    *Text
	lead     *fyne.Container
	actions  *fyne.Container
	body     fyne.CanvasObject
	foot     fyne.CanvasObject
	chosen   bool
	headless bool
}

// NewCard returns a card. The body gets an edge of 12 and scrolls when it is
// higher than the card. A card without a title has no title row.
func NewCard(title string, body fyne.CanvasObject) *Card {
	c := &Card{title: NewTitle(title), lead: Row(8), actions: Row(12), headless: title == ""}
	c.body = Scrolled(body)
	c.ExtendBaseWidget(c)
	return c
}

// NewFlushCard returns a card whose body touches the frame and scrolls itself: a
// ledger, an editor, rows with rules.
func NewFlushCard(title string, body fyne.CanvasObject) *Card {
	c := NewCard(title, Space())
	c.body = body
	return c
}

// NewFixedCard returns a card whose body has the usual edge but never scrolls; it
// is as high as its content.
func NewFixedCard(title string, body fyne.CanvasObject) *Card {
	c := NewCard(title, Space())
	c.body = Pad(body, 10, 12, 10, 12)
	return c
}

// Lead puts objects behind the title and returns the card.
func (c *Card) Lead(objects ...fyne.CanvasObject) *Card {
	c.lead.Objects = objects
	c.headless = false
	return c
}

// Actions puts objects at the right end of the title row and returns the card.
func (c *Card) Actions(objects ...fyne.CanvasObject) *Card {
	c.actions.Objects = objects
	c.headless = false
	return c
}

// Foot puts an object under the body, on the warm ground, and returns the card.
func (c *Card) Foot(o fyne.CanvasObject) *Card { c.foot = o; return c }

// SetTitle changes the title.
func (c *Card) SetTitle(s string) {
	c.headless = s == "" && len(c.lead.Objects) == 0 && len(c.actions.Objects) == 0
	c.title.Set(s)
	c.Refresh()
}

// SetChosen draws the frame of the selected card of several.
func (c *Card) SetChosen(on bool) {
	c.chosen = on
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	edge, rule, footRule, footing := newFrame(), rect(), rect(), rect()
	head := Row(8, c.title, c.lead, Space(), c.actions)
	objects := []fyne.CanvasObject{edge.outer, edge.inner, footing, c.body, head, rule, footRule}
	if c.foot != nil {
		objects = append(objects, c.foot)
	}
	return draw(c, drawing{
		objects: objects,
		min: func() fyne.Size {
			s := c.body.MinSize()
			s.Height += c.headHeight()
			if !c.headless {
				s.Width = max(s.Width, head.MinSize().Width+24)
			}
			if c.footed() {
				f := c.foot.MinSize()
				s = fyne.NewSize(max(s.Width, f.Width), s.Height+f.Height+1)
			}
			return s.AddWidthHeight(2, 2)
		},
		layout: func(s fyne.Size) {
			edge.place(0, 0, s.Width, s.Height)
			in := edge.width
			h := c.headHeight() + in
			place(head, 12+in, in, s.Width-24-2*in, h-in)
			place(rule, in, h-1, s.Width-2*in, 1)
			foot := float32(0)
			if c.footed() {
				foot = c.foot.MinSize().Height
				place(c.foot, in, s.Height-foot-in, s.Width-2*in, foot)
				place(footing, in, s.Height-foot-in, s.Width-2*in, foot)
				place(footRule, in, s.Height-foot-in-1, s.Width-2*in, 1)
				foot++
			}
			place(c.body, in, h, s.Width-2*in, s.Height-h-foot-in)
		},
		paint: func() {
			width, colour := theme.Size(theme.SizeNameSeparatorThickness), theme.ColorNameSeparator
			if c.chosen {
				width, colour = 2, theme.ColorNamePrimary
			}
			radius := theme.Size(SizeCardRadius)
			edge.paint(theme.Color(ColorSurface), theme.Color(colour), width, radius)
			box(rule, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
			box(footRule, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
			box(footing, theme.Color(ColorWarm), none(), 0, 0)
			head.Hidden, rule.Hidden = c.headless, c.headless
			footing.Hidden, footRule.Hidden = !c.footed(), !c.footed()
		},
	})
}

// footed reports whether the card has a foot, and one that is shown.
func (c *Card) footed() bool { return c.foot != nil && c.foot.Visible() }

func (c *Card) headHeight() float32 {
	if c.headless {
		return 0
	}
	return theme.Size(SizeCardHead)
}

// Frame surrounds an object with a card's frame and an edge of the given width.
func Frame(o fyne.CanvasObject, edge float32) *Card {
	c := NewCard("", Space())
	c.body = PadAll(o, edge)
	return c
}

// Rule is a hairline across.
type Rule struct {
	widget.BaseWidget
	color fyne.ThemeColorName
	down  bool
}

// NewRule returns a horizontal hairline.
func NewRule() *Rule {
	r := &Rule{color: theme.ColorNameSeparator}
	r.ExtendBaseWidget(r)
	return r
}

// NewUpright returns a vertical hairline.
func NewUpright() *Rule {
	r := NewRule()
	r.down = true
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	l := rect()
	return draw(r, drawing{
		objects: []fyne.CanvasObject{l},
		min:     func() fyne.Size { return fyne.NewSize(1, 1) },
		layout: func(s fyne.Size) {
			if r.down {
				place(l, midY(s.Width, 1), 0, 1, s.Height)
				return
			}
			place(l, 0, midY(s.Height, 1), s.Width, 1)
		},
		paint: func() { box(l, theme.Color(r.color), none(), 0, 0) },
	})
}

// Ground fills the space behind an object with a theme colour.
func Ground(c fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return Stack(newPlate(c, "", 0), o)
}

// plate is a plain coloured rectangle that follows the theme.
type plate struct {
	widget.BaseWidget
	fill, edge fyne.ThemeColorName
	radius     float32
}

func newPlate(fill, edge fyne.ThemeColorName, radius float32) *plate {
	p := &plate{fill: fill, edge: edge, radius: radius}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *plate) CreateRenderer() fyne.WidgetRenderer {
	f := newFrame()
	return draw(p, drawing{
		objects: f.objects(),
		min:     func() fyne.Size { return fyne.Size{} },
		layout:  func(s fyne.Size) { f.place(0, 0, s.Width, s.Height) },
		paint: func() {
			f.paint(theme.Color(p.fill), none(), 0, p.radius)
			if p.edge != "" {
				f.paint(theme.Color(p.fill), theme.Color(p.edge), theme.Size(theme.SizeNameInputBorder), p.radius)
			}
		},
	})
}
