package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// deskPage is the start page (pictures a, a2, o).
type deskPage struct {
	plainPage
	a    *App
	dues *dueList
	sync *fyne.Container
	body *fyne.Container
	root *fyne.Container
}

func newDeskPage(a *App, _ Place) (Page, error) {
	return &deskPage{a: a, dues: newDueList(a), sync: kit.Stack(), body: kit.Stack(), root: kit.Stack()}, nil
}

// Content implements Page.
func (d *deskPage) Content() fyne.CanvasObject {
	d.Resized()
	return d.root
}

// Resized implements Page: the face and the form of the window change what fits.
func (d *deskPage) Resized() {
	d.fill()
	d.root.Objects = []fyne.CanvasObject{kit.Page(d.head(), d.body)}
	d.root.Refresh()
}

// exchanged shows how the exchange and the copies stand now.
func (d *deskPage) exchanged() {
	show := d.syncCard
	if d.a.large() {
		show = d.syncLine
	}
	d.sync.Objects = []fyne.CanvasObject{show()}
	d.sync.Refresh()
}

// Shown implements Page: nothing has the keyboard, so letters find.
func (d *deskPage) Shown() {
	d.a.kit.SetPanes(d.dues.ledger)
	d.a.kit.Unfocus()
}

// Hints implements Page.
func (d *deskPage) Hints() []Hint {
	return []Hint{{"F2", "记会议"}, {"F3", "登记党员"}, {"Ctrl+K", "查找"}}
}

func (d *deskPage) head() *kit.PageHead {
	k, a := d.a.kit, d.a
	if a.large() {
		return kit.NewPageHead("工作台", a.desk.DateLineShort()).Actions(
			k.Button(kit.Primary, "记会议", kit.IconMeeting, func() { k.Press("F2") }),
			k.Button(kit.Normal, "登记党员", kit.IconMemberAdd, func() { k.Press("F3") }),
			k.Button(kit.Normal, "收诉求", kit.IconDemand, func() { k.Press("F4") }))
	}
	return kit.NewPageHead("工作台", a.desk.DateLine()).Actions(
		k.Button(kit.Primary, "记一次会议", kit.IconMeeting, func() { k.Press("F2") }),
		k.Button(kit.Normal, "登记党员", kit.IconMemberAdd, func() { k.Press("F3") }),
		k.Button(kit.Normal, "收一条诉求", kit.IconDemand, func() { k.Press("F4") }),
		k.Button(kit.Normal, "记党费", kit.IconFee, func() { a.Go(Place{Page: "dues"}) }))
}

// fill lays the cards out.
func (d *deskPage) fill() {
	if !d.a.counted {
		d.body.Objects = []fyne.CanvasObject{d.a.kit.Loading("正在看今天有哪些事", nil)}
		d.body.Refresh()
		return
	}
	d.dues.fill(d.a.desk.Groups())
	d.exchanged()
	n := len(d.a.desk.Duties)
	tally := kit.NewCaption("共 " + strconv.Itoa(n) + " 件・按到期先后")
	if d.a.large() {
		tally = kit.NewSoft("共 " + strconv.Itoa(n) + " 件")
	}
	todo := kit.NewFlushCard("待办提醒", d.dues.ledger).Actions(tally)
	var right fyne.CanvasObject
	width := float32(436)
	if d.a.large() {
		width = 402 // 536 units in 大字版
		right = kit.Column(10, kit.Grow(d.matrixCard()), d.funnelLine(), d.sync)
	} else {
		right = kit.Column(14, d.matrixCard(), kit.Grow(kit.Columns(14, []float32{0, 296}, d.funnelCard(), d.sync)))
	}
	rows := []fyne.CanvasObject{}
	if band := d.a.notice(); band != nil {
		rows = append(rows, band)
	}
	rows = append(rows, kit.Grow(kit.Columns(14, []float32{width, 0}, todo, right)))
	d.body.Objects = []fyne.CanvasObject{kit.Column(10, rows...)}
	d.body.Refresh()
}

