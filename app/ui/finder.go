package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// finderView is the window of the finder (picture p): a box, grouped results, a
// preview of the highlighted one with its verbs.
type finderView struct {
	a       *App
	f       *screen.Finder
	panel   *kit.Modal
	box     *kit.Entry
	count   *kit.Text
	results *fyne.Container
	scroll  *container.Scroll
	preview *fyne.Container
	lines   map[*screen.Found]fyne.CanvasObject
}

// Sizes of the window in units of the standard face.
const (
	finderWidth   = 840
	finderHeight  = 520
	finderPreview = 250
)

// openFinder opens the finder with what was typed.
func (a *App) openFinder(typed string) {
	if a.Book().Revoked() {
		a.Fail(screen.BooksShut())
		return
	}
	v := &finderView{a: a, f: a.found, count: kit.NewCaption(""), results: kit.Column(0), preview: container.NewStack()}
	v.box = a.kit.Entry("找党员、会议、诉求、表格：姓名、首字母、全拼、号码").Icon(kit.IconSearch).Headline()
	v.box.OnChanged = v.typed
	v.box.OnSubmitted = func(string) { v.act(false) }
	v.box.OnKey = v.key
	v.scroll = container.NewVScroll(v.results)
	closer := a.kit.Button(kit.Quiet, "", kit.IconClose, func() { v.panel.Close() })
	head := kit.Pad(kit.Row(12, kit.Grow(v.box), v.count, closer), 8, 14, 8, 14)
	body := kit.Columns(0, []float32{0, 1, finderPreview}, v.scroll, kit.NewUpright(), v.preview)
	foot := kit.Ground(kit.ColorWarm, kit.Pad(kit.Row(16, keyHint("↑↓", "选择"), keyHint("Enter", "打开"), keyHint("Ctrl+Enter", "编辑"),
		keyHint("Ctrl+P", "打印"), keyHint("Esc", "关闭"), kit.Space(), kit.NewCaption("中文输入法里打拼音也能找：打完按 Shift 或直接选字")), 8, 14, 8, 14))
	v.panel = a.kit.ShowBare(kit.Column(0, head, newSwatchLine(theme.ColorNamePrimary, 2), kit.Grow(body), foot),
		finderWidth, finderHeight, kit.Keys{"Ctrl+Enter": func() { v.act(true) }, "Ctrl+P": v.print, "Ctrl+K": func() { v.panel.Close() }}, v.box,
		func() { a.finding = nil })
	a.finding = v
	v.box.SetText(typed)
	v.typed(typed)
}

// newSwatchLine is a coloured line across.
func newSwatchLine(c fyne.ThemeColorName, height float32) fyne.CanvasObject {
	return kit.Sized(0, height, newSwatch(c, "", 0, 0))
}

// keyHint is a key and what it does, as status bars name them.
func keyHint(key, does string) fyne.CanvasObject {
	return kit.Row(5, kit.NewCaptionStrong(key), kit.NewCaption(does))
}

// typed finds anew; while the index is still being made it says so.
func (v *finderView) typed(s string) {
	if v.f == nil {
		v.results.Objects = []fyne.CanvasObject{kit.Pad(kit.Center(kit.NewSoft("正在准备查找，马上就好；可以接着打字")), 60, 0, 0, 0)}
		v.results.Refresh()
		return
	}
	v.f.Type(s)
	v.count.Set("")
	if n := len([]rune(s)); n > 0 {
		v.count.Set(fmt.Sprintf("按了 %d 个键，找到 %d 条", n, v.f.Count()))
	}
	v.draw()
	v.scroll.ScrollToTop()
}

func (v *finderView) key(key string) bool {
	step, ok := map[string]int{"↑": -1, "↓": 1, "PgUp": -6, "PgDn": 6}[key]
	switch {
	case ok && v.f != nil:
		v.f.Move(step)
		v.draw()
		v.reveal()
	case key == "Ctrl+Enter":
		v.act(true)
	case key == "Ctrl+P":
		v.print()
	default:
		return false
	}
	return true
}

// reveal scrolls the highlighted line into view.
func (v *finderView) reveal() {
	found, ok := v.f.Current()
	line := v.lines[found]
	if !ok || line == nil {
		return
	}
	y, h := line.Position().Y, line.Size().Height
	switch {
	case y < v.scroll.Offset.Y:
		v.scroll.ScrollToOffset(fyne.NewPos(0, y))
	case y+h > v.scroll.Offset.Y+v.scroll.Size().Height:
		v.scroll.ScrollToOffset(fyne.NewPos(0, y+h-v.scroll.Size().Height))
	}
}

func (v *finderView) draw() {
	v.results.Objects, v.lines = nil, map[*screen.Found]fyne.CanvasObject{}
	now, _ := v.f.Current()
	for _, g := range v.f.Groups() {
		say := g.Say
		if g.Found[0].Target.Act == screen.ToOpen {
			say = fmt.Sprintf("%s %d", g.Say, g.Count)
		}
		v.results.Add(kit.Ground(theme.ColorNameHeaderBackground, kit.Pad(kit.NewCaptionStrong(say), 4, 16, 4, 16)))
		for _, found := range g.Found {
			line := v.line(found, found == now)
			v.lines[found] = line
			v.results.Add(line)
		}
	}
	if len(v.results.Objects) == 0 {
		v.results.Add(kit.Pad(kit.Empty(kit.IconSearch, "没有找到“"+v.f.Query()+"”", "试试只打姓的首字母，或者打号码的后几位。",
			v.a.kit.Button(kit.Normal, "清空重打", "", func() { v.box.SetText(""); v.typed("") })), 60, 0, 0, 0))
	}
	v.results.Refresh()
	v.showPreview(now)
}

