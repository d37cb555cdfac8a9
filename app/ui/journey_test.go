package ui

import (
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage"
	"zhibu/storage/storetest"
)

func standard() fyne.Size { return shot.Sizes()[0] }

// types types into what has the keyboard.
func (w *window) types(t testing.TB, text string) {
	t.Helper()
	if w.App.kit.Focused() == nil {
		t.Fatalf("nothing has the keyboard for %q", text)
	}
	for _, r := range text {
		w.App.kit.Focused().TypedRune(r)
	}
}

// keys presses keys one after the other, as a person without a mouse does.
func (w *window) keys(names ...fyne.KeyName) {
	for _, name := range names {
		focused := w.App.kit.Focused()
		takes, tabbable := focused.(fyne.Tabbable)
		switch {
		case name == fyne.KeyTab && !(tabbable && takes.AcceptsTab()):
			w.win.Canvas().FocusNext()
		case focused != nil:
			focused.TypedKey(&fyne.KeyEvent{Name: name})
		default:
			w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
		}
	}
}

// text is everything that can be read in the window.
func (w *window) text() string {
	w.Settle()
	var all []string
	for _, p := range w.Texts() {
		all = append(all, p.Text)
	}
	return strings.Join(all, "\n")
}

// sees fails unless the words stand somewhere in the window.
func (w *window) sees(t testing.TB, words ...string) {
	t.Helper()
	text := w.text()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q is nowhere in:\n%s", word, text)
		}
	}
}

func TestFirstRunWithoutAMouse(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), nil)
	w.sees(t, "这台电脑怎么用？", "先单机使用")
	w.keys("2", fyne.KeyReturn)
	w.sees(t, "支部和使用人")
	w.types(t, "青梧街道云栈科技园第三联合党支部")
	w.keys(fyne.KeyTab)
	w.types(t, "陈立群")
	w.keys(fyne.KeyReturn)
	w.types(t, "yunzhan2026")
	w.sees(t, "够用：11 位，有字母和数字")
	w.keys(fyne.KeyTab)
	for w.App.kit.Focused() != nil && !isEntry(w.App.kit.Focused()) {
		w.keys(fyne.KeyTab) // past the eye
	}
	w.types(t, "yunzhan2026")
	w.sees(t, "两次一致")
	w.keys(fyne.KeyReturn)
	z := w.wizard.w
	if len(z.Recovery) != 6 {
		t.Fatalf("no recovery code: %q", z.Problem)
	}
	w.sees(t, z.Recovery...)
	w.keys(fyne.KeySpace, fyne.KeyTab) // the tick, then the box
	w.types(t, strings.ToLower(z.Recovery[z.ProofGroup()-1]))
	w.sees(t, "对上了")
	w.keys(fyne.KeyReturn)
	w.sees(t, "都准备好了")
	w.keys(fyne.KeyReturn)
	w.sees(t, "工作台", "记下第一次会议后", "青梧街道云栈科技园第三联合党支部")
}

// The link behind an invitation's QR code, pasted where the address goes, fills both
// boxes.
func TestAnInvitationIsPastedWhole(t *testing.T) {
	const link = "zhibu://join?code=QWYZ-2026-7K4&server=https%3A%2F%2F10.0.0.8%3A8744%23ABC2"
	w := openWindow(t, kit.Standard, standard(), nil)
	w.keys("1", fyne.KeyTab)
	box, ok := w.App.kit.Focused().(*kit.Entry)
	if !ok {
		t.Fatal("no box has the keyboard")
	}
	box.Insert(link)
	if z := w.wizard.w; z.Server != "https://10.0.0.8:8744#ABC2" || z.Code != "QWYZ-2026-7K4" {
		t.Errorf("the wizard has %q, %q", z.Server, z.Code)
	}
	w.sees(t, "格式对")
}

// Enter does not give books away to a branch of another name: the safe answer has the
// keyboard, and both names stand there.
func TestJoiningAnotherNameIsAsked(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	joined := false
	w.sureToJoin("云栈科技园第三联合党支部", "花木第二党支部", func() { joined = true })
	w.sees(t, "加入“花木第二党支部”？", "本机的台账是“云栈科技园第三联合党支部”", "不加入")
	if w.keys(fyne.KeyReturn); joined {
		t.Error("joined by Enter")
	}
}

func isEntry(o fyne.Focusable) bool {
	_, ok := o.(*kit.Entry)
	return ok
}

func TestRegisterByKeyboardAndTakeItBack(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	w.Go(Place{Page: "member"})
	w.App.kit.Press("F3")
	w.types(t, "温予宁")
	w.keys(fyne.KeyTab)
	w.types(t, "310115199001010029")
	w.sees(t, "校验通过", "出生 1990-01-01・36 岁")
	w.keys(fyne.KeyTab, fyne.KeyTab)
	w.types(t, "1") // 正式党员
	w.App.kit.Press("Ctrl+S")
	w.sees(t, "已登记“温予宁”", "撤销", "在册共 21 人")
	found := w.Book().Search("member", "wyn")
	if len(found) != 1 || found[0].Values["gender"] == "" || found[0].Values["birth"] != "1990-01-01" {
		t.Fatalf("registered %v", found)
	}
	w.App.kit.Press("Ctrl+Z")
	w.sees(t, "在册共 20 人")
	w.App.kit.Press("Ctrl+Y")
	w.sees(t, "在册共 21 人")
}

