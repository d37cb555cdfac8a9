package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage/record"
)

// TestAVoteIsTakenInPlace takes a vote by keyboard: what it is about, its figures, what
// its sort asks besides; with an item of the agenda at hand it begins with the figures.
func TestAVoteIsTakenInPlace(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting"})
	p := w.page.(*meetingPage)
	p.votes.add()
	w.types(t, "通过本季度工作安排")
	w.keys(fyne.KeyReturn)
	w.types(t, "17")
	w.sees(t, "票数不符", "去掉这项表决")
	if v := p.m.Votes()[0]; v.Item != "通过本季度工作安排" || v.Text("for") != "17" || len(w.win.Canvas().Overlays().List()) > 0 {
		t.Fatalf("%q, %s, %d windows over the page", v.Item, v.Text("for"), len(w.win.Canvas().Overlays().List()))
	}
	l := p.votes.lines[0]
	w.App.kit.Press("Esc")
	if w.page != Page(p) || !l.under.Hidden {
		t.Fatal("Esc does not put the details away")
	}
	p.votes.turn(l.row)
	method := slices.IndexFunc(l.details, func(b *box) bool { return b.field.Name == "method" })
	l.details[method].object.(*kit.Select).OnChanged("无记名投票")
	w.sees(t, "监票人")
	w.App.kit.Press("Ctrl+Z")
	if got := l.details[method].object.(*kit.Select).Value(); got != "举手" {
		t.Errorf("undone, the box shows %q", got)
	}
	p.m.AddAgenda("布置主题党日")
	p.votes.add()
	if second := p.votes.lines[1]; w.App.kit.Focused() != fyne.Focusable(second.boxes["for"]) || !second.under.Hidden {
		t.Error("a vote on an item of the agenda does not begin with its figures")
	}
	p.votes.turn(l.row)
	if p.votes.turn(p.votes.lines[1].row); !p.votes.lines[0].under.Hidden || p.votes.lines[1].under.Hidden {
		t.Error("not the details of one vote are shown")
	}
}

// TestSeatsAreInViewInLargeType opens a meeting in the smallest window in 大字版: who came
// is what is pressed first.
func TestSeatsAreInViewInLargeType(t *testing.T) {
	w := openWindow(t, kit.Large, fyne.NewSize(1280, 648), fillSample(t))
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting"})
	w.Settle()
	seats := map[string]bool{}
	for _, s := range w.page.(*meetingPage).m.Seats() {
		seats[s.Name] = true
	}
	inView := 0
	for _, p := range shot.Texts(w.win.Canvas()) {
		if seats[p.Text] && p.Visible() {
			inView++
		}
	}
	if inView < 12 {
		t.Errorf("%d of %d seats are in view", inView, len(seats))
	}
}

// TestChecksStayInTheirCard makes the checks before finalising more than one line and
// one of them a long sentence.
func TestChecksStayInTheirCard(t *testing.T) {
	w := openWindow(t, kit.Large, fyne.NewSize(1280, 648), fillSample(t))
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting"})
	w.Settle()
	p := w.page.(*meetingPage)
	p.m.Type(record.Path("resolution", "r1", "due"), "下周")
	p.m.Settle()
	p.changed()
	foot := w.fy.Driver().AbsolutePositionForObject(p.minutes.card).Y + p.minutes.card.Size().Height
	for _, text := range shot.Texts(w.win.Canvas()) {
		if strings.Contains(text.Text, "完成时限") && (text.At.Y+text.Size.Height > foot || text.At.X+text.Size.Width > 1280) {
			t.Errorf("%q stands at %v, the card ends at %v", text.Text, text.At, foot)
		}
	}
	w.sees(t, "“完成时限”")
}
