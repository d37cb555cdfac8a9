package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// duesPage is 党费收缴 (picture l): twelve months, the sheet of one of them with
// boxes in the open lines, the totals and how dues are worked out.
type duesPage struct {
	plainPage
	a      *App
	d      *screen.Dues
	head   *kit.PageHead
	months *fyne.Container
	rows   *fyne.Container
	lines  map[string]*duesLine
	order  []string // open lines, in the order of the sheet
	total  *fyne.Container
	sum    *fyne.Container
	all    *kit.Check
	pay    *kit.Button
}

// duesLine is the boxes of one open line.
type duesLine struct {
	check          *kit.Check
	paid, day, way *kit.Entry
	ground         *swatch
}

func newDuesPage(a *App, _ Place) (Page, error) {
	return &duesPage{a: a, d: screen.NewDues(a.Book()), months: kit.Stack(), rows: kit.Column(0), lines: map[string]*duesLine{}, total: kit.Stack(), sum: kit.Stack()}, nil
}

// widths are the columns: tick, name, group, base, rate, due, paid, day, way,
// state; 大字版 keeps tick, name, due, paid and state.
func (p *duesPage) widths() []float32 {
	if p.a.large() {
		return []float32{26, 0, 70, 80, 100}
	}
	return []float32{22, 78, 0, 76, 54, 78, 84, 76, 86, 92}
}

// row lays the cells of a line; 大字版 leaves five of them.
func (p *duesPage) row(cells ...fyne.CanvasObject) fyne.CanvasObject {
	if p.a.large() {
		cells = []fyne.CanvasObject{cells[0], cells[1], cells[5], cells[6], cells[9]}
	}
	return kit.Columns(8, p.widths(), cells...)
}

// Content implements Page.
func (p *duesPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.pay = k.Button(kit.Primary, "登记勾选的人", kit.IconCheck, p.payTicked)
	p.head = kit.NewPageHead("党费收缴", "").Actions(p.pay, k.Button(kit.Normal, "打印收缴明细表", kit.IconPrint, func() { p.a.preview("F16", "dues", nil) }),
		k.Button(kit.Normal, "登记上解", kit.IconTransfer, p.handOver),
		k.More(kit.MenuItem{Text: "上一年", Do: func() { p.show(p.d.Year()-1, 12) }}, kit.MenuItem{Text: "今年", Do: func() { t := p.a.Book().Today(); p.show(t.Year, t.Month) }},
			kit.MenuItem{Text: "核定基数", Icon: kit.IconEdit, Do: func() { p.a.Go(Place{Page: "dues", View: "list", Kind: "dues"}) }}))
	p.all = k.Check("", false, func(bool) { p.d.TickAll(); p.redraw() })
	heading := p.row(p.all, caption("姓名", false), caption("党小组", false), caption("计费基数", true), caption("比例", true), caption("应缴（元）", true),
		caption("实缴（元）", true), caption("缴纳日期", false), caption("方式", false), caption("状态", false))
	sheet := kit.NewFlushCard("", kit.Column(0, kit.Ground(theme.ColorNameHeaderBackground, kit.Sized(0, 30, kit.Pad(heading, 0, 12, 0, 12))), kit.Grow(newVScroll(p.rows)))).Foot(p.total)
	p.refresh()
	right := kit.Column(12, kit.NewFixedCard("本月情况", p.sum), kit.Grow(p.rules()))
	return kit.Page(p.head, kit.Column(10, p.months, kit.Grow(kit.Columns(12, []float32{0, 262}, sheet, right))))
}

// caption is a heading of a column.
func caption(s string, right bool) fyne.CanvasObject {
	t := kit.NewCaptionStrong(s).Short()
	if right {
		t.Right()
	}
	return t
}

func (p *duesPage) show(year, month int) { p.d.Show(year, month); p.refresh() }

// refresh shows another month or what changed.
func (p *duesPage) refresh() {
	sum := p.d.Sum()
	p.head.SetNote(fmt.Sprintf("%d 年 %d 月・%s", p.d.Year(), p.d.Month(), sum.Deadline))
	p.drawMonths()
	p.redraw()
	p.drawSum(sum)
}

func (p *duesPage) drawMonths() {
	var cells []fyne.CanvasObject
	for _, m := range p.d.Months() {
		mark := fyne.CanvasObject(kit.NewCaption(m.Mark.Say).In(stateOf(m.Mark.Tone).Color()))
		inside := kit.Column(0, kit.Row(4, kit.NewStrong(fmt.Sprintf("%d 月", m.Month)), kit.Space(), mark), kit.NewText(m.Sum).Right())
		cell := p.a.kit.Choice(kit.Pad(inside, 3, 6, 3, 6), func() { p.show(p.d.Year(), m.Month) })
		cell.SetChosen(m.Month == p.d.Month())
		if m.Mark.Say == "" {
			cell.SetFill(kit.ColorLocked)
		}
		cells = append(cells, cell)
	}
	columns := 12
	if p.a.kit.Face() == kit.Large {
		columns = 6
	}
	p.months.Objects = []fyne.CanvasObject{kit.Grid(columns, 5, cells...)}
	p.months.Refresh()
}

