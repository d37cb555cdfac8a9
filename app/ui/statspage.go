package ui

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// statsPage is 统计报表 (picture n): charts with printed values; every figure
// opens its list, every chart its table.
type statsPage struct {
	plainPage
	a    *App
	s    *screen.Statistics
	head *kit.PageHead
	tabs *kit.Tabs
	year *kit.Select
	body *fyne.Container
	asks int // the newest counting: an older one that ends later is not shown
}

func newStatsPage(a *App, _ Place) (Page, error) {
	return &statsPage{a: a, s: screen.NewStatistics(a.Book()), body: kit.Stack()}, nil
}

// Content implements Page.
func (p *statsPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.head = kit.NewPageHead("统计报表", "").Actions(k.Button(kit.Primary, "打印统计表", kit.IconPrint, p.print),
		k.Button(kit.Normal, "导出 Excel", kit.IconExcel, p.export))
	var tabs []kit.Tab
	for _, t := range p.s.Tabs() {
		tabs = append(tabs, kit.Tab{ID: t, Label: t})
	}
	p.tabs = k.Tabs(tabs, func(id string) { p.s.Show(id); p.refresh() })
	var years []string
	for _, y := range p.s.Years() {
		years = append(years, strconv.Itoa(y)+" 年")
	}
	p.year = k.Select(years, strconv.Itoa(p.s.Year())+" 年", func(s string) { p.count(numberOf(s)) }).Caption("年度：")
	p.body.Objects = []fyne.CanvasObject{k.Loading("正在统计", nil)}
	p.count(p.s.Year())
	return kit.Page(p.head, kit.Column(10, kit.Stack(p.tabs, kit.Row(0, kit.Space(), kit.Wide(150, p.year))), kit.Grow(p.body)))
}

// count works the figures of a year out away from the face, then shows them.
func (p *statsPage) count(year int) {
	p.asks++
	asked, now := p.asks, p.s
	var next *screen.Statistics
	p.a.run.Do(quietly, func(context.Context, screen.Progress) error {
		next = now.Next(year)
		return nil
	}, func(error) {
		if asked != p.asks {
			return
		}
		next.Show(p.s.Tab()) // another tab may have been chosen meanwhile
		p.s = next
		p.refresh()
	})
}

func (p *statsPage) refresh() {
	if !p.s.Worked() {
		return
	}
	p.head.SetNote(p.s.Line())
	p.tabs.SetCurrent(p.s.Tab())
	if p.s.Tab() == p.s.Tabs()[0] {
		p.body.Objects = []fyne.CanvasObject{p.overview()}
	} else {
		p.body.Objects = []fyne.CanvasObject{p.group(p.s.Tab())}
	}
	p.body.Refresh()
}

// overview is four figures, two rows of charts.
func (p *statsPage) overview() fyne.CanvasObject {
	icons := []kit.Icon{kit.IconMembers, kit.IconMeeting, kit.IconDemand, kit.IconTraining}
	var tiles []fyne.CanvasObject
	for i, f := range p.s.Of("overview").Points {
		tiles = append(tiles, p.tile(icons[i%len(icons)], f))
	}
	top := kit.Columns(12, []float32{-10, -8}, p.attendance(), p.people())
	foot := kit.Columns(12, []float32{-13, -11, -10}, p.money(), p.meetings(), p.demands())
	if p.a.kit.Face() == kit.Large {
		return newVScroll(kit.Column(10, kit.Grid(2, 10, tiles...), kit.Sized(0, 200, p.attendance()), kit.Sized(0, 220, p.people()), kit.Sized(0, 200, p.money()), kit.Sized(0, 240, p.meetings()), kit.Sized(0, 200, p.demands())))
	}
	return kit.Column(10, kit.Grid(4, 12, tiles...), kit.Grow(top), kit.Grow(foot))
}

// tile is one figure of the first row; pressed it opens its list.
func (p *statsPage) tile(icon kit.Icon, f branch.Figure) fyne.CanvasObject {
	badge := kit.Sized(40, 40, kit.Stack(newSwatch(theme.ColorNameSelection, "", 0, 4), kit.Center(kit.NewGlyphSized(icon, theme.ColorNamePrimary, theme.SizeNameHeadingText))))
	inside := kit.Row(10, badge, kit.Column(0, kit.NewSoft(f.Label), kit.NewHeading(screen.FigureText(f))), kit.Space(), kit.Column(0, kit.Space(), kit.NewCaption(f.Note)))
	return p.a.kit.Choice(kit.Pad(kit.Sized(0, 46, inside), 8, 12, 8, 12), func() { p.open(f) })
}

func (p *statsPage) table(s branch.Series) fyne.CanvasObject {
	return p.a.kit.Link("看表格", func() { p.showTable(s) })
}

// attendance is the columns by month with the line asked for.
func (p *statsPage) attendance() fyne.CanvasObject {
	s := p.s.Of("attendance")
	var bars []kit.Bar
	for _, f := range s.Points {
		b := kit.Bar{Label: f.Code[1:] + "月", Value: f.Value}
		if f.Code[0] == '1' {
			b.Label = f.Code + "月"
		}
		if f.Note != "" {
			b.Text = strconv.Itoa(int(f.Value + 0.5))
			if f.Value < p.s.Wanted() {
				b.Color = kit.ColorOverdue
			}
		}
		bars = append(bars, b)
	}
	ticks := []kit.Bar{{Value: 0, Text: "0%"}, {Value: 50, Text: "50%"}, {Value: 100, Text: "100%"}}
	legend := kit.Row(6, kit.Sized(16, 2, newSwatch(theme.ColorNameHyperlink, "", 0, 0)), kit.NewCaption(fmt.Sprintf("要求 %.0f%%", p.s.Wanted())))
	return kit.NewFlushCard("到会率（按月）", kit.Pad(kit.NewBarChart(bars, ticks, p.s.Wanted(), kit.ColorChart1), 6, 8, 4, 8)).Actions(legend, p.table(s))
}

