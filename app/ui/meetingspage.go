package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// meetingsPage is 会议与活动: a year's meetings as a list or by month, filtered by
// sort and state, with the current one beside it.
type meetingsPage struct {
	plainPage
	a      *App
	m      *screen.Meetings
	head   *kit.PageHead
	search *kit.Entry
	year   *kit.Select
	sort   *kit.Select
	state  *kit.Select
	view   *kit.Segmented
	clear  *kit.Button
	ledger *kit.Ledger
	empty  *fyne.Container
	body   *fyne.Container
	detail *fyne.Container
}

// The two views of the year.
const (
	asList     = "列表"
	asCalendar = "年历"
)

func newMeetingsPage(a *App, p Place) (Page, error) {
	m, err := screen.NewMeetings(a.Book())
	if err != nil {
		return nil, err
	}
	m.SetCurrent(p.ID)
	pg := &meetingsPage{a: a, m: m, body: kit.Stack(), detail: kit.Stack(), empty: kit.Stack()}
	return pg, nil
}

// Content implements Page.
func (p *meetingsPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.view = k.Segmented([]string{asList, asCalendar}, asList, func(string) { p.refresh() })
	p.head = kit.NewPageHead("会议与活动", "").Actions(kit.Wide(130, p.view), k.Button(kit.Primary, "记一次会议", kit.IconAdd, p.add),
		k.Button(kit.Normal, "年度情况表", kit.IconPrint, func() { p.a.preview("F22", "", nil) }),
		k.More(kit.MenuItem{Text: "从 Excel 导入", Icon: kit.IconExcel, Do: func() { p.a.Go(Place{Page: "excel", View: "import", Kind: "meeting"}) }},
			kit.MenuItem{Text: "导出", Icon: kit.IconDownload, Key: "Ctrl+E", Do: p.export}, p.a.theBin("meeting")))
	p.search = k.Entry("议题、地点、编号").Icon(kit.IconSearch)
	p.search.OnChanged = func(s string) { p.m.Find(s); p.refresh() }
	p.search.OnKey = p.searchKey
	p.year = k.Select(p.years(), "", func(s string) { p.m.ShowYear(numberOf(s)); p.refresh() }).Caption("年度：")
	p.sort = k.Select(append([]string{all}, p.m.Kinds()...), all, func(string) { p.filter() }).Caption("类型：")
	p.state = k.Select([]string{all, "草稿", "已定稿"}, all, func(string) { p.filter() }).Caption("状态：")
	p.clear = k.Link("清除筛选", func() { p.m.ClearFilters(); p.search.SetText(""); p.refresh() })
	p.ledger = k.Ledger(p.columns(), func() int { return len(p.m.Rows()) })
	p.ledger.OnCurrent = func(row int) { p.m.SetCurrent(p.m.Rows()[row].ID); p.showDetail() }
	p.ledger.OnOpen = func(row int) { p.open(p.m.Rows()[row].ID) }
	p.ledger.OnMenu = func(row int) []kit.MenuItem {
		id := p.m.Rows()[row].ID
		return []kit.MenuItem{{Text: "打开", Icon: kit.IconEdit, Key: "Enter", Do: func() { p.open(id) }},
			{Text: "打印记录", Icon: kit.IconPrint, Key: "Ctrl+P", Do: p.print}, {}, p.a.binVerb("meeting", id)}
	}
	p.ledger.Empty = p.empty
	filters := kit.Row(8, kit.Wide(230, p.search), kit.Wide(140, p.year), kit.Wide(190, p.sort), kit.Wide(140, p.state), kit.Space(), p.clear)
	p.refresh()
	return kit.Page(p.head, kit.Column(10, filters, kit.Grow(kit.Columns(14, []float32{0, 300}, p.body, kit.NewFlushCard("", p.detail)))))
}

// all is the filter that lets everything through.
const all = "全部"

func (p *meetingsPage) years() []string {
	var out []string
	for _, y := range p.m.Years() {
		out = append(out, strconv.Itoa(y)+" 年")
	}
	return out
}

// numberOf reads the digits a text begins with.
func numberOf(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func (p *meetingsPage) filter() {
	value := func(s *kit.Select) string {
		if s.Value() == all {
			return ""
		}
		return s.Value()
	}
	p.m.Filter(value(p.sort), value(p.state))
	p.refresh()
}

func (p *meetingsPage) columns() []kit.Col {
	line := func(row int) screen.MeetingLine { return p.m.Rows()[row] }
	columns := []kit.Col{
		{Title: "日期", Width: 62, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Day} }},
		{Title: "时间", Width: 104, Priority: 4, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Clock} }},
		{Title: "类型", Width: 124, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Kind, Bold: true} }},
		{Title: "内容", Width: 160, Flex: 1, Priority: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Title} }},
		{Title: "到会", Width: 60, Align: fyne.TextAlignTrailing, Priority: 2, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Attended} }},
		{Title: "编号", Width: 136, Priority: 5, Cell: func(r int) kit.Cell { return kit.Cell{Text: line(r).Serial} }},
		{Title: "状态", Width: 92, Priority: 1, Cell: func(r int) kit.Cell {
			m := line(r).State
			return kit.Cell{Text: m.Say, Pill: true, State: stateOf(m.Tone)}
		}},
	}
	if p.a.session.Sync.Enrolled() {
		columns = append(columns, kit.Col{Title: "同步", Width: 72, Priority: 1, Cell: func(r int) kit.Cell {
			return markCell(line(r).Sync)
		}})
	}
	return columns
}

