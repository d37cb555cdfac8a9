package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Entry is the one text box of the program: a line, a password, several lines, or
// the editor of long minutes. It takes committed characters of any input method,
// reports where its caret is (see Caret), and costs a keystroke only its
// paragraph, so 20,000 characters stay quick.
type Entry struct {
	control
	// OnChanged is called after every change a person makes.
	OnChanged func(string)
	// OnSubmitted is called on Enter in a single line. Without it Enter goes to
	// the page.
	OnSubmitted func(string)
	// OnKey sees every key before the box and returns true if it took it: the
	// list under a search box moves with ↑ and ↓.
	OnKey func(key string) bool
	// OnFocus is called when the box gets and loses the keyboard.
	OnFocus func(bool)
	// OnCaps tells a password box's surroundings, at its focus and after every key,
	// whether the keyboard writes capitals.
	OnCaps func(bool)

	onOwnKey func(key string) bool // keys of a box made on this one
	onLeave  func()

	buf         *buffer
	page        *page
	scroll      *container.Scroll
	holder      string
	icon        Icon
	tail        *innerButton
	rows        int
	takesTab    bool // Tab comes to OnKey instead of moving on
	size        fyne.ThemeSizeName
	bare, small bool
	secret      bool // a password
	hidden      bool // characters shown as dots
	right       bool // numbers: aligned to the right
	bad         bool
	changed     bool
	locked      bool
	reading     bool // locked for good, without a sign of a box
	heading     func(string) bool
}

// Entry returns a single line.
func (k *Kit) Entry(placeholder string) *Entry { return k.entry(placeholder, true) }

// Area returns a box of several lines; Enter makes a new one.
func (k *Kit) Area(placeholder string, rows int) *Entry {
	e := k.entry(placeholder, false)
	e.rows = rows
	return e
}

// Editor returns the frameless editor of long texts: it fills its card. heading
// tells which paragraphs are headings and stand bold; nil for none. A new
// paragraph begins as the one before it was indented.
func (k *Kit) Editor(placeholder string, heading func(string) bool) *Entry {
	e := k.Area(placeholder, 8)
	e.bare, e.heading = true, heading
	return e
}

func (k *Kit) entry(placeholder string, single bool) *Entry {
	e := &Entry{buf: newBuffer(single), holder: placeholder, size: theme.SizeNameText}
	e.page = newPage(e)
	e.buf.onTouched = e.page.touched
	if !single {
		e.scroll = container.NewVScroll(e.page)
		e.scroll.OnScrolled = func(fyne.Position) { e.page.Refresh() }
	}
	e.own(k, e)
	return e
}

// Icon puts an icon at the left and returns the box.
func (e *Entry) Icon(i Icon) *Entry { e.icon = i; return e }

// Most limits the length in characters and returns the box.
func (e *Entry) Most(characters int) *Entry { e.buf.most = characters; return e }

// Small makes a single line 28 / 38 high and returns it.
func (e *Entry) Small() *Entry { e.small = true; return e }

// Right aligns a number to the right and returns the box.
func (e *Entry) Right() *Entry { e.right = true; return e }

// Text returns what is in the box.
func (e *Entry) Text() string { return e.buf.String() }

// SetText puts text into the box without calling OnChanged and forgets undo.
func (e *Entry) SetText(s string) {
	if s == e.buf.String() {
		return
	}
	e.buf.set(s)
	e.Refresh()
}

// Type replaces the text as a person would: OnChanged is called, undo takes it back.
func (e *Entry) Type(s string) {
	e.buf.selectAll()
	e.Insert(s)
}

// Insert puts text at the caret in place of the selection, as typing does: a
// phrase, an agenda. Undo takes it back in one step.
func (e *Entry) Insert(s string) {
	e.buf.sealed = true
	if e.buf.insert(s) {
		e.edited()
	}
}

// SetError shows that the text is wrong; FormRow says why.
func (e *Entry) SetError(on bool) { e.bad = on; e.Refresh() }

// SetChanged shows that the text differs from what is saved.
func (e *Entry) SetChanged(on bool) { e.changed = on; e.Refresh() }

// SetLocked makes the box read-only, with a padlock: the value follows from others.
func (e *Entry) SetLocked(on bool) { e.locked = on; e.Refresh() }

// Reading makes the box text that is only read, selected and copied, and returns it.
func (e *Entry) Reading() *Entry { e.locked, e.reading = true, true; return e }

// padlock reports whether the box shows that it is locked.
func (e *Entry) padlock() bool { return e.locked && !e.reading }

// Length returns the number of characters without newlines.
func (e *Entry) Length() int { return e.buf.count - len(e.buf.pars) + 1 }

// SelectAll selects the whole text.
func (e *Entry) SelectAll() { e.buf.selectAll(); e.Refresh() }

