package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage/record"
)

// unseen fails where one of the words stands in the window.
func (w *window) unseen(t testing.TB, words ...string) {
	t.Helper()
	text := w.text()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%q stands in:\n%s", word, text)
		}
	}
}

// TestAnOldYearIsOpenedOnlyOnPurpose tries every way into a training of last year, then
// the one there is.
func TestAnOldYearIsOpenedOnlyOnPurpose(t *testing.T) {
	w := sampleWindow(t)
	id := lastYears(w.Book())
	at := Place{Page: "training", View: "form", Kind: "training", ID: id}
	w.Go(at)
	w.sees(t, "往年记录，只能查看和打印", "补改", "云栈科技园一号会议室", "陆婉清")
	w.unseen(t, "保存并登记", "取消", "上移", "删掉这行", "加附件")
	press(t, w, "打印")
	w.Back()
	f := w.page.(*formPage)
	for _, key := range []string{"Ctrl+S", "Ctrl+Enter", "Ctrl+V", "Ctrl+Y"} {
		w.App.kit.Press(key)
		if w.page != f || f.form.Changes() != 0 || len(w.win.Canvas().Overlays().List()) > 0 {
			t.Errorf("%s leads to %+v", key, w.place)
		}
	}
	w.sees(t, "这是 2025 年的记录，年度统计已截止，从 2026-02-01 起只能查看和打印")
	for range 12 { // through the texts and the rows
		w.keys(fyne.KeyTab, fyne.KeyDelete, fyne.KeyBackspace)
	}
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(filepath.Join(w.vault.Dir, "名单.xlsx"))})
	if w.page != f || f.form.Changes() != 0 || len(w.Book().Drafts()) != 0 {
		t.Errorf("typed %v, at %+v", f.form.Changed(), w.place)
	}
	f.goTo("place")
	w.types(t, "luo") // letters find
	if w.finding == nil {
		t.Error("letters go nowhere")
	}
	w.App.kit.Press("Esc")

	press(t, w, "补改")
	w.sees(t, "保存并登记下一条", "取消")
	w.unseen(t, "往年记录")
	f.goTo("place")
	w.types(t, "（东）")
	w.App.kit.Press("Ctrl+S")
	if r, _ := w.Book().Get("training", id); !strings.Contains(r.Values["place"], "（东）") {
		t.Errorf("saved %q", r.Values["place"])
	}
	w.Go(at)
	w.sees(t, "往年记录，只能查看和打印", "补改")

	w.Go(Place{Page: "training", View: "list", Kind: "training", ID: id})
	w.sees(t, "查看")
	w.page.(*listPage).remove()
	w.sees(t, "这里有往年（2025 年）的记录，年度统计已截止。30 天内可以在")
}

// TestAReaderIsToldAtOnce presses what would be typed into, on every page: nothing opens
// but the reason.
func TestAReaderIsToldAtOnce(t *testing.T) {
	w := openWindow(t, kit.Standard, shot.Sizes()[0], written(onlyReads))
	list := func(kind string) Place { return Place{Page: kind, View: "list", Kind: kind} }
	for _, c := range []struct {
		at Place
		do func()
	}{
		{Place{Page: "desk"}, func() { w.App.kit.Press("F2") }},
		{Place{Page: "desk"}, func() { w.App.kit.Press("F3") }},
		{Place{Page: "desk"}, func() { w.App.kit.Press("F4") }},
		{Place{Page: "desk"}, func() { w.mute(w.desk.Groups()[0].Duties[0]) }},
		{Place{Page: "member"}, func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "member"}, func() { w.App.kit.Press("Delete") }},
		{Place{Page: "member"}, func() { w.page.(*listPage).regroup() }},
		{Place{Page: "member"}, func() { w.happen(w.page.(*listPage).list.Current()) }},
		{list("dossier"), func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "pool"}, func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "pool"}, func() { w.page.(*poolPage).do() }},
		{Place{Page: "pool"}, func() { d, _ := w.page.(*poolPage).p.Detail(); w.page.(*poolPage).deadline(d) }},
		{Place{Page: "meeting"}, func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "training"}, func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "post"}, func() { w.App.kit.Press("Ctrl+N") }},
		{Place{Page: "post"}, func() { w.App.kit.Press("Ctrl+Enter") }},
		{Place{Page: "post"}, func() { d, _ := w.page.(*signsPage).s.Detail(); w.page.(*signsPage).act(d.Acts[1]) }},
		{Place{Page: "demand"}, func() { w.App.kit.Press("Ctrl+→") }},
		{Place{Page: "dues"}, func() { w.page.(*duesPage).handOver() }},
	} {
		w.Go(c.at)
		page, past := w.page, len(w.past)
		c.do()
		w.sees(t, "这一步没有做成", "这台电脑的角色是“只读”，不能改", "知道了")
		w.unseen(t, "重试")
		if w.page != page || len(w.past) != past || len(w.win.Canvas().Overlays().List()) != 1 {
			t.Errorf("%+v: it leads to %+v", c.at, w.place)
		}
		for len(w.win.Canvas().Overlays().List()) > 0 {
			w.App.kit.Press("Esc")
		}
	}
	w.Go(Place{Page: "dues"})
	if p := w.page.(*duesPage); p.list[0].Open {
		t.Error("a line of the dues is open")
	}
}

// TestAReaderReads opens the forms of a register and a draft of others.
func TestAReaderReads(t *testing.T) {
	w := openWindow(t, kit.Standard, shot.Sizes()[0], written(onlyReads))
	w.Go(Place{Page: "member"})
	w.sees(t, "查看")
	w.page.(*listPage).edit()
	w.sees(t, "党员名册在这台电脑上只能查看和打印", "党员信息", "*******")
	w.unseen(t, "补改", "信息编辑", "选照片")
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: w.newest("支部党员大会", "草稿")})
	p := w.page.(*meetingPage)
	for _, do := range []func(){p.save, p.finalise, p.correct, p.agenda.rename, p.agenda.drop, p.minutes.phrases, func() { p.seats.mark("缺席") }} {
		do()
	}
	if p.m.Changes() != 0 || len(w.win.Canvas().Overlays().List()) != 0 || len(w.Book().Drafts()) != 0 {
		t.Errorf("changed: %v", p.m.Changed())
	}
	w.sees(t, "这份记录还没有定稿。", "没有附件")
	w.unseen(t, "存草稿", "定稿并锁定", "加附件", "开更正")
}

// TestAFinalisedMeetingTakesEvidence attaches a page that was signed and saves it.
func TestAFinalisedMeetingTakesEvidence(t *testing.T) {
	w := sampleWindow(t)
	id := w.newest("支部党员大会", "已定稿")
	w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: id})
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(drawnPicture(t))})
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "已保存：支部党员大会")
	if r, _ := w.Book().Get("meeting", id); len(r.Rows("files")) != 1 {
		t.Errorf("attached: %v", r.Rows("files"))
	}
	w.Go(Place{Page: "meeting", View: "all", Kind: "meeting", ID: id})
	f := w.page.(*formPage)
	w.sees(t, "已定稿，不能直接改")
	f.goTo("place")
	if !f.form.Fixed("place") || f.form.Fixed(record.Path("files", "", "")) {
		t.Error("what is open after the seal is not")
	}
}
