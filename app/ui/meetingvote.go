package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// voteLine is the row of one vote and, under it, what else its sort asks for.
type voteLine struct {
	c          *votesCard
	row        string
	item, line *kit.Text
	wrong      *kit.Para
	boxes      map[string]*kit.Entry
	outcome    *kit.Pill
	object     fyne.CanvasObject
	typing     string // column being typed in

	under   *fyne.Container // the details, empty until they are asked for
	form    *fyne.Container
	details []*box
}

func newVoteLine(c *votesCard, row string) *voteLine {
	l := &voteLine{c: c, row: row, item: kit.NewText("").Short(), line: kit.NewCaption("").Short(), wrong: kit.NewParaCaption("").In(kit.ColorOverdue),
		boxes: map[string]*kit.Entry{}, outcome: kit.NewPill(kit.Neutral, ""), under: kit.Stack(), form: kit.Form(10)}
	k := c.p.a.kit
	cells := []fyne.CanvasObject{k.Choice(kit.Pad(kit.Column(0, l.item, l.line), 5, 5, 5, 8), func() { c.turn(row) }).Bare()}
	for _, column := range []string{"for", "against", "abstain"} {
		box := k.Entry("0").Right().Small()
		box.OnChanged = func(s string) { c.p.m.SetVote(row, column, s); c.p.changed() }
		box.OnFocus = func(in bool) { l.typing = map[bool]string{true: column}[in] }
		l.boxes[column] = box
		cells = append(cells, kit.Column(0, kit.Space(), box, kit.Space()))
	}
	cells = append(cells, kit.Center(l.outcome))
	l.object = kit.Column(0, kit.Pad(kit.Columns(8, voteWidths(), cells...), 0, 10, 0, 4),
		kit.Pad(l.wrong, 0, 12, 4, 12), l.under, newHairline())
	return l
}

// show brings the row up to date.
func (l *voteLine) show(v screen.Vote) {
	locked := l.c.p.m.Closed()
	title := v.Item
	if title == "" {
		title = "（还没写表决什么）"
	}
	l.item.Set(title)
	l.line.Set(v.Line)
	for column, box := range l.boxes {
		text := v.Text(column)
		if !v.Begun() || l.typing == column && box.Text() == "" {
			text = ""
		}
		if box.Text() != text {
			box.SetText(text)
		}
		able(box, !locked)
		box.SetError(v.Wrong != "")
	}
	l.wrong.Hidden = v.Wrong == ""
	l.wrong.Set(v.Wrong)
	l.outcome.Set(stateOf(v.Outcome.Tone), v.Outcome.Say)
	l.under.Hidden = l.c.open != l.row || locked
	if !l.under.Hidden {
		l.showDetails()
	}
	l.object.Refresh()
}

// voteLabel is the room of the labels of the details; a longer one takes more.
const voteLabel = 86

// showDetails shows what about, whom, how, written opinions, ballots, scrutineers, as
// far as this sort of vote has them.
func (l *voteLine) showDetails() {
	m, k := l.c.p.m, l.c.p.a.kit
	maker := &boxes{a: l.c.p.a, form: m.Form}
	if l.details == nil {
		maker.typed = func(path, text string) {
			_, _, l.typing = record.SplitPath(path)
			m.Type(path, text)
			m.Settle()
			l.c.p.changed()
			l.typing = ""
		}
		for _, f := range m.Columns("vote") {
			b := maker.make(record.Path("vote", l.row, f.Name), f)
			l.details = append(l.details, b)
			var row fyne.CanvasObject = b.row.LabelWidth(voteLabel)
			if e, is := b.object.(*kit.Entry); is && f.Name == "item" {
				e.OnSubmitted = func(string) { k.Focus(l.boxes["for"]) }
				row = kit.Across(row)
			}
			l.form.Add(row)
		}
		drop := k.Button(kit.Danger, "去掉这项表决", kit.IconDelete, func() { m.DropVote(l.row); l.c.p.changed(); k.Focus(l.c.more) }).Small()
		l.under.Add(kit.Pad(kit.Column(6, kit.Yielding(l.form), kit.Row(8, drop, kit.NewCaption("发票、收票默认是到会有表决权的人数"), kit.Space(), k.Link("收起", func() { l.c.fold() }))), 4, 10, 8, 10))
	}
	for _, b := range l.details {
		_, _, column := record.SplitPath(b.path)
		b.row.Hidden = !m.VoteAsks(l.row, column)
		maker.sync(b, column == l.typing)
	}
	l.form.Refresh()
}
