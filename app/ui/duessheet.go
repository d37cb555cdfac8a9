package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// The columns of the sheet that are typed in.
const (
	duesPaid = 5
	duesDay  = 6
	duesWay  = 7
)

// makeSheet makes the sheet: Enter takes the due amount and goes down, Tab goes
// right, a block is copied to and pasted from WPS; ticking fills a line.
func (p *duesPage) makeSheet() {
	p.sheet = p.a.kit.Sheet(p.columns(), func() int { return len(p.list) })
	p.sheet.Key = func(row int) string { return p.list[row].Member }
	p.sheet.Unit = "人"
	p.sheet.OnTicked = p.ticked
	p.sheet.OnRefused = func(row, _ int, say string) { p.say(p.list[row].Name + "：" + say) }
	p.sheet.Total = p.total
	p.sheet.Empty = kit.Empty(kit.IconFee, "这个月没有要缴党费的人", "党员名册里填上缴费基数，就会出现在这里。", p.a.kit.Button(kit.Normal, "去党员名册", kit.IconMembers, func() { p.a.Go(Place{Page: "member"}) }))
}

func (p *duesPage) columns() []kit.SheetCol {
	at := func(row int) screen.DuesRow { return p.list[row] }
	read := func(title string, width float32, right bool, priority int, text func(screen.DuesRow) string) kit.SheetCol {
		c := kit.SheetCol{Col: kit.Col{Title: title, Width: width, Flex: 1, Priority: priority, Cell: func(r int) kit.Cell { return kit.Cell{Text: text(at(r))} }}}
		if right {
			c.Align = fyne.TextAlignTrailing
		}
		return c
	}
	name := read("姓名", 74, false, 0, func(r screen.DuesRow) string { return r.Name })
	name.Cell = func(r int) kit.Cell { return kit.Cell{Text: at(r).Name, Bold: true} }
	group := read("党小组", 96, false, 6, func(r screen.DuesRow) string { return r.Group })
	group.Flex = 2
	state := kit.SheetCol{Col: kit.Col{Title: "状态", Width: 100, Cell: func(r int) kit.Cell {
		return kit.Cell{Text: at(r).State.Say, Pill: true, State: stateOf(at(r).State.Tone)}
	}}}
	columns := []kit.SheetCol{name, group,
		read("计费基数", 82, true, 5, func(r screen.DuesRow) string { return r.Base }),
		read("比例", 58, true, 4, func(r screen.DuesRow) string { return r.Rate }),
		read("应缴（元）", 82, true, 0, func(r screen.DuesRow) string { return r.Due }),
		p.editable(read("实缴（元）", 82, true, 0, func(r screen.DuesRow) string { return r.Paid }), duesPaid),
		p.editable(read("缴纳日期", 68, false, 3, func(r screen.DuesRow) string { return r.Day }), duesDay),
		p.editable(read("方式", 80, false, 2, func(r screen.DuesRow) string { return r.Method }), duesWay), state}
	if p.a.session.Sync.Enrolled() {
		columns = append(columns, kit.SheetCol{Col: kit.Col{Title: "同步", Width: 62, Priority: 1, Cell: func(r int) kit.Cell { return markCell(at(r).Sync) }}})
	}
	return columns
}

// editable makes a column one that is typed in, on the open lines.
func (p *duesPage) editable(c kit.SheetCol, col int) kit.SheetCol {
	c.Editable = func(row int) bool { return p.list[row].Open }
	c.Set = func(row int, text string) string { return p.set(row, col, text) }
	c.Dated = col == duesDay
	switch col {
	case duesPaid:
		c.Default = func(row int) string { return p.list[row].Due }
	case duesWay:
		c.Tidy = p.d.TidyMethod
	}
	return c
}

// set takes a cell; an amount brings today and the usual way of paying with it.
func (p *duesPage) set(row, col int, text string) string {
	r := p.list[row]
	if col == duesPaid && text != "" {
		p.d.Fill(r.Member)
	}
	t, _ := p.d.Typed(r.Member)
	switch col {
	case duesPaid:
		t.Paid = text
	case duesDay:
		t.On = text
	case duesWay:
		t.Method = text
	}
	p.d.Type(r.Member, t)
	p.list = p.d.Rows()
	p.say("")
	if p.sheet.IsTicked(r.Member) != p.list[row].Ticked {
		p.sheet.Tick(row, p.list[row].Ticked)
	}
	p.showPay()
	if t.Paid == "" {
		return ""
	}
	return p.list[row].Wrong
}

// say shows what is wrong with a cell; "" takes the line away.
func (p *duesPage) say(words string) {
	p.wrong.Set(words)
	if shown := words != ""; shown == p.refusal.Hidden {
		p.refusal.Hidden = !shown
		p.body.Refresh()
	}
}

// ticked follows the ticks of the sheet: a ticked open line is filled.
func (p *duesPage) ticked() {
	for _, r := range p.list {
		if r.Open && p.sheet.IsTicked(r.Member) != r.Ticked {
			p.d.Tick(r.Member)
		}
	}
	p.list = p.d.Rows()
	p.showPay()
}

// total is the fixed row: how many, due, paid, what is missing.
func (p *duesPage) total(col int) kit.Cell {
	s := p.d.Sum()
	switch col {
	case 0:
		return kit.Cell{Text: "合计", Bold: true}
	case 1:
		return kit.Cell{Text: fmt.Sprintf("%d 人", s.People), Bold: true}
	case 4:
		return kit.Cell{Text: s.Due, Bold: true}
	case duesPaid:
		return kit.Cell{Text: s.Paid, Bold: true}
	case duesDay:
		return kit.Cell{Text: s.LeftPeople, Bold: true, Color: kit.ColorDue}
	}
	return kit.Cell{}
}
