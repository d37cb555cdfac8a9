package kit

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NavGroup is a caption with its pages; the first group has none.
type NavGroup struct {
	Title string
	Items []NavItem
}

// NavItem is one page of the navigation. Short is its two or three characters in
// the narrow form.
type NavItem struct {
	ID, Label, Short string
	Icon             Icon
}

// Nav is the navigation at the left: one stop of the Tab order, ↑ ↓ move, Enter
// goes. In the narrow form it shows icons over short words.
type Nav struct {
	control
	groups  []NavGroup
	rows    []*NavRow
	titles  []*Text
	scroll  *container.Scroll
	current string
	at      int
	onGo    func(id string)
}

// Nav returns the navigation; onGo is called with the ID of the page pressed.
func (k *Kit) Nav(groups []NavGroup, onGo func(id string)) *Nav {
	n := &Nav{groups: groups, onGo: onGo}
	var objects []fyne.CanvasObject
	for _, g := range groups {
		t := NewCaption(g.Title)
		n.titles = append(n.titles, t)
		objects = append(objects, t)
		for _, it := range g.Items {
			r := newNavRow(n, it, len(n.rows))
			n.rows = append(n.rows, r)
			objects = append(objects, r)
		}
	}
	n.scroll = container.NewVScroll(container.New(&navLayout{n}, objects...))
	n.own(k, n)
	return n
}

// SetCurrent marks the page shown.
func (n *Nav) SetCurrent(id string) {
	n.current = id
	for i, r := range n.rows {
		if r.item.ID == id {
			n.at = i
		}
	}
	n.Refresh()
}

// SetBadge shows a count behind a page: Overdue orange, Due amber, Offline slate;
// 0 takes it away.
func (n *Nav) SetBadge(id string, count int, state State) {
	for _, r := range n.rows {
		if r.item.ID == id {
			r.count, r.state = count, state
			r.Refresh()
		}
	}
}

// TypedKey moves the mark; Enter goes there.
func (n *Nav) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		n.at = max(n.at-1, 0)
		n.Refresh()
	case fyne.KeyDown:
		n.at = min(n.at+1, len(n.rows)-1)
		n.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.onGo(n.rows[n.at].item.ID)
	default:
		n.control.TypedKey(e)
	}
}

// FocusLost puts the mark back on the page shown.
func (n *Nav) FocusLost() {
	n.control.FocusLost()
	n.SetCurrent(n.current)
}

// CreateRenderer implements fyne.Widget.
func (n *Nav) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := rect(), rect()
	return draw(n, drawing{
		objects: []fyne.CanvasObject{ground, n.scroll, edge},
		min:     func() fyne.Size { return fyne.NewSize(theme.Size(SizeNavWidth), 100) },
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			w := theme.Size(theme.SizeNameSeparatorThickness)
			place(edge, s.Width-w, 0, w, s.Height)
			place(n.scroll, 0, 0, s.Width-w, s.Height)
		},
		paint: func() {
			box(ground, theme.Color(ColorSide), none(), 0, 0)
			box(edge, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
			for _, t := range n.titles {
				t.Hidden = t.text == "" || narrow() || large()
			}
		},
	})
}

// navLayout puts captions and rows below one another.
type navLayout struct{ n *Nav }

func (l *navLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := l.place(objects, 0, false)
	return fyne.NewSize(40, h)
}

func (l *navLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) { l.place(objects, s.Width, true) }

func (l *navLayout) place(objects []fyne.CanvasObject, w float32, move bool) float32 {
	y := float32(6)
	if narrow() || large() {
		y = 4
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h, x := theme.Size(SizeNavRow), float32(0)
		if _, caption := o.(*Text); caption {
			h, x = theme.Size(theme.SizeNameCaptionText)*2, 14
		}
		if move {
			place(o, x, y, w-x, h)
		}
		y += h
	}
	return y + 4
}

// NavRow is one page in the navigation.
type NavRow struct {
	widget.BaseWidget
	nav     *Nav
	item    NavItem
	n       int
	count   int
	state   State
	hovered bool
}

