package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// problemsCard is the right half of the import wizard: the problems, and a strip
// to mend the current one in place.
type problemsCard struct {
	p      *importPage
	card   *kit.Card
	counts *fyne.Container
	only   *kit.Segmented
	ledger *kit.Ledger
	strip  *fyne.Container
	box    *kit.Entry
	words  *kit.Para
	what   *kit.Text
	alike  *kit.Button // mends the same slip everywhere
	way    *kit.Select
	foot   *kit.Text
	empty  *fyne.Container
	list   []screen.Problem
	main   *fyne.Container // the list with its strip, or the sheet
	sheet  *importSheet    // the whole file, nil while problems are listed

	checking bool   // a text is being checked
	ahead    func() // what was asked for meanwhile
}

// What the problem list shows.
const (
	onlyBad = "有问题的"
	showAll = "全部"
	asSheet = "整张表"
)

func newProblemsCard(p *importPage) *problemsCard {
	c := &problemsCard{p: p, counts: kit.Wrapped(16), what: kit.NewStrong("").Short(), foot: kit.NewText(""), empty: kit.Stack(), words: kit.NewParaCaption("")}
	k := p.a.kit
	c.only = k.Radio([]string{onlyBad, showAll, asSheet}, onlyBad, func(s string) { p.p.ShowAll(s == showAll); p.refresh(); c.focus() })
	c.ledger = k.Ledger(c.columns(), func() int { return len(c.list) })
	c.ledger.Double = true
	c.ledger.OnCurrent = func(row int) { p.p.GoTo(row); c.showStrip() }
	c.ledger.OnOpen = func(int) { k.Focus(c.box) }
	c.ledger.Empty = c.empty
	c.box = k.Entry("改成什么")
	c.box.OnSubmitted = func(string) { c.mend() }
	c.box.OnKey = func(key string) bool {
		step, ok := map[string]int{"↑": -1, "↓": 1}[key]
		if ok {
			p.p.Move(step)
			c.refresh()
		}
		return ok
	}
	c.way = k.Select(nil, "", func(way string) { p.p.Deal(p.p.Place(), way); p.refresh() })
	mend := k.Button(kit.Normal, "改好，看下一处", "", c.mend).Then(kit.IconForward)
	c.alike = k.Button(kit.Normal, "", kit.IconCheck, c.mendAlike)
	c.strip = kit.Stack(newSwatch(kit.ColorChanged, "", 0, 0), kit.Pad(kit.Column(6,
		kit.Row(8, kit.Grow(c.what), kit.Wide(140, c.way)),
		kit.Row(8, kit.NewSoft("改为"), kit.Grow(c.box), c.alike, mend), c.words), 8, 12, 8, 12))
	c.main = kit.Stack()
	top := kit.Row(16, kit.Grow(kit.Column(0, kit.Space(), c.counts, kit.Space())), kit.NewSoft("只看"), c.only)
	if p.a.large() {
		top = kit.Column(0, c.counts, kit.Row(0, c.only))
	}
	body := kit.Column(0, kit.Pad(top, 2, 12, 2, 12), kit.NewRule(), kit.Grow(c.main))
	c.card = kit.NewFlushCard("", body).Foot(kit.Pad(c.foot, 8, 12, 8, 12))
	return c
}

func (c *problemsCard) columns() []kit.Col {
	at := func(row int) screen.Problem { return c.list[row] }
	return []kit.Col{
		{Title: "行", Width: 40, Align: fyne.TextAlignTrailing, Cell: func(r int) kit.Cell { return kit.Cell{Text: fmt.Sprint(at(r).Row), Bold: true} }},
		{Title: "列", Width: 110, Priority: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: at(r).Column} }},
		{Title: "问题与办法", Width: 180, Flex: 1, Cell: func(r int) kit.Cell {
			value := at(r).Value
			if value == "" {
				value = "（空）"
			}
			return kit.Cell{Text: value, Bold: true, Color: kit.ColorOverdue, Under: at(r).Say}
		}},
		{Title: "怎么处理", Width: 120, Cell: func(r int) kit.Cell { return kit.Cell{Text: at(r).Way} }},
	}
}

