package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// listPage is the ledger of one kind with the card of the current record beside
// it (picture b). It serves every kind that has no page of its own.
type listPage struct {
	plainPage
	a     *App
	list  *screen.List
	place Place

	head    *kit.PageHead
	search  *kit.Entry
	filters *fyne.Container
	letters *kit.LetterStrip
	ledger  *kit.Ledger
	detail  *fyne.Container
	empty   *fyne.Container
	whole   string // id of the record whose numbers are shown whole
}

func newListPage(a *App, p Place) (Page, error) {
	kind := p.Kind
	if kind == "" {
		kind = p.Page
	}
	list, err := screen.NewList(a.Book(), kind)
	if err != nil {
		return nil, err
	}
	list.SetCurrent(p.ID)
	return &listPage{a: a, list: list, place: p}, nil
}

// Content implements Page.
func (l *listPage) Content() fyne.CanvasObject {
	k := l.a.kit
	l.head = kit.NewPageHead(l.list.Kind.Page, "").Actions(l.verbs()...)
	l.search = k.Entry(l.searchWords()).Icon(kit.IconSearch)
	l.search.OnChanged = func(s string) {
		l.list.Search(s)
		l.refresh()
	}
	l.search.OnKey = l.searchKey
	l.filters, l.letters, l.detail = kit.Row(8), k.LetterStrip(l.pickLetter), kit.Stack()
	l.ledger = k.Ledger(l.columns(), l.list.Len)
	l.wire()
	l.refresh()
	filterRow := kit.Row(8, kit.Wide(262, l.search), kit.Grow(l.filters))
	if l.list.Len() > 0 {
		l.ledger.SetCurrent(max(l.list.Place(), 0))
	}
	table := kit.NewFlushCard("", l.ledger)
	body := l.a.split(l.list.Kind.Name, l.detailWidth(), table, kit.NewFlushCard("", l.detail))
	rows := []fyne.CanvasObject{filterRow, l.letters, kit.Grow(body)}
	if tabs := l.kinds(); tabs != nil {
		rows = append([]fyne.CanvasObject{tabs}, rows...)
	}
	return kit.Page(l.head, kit.Column(8, rows...))
}

// kinds is the choice among the registers that share this page, nil for one that
// has it for itself.
func (l *listPage) kinds() fyne.CanvasObject {
	var tabs []kit.Tab
	for _, k := range l.a.Book().Sharing(l.list.Kind.Name) {
		tabs = append(tabs, kit.Tab{ID: k.Name, Label: k.Page})
	}
	if len(tabs) < 2 {
		return nil
	}
	t := l.a.kit.Tabs(tabs, func(kind string) { l.a.Go(Place{Page: screen.PageOf(kind), Kind: kind}) })
	t.SetCurrent(l.list.Kind.Name)
	return t
}

// detailWidth is the detail card's width in units of the standard face.
func (l *listPage) detailWidth() float32 { return theme.Size(kit.SizeDetail) * 15 / theme.TextSize() }

// searchWords names what the box finds by.
func (l *listPage) searchWords() string {
	if l.list.Kind.Name == "member" {
		return "姓名、拼音首字母、单位"
	}
	f, _ := l.list.Kind.Field(l.list.Kind.Title)
	return f.Label + "、拼音首字母"
}

func (l *listPage) verbs() []fyne.CanvasObject {
	k, kind := l.a.kit, l.list.Kind
	out := []fyne.CanvasObject{k.Button(kit.Primary, "登记"+kind.Label, l.addIcon(), l.add)}
	if !l.a.large() {
		if l.a.cfg.Sheets != nil {
			out = append(out, l.a.importing(kind.Name))
		}
		if l.a.cfg.Press != nil {
			out = append(out, k.Button(kit.Normal, "打印"+strings.TrimPrefix(kind.Page, kind.Label), kit.IconPrint, l.print))
		}
	}
	items := []kit.MenuItem{}
	if kind.Name == "member" {
		items = append(items, kit.MenuItem{Text: "办理转出、失联等", Icon: kit.IconTransfer, Do: func() {
			if id := l.list.Current(); id != "" {
				l.a.happen(id)
			}
		}})
	}
	return append(out, k.More(append(items,
		kit.MenuItem{Text: "变更记录", Icon: kit.IconHistory, Do: l.history},
		kit.MenuItem{Text: "导出到 Excel", Icon: kit.IconDownload, Key: "Ctrl+E", Off: l.a.cfg.Sheets == nil, Do: l.export},
		l.a.theBin(l.place.Page),
	)...))
}