func newNavRow(n *Nav, item NavItem, i int) *NavRow {
	r := &NavRow{nav: n, item: item, n: i}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped implements fyne.Tappable.
func (r *NavRow) Tapped(*fyne.PointEvent) { r.nav.onGo(r.item.ID) }

// MouseIn implements desktop.Hoverable.
func (r *NavRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (r *NavRow) MouseMoved(*desktop.MouseEvent) { r.nav.kit.touched() }

// MouseOut implements desktop.Hoverable.
func (r *NavRow) MouseOut() { r.hovered = false; r.Refresh() }

// CreateRenderer implements fyne.Widget.
func (r *NavRow) CreateRenderer() fyne.WidgetRenderer {
	ground, bar, halo, badge := rect(), rect(), rect(), newFrame()
	icon, label, count := picture(), canvas.NewText("", nil), canvas.NewText("", nil)
	return draw(r, drawing{
		objects: []fyne.CanvasObject{ground, bar, icon, label, badge.outer, badge.inner, count, halo},
		min:     func() fyne.Size { return fyne.NewSize(40, theme.Size(SizeNavRow)) },
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			place(bar, 0, 0, 4, s.Height)
			place(halo, 1, 1, s.Width-2, s.Height-2)
			if narrow() {
				r.layNarrow(s, icon, label, badge, count)
			} else {
				r.layWide(s, icon, label, badge, count)
			}
		},
		paint: func() {
			text, words := r.paintGround(ground, bar), r.item.Label
			size := theme.SizeNameText
			if narrow() {
				words = r.item.Short
			}
			word(label, words, size, r.current(), text)
			show(icon, r.item.Icon, map[bool]fyne.ThemeColorName{true: text, false: r.iconColor()}[r.current()])
			ring(halo, r.nav.focused && r.nav.at == r.n)
			r.paintBadge(badge, count)
		},
	})
}

func (r *NavRow) current() bool { return r.item.ID == r.nav.current }

func (r *NavRow) iconColor() fyne.ThemeColorName {
	if large() {
		return theme.ColorNameForeground
	}
	return ColorSoft
}

func (r *NavRow) paintGround(ground, bar *canvas.Rectangle) fyne.ThemeColorName {
	box(ground, none(), none(), 0, 0)
	box(bar, none(), none(), 0, 0)
	switch {
	case r.current():
		fill := ColorSurface
		if large() {
			fill = theme.ColorNameSelection
		}
		ground.FillColor, bar.FillColor = theme.Color(fill), theme.Color(theme.ColorNamePrimary)
		return theme.ColorNamePrimary
	case r.hovered:
		ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	return theme.ColorNameForeground
}

// paintBadge draws the count: overdue filled, the others outlined on their tint.
func (r *NavRow) paintBadge(badge *frame, count *canvas.Text) {
	count.Hidden = r.count == 0
	text, fill, edge := r.state.Color(), color.Color(theme.Color(r.state.Tint())), faint(theme.Color(r.state.Color()))
	if r.state == Overdue {
		text, fill, edge = theme.ColorNameForegroundOnError, theme.Color(ColorOverdue), none()
	} else if large() {
		edge = theme.Color(r.state.Color())
	}
	h := theme.Size(theme.SizeNameCaptionText) + 7
	badge.paint(fill, edge, theme.Size(theme.SizeNameInputBorder), h/2)
	badge.hide(r.count == 0)
	word(count, strconv.Itoa(r.count), theme.SizeNameCaptionText, true, text)
	count.Alignment = fyne.TextAlignCenter
}

func (r *NavRow) badgeSize() (w, h float32) {
	h = theme.Size(theme.SizeNameCaptionText) + 7
	return max(widthOf(strconv.Itoa(r.count), theme.SizeNameCaptionText, true)+12, h+2), h
}

func (r *NavRow) layWide(s fyne.Size, icon, label fyne.CanvasObject, badge *frame, count fyne.CanvasObject) {
	side, h := theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
	place(icon, 14, midY(s.Height, side)+0.5, side, side)
	place(label, 14+side+10, midY(s.Height, h)-0.5, s.Width, h)
	w, bh := r.badgeSize()
	badge.place(s.Width-w-10, midY(s.Height, bh), w, bh)
	ch := line(theme.SizeNameCaptionText)
	place(count, s.Width-w-10, midY(s.Height, ch)-0.5, w, ch)
}

func (r *NavRow) layNarrow(s fyne.Size, icon, label fyne.CanvasObject, badge *frame, count fyne.CanvasObject) {
	side, h := theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
	w := label.MinSize().Width
	place(icon, midY(s.Width, side), 2, side, side)
	place(label, midY(s.Width, w), s.Height-h+1, w, h)
	bw, bh := r.badgeSize()
	badge.place(s.Width-bw-2, 1, bw, bh)
	ch := line(theme.SizeNameCaptionText)
	place(count, s.Width-bw-2, 1+midY(bh, ch), bw, ch)
}