func TestEditKeepsWhatWasTyped(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	who := w.Book().Search("member", "罗沐辰")[0]
	w.Go(Place{Page: "member", View: "form", ID: who.ID})
	w.App.kit.Press("Ctrl+Tab")
	f := w.page.(*formPage)
	f.goTo("title")
	w.App.kit.Focused().(*kit.Entry).Type("测试组长")
	w.sees(t, "有 1 处未保存", "原为：")
	w.keys(fyne.KeyEscape)
	w.sees(t, "有 1 处还没有保存", "先保存", "留作草稿", "放弃这 1 处")
	press(t, w, "留作草稿")
	if r, _ := w.Book().Get("member", who.ID); r.Values["title"] == "测试组长" {
		t.Fatal("a draft was saved as the record")
	}
	w.Go(Place{Page: "member", View: "form", ID: who.ID})
	w.sees(t, "上次没有存完")
	press(t, w, "接着填")
	w.App.kit.Press("Ctrl+S")
	if r, _ := w.Book().Get("member", who.ID); r.Values["title"] != "测试组长" {
		t.Errorf("saved %q", r.Values["title"])
	}
	w.sees(t, "已保存“罗沐辰”")
}

// press presses the button that shows the words.
func press(t testing.TB, w *window, words string) {
	t.Helper()
	var found *kit.Button
	look := func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
		if b, ok := o.(*kit.Button); ok && b.Text() == words {
			found = b
		}
	}
	c := w.win.Canvas()
	whole := shot.Region{Size: c.Size()}
	shot.Walk(c.Content(), whole, look)
	for _, top := range c.Overlays().List() {
		shot.Walk(top, whole, look)
	}
	if found == nil {
		t.Fatalf("no button says %q", words)
	}
	found.Press()
}

func TestLockHidesEverythingAndKeepsTyping(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	who := w.Book().Search("member", "罗沐辰")[0]
	w.Go(Place{Page: "member", View: "form", ID: who.ID})
	w.page.(*formPage).typed("title", "测试组长")
	due := strconv.Itoa(w.Book().DueNow())
	w.App.kit.Press("Ctrl+L")
	w.sees(t, "已锁定", due+" 件事今天到期或已经逾期")
	for _, p := range w.Texts() {
		if strings.Contains(p.Text, "罗沐辰") || strings.Contains(p.Text, "测试组长") {
			t.Errorf("the lock screen shows %q", p.Text)
		}
	}
	w.types(t, "不是这个密码")
	w.keys(fyne.KeyReturn)
	w.sees(t, "还可以试 4 次")
	w.types(t, storetest.Passphrase)
	w.keys(fyne.KeyReturn)
	if w.session.Stage != screen.Unlocked {
		t.Fatalf("still locked: %s", w.session.Lock.Say)
	}
	d := w.Book().Drafts()
	if len(d) != 1 || d[0].Typed["title"] != "测试组长" {
		t.Errorf("drafts after the lock: %v", d)
	}
}

func TestEveryButtonIsReachedByTab(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	for _, p := range []Place{{Page: "desk"}, {Page: "member"}, {Page: "sync"}, {Page: "settings"}, {Page: "member", View: "form"}} {
		w.Go(p)
		w.Settle()
		reached := map[fyne.Focusable]bool{}
		c := w.win.Canvas()
		for range 300 {
			c.FocusNext()
			reached[c.Focused()] = true
		}
		shot.Walk(c.Content(), shot.Region{Size: c.Size()}, func(o fyne.CanvasObject, _ fyne.Position, _ shot.Region) {
			if b, ok := o.(*kit.Button); ok && !b.Disabled() && !reached[b] {
				t.Errorf("%v: Tab never comes to %q", p, b.Text())
			}
		})
	}
}

func TestEveryKindHasAListAndAForm(t *testing.T) {
	w := openWindow(t, kit.Standard, standard(), fillSample(t))
	for _, k := range w.Book().Kinds() {
		page := screen.PageOf(k.Name)
		for _, p := range []Place{{Page: page, Kind: k.Name, View: "list"}, {Page: page, Kind: k.Name, View: "form"}} {
			made, err := generic(w.App, p)
			if err != nil {
				t.Errorf("%s: %v", k.Name, err)
				continue
			}
			w.page = nil
			w.place, w.page = p, made
			w.frame.put(p, made)
			w.Settle()
			for _, fault := range w.Faults() {
				t.Errorf("%s %s: %s", k.Name, p.View, fault)
			}
		}
	}
}

// generic makes the list or the form every kind has, also where a kind has a
// page of its own.
func generic(a *App, p Place) (Page, error) {
	if p.View == "form" {
		return newFormPage(a, p)
	}
	return newListPage(a, p)
}

// fillNothing leaves only the branch itself.
func fillNothing(s *storage.Store) {
	if _, err := screen.Open(s, shot.Moment).Found("青梧街道云栈科技园第三联合党支部"); err != nil {
		panic(err)
	}
}