func (v *finderView) line(found *screen.Found, current bool) fyne.CanvasObject {
	ground, bar := newSwatch("", "", 0, 0), newSwatch("", "", 0, 0)
	color := kit.ColorSoft
	right := found.Right
	if current {
		ground.set(theme.ColorNameSelection, "", 0)
		bar.set(theme.ColorNamePrimary, "", 0)
		color = theme.ColorNamePrimary
		if right == "" {
			right = "Enter 打开"
		}
	}
	title := kit.NewText(found.Title)
	if found.Target.Act == screen.ToOpen {
		title = kit.NewStrong(found.Title)
	}
	row := kit.Row(10, kit.NewGlyph(iconOf(found.Target), color), title, kit.Grow(kit.NewSoft(found.Note).Short()), kit.NewCaption(right))
	return newTap(kit.Stack(ground, kit.Sized(0, 39, kit.Columns(13, []float32{3, 0}, bar, kit.Pad(row, 0, 16, 0, 0)))), func() {
		v.f.Highlight(found)
		v.act(false)
	})
}

// iconOf is the picture of what a result leads to.
func iconOf(t screen.Target) kit.Icon {
	switch t.Act {
	case screen.ToPrint:
		return kit.IconPrint
	case screen.ToCreate:
		return kit.IconMemberAdd
	case screen.ToHelp:
		return kit.IconHelp
	case screen.ToGo:
		if icon, ok := navIcons()[t.Page]; ok {
			return icon
		}
	}
	if t.Kind == "member" {
		return kit.IconAccount
	}
	if icon, ok := navIcons()[screen.PageOf(t.Kind)]; ok {
		return icon
	}
	return kit.IconDocument
}

// showPreview shows the highlighted record as the card beside a list does.
func (v *finderView) showPreview(found *screen.Found) {
	if found == nil || found.Target.ID == "" || found.Target.Act != screen.ToOpen {
		v.preview.Objects = nil
		v.preview.Refresh()
		return
	}
	r, ok := v.a.Book().Get(found.Target.Kind, found.Target.ID)
	if !ok {
		return
	}
	s := v.a.Book().Summary(r, false)
	pills := kit.Wrapped(6)
	for _, m := range s.Marks {
		pills.Add(kit.NewTag(stateOf(m.Tone), m.Say))
	}
	facts := kit.Column(2, kit.NewHeading(s.Title).Short(), kit.NewSoft(s.Line).Short(), pills, kit.Pad(kit.NewRule(), 6, 0, 6, 0))
	shown := 0
	for _, section := range s.Sections {
		for _, line := range section.Lines {
			if shown++; shown > 5 {
				break
			}
			facts.Add(kit.NewCaption(line.Label))
			facts.Add(kit.NewText(line.Text).Short())
		}
	}
	word, icon := v.a.opening(r)
	edit := v.a.kit.Button(kit.Normal, word, icon, func() { v.act(true) }).Small()
	verbs := kit.Row(6, edit)
	if len(v.a.formsFor(r.Kind, 1)) > 0 {
		verbs.Add(v.a.kit.Button(kit.Normal, "打印", kit.IconPrint, func() { v.panel.Close(); v.a.PrintRecords(r.Kind, r.ID) }).Small())
	}
	v.preview.Objects = []fyne.CanvasObject{kit.Pad(kit.Column(0, kit.Grow(facts), verbs), 12, 16, 12, 16)}
	v.preview.Refresh()
}

// act does what the highlighted line stands for; edit opens its form.
func (v *finderView) act(edit bool) {
	if v.f == nil {
		return
	}
	found, ok := v.f.Current()
	if !ok {
		return
	}
	v.panel.Close()
	t := found.Target
	switch {
	case t.Act == screen.ToHelp:
		v.a.openHelp(t.Page)
	case t.Act == screen.ToGo:
		v.a.Go(Place{Page: t.Page})
	case t.Act == screen.ToCreate:
		v.a.Register(t.Text)
	case t.Act == screen.ToPrint && t.ID != "":
		v.a.preview(t.Form, t.Kind, []string{t.ID})
	case t.Act == screen.ToPrint:
		v.a.Go(Place{Page: "print", Note: t.Form})
	case edit || screen.PageOf(t.Kind) != t.Kind:
		v.a.OpenRecord(t.Kind, t.ID)
	default:
		v.a.Go(Place{Page: t.Kind, ID: t.ID})
	}
}

// print shows the highlighted record's form before it is printed.
func (v *finderView) print() {
	if v.f == nil {
		return
	}
	if t, ok := v.f.Print(); ok {
		v.panel.Close()
		v.a.preview(t.Form, t.Kind, []string{t.ID})
	}
}
