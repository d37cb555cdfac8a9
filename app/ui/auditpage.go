package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// auditPage is 操作记录: what was printed, exported and shown whole here, and
// whether the chain of it is whole.
type auditPage struct {
	plainPage
	a      *App
	all    screen.Audit
	found  []screen.AuditLine
	find   *kit.Entry
	ledger *kit.Ledger
	none   *fyne.Container // what stands there without a line
}

func newAuditPage(a *App, _ Place) (Page, error) {
	p := &auditPage{a: a, all: a.audit()}
	p.found = p.all.Lines
	return p, nil
}

// audit reads the chain, the forms named.
func (a *App) audit() screen.Audit {
	var forms []screen.FormInfo
	if a.cfg.Press != nil {
		forms = a.cfg.Press.Forms()
	}
	return a.Book().Audit(forms)
}

// Content implements Page.
func (p *auditPage) Content() fyne.CanvasObject {
	k := p.a.kit
	pill := kit.NewPill(kit.Done, "链条完整，没有被改动")
	if p.all.Broken != "" {
		pill = kit.NewPill(kit.Overdue, "链条有缺损")
	}
	head := kit.NewPageHead("操作记录", "打印、导出、看完整号码，共 "+strconv.Itoa(len(p.all.Lines))+" 次").Back(k, "返回", p.a.Back).Alarm(pill).
		Actions(k.Button(kit.Normal, "检查数据", kit.IconCheck, p.a.checkData), k.Button(kit.Normal, "导出清单", kit.IconDownload, p.export))
	p.find = k.Entry("谁、什么表、谁的记录").Icon(kit.IconSearch)
	p.find.OnChanged = func(text string) {
		p.found = p.all.Find(text)
		p.none.Objects = []fyne.CanvasObject{p.nothing()}
		p.ledger.Refresh()
	}
	line := func(row int) screen.AuditLine { return p.found[row] }
	p.ledger = k.Ledger([]kit.Col{
		{Title: "时间", Width: 130, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: screen.ShortMoment(line(row).At, p.a.Book().Today())}
		}},
		{Title: "使用人", Width: 90, Priority: 2, Cell: func(row int) kit.Cell { return kit.Cell{Text: line(row).By} }},
		{Title: "做了什么", Width: 110, Cell: func(row int) kit.Cell { return kit.Cell{Text: line(row).Act, Bold: true} }},
		{Title: "谁的、哪些", Width: 160, Flex: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: line(row).About} }},
		{Title: "表或文件", Width: 160, Flex: 1, Priority: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: line(row).What} }},
	}, func() int { return len(p.found) })
	p.none = kit.Stack(p.nothing())
	p.ledger.Empty = p.none
	return kit.Page(head, kit.Column(8, kit.Wide(320, p.find), kit.Grow(kit.NewFlushCard("", p.ledger))))
}

// nothing is what stands there without a line.
func (p *auditPage) nothing() fyne.CanvasObject {
	k := p.a.kit
	switch {
	case p.all.Broken != "":
		return kit.Empty(kit.IconWarning, "操作记录有缺损", p.all.Broken, k.Button(kit.Normal, "检查数据", kit.IconCheck, p.a.checkData))
	case p.find.Text() != "":
		return p.a.notFound(p.find.Text(), func() { p.find.Type("") })
	}
	return kit.Empty(kit.IconHistory, "还没有操作记录", "在这台电脑上打印、导出、看完整号码时，这里会留下一行。",
		k.Button(kit.Normal, "去打印中心", kit.IconPrint, func() { p.a.Go(Place{Page: "print"}) }))
}

// export writes the list where a person chooses.
func (p *auditPage) export() {
	p.a.saveTable("导出操作记录", "操作记录"+p.a.Book().Today().String(), p.all.Table())
}

// Shown implements Page.
func (p *auditPage) Shown() {
	p.a.kit.SetPanes(p.find, p.ledger)
	p.a.kit.Focus(p.ledger)
}

// Keys implements Page.
func (p *auditPage) Keys() kit.Keys {
	return kit.Keys{"Esc": p.a.Back, "Ctrl+F": func() { p.a.kit.Focus(p.find) }, "Ctrl+E": p.export}
}

// Hints implements Page.
func (p *auditPage) Hints() []Hint {
	return []Hint{{"Ctrl+F", "找"}, {"Ctrl+E", "导出"}, {"Esc", "返回"}}
}
