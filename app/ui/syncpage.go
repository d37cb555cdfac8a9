package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// syncPage is 同步与备份 (picture h).
type syncPage struct {
	plainPage
	a       *App
	p       *screen.SyncPage
	head    *kit.PageHead
	band    *fyne.Container
	pending *kit.Ledger
	left    *kit.Card
	right   *fyne.Container
	row     int // contest the digits answer
}

func newSyncPage(a *App, _ Place) (Page, error) {
	return &syncPage{a: a, p: a.session.SyncPage(), band: kit.Stack(), right: kit.Stack()}, nil
}

// Content implements Page.
func (s *syncPage) Content() fyne.CanvasObject {
	k := s.a.kit
	s.head = kit.NewPageHead("同步与备份", "")
	s.pending = k.Ledger(s.columns(), func() int { return len(s.p.Uploads) })
	s.pending.OnOpen = s.open
	s.pending.Empty = kit.Empty(kit.IconCloudOK, "没有要上传的", "每一项改动都先存在本机，再传到区里。",
		k.Button(kit.Normal, "再备份一份", kit.IconStorage, func() { s.a.backup("") }))
	s.left = kit.NewFlushCard("待上传", s.pending)
	s.refresh()
	width := float32(404)
	if s.a.large() {
		width = 300
	}
	middle := kit.Columns(12, []float32{width, 0}, s.left, s.right)
	rows := []fyne.CanvasObject{s.band, kit.Grow(middle)}
	if s.a.session.Sync.Enrolled() && s.a.session.Bundles() {
		rows = append(rows, s.stick())
	}
	return kit.Page(s.head, kit.Column(12, rows...))
}

func (s *syncPage) verbs() []fyne.CanvasObject {
	k := s.a.kit
	backup := k.Button(kit.Normal, "备份与恢复", kit.IconStorage, s.a.Keep)
	if !s.a.session.Sync.Enrolled() {
		return []fyne.CanvasObject{k.Button(kit.Primary, "加入区里", kit.IconLink, s.a.joinDistrict), backup}
	}
	again := k.Button(kit.Normal, "立即重试", kit.IconSync, s.a.session.Sync.Exchange)
	switch sync := s.a.session.Sync; {
	case sync.Light() == screen.Running:
		return []fyne.CanvasObject{k.Button(kit.Normal, "停止同步", "", s.a.session.Sync.Halt), backup}
	case sync.Rejoins():
		return []fyne.CanvasObject{k.Button(kit.Primary, "用新邀请码加入", kit.IconLink, s.a.joinDistrict), again, backup}
	}
	return []fyne.CanvasObject{again, backup}
}

func (s *syncPage) columns() []kit.Col {
	up := func(row int) screen.Upload { return s.p.Uploads[row] }
	today := s.a.Book().Today()
	return []kit.Col{
		{Title: "时间", Width: 92, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: screen.ShortMoment(up(row).At, today)}
		}},
		{Title: "类别", Width: 70, Priority: 2, Cell: func(row int) kit.Cell { return kit.Cell{Text: up(row).Kind} }},
		{Title: "内容", Width: 120, Flex: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: up(row).Title} }},
		{Title: "动作", Width: 56, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: up(row).Act, Pill: true, Plain: true}
		}},
	}
}

func (s *syncPage) open(row int) {
	if r := s.p.Uploads[row].Ref; r.ID != "" {
		s.a.OpenRecord(r.Kind, r.ID)
	}
}

// refresh shows how things stand.
func (s *syncPage) refresh() {
	s.head.Actions(s.verbs()...)
	s.band.Objects = []fyne.CanvasObject{s.state()}
	s.left.SetTitle("待上传 " + strconv.Itoa(s.p.All) + " 项")
	s.pending.Refresh()
	s.showDispute()
	s.band.Refresh()
}

// state is the band at the top: how it stands and the three times.
func (s *syncPage) state() fyne.CanvasObject {
	b := s.p.Band()
	sync := s.a.session.Sync
	facts := kit.Row(14)
	add := func(label, value string) {
		if value != "" {
			facts.Add(kit.Sized(1, 44, kit.NewUpright()))
			facts.Add(kit.Column(2, kit.NewCaption(label), kit.NewStrong(value)))
		}
	}
	if sync.Enrolled() {
		add("上次同步成功", sync.LastText())
		add("下次自动重试", sync.NextText())
	}
	add("本机备份", s.a.session.BackupText())
	if b.Why != nil {
		facts.Add(s.a.number(b.Why))
	}
	return kit.NewBand(stateOf(b.Tone), b.Title, b.Text, b.Kept).Right(facts)
}

// stick is the card of the exchange by USB stick.
func (s *syncPage) stick() fyne.CanvasObject {
	k := s.a.kit
	step := func(n, title, text string) fyne.CanvasObject {
		disc := kit.Sized(24, 24, kit.Stack(newSwatch(kit.ColorOffline, "", 0, kit.U(12)), kit.NewStrong(n).In(theme.ColorNameForegroundOnPrimary).Center()))
		return kit.Row(8, disc, kit.Column(0, kit.NewText(title), kit.NewCaption(text)))
	}
	title := kit.Column(2, kit.NewStrong("没有网络，用 U 盘交换"), kit.NewCaption("改动包是加密的，只有区里能打开"))
	out, in := k.Button(kit.Normal, "导出到 U 盘", kit.IconUpload, s.a.exportBundle), k.Button(kit.Normal, "从 U 盘导入", kit.IconDownload, s.a.importBundle)
	row := kit.Row(16, kit.NewGlyphSized(kit.IconUSB, kit.ColorOffline, kit.SizeInputSmall), title)
	if s.roomy() {
		for _, o := range []fyne.CanvasObject{kit.Sized(1, 44, kit.NewUpright()), step("1", "导出改动包", "存到 U 盘"), step("2", "交街道电脑导入", "由党建办操作"), step("3", "带回回执包导入", "待上传自动清零")} {
			row.Add(o)
		}
	}
	row.Add(kit.Space())
	row.Add(out)
	row.Add(in)
	return kit.Frame(row, 12)
}

