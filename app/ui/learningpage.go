package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// learningPage is 学习培训: the courses of the year, and the hours of each member
// against what is asked for.
type learningPage struct {
	plainPage
	a       *App
	list    *screen.List
	people  []screen.Learning
	head    *kit.PageHead
	tabs    *kit.Tabs
	search  *kit.Entry
	courses *kit.Ledger
	none    *fyne.Container // what stands there without a course
	hours   *kit.Ledger
	body    *fyne.Container
	empty   *fyne.Container
}

func newLearningPage(a *App, p Place) (Page, error) {
	list, err := screen.NewList(a.Book(), "training")
	if err != nil {
		return nil, err
	}
	list.SetCurrent(p.ID)
	return &learningPage{a: a, list: list, body: kit.Stack(), empty: kit.Stack()}, nil
}

// Content implements Page.
func (p *learningPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.head = kit.NewPageHead("学习培训", "").Actions(k.Button(kit.Primary, "记一次培训", kit.IconAdd, p.add), k.Button(kit.Normal, "导出学时", kit.IconDownload, p.export),
		k.More(kit.MenuItem{Text: "从 Excel 导入", Icon: kit.IconExcel, Do: func() { p.a.Go(Place{Page: "excel", View: "import", Kind: "training"}) }},
			p.a.theBin("training")))
	p.tabs = k.Tabs([]kit.Tab{{ID: "hours", Label: "每人学时"}, {ID: "courses", Label: "培训记录"}}, func(string) { p.refresh() })
	p.search = k.Entry("培训名称、首字母").Icon(kit.IconSearch)
	p.search.OnChanged = func(s string) { p.list.Search(s); p.refresh() }
	p.courses = k.Ledger(p.columns(), p.list.Len)
	p.courses.OnOpen = p.open
	p.courses.OnCurrent = func(r int) { p.list.SetCurrent(p.list.Record(r).ID) }
	p.courses.OnMenu = func(r int) []kit.MenuItem {
		return []kit.MenuItem{{Text: "打开", Icon: kit.IconEdit, Key: "Enter", Do: func() { p.open(r) }}, {}, p.a.binVerb("training", p.list.Record(r).ID)}
	}
	p.none = kit.Stack()
	p.courses.Empty = p.none
	p.hours = k.Ledger(p.hourColumns(), func() int { return len(p.people) })
	p.hours.Empty = kit.Empty(kit.IconMembers, "还没有党员", "登记党员以后，这里按人算学时。", k.Button(kit.Normal, "去党员名册", kit.IconMembers, func() { p.a.Go(Place{Page: "member"}) }), p.a.importing("member"))
	p.hours.OnOpen = func(r int) { p.a.OpenRecord("member", p.people[r].Member) }
	p.refresh()
	return kit.Page(p.head, kit.Column(10, p.tabs, kit.Grow(p.body)))
}

func (p *learningPage) columns() []kit.Col {
	var out []kit.Col
	for i, c := range p.list.Columns() {
		col := kit.Col{Title: c.Label, Width: float32(c.Width)*8 + 18, Priority: c.Priority, Cell: func(r int) kit.Cell { return listCell(p.list, r, i) }}
		if i == 0 {
			col.Flex = 1
		}
		out = append(out, col)
	}
	return out
}

func (p *learningPage) hourColumns() []kit.Col {
	at := func(r int) screen.Learning { return p.people[r] }
	return []kit.Col{
		{Title: "姓名", Width: 110, Flex: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: at(r).Name, Bold: true} }},
		{Title: "党小组", Width: 120, Flex: 1, Priority: 3, Cell: func(r int) kit.Cell { return kit.Cell{Text: at(r).Group} }},
		{Title: "本年学时", Width: 90, Align: fyne.TextAlignTrailing, Cell: func(r int) kit.Cell { return kit.Cell{Text: at(r).Hours, Bold: true} }},
		{Title: "要求", Width: 70, Align: fyne.TextAlignTrailing, Priority: 2, Cell: func(r int) kit.Cell { return kit.Cell{Text: strconv.Itoa(at(r).Wanted)} }},
		{Title: "情况", Width: 130, Cell: func(r int) kit.Cell {
			m := at(r).Mark
			return kit.Cell{Text: m.Say, Pill: true, State: stateOf(m.Tone)}
		}},
	}
}

func (p *learningPage) refresh() {
	p.people = p.a.Book().Learners(p.a.Book().Today().Year)
	reached := 0
	for _, l := range p.people {
		if l.Mark.Tone == screen.Fine {
			reached++
		}
	}
	p.head.SetNote(strconv.Itoa(p.a.Book().Today().Year) + " 年培训 " + strconv.Itoa(p.list.Total()) + " 次，" + strconv.Itoa(reached) + " 人已达标，" + strconv.Itoa(len(p.people)-reached) + " 人还差")
	p.none.Objects = []fyne.CanvasObject{p.nothing()}
	if p.tabs.Current() == "courses" {
		p.body.Objects = []fyne.CanvasObject{kit.Column(8, kit.Row(0, kit.Wide(262, p.search)), kit.Grow(kit.NewFlushCard("", p.courses)))}
		p.courses.Refresh()
	} else {
		p.body.Objects = []fyne.CanvasObject{kit.NewFlushCard("", p.hours)}
		p.hours.Refresh()
	}
	p.body.Refresh()
}

// nothing is what stands there without a course.
func (p *learningPage) nothing() fyne.CanvasObject {
	add := p.a.kit.Button(kit.Normal, "记一次培训", kit.IconAdd, p.add)
	if p.list.Narrowed() {
		return p.a.notFound(p.list.Query(), func() { p.search.Type("") }, add)
	}
	return kit.Empty(kit.IconTraining, "还没有培训记录", "集中学习、培训班、讲堂都可以记，学时自动算到人。", add, p.a.importing("training"))
}

func (p *learningPage) open(r int) {
	p.a.Go(Place{Page: "training", View: "form", Kind: "training", ID: p.list.Record(r).ID})
}

func (p *learningPage) add() { p.a.Go(Place{Page: "training", View: "form", Kind: "training"}) }

// export writes the hours of everybody.
func (p *learningPage) export() {
	rows := [][]string{{"姓名", "党小组", "本年学时", "要求", "情况"}}
	for _, l := range p.people {
		rows = append(rows, []string{l.Name, l.Group, l.Hours, strconv.Itoa(l.Wanted), l.Mark.Say})
	}
	p.a.saveTable("导出学时", "学时"+strconv.Itoa(p.a.Book().Today().Year), rows)
}

// Shown implements Page.
func (p *learningPage) Shown() { p.a.kit.Focus(p.tabs) }

// Changed implements Page.
func (p *learningPage) Changed(string, []string) { p.list.Refresh(); p.refresh() }

// Resized implements Page.
func (p *learningPage) Resized() { p.refresh() }

// Keys implements Page.
func (p *learningPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+N": p.add, "Ctrl+E": p.export, "Ctrl+Tab": p.tabs.Next, "Delete": func() {
		if p.tabs.Current() == "courses" {
			p.a.binOne("training", p.list.Current())
		}
	}, "Ctrl+F": func() {
		if p.tabs.Current() != "courses" {
			p.tabs.Next()
		}
		p.a.kit.Focus(p.search)
	}}
}

// Hints implements Page.
func (p *learningPage) Hints() []Hint {
	return []Hint{{"Ctrl+Tab", "换页签"}, {"Ctrl+N", "记培训"}, {"Enter", "打开"}, {"Ctrl+E", "导出"}}
}
