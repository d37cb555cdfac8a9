package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// KeyHint is a key of the page as the status bar shows it.
type KeyHint struct{ Key, Does string }

// StatusBar ends every doubt about where the data is, and shows the page's keys.
type StatusBar struct {
	widget.BaseWidget
	icon  *Glyph
	saved *Text
	note  *Text
	keys  *fyne.Container
	about *Text
	all   *fyne.Container
}

// NewStatusBar returns the bar; about stands at the right end, e.g. 数据已加密・1.0.0.
func NewStatusBar(about string) *StatusBar {
	b := &StatusBar{icon: NewGlyphSized(IconDone, ColorDone, SizeIconPill), saved: NewCaption(""),
		note: NewCaption("").Short(), keys: Row(16), about: NewCaption(about)}
	b.all = Pad(Row(8, b.icon, b.saved, Grow(b.note), b.keys, Wide(8, Space()), b.about), 0, 12, 0, 12)
	b.ExtendBaseWidget(b)
	return b
}

// SetSaved says where the data is: 全部内容已存入本机 14:32.
func (b *StatusBar) SetSaved(state State, words string) {
	b.icon.Set(state.Icon(), state.Color())
	b.saved.Set(words)
	b.Refresh()
}

// SetNote says something about the page: 列表 18 行，已选 3 行.
func (b *StatusBar) SetNote(words string) {
	if words != "" {
		words = "・" + words
	}
	b.note.Set(words)
}

// SetKeys shows the keys of the page.
func (b *StatusBar) SetKeys(hints ...KeyHint) {
	b.keys.Objects = nil
	for _, h := range hints {
		key := NewCaptionStrong(h.Key).In(theme.ColorNameForeground)
		b.keys.Add(Row(5, key, NewCaption(h.Does)))
	}
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := rect(), rect()
	return draw(b, drawing{
		objects: []fyne.CanvasObject{ground, edge, b.all},
		min:     func() fyne.Size { return fyne.NewSize(200, theme.Size(SizeStatus)) },
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			place(edge, 0, 0, s.Width, theme.Size(theme.SizeNameSeparatorThickness))
			b.fit(s)
			place(b.all, 0, 0, s.Width, s.Height)
		},
		paint: func() {
			box(ground, theme.Color(theme.ColorNameHeaderBackground), none(), 0, 0)
			box(edge, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
		},
	})
}

// fit hides keys from the right until the bar has room.
func (b *StatusBar) fit(s fyne.Size) {
	for _, o := range b.keys.Objects {
		o.Show()
	}
	for i := len(b.keys.Objects) - 1; i > 0 && b.all.MinSize().Width > s.Width; i-- {
		b.keys.Objects[i].Hide()
	}
}

// Shell is the skeleton of every page: strip, navigation, page, status bar, and
// the toasts over it. It takes the narrow form by itself (design.md §10).
type Shell struct {
	widget.BaseWidget
	kit    *Kit
	Strip  *Strip
	Nav    *Nav
	Status *StatusBar
	page   *fyne.Container
	shown  fyne.CanvasObject
}

// Shell returns the window's content.
func (k *Kit) Shell(strip *Strip, nav *Nav, status *StatusBar) *Shell {
	s := &Shell{kit: k, Strip: strip, Nav: nav, Status: status, page: container.NewStack()}
	s.ExtendBaseWidget(s)
	return s
}

// SetPage shows a page: usually PageHead over a body, made by Page.
func (s *Shell) SetPage(page fyne.CanvasObject) {
	s.shown = page
	s.page.Objects = []fyne.CanvasObject{page}
	s.page.Refresh()
}

// MouseIn implements desktop.Hoverable: the mouse over a page means a person is there.
func (s *Shell) MouseIn(*desktop.MouseEvent) { s.kit.touched() }

// MouseMoved implements desktop.Hoverable.
func (s *Shell) MouseMoved(*desktop.MouseEvent) { s.kit.touched() }

// MouseOut implements desktop.Hoverable.
func (s *Shell) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (s *Shell) CreateRenderer() fyne.WidgetRenderer {
	toasts := s.kit.Toasts()
	return draw(s, drawing{
		objects: []fyne.CanvasObject{s.page, s.Nav, s.Strip, s.Status, toasts},
		min:     func() fyne.Size { return fyne.NewSize(960, 560) },
		layout: func(size fyne.Size) {
			if t, ok := theme.Current().(*Theme); ok && t.Fit(size) {
				for _, o := range []fyne.CanvasObject{s.Strip, s.Nav, s.Status, s.page} {
					o.Refresh()
				}
			}
			top, foot, side := theme.Size(SizeStrip), theme.Size(SizeStatus), theme.Size(SizeNavWidth)
			place(s.Strip, 0, 0, size.Width, top)
			place(s.Nav, 0, top, side, size.Height-top-foot)
			place(s.Status, 0, size.Height-foot, size.Width, foot)
			place(s.page, side, top, size.Width-side, size.Height-top-foot)
			place(toasts, side, top, size.Width-side, size.Height-top-foot)
		},
	})
}

