package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Band is a tinted strip that says how a page stands: an error (what happened,
// what to do, what is kept), offline, conflict, finalised, read-only, a hint.
type Band struct {
	widget.BaseWidget
	state State
	icon  Icon
	title *Para
	text  *Para
	kept  *Para
	right *fyne.Container
}

// NewBand returns a band. title may be empty for a plain hint; kept is the last
// sentence of an error, in the secondary colour.
func NewBand(state State, title, text, kept string) *Band {
	b := &Band{state: state, icon: state.Icon(), title: NewPara(title).Strong(), text: NewPara(text),
		kept: NewPara(kept).In(ColorSoft), right: Row(10)}
	switch state {
	case Overdue:
		b.icon = IconError
	case Due:
		b.icon = IconWarning
	case Neutral:
		b.icon = IconLock
	}
	b.ExtendBaseWidget(b)
	return b
}

// With changes the icon and returns the band.
func (b *Band) With(icon Icon) *Band { b.icon = icon; return b }

// Right puts objects at the right end (buttons, facts) and returns the band.
func (b *Band) Right(objects ...fyne.CanvasObject) *Band { b.right.Objects = objects; return b }

// Set changes the words.
func (b *Band) Set(state State, title, text, kept string) {
	b.state, b.icon = state, NewBand(state, "", "", "").icon
	b.title.Set(title)
	b.text.Set(text)
	b.kept.Set(kept)
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Band) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := newFrame(), NewGlyphSized(b.icon, b.state.Color(), theme.SizeNameHeadingText)
	words := Column(1, b.title, b.text, b.kept)
	all := Pad(container.New(&bandLayout{}, icon, words, b.right), 10, 12, 10, 12)
	return draw(b, drawing{
		objects: []fyne.CanvasObject{ground.outer, ground.inner, all},
		min:     func() fyne.Size { return all.MinSize() },
		layout: func(s fyne.Size) {
			ground.place(0, 0, s.Width, s.Height)
			place(all, 0, 0, s.Width, s.Height)
		},
		paint: func() {
			colour := b.state.Color()
			icon.Set(b.icon, colour)
			b.title.color = colour
			for _, p := range []*Para{b.title, b.text, b.kept} {
				p.Hidden = p.text == ""
			}
			edge := theme.Color(colour)
			if !large() {
				edge = faint(edge)
			}
			ground.paint(theme.Color(b.state.Tint()), edge, theme.Size(theme.SizeNameInputBorder), theme.Size(SizeCardRadius))
		},
	})
}

// bandLayout is icon at the top left, words, actions in the middle of the right.
type bandLayout struct{}

func (*bandLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, right := o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(o[0].MinSize().Width+12+words.Width+right.Width, max(words.Height, right.Height, o[0].MinSize().Height))
}

func (*bandLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	icon, right := o[0].MinSize(), o[2].MinSize()
	x := icon.Width + 12
	place(o[0], 0, 3, icon.Width, icon.Height)
	room := s.Width - x - right.Width
	if right.Width > 0 {
		room -= 12
	}
	o[1].Resize(fyne.NewSize(room, o[1].Size().Height))
	h := min(o[1].MinSize().Height, s.Height)
	place(o[1], x, midY(s.Height, h), room, h)
	place(o[2], s.Width-right.Width, midY(s.Height, right.Height), right.Width, right.Height)
}

// Empty is what a list shows without rows: icon, what is missing, where it comes
// from, and what to do about it: one verb at least (design.md §12). Nothing found
// uses it with IconSearch.
func Empty(icon Icon, title, hint string, verb fyne.CanvasObject, more ...fyne.CanvasObject) *fyne.Container {
	return container.NewCenter(Column(8,
		container.NewCenter(NewGlyphSized(icon, theme.ColorNameInputBorder, SizeIconEmpty)),
		container.NewCenter(NewTitle(title)),
		container.NewCenter(NewSoft(hint)),
		container.NewCenter(Pad(Row(8, append([]fyne.CanvasObject{verb}, more...)...), 4, 0, 0, 0)),
	))
}