// notice is the band main asked for, until it is closed.
func (a *App) notice() fyne.CanvasObject {
	if a.cfg.Notice == "" {
		return nil
	}
	shut := a.kit.Button(kit.Quiet, "收起", kit.IconClose, func() {
		a.cfg.Notice = ""
		a.page.Resized()
	})
	band := kit.NewBand(kit.Coming, "", a.cfg.Notice, "")
	if a.cfg.NoticeVerb == "" {
		return band.Right(shut)
	}
	return band.Right(a.kit.Button(kit.Normal, a.cfg.NoticeVerb, "", func() { a.Fail(a.cfg.NoticeDo()) }).Small(), shut)
}

func (d *deskPage) matrixCard() fyne.CanvasObject {
	a := d.a
	today := a.Book().Today()
	m := matrix{kit: a.kit, rows: a.desk.Grid, from: 1, to: 12, now: today.Month, year: strconv.Itoa(today.Year) + " 年", open: a.openCell}
	if len(m.rows) == 0 {
		return kit.NewFixedCard("组织生活完成情况", kit.Pad(kit.NewSoft("记下第一次会议后，这里按月按季显示哪些开了、哪些还缺。"), 8, 0, 8, 0))
	}
	all := a.kit.Link("年度明细", func() { a.Go(Place{Page: "meeting"}) })
	if a.large() {
		m.short, m.from, m.to = true, max(1, min(today.Month-2, 9)), 0
		m.to = m.from + 3
		m.year = ""
		m.rows = slices.DeleteFunc(slices.Clone(m.rows), func(r screen.GridRow) bool { return len(r.Cells) == 1 }) // once a year: under 看全年
		all.Set("看全年", "")
		title := kit.NewSoft("")
		if gaps := a.desk.Gaps(); gaps > 0 {
			title.Set("今年缺 " + strconv.Itoa(gaps) + " 次")
		}
		return kit.NewFlushCard("组织生活", container.NewVScroll(kit.Pad(m.object(), 2, 12, 2, 14))).Actions(title, all)
	}
	var legend []fyne.CanvasObject
	for _, l := range []screen.Mark{{Tone: screen.Fine, Say: "已开"}, {Tone: screen.Soon, Say: "待开"}, {Tone: screen.Coming, Say: "已排期"}, {Tone: screen.Soon, Say: "补开"}, {Tone: screen.Late, Say: "缺开"}} {
		state := stateOf(l.Tone)
		legend = append(legend, kit.Row(4, kit.NewGlyphSized(m.icon(l), state.Color(), kit.SizeIconPill), kit.NewCaption(l.Say)))
	}
	return kit.NewFlushCard("组织生活完成情况", kit.Pad(m.object(), 6, 12, 10, 12)).Actions(kit.Row(8, legend...), all)
}

// openCell goes to the meeting of a cell, or records the one that is missing.
func (a *App) openCell(c screen.GridCell) {
	if c.Meeting == "" {
		a.Go(Place{Page: "meeting", View: "form", Kind: "meeting", Note: c.Kind + c.Group})
		return
	}
	a.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: c.Meeting})
}

func (d *deskPage) funnelCard() fyne.CanvasObject {
	a := d.a
	most := 1
	for _, s := range a.desk.Funnel {
		most = max(most, s.Count)
	}
	rows := kit.Column(0)
	for _, s := range a.desk.Funnel {
		bar := kit.Column(0, kit.Space(), kit.Sized(0, 18, container.New(&share{float32(s.Count) / float32(most)}, newSwatch(kit.ColorChart1, "", 0, 2))), kit.Space())
		note := kit.NewCaption(s.Note.Say).Short()
		if s.Note.Tone != screen.Plain {
			note.SetColor(stateOf(s.Note.Tone).Color())
		}
		row := kit.Columns(8, []float32{104, 0, 40, 96}, kit.NewText(s.Name), bar, kit.NewStrong(strconv.Itoa(s.Count)+" 人").Right(), note)
		rows.Add(container.New(&rowHeight{kit.SizeMatrixRow}, row))
	}
	if len(a.desk.Funnel) == 0 {
		rows.Add(kit.Pad(kit.NewSoft("还没有人申请入党。收到申请书后点“看板”登记。"), 8, 0, 8, 0))
	}
	board := a.kit.Link("看板", func() { a.Go(Place{Page: "pool"}) })
	return kit.NewFlushCard("发展党员", newVScroll(kit.Pad(rows, 5, 12, 0, 12))).Actions(kit.NewCaption("在册 "+strconv.Itoa(a.desk.InPool())+" 人"), board)
}

