package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

func newVScroll(o fyne.CanvasObject) *container.Scroll { return container.NewVScroll(o) }

// calendar shows the year by month: a card a month with its meetings.
func (p *meetingsPage) calendar() fyne.CanvasObject {
	months := p.m.Calendar()
	cards := make([]fyne.CanvasObject, 12)
	for month := range 12 {
		list := kit.Column(0)
		n := len(months[month])
		for _, line := range months[month] {
			list.Add(p.calendarLine(line))
		}
		if n == 0 {
			list.Add(kit.Pad(kit.NewCaption("没有"), 4, 8, 4, 8))
		}
		cards[month] = kit.NewFlushCard(strconv.Itoa(month+1)+" 月", container.NewVScroll(list)).Actions(kit.NewCaption(strconv.Itoa(n) + " 次"))
	}
	return kit.Grid(4, 8, cards...)
}

// calendarLine is one meeting in its month.
func (p *meetingsPage) calendarLine(line screen.MeetingLine) fyne.CanvasObject {
	state := stateOf(line.State.Tone)
	row := kit.Row(6, kit.NewGlyphSized(state.Icon(), state.Color(), kit.SizeIconPill), kit.NewSoft(line.Day[max(len(line.Day)-2, 0):]+" 日"),
		kit.Grow(kit.NewText(line.Kind).Short()))
	c := p.a.kit.BoardRow(kit.Column(0, kit.Sized(0, 24, row), withSync(kit.Space(), line.Sync)), func() {
		if p.m.Current() == line.ID {
			p.open(line.ID)
			return
		}
		p.m.SetCurrent(line.ID)
		p.refresh()
	})
	c.SetChosen(p.m.Current() == line.ID)
	return c
}
