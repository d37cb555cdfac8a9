package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// demandsPage is 诉求办理 (picture m): four columns of cards, and the way of the
// demand chosen in the same columns.
type demandsPage struct {
	plainPage
	a      *App
	d      *screen.Demands
	head   *kit.PageHead
	search *kit.Entry
	kinds  *kit.Select
	whose  *kit.Select
	when   *kit.Select
	wide   *fyne.Container // around whose
	facts  *fyne.Container
	board  *fyne.Container
	path   *fyne.Container
	chosen *kit.Choice
	batch  map[string]string // as offered → batch
}

func newDemandsPage(a *App, p Place) (Page, error) {
	d, err := screen.NewDemands(a.Book())
	if err != nil {
		return nil, err
	}
	d.Choose(p.ID)
	return &demandsPage{a: a, d: d, board: kit.Stack(), path: kit.Stack(), facts: kit.Row(12), batch: map[string]string{}}, nil
}

// Content implements Page.
func (p *demandsPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.head = kit.NewPageHead("诉求办理", "").Actions(k.Button(kit.Primary, "收一条诉求", kit.IconAdd, p.add),
		k.Button(kit.Normal, "全部诉求", kit.IconList, func() { p.a.Go(Place{Page: "demand", View: "list", Kind: "demand"}) }),
		k.Button(kit.Normal, "导出", kit.IconDownload, p.export),
		k.More(kit.MenuItem{Text: "从 Excel 导入", Icon: kit.IconExcel, Do: func() { p.a.Go(Place{Page: "excel", View: "import", Kind: "demand"}) }},
			p.a.theBin("demand")))
	p.search = k.Entry("编号、主体、关键字").Icon(kit.IconSearch)
	p.search.OnChanged = func(s string) { p.d.Find(s); p.draw() }
	p.kinds = k.Select([]string{all}, all, func(string) { p.filter() }).Caption("类别：")
	p.whose = k.Select([]string{all}, all, func(string) { p.filter() }).Caption("主体：")
	p.when = k.Select([]string{all}, all, func(string) { p.filter() }).Caption("时间：")
	p.wide = kit.Wide(150, p.whose)
	filters := kit.Row(8, kit.Wide(250, p.search), kit.Wide(132, p.kinds), p.wide, kit.Wide(150, p.when), kit.Space(), p.facts)
	p.refresh()
	return kit.Page(p.head, kit.Column(10, filters, kit.Grow(p.board), kit.Sized(0, 172, p.path)))
}

func (p *demandsPage) filter() {
	value := func(s *kit.Select) string {
		if s.Value() == all {
			return ""
		}
		return s.Value()
	}
	p.d.Filter(value(p.kinds), value(p.whose), p.batch[value(p.when)])
	p.refresh()
}

// clear shows all demands again.
func (p *demandsPage) clear() {
	p.search.SetText("")
	p.d.Find("")
	p.d.Filter("", "", "")
	p.refresh()
}

// refresh shows filters, figures, board and path.
func (p *demandsPage) refresh() {
	categories, sources, batches := p.d.Choices()
	category, source, batch := p.d.Filtered()
	clear(p.batch)
	times, time := []string{all}, ""
	for _, b := range batches {
		say := b[:4] + " 年" + screen.QuarterSay(b)
		p.batch[say] = b
		times = append(times, say)
		if b == batch {
			time = say
		}
	}
	for _, f := range []struct {
		box     *kit.Select
		options []string
		value   string
	}{{p.kinds, append([]string{all}, categories...), category}, {p.whose, append([]string{all}, sources...), source}, {p.when, times, time}} {
		f.box.SetOptions(f.options)
		f.box.SetActive(f.value != "")
		if f.value == "" {
			f.value = all
		}
		f.box.SetValue(f.value)
	}
	c := p.d.Counts()
	p.head.SetNote(c.Line)
	p.head.Alarm()
	if c.Alarm.Say != "" {
		p.head.Alarm(kit.NewPill(stateOf(c.Alarm.Tone), c.Alarm.Say))
	}
	p.facts.Objects = []fyne.CanvasObject{kit.Row(6, kit.NewSoft("平均办结"), kit.NewStrong(c.Average)), kit.Row(6, kit.NewSoft("回访满意"), kit.NewStrong(c.Satisfied).In(kit.ColorDone))}
	p.facts.Hidden = p.a.large() // they stand under 统计报表 too
	p.wide.Hidden = p.a.large()
	p.facts.Refresh()
	p.draw()
}

func (p *demandsPage) draw() {
	var cols []kit.BoardColumn
	p.chosen = nil
	for i, c := range p.d.Columns() {
		col := kit.BoardColumn{Number: i + 1, Title: c.Name, Note: c.Note}
		for _, card := range c.Cards {
			col.Rows = append(col.Rows, p.card(card))
		}
		cols = append(cols, col)
	}
	p.board.Objects = []fyne.CanvasObject{kit.Board(false, cols...)}
	p.board.Refresh()
	p.drawPath()
}