func (d *deskPage) syncCard() fyne.CanvasObject {
	a := d.a
	s := a.session.Sync
	mark, _ := s.Chip()
	line := func(label string, value *kit.Text, verb string, do func()) fyne.CanvasObject {
		return container.New(&rowHeight{kit.SizeMatrixRow}, kit.Row(8, kit.Wide(66, kit.NewSoft(label)), kit.Grow(value), a.kit.Link(verb, do)))
	}
	rows := []fyne.CanvasObject{
		container.New(&rowHeight{kit.SizeMatrixRow}, kit.Row(8, kit.NewPill(stateOf(mark.Tone), mark.Say), kit.Grow(kit.NewText(shortBand(s.Light())).Short()))),
	}
	toSync := func() { a.Go(Place{Page: "sync"}) }
	if s.Enrolled() {
		rows = append(rows, line("待上传", kit.NewStrong(strconv.Itoa(s.Waiting())+" 项改动"), "查看", toSync), line("上次同步", kit.NewText(s.LastText()), "U 盘交换", toSync))
	} else {
		rows = append(rows, line("区里", kit.NewText("没有加入"), "加入区里", toSync))
	}
	rows = append(rows, line("本机备份", kit.NewText(a.session.BackupText()).Short(), "立即备份", func() { a.backup("") }),
		container.New(&rowHeight{kit.SizeMatrixRow}, kit.Row(6, kit.NewGlyphSized(kit.IconDone, kit.ColorDone, kit.SizeIconPill), kit.Grow(kit.NewCaption(keptWords(s.Light())).Short()))))
	return kit.NewFlushCard("同步与备份", newVScroll(kit.Pad(kit.Column(0, rows...), 5, 12, 0, 12)))
}

// shortBand is the state of the exchange in a few words.
func shortBand(l screen.Light) string {
	switch l {
	case screen.Alone:
		return "单机使用，功能照常"
	case screen.Running:
		return "可以接着用"
	case screen.Out:
		return "没有网络，照常使用"
	case screen.Waiting:
		return "几秒后自动上传"
	}
	return "本机和区里一致"
}

func keptWords(l screen.Light) string {
	if l == screen.Alone {
		return "数据都在本机，已加密"
	}
	return "数据都在本机，联网后自动上传"
}

// funnelLine and syncLine are the cards of 大字版, one line each.
func (d *deskPage) funnelLine() fyne.CanvasObject {
	row := []fyne.CanvasObject{kit.NewTitle("发展党员"), kit.NewText("在册 " + strconv.Itoa(d.a.desk.InPool()) + " 人")}
	late := 0
	for _, s := range d.a.desk.Duties {
		if s.Page == "pool" && s.Days < 0 {
			late++
		}
	}
	if late > 0 {
		row = append(row, kit.NewPill(kit.Overdue, strconv.Itoa(late)+" 人逾期"))
	}
	row = append(row, kit.Space(), d.a.kit.Link("看板", func() { d.a.Go(Place{Page: "pool"}) }))
	return kit.Frame(kit.Row(12, row...), 14)
}

func (d *deskPage) syncLine() fyne.CanvasObject {
	mark, note := d.a.session.Sync.Chip()
	row := kit.Row(12, kit.NewPill(stateOf(mark.Tone), mark.Say), kit.Grow(kit.NewText(note).Short()),
		d.a.kit.Link("查看", func() { d.a.Go(Place{Page: "sync"}) }))
	return kit.Frame(row, 14)
}
