package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// agendaCard is 议程: numbered lines to add, rename, move and drop.
type agendaCard struct {
	p     *meetingPage
	card  *kit.Card
	lines *fyne.Container
	rows  []*kit.Choice
	foot  *fyne.Container
	pick  *kit.Button
	edit  *kit.Entry // the box of the current line while it is renamed; nil otherwise
}

func newAgendaCard(p *meetingPage) *agendaCard {
	c := &agendaCard{p: p, lines: kit.Column(0)}
	k := p.a.kit
	c.pick = k.Button(kit.Normal, "模板", kit.IconList, c.templates).Small()
	c.foot = kit.Pad(kit.Row(8, k.Button(kit.Normal, "加一项", kit.IconAdd, c.add).Small(), c.pick, kit.Space(),
		k.Button(kit.Quiet, "", kit.IconUp, func() { c.move(-1) }), k.Button(kit.Quiet, "", kit.IconDown, func() { c.move(1) }),
		k.Button(kit.Quiet, "", kit.IconDelete, c.drop)), 6, 12, 6, 12)
	c.card = kit.NewFlushCard("议程", container.NewVScroll(c.lines)).Foot(c.foot)
	return c
}

func (c *agendaCard) refresh() {
	c.lines.Objects, c.rows = nil, nil
	for _, item := range c.p.m.Agenda() {
		row := c.line(item)
		c.rows = append(c.rows, row)
		c.lines.Add(row)
	}
	if len(c.rows) == 0 {
		c.lines.Add(kit.Pad(kit.NewSoft("还没有议程"), 8, 12, 8, 12))
	}
	c.foot.Hidden = c.p.m.Closed()
	c.card.Refresh()
}

// first is the line that F6 goes to.
func (c *agendaCard) first() fyne.Focusable {
	if i := c.current(); i >= 0 {
		return c.rows[i]
	}
	if len(c.rows) > 0 {
		return c.rows[0]
	}
	return c.pick
}

func (c *agendaCard) current() int {
	return slices.IndexFunc(c.p.m.Agenda(), func(i screen.AgendaItem) bool { return i.Current })
}

func (c *agendaCard) line(item screen.AgendaItem) *kit.Choice {
	var text fyne.CanvasObject = kit.NewText(item.Title).Short()
	if item.Current && c.edit != nil {
		text = c.edit
	} else if item.Title == "" {
		text = kit.NewText("（写上议题）").In(theme.ColorNamePlaceHolder)
	}
	row := c.p.a.kit.BoardRow(kit.Sized(0, 24, kit.Columns(10, []float32{24, 0}, numberDisc(item.No), text)), func() { c.pressed(item.Row) })
	row.SetChosen(item.Current)
	row.OnKey(func(key string) bool { return c.key(item.Row, key) })
	return row
}

// key moves among the lines, renames and drops.
func (c *agendaCard) key(row, key string) bool {
	c.p.m.Select(row)
	switch key {
	case "↑":
		c.step(-1)
	case "↓":
		c.step(1)
	case "F2":
		c.rename()
	case "Delete":
		c.drop()
	default:
		return false
	}
	return true
}

// pressed makes a line the current one; pressed again it is renamed.
func (c *agendaCard) pressed(row string) {
	items := c.p.m.Agenda()
	if i := c.current(); i >= 0 && items[i].Row == row {
		c.rename()
		return
	}
	c.edit = nil
	c.p.m.Select(row)
	c.redraw()
}

// redraw shows the lines anew and keeps the keyboard on the current one.
func (c *agendaCard) redraw() {
	c.refresh()
	if i := c.current(); i >= 0 {
		c.p.a.kit.Focus(c.rows[i])
	}
}

// numberDisc is a number in a circle.
func numberDisc(n int) fyne.CanvasObject {
	return kit.Center(kit.Sized(20, 20, kit.Stack(newSwatch(kit.ColorLocked, "", 0, 10), kit.Center(kit.NewCaptionStrong(strconv.Itoa(n))))))
}

// newHairline is a soft rule between rows.
func newHairline() fyne.CanvasObject { return kit.Sized(0, 1, newSwatch(kit.ColorSepSoft, "", 0, 0)) }

func (c *agendaCard) step(by int) {
	items := c.p.m.Agenda()
	if to := c.current() + by; to >= 0 && to < len(items) {
		c.p.m.Select(items[to].Row)
	}
	c.edit = nil
	c.redraw()
}

func (c *agendaCard) add() {
	c.p.m.AddAgenda("")
	c.rename()
}

// rename turns the current line into a box; Enter ends it, Esc takes it back.
func (c *agendaCard) rename() {
	if c.p.m.Closed() {
		return
	}
	for _, item := range c.p.m.Agenda() {
		if !item.Current {
			continue
		}
		was := item.Title
		c.edit = c.p.a.kit.Entry("议题").Small()
		c.edit.SetText(was)
		c.edit.OnChanged = func(s string) { c.p.m.RenameAgenda(item.Row, s) }
		c.edit.OnSubmitted = func(string) { c.end() }
		c.edit.OnKey = func(key string) bool {
			if key == "Esc" {
				c.p.m.RenameAgenda(item.Row, was)
				c.end()
			}
			return key == "Esc"
		}
		c.refresh()
		c.p.a.kit.Focus(c.edit)
		c.edit.SelectAll()
		return
	}
}

func (c *agendaCard) end() {
	c.edit = nil
	c.p.m.Settle()
	c.redraw()
	c.p.changed()
}

func (c *agendaCard) move(by int) {
	c.p.m.MoveAgenda(by)
	c.redraw()
	c.p.changed()
}

func (c *agendaCard) drop() {
	if c.p.m.Closed() {
		return
	}
	c.edit = nil
	c.p.m.DropAgenda()
	c.redraw()
	c.p.changed()
}

func (c *agendaCard) templates() {
	var items []kit.MenuItem
	for _, t := range c.p.m.Templates() {
		items = append(items, kit.MenuItem{Text: t.Name, Icon: kit.IconList, Do: func() {
			c.p.m.UseTemplate(t)
			c.refresh()
			c.p.changed()
		}})
	}
	c.p.a.kit.MenuUnder(c.pick, items...)
}
