package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// meetingPage is the meeting editor (pictures e, e2): facts, agenda and
// attachments; attendance, votes and consequences; minutes.
type meetingPage struct {
	a *App
	m *screen.Meeting

	head    *kit.PageHead
	menu    *kit.Button
	body    *fyne.Container
	facts   *factsCard
	agenda  *agendaCard
	files   *filesCard
	seats   *seatsCard
	votes   *votesCard
	effects *kit.Card
	lines   *fyne.Container
	minutes *minutesCard
	seal    *kit.Band
	growing *fyne.Container // the column whose cards change their height
	height  float32         // its least height when it was laid out last
}

func newMeetingPage(a *App, p Place) (Page, error) {
	m, err := screen.NewMeeting(a.Book(), p.ID, p.Note)
	if err != nil {
		return nil, err
	}
	pg := &meetingPage{a: a, m: m, head: kit.NewPageHead("", "").Back(a.kit, "会议与活动", a.Back), body: container.NewStack(), lines: kit.Column(2)}
	pg.build()
	return pg, nil
}

// build makes every card; refresh fills them.
func (p *meetingPage) build() {
	p.facts = newFactsCard(p)
	p.agenda = newAgendaCard(p)
	p.files = newFilesCard(p)
	p.seats = newSeatsCard(p)
	p.votes = newVotesCard(p)
	p.minutes = newMinutesCard(p)
	p.effects = kit.NewFlushCard("", container.NewVScroll(kit.Pad(p.lines, 6, 12, 6, 12)))
	p.seal = kit.NewBand(kit.Finalised, "", "", "")
	p.arrange()
	p.refresh()
}

// arrange lays the cards out for the face and the window.
func (p *meetingPage) arrange() {
	left := container.NewVScroll(kit.Column(10, p.facts.card, kit.Grow(p.agenda.card), p.files.card))
	p.growing = kit.Column(8, p.seats.card, p.votes.card, kit.Grow(p.effects))
	cols := kit.Columns(12, []float32{292, 484, 0}, left, container.NewVScroll(p.growing), p.minutes.card)
	if p.a.kit.Face() == kit.Large {
		p.growing = kit.Column(10, kit.Columns(10, []float32{-21, -20}, kit.Yielding(p.facts.card), kit.Yielding(p.agenda.card)), p.seats.card, p.votes.card, p.effects, p.files.card)
		cols = kit.Columns(12, []float32{-5, -3}, container.NewVScroll(p.growing), p.minutes.card)
	}
	p.body.Objects = []fyne.CanvasObject{kit.Column(10, p.seal, kit.Grow(cols))}
	p.body.Refresh()
}

// settle lays the column of growing cards out anew when one of them became
// higher or lower: a vote was added, a reason is asked for.
func (p *meetingPage) settle() {
	if p.growing == nil {
		return
	}
	if h := p.growing.MinSize().Height; h != p.height {
		p.height = h
		p.growing.Refresh()
	}
}

// Content implements Page.
func (p *meetingPage) Content() fyne.CanvasObject {
	return kit.Page(p.head, p.body)
}

// refresh shows the meeting as it stands.
func (p *meetingPage) refresh() {
	p.fillHead()
	p.seal.Hidden = !p.m.Sealed()
	if p.m.Sealed() {
		p.seal.Set(kit.Finalised, "已定稿，不能直接改", p.m.Seal(), "")
	}
	p.facts.refresh()
	p.agenda.refresh()
	p.files.refresh()
	p.settled()
}

// settled shows what follows from a change: seats, votes, consequences, checks.
func (p *meetingPage) settled() {
	p.seats.refresh()
	p.votes.refresh()
	p.minutes.refresh()
	p.showEffects()
}

func (p *meetingPage) showEffects() {
	lines := p.m.Consequences()
	p.effects.Hidden = len(lines) == 0
	if p.short() && len(lines) > 0 { // folded to one line
		p.effects.Hidden = true
	}
	p.lines.Objects = []fyne.CanvasObject{kit.NewCaptionStrong("定稿后自动更新")}
	for _, line := range lines {
		p.lines.Add(kit.Row(8, kit.NewGlyphSized(kit.IconLink, kit.ColorInfo, kit.SizeIconPill), kit.NewText(line)))
	}
	p.lines.Refresh()
}