// card is three lines: number, sort and limit; what; whose, and the act.
func (p *demandsPage) card(c screen.DemandCard) fyne.CanvasObject {
	top := kit.Row(4, kit.NewCaption(c.Code), kit.NewTag(kit.Neutral, c.Category), kit.Space(), kit.NewTag(stateOf(c.Mark.Tone), c.Mark.Say))
	act := p.a.kit.Link(c.Verb.Say, func() { p.d.Choose(c.ID); p.draw(); p.act(c.Verb) }).Then(kit.IconForward)
	source := withSync(kit.NewSoft(c.Source).Short(), c.Sync)
	inside := kit.Column(1, top, kit.NewStrong(c.Title).Short())
	if p.a.large() && c.Sync.Say != "" { // no room beside both
		inside.Add(source)
		inside.Add(kit.Row(0, kit.Space(), act))
	} else {
		inside.Add(kit.Row(6, kit.Grow(source), act))
	}
	card := p.a.kit.Choice(kit.Pad(inside, 5, 10, 5, 10), func() { p.choose(c.ID) })
	card.SetChosen(c.ID == p.d.Current())
	card.OnKey(p.cardKey)
	if c.ID == p.d.Current() {
		p.chosen = card
	}
	return card
}

func (p *demandsPage) choose(id string) {
	p.d.Choose(id)
	p.draw()
	p.focus()
}

func (p *demandsPage) focus() {
	if p.chosen != nil {
		p.a.kit.Focus(p.chosen)
	}
}

// cardKey moves among the cards; Ctrl+→ moves the demand on.
func (p *demandsPage) cardKey(key string) bool {
	if m, ok := map[string][2]int{"↑": {-1, 0}, "↓": {1, 0}, "←": {0, -1}, "→": {0, 1}}[key]; ok {
		p.d.Move(m[0], m[1])
		p.draw()
		p.focus()
		return true
	}
	if key == "Enter" {
		p.open()
		return true
	}
	return false
}

func (p *demandsPage) open() {
	if id := p.d.Current(); id != "" {
		p.a.OpenRecord("demand", id)
	}
}

// drawPath shows the way of the demand chosen.
func (p *demandsPage) drawPath() {
	path, ok := p.d.Path()
	if !ok && p.d.Narrowed() {
		p.path.Objects = []fyne.CanvasObject{kit.Frame(p.a.notFound(p.search.Text(), p.clear), 4)}
		p.path.Refresh()
		return
	}
	if !ok {
		p.path.Objects = []fyne.CanvasObject{kit.Frame(kit.Empty(kit.IconDemand, "还没有诉求", "走访、来电、来信收到的都可以记在这里。",
			p.a.kit.Button(kit.Normal, "收一条诉求", kit.IconAdd, p.add), p.a.importing("demand")), 4)}
		p.path.Refresh()
		return
	}
	k := p.a.kit
	verbs := []fyne.CanvasObject{k.Button(kit.Primary, path.Verb.Say, kit.IconEdit, func() { p.act(path.Verb) }).Small()}
	var more []kit.MenuItem
	for i, v := range p.d.Verbs() {
		if i == 0 {
			verbs = append([]fyne.CanvasObject{k.Button(kit.Normal, v.Say, kit.IconSend, func() { p.act(v) }).Small()}, verbs...)
			continue
		}
		more = append(more, kit.MenuItem{Text: v.Say, Do: func() { p.act(v) }})
	}
	for len(more) > 0 && len(verbs) < p.verbsShown() {
		verbs = append(verbs, k.Button(kit.Normal, more[0].Text, "", more[0].Do).Small())
		more = more[1:]
	}
	more = append(more, kit.MenuItem{Text: "打印办理单", Icon: kit.IconPrint, Key: "Ctrl+P", Do: p.print},
		kit.MenuItem{Text: "打开档案", Icon: kit.IconList, Do: p.open}, p.a.binVerb("demand", path.ID))
	verbs = append(verbs, k.More(more...).Small())
	card := kit.NewFlushCard("", p.stations(path)).Lead(kit.NewCaption(path.Code), kit.NewTitle(shortened(path.Title, 22)), kit.NewSoft(joined(path.Source, path.Category)),
		kit.NewPill(stateOf(path.Mark.Tone), path.Mark.Say)).Actions(verbs...)
	p.path.Objects = []fyne.CanvasObject{card}
	p.path.Refresh()
}

// verbsShown is how many verbs stand beside the demand chosen.
func (p *demandsPage) verbsShown() int {
	if p.a.large() || p.a.win.Canvas().Size().Width < 1340 {
		return 2
	}
	return 4
}

func (p *demandsPage) stations(path screen.DemandPath) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, s := range path.Stations {
		icon, color, rule := kit.IconTodo, kit.ColorSoft, theme.ColorNameSeparator
		fill := kit.ColorSurface
		switch s.Mark.Tone {
		case screen.Fine:
			icon, color, rule = kit.IconDone, kit.ColorDone, kit.ColorDone
		case screen.Soon, screen.Late:
			icon, color = stateOf(s.Mark.Tone).Icon(), stateOf(s.Mark.Tone).Color()
			rule, fill = color, kit.ColorChanged
		}
		text := kit.NewPara(s.Text).Most(3)
		inside := kit.Column(4, kit.Row(6, kit.NewGlyphSized(icon, color, kit.SizeIconPill), kit.NewStrong(s.Name), kit.Grow(kit.NewCaption(s.Line).Short())), text)
		if s.Ends != "" {
			inside.Add(kit.NewCaptionStrong(s.Ends).In(color).Short())
		}
		cells = append(cells, kit.Stack(newSwatch(fill, theme.ColorNameSeparator, 1, 2), kit.Column(0, newSwatchLine(rule, 3), kit.Grow(kit.Pad(inside, 6, 10, 6, 10)))))
	}
	return kit.Pad(kit.Grid(4, 20, cells...), 8, 6, 8, 6)
}
