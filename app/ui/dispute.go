package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// widths are the columns of the table of contests: label, both sides,
// keeping both.
func (s *syncPage) widths() []float32 {
	if s.a.large() {
		return []float32{72, 0, 0, 106}
	}
	return []float32{84, 0, 0, 132}
}

// disputeCard is one record with everything in it that two people changed.
func (s *syncPage) disputeCard(d *screen.Dispute) fyne.CanvasObject {
	k := s.a.kit
	first := d.Contests[0]
	heads := kit.Columns(10, s.widths(), kit.NewText("字段"), s.sideHead("现在的", first.Kept), s.sideHead("另一边的", first.Other),
		kit.Column(0, kit.NewStrong("合并"), kit.NewCaption("仅文字字段")))
	rows := kit.Column(0, kit.Stack(newSwatch(theme.ColorNameHeaderBackground, "", 0, 0), kit.Pad(heads, 6, 12, 6, 12)))
	for i := range d.Contests {
		rows.Add(s.contest(d, i))
	}
	more := kit.Row(6, kit.NewSoft("其他字段两边相同。"), k.Link("看这条记录", func() { s.a.OpenRecord(d.Kind.Name, d.Record.ID) }))
	rows.Add(kit.Pad(more, 10, 12, 10, 12))
	words, later := "确认，看下一处", "两条都留，以后核对"
	if !s.roomy() {
		words, later = "确认", "以后核对"
	}
	confirm := k.Button(kit.Primary, words, "", s.confirm).Then(kit.IconForward)
	able(confirm, d.Settled())
	rewrite := k.Button(kit.Normal, "看全文、改写", kit.IconEdit, s.rewrite)
	if !s.roomy() {
		rewrite = k.Button(kit.Normal, "改写", kit.IconEdit, s.rewrite)
	}
	foot := kit.Pad(kit.Row(8, k.Button(kit.Normal, "全用左边", "", func() { s.all(screen.Kept) }), k.Button(kit.Normal, "全用右边", "", func() { s.all(screen.Other) }),
		rewrite, k.Button(kit.Normal, later, "", func() { s.p.Next(); s.row = 0; s.showDispute() }), kit.Space(), confirm), 10, 12, 12, 12)
	return kit.NewFlushCard("冲突待确认", kit.Column(0, kit.Grow(container.NewVScroll(rows)), foot)).
		Lead(kit.NewPill(kit.Conflict, s.p.Place()), kit.NewText(d.Title+"・"+d.Kind.Label+"信息"))
}

// sameCard asks whether two records are one person.
func (s *syncPage) sameCard(d *screen.Dispute) fyne.CanvasObject {
	k := s.a.kit
	lead := []fyne.CanvasObject{kit.NewPill(kit.Conflict, s.p.Place()), kit.NewText(d.Title + "・" + d.Kind.Label + "信息")}
	later := k.Button(kit.Normal, "以后核对", "", func() { s.p.Next(); s.row = 0; s.showDispute() })
	if d.Same.Elsewhere != "" {
		body := kit.Column(8, kit.NewText("“"+d.Title+"”的身份证号，在“"+d.Same.Elsewhere+"”也登记着。"), kit.NewSoft(d.Same.Note()+"。两边的记录都没有动。"))
		foot := kit.Pad(kit.Row(8, later, kit.Space(), k.Button(kit.Primary, "知道了", "", s.distinct)), 10, 12, 12, 12)
		return kit.NewFlushCard("可能是同一人", kit.Column(0, kit.Grow(kit.PadAll(body, 12)), foot)).Lead(lead...)
	}
	heads := kit.Columns(10, s.sameWidths(), kit.NewText("字段"), s.recordHead("先登记的", d.Record), s.recordHead("后登记的", d.Same.Other))
	rows := kit.Column(0, kit.Stack(newSwatch(theme.ColorNameHeaderBackground, "", 0, 0), kit.Pad(heads, 6, 12, 6, 12)))
	for i, c := range d.Contests {
		label := kit.NewText(c.Label).Short()
		label.SetBold(i == s.row)
		row := kit.Columns(10, s.sameWidths(), kit.Column(0, kit.Space(), label, kit.Space()), s.option(i, screen.Kept, c.Answer, c.Kept.Text), s.option(i, screen.Other, c.Answer, c.Other.Text))
		rows.Add(kit.Column(0, kit.Pad(row, 5, 12, 5, 12), kit.NewRule()))
	}
	rows.Add(kit.Pad(kit.NewSoft("只有一边填了的都留下；用到这个人的会议、党费等一起改过来，可以撤销。"), 10, 12, 10, 12))
	foot := kit.Pad(kit.Row(8, k.Button(kit.Normal, "不是同一人", "", s.distinct), later, kit.Space(),
		k.Button(kit.Primary, "合并成一人", "", s.confirm).Then(kit.IconForward)), 10, 12, 12, 12)
	return kit.NewFlushCard("可能是同一人", kit.Column(0, kit.Grow(container.NewVScroll(rows)), foot)).Lead(lead...)
}

func (s *syncPage) sameWidths() []float32 { return s.widths()[:3] }

// recordHead leads to one of the two records.
func (s *syncPage) recordHead(title string, r record.Record) fyne.CanvasObject {
	return kit.Column(0, kit.NewStrong(title), s.a.kit.Link("看这条记录", func() { s.a.OpenRecord(r.Kind, r.ID) }))
}

