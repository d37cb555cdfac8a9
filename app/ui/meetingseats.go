package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// seatsCard is 签到: everybody present, only the exceptions are pressed.
type seatsCard struct {
	p      *meetingPage
	card   *kit.Card
	seats  []screen.Seat
	cells  []*seatCell
	grid   *fyne.Container
	now    int
	counts *fyne.Container
	reason *kit.Entry
	why    *fyne.Container // the reason of the current seat
	hint   *kit.Text
	all    *kit.Button
	// invites is the way to add somebody who sits in.
	invites *kit.Button
}

// seatCell is one seat: a click or Space goes round the states, 1 2 3 set one.
type seatCell struct {
	*kit.Choice
	inside *fyne.Container
}

func newSeatsCard(p *meetingPage) *seatsCard {
	c := &seatsCard{p: p, counts: kit.Wrapped(14), hint: kit.NewCaption(""), grid: kit.Stack()}
	k := p.a.kit
	c.reason = k.Entry("出差、培训、生病…").Small()
	c.reason.OnChanged = func(s string) {
		if seat, ok := c.current(); ok {
			p.m.SetReason(seat.Row, s)
			c.seats[c.now].Reason = s
		}
	}
	c.reason.OnSubmitted = func(string) { p.m.Settle(); p.changed(); c.focus() }
	c.all = k.Link("全部到会", func() { p.m.AllCame(); p.changed() })
	c.why = kit.Columns(8, []float32{150, 0}, kit.NewSoft(""), c.reason)
	c.invites = k.Link("加列席", c.invite)
	c.card = kit.NewFixedCard("签到", kit.Column(6, c.grid, c.why, c.counts)).Actions(c.hint, c.invites, c.all)
	return c
}

// focus gives the current seat the keyboard.
func (c *seatsCard) focus() {
	if c.now < len(c.cells) {
		c.p.a.kit.Focus(c.cells[c.now].Choice)
	}
}

// first is the seat that F6 goes to.
func (c *seatsCard) first() fyne.Focusable {
	if c.now < len(c.cells) {
		return c.cells[c.now].Choice
	}
	return c.all
}

func (c *seatsCard) current() (screen.Seat, bool) {
	if c.now < 0 || c.now >= len(c.seats) {
		return screen.Seat{}, false
	}
	return c.seats[c.now], true
}

func (c *seatsCard) refresh() {
	c.seats = c.p.m.Seats()
	c.now = min(c.now, max(len(c.seats)-1, 0))
	c.all.Hidden, c.invites.Hidden = c.p.m.Closed(), c.p.m.Closed()
	c.draw()
	c.showCounts()
	c.card.Refresh()
	c.p.settle()
}

// draw fills the seats and, for one who is not there, the box for the reason.
func (c *seatsCard) draw() {
	c.arrange()
	for i, seat := range c.seats {
		c.cells[i].fill(seat)
	}
	seat, ok := c.current()
	c.why.Hidden = !ok || seat.State == screen.Came || c.p.m.Closed()
	if !c.why.Hidden {
		c.why.Objects[0] = kit.NewSoft(seat.Name + seat.State + "，原因").Right()
		if c.reason.Text() != seat.Reason {
			c.reason.SetText(seat.Reason)
		}
	}
	c.why.Refresh()
	c.p.settle()
}

// arrange makes as many cells as there are seats; they stay, so that the
// keyboard stays where it is.
func (c *seatsCard) arrange() {
	if len(c.cells) == len(c.seats) {
		return
	}
	c.cells = nil
	objects := make([]fyne.CanvasObject, len(c.seats))
	for i := range c.seats {
		inside := kit.Stack()
		cell := &seatCell{inside: inside, Choice: c.p.a.kit.Choice(inside, func() { c.at(i); c.cycle() })}
		cell.OnKey(func(key string) bool { c.now = i; return c.key(key) })
		c.cells = append(c.cells, cell)
		objects[i] = cell.Choice
	}
	grid := kit.Grid(seatColumns, 4, objects...)
	c.grid.Objects = []fyne.CanvasObject{grid}
	if rows := (len(objects) + seatColumns - 1) / seatColumns; rows > seatRows {
		c.grid.Objects = []fyne.CanvasObject{kit.Sized(0, seatRows*37, container.NewVScroll(grid))}
	}
	c.grid.Refresh()
}

// Seats stand four side by side; of more rows than seatRows the card scrolls.
const (
	seatColumns = 4
	seatRows    = 6
)

