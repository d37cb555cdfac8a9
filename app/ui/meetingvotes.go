package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// votesCard is 表决: one row a vote, which checks itself as it is typed.
type votesCard struct {
	p     *meetingPage
	card  *kit.Card
	rows  *fyne.Container
	foot  *fyne.Container
	lines []*voteLine
	open  string      // row of the vote whose details are shown, "" for none
	more  *kit.Button // stays, so that the keyboard comes back to it
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
		c.lines[i].show(v)
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
		l := newVoteLine(c, v.Row)
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

func (c *votesCard) showFoot(votes []screen.Vote) {
	row := kit.Row(10)
	if !c.p.m.Closed() {
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

// add begins a vote about the current item of the agenda: the next to type is a
// figure, or what it is about where nobody knows.
func (c *votesCard) add() {
	item := ""
	for _, a := range c.p.m.Agenda() {
		if a.Current {
			item = a.Title
		}
	}
	row := c.p.m.AddVote(item)
	if item == "" {
		c.open = row
	}
	c.p.changed()
	l := c.lines[len(c.lines)-1]
	if item != "" {
		c.p.a.kit.Focus(l.boxes["for"])
	} else {
		c.p.a.kit.Focus(firstFocus(l.details))
	}
}

// turn shows the details of a vote and hides those of every other; of the one shown it
// hides them.
func (c *votesCard) turn(row string) {
	if c.open == row {
		c.fold()
		return
	}
	c.open = row
	c.refresh()
}

// fold hides the details shown and reports whether there were any; the keyboard goes
// to the figures of that vote.
func (c *votesCard) fold() bool {
	at := slices.IndexFunc(c.lines, func(l *voteLine) bool { return l.row == c.open })
	if at < 0 {
		return false
	}
	c.open = ""
	c.refresh()
	c.p.a.kit.Focus(c.lines[at].boxes["for"])
	return true
}
