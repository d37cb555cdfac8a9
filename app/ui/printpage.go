package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// printPage is 打印中心: every form by name, what it is printed for, blank ones,
// many records at once.
type printPage struct {
	plainPage
	a      *App
	p      *screen.PrintCentre
	search *kit.Entry
	forms  *kit.Ledger
	lines  []screen.FormLine
	right  *fyne.Container
	title  *kit.Card
	find   *kit.Entry
	picks  *kit.Ledger
	nobody *fyne.Container // what stands there without anything to print for
	list   []screen.Pick
	print  *kit.Button
	blank  *kit.Button
}

func newPrintPage(a *App, p Place) (Page, error) {
	if a.cfg.Press == nil {
		return &printPage{a: a}, nil
	}
	pg := &printPage{a: a, p: screen.NewPrintCentre(a.Book(), a.cfg.Press)}
	if p.Note != "" {
		pg.p.Choose(p.Note)
	}
	return pg, nil
}

// Content implements Page.
func (p *printPage) Content() fyne.CanvasObject {
	k := p.a.kit
	if p.p == nil {
		return kit.Page(kit.NewPageHead("打印中心", ""), kit.Frame(kit.Empty(kit.IconPrint, "这里不能打印", "请在装好的程序里打印。", k.Button(kit.Normal, "回工作台", kit.IconHome, func() { p.a.Go(Place{Page: "desk"}) })), 12))
	}
	p.print = k.Button(kit.Primary, "打印", kit.IconPrint, p.doPrint)
	p.blank = k.Button(kit.Normal, "打印空白表", kit.IconFile, p.doBlank)
	p.search = k.Entry("表名、编号、首字母").Icon(kit.IconSearch)
	p.search.OnChanged = func(s string) { p.p.Find(s); p.showForms() }
	p.search.OnKey = func(key string) bool {
		step, ok := map[string]int{"↑": -1, "↓": 1}[key]
		if ok {
			p.forms.SetCurrent(p.forms.Current() + step)
		}
		return ok
	}
	p.forms = k.Ledger([]kit.Col{
		{Title: "编号", Width: 62, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.lines[r].No()} }},
		{Title: "表名", Width: 200, Flex: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.lines[r].Name, Bold: true} }},
		{Title: "用于", Width: 110, Priority: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.lines[r].For} }},
		{Title: "上次", Width: 120, Priority: 2, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.lines[r].Last} }},
	}, func() int { return len(p.lines) })
	p.forms.OnCurrent = func(row int) {
		if code := p.lines[row].Code; code != p.current().Code {
			p.p.Choose(code)
			p.find.SetText("")
		}
		p.showRight()
	}
	p.forms.OnOpen = func(int) { p.doPrint() }
	p.forms.Empty = p.a.notFound("", func() { p.search.Type("") })
	p.buildRight()
	p.showForms()
	left := kit.Column(8, p.search, kit.Grow(kit.NewFlushCard("", p.forms)))
	return kit.Page(kit.NewPageHead("打印中心", "每张表都可以按名字找，也可以打空白的").Actions(p.blank, p.print), kit.Columns(12, []float32{-3, -2}, left, p.right))
}

func (p *printPage) buildRight() {
	k := p.a.kit
	p.find = k.Entry("姓名、首字母").Icon(kit.IconSearch)
	p.find.OnChanged = func(s string) { p.p.FindRecord(s); p.showRight() }
	p.picks = k.Ledger([]kit.Col{
		{Title: "名称", Width: 120, Flex: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.list[r].Label, Bold: true} }},
		{Title: "说明", Width: 120, Priority: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: p.list[r].Note} }},
	}, func() int { return len(p.list) })
	p.picks.Key = func(r int) string { return p.list[r].ID }
	p.picks.OnTicked = func() {
		for _, c := range p.list {
			if p.p.Ticked(c.ID) != p.picks.IsTicked(c.ID) {
				p.p.Tick(c.ID)
			}
		}
		p.showPrint()
	}
	p.picks.OnOpen = func(r int) { p.a.preview(p.current().Code, "", []string{p.list[r].ID}) }
	p.nobody = kit.Stack()
	p.picks.Empty = p.nobody
	p.title = kit.NewFlushCard("", p.picks)
	p.right = kit.Column(8, p.find, kit.Grow(p.title))
}

func (p *printPage) current() screen.FormInfo {
	f, _ := p.p.Current()
	return f
}

func (p *printPage) showForms() {
	p.lines = p.p.Forms()
	p.forms.Refresh()
	for i, l := range p.lines {
		if l.Code == p.current().Code {
			p.forms.SetCurrent(i)
		}
	}
	p.showRight()
}

// showRight shows what the form can be printed for.
func (p *printPage) showRight() {
	f := p.current()
	p.list = p.p.Candidates()
	p.title.SetTitle("印给谁：" + f.Name)
	p.nobody.Objects = []fyne.CanvasObject{p.nothing(f)}
	p.picks.Refresh()
	able(p.blank, f.Blank)
	p.showPrint()
}

// nothing is what stands there when there is nothing to print a form for.
func (p *printPage) nothing(f screen.FormInfo) fyne.CanvasObject {
	if p.find.Text() != "" {
		return p.a.notFound(p.find.Text(), func() { p.find.Type("") })
	}
	k := p.a.kit
	verb := k.Button(kit.Normal, "打印空白表", kit.IconFile, p.doBlank)
	if !f.Blank {
		verb = k.Button(kit.Normal, "回工作台", kit.IconHome, func() { p.a.Go(Place{Page: "desk"}) })
	}
	return kit.Empty(kit.IconPrint, "还没有可以印的记录", "先登记"+p.p.For(f)+"，这里就能按名字印。", verb)
}

// showPrint says on the button how many would be printed.
func (p *printPage) showPrint() {
	word := "打印"
	if n := len(p.p.Batch()); n > 0 {
		word = fmt.Sprintf("打印勾选的 %d 份", n)
		if p.current().List {
			word = fmt.Sprintf("打印勾选的 %d 条", n)
		}
	}
	p.print.Set(word, kit.IconPrint)
}

// doPrint prints what is ticked, else the current record, else all of a list.
func (p *printPage) doPrint() {
	ids := p.p.Batch()
	if len(ids) == 0 && p.current().List {
		for _, c := range p.list {
			ids = append(ids, c.ID)
		}
	}
	if r := p.picks.Current(); len(ids) == 0 && r >= 0 && r < len(p.list) {
		ids = []string{p.list[r].ID}
	}
	p.a.preview(p.current().Code, "", ids)
}

func (p *printPage) doBlank() { p.a.preview(p.current().Code+asBlank, "", nil) }

// Shown implements Page.
func (p *printPage) Shown() {
	if p.p == nil {
		return
	}
	p.a.kit.SetPanes(p.search, p.forms, p.find, p.picks)
	p.a.kit.Focus(p.search)
}

// Keys implements Page.
func (p *printPage) Keys() kit.Keys {
	if p.p == nil {
		return nil
	}
	return kit.Keys{"Ctrl+P": p.doPrint, "Ctrl+F": func() { p.a.kit.Focus(p.search) }}
}

// Hints implements Page.
func (p *printPage) Hints() []Hint {
	return []Hint{{"↑↓", "选表"}, {"F6", "到名单"}, {"空格", "勾选"}, {"Ctrl+P", "打印"}}
}