func (s *syncPage) distinct() { s.decided(s.p.Distinct()) }

func (s *syncPage) sideHead(title string, side screen.Side) fyne.CanvasObject {
	note := side.By
	if !side.At.IsZero() {
		if note != "" {
			note += "・"
		}
		note += screen.ShortMoment(side.At, s.a.Book().Today())
	}
	return kit.Column(0, kit.NewStrong(title), kit.NewCaption(note).Short())
}

func (s *syncPage) contest(d *screen.Dispute, i int) fyne.CanvasObject {
	c := d.Contests[i]
	both := fyne.CanvasObject(kit.NewSoft("—").Center())
	switch {
	case c.Answer == screen.Edited:
		both = s.option(i, screen.Edited, c.Answer, "已改写")
	case c.CanBoth:
		both = s.option(i, screen.Both, c.Answer, "两个都留")
	}
	label := kit.NewText(c.Label).Short()
	label.SetBold(i == s.row)
	row := kit.Columns(10, s.widths(), kit.Column(0, kit.Space(), label, kit.Space()), s.option(i, screen.Kept, c.Answer, c.Kept.Text), s.option(i, screen.Other, c.Answer, c.Other.Text), both)
	return kit.Column(0, kit.Pad(row, 5, 12, 5, 12), newSwatch(kit.ColorSepSoft, "", 0, 0), kit.NewRule())
}

// option is one side to choose.
func (s *syncPage) option(i int, answer, chosen screen.Answer, text string) fyne.CanvasObject {
	ground, words := newSwatch(kit.ColorSurface, theme.ColorNameSeparator, 1, 3), kit.NewText(text).Short()
	icon := kit.NewGlyph(kit.IconTodo, theme.ColorNameInputBorder)
	if answer == chosen {
		ground.set(kit.Conflict.Tint(), kit.ColorConflict, 2)
		words.SetBold(true)
		icon = kit.NewGlyph(kit.IconDoing, kit.ColorConflict)
	}
	return newTap(kit.Stack(ground, kit.Sized(0, 34, kit.Pad(kit.Row(8, icon, kit.Grow(words)), 0, 8, 0, 8))), func() {
		s.row = i
		s.answer(answer)
	})
}

// rewrite shows both sides of the contest the digits stand at whole, and takes
// something else instead.
func (s *syncPage) rewrite() {
	d := s.p.Current()
	if d == nil || d.Same != nil || s.row >= len(d.Contests) {
		return
	}
	c, k := d.Contests[s.row], s.a.kit
	if c.Private {
		if err := s.a.Book().Reveal(d.Record); err != nil {
			s.a.FailAgain(err, s.rewrite)
			return
		}
	}
	box := func() *kit.Entry {
		if c.Long {
			return k.Area("", 4)
		}
		return k.Entry("")
	}
	whole := func(title string, side screen.Side) fyne.CanvasObject {
		e := box().Reading()
		e.SetText(side.Full)
		return kit.Column(4, s.sideHead(title, side), e)
	}
	text := box()
	slip := s.a.Book().Slip(screen.RewriteAct, record.ConflictKind, c.ID)
	note := s.a.writeOn(slip, d.Title, map[string]*kit.Entry{"改成": text})
	if !slip.Found() {
		text.SetText(c.Kept.Full)
	}
	rows := kit.Column(10, kit.Columns(16, []float32{0, 0}, whole("现在的", c.Kept), whole("另一边的", c.Other)))
	var panel *kit.Modal
	take := func() {
		if err := s.p.Edit(c.ID, text.Text()); err != nil {
			s.a.Fail(err)
			return
		}
		panel.Close()
		s.onward()
	}
	closer := k.Button(kit.Normal, "关闭", "", func() { panel.Close() })
	foot, first, keys := kit.Row(8, kit.Space(), closer), fyne.Focusable(closer), kit.Keys{}
	if c.CanEdit {
		first, keys["Ctrl+S"] = text, take
		rows.Add(kit.NewFormRow("改成", false, text))
		foot.Add(k.Button(kit.Primary, "用改成的", kit.IconCheck, take))
	}
	panel = k.Show(kit.Panel{Title: "“" + c.Label + "”的两边", Note: note, Width: kit.DialogMiddle, Body: rows, First: first, OnClose: s.a.written, Foot: foot, Keys: keys})
}

// answer decides the contest the digits stand at and goes on to the next.
func (s *syncPage) answer(a screen.Answer) {
	d := s.p.Current()
	if d == nil {
		return
	}
	d.Decide(s.row, a)
	s.onward()
}

// onward goes on to the next contest.
func (s *syncPage) onward() { s.step(1) }

func (s *syncPage) all(a screen.Answer) {
	if d := s.p.Current(); d != nil {
		d.DecideAll(a)
		s.showDispute()
	}
}

func (s *syncPage) step(by int) {
	if d := s.p.Current(); d != nil {
		s.row = min(max(s.row+by, 0), len(d.Contests)-1)
		s.showDispute()
	}
}

func (s *syncPage) confirm() { s.decided(s.p.Confirm()) }

// decided tells what was decided, or why it could not be.
func (s *syncPage) decided(done screen.Done, err error) {
	if err != nil {
		s.a.Fail(err)
		return
	}
	s.row = 0
	if done.Say != "" {
		s.a.Done(done)
	}
	s.refresh()
}
