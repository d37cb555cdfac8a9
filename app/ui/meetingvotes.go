package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// votesCard is 表决: one row a vote, which checks itself as it is typed.
type votesCard struct {
	p     *meetingPage
	card  *kit.Card
	rows  *fyne.Container
	foot  *fyne.Container
	lines []*voteLine
	more  *kit.Button // stays, so that the keyboard comes back to it
}

// voteLine is the row of one vote.
type voteLine struct {
	row              string
	item, line, need *kit.Text
	wrong            *kit.Para
	boxes            map[string]*kit.Entry
	outcome          *kit.Pill
	object           fyne.CanvasObject
	typing           string // column being typed in
}

// voteWidths are the columns: item, three figures, outcome.
func voteWidths() []float32 { return []float32{0, 52, 52, 52, 76} }

func newVotesCard(p *meetingPage) *votesCard {
	c := &votesCard{p: p, rows: kit.Column(0)}
	c.foot = kit.Pad(kit.Row(8), 6, 12, 6, 12)
	c.card = kit.NewFlushCard("表决", c.rows).Foot(c.foot)
	c.more = p.a.kit.Button(kit.Normal, "加一项表决", kit.IconVote, c.add).Small()
	return c
}

func (c *votesCard) refresh() {
	votes := c.p.m.Votes()
	if !c.same(votes) {
		c.build(votes)
	}
	for i, v := range votes {
		c.lines[i].show(v, c.p.m.Sealed())
	}
	c.showFoot(votes)
	c.showQuorum()
	c.card.Refresh()
	c.p.settle()
}

// same reports whether the rows on the screen are those votes: then only their
// words change and the box being typed in stays.
func (c *votesCard) same(votes []screen.Vote) bool {
	if len(votes) != len(c.lines) || len(votes) == 0 {
		return false
	}
	for i, v := range votes {
		if c.lines[i].row != v.Row {
			return false
		}
	}
	return true
}

func (c *votesCard) build(votes []screen.Vote) {
	c.lines = nil
	c.rows.Objects = nil
	if len(votes) > 0 {
		c.rows.Add(c.heading())
	}
	for _, v := range votes {
		l := c.newLine(v)
		c.lines = append(c.lines, l)
		c.rows.Add(l.object)
	}
	c.rows.Refresh()
}

func (c *votesCard) heading() fyne.CanvasObject {
	right := func(s string) fyne.CanvasObject { return kit.NewCaptionStrong(s).Center() }
	return kit.Ground("headerBackground", kit.Sized(0, 28, kit.Pad(kit.Columns(8, voteWidths(),
		kit.NewCaptionStrong("表决事项"), right("赞成"), right("反对"), right("弃权"), right("结果")), 0, 10, 0, 12)))
}

func (c *votesCard) newLine(v screen.Vote) *voteLine {
	l := &voteLine{row: v.Row, item: kit.NewText("").Short(), line: kit.NewCaption("").Short(), need: kit.NewCaption(""),
		wrong: kit.NewParaCaption("").In(kit.ColorOverdue), boxes: map[string]*kit.Entry{}, outcome: kit.NewPill(kit.Neutral, "")}
	cells := []fyne.CanvasObject{newTap(kit.Column(0, l.item, l.line), func() { c.open(v.Row) })}
	for _, column := range []string{"for", "against", "abstain"} {
		box := c.p.a.kit.Entry("0").Right().Small()
		box.OnChanged = func(s string) { c.p.m.SetVote(v.Row, column, s); c.p.changed() }
		box.OnFocus = func(in bool) { l.typing = map[bool]string{true: column}[in] }
		l.boxes[column] = box
		cells = append(cells, kit.Column(0, kit.Space(), box, kit.Space()))
	}
	cells = append(cells, kit.Center(l.outcome))
	l.object = kit.Column(0, kit.Pad(kit.Sized(0, 46, kit.Columns(8, voteWidths(), cells...)), 2, 10, 2, 12),
		kit.Pad(l.wrong, 0, 12, 4, 12), newHairline())
	return l
}

func (l *voteLine) show(v screen.Vote, locked bool) {
	title := v.Item
	if title == "" {
		title = "（点这里写表决什么）"
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
	l.object.Refresh()
}

func (c *votesCard) showFoot(votes []screen.Vote) {
	row := kit.Row(10)
	if !c.p.m.Sealed() {
		row.Add(c.more)
	}
	if len(votes) > 0 {
		row.Add(kit.Grow(kit.NewCaption(votes[len(votes)-1].Need).Short()))
	} else {
		row.Add(kit.NewCaption("没有要表决的，不用填"))
	}
	c.foot.Objects = []fyne.CanvasObject{row}
	c.foot.Refresh()
}

func (c *votesCard) showQuorum() {
	n := c.p.m.Counts()
	if !n.Voting {
		c.card.Actions()
		return
	}
	state, word := kit.Done, "过半"
	if 2*n.EntitledPresent <= n.Entitled {
		state, word = kit.Due, "未过半"
	}
	c.card.Actions(kit.SmallMark(state, "有表决权 "+strconv.Itoa(n.Entitled)+" 人，到会 "+strconv.Itoa(n.EntitledPresent)+" 人，"+word))
}

func (c *votesCard) add() {
	item := ""
	for _, a := range c.p.m.Agenda() {
		if a.Current {
			item = a.Title
		}
	}
	row := c.p.m.AddVote(item)
	c.p.changed()
	c.open(row)
}

// voteLabel is the room of the labels in the window of a vote: 会前书面赞成（张）.
const voteLabel = 148

// open shows everything about one vote: what about, whom, how, written opinions,
// ballots, scrutineers, as far as this sort of vote has them.
func (c *votesCard) open(row string) {
	if c.p.m.Sealed() {
		return
	}
	var cells []*box
	form := kit.Form(14)
	maker := &boxes{a: c.p.a, form: c.p.m.Form}
	show := func(typing string) {
		for _, b := range cells {
			_, _, column := record.SplitPath(b.path)
			b.row.Hidden = !c.p.m.VoteAsks(row, column)
			maker.sync(b, b.path == typing)
		}
		form.Refresh()
	}
	maker.typed = func(path, text string) {
		c.p.m.Type(path, text)
		c.p.m.Settle()
		show(path)
		c.p.changed()
	}
	for _, f := range c.p.m.Columns("vote") {
		b := maker.make(record.Path("vote", row, f.Name), f)
		b.row.LabelWidth(voteLabel)
		cells = append(cells, b)
		form.Add(b.row)
	}
	show("")
	k := c.p.a.kit
	var panel *kit.Modal
	done := k.Button(kit.Primary, "填好了", kit.IconCheck, func() { panel.Close() })
	drop := k.Button(kit.Danger, "去掉这项表决", kit.IconDelete, func() { panel.Close(); c.p.m.DropVote(row); c.p.changed() })
	panel = k.Show(kit.Panel{Title: "表决", Note: "发票、收票默认是到会有表决权的人数", Width: kit.DialogMiddle, First: firstFocus(cells),
		Body: form, Foot: kit.Row(8, drop, kit.Space(), done), Keys: kit.Keys{"Ctrl+Enter": func() { panel.Close() }}})
}