// redraw draws the sheet anew.
func (p *duesPage) redraw() {
	p.rows.Objects, p.lines, p.order = nil, map[string]*duesLine{}, nil
	ticked := p.d.Ticked()
	for _, r := range p.d.Rows() {
		p.rows.Add(p.line(r))
	}
	if len(p.rows.Objects) == 0 {
		p.rows.Add(kit.Pad(kit.Empty(kit.IconFee, "这个月没有要缴党费的人", "党员名册里填上缴费基数，就会出现在这里。"), 40, 0, 0, 0))
	}
	word := "登记勾选的人"
	if ticked > 0 {
		word = fmt.Sprintf("登记勾选的 %d 人", ticked)
	}
	p.pay.Set(word, kit.IconCheck)
	able(p.pay, ticked > 0)
	switch {
	case ticked == 0:
		p.all.Set(false)
	case ticked < len(p.order):
		p.all.SetSome()
	default:
		p.all.Set(true)
	}
	p.rows.Refresh()
	p.drawTotal()
}

func (p *duesPage) line(r screen.DuesRow) fyne.CanvasObject {
	ground := newSwatch("", "", 0, 0)
	if r.Ticked {
		ground.set(theme.ColorNameSelection, "", 0)
	}
	pill := kit.NewPill(stateOf(r.State.Tone), r.State.Say)
	if r.Ticked {
		pill.OnSelection()
	}
	cells := []fyne.CanvasObject{kit.Space(), kit.NewStrong(r.Name).Short(), kit.NewText(r.Group).Short(), kit.NewText(r.Base).Short().Right(), kit.NewText(r.Rate).Short().Right(),
		kit.NewText(r.Due).Right(), kit.NewText(r.Paid).Right(), kit.NewText(r.Day), kit.NewText(r.Method).Short(), kit.Row(0, pill)}
	if r.Open {
		l := p.boxes(r, ground)
		cells[0], cells[6], cells[7], cells[8] = l.check, centred(l.paid), centred(l.day), centred(l.way)
		p.lines[r.Member] = l
		p.order = append(p.order, r.Member)
	}
	return kit.Column(0, kit.Stack(ground, kit.Sized(0, 32, kit.Pad(p.row(cells...), 0, 12, 0, 12))), newHairline())
}

// boxes makes what is typed into an open line: Enter takes the due amount and
// goes down, typing replaces.
func (p *duesPage) boxes(r screen.DuesRow, ground *swatch) *duesLine {
	k := p.a.kit
	l := &duesLine{ground: ground, paid: k.Entry("").Right().Small(), day: k.Entry("").Small(), way: k.Entry("").Small()}
	l.check = k.Check("", r.Ticked, func(bool) { p.d.Tick(r.Member); p.redraw() })
	l.paid.SetText(r.Paid)
	l.day.SetText(r.Day)
	l.way.SetText(r.Method)
	l.paid.SetError(r.Wrong != "")
	typed := func(string) {
		p.d.Type(r.Member, screen.DuesTyped{Paid: l.paid.Text(), On: l.day.Text(), Method: l.way.Text()})
	}
	for _, e := range []*kit.Entry{l.paid, l.day, l.way} {
		e.OnChanged = typed
		e.OnKey = func(key string) bool { return p.lineKey(r.Member, key) }
	}
	l.way.OnFocus = func(in bool) {
		if in && l.way.Text() == "" && l.paid.Text() != "" {
			p.d.Fill(r.Member)
		}
	}
	return l
}

// lineKey is the habit of a spreadsheet: Enter stores the line and goes down,
// ↑ ↓ change the line, F2 fills the due amount in.
func (p *duesPage) lineKey(member, key string) bool {
	switch key {
	case "Enter":
		p.payLine(member)
	case "↑", "↓":
		p.step(member, map[string]int{"↑": -1, "↓": 1}[key])
	case "F2":
		p.d.Fill(member)
		p.redraw()
		p.focusLine(member)
	default:
		return false
	}
	return true
}

func (p *duesPage) step(member string, by int) {
	for i, id := range p.order {
		if to := i + by; id == member && to >= 0 && to < len(p.order) {
			p.focusLine(p.order[to])
			return
		}
	}
}

func (p *duesPage) focusLine(member string) {
	if l := p.lines[member]; l != nil {
		p.a.kit.Focus(l.paid)
		l.paid.SelectAll()
	}
}

// payLine stores one line and goes to the one below.
func (p *duesPage) payLine(member string) {
	next := ""
	for i, id := range p.order {
		if id == member && i+1 < len(p.order) {
			next = p.order[i+1]
		}
	}
	done, err := p.d.Pay(member)
	if err != nil {
		p.a.Fail(err)
		return
	}
	p.refresh()
	p.a.Done(done)
	p.focusLine(next)
}
