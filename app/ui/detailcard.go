package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// showDetail fills the card beside the list with the current record.
func (l *listPage) showDetail() {
	r, ok := l.a.Book().Get(l.list.Kind.Name, l.list.Current())
	if !ok {
		l.detail.Objects = []fyne.CanvasObject{kit.PadAll(kit.NewSoft("选一行，这里显示详情。"), 14)}
		l.detail.Refresh()
		return
	}
	whole := l.whole == r.ID
	s := l.a.Book().Summary(r, whole)
	s.Marks = append(s.Marks, l.list.Owing()...)
	rows := []fyne.CanvasObject{l.detailHead(s, r)}
	for _, section := range s.Sections {
		rows = append(rows, l.section(section, r, whole))
	}
	if len(s.Past.Lines) > 0 {
		rows = append(rows, l.past(s.Past))
	}
	word, icon := l.a.opening(r)
	edit := l.a.kit.Button(kit.Primary, word, icon, l.edit)
	second := l.a.kit.Button(kit.Normal, "变更记录", kit.IconHistory, l.history)
	if l.a.cfg.Press != nil && r.Kind == "member" {
		second = l.a.kit.Button(kit.Normal, "打印登记表", kit.IconPrint, l.printOne)
	}
	foot := kit.Pad(kit.Grid(2, 8, edit, second), 10, 12, 12, 12)
	body := container.NewVScroll(kit.Pad(kit.Column(6, rows...), 10, 12, 2, 12))
	l.detail.Objects = []fyne.CanvasObject{kit.Column(0, kit.Grow(body), foot)}
	l.detail.Refresh()
}

func (l *listPage) detailHead(s screen.Summary, r record.Record) fyne.CanvasObject {
	marks := kit.Wrapped(6)
	for _, m := range s.Marks {
		if m.Tone == screen.Neutral {
			marks.Add(kit.NewTag(kit.Neutral, m.Say))
		} else {
			marks.Add(kit.NewPill(stateOf(m.Tone), m.Say))
		}
	}
	words := kit.Column(4, kit.NewHeading(s.Title).Short())
	if s.Line != "" {
		words.Add(kit.NewSoft(s.Line).Short())
	}
	if len(s.Marks) > 0 {
		words.Add(marks)
	}
	if r.Kind != "member" {
		return words
	}
	without := kit.Center(kit.Column(4, kit.Center(kit.NewGlyphSized(kit.IconAccount, theme.ColorNamePlaceHolder, kit.SizeInput)), kit.NewCaption("一寸照")))
	photo := l.a.thumb(r.Values["photo"], 64, 84, without)
	return kit.Columns(12, []float32{66, 0}, photo, kit.Column(0, words))
}

func (l *listPage) section(s screen.Section, r record.Record, whole bool) fyne.CanvasObject {
	name := s.Name
	if name == "" {
		name = "基本信息"
	}
	head := kit.Row(8, kit.NewCaptionStrong(name), kit.Space())
	if s.Hidden && !whole {
		head.Add(l.a.kit.Link("显示完整", func() { l.reveal(r) }).Caption())
	}
	rows := []fyne.CanvasObject{head, kit.NewRule()}
	for _, line := range s.Lines {
		rows = append(rows, kit.Columns(8, []float32{l.labelRoom(), 0}, kit.NewSoft(line.Label).Short(), kit.NewText(line.Text).Short()))
	}
	return kit.Column(2, rows...)
}

// labelRoom is the room of the labels: a member's are short by design, those of
// other kinds are as their forms say.
func (l *listPage) labelRoom() float32 {
	if l.list.Kind.Name == "member" {
		return 72
	}
	return 104
}

// reveal shows the whole numbers of a record; that is logged.
func (l *listPage) reveal(r record.Record) {
	if err := l.a.Book().Reveal(r); err != nil {
		l.a.FailAgain(err, func() { l.reveal(r) })
		return
	}
	l.whole = r.ID
	l.showDetail()
}

// past is the card's part on what happened: with a page of its own to follow, else
// each line opens its record.
func (l *listPage) past(p screen.Past) fyne.CanvasObject {
	note := fyne.CanvasObject(kit.NewCaption(p.Note))
	if p.Page != "" {
		note = l.a.kit.Link(p.Note, func() { l.a.Go(Place{Page: p.Page}) }).Caption()
	}
	rows := []fyne.CanvasObject{kit.Row(8, kit.NewCaptionStrong(p.Name), kit.Space(), note), kit.NewRule()}
	for _, v := range p.Lines {
		mark := fyne.CanvasObject(kit.NewPill(stateOf(v.Mark.Tone), v.Mark.Say))
		if v.Mark.Tone == screen.Neutral {
			mark = kit.NewTag(kit.Neutral, v.Mark.Say)
		}
		title := fyne.CanvasObject(kit.NewText(v.Title).Short())
		if p.Page == "" {
			title = l.a.kit.Link(shortened(v.Title, 7), func() { l.a.OpenRecord(v.Kind, v.ID) })
		}
		day := kit.NewText(v.Day)
		rows = append(rows, kit.Row(10, kit.Wide(max(46, day.MinSize().Width), day), kit.Grow(title), mark))
	}
	return kit.Column(2, rows...)
}
