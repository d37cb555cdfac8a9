package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ledgerHead is the row of titles: pressing one sorts, its box ticks all.
type ledgerHead struct {
	widget.BaseWidget
	l *Ledger
}

func newLedgerHead(l *Ledger) *ledgerHead {
	h := &ledgerHead{l: l}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped implements fyne.Tappable.
func (h *ledgerHead) Tapped(e *fyne.PointEvent) {
	l := h.l
	if l.Key != nil && e.Position.X < l.tickWidth() {
		l.TickAll(len(l.ticked) == 0)
		return
	}
	for i, c := range l.shown {
		if e.Position.X >= l.x[i] && e.Position.X < l.x[i]+l.w[i] && l.Columns[c].Sortable {
			l.SetSorted(c, l.sorted == c && !l.falling)
			if l.OnSort != nil {
				l.OnSort(c, l.falling)
			}
			return
		}
	}
}

// Cursor implements desktop.Cursorable.
func (h *ledgerHead) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer implements fyne.Widget.
func (h *ledgerHead) CreateRenderer() fyne.WidgetRenderer {
	return &headRenderer{h: h, ground: rect(), rule: rect(), tick: newTick(), arrow: picture()}
}

type headRenderer struct {
	h            *ledgerHead
	ground, rule *canvas.Rectangle
	tick         *tick
	titles       []*canvas.Text
	arrow        *canvas.Image
	shown        []fyne.CanvasObject
}

func (d *headRenderer) Destroy()                     {}
func (d *headRenderer) Objects() []fyne.CanvasObject { return d.shown }
func (d *headRenderer) MinSize() fyne.Size           { return fyne.NewSize(40, theme.Size(SizeTableHead)) }
func (d *headRenderer) Layout(fyne.Size)             { d.Refresh() }

func (d *headRenderer) Refresh() {
	l, s := d.h.l, d.h.Size()
	place(d.ground, 0, 0, s.Width, s.Height)
	place(d.rule, 0, s.Height-1, s.Width, 1)
	box(d.ground, theme.Color(theme.ColorNameHeaderBackground), none(), 0, 0)
	box(d.rule, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
	d.shown = append(d.shown[:0], d.ground, d.rule)
	if l.Key != nil {
		side := theme.Size(theme.SizeNameInlineIcon)
		d.tick.place(10, midY(s.Height, side), side)
		all := len(l.ticked) > 0 && len(l.ticked) >= l.Length()
		d.tick.paint(all, len(l.ticked) > 0 && !all, false)
		d.shown = append(d.shown, d.tick.frame.outer, d.tick.frame.inner, d.tick.mark)
	}
	d.arrow.Hide()
	for i, c := range l.shown {
		d.title(i, l.Columns[c], l.x[i]+cellPad, l.w[i]-2*cellPad, s.Height, c == l.sorted)
	}
	refreshAll(d.shown)
	canvas.Refresh(d.h)
}

func (d *headRenderer) title(n int, c Col, x, w, h float32, sorted bool) {
	for len(d.titles) <= n {
		d.titles = append(d.titles, canvas.NewText("", nil))
	}
	t, th := d.titles[n], line(theme.SizeNameCaptionText)
	words := fitted(c.Title, w, theme.SizeNameCaptionText, true)
	word(t, words, theme.SizeNameCaptionText, true, ColorSoft)
	t.Alignment = c.Align
	place(t, x, midY(h, th), w, th)
	d.shown = append(d.shown, t)
	if sorted {
		icon, side := IconMenuUp, theme.Size(SizeIconPill)
		if d.h.l.falling {
			icon = IconMenuDown
		}
		show(d.arrow, icon, ColorSoft)
		at := x + widthOf(words, theme.SizeNameCaptionText, true) + 3
		if c.Align == fyne.TextAlignTrailing {
			at = x + w - widthOf(words, theme.SizeNameCaptionText, true) - side - 3
		}
		place(d.arrow, at, midY(h, side), side, side)
		d.shown = append(d.shown, d.arrow)
	}
}

// bulkBar replaces a ledger's foot while rows are ticked.
type bulkBar struct {
	widget.BaseWidget
	l     *Ledger
	count *Text
	verbs *fyne.Container
	more  *Button
	drop  *Button
	all   *fyne.Container
}

func newBulkBar(k *Kit, l *Ledger) *bulkBar {
	b := &bulkBar{l: l, count: NewStrong("").In(ColorOnBulk), verbs: Row(6)}
	b.drop = k.Button(OnBulkQuiet, "", "", func() { l.TickAll(false) }).Small()
	b.more = k.Button(OnBulk, "更多", IconMore, nil).Small()
	b.more.onTap = func() { k.MenuUnder(b.more, b.hidden()...) }
	b.all = Pad(Row(12, b.count, b.verbs, b.more, Space(), b.drop), 0, 12, 0, 12)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *bulkBar) CreateRenderer() fyne.WidgetRenderer {
	ground := rect()
	return draw(b, drawing{
		objects: []fyne.CanvasObject{ground, b.all},
		min:     func() fyne.Size { return fyne.NewSize(100, theme.Size(SizeInput)+10) },
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			b.fit(s.Width)
			place(b.all, 0, 0, s.Width, s.Height)
		},
		paint: func() {
			box(ground, theme.Color(ColorBulk), none(), 0, 0)
			b.count.text = fmt.Sprintf("已选 %d %s", len(b.l.ticked), b.l.Unit)
			if len(b.verbs.Objects) != len(b.l.Bulk) {
				b.fill()
			}
		},
	})
}

// fit shortens the last word, then moves verbs under 更多, until there is room.
func (b *bulkBar) fit(width float32) {
	b.drop.text, b.more.Hidden = "取消选择（Esc）", true
	for _, v := range b.verbs.Objects {
		v.Show()
	}
	if b.all.MinSize().Width > width {
		b.drop.text = "取消"
	}
	for i := len(b.verbs.Objects) - 1; i > 0 && b.all.MinSize().Width > width; i-- {
		b.verbs.Objects[i].Hide()
		b.more.Hidden = false
	}
}

// hidden returns the verbs without room, as a menu.
func (b *bulkBar) hidden() []MenuItem {
	var out []MenuItem
	for i, v := range b.l.Bulk {
		if i < len(b.verbs.Objects) && !b.verbs.Objects[i].Visible() {
			out = append(out, MenuItem{Text: v.Text, Icon: v.Icon, Do: v.Do})
		}
	}
	return out
}

// fill makes the buttons once the verbs are known.
func (b *bulkBar) fill() {
	b.verbs.Objects = nil
	for i, v := range b.l.Bulk {
		kind := OnBulk
		if i == 0 {
			kind = OnBulkMain
		}
		b.verbs.Objects = append(b.verbs.Objects, b.l.kit.Button(kind, v.Text, v.Icon, v.Do).Small())
	}
}
