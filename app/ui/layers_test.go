package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/storage/storetest"
)

// TestLockClosesDialogsAndKeepsWhatWasTyped locks over a form in a window: nothing of
// it stays on the screen, and it is offered again.
func TestLockClosesDialogsAndKeepsWhatWasTyped(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "member"})
	w.App.kit.Press("F3")
	w.types(t, "温予宁")
	w.tick() // what is typed is stored while the window is still open
	if d := w.Book().Drafts(); len(d) != 1 || d[0].Typed["name"] != "温予宁" {
		t.Fatalf("drafts while typing: %v", d)
	}
	w.keys(fyne.KeyTab)
	w.types(t, "310115199001010029")
	w.Say("已登记温予宁")
	w.App.kit.Press("Ctrl+L")
	w.sees(t, "已锁定")
	for _, p := range w.Texts() {
		if strings.Contains(p.Text, "温予宁") || strings.Contains(p.Text, "310115") || strings.Contains(p.Text, "登记党员") {
			t.Errorf("the lock screen shows %q", p.Text)
		}
	}
	w.types(t, storetest.Passphrase)
	w.keys(fyne.KeyReturn)
	w.App.kit.Press("F3")
	w.sees(t, "温予宁", "校验通过，已带出性别、出生日期")
}

// TestDialogsKeepTheirWords closes dialogs that are no forms of a record by Esc.
func TestDialogsKeepTheirWords(t *testing.T) {
	w := sampleWindow(t)
	final := w.newest("支部党员大会", "已定稿")
	open := func() {
		w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: final})
		w.page.(*meetingPage).correct()
	}
	open()
	w.types(t, "第二项发言人应为白一宁。")
	w.tick()
	w.keys(fyne.KeyEscape)
	w.Go(Place{Page: "desk"})
	open()
	w.sees(t, "已填入上次没写完的内容", "第二项发言人应为白一宁。")
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "已记下更正，原稿没有改动", "更正 1")
	if d := w.Book().Drafts(); len(d) != 0 {
		t.Errorf("left after the act: %v", d)
	}
	w.App.kit.Press("Ctrl+Z")
	w.sees(t, "已撤销")
	if n := len(w.page.(*meetingPage).m.Corrections()); n != 0 {
		r, _ := w.Book().Get("meeting", final)
		t.Errorf("%d corrections after undo %v", n, r.Rows("corrections"))
	}
}

func TestHelpAnswersEverywhere(t *testing.T) {
	first := openWindow(t, kit.Standard, standard(), nil)
	first.App.kit.Press("F1")
	first.sees(t, "第一次打开要走四步：怎么用、支部信息、密码与恢复码、完成。大约三分钟。")

	w := sampleWindow(t)
	w.App.kit.Press("F3")
	w.App.kit.Press("F1")
	w.sees(t, "登记党员", "打开台账先看这一页：左边是到期的事，右边是组织生活、发展党员、同步和备份的情况。")
	w.App.kit.Press("F1")
	w.keys(fyne.KeyEscape)
	w.App.kit.Press("Ctrl+L")
	w.App.kit.Press("F1")
	w.sees(t, "台账是加密的，没有密码谁也看不到。离开座位按 Ctrl+L 锁上。")
}

// TestUndrawnCharactersAreNamed types a character that the screen face lacks.
func TestUndrawnCharactersAreNamed(t *testing.T) {
	w := sampleWindow(t)
	id := w.Book().Search("member", "罗沐辰")[0].ID
	w.Go(Place{Page: "member", View: "form", ID: id})
	w.page.(*formPage).typed("native_place", "\U00031350镇")
	w.sees(t, "“\U00031350”屏幕上显示成方框")
	_, complaints, err := w.Book().Save("member", id, map[string]string{"native_place": "\U00031350镇"})
	if r, _ := w.Book().Get("member", id); err != nil || len(complaints) == 0 || r.Values["native_place"] != "\U00031350镇" {
		t.Errorf("saved %q, said %v, %v", r.Values["native_place"], complaints, err)
	}
}

// TestPoolDialogsKeepTheirWords leaves the dialogs of a step by Esc and by the lock.
func TestPoolDialogsKeepTheirWords(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "pool"})
	p := w.page.(*poolPage)
	w.keys(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyReturn)
	w.App.kit.Focused().(*kit.Entry).Type("2026-11-19")
	w.keys(fyne.KeyEscape)
	if d := w.Book().Drafts(); len(d) != 1 || d[0].Key != "pool/"+p.p.Current()+"/第 2 步" {
		t.Fatalf("drafts: %v", d)
	}
	w.keys(fyne.KeyReturn)
	w.sees(t, "已填入上次没写完的内容")
	w.App.kit.Press("Ctrl+S")
	if r, _ := w.Book().Get("pool", p.p.Current()); r.Values["talked"] != "2026-11-19" || len(w.Book().Drafts()) != 0 {
		t.Errorf("talked %q, left %v", r.Values["talked"], w.Book().Drafts())
	}
	d, _ := p.p.Detail()
	p.deadline(d)
	w.types(t, "2026-12-20")
	w.keys(fyne.KeyTab)
	w.types(t, "本人出差")
	w.putAway()
	p.deadline(d)
	w.sees(t, "已填入上次没写完的内容", "本人出差")
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "期限改到 2026-12-20")
	if d := w.Book().Drafts(); len(d) != 0 {
		t.Errorf("left after the act: %v", d)
	}
}
