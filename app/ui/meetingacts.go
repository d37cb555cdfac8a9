package ui

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// save stores the meeting as a draft of the register.
func (p *meetingPage) save() {
	if p.a.told(p.m.Form) || p.m.Sealed() && p.m.Changes() == 0 {
		return
	}
	before := p.m.Stored()
	if p.m.New() {
		before.ID = ""
	}
	saved, err := p.m.Save()
	if err != nil {
		p.a.FailAgain(err, p.save)
		p.refresh()
		return
	}
	word := "已存草稿："
	if p.m.Sealed() { // something was attached
		word = "已保存："
	}
	p.a.Done(screen.DoneSaving(word+p.m.KindLabel()+" "+p.m.Day(), before, saved))
	p.refresh()
}

// finalise asks first; the same key answers with the verb.
func (p *meetingPage) finalise() {
	if p.a.told(p.m.Form) || p.m.Sealed() {
		return
	}
	p.m.Settle()
	title, body := p.m.FinaliseQuestion()
	p.a.kit.Ask(kit.Question{Title: title, Body: body, Safe: "再看看", Verb: "定稿并锁定", Icon: kit.IconSeal, Key: "Ctrl+G", Plain: true, Do: func() {
		done, err := p.m.Finalise()
		p.refresh()
		if err != nil {
			p.a.Fail(err)
			return
		}
		p.a.kit.Toast("已定稿，编号 "+done.Values["serial"], "打印", p.print)
		p.a.frame.put(p.a.place, p)
	}})
}

// print lays the minutes out; what is typed is stored first.
func (p *meetingPage) print() {
	if !p.m.Sealed() && (p.m.New() || p.m.Changes() > 0) {
		if _, err := p.m.Save(); err != nil {
			p.a.FailAgain(err, p.print)
			return
		}
	}
	p.a.PrintRecords("meeting", p.m.ID())
}

// correct asks for an addendum to the finalised record.
func (p *meetingPage) correct() {
	if p.a.told(p.m.Form) {
		return
	}
	k := p.a.kit
	area := k.Area("原来怎样写，应当怎样写", 5)
	slip := p.a.Book().Slip("开更正", "meeting", p.m.ID())
	note := p.a.writeOn(slip, "原稿保留，更正单独编号", map[string]*kit.Entry{"更正": area})
	var panel *kit.Modal
	add := func() {
		done, err := p.m.Correct(area.Text())
		if err != nil {
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.a.tear(slip)
		p.refresh()
		p.a.Done(done)
	}
	panel = k.Show(kit.Panel{Title: "开更正", Note: note, Width: kit.DialogMiddle, Body: area, First: area, OnClose: p.a.written,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Primary, "记下更正", kit.IconCheck, add)), Keys: kit.Keys{"Ctrl+S": add}})
}

// offer asks whether to go on from the draft that was left.
func (p *meetingPage) offer(at int64) {
	when := screen.ShortMoment(time.UnixMilli(at).In(p.a.cfg.Now().Location()), p.a.Book().Today())
	var panel *kit.Modal
	take := p.a.kit.Button(kit.Primary, "接着写", kit.IconEdit, func() { panel.Close(); p.m.TakeOffer(); p.refresh() })
	drop := p.a.kit.Button(kit.Normal, "不要了", "", func() {
		panel.Close()
		if err := p.m.RefuseOffer(); err != nil {
			p.a.Fail(err)
		}
	})
	panel = p.a.kit.Show(kit.Panel{Title: "上次没有写完，接着写？", Width: kit.DialogNarrow, First: take,
		Body: kit.NewPara(when + " 写的内容存在本机草稿里。"), Foot: kit.Row(8, kit.Space(), drop, take)})
}

// more are the acts that are wanted less often.
func (p *meetingPage) more() {
	items := []kit.MenuItem{
		{Text: "全部栏目", Icon: kit.IconList, Off: p.m.New(), Do: func() { p.a.Go(Place{Page: "meeting", View: "all", Kind: "meeting", ID: p.m.ID()}) }},
		{Text: "变更记录", Icon: kit.IconHistory, Off: p.m.New(), Do: func() { p.a.Go(Place{Page: "meeting", View: "history", Kind: "meeting", ID: p.m.ID()}) }},
	}
	if !p.m.Closed() {
		items = append(items, kit.MenuItem{Text: "移到回收站", Icon: kit.IconDelete, Off: p.m.New(), Do: p.trash})
	}
	p.a.kit.MenuUnder(p.menu, items...)
}

func (p *meetingPage) trash() {
	p.a.bin("meeting", []string{p.m.ID()}, func() {
		p.a.Fail(p.m.Discard())
		p.a.Back()
	})
}

// filesCard is 附件: what is attached, by name.
type filesCard struct {
	p      *meetingPage
	card   *kit.Card
	lines  *fyne.Container
	attach *kit.Button
}

func newFilesCard(p *meetingPage) *filesCard {
	f := &filesCard{p: p, lines: kit.Column(2)}
	f.attach = p.a.kit.Link("加附件", f.add)
	f.card = kit.NewFixedCard("附件", f.lines).Actions(f.attach)
	return f
}

func (f *filesCard) refresh() {
	f.lines.Objects = nil
	var files []string
	f.attach.Hidden = f.p.m.ReadOnly() != nil
	for _, row := range f.p.m.Rows("files") {
		name := f.p.m.Text(record.Path("files", row.ID, "name"))
		file := f.p.m.Text(record.Path("files", row.ID, "file"))
		files = append(files, file)
		line := kit.Row(8, f.p.a.thumb(file, 22, 22, kit.Center(kit.NewGlyph(kit.IconFile, kit.ColorSoft))), kit.Grow(kit.NewText(name).Short()))
		if !f.p.m.Closed() {
			line.Add(f.p.a.kit.Button(kit.Quiet, "", kit.IconDelete, func() { f.p.m.RemoveRow("files", row.ID); f.refresh(); f.p.changed() }))
		}
		f.lines.Add(line)
	}
	if n := len(f.lines.Objects); n == 0 {
		f.lines.Add(kit.NewSoft(map[bool]string{true: "没有附件", false: "签到表照片、通知、课件都可以存"}[f.attach.Hidden]))
	} else if n > 3 {
		f.lines.Objects = append(f.lines.Objects[:3], kit.NewCaption("还有 "+strconv.Itoa(n-3)+" 个，见“全部栏目”"))
	}
	f.lines.Refresh()
	title := "附件"
	if n := f.p.a.session.Sync.Unsent(files...); n > 0 {
		title = fmt.Sprintf("附件待传 %d/%d", n, len(files))
	}
	f.card.SetTitle(title)
}

// add stores a file and lists it.
func (f *filesCard) add() { f.p.a.attach(f.take) }

func (f *filesCard) take(hash, name string) {
	f.p.m.AttachFile("files", hash, name)
	f.refresh()
	f.p.changed()
}

// Attach keeps a file that was dropped on the meeting.
func (p *meetingPage) Attach(path string) bool {
	if !p.a.told(p.m.Form) {
		p.a.attachFile(path, p.files.take)
	}
	return true
}

// exchanged shows which attachments are at the district now.
func (p *meetingPage) exchanged() { p.files.refresh() }
