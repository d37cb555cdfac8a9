package kit

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// tapText taps the middle of the last text in the window that reads so.
func tapText(t *testing.T, k *Kit, text string) {
	t.Helper()
	c := k.Window().Canvas()
	var found *fyne.Position
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text == text {
				middle := at.AddXY(o.MinSize().Width/2, o.Size().Height/2)
				found = &middle
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at)
			}
		}
	}
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		walk(root, fyne.Position{})
	}
	if found == nil {
		t.Fatalf("no text %q", text)
	}
	test.TapCanvas(c, *found)
}

func TestQuestionIsSafe(t *testing.T) {
	var back *Button
	did := 0
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject { back = k.Button(Normal, "撤岗", "", nil); return PadAll(back, 8) })
	ask := func() {
		k.Focus(back)
		k.Ask(Question{Title: "撤销？", Body: "可以恢复。", Safe: "不撤了", Verb: "撤销这个岗", Key: "Ctrl+G", Do: func() { did++ }})
	}
	k.SetPageKeys(Keys{"Ctrl+S": func() { t.Error("the page got a key under the dialog") }})
	for _, answer := range []func(){
		func() { press(k, fyne.KeyReturn) }, func() { press(k, fyne.KeyEscape) }, func() { tapText(t, k, "不撤了") },
	} {
		ask()
		shortcut(k, ctrl(fyne.KeyS))
		answer()
		if did != 0 || k.top() != nil || k.Focused() != fyne.Focusable(back) {
			t.Fatalf("did %d, layers %d, focus %T", did, len(k.layers), k.Focused())
		}
	}
	ask()
	tapText(t, k, "撤销这个岗")
	ask()
	shortcut(k, ctrl(fyne.KeyG))
	if did != 2 || k.top() != nil {
		t.Errorf("did %d", did)
	}
}

func TestDialogTrapsFocus(t *testing.T) {
	var under *Entry
	k, w := desk(t, func(k *Kit) fyne.CanvasObject { under = k.Entry(""); return Column(0, under) })
	a, b := k.Entry("一"), k.Entry("二")
	m := k.Show(Panel{Title: "登记党员", Width: DialogMiddle, Body: Column(4, a, b), First: a})
	seen := map[fyne.Focusable]bool{}
	for range 6 {
		seen[k.Focused()] = true
		w.Canvas().FocusNext()
	}
	if !seen[a] || !seen[b] || seen[under] {
		t.Errorf("focus went to %d places", len(seen))
	}
	m.Close()
}

func TestSelectByInitials(t *testing.T) {
	var s *Select
	got := ""
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		k.opt.Match = func(q, text string) bool {
			return strings.HasPrefix(map[string]string{"云帆智控": "yfzk", "禾木检测": "hmjc", "汇智": "hz"}[text], q)
		}
		s = k.Select([]string{"云帆智控", "禾木检测", "汇智"}, "", func(v string) { got = v })
		return Column(0, s)
	})
	k.Focus(s)
	typed(k, "h")
	typed(k, "z")
	if got != "汇智" || s.Value() != "汇智" {
		t.Errorf("chose %q", got)
	}
	press(k, fyne.KeyLeft)
	if got != "禾木检测" {
		t.Errorf("left chose %q", got)
	}
	press(k, fyne.KeySpace) // the list
	press(k, fyne.KeyUp)
	press(k, fyne.KeyReturn)
	if got != "云帆智控" || k.top() != nil {
		t.Errorf("list chose %q", got)
	}
}

func TestSegmentedByDigit(t *testing.T) {
	var s *Segmented
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		s = k.Segmented([]string{"第一", "第二", "第三"}, "第一", nil)
		return Column(0, s)
	})
	k.Focus(s)
	typed(k, "3")
	press(k, fyne.KeyLeft)
	if s.Value() != "第二" {
		t.Errorf("chose %q", s.Value())
	}
}

func TestToastUndoes(t *testing.T) {
	undone, timers := 0, 0
	var expire func()
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject {
		k.opt.After = func(_ time.Duration, f func()) func() { timers++; expire = f; return func() { timers-- } }
		return k.Shell(k.Strip("支部", StripActs{}), k.Nav(nil, nil), NewStatusBar(""))
	})
	k.Toast("已登记 3 人 11 月党费", "撤销", func() { undone++ })
	tapText(t, k, "撤销")
	k.Toast("已删除 1 条", "撤销", func() { undone++ })
	expire()
	if undone != 1 || len(k.toasts.Objects) != 0 {
		t.Errorf("undone %d, left %d", undone, len(k.toasts.Objects))
	}
}

