package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// poolPage is 发展党员 (picture d): a board of five stages, the 25 steps of the
// person chosen in the same columns, and the step shown.
type poolPage struct {
	plainPage
	a     *App
	p     *screen.Pool
	head  *kit.PageHead
	board *fyne.Container
	path  *kit.Card
	steps *fyne.Container
	strip *fyne.Container
	focus fyne.Focusable // the card of the person chosen
	now   *kit.Choice    // the row of the step shown
	walk  []*kit.Choice  // the rows of every step
	whole [2]*kit.Button // of the person chosen
}

func newPoolPage(a *App, p Place) (Page, error) {
	pg := &poolPage{a: a, p: screen.NewPool(a.Book()), board: kit.Stack(), steps: kit.Stack(), strip: kit.Stack()}
	pg.p.Choose(p.ID)
	return pg, nil
}

// Content implements Page.
func (p *poolPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.whole = [2]*kit.Button{k.Button(kit.Normal, "打印全程纪实表", kit.IconPrint, func() { p.print("F26") }), k.Button(kit.Normal, "全部材料清单", kit.IconList, p.papers)}
	p.head = kit.NewPageHead("发展党员", "").Actions(k.Button(kit.Primary, "登记申请人", kit.IconMemberAdd, p.add),
		p.whole[0], p.whole[1],
		k.More(kit.MenuItem{Text: "列表", Icon: kit.IconList, Do: func() { p.a.Go(Place{Page: "pool", View: "list", Kind: "pool"}) }},
			kit.MenuItem{Text: "从 Excel 导入", Icon: kit.IconExcel, Do: func() { p.a.Go(Place{Page: "excel", View: "import", Kind: "pool"}) }},
			kit.MenuItem{Text: "导出", Icon: kit.IconDownload, Key: "Ctrl+E", Do: p.export}, p.a.theBin("pool")))
	p.path = kit.NewFlushCard("", kit.Column(0, kit.Grow(p.steps), kit.NewRule(), p.strip))
	p.refresh()
	return kit.Page(p.head, kit.Column(10, kit.Sized(0, p.boardHeight(), p.board), kit.Grow(p.path)))
}

// boardHeight leaves the path its rows in a low window.
func (p *poolPage) boardHeight() float32 {
	if p.a.large() {
		return 112
	}
	if p.a.win.Canvas().Size().Height < 680 {
		return 146
	}
	return 172
}

// stepHeight is the height of a step, less in a low window.
func (p *poolPage) stepHeight() float32 {
	if p.a.win.Canvas().Size().Height < 680 || p.a.large() {
		return 25
	}
	return 27
}

// refresh shows board, path and step.
func (p *poolPage) refresh() {
	line, late := p.p.Summary()
	p.head.SetNote(line)
	if late > 0 {
		p.head.Alarm(kit.NewPill(kit.Overdue, fmt.Sprintf("%d 人逾期", late)))
	} else {
		p.head.Alarm()
	}
	p.drawBoard()
	p.drawPath()
}

func (p *poolPage) drawBoard() {
	var cols []kit.BoardColumn
	for _, s := range p.p.Stages() {
		col := kit.BoardColumn{Title: s.Name, Note: s.Steps, Count: fmt.Sprintf("%d 人", len(s.Cards))}
		if p.a.large() {
			col.Note = ""
		}
		for _, c := range s.Cards {
			col.Rows = append(col.Rows, p.card(c))
		}
		cols = append(cols, col)
	}
	p.board.Objects = []fyne.CanvasObject{kit.Board(true, cols...)}
	p.board.Refresh()
}

// room is how many characters a column of the board holds of a name, and the head of
// the path of the line about a person.
func (p *poolPage) room() (name, line int) {
	if p.a.large() {
		return 3, 20
	}
	return 5, 40
}

