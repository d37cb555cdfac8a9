package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// signsPage is 示范岗责任区 (picture g): posts and zones as cards, the one chosen
// beside them with its last evaluation and its plate.
type signsPage struct {
	plainPage
	a      *App
	s      *screen.Signs
	head   *kit.PageHead
	tabs   *kit.Tabs
	unit   *kit.Select
	grade  *kit.Select
	cards  *fyne.Container
	detail *fyne.Container
	chosen *kit.Choice
	prints [2]*kit.Button // of the post or zone chosen
}

func newSignsPage(a *App, p Place) (Page, error) {
	pg := &signsPage{a: a, s: screen.NewSigns(a.Book()), cards: kit.Stack(), detail: kit.Stack()}
	if p.Kind == "zone" {
		pg.s.Show("zone")
	}
	pg.s.Choose(p.ID)
	pg.s.Refresh()
	return pg, nil
}

// Content implements Page.
func (p *signsPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.prints = [2]*kit.Button{k.Button(kit.Normal, "打印考评表", kit.IconPrint, func() { p.print("F21") }), k.Button(kit.Normal, "打印岗牌", kit.IconPrint, p.plates)}
	p.head = kit.NewPageHead("示范岗责任区", "").Actions(k.Button(kit.Primary, "设一个岗", kit.IconAdd, p.add),
		p.prints[0], p.prints[1],
		k.More(kit.MenuItem{Text: "列表", Icon: kit.IconList, Do: func() { p.a.Go(Place{Page: "post", View: "list", Kind: p.s.Kind()}) }},
			kit.MenuItem{Text: "从 Excel 导入", Icon: kit.IconExcel, Do: func() { p.a.Go(Place{Page: "excel", View: "import", Kind: p.s.Kind()}) }},
			kit.MenuItem{Text: "导出", Icon: kit.IconDownload, Key: "Ctrl+E", Do: p.export}, p.a.theBin("post")))
	var tabs []kit.Tab
	for _, t := range p.s.Tabs() {
		tabs = append(tabs, kit.Tab{ID: t.ID, Label: tabLabel(t)})
	}
	p.tabs = k.Tabs(tabs, func(id string) { p.s.Show(id); p.refresh() })
	p.unit = k.Select([]string{all}, all, func(string) { p.filter() }).Caption("单位：")
	p.grade = k.Select(append([]string{all}, screen.Grades()...), all, func(string) { p.filter() }).Caption("评价：")
	p.refresh()
	filters := kit.Row(8, kit.Space(), kit.Wide(132, p.unit), kit.Wide(132, p.grade))
	bar := kit.Stack(p.tabs, filters)
	if p.a.large() { // no room beside the tabs
		bar = kit.Column(10, p.tabs, filters)
	}
	left := kit.Column(10, bar, kit.Grow(newVScroll(p.cards)))
	return kit.Page(p.head, kit.Columns(14, []float32{0, 366}, left, kit.NewFlushCard("", p.detail)))
}

func tabLabel(t screen.SignTab) string { return fmt.Sprintf("%s %d", t.Label, t.Count) }

func (p *signsPage) filter() {
	value := func(s *kit.Select) string {
		if s.Value() == all {
			return ""
		}
		return s.Value()
	}
	p.s.Filter(value(p.unit), value(p.grade))
	p.refresh()
}

func (p *signsPage) refresh() {
	p.head.SetNote(p.s.Summary())
	for _, t := range p.s.Tabs() {
		p.tabs.SetLabel(t.ID, tabLabel(t))
	}
	unit, grade := p.s.Filtered()
	p.unit.SetOptions(append([]string{all}, p.s.Units()...))
	for _, f := range []struct {
		box   *kit.Select
		value string
	}{{p.unit, unit}, {p.grade, grade}} {
		f.box.SetActive(f.value != "")
		if f.value == "" {
			f.value = all
		}
		f.box.SetValue(f.value)
	}
	p.drawCards()
	p.drawDetail()
}

// columns is how many cards stand side by side.
func (p *signsPage) columns() int {
	if p.a.kit.Face() == kit.Large {
		return 2
	}
	return 3
}

func (p *signsPage) drawCards() {
	k := p.a.kit
	var cards []fyne.CanvasObject
	p.chosen = nil
	now, _ := p.s.Current()
	for _, c := range p.s.Cards() {
		card := k.Choice(kit.Pad(p.face(c), 10, 12, 10, 12), func() { p.choose(c.ID) })
		card.OnKey(p.cardKey)
		card.SetChosen(c.ID == now.ID)
		if c.ID == now.ID {
			p.chosen = card
		}
		cards = append(cards, card)
	}
	if p.s.Tab() != screen.TabRemoved {
		word := "设一个岗"
		if p.s.Tab() == "zone" {
			word = "设一个责任区"
		}
		add := kit.Column(6, kit.Center(kit.NewGlyph(kit.IconAdd, theme.ColorNameHyperlink)), kit.NewText(word).In(theme.ColorNameHyperlink).Center())
		cards = append(cards, k.Choice(kit.Sized(0, 150, kit.Center(add)), p.add).In(theme.ColorNameBackground))
	} else if len(cards) == 0 {
		p.cards.Objects = []fyne.CanvasObject{kit.Empty(kit.IconPost, "没有撤销的岗", "撤岗后历次评价仍可查看。",
			p.a.kit.Button(kit.Normal, "看示范岗", kit.IconPost, func() { p.tabs.SetCurrent("post"); p.s.Show("post"); p.refresh() }))}
		p.cards.Refresh()
		return
	}
	p.cards.Objects = []fyne.CanvasObject{kit.Grid(p.columns(), 11, cards...)}
	p.cards.Refresh()
}