func TestFaceChangesLive(t *testing.T) {
	var e *Entry
	k, w := desk(t, func(k *Kit) fyne.CanvasObject { e = k.Entry(""); return Column(0, NewHeading("党员名册"), e) })
	t.Cleanup(func() { k.SetFace(Standard) })
	k.Focus(e)
	typed(k, "没写完的话")
	k.SetFace(Large)
	if e.Text() != "没写完的话" || k.Focused() != fyne.Focusable(e) || k.Face() != Large {
		t.Errorf("text %q, face %v", e.Text(), k.Face())
	}
	for _, o := range test.LaidOutObjects(w.Content()) {
		if label, ok := o.(*canvas.Text); ok && label.Text == "党员名册" && label.TextSize != 27 {
			t.Errorf("heading is %v high", label.TextSize)
		}
	}
}

func TestShellGoesNarrow(t *testing.T) {
	var s *Shell
	_, w := desk(t, func(k *Kit) fyne.CanvasObject {
		s = k.Shell(k.Strip("支部", StripActs{}), k.Nav([]NavGroup{{Items: []NavItem{{ID: "a", Label: "党员名册", Short: "名册", Icon: IconMembers}}}}, nil), NewStatusBar(""))
		return s
	})
	for _, c := range []struct{ width, nav float32 }{{1366, 176}, {1280, 64}, {1536, 176}} {
		w.Resize(fyne.NewSize(c.width, 696))
		if got := s.Nav.Size().Width; got != c.nav {
			t.Errorf("%v wide: navigation %v, want %v", c.width, got, c.nav)
		}
	}
	if theme.Size(SizeHead) != 52 {
		t.Errorf("page head %v", theme.Size(SizeHead))
	}
}

func TestLettersReachTheFinder(t *testing.T) {
	var l *Ledger
	got := ""
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject { l = roster(k, 3); return l })
	k.SetOnRune(func(r rune) { got += string(r) })
	typedAnywhere := func(r rune) {
		if f := k.Focused(); f != nil {
			f.TypedRune(r)
			return
		}
		k.character(r)
	}
	k.Focus(l)
	typedAnywhere('l')
	k.Unfocus()
	typedAnywhere('w')
	if got != "lw" {
		t.Errorf("finder got %q", got)
	}
}

// TestNavigationFits shows every page at the sizes and faces of design.md §10.
func TestNavigationFits(t *testing.T) {
	for _, c := range []struct {
		face          Face
		width, height float32
	}{{Standard, 1280, 648}, {Standard, 1366, 696}, {Large, 1366, 696}, {Large, 1280, 648}} {
		var nav *Nav
		var pages []NavItem
		for _, id := range strings.Fields("a b c d e f g h i j k l m n o") {
			pages = append(pages, NavItem{ID: id, Label: "示范岗责任区", Short: "岗区", Icon: IconPost})
		}
		k, w := desk(t, func(k *Kit) fyne.CanvasObject {
			nav = k.Nav([]NavGroup{{Items: pages[:1]}, {Title: "人员", Items: pages[1:3]}, {Title: "系统", Items: pages[3:]}}, func(string) {})
			return k.Shell(k.Strip("", StripActs{}), nav, NewStatusBar(""))
		})
		k.SetFace(c.face)
		w.Resize(fyne.NewSize(c.width, c.height))
		if need := nav.scroll.Content.MinSize().Height; need > nav.scroll.Size().Height {
			t.Errorf("%v at %vx%v: %v high, room %v", c.face, c.width, c.height, need, nav.scroll.Size().Height)
		}
		w.Resize(fyne.NewSize(c.width, 330)) // too low even so: the page shown stays in view
		nav.SetCurrent("o")
		last := nav.rows[14]
		if end := last.Position().Y + last.Size().Height - nav.scroll.Offset.Y; end > nav.scroll.Size().Height+1 {
			t.Errorf("%v: the page shown ends at %v of %v", c.face, end, nav.scroll.Size().Height)
		}
	}
	Dress(testApp, Standard)
}