// people is the make-up of the members: age and education.
func (p *statsPage) people() fyne.CanvasObject {
	list := func(code string, color fyne.ThemeColorName, width float32) fyne.CanvasObject {
		s := p.s.Of(code)
		var bars []kit.Bar
		for _, f := range s.Points {
			if f.Value == 0 && f.Code == "61" {
				continue
			}
			bars = append(bars, kit.Bar{Label: f.Label, Value: f.Value, Text: strconv.Itoa(int(f.Value)), Note: screen.Share(s, f)})
		}
		return kit.Column(3, kit.NewCaptionStrong(s.Label), barRows(width, color, bars))
	}
	both := kit.Grid(2, 20, list("age", kit.ColorChart1, 82), list("education", kit.ColorChart2, 68))
	return kit.NewFlushCard("党员结构", newVScroll(kit.Pad(both, 5, 12, 4, 12))).Actions(p.a.kit.Link("看表格", func() { p.s.Show("党员"); p.refresh() }))
}

// barRows are lying bars close together: label, bar, figure, share.
func barRows(labelWidth float32, color fyne.ThemeColorName, bars []kit.Bar) fyne.CanvasObject {
	most, digits := 0.0, 3
	for _, b := range bars {
		most, digits = max(most, b.Value), max(digits, len(b.Text))
	}
	figure := float32(26 + 10*(digits-3))
	rows := kit.Column(4)
	for _, b := range bars {
		rows.Add(kit.Columns(6, []float32{labelWidth, 0, figure, 38}, kit.NewText(b.Label).Short(), kit.NewMeter(b.Value/max(most, 1), color).High(14).Bare(),
			kit.NewStrong(b.Text).Right(), kit.NewCaption(b.Note).Right()))
	}
	return rows
}

// money is the dues taken by month.
func (p *statsPage) money() fyne.CanvasObject {
	s := p.s.Of("dues_paid")
	var bars []kit.Bar
	most := 8.0
	for i := range 12 {
		b := kit.Bar{Label: strconv.Itoa(i + 1)}
		if i < len(s.Points) {
			f := s.Points[i]
			b.Value, b.Text = f.Value/100, fmt.Sprintf("%.1f", f.Value/100)
			b.Soft = p.s.Year() == p.a.Book().Today().Year && i+1 == p.a.Book().Today().Month
			most = max(most, b.Value)
		}
		bars = append(bars, b)
	}
	step := float64(int(most/2/5)+1) * 5
	ticks := []kit.Bar{{Value: 0, Text: "0"}, {Value: step, Text: strconv.Itoa(int(step))}, {Value: 2 * step, Text: strconv.Itoa(int(2 * step))}}
	return kit.NewFlushCard("党费实收（百元，按月）", kit.Pad(kit.NewBarChart(bars, ticks, 0, kit.ColorChart2), 6, 8, 4, 8)).Actions(p.table(s))
}

// meetings is the table of what was held against what is asked for.
func (p *statsPage) meetings() fyne.CanvasObject {
	rows := p.s.Meetings()
	ledger := p.a.kit.Ledger([]kit.Col{
		{Title: "组织生活", Width: 90, Flex: 1, Cell: func(r int) kit.Cell { return kit.Cell{Text: rows[r].Figure.Label} }},
		{Title: "已开", Width: 44, Align: fyne.TextAlignTrailing, Cell: func(r int) kit.Cell { return kit.Cell{Text: strconv.Itoa(rows[r].Held), Bold: true} }},
		{Title: "应开", Width: 44, Align: fyne.TextAlignTrailing, Cell: func(r int) kit.Cell { return kit.Cell{Text: strconv.Itoa(rows[r].Wanted)} }},
		{Title: "情况", Width: 100, Cell: func(r int) kit.Cell {
			return kit.Cell{Text: rows[r].Mark.Say, Pill: true, Plain: true, State: stateOf(rows[r].Mark.Tone)}
		}},
	}, func() int { return len(rows) })
	ledger.Dense, ledger.Idle = true, true
	ledger.OnOpen = func(r int) { p.open(rows[r].Figure) }
	return kit.NewFlushCard("组织生活次数", ledger).Actions(p.a.kit.Link("年度明细", func() { p.s.Show("组织生活"); p.refresh() }))
}

// demands is the ring of demands by sort.
func (p *statsPage) demands() fyne.CanvasObject {
	s := p.s.Of("demand")
	const shown = 4
	var parts []kit.Bar
	sum, rest := 0, 0
	for i, f := range s.Points {
		sum += int(f.Value)
		if i < shown {
			parts = append(parts, kit.Bar{Label: f.Label, Value: f.Value, Text: strconv.Itoa(int(f.Value))})
		} else {
			rest += int(f.Value)
		}
	}
	if rest > 0 {
		parts = append(parts, kit.Bar{Label: "其他", Value: float64(rest), Text: strconv.Itoa(rest)})
	}
	body := fyne.CanvasObject(kit.Empty(kit.IconDemand, "还没有诉求", "收到的诉求会按类别显示。", p.a.kit.Button(kit.Normal, "收一条诉求", kit.IconAdd, p.a.TakeDemand)))
	if sum > 0 {
		body = kit.Pad(kit.Ring(strconv.Itoa(sum), "条", parts...), 8, 12, 8, 12)
	}
	return kit.NewFlushCard("诉求分类", body).Actions(p.table(s))
}
