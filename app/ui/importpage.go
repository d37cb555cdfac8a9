package ui

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// importPage is the import wizard (picture k).
type importPage struct {
	plainPage
	a     *App
	p     *screen.Importing
	place Place

	head     *kit.PageHead
	steps    *fyne.Container
	body     *fyne.Container
	problems *problemsCard
}

func newImportPage(a *App, p Place) (Page, error) {
	kind := p.Kind
	if kind == "" {
		kind = "member"
	}
	w, err := screen.NewImporting(a.Book(), a.cfg.Sheets, kind)
	if err != nil {
		return nil, err
	}
	pg := &importPage{a: a, p: w, place: p, steps: kit.Stack(), body: kit.Stack()}
	pg.problems = newProblemsCard(pg)
	return pg, nil
}

// Content implements Page.
func (p *importPage) Content() fyne.CanvasObject {
	p.head = kit.NewPageHead("", "").Back(p.a.kit, "导入导出", p.a.Back)
	p.refresh()
	return kit.Page(p.head, kit.Column(12, p.steps, kit.Grow(p.body)))
}

// importFormats are the endings of the files that can be read.
func importFormats() []string { return []string{".xlsx", ".xls", ".csv", ".xlsm", ".et", ".txt"} }

// pick asks for a file; dropped files come through take.
func (p *importPage) pick() {
	p.a.PickFile("选名册文件", importFormats(), p.take)
}

// take reads a file in the background.
func (p *importPage) take(path string) {
	p.a.run.Do("读"+filepath.Base(path), func(ctx context.Context, _ screen.Progress) error {
		data, err := screen.ReadFile(path, screen.MostSheet)
		if err != nil {
			return err
		}
		return p.p.Take(ctx, path, data)
	}, func(err error) {
		if err != nil {
			p.a.FailAgain(err, func() { p.take(path) })
			return
		}
		p.refresh()
	})
}

// refresh shows the step the wizard stands at.
func (p *importPage) refresh() {
	p.head.SetTitle("导入" + p.p.Kind().Page)
	p.head.SetNote(p.p.Line())
	p.head.Actions(p.verbs()...)
	p.steps.Objects = []fyne.CanvasObject{p.stepLine()}
	switch p.p.Step() {
	case screen.PickFile:
		p.body.Objects = []fyne.CanvasObject{p.picking()}
	case screen.MapColumns, screen.MendProblems:
		p.problems.refresh()
		p.body.Objects = []fyne.CanvasObject{p.problems.card}
		if p.problems.sheet == nil || p.p.Step() == screen.MapColumns {
			p.body.Objects = []fyne.CanvasObject{kit.Columns(12, []float32{470, 0}, p.mapping(), p.problems.card)}
		}
	default:
		p.body.Objects = []fyne.CanvasObject{p.finished()}
	}
	p.steps.Refresh()
	p.body.Refresh()
}

// counted shows what can be taken after cells of the sheet were mended.
func (p *importPage) counted() {
	p.head.Actions(p.verbs()...)
	p.problems.count()
}

func (p *importPage) verbs() []fyne.CanvasObject {
	k := p.a.kit
	back := k.Button(kit.Normal, "上一步", kit.IconBack, func() { p.p.Back(); p.refresh() })
	switch p.p.Step() {
	case screen.MapColumns:
		return []fyne.CanvasObject{back, k.Button(kit.Primary, "下一步", "", p.next).Then(kit.IconForward)}
	case screen.MendProblems:
		return []fyne.CanvasObject{back, k.Button(kit.Normal, "导出问题清单", kit.IconExcel, p.saveIssues), p.runButton(kit.Primary)}
	}
	return nil // the verbs stand in the middle of the page
}

// runButton writes the rows that are ready.
func (p *importPage) runButton(kind kit.ButtonKind) *kit.Button {
	run := p.a.kit.Button(kind, fmt.Sprintf("导入 %d 行", p.p.Ready()), kit.IconCheck, p.run)
	able(run, p.p.Ready() > 0)
	return run
}

func (p *importPage) next() {
	p.p.Next()
	p.refresh()
	p.problems.focus()
}

// stepLine is the row of numbered steps with the promise behind it.
func (p *importPage) stepLine() fyne.CanvasObject {
	return kit.Row(10, kit.StepLine([]string{"选文件", "对应列", "检查问题", "导入"}, p.p.Step()), kit.Space(), kit.SmallMark(kit.Done, "导入后 30 天内可整批撤销"))
}

// picking is the first step: choose or drop a file.
func (p *importPage) picking() fyne.CanvasObject {
	k := p.a.kit
	return kit.Frame(kit.Empty(kit.IconExcel, "选一个"+p.p.Kind().Page+"的表格文件", "也可以把文件拖到窗口上。认 xlsx、xls、csv；认合并标题、两行表头、各种日期写法。",
		k.Button(kit.Primary, "选文件", kit.IconOpen, p.pick)), 12)
}