// fill shows a seat: name, state, and 预 for one without a vote.
func (cell *seatCell) fill(seat screen.Seat) {
	state := map[string]kit.State{screen.Came: kit.Done, screen.Excused: kit.Due, screen.Absent: kit.Overdue}[seat.State]
	fill, name, color := kit.ColorSurface, kit.NewText(seat.Name), theme.ColorNameForeground
	icon := kit.NewGlyphSized(state.Icon(), state.Color(), kit.SizeIconPill)
	parts := []fyne.CanvasObject{icon, kit.Grow(name.Short())}
	if seat.State != screen.Came {
		fill, color = state.Tint(), state.Color()
		name.SetBold(true)
		parts = append(parts, kit.NewCaptionStrong(seat.State).In(color))
	}
	name.SetColor(color)
	if seat.Voteless && seat.State == screen.Came {
		parts = append(parts, kit.NewTag(kit.Coming, "预"))
	}
	cell.inside.Objects = []fyne.CanvasObject{kit.Sized(0, 33, kit.Pad(kit.Row(4, parts...), 0, 4, 0, 7))}
	cell.SetFill(fill)
	cell.inside.Refresh()
}

func (c *seatsCard) at(i int) { c.now = i }

// key moves among the seats and sets states.
func (c *seatsCard) key(key string) bool {
	steps := map[string]int{"←": -1, "→": 1, "↑": -seatColumns, "↓": seatColumns, "Home": -len(c.seats), "End": len(c.seats)}
	states := map[string]string{"1": screen.Came, "2": screen.Excused, "3": screen.Absent}
	if by, ok := steps[key]; ok {
		c.now = min(max(c.now+by, 0), max(len(c.seats)-1, 0))
		c.draw()
		c.focus()
		return true
	}
	if state, ok := states[key]; ok {
		c.mark(state)
		return true
	}
	if key == "Enter" {
		c.writeReason()
		return true
	}
	return false
}

func (c *seatsCard) cycle() {
	if seat, ok := c.current(); ok && !c.p.m.Closed() {
		c.p.m.Cycle(seat.Row)
		c.p.changed()
	}
}

func (c *seatsCard) mark(state string) {
	if seat, ok := c.current(); ok && !c.p.m.Closed() {
		c.p.m.Mark(seat.Row, state)
		c.p.changed()
	}
}

func (c *seatsCard) writeReason() {
	if !c.why.Hidden {
		c.p.a.kit.Focus(c.reason)
	}
}

func (c *seatsCard) showCounts() {
	n := c.p.m.Counts()
	pair := func(word string, count int, color fyne.ThemeColorName) fyne.CanvasObject {
		return kit.Row(5, kit.NewText(word).In(color), kit.NewStrong(strconv.Itoa(count)).In(color))
	}
	c.counts.Objects = []fyne.CanvasObject{pair("应到", n.Expected, theme.ColorNameForeground), pair("实到", n.Present, kit.ColorDone),
		pair("请假", n.Excused, kit.ColorDue), pair("缺席", n.Absent, kit.ColorOverdue)}
	hint, voteless := "默认全部到会，只点没来的人", n.Entitled < n.Expected && n.Voting
	switch {
	case c.p.m.Closed():
		hint = map[bool]string{true: "带“预”的无表决权"}[voteless]
	case voteless:
		hint = "只点没来的人；带“预”的无表决权"
	}
	c.hint.Set(hint)
	c.addGuests()
	c.counts.Refresh()
}

// addGuests shows who sits in behind the counts.
func (c *seatsCard) addGuests() {
	guests := c.p.m.Guests()
	if len(guests) > 0 {
		c.counts.Add(kit.NewSoft("列席"))
	}
	for _, g := range guests {
		name := g.Name
		if g.Reason != "" {
			name += "（" + g.Reason + "）"
		}
		tag := kit.Row(4, kit.NewTag(kit.Neutral, name))
		if !c.p.m.Closed() {
			tag.Add(c.p.a.kit.Button(kit.Quiet, "", kit.IconClose, func() { c.p.m.Dismiss(g.Row); c.p.changed() }))
		}
		c.counts.Add(tag)
	}
}

// invite asks who sits in: a name from the pool of applicants or any name.
func (c *seatsCard) invite() {
	k := c.p.a.kit
	name, duty := k.Entry("姓名"), k.Entry("如 发展对象、上级组织员")
	var panel *kit.Modal
	add := func() {
		panel.Close()
		c.p.m.Invite(name.Text(), duty.Text())
		c.p.changed()
	}
	duty.OnSubmitted = func(string) { add() }
	panel = k.Show(kit.Panel{Title: "谁列席", Width: kit.DialogNarrow, First: name,
		Body: kit.Column(6, kit.NewFormRow("姓名", true, name), kit.NewFormRow("身份", false, duty)),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Primary, "加上", kit.IconAdd, add))})
}
