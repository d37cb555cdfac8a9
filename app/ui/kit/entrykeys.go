package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TypedKey moves and edits; what the box has no use for goes on to the page.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if e.hooked(keyName(ev.Name)) {
		return
	}
	if e.move(ev.Name, e.kit.held(fyne.KeyModifierShift)) {
		return
	}
	switch ev.Name {
	case fyne.KeyBackspace:
		e.erase(e.buf.left)
	case fyne.KeyDelete:
		e.erase(e.buf.right)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.enter(ev)
	default:
		if ev.Name != fyne.KeySpace && len(ev.Name) > 1 { // letters come as characters
			e.control.TypedKey(ev)
		}
	}
}

// hooked asks those that see keys before the box.
func (e *Entry) hooked(key string) bool {
	return e.onOwnKey != nil && e.onOwnKey(key) || e.OnKey != nil && e.OnKey(key)
}

func (e *Entry) erase(to func(mark) mark) {
	if e.writable() && e.buf.erase(to) {
		e.edited()
	}
}

// enter makes a new paragraph, submits, or leaves Enter to the page.
func (e *Entry) enter(ev *fyne.KeyEvent) {
	switch {
	case !e.buf.single:
		if e.writable() && e.buf.insert("\n"+e.indent()) {
			e.edited()
		}
	case e.OnSubmitted != nil:
		e.OnSubmitted(e.buf.String())
	default:
		e.control.TypedKey(ev)
	}
}

// indent is what a new paragraph of the editor begins with: the indent of the
// present one, two characters after a heading.
func (e *Entry) indent() string {
	if e.heading == nil {
		return ""
	}
	from, _ := e.buf.selection()
	p := string(e.buf.pars[from.par])
	if e.heading(p) {
		return "　　"
	}
	return p[:len(p)-len(strings.TrimLeft(p, "　 "))]
}

// move takes the keys that move the caret and reports whether it did.
func (e *Entry) move(key fyne.KeyName, extend bool) bool {
	b, to := e.buf, e.buf.caret
	switch key {
	case fyne.KeyLeft:
		to = b.left(to)
		if from, end := b.selection(); !extend && from != end {
			to = from
		}
	case fyne.KeyRight:
		to = b.right(to)
		if from, end := b.selection(); !extend && from != end {
			to = end
		}
	case fyne.KeyHome:
		to = e.page.lineEdge(to, false)
	case fyne.KeyEnd:
		to = e.page.lineEdge(to, true)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if b.single {
			return false
		}
		e.vertical(map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1,
			fyne.KeyPageUp: -e.page.perView(), fyne.KeyPageDown: e.page.perView()}[key], extend)
		return true
	default:
		return false
	}
	e.page.goal = -1
	e.jump(to, extend)
	return true
}

// vertical moves by lines, keeping to the column where the movement began.
func (e *Entry) vertical(lines int, extend bool) {
	at := e.page.position(e.buf.caret)
	if e.page.goal < 0 {
		e.page.goal = at.X
	}
	goal := e.page.goal
	to := e.page.markAt(fyne.NewPos(goal, at.Y+(float32(lines)+0.5)*e.page.lineHeight()))
	e.jump(to, extend)
	e.page.goal = goal
}

func (e *Entry) jump(to mark, extend bool) {
	e.buf.moveTo(to, extend)
	e.page.reveal()
	e.page.Refresh()
}

// TypedShortcut takes the editing shortcuts and hands every other to the page.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	key := shortcutName(s)
	if e.hooked(key) {
		return
	}
	if f := e.editing(key); f == nil || !f() {
		e.kit.shortcut(s)
	}
}

