package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// minutesCard is 会议记录: the editor of paragraphs, what can be put in, and the
// checks before finalising.
type minutesCard struct {
	p       *meetingPage
	card    *kit.Card
	editor  *kit.Entry
	count   *kit.Text
	insert  *fyne.Container
	checks  *fyne.Container
	flow    *fyne.Container // the marks of the checks; it keeps its width, so that its height is known
	phrase  *kit.Button
	whole   *kit.Button // agenda, attendance and votes at once
	settle  func()
	correct *fyne.Container // addenda of a finalised meeting
	write   *fyne.Container // the editor with what can be put in
	read    *fyne.Container // the text of a finalised meeting
}

func newMinutesCard(p *meetingPage) *minutesCard {
	c := &minutesCard{p: p, count: kit.NewCaption(""), checks: kit.Column(4), flow: kit.Wrapped(14), settle: func() {}, correct: kit.Column(4)}
	k := p.a.kit
	c.editor = k.Editor("从这里写会议内容；也可以先插入议程", screen.IsHeading)
	c.editor.OnChanged = c.typed
	button := func(text string, put func() string) *kit.Button {
		return k.Button(kit.Normal, text, "", func() {
			if put() == "" {
				p.a.Say("还没有" + text + "，没有可以插入的")
			}
			c.put(put())
		}).Small()
	}
	c.phrase = k.Button(kit.Normal, "常用语", "", c.phrases).Small()
	c.insert = kit.Pad(kit.Row(5, kit.NewCaption("插入"), button("议程", p.m.AgendaText), button("到会情况", p.m.AttendanceText),
		button("表决结果", p.m.VotesText), c.phrase), 6, 12, 6, 12)
	c.write, c.read = kit.Column(0, c.insert, newHairline(), kit.Grow(c.editor)), kit.Column(6)
	body := kit.Stack(c.write, newVScroll(kit.Pad(kit.Column(8, c.read, c.correct), 10, 12, 10, 12)))
	c.whole = k.Link("一键插入", func() { c.put(p.m.OutlineText()) })
	c.card = kit.NewFlushCard("会议记录", body).Actions(c.count, c.whole).Foot(kit.Pad(c.checks, 8, 12, 8, 12))
	return c
}

// typed takes the text at once and shows what follows from it after a pause.
func (c *minutesCard) typed(s string) {
	c.p.m.Type("minutes", s)
	c.settle()
	c.settle = c.p.a.after(pause, func() {
		c.p.m.Settle()
		c.p.changed()
	})
}

func (c *minutesCard) refresh() {
	if text := c.p.m.Text("minutes"); c.editor.Text() != text {
		c.editor.SetText(text)
	}
	c.write.Hidden, c.whole.Hidden = c.p.m.Closed(), c.p.m.Closed()
	c.showText()
	c.showKept()
	c.showChecks()
	c.showCorrections()
	c.card.Refresh()
}

// showText shows a finalised meeting's text as text: there is nothing to type.
func (c *minutesCard) showText() {
	c.read.Objects = nil
	if !c.p.m.Closed() {
		return
	}
	for line := range strings.Lines(c.p.m.Text("minutes")) {
		para := kit.NewPara(strings.TrimRight(line, "\n"))
		if screen.IsHeading(line) {
			para.Strong()
		}
		c.read.Add(para)
	}
	c.read.Refresh()
}

// showKept shows how long the text is and when it was last stored.
func (c *minutesCard) showKept() {
	say := fmt.Sprintf("%d 字", c.p.m.Characters())
	if at := c.p.m.KeptAt(); !at.IsZero() {
		say += "・" + at.Format("15:04") + " 已暂存"
	}
	c.count.Set(say)
}

func (c *minutesCard) showChecks() {
	c.checks.Objects = nil
	if c.p.m.Closed() {
		say := "打印后请主持人、记录人手签；签字页扫描后可作为附件存回。"
		if !c.p.m.Sealed() {
			say = "这份记录还没有定稿。"
		}
		c.checks.Add(kit.NewParaCaption(say))
		c.checks.Refresh()
		return
	}
	c.checks.Add(kit.NewCaptionStrong("定稿前检查"))
	c.flow.Objects = nil
	for _, m := range c.p.m.Checks() {
		happened, _, _ := strings.Cut(m.Say, "。") // what to do stands where it is mended
		mark := kit.Mark(stateOf(m.Tone), happened)
		if m.Tone == screen.Soon { // a warning, nothing that waits
			mark.Objects[0] = kit.NewGlyphSized(kit.IconLate, kit.ColorDue, kit.SizeIconPill)
		}
		c.flow.Add(mark)
	}
	c.checks.Add(c.flow)
	c.checks.Refresh()
}

func (c *minutesCard) showCorrections() {
	c.correct.Objects = nil
	for _, x := range c.p.m.Corrections() {
		c.correct.Add(kit.NewBand(kit.Due, x.No+"（"+x.At+"）", x.Text, "").With(kit.IconEdit))
	}
	c.correct.Refresh()
}

// put inserts whole paragraphs at the caret.
func (c *minutesCard) put(text string) {
	if text == "" || c.p.m.Closed() {
		return
	}
	before := c.editor.Text()
	if before != "" && !strings.HasSuffix(before, "\n") {
		text = "\n" + text
	}
	c.p.a.kit.Focus(c.editor)
	c.editor.Insert(text)
}

// phrases offers usual sentences (Ctrl+D); they go in where the caret is.
func (c *minutesCard) phrases() {
	if c.p.m.Closed() {
		return
	}
	var items []kit.MenuItem
	for _, ph := range screen.Phrases() {
		items = append(items, kit.MenuItem{Text: ph.Name + "：" + shortened(ph.Text, 14), Do: func() {
			c.p.a.kit.Focus(c.editor)
			c.editor.Insert(ph.Text)
		}})
	}
	c.p.a.kit.MenuUnder(c.phrase, items...)
}

// shortened keeps the first n characters.
func shortened(s string, n int) string {
	if runes := []rune(s); len(runes) > n+1 { // one more takes the room of the dots
		return string(runes[:n]) + "…"
	}
	return s
}
