package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// excelPage is 导入导出: what can be imported and exported, the rows that wait,
// and the imports of the past with the way back.
type excelPage struct {
	plainPage
	a       *App
	kind    *kit.Select
	waiting *fyne.Container
	past    *fyne.Container
}

func newExcelPage(a *App, _ Place) (Page, error) {
	return &excelPage{a: a, waiting: kit.Column(0), past: kit.Column(0)}, nil
}

// Content implements Page.
func (p *excelPage) Content() fyne.CanvasObject {
	k := p.a.kit
	var labels []string
	for _, kind := range p.a.Book().Kinds() {
		labels = append(labels, kind.Page)
	}
	p.kind = k.Select(labels, "党员名册", nil).Caption("台账：")
	importing := k.Button(kit.Primary, "从 Excel 导入", kit.IconExcel, func() { p.a.Go(Place{Page: "excel", View: "import", Kind: p.chosen()}) })
	exporting := k.Button(kit.Normal, "导出到 Excel", kit.IconDownload, p.export)
	blank := k.Button(kit.Normal, "存一张空表", kit.IconDownload, func() { p.a.ExportTemplate(p.chosen()) })
	head := kit.NewPageHead("导入导出", "Excel、WPS 表格、CSV 都可以；原文件不会改动").Actions(importing, exporting, blank)
	choose := kit.NewFixedCard("哪一本台账", kit.Column(8, kit.Row(0, kit.Wide(240, p.kind)),
		kit.NewPara("导入：认表头、认写法，有问题的先列出来，改好再导；导入后 30 天内可以整批撤销。").In(kit.ColorSoft),
		kit.NewPara("手头没有表格：存一张空表，按“填表说明”填好再导入。").In(kit.ColorSoft),
		kit.NewPara("导出：身份证号和电话按文本写，不会变成科学计数法。").In(kit.ColorSoft),
		kit.NewPara("把表格文件拖到窗口上，也可以直接导入。").In(kit.ColorSoft)))
	p.refresh()
	left := kit.Column(12, choose, kit.Grow(kit.NewFlushCard("导入过的", newVScroll(p.past))))
	return kit.Page(head, kit.Columns(12, []float32{0, 0}, left, kit.NewFlushCard("待处理", newVScroll(p.waiting))))
}

// importing is the verb of empty states that a spreadsheet can fill.
func (a *App) importing(kind string) *kit.Button {
	return a.kit.Button(kit.Normal, "从 Excel 导入", kit.IconExcel, func() { a.Go(Place{Page: "excel", View: "import", Kind: kind}) })
}

// chosen returns the register chosen.
func (p *excelPage) chosen() string {
	for _, k := range p.a.Book().Kinds() {
		if k.Page == p.kind.Value() {
			return k.Name
		}
	}
	return "member"
}

func (p *excelPage) export() {
	var ids []string
	kind := p.chosen()
	for _, r := range p.a.Book().Search(kind, "") {
		ids = append(ids, r.ID)
	}
	p.a.ExportRecords(kind, ids)
}

func (p *excelPage) refresh() {
	p.showWaiting()
	p.showPast()
}

// showWaiting lists the imported rows that wait for a person.
func (p *excelPage) showWaiting() {
	p.waiting.Objects = nil
	for _, d := range p.a.Book().Waiting() {
		k, err := p.a.Book().Kind(d.Kind)
		if err != nil {
			continue // a kind of a newer version
		}
		title := d.Typed[k.Title]
		if title == "" {
			title = "（没有" + k.Label + "名称）"
		}
		row := kit.Row(8, kit.NewStrong(title), kit.Grow(kit.NewSoft(fmt.Sprintf("%s，填了 %d 处", k.Page, len(d.Typed))).Short()),
			p.a.kit.Link("去改好", func() { p.take(d) }), p.a.kit.Link("不要了", func() { p.drop(d) }))
		p.waiting.Add(kit.Column(0, kit.Sized(0, 36, kit.Pad(row, 0, 12, 0, 12)), newHairline()))
	}
	if len(p.waiting.Objects) == 0 {
		p.waiting.Add(kit.Pad(kit.Empty(kit.IconCheck, "没有待处理的行", "导入时有问题、没有改的行会留在这里。", p.a.importing(p.chosen())), 40, 0, 0, 0))
	}
	p.waiting.Refresh()
}

