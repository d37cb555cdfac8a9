package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// State is how something stands; it has a colour, a shape and comes with a word.
type State int

// The states of design.md §2.1.
const (
	Neutral   State = iota // plain label: 正式党员
	Overdue                // 逾期 8 天, 欠 2 个月, 缺, error
	Due                    // 今天 14:00, 今天到期, 待开, warning
	Done                   // 已完成, 到会, 已缴
	Coming                 // 7 天后, 已排期, information
	Conflict               // 两边都改过
	Offline                // 离线, 待同步 12 项
	Finalised              // 已定稿
	Draft                  // 草稿
)

// Color returns the text colour of the state.
func (s State) Color() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColorNeutral, ColorOverdue, ColorDue, ColorDone, ColorInfo, ColorConflict,
		ColorOffline, ColorNeutral, ColorNeutral}[s]
}

// Tint returns the ground that belongs to the colour.
func (s State) Tint() fyne.ThemeColorName { return tint(s.Color()) }

// Icon returns the shape of the state; a plain label has none.
func (s State) Icon() Icon {
	return [...]Icon{"", IconLate, IconClock, IconDone, IconInfo, IconConflict, IconCloudOff, IconSeal, IconDraft}[s]
}

// Pill is a state as word, shape and colour. In 大字版 it is outlined, and filled
// where it is overdue.
type Pill struct {
	widget.BaseWidget
	state State
	text  string
	icon  Icon
	light bool // on a selected row: white ground
}

// NewPill returns a pill with the icon of its state.
func NewPill(state State, text string) *Pill {
	p := &Pill{state: state, text: text, icon: state.Icon()}
	p.ExtendBaseWidget(p)
	return p
}

// NewTag returns a pill without an icon, for words that carry the state alone.
func NewTag(state State, text string) *Pill {
	p := NewPill(state, text)
	p.icon = ""
	return p
}

// With changes the icon and returns the pill.
func (p *Pill) With(icon Icon) *Pill { p.icon = icon; return p }

// OnSelection gives the pill a white ground, for selected rows, and returns it.
func (p *Pill) OnSelection() *Pill { p.light = true; return p }

// Set changes state and word.
func (p *Pill) Set(state State, text string) {
	if p.state == state && p.text == text {
		return
	}
	p.icon = state.Icon()
	p.state, p.text = state, text
	p.Refresh()
}

// Text returns the word.
func (p *Pill) Text() string { return p.text }

// State returns the state shown.
func (p *Pill) State() State { return p.state }

func (p *Pill) bold() bool { return p.state != Neutral }

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	plate, img, label := newFrame(), picture(), canvas.NewText("", nil)
	return draw(p, drawing{
		objects: []fyne.CanvasObject{plate.outer, plate.inner, img, label},
		min: func() fyne.Size {
			w := widthOf(p.text, theme.SizeNameCaptionText, p.bold()) + 12
			if p.icon != "" {
				w += theme.Size(SizeIconPill) + 4
			}
			return fyne.NewSize(w, theme.Size(SizePill))
		},
		layout: func(s fyne.Size) {
			h := theme.Size(SizePill)
			y, x := midY(s.Height, h), float32(6)
			plate.place(0, y, p.MinSize().Width, h)
			if p.icon != "" {
				side := theme.Size(SizeIconPill)
				place(img, x, y+midY(h, side)+0.5, side, side)
				x += side + 4
			}
			lh := line(theme.SizeNameCaptionText)
			place(label, x, y+midY(h, lh)-0.5, widthOf(p.text, theme.SizeNameCaptionText, p.bold()), lh)
		},
		paint: func() {
			text, fill, edge := p.state.Color(), theme.Color(p.state.Tint()), none()
			if p.light {
				fill = theme.Color(ColorSurface)
			}
			if large() {
				edge = theme.Color(text)
				if p.state == Overdue {
					fill, text = theme.Color(ColorOverdue), theme.ColorNameForegroundOnError
				}
			}
			plate.paint(fill, edge, theme.Size(theme.SizeNameInputBorder), 3)
			word(label, p.text, theme.SizeNameCaptionText, p.bold(), text)
			show(img, p.icon, text)
		},
	})
}

// Mark is an icon and a word in a state's colour without a ground, as in a legend
// or a line of checks.
func Mark(state State, text string) *fyne.Container {
	return Row(6, NewGlyphSized(state.Icon(), state.Color(), SizeIconPill), NewText(text).In(state.Color()))
}

// SmallMark is Mark in the smallest size.
func SmallMark(state State, text string) *fyne.Container {
	return Row(4, NewGlyphSized(state.Icon(), state.Color(), SizeIconPill), NewCaption(text).In(state.Color()))
}