func (c *problemsCard) refresh() {
	c.count()
	if c.sheet = nil; c.only.Value() == asSheet {
		c.sheet = newImportSheet(c.p)
		c.main.Objects = []fyne.CanvasObject{c.sheet.body}
		c.main.Refresh()
		return
	}
	c.main.Objects = []fyne.CanvasObject{kit.Column(0, kit.Grow(c.ledger), c.strip)}
	c.main.Refresh()
	c.list = c.p.p.Problems()
	c.empty.Objects = []fyne.CanvasObject{kit.Empty(kit.IconDone, "没有问题", "可以导入了。", c.p.runButton(kit.Normal))}
	c.ledger.Refresh()
	if len(c.list) > 0 {
		c.ledger.SetCurrent(c.p.p.Place())
	}
	c.showStrip()
}

// count shows how many rows can be taken now.
func (c *problemsCard) count() {
	p := c.p.p
	c.counts.Objects = []fyne.CanvasObject{kit.Mark(kit.Done, fmt.Sprintf("可导入 %d 行", p.Ready()))}
	if n := p.Bad(); n > 0 {
		c.counts.Add(kit.Mark(kit.Overdue, fmt.Sprintf("有问题 %d 行", n)))
	}
	if n := p.Doubtful(); n > 0 {
		c.counts.Add(kit.Mark(kit.Due, fmt.Sprintf("要核对 %d 列", n)))
	}
	c.counts.Refresh()
	c.foot.Set(p.Outlook())
}

// showStrip shows the current problem where it is mended.
func (c *problemsCard) showStrip() {
	pr, ok := c.p.p.Current()
	c.strip.Hidden = !ok
	if !ok {
		c.strip.Refresh()
		return
	}
	c.what.Set(fmt.Sprintf("第 %d 行，%s", pr.Row, pr.Column))
	if c.box != c.p.a.kit.Focused() || c.box.Text() == "" {
		c.box.SetText(pr.Value)
	}
	n := len(c.p.p.Alike())
	c.alike.Set(fmt.Sprintf("相同的 %d 处都改", n+1), kit.IconCheck)
	c.alike.Hidden = n == 0
	c.way.SetOptions(pr.Ways())
	c.way.SetValue(pr.Way)
	c.words.Set(pr.Say + "原 Excel 文件不会被改动；改过的内容只写入台账，并记在变更记录里。")
	c.strip.Refresh()
}

// focus goes to the sheet, or to the box that mends if there is anything to mend.
func (c *problemsCard) focus() {
	switch {
	case c.sheet != nil:
		c.p.a.kit.Focus(c.sheet.grid)
	case len(c.list) > 0:
		c.p.a.kit.Focus(c.box)
		c.box.SelectAll()
	}
}

// mend takes the box's text for the current problem and goes to the next one.
func (c *problemsCard) mend() { c.take(c.p.p.Mend) }

// mendAlike takes it for every problem of the same text in the column.
func (c *problemsCard) mendAlike() { c.take(c.p.p.MendAlike) }

// take empties the box while its text is checked: what is typed meanwhile is for
// the next problem, and so is an Enter.
func (c *problemsCard) take(mend func(screen.Runner, string, func(bool, error))) {
	if _, ok := c.p.p.Current(); !ok {
		return
	}
	if c.checking {
		c.ahead = func() { c.take(mend) }
		return
	}
	text := c.box.Text()
	c.checking = true
	c.box.SetText("")
	mend(c.p.a.run, text, func(ok bool, err error) { c.mended(text, ok, err) })
}

func (c *problemsCard) mended(text string, ok bool, err error) {
	ahead, typed := c.ahead, c.box.Text()
	c.checking, c.ahead = false, nil
	c.box.SetError(!ok)
	if !ok || err != nil {
		c.box.SetText(text)
		ahead, typed = nil, ""
	}
	if err != nil {
		c.p.a.Fail(err)
		return
	}
	c.p.refresh()
	switch {
	case typed == "":
		c.focus()
	case ahead != nil:
		ahead()
	}
}

func (c *problemsCard) skip() {
	c.p.p.Skip()
	c.box.SetText("")
	c.p.refresh()
	c.focus()
}
