package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"zhibu/assets"
)

// StripActs is what the strip's parts do; a nil one is not shown.
type StripActs struct {
	Find, Sync, Face, Lock, Help func()
}

// Strip is the red line at the top: mark, name, branch, finder box, sync chip.
type Strip struct {
	widget.BaseWidget
	branch *Text
	split  *Rule
	find   *topButton
	chip   *topButton
	face   *topButton
	all    *fyne.Container
}

// Strip returns the identity strip of a branch.
func (k *Kit) Strip(branch string, acts StripActs) *Strip {
	s := &Strip{branch: NewText(branch).In(ColorOnTop).Short(), split: NewUpright()}
	s.split.color = ColorOnTopSoft
	s.find = k.topButton(IconSearch, "查找党员、会议、诉求、表格", acts.Find)
	s.find.note, s.find.framed = "直接打字", true
	s.chip = k.topButton(IconCloudOK, "已同步", acts.Sync)
	s.chip.chip = true
	s.face = k.topButton(IconLarge, "大字", acts.Face)
	right := []fyne.CanvasObject{}
	for _, b := range []*topButton{s.find, s.chip, s.face, k.topButton(IconLock, "锁定", acts.Lock), k.topButton(IconHelp, "帮助", acts.Help)} {
		if b.onTap != nil {
			right = append(right, b)
		}
	}
	name := NewTitle("支部台账").In(ColorOnTop)
	left := Row(10, newSign(28), name, Sized(1, 20, s.split), Grow(s.branch))
	s.all = Pad(Row(8, Grow(left), Row(10, right...)), 0, 10, 0, 12)
	s.ExtendBaseWidget(s)
	return s
}

// SetBranch changes the branch's name.
func (s *Strip) SetBranch(name string) { s.branch.Set(name) }

// SetSync shows how the branch stands with the district: Offline 离线 待同步 12 项,
// Coming 正在同步 3/12, Conflict 有冲突 2 项, Done 已同步.
func (s *Strip) SetSync(state State, word, note string) {
	s.chip.state, s.chip.text, s.chip.note = state, word, note
	s.chip.icon = state.Icon()
	switch state {
	case Done:
		s.chip.icon = IconCloudOK
	case Coming:
		s.chip.icon = IconSync
	}
	s.Refresh()
}

// SetFinding shows what is being looked for in the box, "" for the invitation.
func (s *Strip) SetFinding(query string) {
	if query == "" {
		query = "查找党员、会议、诉求、表格"
	}
	s.find.text = query
	s.find.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer {
	ground := rect()
	return draw(s, drawing{
		objects: []fyne.CanvasObject{ground, s.all},
		min:     func() fyne.Size { return fyne.NewSize(s.all.MinSize().Width, theme.Size(SizeStrip)) },
		layout: func(size fyne.Size) {
			place(ground, 0, 0, size.Width, size.Height)
			place(s.all, 0, 0, size.Width, size.Height)
		},
		paint: func() {
			box(ground, theme.Color(ColorTopbar), none(), 0, 0)
			s.branch.Hidden, s.split.Hidden = large() || s.branch.text == "", large() || s.branch.text == ""
			if s.face.text = "大字"; large() {
				s.face.text = "标准"
			}
		},
	})
}

// newSign returns the program's sign as a picture: 支部台账 on a red square.
func newSign(side float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.AppIcon()))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(side))
	return img
}

// topButton is a part of the strip that can be pressed.
type topButton struct {
	control
	icon   Icon
	text   string
	note   string
	state  State
	framed bool // the finder box
	chip   bool // the white sync chip
	onTap  func()
}

func (k *Kit) topButton(icon Icon, text string, tapped func()) *topButton {
	b := &topButton{icon: icon, text: text, onTap: tapped}
	b.own(k, b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *topButton) Tapped(*fyne.PointEvent) { b.onTap() }

// TypedKey presses on Enter and Space.
func (b *topButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.onTap()
	default:
		b.control.TypedKey(e)
	}
}

// Cursor implements desktop.Cursorable.
func (b *topButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (b *topButton) colors() (text, note fyne.ThemeColorName) {
	if b.chip {
		return b.state.Color(), ColorSoft
	}
	if b.framed {
		return ColorOnTopSoft, ColorOnTopSoft
	}
	return ColorOnTop, ColorOnTopSoft
}

func (b *topButton) width() float32 {
	if b.framed {
		return U(312)
	}
	w := theme.Size(theme.SizeNameInlineIcon) + 4 + widthOf(b.text, theme.SizeNameText, b.chip) + 12
	if b.note != "" {
		w += widthOf(b.note, theme.SizeNameCaptionText, false) + 6
	}
	if b.chip {
		w += 8
	}
	return w
}

// CreateRenderer implements fyne.Widget.
func (b *topButton) CreateRenderer() fyne.WidgetRenderer {
	plate, tag, halo, img := newFrame(), rect(), rect(), picture()
	label, note := canvas.NewText("", nil), canvas.NewText("", nil)
	return draw(b, drawing{
		objects: []fyne.CanvasObject{plate.outer, plate.inner, img, tag, label, note, halo},
		min: func() fyne.Size {
			return fyne.NewSize(b.width(), min(theme.Size(SizeStrip)-14, U(30)))
		},
		layout: func(s fyne.Size) {
			plate.place(0, 0, s.Width, s.Height)
			place(halo, 0, 0, s.Width, s.Height)
			x, side, h := float32(6), theme.Size(theme.SizeNameInlineIcon), line(theme.SizeNameText)
			if b.chip || b.framed {
				x = 10
			}
			place(img, x, midY(s.Height, side), side, side)
			x += side + 4
			if b.framed {
				x += 2
			}
			nw, nh := widthOf(b.note, theme.SizeNameCaptionText, false), line(theme.SizeNameCaptionText)
			room := widthOf(b.text, theme.SizeNameText, b.chip)
			if b.framed {
				room = s.Width - x - nw - 24
				label.Text = fitted(b.text, room, theme.SizeNameText, false)
			}
			place(label, x, midY(s.Height, h)-0.5, room, h)
			nx := x + room + 6
			if b.framed {
				nx = s.Width - nw - 14
				place(tag, nx-6, 5, nw+12, s.Height-10)
			}
			place(note, nx, midY(s.Height, nh), nw, nh)
		},
		paint: func() {
			text, soft := b.colors()
			plate.paint(none(), none(), 0, 3)
			box(tag, none(), none(), 0, 3)
			switch {
			case b.chip:
				plate.paint(theme.Color(ColorSurface), none(), 0, 3)
			case b.framed:
				plate.paint(theme.Color(ColorTopinput), faint(theme.Color(ColorOnTopSoft)), theme.Size(theme.SizeNameInputBorder), 3)
				tag.FillColor = theme.Color(ColorTopbar)
			case b.hovered:
				plate.paint(theme.Color(ColorTopinput), none(), 0, 3)
			}
			box(halo, none(), none(), 0, 3)
			if b.focused {
				box(halo, none(), theme.Color(ColorOnTop), 2, 3)
			}
			word(label, b.text, theme.SizeNameText, b.chip, text)
			word(note, b.note, theme.SizeNameCaptionText, false, soft)
			show(img, b.icon, text)
		},
	})
}