// mapping is the card of columns: heading, first row, where it goes.
func (p *importPage) mapping() fyne.CanvasObject {
	k := p.a.kit
	rows := kit.Column(0)
	widths := []float32{26, 0, 90, 150, 64}
	rows.Add(kit.Ground(theme.ColorNameHeaderBackground, kit.Sized(0, 29, kit.Pad(kit.Columns(8, widths, kit.NewCaptionStrong("列"),
		kit.NewCaptionStrong("表头"), kit.NewCaptionStrong("第 1 行"), kit.NewCaptionStrong("对应到"), kit.NewCaptionStrong("")), 0, 12, 0, 12))))
	labels := p.p.FieldLabels()
	for _, c := range p.p.Columns() {
		m := p.p.ColumnMark(c)
		choose := k.Select(labels, p.p.FieldLabel(c.Field), func(label string) { p.mapColumn(c.Col, label) }).Small()
		row := kit.Columns(8, widths, kit.NewSoft(c.Col), kit.NewText(c.Label()).Short(), kit.NewSoft(c.First).Short(), centred(choose), kit.Center(kit.NewTag(stateOf(m.Tone), m.Say)))
		rows.Add(kit.Column(0, kit.Sized(0, 33, kit.Pad(row, 0, 12, 0, 12)), newHairline()))
	}
	card := kit.NewFlushCard(fmt.Sprintf("列对应（%d 列）", len(p.p.Columns())), newVScroll(rows)).Actions(k.Link("记住这套对应", p.remember))
	if names := p.p.SheetNames(); len(names) > 1 {
		card.Lead(kit.Wide(130, k.Select(names, p.p.Sheet(), p.chooseSheet).Small()))
	}
	return card
}

// centred keeps a box at its own height in the middle of a row.
func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(0, kit.Space(), o, kit.Space())
}

func (p *importPage) mapColumn(col, label string) { p.p.Map(p.a.run, col, label, p.reckoned) }

func (p *importPage) chooseSheet(name string) { p.p.ChooseSheet(p.a.run, name, p.reckoned) }

func (p *importPage) reckoned(err error) {
	if err != nil {
		p.a.Fail(err)
	}
	p.refresh()
}

func (p *importPage) remember() {
	if err := p.p.Remember(); err != nil {
		p.a.FailAgain(err, p.remember)
		return
	}
	p.a.Say("已记住这套对应，下次表头一样时自动用上")
}

// saveIssues writes the list of problems next to the file.
func (p *importPage) saveIssues() {
	p.a.SaveFile("导出问题清单", "问题清单-"+p.p.File()+".xlsx", func(path string) {
		p.a.writeFile("写问题清单", path, p.p.IssueList)
	})
}

// run imports; the strip of the window shows how far it is and stops it.
func (p *importPage) run() {
	p.p.Run(p.a.run, func(err error) {
		if err != nil {
			p.a.FailAgain(err, p.run)
			return
		}
		p.refresh()
		p.a.Say(p.p.Done())
	})
}

// finished is the last step: what was done and the way back.
func (p *importPage) finished() fyne.CanvasObject {
	k, r := p.a.kit, p.p.Report()
	see := k.Button(kit.Primary, "看"+p.p.Kind().Page, "", func() { p.a.Go(Place{Page: screen.PageOf(p.p.Kind().Name)}) })
	var more []fyne.CanvasObject
	if r.Left > 0 {
		more = append(more, k.Button(kit.Normal, fmt.Sprintf("处理剩下的 %d 行", r.Left), "", p.a.Back))
	}
	if notes := p.a.Book().Imports(); len(notes) > 0 && p.a.cfg.UndoBatch != nil && r.Batch != "" {
		more = append(more, k.Button(kit.Danger, "撤销这次导入", kit.IconUndo, func() { p.a.undoImport(notes[0]) }))
	}
	return kit.Frame(kit.Empty(kit.IconDone, p.p.Done(), "每一条都记了来自哪个文件的第几行；30 天内可以整批撤销。", see, more...), 12)
}

// Shown implements Page: a file that was dropped on the window is taken at once.
func (p *importPage) Shown() {
	if p.place.Note != "" && p.p.Step() == screen.PickFile {
		p.take(p.place.Note)
	}
}

// Keys implements Page.
func (p *importPage) Keys() kit.Keys {
	return kit.Keys{"Alt+S": p.problems.skip, "Alt+A": p.problems.mendAlike, "Ctrl+Enter": func() {
		if p.p.Step() == screen.MapColumns {
			p.next()
		} else if p.p.Step() == screen.MendProblems {
			p.run()
		}
	}, "Ctrl+O": p.pick, "Esc": p.a.Back}
}

// Hints implements Page.
func (p *importPage) Hints() []Hint {
	return []Hint{{"↑↓", "换问题"}, {"Enter", "改好"}, {"Alt+A", "相同的都改"}, {"Alt+S", "跳过这行"}, {"Ctrl+Enter", "下一步"}, {"Esc", "返回"}}
}

// Resized implements Page.
func (p *importPage) Resized() { p.refresh() }
