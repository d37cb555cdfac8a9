package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Event is one entry of a history.
type Event struct {
	Title string   // 2026-10-11 09:20
	By    string   // 陆婉清
	Lines []string // 手机：136****0044 → 138****0021
	Foot  string   // 笔记本 A・已同步
	Open  bool     // not saved yet: filled dot
}

// Timeline shows a history, newest first: dots on a line, words at their right.
type Timeline struct {
	widget.BaseWidget
	events []Event
	rows   *fyne.Container
}

// NewTimeline returns a history.
func NewTimeline(events []Event) *Timeline {
	t := &Timeline{rows: Column(12)}
	t.set(events)
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the entries.
func (t *Timeline) Set(events []Event) {
	t.set(events)
	t.Refresh()
}

func (t *Timeline) set(events []Event) {
	t.events = events
	t.rows.Objects = nil
	for i, e := range events {
		words := Column(1, Row(8, NewStrong(e.Title), NewSoft(e.By)))
		for _, l := range e.Lines {
			words.Add(NewPara(l))
		}
		words.Add(NewParaCaption(e.Foot))
		t.rows.Add(container.New(&eventLayout{}, newEventDot(e.Open, i == len(events)-1), words))
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.rows) }

// eventLayout puts the dot's column at the left of the words, at their height.
type eventLayout struct{}

func (*eventLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(U(22), 0)
}

func (*eventLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	place(o[0], 0, 0, U(14), s.Height)
	place(o[1], U(22), 0, s.Width-U(22), s.Height)
}

// eventDot is the dot of an entry and the line down to the next one.
type eventDot struct {
	widget.BaseWidget
	open, last bool
}

func newEventDot(open, last bool) *eventDot {
	d := &eventDot{open: open, last: last}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *eventDot) CreateRenderer() fyne.WidgetRenderer {
	stem, dot := rect(), canvas.NewCircle(none())
	return draw(d, drawing{
		objects: []fyne.CanvasObject{stem, dot},
		min:     func() fyne.Size { return fyne.NewSize(U(14), 20) },
		layout: func(s fyne.Size) {
			side, y := U(9), line(theme.SizeNameText)/2-U(4)
			place(dot, 2, y, side, side)
			place(stem, 2+side/2-0.5, y+side, 1, s.Height-y-side+12+y)
			stem.Hidden = d.last
		},
		paint: func() {
			box(stem, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
			dot.StrokeWidth, dot.StrokeColor, dot.FillColor = 1.5, theme.Color(theme.ColorNameInputBorder), theme.Color(ColorSurface)
			if d.open {
				dot.StrokeColor, dot.FillColor = theme.Color(ColorDue), theme.Color(ColorDue)
			}
		},
	})
}

// StepDot is a numbered circle: done with a tick, the present one filled.
type StepDot struct {
	widget.BaseWidget
	n         int
	now, done bool
	onRed     bool
	dark      bool
}

// NewStepDot returns a circle for the wizard's red list.
func NewStepDot(n int, now, done bool) *StepDot {
	d := &StepDot{n: n, now: now, done: done, onRed: true}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *StepDot) CreateRenderer() fyne.WidgetRenderer {
	c, t, tick := canvas.NewCircle(none()), canvas.NewText("", nil), picture()
	return draw(d, drawing{
		objects: []fyne.CanvasObject{c, t, tick},
		min:     func() fyne.Size { return fyne.NewSquareSize(d.side()) },
		layout: func(s fyne.Size) {
			side, h := d.side(), line(theme.SizeNameText)
			x, y := midY(s.Width, side), midY(s.Height, side)
			place(c, x, y, side, side)
			place(t, x, y+midY(side, h)-0.5, side, h)
			icon := U(16)
			place(tick, x+midY(side, icon), y+midY(side, icon), icon, icon)
		},
		paint: func() { d.paint(c, t, tick) },
	})
}

// side is its width: smaller before a title than in a list of steps.
func (d *StepDot) side() float32 {
	if d.dark {
		return U(22)
	}
	return U(26)
}

func (d *StepDot) paint(c *canvas.Circle, t *canvas.Text, tick *canvas.Image) {
	edge, fill, text := ColorOnTopSoft, fyne.ThemeColorName(""), ColorOnTop
	switch {
	case d.onRed && d.now:
		edge, fill, text = ColorOnTop, ColorOnTop, theme.ColorNamePrimary
	case d.onRed:
	case d.dark:
		edge, fill, text = ColorSoft, ColorSoft, theme.ColorNameForegroundOnPrimary
	case d.now:
		edge, fill, text = theme.ColorNamePrimary, theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary
	case d.done:
		edge, fill, text = ColorDone, tint(ColorDone), ColorDone
	default:
		edge, fill, text = theme.ColorNameInputBorder, ColorSurface, ColorSoft
	}
	c.StrokeWidth, c.StrokeColor, c.FillColor = 1, theme.Color(edge), none()
	if fill != "" {
		c.FillColor = theme.Color(fill)
	} else if d.done {
		c.FillColor = faint(theme.Color(ColorOnTopSoft))
	}
	word(t, digits(d.n), theme.SizeNameText, true, text)
	t.Alignment = fyne.TextAlignCenter
	icon := Icon("")
	if d.done {
		icon, t.Text = IconCheck, ""
	}
	show(tick, icon, text)
}

// StepLine is the numbered line over a page in steps (import): 选文件 — 对应列 —.
func StepLine(steps []string, at int) *fyne.Container {
	row := Row(8)
	for i, s := range steps {
		if i > 0 {
			row.Add(Pad(Sized(44, 1, NewRule()), 0, 2, 0, 2))
		}
		d := NewStepDot(i+1, i == at, i < at)
		d.onRed = false
		words := NewSoft(s)
		if i == at {
			words = NewStrong(s).In(theme.ColorNamePrimary)
		}
		row.Add(Row(8, d, words))
	}
	return row
}