// Page lays a page head over a body with the page's edges.
func Page(head *PageHead, body fyne.CanvasObject) *fyne.Container {
	return container.New(&pageLayout{}, head, body)
}

type pageLayout struct{}

func (*pageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width)+2*theme.Size(SizeGutter), a.Height+b.Height+14)
}

func (*pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	g, h := theme.Size(SizeGutter), theme.Size(SizeHead)
	place(o[0], g, 0, s.Width-2*g, h)
	place(o[1], g, h, s.Width-2*g, s.Height-h-14)
}

// PageHead is a page's title at the left and its verbs at the right.
type PageHead struct {
	widget.BaseWidget
	title *Text
	note  *Text
	left  *fyne.Container
	right *fyne.Container
	all   *fyne.Container
}

// NewPageHead returns a head: title, one line of counts.
func NewPageHead(title, note string) *PageHead {
	h := &PageHead{title: NewHeading(title).Short(), note: NewSoft(note).Short(), left: Row(10), right: Row(10)}
	h.all = container.New(&headLayout{}, h.left, h.title, h.note, Row(8), h.right)
	h.ExtendBaseWidget(h)
	return h
}

// Back puts 「← 党员名册」 before the title and returns the head.
func (h *PageHead) Back(k *Kit, to string, back func()) *PageHead {
	b := k.Button(Quiet, to, IconBack, back)
	h.left.Objects = []fyne.CanvasObject{b, Sized(1, 22, NewUpright())}
	return h
}

// Alarm puts a pill behind the line of counts and returns the head.
func (h *PageHead) Alarm(pills ...fyne.CanvasObject) *PageHead {
	h.all.Objects[3].(*fyne.Container).Objects = pills
	h.Refresh()
	return h
}

// Actions puts the verbs at the right and returns the head: one primary, at most
// three others, the rest under k.More.
func (h *PageHead) Actions(buttons ...fyne.CanvasObject) *PageHead {
	h.right.Objects = buttons
	h.Refresh()
	return h
}

// SetTitle changes the title.
func (h *PageHead) SetTitle(s string) { h.title.Set(s); h.Refresh() }

// SetNote changes the line of counts.
func (h *PageHead) SetNote(s string) { h.note.Set(s); h.Refresh() }

// CreateRenderer implements fyne.Widget.
func (h *PageHead) CreateRenderer() fyne.WidgetRenderer {
	return draw(h, drawing{
		objects: []fyne.CanvasObject{h.all},
		min:     func() fyne.Size { return fyne.NewSize(h.all.MinSize().Width, theme.Size(SizeHead)) },
		layout:  func(s fyne.Size) { place(h.all, 0, 0, s.Width, s.Height) },
	})
}

// headLayout gives the title its room before the note, which shortens first.
type headLayout struct{}

func (*headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, c := range o {
		w += c.MinSize().Width + 10
	}
	return fyne.NewSize(w, theme.Size(SizeInput))
}

func (*headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	right, x := o[4].MinSize(), float32(0)
	place(o[4], s.Width-right.Width, midY(s.Height, right.Height), right.Width, right.Height)
	put := func(c fyne.CanvasObject, w, gap float32) {
		if w <= 0 {
			c.Resize(fyne.NewSize(0, c.MinSize().Height))
			return
		}
		h := c.MinSize().Height
		place(c, x, midY(s.Height, h)-0.5, w, h)
		x += w + gap
	}
	put(o[0], o[0].MinSize().Width, 10)
	pills := o[3].MinSize().Width
	room := s.Width - x - right.Width - pills - 20
	title, note := o[1].(*Text), o[2].(*Text)
	tw := min(widthOf(title.text, title.size, true)+1, room)
	put(title, tw, 10)
	nw := min(widthOf(note.text, note.size, false)+1, room-tw-10)
	if nw < 3*theme.TextSize() && strings.TrimSpace(note.text) != "" && nw < widthOf(note.text, note.size, false) {
		nw = 0
	}
	note.Hidden = nw <= 0
	put(note, nw, 10)
	put(o[3], pills, 0)
}

// More returns the ⋯ button with the verbs that have no room in a head.
func (k *Kit) More(items ...MenuItem) *Button {
	b := k.Button(Normal, "", IconMore, nil)
	b.onTap = func() { k.MenuUnder(b, items...) }
	return b
}