// refresh shows what year, filters and search give.
func (p *meetingsPage) refresh() {
	p.head.SetNote(p.m.Summary())
	sort, state := p.m.Filtered()
	p.year.SetOptions(p.years())
	p.year.SetValue(strconv.Itoa(p.m.Year()) + " 年")
	for _, f := range []struct {
		box   *kit.Select
		value string
	}{{p.sort, sort}, {p.state, state}} {
		f.box.SetActive(f.value != "")
		if f.value == "" {
			f.value = all
		}
		f.box.SetValue(f.value)
	}
	p.clear.Hidden = sort+state+p.m.Query() == ""
	p.empty.Objects = []fyne.CanvasObject{p.nothing()}
	if p.view.Value() == asCalendar {
		p.body.Objects = []fyne.CanvasObject{p.calendar()}
	} else {
		p.body.Objects = []fyne.CanvasObject{kit.NewFlushCard("", p.ledger)}
		p.ledger.Refresh()
		for i, line := range p.m.Rows() {
			if line.ID == p.m.Current() {
				p.ledger.SetCurrent(i)
			}
		}
	}
	p.body.Refresh()
	p.showDetail()
}

func (p *meetingsPage) nothing() fyne.CanvasObject {
	add := p.a.kit.Button(kit.Normal, "记一次会议", kit.IconAdd, p.add)
	if !p.clear.Hidden {
		return p.a.notFound(p.search.Text(), p.clear.Press, add)
	}
	return kit.Empty(kit.IconMeeting, "还没有"+strconv.Itoa(p.m.Year())+" 年的会议", "开过的会都可以记在这里，也可以从表格导入。", add,
		p.a.importing("meeting"))
}

// showDetail shows the current meeting beside the list.
func (p *meetingsPage) showDetail() {
	r, ok := p.a.Book().Get("meeting", p.m.Current())
	if !ok {
		p.detail.Objects = nil
		p.detail.Refresh()
		return
	}
	k, s := p.a.kit, p.m.Show(r.ID)
	top := kit.Column(4, kit.NewHeading(s.Kind).Short(), kit.NewSoft(s.When), kit.Row(6, kit.NewPill(stateOf(s.State.Tone), s.State.Say)))
	body := kit.Column(4, kit.Fact("地点", s.Place), kit.Fact("主持", s.Chair), kit.Fact("记录", s.Recorder), kit.Fact("到会", s.Attended))
	body.Add(kit.NewCaptionStrong("议程"))
	for i, title := range s.Agenda {
		body.Add(kit.NewPara(strconv.Itoa(i+1) + ". " + title))
	}
	for _, line := range s.Votes {
		body.Add(kit.Mark(stateOf(line.Tone), line.Say))
	}
	open := k.Button(kit.Primary, s.Verb, kit.IconEdit, func() { p.open(r.ID) })
	printing := k.Button(kit.Normal, "打印记录", kit.IconPrint, p.print)
	p.detail.Objects = []fyne.CanvasObject{kit.Pad(kit.Column(10, top, kit.NewRule(), kit.Grow(newVScroll(body)), kit.Grid(2, 8, open, printing)), 12, 12, 12, 12)}
	p.detail.Refresh()
}

func (p *meetingsPage) open(id string) {
	p.a.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: id})
}

func (p *meetingsPage) print() {
	if id := p.m.Current(); id != "" {
		p.a.PrintRecords("meeting", id)
	}
}

// export writes the meetings that are shown.
func (p *meetingsPage) export() {
	var ids []string
	for _, line := range p.m.Rows() {
		ids = append(ids, line.ID)
	}
	p.a.ExportRecords("meeting", ids)
}

func (p *meetingsPage) add() {
	sort, _ := p.m.Filtered()
	p.a.Go(Place{Page: "meeting", View: "form", Kind: "meeting", Note: sort})
}

// searchKey lets ↑ ↓ and Enter work on the list from the search box.
func (p *meetingsPage) searchKey(key string) bool {
	step, ok := map[string]int{"↑": -1, "↓": 1, "PgUp": -10, "PgDn": 10}[key]
	switch {
	case ok:
		p.m.Move(step)
		p.refresh()
	case key == "Enter" && p.m.Current() != "":
		p.open(p.m.Current())
	default:
		return false
	}
	return true
}

// Shown implements Page.
func (p *meetingsPage) Shown() {
	p.a.kit.SetPanes(p.search, p.ledger)
	p.a.kit.Focus(p.search)
}

// Changed implements Page.
func (p *meetingsPage) Changed(kind string, _ []string) {
	if kind == "meeting" || kind == "member" || kind == "" {
		p.m.Refresh()
		p.refresh()
	}
}

// Resized implements Page.
func (p *meetingsPage) Resized() { p.refresh() }

// Keys implements Page.
func (p *meetingsPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+N": p.add, "Ctrl+F": func() { p.a.kit.Focus(p.search) }, "Enter": func() {
		if id := p.m.Current(); id != "" {
			p.open(id)
		}
	}, "Ctrl+P": p.print, "Ctrl+E": p.export, "Delete": func() { p.a.binOne("meeting", p.m.Current()) }, "Ctrl+Tab": func() {
		p.view.Choose(map[string]string{asList: asCalendar, asCalendar: asList}[p.view.Value()])
	}}
}

// Hints implements Page.
func (p *meetingsPage) Hints() []Hint {
	return []Hint{{"↑↓", "移动"}, {"Enter", "打开"}, {"Ctrl+N", "记会议"}, {"Ctrl+P", "打印"}, {"Ctrl+Tab", "列表/年历"}}
}