// roomy reports whether the window has room for the words between the verbs.
func (s *syncPage) roomy() bool { return s.a.win.Canvas().Size().Width >= 1340 && !s.a.large() }

// showDispute shows what the district did not take and what is to be decided, or
// that there is nothing.
func (s *syncPage) showDispute() {
	var cards []fyne.CanvasObject
	if n := len(s.p.Refusals); n > 0 {
		cards = append(cards, s.refusals())
	}
	d := s.p.Current()
	if d != nil { // another laptop may have settled some
		s.row = max(0, min(s.row, len(d.Contests)-1))
	}
	switch {
	case len(cards) > 0 && (d == nil || !s.roomy()): // one after the other
		cards[0] = kit.Grow(cards[0])
	case d != nil && d.Same != nil:
		cards = append(cards, kit.Grow(s.sameCard(d)))
	case d != nil:
		cards = append(cards, kit.Grow(s.disputeCard(d)))
	default:
		cards = append(cards, kit.Grow(kit.NewFlushCard("冲突待确认",
			kit.Empty(kit.IconDone, "没有要核对的", "同一处内容两边都改过时，两份都留着，在这里选。",
				s.a.kit.Button(kit.Normal, "回工作台", kit.IconHome, func() { s.a.Go(Place{Page: "desk"}) })))))
	}
	s.right.Objects = []fyne.CanvasObject{kit.Column(12, cards...)}
	s.right.Refresh()
}

// refusals lists what the district did not take, each with its reason.
func (s *syncPage) refusals() fyne.CanvasObject {
	rows := kit.Column(6)
	told := func(err error, say string) {
		if err != nil {
			s.a.Fail(err)
			return
		}
		s.a.Say(say)
		s.refresh()
	}
	for _, f := range s.p.Refusals {
		verbs := kit.Row(6)
		if f.Mendable() {
			verbs.Add(s.a.kit.Button(kit.Normal, "去改", kit.IconEdit, func() { s.edit(f) }).Small())
		}
		verbs.Add(s.a.kit.Button(kit.Normal, "再传一次", kit.IconUpload, func() { told(s.p.SendAgain(f), "已放回待上传") }).Small())
		verbs.Add(s.a.kit.Button(kit.Danger, "放弃", "", func() { s.giveUp(f, told) }).Small())
		happened, do, kept := record.Parts(record.Refuse("REFUSED", f.Say))
		rows.Add(kit.NewBand(kit.Overdue, f.Label+"“"+f.Title+"”："+happened, do, kept).Right(verbs))
	}
	list := fyne.CanvasObject(container.NewVScroll(kit.PadAll(rows, 10)))
	if s.p.Current() != nil && s.roomy() {
		list = kit.Sized(0, 110, list) // the dispute stands below
	}
	return kit.NewFlushCard("区里没有收下 "+strconv.Itoa(len(s.p.Refusals))+" 项", list)
}

// edit opens the form with the refused change as its draft.
func (s *syncPage) edit(f screen.Refused) {
	id, err := s.p.Mend(f)
	if err != nil {
		s.a.Fail(err)
		return
	}
	s.a.Go(Place{Page: screen.PageOf(f.Change.Kind), View: "form", Kind: f.Change.Kind, ID: id})
	if form, ok := s.a.page.(*formPage); ok {
		form.takeOffer()
	}
}

// giveUp asks before a refused change is dropped.
func (s *syncPage) giveUp(f screen.Refused, told func(error, string)) {
	says := "要放弃的是：" + strings.Join(f.Says[:min(len(f.Says), 3)], "；") + "。"
	switch more := len(f.Says) - 3; {
	case len(f.Says) == 0:
		says = ""
	case more > 0:
		says = strings.TrimSuffix(says, "。") + "；还有 " + strconv.Itoa(more) + " 处。"
	}
	s.a.kit.Ask(kit.Question{Title: "放弃对“" + f.Title + "”的这处改动？", Body: says + "放弃后不再上传，也不再保留；记录是区里现在的样子。",
		Safe: "先不放弃", Verb: "放弃这处改动", Icon: kit.IconDelete, Do: func() { told(s.p.GiveUp(f), "已放弃这处改动") }})
}

// Shown implements Page.
func (s *syncPage) Shown() {
	s.a.kit.SetPanes(s.pending)
	s.a.kit.Unfocus()
}

// exchanged shows how the exchange stands now.
func (s *syncPage) exchanged() { s.Changed("", nil) }

// Changed implements Page.
func (s *syncPage) Changed(string, []string) {
	s.p.Refresh()
	s.refresh()
}

// Resized implements Page.
func (s *syncPage) Resized() { s.a.remake() }

// Keys implements Page: digits answer the contests one after the other.
func (s *syncPage) Keys() kit.Keys {
	return kit.Keys{"1": func() { s.answer(screen.Kept) }, "2": func() { s.answer(screen.Other) }, "3": func() { s.answer(screen.Both) },
		"↓": func() { s.step(1) }, "↑": func() { s.step(-1) }, "F2": s.rewrite, "Enter": s.confirm}
}

// Hints implements Page.
func (s *syncPage) Hints() []Hint {
	hints := []Hint{{"F5", "立即重试"}}
	if s.p.Current() != nil {
		hints = append(hints, Hint{"1", "用左边"}, Hint{"2", "用右边"}, Hint{"3", "都留"}, Hint{"F2", "改写"}, Hint{"Enter", "确认"})
	}
	return hints
}