// short reports whether the window has no room for the secondary card.
func (p *meetingPage) short() bool {
	return p.a.win.Canvas().Size().Height < 680 && p.a.kit.Face() == kit.Standard
}

// fillHead shows what the meeting is, how it stands and what can be done.
func (p *meetingPage) fillHead() {
	k := p.a.kit
	state := kit.Draft
	if p.m.Sealed() {
		state = kit.Finalised
	}
	p.head.SetTitle(p.m.KindLabel())
	p.head.SetNote(p.m.When())
	p.head.Alarm(kit.NewPill(state, p.m.Status().Say))
	p.menu = k.Button(kit.Normal, "", kit.IconMore, p.more)
	printing := k.Button(kit.Normal, "打印记录", kit.IconPrint, p.print)
	if p.m.Closed() {
		printing.SetKind(kit.Primary)
	}
	verbs := []fyne.CanvasObject{printing}
	switch {
	case p.m.ReadOnly() != nil:
	case p.m.Sealed():
		verbs = append(verbs, k.Button(kit.Normal, "开更正", kit.IconEdit, p.correct))
	default:
		verbs = append(verbs, k.Button(kit.Normal, "存草稿", kit.IconSave, p.save), k.Button(kit.Primary, "定稿并锁定", kit.IconSeal, p.finalise))
	}
	p.head.Actions(append(verbs, p.menu)...)
}

// changed follows every act of a person: the draft is stored within two seconds
// by Keep, what follows from it is shown at once.
func (p *meetingPage) changed() {
	p.settled()
	p.head.SetTitle(p.m.KindLabel())
	p.head.SetNote(p.m.When())
}

// Keep implements Page.
func (p *meetingPage) Keep() error {
	err := p.a.keepForm(p.m.Form)
	p.minutes.showKept()
	return err
}

// Shown implements Page.
func (p *meetingPage) Shown() {
	p.a.kit.SetPanes(p.facts.first(), p.agenda.first(), p.seats.first(), p.minutes.editor)
	if draft, ok := p.m.Offer(); ok {
		p.offer(draft.At)
		return
	}
	if p.m.New() {
		p.seats.focus()
	}
}

// Changed implements Page: another laptop may have written here too.
func (p *meetingPage) Changed(kind string, _ []string) {
	if (kind == "meeting" && p.m.Refresh()) || kind == "member" {
		p.refresh()
	}
}

// Resized implements Page.
func (p *meetingPage) Resized() { p.arrange(); p.refresh() }

// Keys implements Page.
func (p *meetingPage) Keys() kit.Keys {
	return kit.Keys{
		"Ctrl+S": p.save, "Ctrl+G": p.finalise, "Ctrl+P": p.print, "Ctrl+D": p.minutes.phrases,
		"Ctrl+Z": func() { p.step(p.m.Undo(), p.a.Undo) }, "Ctrl+Y": func() { p.step(p.m.Redo(), p.a.Redo) },
		"Esc": p.escape, "Alt+←": p.a.Back,
	}
}

func (p *meetingPage) step(done bool, last func()) {
	if !done {
		last() // nothing typed since: the last act is meant
		return
	}
	p.refresh()
}

// escape closes the details of a vote, else the page.
func (p *meetingPage) escape() {
	if !p.votes.fold() {
		p.a.Back()
	}
}

// Hints implements Page.
func (p *meetingPage) Hints() []Hint {
	if p.m.Closed() {
		return []Hint{{"Ctrl+P", "打印"}, {"Esc", "返回"}}
	}
	return []Hint{{"空格", "到会/请假/缺席"}, {"Ctrl+D", "插入"}, {"Ctrl+S", "存草稿"}, {"Ctrl+P", "打印"}, {"Ctrl+G", "定稿"}}
}

// Leave implements Page.
func (p *meetingPage) Leave(then func()) {
	if p.m.Changes() == 0 || !p.m.Touched() {
		then()
		return
	}
	p.a.askUnsaved(unsaved{count: p.m.Changes(), save: func() error { _, err := p.m.Save(); return err },
		keep: p.m.Keep, discard: p.m.Discard, then: then})
}