// Selected returns the selected text.
func (e *Entry) Selected() string { return e.buf.selected() }

// Caret returns where the caret stands in the window and how high it is; the
// input method puts its candidates there.
func (e *Entry) Caret() (at fyne.Position, height float32) {
	p := e.page.position(e.buf.caret)
	return e.kit.where(e.page).Add(p), e.page.lineHeight()
}

// edited follows every change by a person.
func (e *Entry) edited() {
	e.page.goal = -1
	e.page.reveal()
	e.Refresh()
	if e.OnChanged != nil {
		e.OnChanged(e.buf.String())
	}
}

func (e *Entry) writable() bool { return !e.locked && !e.Disabled() }

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.control.FocusGained()
	e.page.reveal()
	e.caps()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.page.first = 0 // the beginning tells most of a text too long for its box
	e.control.FocusLost()
	if e.onLeave != nil {
		e.onLeave()
	}
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedRune puts a committed character at the caret.
func (e *Entry) TypedRune(r rune) {
	e.kit.touched() // keys of an input method come only as what they make
	if e.reading {
		e.control.TypedRune(r)
	}
	if e.writable() && e.buf.insert(string(r)) {
		e.edited()
	}
}

// AcceptsTab implements fyne.Tabbable.
func (e *Entry) AcceptsTab() bool { return e.takesTab }

// Cursor implements desktop.Cursorable.
func (e *Entry) Cursor() desktop.Cursor { return desktop.TextCursor }

func (e *Entry) height() float32 {
	switch {
	case !e.buf.single:
		return float32(e.rows)*e.page.lineHeight() + 2*e.page.inset()
	case e.small:
		return theme.Size(SizeInputSmall)
	}
	return max(theme.Size(SizeInput), line(e.size)+8)
}

// Headline takes the frame away and writes as large as a page title, for the one box
// of the finder, and returns the box.
func (e *Entry) Headline() *Entry { e.bare, e.size = true, theme.SizeNameHeadingText; return e }

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	edge, lead, lock := newFrame(), picture(), picture()
	body := fyne.CanvasObject(e.page)
	if e.scroll != nil {
		body = e.scroll
	}
	objects := []fyne.CanvasObject{edge.outer, edge.inner, lead, body, lock}
	if e.tail != nil {
		objects = append(objects, e.tail)
	}
	return draw(e, drawing{
		objects: objects,
		min: func() fyne.Size {
			w := 4 * theme.Size(e.size)
			if e.tail != nil {
				w += e.tail.MinSize().Width
			}
			return fyne.NewSize(w, e.height())
		},
		layout: func(s fyne.Size) { e.lay(s, edge, lead, lock, body) },
		paint:  func() { e.paint(edge, lead, lock) },
	})
}

func (e *Entry) lay(s fyne.Size, edge *frame, lead, lock *canvas.Image, body fyne.CanvasObject) {
	edge.place(0, 0, s.Width, s.Height)
	icon := theme.Size(theme.SizeNameInlineIcon) * theme.Size(e.size) / theme.TextSize()
	left, right := float32(2), float32(2)
	if e.icon != "" {
		place(lead, 8, midY(s.Height, icon), icon, icon)
		left = 8 + icon
	}
	if e.padlock() {
		side := theme.Size(SizeIconPill) + 2
		place(lock, s.Width-side-8, midY(s.Height, side), side, side)
		right = side + 10
	} else if e.tail != nil {
		w := e.tail.MinSize().Width
		place(e.tail, s.Width-w-2, 2, w, s.Height-4)
		right = w + 4
	}
	place(body, left, 2, s.Width-left-right, s.Height-4)
}

func (e *Entry) paint(f *frame, lead, lock *canvas.Image) {
	fill, edge, width := ColorSurface, theme.ColorNameInputBorder, theme.Size(theme.SizeNameInputBorder)
	switch {
	case e.reading:
		edge = ColorSurface
	case e.locked || e.Disabled():
		fill, edge = ColorLocked, theme.ColorNameSeparator
	case e.changed:
		fill = ColorChanged
	}
	switch {
	case e.bad:
		edge, width = ColorOverdue, 2
	case e.focused:
		edge, width = theme.ColorNamePrimary, 2
	}
	if e.bare {
		f.paint(theme.Color(fill), none(), 0, 0)
	} else {
		f.paint(theme.Color(fill), theme.Color(edge), width, theme.Size(theme.SizeNameInputRadius))
	}
	show(lead, e.icon, ColorSoft)
	closed := Icon("")
	if e.padlock() {
		closed = IconLock
	}
	show(lock, closed, ColorSoft)
	if e.tail != nil {
		e.tail.Hidden = e.locked
	}
}
