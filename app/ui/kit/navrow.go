package kit

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

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
			setHidden(icon, false)
			if narrow() {
				r.layNarrow(s, icon, label, badge, count)
			} else {
				r.layWide(s, icon, label, badge, count)
			}
		},
		paint: func() {
			text, words := r.paintGround(ground, bar), r.item.Label
			if narrow() {
				words = r.item.Short
			}
			word(label, words, wordSize(), r.current(), text)
			show(icon, r.item.Icon, map[bool]fyne.ThemeColorName{true: text, false: r.iconColor()}[r.current()])
			ring(halo, r.nav.focused && r.nav.at == r.n)
			r.paintBadge(badge, count)
		},
	})
}

// wordSize is the size of the words: small under an icon.
func wordSize() fyne.ThemeSizeName {
	if narrow() {
		return theme.SizeNameCaptionText
	}
	return theme.SizeNameText
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
	_, h := r.badgeSize()
	badge.paint(fill, edge, theme.Size(theme.SizeNameInputBorder), h/2)
	badge.hide(r.count == 0)
	word(count, strconv.Itoa(r.count), theme.SizeNameCaptionText, true, text)
	count.Alignment = fyne.TextAlignCenter
}

// badgeSize is the size of the count: tight where it stands beside an icon.
func (r *NavRow) badgeSize() (w, h float32) {
	text, size := widthOf(strconv.Itoa(r.count), theme.SizeNameCaptionText, true), theme.Size(theme.SizeNameCaptionText)
	if narrow() {
		return max(text+6, size+4), size + 4
	}
	return max(text+12, size+9), size + 7
}

func (r *NavRow) layWide(s fyne.Size, icon, label fyne.CanvasObject, badge *frame, count fyne.CanvasObject) {
	side, h := theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
	place(icon, 14, midY(s.Height, side)+0.5, side, side)
	place(label, 14+side+10, midY(s.Height, h)-0.5, s.Width, h)
	_, bh := r.badgeSize()
	r.placeBadge(badge, count, s.Width-10, midY(s.Height, bh))
}

// layNarrow puts the icon over the word and the count at its corner.
func (r *NavRow) layNarrow(s fyne.Size, icon, label fyne.CanvasObject, badge *frame, count fyne.CanvasObject) {
	side, h := theme.Size(theme.SizeNameInlineIcon), line(wordSize())
	if s.Height < side+h-6 {
		r.layLow(s, icon, label, badge, count)
		return
	}
	w := label.MinSize().Width
	place(icon, midY(s.Width, side), 1, side, side)
	place(label, midY(s.Width, w), s.Height-h-1, w, h)
	r.placeBadge(badge, count, s.Width-2, 1)
}

// layLow is one line: the count, or without one the icon, before the word.
func (r *NavRow) layLow(s fyne.Size, icon, label fyne.CanvasObject, badge *frame, count fyne.CanvasObject) {
	side, h := theme.Size(SizeIconPill), line(wordSize())
	bw, bh := r.badgeSize()
	left := max(38, bw+8) // the words stand in one line, with a count of two figures or none
	place(icon, 6, midY(s.Height, side), side, side)
	setHidden(icon, r.count > 0)
	r.placeBadge(badge, count, bw+4, midY(s.Height, bh))
	place(label, left, midY(s.Height, h), s.Width-left, h)
}

// placeBadge puts the count with its right edge at x.
func (r *NavRow) placeBadge(badge *frame, count fyne.CanvasObject, x, y float32) {
	bw, bh := r.badgeSize()
	ch := line(theme.SizeNameCaptionText)
	badge.place(x-bw, y, bw, bh)
	place(count, x-bw, y+midY(bh, ch), bw, ch)
}