// take moves a waiting row into the form of its kind.
func (p *excelPage) take(d record.Draft) {
	old := d.Key
	d.Key = d.Kind + "/new"
	if d.ID != "" {
		d.Key = d.Kind + "/" + d.ID
	}
	err := p.a.Book().SaveDraft(d)
	if err == nil {
		err = p.a.Book().DropDraft(old)
	}
	if err != nil {
		p.a.FailAgain(err, func() { p.take(d) })
		return
	}
	p.a.Go(Place{Page: screen.PageOf(d.Kind), View: "form", Kind: d.Kind, ID: d.ID})
}

func (p *excelPage) drop(d record.Draft) {
	if err := p.a.Book().DropDraft(d.Key); err != nil {
		p.a.FailAgain(err, func() { p.drop(d) })
	}
	p.refresh()
}

func (p *excelPage) showPast() {
	p.past.Objects = nil
	for _, n := range p.a.Book().Imports() {
		state := fmt.Sprintf("登记 %d，改动 %d", n.Added, n.Changed)
		row := kit.Row(8, kit.NewText(screen.ShortMoment(n.At, p.a.Book().Today())), kit.Grow(kit.NewText(n.File).Short()), kit.NewSoft(state))
		if n.Undone {
			row.Add(kit.NewTag(kit.Neutral, "已撤销"))
		} else if p.a.cfg.UndoBatch != nil {
			row.Add(p.a.kit.Link("撤销", func() { p.a.undoImport(n) }))
		}
		p.past.Add(kit.Column(0, kit.Sized(0, 36, kit.Pad(row, 0, 12, 0, 12)), newHairline()))
	}
	if len(p.past.Objects) == 0 {
		p.past.Add(p.none())
	}
	p.past.Refresh()
}

// none is what stands there before the first import; 大字版 has room for words only.
func (p *excelPage) none() fyne.CanvasObject {
	title, hint := "还没有导入过", "导入的每一批都记在这里，30 天内可以整批撤销。"
	if p.a.large() {
		return kit.Pad(kit.NewPara(title+"。"+hint).In(kit.ColorSoft), 8, 12, 8, 12)
	}
	return kit.Pad(kit.Empty(kit.IconHistory, title, hint, p.a.importing(p.chosen())), 16, 0, 0, 0)
}

// undoImport asks and takes a whole import back.
func (a *App) undoImport(n screen.ImportNote) {
	a.kit.Ask(kit.Question{Title: "撤销“" + n.File + "”的导入？",
		Body: fmt.Sprintf("登记的 %d 条移到回收站，改动的 %d 条改回原样；导入以后又改过的内容不动。", n.Added, n.Changed),
		Safe: "不撤了", Verb: "撤销这次导入", Icon: kit.IconUndo, Do: func() {
			count, err := a.Book().UndoImport(n.Batch, a.cfg.UndoBatch)
			if err != nil {
				a.Fail(err)
				return
			}
			a.Say(fmt.Sprintf("已撤销这次导入，%d 条回到原样", count))
			a.page.Changed("", nil)
		}})
}

// Changed implements Page.
func (p *excelPage) Changed(string, []string) { p.refresh() }

// Shown implements Page.
func (p *excelPage) Shown() { p.refresh(); p.a.kit.Focus(p.kind) }

// Keys implements Page.
func (p *excelPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+E": p.export, "Ctrl+N": func() { p.a.Go(Place{Page: "excel", View: "import", Kind: p.chosen()}) }}
}

// Hints implements Page.
func (p *excelPage) Hints() []Hint { return []Hint{{"Ctrl+N", "导入"}, {"Ctrl+E", "导出"}} }
