package ui

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// Every error looks the same (design.md §6): a band with what happened, what to do
// and what was kept, under it the verbs and the number that a helper asks for.

// newRefusal is the band of an error, hidden until there is one.
func newRefusal() *kit.Band {
	b := kit.NewBand(kit.Overdue, "", "", "")
	b.Hide()
	return b
}

// refusal is the band of an error that is there.
func refusal(err error) *kit.Band {
	b := newRefusal()
	showRefusal(b, err)
	return b
}

// refuse shows an error in its band, or that there is none any more.
func showRefusal(b *kit.Band, err error) {
	if err == nil {
		b.Hide()
		return
	}
	happened, do, kept := record.Parts(err)
	b.Set(kit.Overdue, happened, do, kept)
	b.Show()
}

// failed is an error in a pane: the band, the verbs, the number.
func (a *App) failed(err error, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(8, refusal(err), kit.Row(8, append(verbs, kit.Space(), a.number(err))...))
}

// number is the code of an error; pressed it copies what a helper needs to know,
// without anything a person typed.
func (a *App) number(err error) *kit.Button {
	code := record.CodeOf(err)
	if code == "" {
		code = "UNEXPECTED"
	}
	return a.kit.Link("编号 "+code, func() {
		happened, _, _ := record.Parts(err)
		a.kit.Copy(fmt.Sprintf("%s %s\n%s\n%s %s\n%v", Name, a.cfg.Version, a.cfg.Now().Format("2006-01-02 15:04:05"), code, happened, err))
		a.Say("编号和说明已复制，粘贴给帮忙的人")
	}).Caption()
}

// Fail shows why something was not done; one failure at a time.
func (a *App) Fail(err error) { a.FailAgain(err, nil) }

// FailAgain is Fail of work that can be done again as it was: 重试 does so.
func (a *App) FailAgain(err error, again func()) {
	switch {
	case err == nil || a.failure != nil:
		return
	case record.CodeOf(err) == screen.MustRestart:
		a.session.Mend() // which says what became of it
		return
	case errors.Is(err, context.Canceled):
		a.Say("已停下，没有改动")
		return
	}
	shut := func() { a.failure.Close() }
	verb := a.kit.Button(kit.Primary, "知道了", "", shut)
	foot := []fyne.CanvasObject{a.number(err), kit.Space()}
	if again != nil && !screen.IsBarred(err) {
		foot = append(foot, a.kit.Button(kit.Normal, "知道了", "", shut))
		verb = a.kit.Button(kit.Primary, "重试", kit.IconRefresh, func() { shut(); again() })
	}
	a.failure = a.kit.Show(kit.Panel{Title: "这一步没有做成", Width: kit.DialogNarrow, Body: refusal(err),
		Foot: kit.Row(8, append(foot, verb)...), First: verb, OnClose: func() { a.failure = nil }})
}
