package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is one line of a menu; the empty one is a rule.
type MenuItem struct {
	Text string
	Icon Icon
	Key  string // the same act by keyboard, shown at the right
	Off  bool
	Do   func()
}

// Menu shows a menu at a place of the window, its first line marked: ↑ ↓ choose,
// Enter does, Esc closes.
func (k *Kit) Menu(at fyne.Position, items ...MenuItem) {
	k.menu(at, fyne.Size{}, items, 0)
}

// MenuUnder shows a menu under a component, e.g. the ⋯ of a page head.
func (k *Kit) MenuUnder(o fyne.CanvasObject, items ...MenuItem) {
	k.menu(k.where(o), o.Size(), items, 0)
}

// menu opens the list; chosen is the line marked at first.
func (k *Kit) menu(at fyne.Position, of fyne.Size, items []MenuItem, chosen int) *menuList {
	m := newMenuList(items, chosen)
	m.layer = &layer{content: newSheet(container.NewVScroll(m)), outside: true}
	m.layer.at = func(area, _ fyne.Size) (fyne.Position, fyne.Size) {
		return below(at, of)(area, m.MinSize().AddWidthHeight(2, 2)) // the frame
	}
	m.layer.keys = Keys{"↑": func() { m.step(-1) }, "↓": func() { m.step(1) }, "Enter": m.do, "空格": m.do}
	k.open(m.layer)
	return m
}

// menuList is the lines of a menu.
type menuList struct {
	widget.BaseWidget
	items  []MenuItem
	at     int
	layer  *layer
	rowObj []*menuRow
}

func newMenuList(items []MenuItem, chosen int) *menuList {
	m := &menuList{items: items, at: chosen}
	for i := range items {
		row := &menuRow{list: m, n: i}
		row.ExtendBaseWidget(row)
		m.rowObj = append(m.rowObj, row)
	}
	m.ExtendBaseWidget(m)
	return m
}

// step moves the mark to the next line that can be chosen.
func (m *menuList) step(by int) {
	for i, n := m.at, 0; n < len(m.items); n++ {
		i = (i + by + len(m.items)) % len(m.items)
		if m.items[i].Do != nil && !m.items[i].Off {
			m.at = i
			break
		}
	}
	m.Refresh()
	m.show()
}

// show scrolls the marked line into view.
func (m *menuList) show() {
	s := m.layer.content.(*sheet).content.(*container.Scroll)
	row := m.rowObj[max(m.at, 0)]
	switch y := row.Position().Y; {
	case y < s.Offset.Y:
		scrollTo(s, y)
	case y+row.Size().Height > s.Offset.Y+s.Size().Height:
		scrollTo(s, y+row.Size().Height-s.Size().Height)
	}
}

func (m *menuList) do() {
	if m.at < 0 || m.at >= len(m.items) || m.items[m.at].Off || m.items[m.at].Do == nil {
		return
	}
	m.layer.close()
	m.items[m.at].Do()
}

// CreateRenderer implements fyne.Widget.
func (m *menuList) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(m.rowObj))
	for i, r := range m.rowObj {
		objects[i] = r
	}
	return draw(m, drawing{
		objects: objects,
		min: func() fyne.Size {
			s := fyne.NewSize(120, 8)
			for _, o := range objects {
				least := o.MinSize()
				s = fyne.NewSize(max(s.Width, least.Width), s.Height+least.Height)
			}
			return s
		},
		layout: func(s fyne.Size) {
			y := float32(4)
			for _, o := range objects {
				h := o.MinSize().Height
				place(o, 0, y, s.Width, h)
				y += h
			}
		},
	})
}

type menuRow struct {
	widget.BaseWidget
	list *menuList
	n    int
}

func (r *menuRow) item() MenuItem { return r.list.items[r.n] }

// Tapped implements fyne.Tappable.
func (r *menuRow) Tapped(*fyne.PointEvent) { r.list.at = r.n; r.list.do() }

// MouseIn implements desktop.Hoverable.
func (r *menuRow) MouseIn(*desktop.MouseEvent) { r.list.at = r.n; r.list.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (r *menuRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *menuRow) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (r *menuRow) CreateRenderer() fyne.WidgetRenderer {
	ground, rule, img := rect(), rect(), picture()
	label, key := canvas.NewText("", nil), canvas.NewText("", nil)
	return draw(r, drawing{
		objects: []fyne.CanvasObject{ground, rule, img, label, key},
		min: func() fyne.Size {
			if r.item().Text == "" {
				return fyne.NewSize(10, 9)
			}
			w := widthOf(r.item().Text, theme.SizeNameText, false) + 24
			if r.item().Icon != "" {
				w += theme.Size(theme.SizeNameInlineIcon) + 8
			}
			if r.item().Key != "" {
				w += widthOf(r.item().Key, theme.SizeNameCaptionText, false) + 24
			}
			return fyne.NewSize(w, theme.Size(SizeRow))
		},
		layout: func(s fyne.Size) {
			place(ground, 1, 0, s.Width-2, s.Height)
			place(rule, 8, midY(s.Height, 1), s.Width-16, 1)
			x, side := float32(12), theme.Size(theme.SizeNameInlineIcon)
			if r.item().Icon != "" {
				place(img, x, midY(s.Height, side), side, side)
				x += side + 8
			}
			h := line(theme.SizeNameText)
			place(label, x, midY(s.Height, h)-0.5, s.Width-x, h)
			h = line(theme.SizeNameCaptionText)
			place(key, 12, midY(s.Height, h), s.Width-24, h)
		},
		paint: func() {
			it := r.item()
			colour := theme.ColorNameForeground
			if it.Off {
				colour = theme.ColorNameDisabled
			}
			box(ground, none(), none(), 0, 0)
			if r.list.at == r.n && it.Text != "" && !it.Off {
				ground.FillColor = theme.Color(theme.ColorNameSelection)
			}
			box(rule, theme.Color(ColorSepSoft), none(), 0, 0)
			rule.Hidden = it.Text != ""
			word(label, it.Text, theme.SizeNameText, false, colour)
			word(key, it.Key, theme.SizeNameCaptionText, false, ColorSoft)
			key.Alignment = fyne.TextAlignTrailing
			show(img, it.Icon, colour)
		},
	})
}
