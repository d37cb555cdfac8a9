package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// group is a tab of series: a card each, every line opens its records.
func (p *statsPage) group(tab string) fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for _, s := range p.s.Series(tab) {
		cards = append(cards, p.series(s))
	}
	if len(cards) == 0 {
		return kit.Frame(kit.Empty(kit.IconStats, "还没有数", "登记以后会自动统计。", p.a.importing("member")), 12)
	}
	columns := 3
	if p.a.kit.Face() == kit.Large {
		columns = 1
	}
	return newVScroll(kit.Grid(columns, 12, cards...))
}

// series is one card of lying bars with the printed values.
func (p *statsPage) series(s branch.Series) fyne.CanvasObject {
	most := 0.0
	for _, f := range s.Points {
		most = max(most, f.Value)
	}
	body := kit.Column(0)
	for _, f := range s.Points {
		part := 0.0
		if most > 0 {
			part = f.Value / most
		}
		row := kit.Columns(8, []float32{-3, -3, -2}, kit.NewText(f.Label).Short(), kit.NewMeter(part, kit.ColorChart1).High(10).Bare(), kit.NewStrong(screen.FigureText(f)).Right())
		body.Add(p.a.kit.BoardRow(kit.Sized(0, 22, row), func() { p.open(f) }))
	}
	return kit.NewFixedCard(s.Label, body).Actions(p.table(s))
}

// open lists the records behind a figure.
func (p *statsPage) open(f branch.Figure) {
	picks := p.s.Behind(f)
	if len(picks) == 0 {
		p.a.Say(f.Label + "：" + screen.FigureText(f) + "，后面没有记录")
		return
	}
	p.a.openList(f.Label, f.Kind, picks)
}

// openList lists records in a window; Enter opens one.
func (a *App) openList(title, kind string, picks []screen.Pick) {
	shown := picks
	ledger := a.kit.Ledger([]kit.Col{
		{Title: "名称", Width: 160, Flex: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: shown[r].Label, Bold: true} }},
		{Title: "说明", Width: 160, Flex: 1, Priority: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: shown[r].Note} }},
	}, func() int { return len(shown) })
	var panel *kit.Modal
	open := func(r int) {
		if r >= 0 && r < len(shown) {
			panel.Close()
			a.OpenRecord(kind, shown[r].ID)
		}
	}
	ledger.OnOpen = open
	ledger.Headless = true
	box := a.kit.Entry("在名单里找：首字母、名字").Icon(kit.IconSearch)
	box.OnChanged = func(s string) {
		shown = nil
		for _, p := range picks {
			if matches(s, p.Label) {
				shown = append(shown, p)
			}
		}
		ledger.Refresh()
	}
	box.OnSubmitted = func(string) { open(max(ledger.Current(), 0)) }
	box.OnKey = func(key string) bool {
		step, ok := map[string]int{"↑": -1, "↓": 1}[key]
		if ok {
			ledger.SetCurrent(ledger.Current() + step)
		}
		return ok
	}
	panel = a.kit.Show(kit.Panel{Title: title, Note: strconv.Itoa(len(picks)) + " 条，Enter 打开", Width: kit.DialogNarrow, First: box,
		Body: kit.Column(8, box, kit.Sized(0, 300, kit.NewFlushCard("", ledger)))})
}

// showTable shows a series as a table.
func (p *statsPage) showTable(s branch.Series) {
	rows := screen.Table(s)
	body := kit.Column(0)
	for i, row := range rows {
		text := kit.NewText
		if i == 0 {
			text = kit.NewCaptionStrong
		}
		body.Add(kit.Column(0, kit.Sized(0, 30, kit.Columns(10, []float32{0, 130, 0}, text(row[0]).Short(), text(row[1]).Right(), text(row[2]).Short())), newHairline()))
	}
	p.a.kit.Show(kit.Panel{Title: s.Label, Note: p.s.Line(), Width: kit.DialogNarrow, Body: body})
}

func (p *statsPage) print() { p.a.preview("F22", "", nil) }

// export writes every figure of the year into one spreadsheet.
func (p *statsPage) export() {
	p.a.saveTable("导出统计", "统计"+strconv.Itoa(p.s.Year()), p.s.Sheet())
}

// Shown implements Page.
func (p *statsPage) Shown() { p.a.kit.Focus(p.tabs) }

// Changed implements Page.
func (p *statsPage) Changed(string, []string) { p.count(p.s.Year()) }

// Resized implements Page.
func (p *statsPage) Resized() { p.refresh() }

// Keys implements Page.
func (p *statsPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+Tab": p.tabs.Next, "Ctrl+P": p.print, "Ctrl+E": p.export}
}

// Hints implements Page.
func (p *statsPage) Hints() []Hint {
	return []Hint{{"Ctrl+Tab", "换页签"}, {"Ctrl+P", "打印"}, {"Ctrl+E", "导出"}}
}

// matches finds text by initials, pinyin and characters.
func matches(query, text string) bool { return branch.Matches(query, text) }