// editing returns what a shortcut does to the text, nil if nothing; the function
// reports whether there was anything to do.
func (e *Entry) editing(key string) func() bool {
	jump := func(to func(mark) mark, extend bool) func() bool {
		return func() bool { e.jump(to(e.buf.caret), extend); return true }
	}
	start := func(mark) mark { return mark{} }
	end := func(mark) mark { return e.buf.end() }
	return map[string]func() bool{
		"Ctrl+Z":          func() bool { return e.step(e.buf.undo) },
		"Ctrl+Y":          func() bool { return e.step(e.buf.redo) },
		"Ctrl+Shift+Z":    func() bool { return e.step(e.buf.redo) },
		"Ctrl+A":          func() bool { e.SelectAll(); return true },
		"Ctrl+C":          func() bool { e.copy(); return true },
		"Ctrl+X":          func() bool { e.cut(); return true },
		"Ctrl+V":          func() bool { e.paste(); return true },
		"Ctrl+←":          jump(e.buf.wordLeft, false),
		"Ctrl+→":          jump(e.buf.wordRight, false),
		"Ctrl+Shift+←":    jump(e.buf.wordLeft, true),
		"Ctrl+Shift+→":    jump(e.buf.wordRight, true),
		"Ctrl+Home":       jump(start, false),
		"Ctrl+End":        jump(end, false),
		"Ctrl+Shift+Home": jump(start, true),
		"Ctrl+Shift+End":  jump(end, true),
		"Ctrl+Backspace":  func() bool { e.erase(e.buf.wordLeft); return true },
		"Ctrl+Delete":     func() bool { e.erase(e.buf.wordRight); return true },
	}[key]
}

// step undoes or redoes; with nothing left the page's own undo is asked.
func (e *Entry) step(f func() bool) bool {
	if !e.writable() || !f() {
		return false
	}
	e.edited()
	return true
}

func (e *Entry) copy() {
	if s := e.buf.selected(); s != "" && !e.hidden {
		e.kit.Copy(s)
	}
}

func (e *Entry) cut() {
	if e.writable() && !e.hidden && e.buf.selected() != "" {
		e.copy()
		e.erase(e.buf.left)
	}
}

func (e *Entry) paste() {
	if s := e.kit.Clipboard(); e.writable() && s != "" {
		e.Insert(s)
	}
}

// menu shows the right-click menu.
func (e *Entry) menu(at fyne.Position) {
	e.takeFocus()
	none := e.buf.selected() == ""
	e.kit.Menu(at,
		MenuItem{Text: "撤销", Key: "Ctrl+Z", Off: len(e.buf.past) == 0, Do: func() { e.step(e.buf.undo) }},
		MenuItem{Text: "恢复", Key: "Ctrl+Y", Off: len(e.buf.future) == 0, Do: func() { e.step(e.buf.redo) }},
		MenuItem{},
		MenuItem{Text: "剪切", Key: "Ctrl+X", Off: none || e.hidden || !e.writable(), Do: e.cut},
		MenuItem{Text: "复制", Key: "Ctrl+C", Off: none || e.hidden, Do: e.copy},
		MenuItem{Text: "粘贴", Key: "Ctrl+V", Off: !e.writable() || e.kit.Clipboard() == "", Do: e.paste},
		MenuItem{},
		MenuItem{Text: "全选", Key: "Ctrl+A", Off: e.buf.count == 0, Do: e.SelectAll},
	)
}

// innerButton is the small icon at the right end of a box: the eye, the calendar,
// the arrow. It is reached by mouse only; the box has a key for the same.
type innerButton struct {
	widget.BaseWidget
	icon  Icon
	onTap func()
}

func newInnerButton(icon Icon, tapped func()) *innerButton {
	b := &innerButton{icon: icon, onTap: tapped}
	b.ExtendBaseWidget(b)
	return b
}

func (b *innerButton) set(icon Icon) {
	b.icon = icon
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *innerButton) Tapped(*fyne.PointEvent) { b.onTap() }

// Cursor implements desktop.Cursorable.
func (b *innerButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (b *innerButton) CreateRenderer() fyne.WidgetRenderer {
	img := picture()
	return draw(b, drawing{
		objects: []fyne.CanvasObject{img},
		min: func() fyne.Size {
			return fyne.NewSize(theme.Size(theme.SizeNameInlineIcon)+12, theme.Size(theme.SizeNameInlineIcon))
		},
		layout: func(s fyne.Size) {
			side := theme.Size(theme.SizeNameInlineIcon)
			place(img, midY(s.Width, side), midY(s.Height, side), side, side)
		},
		paint: func() { show(img, b.icon, ColorSoft) },
	})
}
