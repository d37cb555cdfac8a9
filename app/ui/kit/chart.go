package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Bar is one bar of a chart, with the value printed.
type Bar struct {
	Label string
	Value float64
	Text  string // the printed value: 94, 3 人
	Note  string // behind it: 15%
	Color fyne.ThemeColorName
	Soft  bool // not final yet: drawn pale
}

// BarChart is standing bars over labels, with an axis, and a line where a demand
// lies.
type BarChart struct {
	widget.BaseWidget
	Bars  []Bar
	Ticks []Bar   // marks of the axis: Value and Text
	Line  float64 // a demand to meet, e.g. 85; 0 none
	Color fyne.ThemeColorName
}

// NewBarChart returns a chart; ticks run from 0 to the highest mark.
func NewBarChart(bars, ticks []Bar, line float64, c fyne.ThemeColorName) *BarChart {
	b := &BarChart{Bars: bars, Ticks: ticks, Line: line, Color: c}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *BarChart) CreateRenderer() fyne.WidgetRenderer { return &chartRenderer{b: b} }

type chartRenderer struct {
	b     *BarChart
	shown []fyne.CanvasObject
}

func (d *chartRenderer) Destroy()                     {}
func (d *chartRenderer) Objects() []fyne.CanvasObject { return d.shown }
func (d *chartRenderer) MinSize() fyne.Size           { return fyne.NewSize(260, U(130)) }
func (d *chartRenderer) Layout(fyne.Size)             { d.Refresh() }

func (d *chartRenderer) Refresh() {
	b, s := d.b, d.b.Size()
	d.shown = d.shown[:0]
	h := line(theme.SizeNameCaptionText)
	left, foot, top := U(40), s.Height-h-4, h+4
	highest := b.Line
	for _, t := range append(b.Ticks, b.Bars...) {
		highest = max(highest, t.Value)
	}
	if highest <= 0 {
		highest = 1
	}
	y := func(v float64) float32 { return foot - (foot-top)*float32(v/highest) }
	for _, t := range b.Ticks {
		d.rule(left, y(t.Value), s.Width-left, 1, ColorSepSoft)
		d.text(t.Text, 0, y(t.Value)-h/2, left-6, h, fyne.TextAlignTrailing, false, ColorSoft)
	}
	step := (s.Width - left) / float32(max(len(b.Bars), 1))
	for i, bar := range b.Bars {
		x, w := left+float32(i)*step, min(step*0.55, U(26))
		d.text(bar.Label, x, foot+4, step, h, fyne.TextAlignCenter, false, ColorSoft)
		if bar.Value <= 0 {
			continue
		}
		r := rect()
		colour := b.Color
		if bar.Color != "" {
			colour = bar.Color
		}
		box(r, theme.Color(colour), none(), 0, 2)
		if bar.Soft {
			r.FillColor = faint(theme.Color(colour))
		}
		place(r, x+midY(step, w), y(bar.Value), w, foot-y(bar.Value))
		d.shown = append(d.shown, r)
		d.text(bar.Text, x, y(bar.Value)-h-1, step, h, fyne.TextAlignCenter, true, theme.ColorNameForeground)
	}
	d.rule(left, foot, s.Width-left, 1, theme.ColorNameInputBorder)
	if b.Line > 0 {
		d.rule(left, y(b.Line), s.Width-left, 1.5, ColorInfo)
	}
	canvas.Refresh(b)
}

func (d *chartRenderer) rule(x, y, w, h float32, c fyne.ThemeColorName) {
	r := rect()
	box(r, theme.Color(c), none(), 0, 0)
	place(r, x, y, w, h)
	d.shown = append(d.shown, r)
}

func (d *chartRenderer) text(s string, x, y, w, h float32, a fyne.TextAlign, bold bool, c fyne.ThemeColorName) {
	if s == "" {
		return
	}
	t := canvas.NewText("", nil)
	word(t, s, theme.SizeNameCaptionText, bold, c)
	t.Alignment = a
	if need := widthOf(s, theme.SizeNameCaptionText, bold); need > w { // a wide value over a narrow bar
		x, w = x+midY(w, need), need
	}
	place(t, x, y, w, h)
	d.shown = append(d.shown, t)
}

// Ring is shares as a ring with a total in the middle and a legend beside it.
func Ring(total, unit string, parts ...Bar) *fyne.Container {
	sum := 0.0
	for _, p := range parts {
		sum += p.Value
	}
	r := &ringChart{parts: parts, sum: sum, total: total, unit: unit}
	r.ExtendBaseWidget(r)
	legend := Column(6)
	for i, p := range parts {
		legend.Add(Row(8, Sized(12, 12, newPlate(ringColor(i, p), "", 2)), NewText(p.Label), Space(), NewStrong(p.Text)))
	}
	return Columns(16, []float32{-1, -1}, r, container.New(&middle{}, legend))
}

// middle keeps its object's height and centres it.
type middle struct{}

func (*middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
func (*middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	place(o[0], 0, midY(s.Height, h), s.Width, h)
}

func ringColor(i int, p Bar) fyne.ThemeColorName {
	if p.Color != "" {
		return p.Color
	}
	return [...]fyne.ThemeColorName{ColorChart1, ColorChart2, ColorChart3, ColorChart4, ColorChart5}[i%5]
}

type ringChart struct {
	widget.BaseWidget
	parts       []Bar
	sum         float64
	total, unit string
}

// CreateRenderer implements fyne.Widget.
func (r *ringChart) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{}
	arcs := make([]*canvas.Arc, len(r.parts))
	for i := range r.parts {
		arcs[i] = canvas.NewArc(0, 0, 0.59, none())
		objects = append(objects, arcs[i])
	}
	total, unit := canvas.NewText("", nil), canvas.NewText("", nil)
	objects = append(objects, total, unit)
	return draw(r, drawing{
		objects: objects,
		min:     func() fyne.Size { return fyne.NewSquareSize(U(110)) },
		layout: func(s fyne.Size) {
			side := min(s.Width, s.Height)
			for _, a := range arcs {
				place(a, midY(s.Width, side), midY(s.Height, side), side, side)
			}
			th, uh := line(theme.SizeNameHeadingText), line(theme.SizeNameCaptionText)
			place(total, 0, midY(s.Height, th+uh-6), s.Width, th)
			place(unit, 0, midY(s.Height, th+uh-6)+th-4, s.Width, uh)
		},
		paint: func() {
			at := float32(0)
			for i, p := range r.parts {
				sweep := float32(0)
				if r.sum > 0 {
					sweep = float32(p.Value/r.sum) * 360
				}
				arcs[i].StartAngle, arcs[i].EndAngle = at, at+sweep
				arcs[i].FillColor = theme.Color(ringColor(i, p))
				arcs[i].StrokeWidth, arcs[i].StrokeColor = 1.5, theme.Color(ColorSurface)
				at += sweep
			}
			word(total, r.total, theme.SizeNameHeadingText, true, theme.ColorNameForeground)
			word(unit, r.unit, theme.SizeNameCaptionText, false, ColorSoft)
			total.Alignment, unit.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
		},
	})
}
