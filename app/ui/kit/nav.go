package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
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
	room    float32 // height there is
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
	n.reveal()
}

// rowHeight is the height of a row: less than it would be where the window is too low
// for all pages, down to one line.
func (n *Nav) rowHeight() float32 {
	room := n.room - navEdge
	for _, t := range n.titles {
		if !t.Hidden {
			room -= captionHeight()
		}
	}
	return max(min(theme.Size(SizeNavRow), float32(int(room)/max(len(n.rows), 1))), line(theme.SizeNameText)+4)
}

// navEdge is the empty room above and under the rows together.
const navEdge = 10

func captionHeight() float32 { return theme.Size(theme.SizeNameCaptionText) * 2 }

// reveal scrolls the marked row into view, where not all have room.
func (n *Nav) reveal() {
	if n.at >= len(n.rows) {
		return
	}
	row := n.rows[n.at]
	y, end, view := row.Position().Y, row.Position().Y+row.Size().Height, n.scroll.Size().Height
	switch {
	case y < n.scroll.Offset.Y:
		scrollTo(n.scroll, y)
	case end > n.scroll.Offset.Y+view && view > 0:
		scrollTo(n.scroll, end-view)
	}
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
		n.reveal()
	case fyne.KeyDown:
		n.at = min(n.at+1, len(n.rows)-1)
		n.Refresh()
		n.reveal()
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
			n.room = s.Height
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
	y, row := float32(navEdge-4), l.n.rowHeight()
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h, x := row, float32(0)
		if _, caption := o.(*Text); caption {
			h, x = captionHeight(), 14
		}
		if move {
			place(o, x, y, w-x, h)
		}
		y += h
	}
	return y + 4
}
