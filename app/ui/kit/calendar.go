package kit

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// calendar is a month in Chinese, weeks from Monday.
type calendar struct {
	widget.BaseWidget
	day    time.Time // the marked day; its month is shown
	today  time.Time
	choose func(time.Time)
}

func newCalendar(day, today time.Time) *calendar {
	c := &calendar{day: day, today: today}
	c.ExtendBaseWidget(c)
	return c
}

func (c *calendar) show(day time.Time) {
	c.day = day
	c.Refresh()
}

// cell is the size of one day.
func (c *calendar) cell() float32 { return U(36) }

// start is the Monday the first row begins with.
func (c *calendar) start() time.Time {
	first := time.Date(c.day.Year(), c.day.Month(), 1, 0, 0, 0, 0, c.day.Location())
	return first.AddDate(0, 0, -int(first.Weekday()+6)%7)
}

// The heading row holds year back, month back, the title, month on, year on.
func (c *calendar) heads() []struct {
	text   string
	months int
} {
	return []struct {
		text   string
		months int
	}{{"«", -12}, {"‹", -1}, {fmt.Sprintf("%d 年 %d 月", c.day.Year(), int(c.day.Month())), 0}, {"›", 1}, {"»", 12}}
}

// headAt returns where heading i begins and how wide it is.
func (c *calendar) headAt(i int) (x, w float32) {
	cell := c.cell()
	return [...]float32{0, cell, 2 * cell, 5 * cell, 6 * cell}[i], [...]float32{cell, cell, 3 * cell, cell, cell}[i]
}

// Tapped chooses a day, turns the month, or takes today from the foot.
func (c *calendar) Tapped(e *fyne.PointEvent) {
	cell := c.cell()
	col, row := int(e.Position.X/cell), int(e.Position.Y/cell)
	switch {
	case row == 0:
		for i, h := range c.heads() {
			if x, w := c.headAt(i); e.Position.X >= x && e.Position.X < x+w && h.months != 0 {
				c.show(addMonths(c.day, h.months))
				return
			}
		}
	case row >= 2 && row < 8 && col < 7:
		c.choose(c.start().AddDate(0, 0, (row-2)*7+col))
	case row == 8:
		c.choose(c.today)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	text := func() *canvas.Text {
		t := canvas.NewText("", nil)
		t.Alignment = fyne.TextAlignCenter
		objects = append(objects, t)
		return t
	}
	plates := make([]*canvas.Rectangle, 42)
	for i := range plates {
		plates[i] = rect()
		objects = append(objects, plates[i])
	}
	heads, weekdays, days := make([]*canvas.Text, 5), make([]*canvas.Text, 7), make([]*canvas.Text, 42)
	for _, list := range [][]*canvas.Text{heads, weekdays, days} {
		for i := range list {
			list[i] = text()
		}
	}
	foot := text()
	return draw(c, drawing{
		objects: objects,
		min:     func() fyne.Size { return fyne.NewSize(7*c.cell(), 9*c.cell()) },
		layout: func(fyne.Size) {
			cell, h := c.cell(), line(theme.SizeNameText)
			for i, t := range heads {
				x, w := c.headAt(i)
				place(t, x, midY(cell, h), w, h)
			}
			for i, t := range weekdays {
				place(t, float32(i)*cell, cell+midY(cell, h), cell, h)
			}
			for i, t := range days {
				x, y := float32(i%7)*cell, float32(i/7+2)*cell
				place(t, x, y+midY(cell, h), cell, h)
				place(plates[i], x+2, y+2, cell-4, cell-4)
			}
			place(foot, 0, 8*cell+midY(cell, h), 7*cell, h)
		},
		paint: func() {
			for i, head := range c.heads() {
				word(heads[i], head.text, theme.SizeNameText, true, theme.ColorNameForeground)
			}
			for i, t := range weekdays {
				word(t, [...]string{"一", "二", "三", "四", "五", "六", "日"}[i], theme.SizeNameCaptionText, true, ColorSoft)
			}
			for i := range days {
				c.paintDay(days[i], plates[i], c.start().AddDate(0, 0, i))
			}
			word(foot, "今天 "+c.today.Format(time.DateOnly), theme.SizeNameText, false, theme.ColorNameHyperlink)
		},
	})
}

func (c *calendar) paintDay(t *canvas.Text, plate *canvas.Rectangle, day time.Time) {
	colour := theme.ColorNameForeground
	if day.Month() != c.day.Month() {
		colour = theme.ColorNamePlaceHolder
	}
	fill, edge := none(), none()
	if sameDay(day, c.today) {
		edge = theme.Color(theme.ColorNamePrimary)
	}
	if sameDay(day, c.day) {
		fill, colour = theme.Color(theme.ColorNamePrimary), theme.ColorNameForegroundOnPrimary
	}
	box(plate, fill, edge, 1, 3)
	word(t, strconv.Itoa(day.Day()), theme.SizeNameText, sameDay(day, c.day), colour)
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }
