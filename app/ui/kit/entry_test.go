package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestRulerIsTheSumOfCharacters(t *testing.T) {
	for _, s := range []string{"支部党员大会", "2026-11-20 14:00", "AVA Ta 到会 17 人（请假 2）", "，。“”·古丽巴哈尔·买买提"} {
		m := newRuler("text", false)
		if got, want := m.sum([]rune(s)), widthOf(s, "text", false); got < want-0.6 || got > want+0.6 {
			t.Errorf("%q: sum %v, drawn %v", s, got, want)
		}
	}
}

func TestEntryTypes(t *testing.T) {
	var e *Entry
	var last string
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		e = k.Entry("姓名")
		e.OnChanged = func(s string) { last = s }
		return Column(0, e)
	})
	k.Focus(e)
	test.Type(e, "你好世界")
	press(k, fyne.KeyBackspace)
	press(k, fyne.KeyLeft)
	test.Type(e, "新")
	if e.Text() != "你好新世" || last != e.Text() {
		t.Fatalf("text %q, told %q", e.Text(), last)
	}
	shortcut(k, &fyne.ShortcutUndo{})
	if e.Text() != "你好世" {
		t.Errorf("undo: %q", e.Text())
	}
	shortcut(k, &fyne.ShortcutRedo{})
	if e.Text() != "你好新世" {
		t.Errorf("redo: %q", e.Text())
	}
}

func TestEntryPasteIsClean(t *testing.T) {
	var one, many *Entry
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		one, many = k.Entry(""), k.Area("", 3)
		return Column(0, one, many)
	})
	k.Copy("一\u200b、学习\u00a0党章\r\n二、讨论\v三\ufeff\r\n")
	for _, c := range []struct {
		e    *Entry
		want string
	}{{one, "一、学习 党章 二、讨论 三"}, {many, "一、学习 党章\n二、讨论\n三\n"}} {
		k.Focus(c.e)
		shortcut(k, &fyne.ShortcutPaste{})
		if c.e.Text() != c.want {
			t.Errorf("got %q, want %q", c.e.Text(), c.want)
		}
	}
}

func TestEntryLongest(t *testing.T) {
	var e *Entry
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject { e = k.Entry("").Most(4); return Column(0, e) })
	k.Focus(e)
	e.Insert("一二三四五六")
	test.Type(e, "七")
	if e.Text() != "一二三四" {
		t.Errorf("%q", e.Text())
	}
}

func TestEntryHandsKeysOn(t *testing.T) {
	var e *Entry
	got := ""
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject { e = k.Entry(""); return Column(0, e) })
	k.SetPageKeys(Keys{"Ctrl+S": func() { got += "save " }, "Esc": func() { got += "back " }, "Enter": func() { got += "enter" }})
	k.Focus(e)
	shortcut(k, ctrl("S"))
	press(k, fyne.KeyEscape)
	press(k, fyne.KeyReturn)
	if got != "save back enter" {
		t.Errorf("page got %q", got)
	}
}

func TestEditorParagraphs(t *testing.T) {
	var e *Entry
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		e = k.Editor("", func(p string) bool { return strings.HasPrefix(p, "一、") })
		return e
	})
	k.Focus(e)
	test.Type(e, "一、学习党章")
	press(k, fyne.KeyReturn)
	test.Type(e, "陈立群领学。")
	press(k, fyne.KeyReturn)
	test.Type(e, "交流发言。")
	if want := "一、学习党章\n　　陈立群领学。\n　　交流发言。"; e.Text() != want {
		t.Fatalf("got %q", e.Text())
	}
	for range len([]rune("　　交流发言。")) + 1 { // the last Backspace joins the paragraphs
		press(k, fyne.KeyBackspace)
	}
	if want := "一、学习党章\n　　陈立群领学。"; e.Text() != want {
		t.Fatalf("joined %q", e.Text())
	}
	e.buf.anchor, e.buf.caret = mark{0, 4}, mark{1, 3}
	shortcut(k, &fyne.ShortcutCut{})
	if want := "一、学习立群领学。"; e.Text() != want || k.Clipboard() != "党章\n　　陈" {
		t.Fatalf("cut %q, clipboard %q", e.Text(), k.Clipboard())
	}
	for range 2 {
		shortcut(k, &fyne.ShortcutUndo{})
	}
	if want := "一、学习党章\n　　陈立群领学。\n"; !strings.HasPrefix(e.Text(), want) {
		t.Errorf("undone %q", e.Text())
	}
}

func TestBreaksKeepMarksInPlace(t *testing.T) {
	m := newRuler("text", false)
	text := "詹云舒宣读入党志愿书，汇报对党的认识、本人履历（2019-06-12 起）和需要说明的问题。“会议”"
	for width := float32(60); width < 400; width += 7 {
		var all string
		for _, l := range wrap(text, width, m) {
			all += l
			if r := []rune(l); len(r) > 1 && (strings.ContainsRune(notFirst, r[0]) || strings.ContainsRune(notLast, r[len(r)-1])) {
				t.Errorf("width %v: line %q", width, l)
			}
		}
		if all != text {
			t.Errorf("width %v lost characters: %q", width, all)
		}
	}
}

func BenchmarkEditorKeystroke20000(b *testing.B) {
	w := test.NewTempWindow(b, nil)
	k := New(testApp, w, Options{})
	e := k.Editor("", nil)
	w.SetContent(e)
	w.Resize(fyne.NewSize(620, 520))
	e.SetText(strings.Repeat(strings.Repeat("大会讨论认为其在质量攻关中主动担当。", 11)+"\n", 101))
	k.Focus(e)
	for b.Loop() {
		e.TypedRune('会')
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
}

func TestEditorKeepsTheCaretInView(t *testing.T) {
	var e *Entry
	k, w := desk(t, func(k *Kit) fyne.CanvasObject { e = k.Editor("", nil); return e })
	w.Resize(fyne.NewSize(500, 200))
	k.Focus(e)
	inView := func(what string) {
		t.Helper()
		at, h := e.Caret()
		if at.Y < 0 || at.Y+h > 200 {
			t.Errorf("%s: caret at %v", what, at)
		}
		last := ""
		for _, o := range test.WidgetRenderer(e.page).Objects() {
			if text, ok := o.(*canvas.Text); ok {
				last = text.Text
			}
		}
		if last == "" {
			t.Errorf("%s: no text drawn", what)
		}
	}
	for range 30 {
		typed(k, "第几行")
		press(k, fyne.KeyReturn)
	}
	typed(k, "末行")
	inView("typing")
	shortcut(k, ctrl(fyne.KeyHome))
	inView("Ctrl+Home")
	shortcut(k, ctrl(fyne.KeyEnd))
	inView("Ctrl+End")
	press(k, fyne.KeyPageUp)
	inView("PgUp")
}

// TestALongLineShowsItsBeginningWhenLeft types more than a box holds and leaves it.
func TestALongLineShowsItsBeginningWhenLeft(t *testing.T) {
	var e, other *Entry
	k, w := desk(t, func(k *Kit) fyne.CanvasObject { e, other = k.Entry(""), k.Entry(""); return Column(0, e, other) })
	w.Resize(fyne.NewSize(200, 100))
	shown := func() string {
		for _, o := range test.WidgetRenderer(e.page).Objects() {
			if text, ok := o.(*canvas.Text); ok && text.Text != "" {
				return text.Text
			}
		}
		return ""
	}
	k.Focus(e)
	typed(k, "青梧街道云栈科技园第三联合党支部")
	if !strings.HasSuffix(shown(), "党支部") {
		t.Errorf("typing at the end shows %q", shown())
	}
	k.Focus(other)
	if !strings.HasPrefix(shown(), "青梧") {
		t.Errorf("left, it shows %q", shown())
	}
}
