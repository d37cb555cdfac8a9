package kit

import (
	"fmt"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// When loading shows itself (design.md §6).
const (
	barsAfter = 300 * time.Millisecond
	bandAfter = time.Second
)

// faint is a colour at two fifths of its strength, for edges of bands.
func faint(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0x66}
}

// Loading stands where rows will be: nothing for 0.3 s, then grey bars, after a
// second a line with the count and, where it can stop, 停止.
type Loading struct {
	widget.BaseWidget
	kit        *Kit
	title      *Text
	count      *Text
	bar        *Meter
	stop       *Button
	head       *fyne.Container
	bars, band bool
	cancel     []func()
}

// Loading returns the placeholder; stop may be nil.
func (k *Kit) Loading(title string, stop func()) *Loading {
	l := &Loading{kit: k, title: NewText(title), count: NewSoft(""), bar: NewMeter(0, ColorInfo)}
	l.stop = k.Button(Normal, "停止", "", stop).Small()
	l.stop.Hidden = stop == nil
	l.head = Column(6, Row(8, NewGlyph(IconRefresh, ColorInfo), l.title, Space(), l.count, l.stop), l.bar)
	l.ExtendBaseWidget(l)
	if k.opt.After == nil {
		l.bars, l.band = true, true
		return l
	}
	l.cancel = []func(){
		k.after(barsAfter, func() { l.bars = true; l.Refresh() }),
		k.after(bandAfter, func() { l.band = true; l.Refresh() }),
	}
	return l
}

// Set tells how far the work is; total 0 means unknown.
func (l *Loading) Set(done, total int) {
	if total > 0 {
		l.count.Set(fmt.Sprintf("%d/%d", done, total))
		l.bar.Set(float64(done) / float64(total))
	}
	l.Refresh()
}

// Done stops the timers; call it when the rows are there.
func (l *Loading) Done() {
	for _, stop := range l.cancel {
		stop()
	}
}

// CreateRenderer implements fyne.Widget.
func (l *Loading) CreateRenderer() fyne.WidgetRenderer {
	const rows = 12
	grey := make([]fyne.CanvasObject, 0, rows*4)
	for range rows * 3 {
		grey = append(grey, newPlate(ColorTrack, "", 4))
	}
	for range rows {
		grey = append(grey, newPlate(ColorSepSoft, "", 0))
	}
	bars := container.NewWithoutLayout(grey...)
	return draw(l, drawing{
		objects: []fyne.CanvasObject{l.head, bars},
		min:     func() fyne.Size { return fyne.NewSize(240, 120) },
		layout: func(s fyne.Size) {
			h := l.head.MinSize().Height
			place(l.head, 14, 10, s.Width-28, h)
			place(bars, 0, 0, s.Width, s.Height)
			row := theme.Size(SizeRow) - 3
			for i := range rows {
				y := h + 22 + float32(i)*row
				shift := float32(i%3) * 8
				at := []float32{14, 78 - shift, 142 - shift}
				for j, x := range at {
					end := s.Width - 14
					if j < 2 {
						end = at[j+1] - 14
					}
					place(grey[i*3+j], x, y, end-x, 12)
					grey[i*3+j].(*plate).Hidden = y+12 > s.Height
				}
				place(grey[rows*3+i], 14, y+21, s.Width-28, 1)
				grey[rows*3+i].(*plate).Hidden = y+22 > s.Height
			}
		},
		paint: func() { l.head.Hidden, bars.Hidden = !l.band, !l.bars },
	})
}

// ProgressBand is the thin line over a page for work that goes on beside it.
func (k *Kit) ProgressBand(title string, done, total int, stop func()) *Band {
	b := NewBand(Coming, "", title, "").With(IconRefresh)
	right := []fyne.CanvasObject{NewSoft(fmt.Sprintf("%d/%d", done, total))}
	if stop != nil {
		right = append(right, k.Button(Normal, "停止", "", stop).Small())
	}
	return b.Right(right...)
}

// Meter is a thin bar filled to a fraction; the value is printed beside it.
type Meter struct {
	widget.BaseWidget
	part   float64
	color  fyne.ThemeColorName
	height float32
	bare   bool
}

// NewMeter returns a bar 6 high; part is 0…1.
func NewMeter(part float64, c fyne.ThemeColorName) *Meter {
	m := &Meter{part: part, color: c, height: 6}
	m.ExtendBaseWidget(m)
	return m
}

// High sets the height and returns the bar.
func (m *Meter) High(h float32) *Meter { m.height = h; return m }

// Bare leaves the empty part blank and returns the bar: bars of a chart.
func (m *Meter) Bare() *Meter { m.bare = true; return m }

// Set changes how far it is filled.
func (m *Meter) Set(part float64) { m.part = part; m.Refresh() }

// CreateRenderer implements fyne.Widget.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	track, fill := rect(), rect()
	return draw(m, drawing{
		objects: []fyne.CanvasObject{track, fill},
		min:     func() fyne.Size { return fyne.NewSize(24, m.height) },
		layout: func(s fyne.Size) {
			y := midY(s.Height, m.height)
			place(track, 0, y, s.Width, m.height)
			place(fill, 0, y, s.Width*float32(min(max(m.part, 0), 1)), m.height)
		},
		paint: func() {
			box(track, theme.Color(ColorTrack), none(), 0, 2)
			track.Hidden = m.bare
			box(fill, theme.Color(m.color), none(), 0, 2)
		},
	})
}