// face is what stands on a card.
func (p *signsPage) face(c screen.SignCard) fyne.CanvasObject {
	badge := kit.Sized(40, 40, kit.Stack(newSwatch(theme.ColorNameSelection, "", 0, 4), kit.Center(kit.NewGlyph(kit.IconPost, theme.ColorNamePrimary))))
	top := kit.Columns(8, []float32{40, 0}, badge, kit.Column(0, kit.NewStrong(c.Name).Short(), kit.NewSoft(c.Holder+"・"+c.Unit).Short()))
	score := kit.Row(8, kit.NewStrong(c.Score), kit.NewSoft(c.Grade))
	if c.Score == "" {
		score = kit.Row(0, kit.NewStrong("还没有评价").In(kit.ColorDue))
	}
	color := kit.ColorDone
	if c.State.Tone == screen.Late {
		color = kit.ColorOverdue
	}
	foot := kit.Column(8, kit.Row(8, score, kit.Space(), kit.NewTag(stateOf(c.State.Tone), c.State.Say)), kit.NewMeter(c.Part, color))
	return kit.Sized(0, 136, kit.Column(8, top, withSync(kit.NewText(c.Promise).Short(), c.Sync), kit.Space(), foot))
}

func (p *signsPage) choose(id string) {
	p.s.Choose(id)
	p.refresh()
	if p.chosen != nil {
		p.a.kit.Focus(p.chosen)
	}
}

// cardKey moves among the cards.
func (p *signsPage) cardKey(key string) bool {
	by, ok := map[string]int{"←": -1, "→": 1, "↑": -p.columns(), "↓": p.columns()}[key]
	switch {
	case ok:
		p.s.Move(by)
		p.refresh()
		if p.chosen != nil {
			p.a.kit.Focus(p.chosen)
		}
	case key == "Enter":
		p.open()
	default:
		return false
	}
	return true
}

func (p *signsPage) open() {
	if c, ok := p.s.Current(); ok {
		p.a.Go(Place{Page: "post", View: "form", Kind: c.Kind, ID: c.ID})
	}
}

func (p *signsPage) add() { p.a.Go(Place{Page: "post", View: "form", Kind: p.s.Kind()}) }

// drawDetail shows the post or zone chosen.
func (p *signsPage) drawDetail() {
	d, ok := p.s.Detail()
	able(p.prints[0], ok)
	able(p.prints[1], ok)
	if !ok {
		p.detail.Objects = []fyne.CanvasObject{kit.Empty(kit.IconPost, "还没有岗", "设岗定责、公开承诺，都从设一个岗开始。", p.a.kit.Button(kit.Normal, "设一个岗", kit.IconAdd, p.add))}
		p.detail.Refresh()
		return
	}
	k := p.a.kit
	head := kit.Sized(0, 40, kit.Pad(kit.Row(8, kit.NewTitle(shortened(d.Name, 11)), kit.NewPill(stateOf(d.State.Tone), d.State.Say), kit.Space(), k.Link("评价记录", p.open)), 0, 12, 0, 12))
	body := kit.Column(1, kit.Fact("岗位党员", d.Holder), kit.Fact("所在单位", joined(d.Unit, d.Place)), kit.Fact("任岗期限", d.Term))
	if len(d.Promises) > 0 {
		body.Add(sectionHead("公开承诺", ""))
		for i, text := range d.Promises {
			body.Add(kit.NewPara(fmt.Sprintf("%d. %s", i+1, text)))
		}
	}
	if d.Evaluation != "" {
		body.Add(sectionHead(d.Evaluation, d.By))
		for _, s := range d.Scores {
			body.Add(kit.Columns(8, []float32{84, 0, 44}, kit.NewCaption(s.Name), kit.NewMeter(s.Part, kit.ColorChart1).High(8), kit.NewCaptionStrong(fmt.Sprintf("%d/%d", s.Got, s.Full)).Right()))
		}
	}
	for _, flag := range d.Flags {
		body.Add(kit.NewParaCaption(flag).In(kit.ColorOverdue))
	}
	body.Add(sectionHead("岗牌预览", "20 × 10 厘米・A4 一页两块"))
	body.Add(kit.Center(plate(d)))
	p.detail.Objects = []fyne.CanvasObject{kit.Column(0, head, kit.NewRule(), kit.Grow(newVScroll(kit.Pad(body, 6, 12, 4, 12))), kit.Pad(p.verbs(d), 6, 12, 8, 12))}
	p.detail.Refresh()
}

// verbs are the two likeliest acts and, under ⋯, the others.
func (p *signsPage) verbs(d screen.SignDetail) fyne.CanvasObject {
	k := p.a.kit
	buttons := []fyne.CanvasObject{}
	var more []kit.MenuItem
	for i, v := range d.Acts {
		if i == 0 {
			buttons = append(buttons, kit.Grow(k.Button(kit.Primary, v.Say, kit.IconEdit, func() { p.act(v) })))
			continue
		}
		more = append(more, kit.MenuItem{Text: v.Say, Do: func() { p.act(v) }})
	}
	more = append(more, kit.MenuItem{Text: "打开档案", Icon: kit.IconList, Do: p.open}, p.a.binVerb(d.Kind, d.ID))
	buttons = append(buttons, kit.Grow(k.Button(kit.Normal, "打印岗牌", kit.IconPrint, p.plates)), k.More(more...))
	return kit.Row(8, buttons...)
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + "・" + b
}

// sectionHead is a captioned hairline.
func sectionHead(title, note string) fyne.CanvasObject {
	return kit.Pad(kit.Column(1, kit.Row(8, kit.NewCaptionStrong(title), kit.Space(), kit.NewCaption(note)), kit.NewRule()), 3, 0, 1, 0)
}