func (l *listPage) addIcon() kit.Icon {
	if l.list.Kind.Name == "member" {
		return kit.IconMemberAdd
	}
	return kit.IconAdd
}

// columns turns the list's columns into the ledger's.
func (l *listPage) columns() []kit.Col {
	var out []kit.Col
	for i, c := range l.list.Columns() {
		column := kit.Col{Title: c.Label, Width: float32(c.Width)*8 + 16, Priority: c.Priority, Sortable: true, Flex: 1,
			Cell: func(row int) kit.Cell { return listCell(l.list, row, i) }}
		if c.Right {
			column.Align = fyne.TextAlignTrailing
		}
		if c.Width >= 16 {
			column.Flex = 3
		}
		out = append(out, column)
	}
	return out
}

// listCell is a cell of a list; the first column names the record.
func listCell(l *screen.List, row, column int) kit.Cell {
	cell := markCell(l.Cell(row, column))
	cell.Bold = cell.Bold || column == 0
	return cell
}

// markCell is a cell in the colour of what it says.
func markCell(m screen.Mark) kit.Cell {
	cell := kit.Cell{Text: m.Say}
	if m.Tone != screen.Plain {
		cell.Color, cell.Bold = stateOf(m.Tone).Color(), true
	}
	return cell
}

// wire connects the ledger to the list.
func (l *listPage) wire() {
	l.ledger.Key = func(row int) string { return l.list.Record(row).ID }
	l.ledger.Unit = l.list.Unit()
	l.ledger.OnCurrent = func(row int) {
		l.list.SetCurrent(l.list.Record(row).ID)
		l.showDetail()
	}
	l.ledger.OnOpen = func(int) { l.edit() }
	l.ledger.OnTicked = func() {
		l.list.Untick()
		for _, id := range l.ledger.Ticked() {
			l.list.Tick(id)
		}
		l.note()
	}
	l.ledger.SetSorted(0, false)
	l.ledger.OnSort = func(column int, _ bool) {
		l.list.SortBy(l.list.Columns()[column].Name)
		_, down := l.list.Sorted()
		l.ledger.SetSorted(column, down)
		l.refresh()
	}
	l.ledger.OnMenu = func(row int) []kit.MenuItem { return l.menu() }
	l.ledger.Bulk = l.bulk()
	l.empty = kit.Stack()
	l.ledger.Empty = l.empty
}

// refresh shows what search, filters and the records give.
func (l *listPage) refresh() {
	n, all := l.list.Len(), l.list.Total()
	words := "共 " + strconv.Itoa(all) + " " + l.list.Unit()
	if l.list.Kind.Name == "member" {
		words = "在册共 " + strconv.Itoa(all) + " 人"
	}
	if l.list.Narrowed() {
		words = "筛选出 " + strconv.Itoa(n) + " " + l.list.Unit() + "，" + words
	}
	l.head.SetNote(words)
	l.fillFilters()
	l.fillLetters()
	l.empty.Objects = []fyne.CanvasObject{l.nothing()}
	l.ledger.Refresh()
	if place := l.list.Place(); place >= 0 && place != l.ledger.Current() {
		l.ledger.SetCurrent(place)
	}
	l.showDetail()
	l.note()
}

// note tells the status bar how many rows there are.
func (l *listPage) note() {
	words := "列表 " + strconv.Itoa(l.list.Len()) + " 行"
	if n := len(l.list.Marked()); n > 0 {
		words += "，已选 " + strconv.Itoa(n) + " 行"
	}
	l.a.frame.note(words)
}

// notFound is what stands there when a search or filters leave nothing.
func (a *App) notFound(query string, clear func(), more ...fyne.CanvasObject) *fyne.Container {
	title := "没有找到"
	if query != "" {
		title += "“" + query + "”"
	}
	return kit.Empty(kit.IconSearch, title, "试试只打首字母，或清除筛选。", a.kit.Button(kit.Normal, "清除筛选", "", clear), more...)
}

// nothing is what stands there without rows.
func (l *listPage) nothing() fyne.CanvasObject {
	k, kind := l.a.kit, l.list.Kind
	add := k.Button(kit.Normal, "登记"+kind.Label, l.addIcon(), l.add)
	if l.list.Narrowed() {
		return l.a.notFound(l.list.Query(), l.clear, add)
	}
	var more []fyne.CanvasObject
	if l.a.cfg.Sheets != nil {
		more = append(more, l.a.importing(kind.Name))
	}
	return kit.Empty(navIcons()[l.place.Page], "还没有"+kind.Label, "一条一条登记，或从原来的表格里导入。", add, more...)
}