func (p *poolPage) card(c screen.PoolCard) fyne.CanvasObject {
	pill := kit.NewTag(stateOf(c.Mark.Tone), c.Mark.Say)
	chosen := c.ID == p.p.Current()
	if chosen {
		pill.OnSelection()
	}
	most, _ := p.room()
	name, step := shortened(c.Name, most), c.Step
	under := c.Sync.Say != ""
	switch {
	case under || name != c.Name:
		step = "" // it stands in a second line, or a long name takes its room
	case p.a.large():
		step, _, _ = strings.Cut(step, " ") // its number alone
	}
	face := kit.Column(0, kit.Sized(0, 25, kit.Row(7, kit.NewStrong(name), kit.Grow(kit.NewCaption(step).Short()), pill)))
	if under {
		face.Add(withSync(kit.NewCaption(c.Step).Short(), c.Sync))
	}
	row := p.a.kit.BoardRow(face, func() { p.choose(c.ID) })
	row.SetChosen(chosen)
	row.OnKey(p.boardKey)
	if chosen {
		p.focus = row
	}
	return row
}

// boardKey moves among people and stages.
func (p *poolPage) boardKey(key string) bool {
	move := map[string][2]int{"↑": {-1, 0}, "↓": {1, 0}, "←": {0, -1}, "→": {0, 1}}
	if m, ok := move[key]; ok {
		p.p.Move(m[0], m[1])
		p.refresh()
		p.a.kit.Focus(p.focus)
		return true
	}
	if key == "Enter" {
		p.do()
		return true
	}
	return false
}

func (p *poolPage) choose(id string) {
	p.p.Choose(id)
	p.refresh()
	p.a.kit.Focus(p.focus)
}

// drawPath shows the 25 steps of the person chosen.
func (p *poolPage) drawPath() {
	person, ok := p.p.Person()
	able(p.whole[0], ok)
	able(p.whole[1], ok)
	if !ok {
		p.path.SetTitle("")
		p.path.Lead()
		p.path.Actions()
		p.steps.Objects = []fyne.CanvasObject{kit.Empty(kit.IconPipeline, "还没有发展对象", "收到入党申请书后登记申请人，25 步从这里开始。",
			p.a.kit.Button(kit.Normal, "登记申请人", kit.IconMemberAdd, p.add))}
		p.strip.Objects = nil
		p.steps.Refresh()
		p.strip.Refresh()
		return
	}
	name, line := p.room()
	lead := []fyne.CanvasObject{kit.NewSoft(shortened(person.Line, line))}
	if person.Stuck.Say != "" {
		lead = append(lead, kit.NewPill(stateOf(person.Stuck.Tone), person.Stuck.Say))
	}
	p.path.SetTitle(shortened(person.Name, 2*name))
	p.path.Lead(lead...)
	p.path.Actions(p.a.kit.Link("个人档案", func() { p.a.OpenRecord("pool", person.ID) }), p.a.kit.Link("变更记录", func() {
		p.a.Go(Place{Page: "pool", View: "history", Kind: "pool", ID: person.ID})
	}), p.a.kit.More(p.a.binVerb("pool", person.ID)).Small())
	var columns []fyne.CanvasObject
	p.walk = nil
	for i, s := range p.p.Path() {
		if i > 0 {
			columns = append(columns, kit.Pad(kit.NewUpright(), 0, 0, 0, 0))
		}
		columns = append(columns, p.stage(s))
	}
	kit.Walk(p.walk...)
	widths := []float32{0, 1, 0, 1, 0, 1, 0, 1, 0}
	p.steps.Objects = []fyne.CanvasObject{kit.Pad(newVScroll(kit.Pad(kit.Columns(6, widths, columns...), 0, 8, 0, 0)), 4, 0, 4, 8)}
	p.steps.Refresh()
	p.drawStrip()
}

func (p *poolPage) stage(s screen.PathStage) fyne.CanvasObject {
	color := theme.ColorNameForeground
	line := newSwatchLine(theme.ColorNameSeparator, 2)
	if s.Current {
		color, line = theme.ColorNamePrimary, newSwatchLine(theme.ColorNamePrimary, 2)
	}
	name := kit.NewStrong(s.Name).In(color)
	col := kit.Column(0, kit.Pad(kit.Row(6, name, kit.Space(), kit.NewCaptionStrong(s.Done)), 3, 4, 3, 4), line)
	for _, step := range s.Steps {
		col.Add(p.step(step))
	}
	return col
}

// chooseStep shows a step of the path; the one shown already is done.
func (p *poolPage) chooseStep(n int) {
	if n == p.p.Step() {
		p.do()
		return
	}
	p.p.ChooseStep(n)
	p.drawPath()
	p.a.kit.Focus(p.now)
}

// step is one row of the path: shape, number, name, date.
func (p *poolPage) step(s screen.PathStep) fyne.CanvasObject {
	icon, color := kit.IconTodo, kit.ColorSoft
	switch s.Mark.Tone {
	case screen.Fine:
		icon, color = kit.IconDone, kit.ColorDone
	case screen.Late:
		icon, color = kit.IconLate, kit.ColorOverdue
	case screen.Soon:
		icon, color = kit.IconClock, kit.ColorDue
	case screen.Neutral:
		icon = kit.IconBlocked
	}
	if p.a.large() && (s.Mark.Tone == screen.Fine || s.Mark.Tone == screen.Neutral) {
		s.When = "" // its name takes the room
	} else if p.a.large() {
		s.When = strings.TrimSuffix(s.When, " 前")
	}
	name, when := kit.NewText(s.Name).Short(), kit.NewCaption(s.When)
	if s.Mark.Tone == screen.Plain || s.Mark.Tone == screen.Neutral {
		name.SetColor(kit.ColorSoft)
	}
	if s.Mark.Tone == screen.Late || s.Mark.Tone == screen.Soon {
		name.SetBold(true)
		when = kit.NewCaptionStrong(s.When).In(color)
	}
	row := kit.Sized(0, p.stepHeight(), kit.Pad(kit.Row(5, kit.NewGlyphSized(icon, color, kit.SizeIconPill), kit.Wide(20, kit.NewSoft(fmt.Sprint(s.N)).Right()), kit.Grow(name), when), 0, 4, 0, 4))
	c := p.a.kit.Choice(row, func() { p.chooseStep(s.N) }).Bare()
	p.walk = append(p.walk, c)
	if s.Current {
		p.now = c
		fill := kit.ColorChanged
		if s.Mark.Tone == screen.Late {
			fill = kit.Overdue.Tint()
		}
		c.SetFill(fill)
	}
	return c
}

// drawStrip shows the step chosen: limit, what holds it up, its papers, verbs.
func (p *poolPage) drawStrip() {
	d, ok := p.p.Detail()
	if !ok {
		p.strip.Objects = nil
		p.strip.Refresh()
		return
	}
	left := kit.Column(2, kit.NewTitle(d.Title), kit.NewText(d.Limit).Short())
	if d.Stuck != "" {
		left.Add(kit.NewPara(d.Stuck).Strong().In(kit.ColorOverdue).Most(2))
	}
	middle := kit.Column(2, kit.NewCaptionStrong("这一步要有的材料（"+d.Have+"）"))
	papers := kit.Grid(2, 0)
	for _, paper := range d.Papers {
		papers.Add(p.a.kit.Check(paper.Name, paper.Have, func(on bool) { p.tick(d.N, paper.Name, on) }))
	}
	middle.Add(papers)
	k := p.a.kit
	done := k.Button(kit.Primary, d.FirstVerb, kit.IconCheck, p.do)
	forms := k.Button(kit.Normal, "打印表格", kit.IconPrint, func() { p.forms(d) })
	able(forms, len(d.Forms) > 0)
	limit := k.Button(kit.Normal, "改期限", kit.IconCalendar, func() { p.deadline(d) })
	if p.a.large() { // no room for the checklist: it stands under 全部材料清单
		row := kit.Row(8, kit.NewTitle(d.Title), kit.Grow(kit.NewSoft("材料 "+d.Have).Short()), limit, forms, done)
		p.strip.Objects = []fyne.CanvasObject{kit.Ground(kit.ColorWarm, kit.Pad(row, 6, 12, 6, 12))}
		p.strip.Refresh()
		return
	}
	right := kit.Grid(1, 6, done, kit.Grid(2, 6, forms, limit))
	p.strip.Objects = []fyne.CanvasObject{kit.Ground(kit.ColorWarm, kit.Pad(kit.Columns(14, []float32{330, 1, 0, 1, 250}, left, kit.NewUpright(), middle, kit.NewUpright(), kit.Center(right)), 8, 12, 8, 12))}
	p.strip.Refresh()
}
