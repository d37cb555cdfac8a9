package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// ButtonKind is what a button looks like and means.
type ButtonKind int

// The kinds. A region has one Primary at most.
const (
	Normal   ButtonKind = iota // secondary act
	Primary                    // the act of the region
	Quiet                      // a link: text only
	Danger                     // outlined, for the verb of a dialog
	Positive                   // 办结, 完成
	OnBulk                     // plate on the dark bulk bar
	OnBulkMain
	OnBulkQuiet // words only on it
)

// Button is a verb to press: rectangle, icon and word.
type Button struct {
	control
	kind    ButtonKind
	text    string
	icon    Icon
	after   Icon
	small   bool
	caption bool
	pressed bool
	onTap   func()
}

// Button returns a button of height 34 / 45. icon may be "".
func (k *Kit) Button(kind ButtonKind, text string, icon Icon, tapped func()) *Button {
	b := &Button{kind: kind, text: text, icon: icon, onTap: tapped}
	b.own(k, b)
	return b
}

// Link returns a text button in the link colour.
func (k *Kit) Link(text string, tapped func()) *Button {
	return k.Button(Quiet, text, "", tapped)
}

// Caption sets a link in the smallest size and returns it.
func (b *Button) Caption() *Button { b.caption = true; return b }

// Small makes the button 28 / 38 high and returns it.
func (b *Button) Small() *Button { b.small = true; return b }

// Then puts an icon behind the word (下一步 →) and returns the button.
func (b *Button) Then(icon Icon) *Button { b.after = icon; return b }

// Off disables the button and returns it.
func (b *Button) Off() *Button { b.Disable(); return b }

// Set changes word and icon.
func (b *Button) Set(text string, icon Icon) {
	b.text, b.icon = text, icon
	b.Refresh()
}

// SetKind changes the look.
func (b *Button) SetKind(kind ButtonKind) {
	b.kind = kind
	b.Refresh()
}

// Text returns the word on the button.
func (b *Button) Text() string { return b.text }

// Press does what the button stands for, unless it is disabled.
func (b *Button) Press() {
	if !b.Disabled() && b.onTap != nil {
		b.onTap()
	}
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	b.takeFocus()
	b.Press()
}

// MouseDown implements desktop.Mouseable: the pressed look.
func (b *Button) MouseDown(*desktop.MouseEvent) { b.pressed = true; b.Refresh() }

// MouseUp implements desktop.Mouseable.
func (b *Button) MouseUp(*desktop.MouseEvent) { b.pressed = false; b.Refresh() }

// TypedKey presses the button on Enter and Space.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Press()
	default:
		b.control.TypedKey(e)
	}
}

// TypedRune takes the space that Space also types.
func (b *Button) TypedRune(r rune) {
	if r != ' ' {
		b.control.TypedRune(r)
	}
}

// Cursor implements desktop.Cursorable: a hand over links.
func (b *Button) Cursor() desktop.Cursor {
	if b.kind == Quiet && !b.Disabled() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// look returns text colour, fill and edge of the button's present state.
func (b *Button) look() (text fyne.ThemeColorName, fill, edge color.Color) {
	if b.Disabled() {
		if b.kind == Quiet {
			return theme.ColorNameDisabled, none(), none()
		}
		return theme.ColorNameDisabled, theme.Color(theme.ColorNameDisabledButton), theme.Color(theme.ColorNameSeparator)
	}
	switch b.kind {
	case Primary:
		return theme.ColorNameForegroundOnPrimary, theme.Color(theme.ColorNamePrimary), none()
	case Positive:
		return theme.ColorNameForegroundOnPrimary, theme.Color(ColorDone), none()
	case Danger:
		return ColorOverdue, theme.Color(ColorSurface), theme.Color(ColorOverdue)
	case Quiet:
		if b.text == "" { // ↑ ↓ × beside what they act on
			return ColorSoft, none(), none()
		}
		return theme.ColorNameHyperlink, none(), none()
	case OnBulk:
		return ColorOnBulk, theme.Color(ColorBulkPlate), theme.Color(theme.ColorNamePlaceHolder)
	case OnBulkMain:
		return theme.ColorNameForeground, theme.Color(ColorSurface), none()
	case OnBulkQuiet:
		return ColorOnBulk, none(), none()
	}
	return theme.ColorNameForeground, theme.Color(theme.ColorNameButton), theme.Color(ColorBtnBorder)
}

func (b *Button) bold() bool {
	switch b.kind {
	case Primary, Positive, OnBulkMain:
		return true
	case Quiet:
		return large()
	}
	return false
}

func (b *Button) size() fyne.ThemeSizeName {
	if b.caption {
		return theme.SizeNameCaptionText
	}
	return theme.SizeNameText
}

func (b *Button) height() float32 {
	if b.small {
		return theme.Size(SizeInputSmall)
	}
	if b.kind == Quiet {
		return line(b.size()) + 4
	}
	return theme.Size(SizeInput)
}

func (b *Button) padding() float32 {
	switch {
	case b.kind == Quiet:
		return 0
	case b.text == "":
		return 8
	case b.small:
		return 10
	}
	return 12
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	plate, veil, halo := newFrame(), rect(), rect()
	before, behind := picture(), picture()
	label := canvas.NewText("", nil)
	return draw(b, drawing{
		objects: []fyne.CanvasObject{halo, plate.outer, plate.inner, veil, before, label, behind},
		min: func() fyne.Size {
			return fyne.NewSize(b.content()+2*b.padding(), b.height())
		},
		layout: func(s fyne.Size) {
			plate.place(0, 0, s.Width, s.Height)
			place(veil, 0, 0, s.Width, s.Height)
			ringAround(halo, s)
			b.line(s, before, label, behind)
		},
		paint: func() {
			text, fill, edge := b.look()
			corner := theme.Size(theme.SizeNameInputRadius)
			plate.paint(fill, edge, theme.Size(theme.SizeNameInputBorder), corner)
			box(veil, b.shade(), none(), 0, corner)
			ring(halo, b.focused)
			word(label, b.text, b.size(), b.bold(), text)
			show(before, b.icon, text)
			show(behind, b.after, text)
		},
	})
}

// shade is the wash over a hovered or pressed button.
func (b *Button) shade() color.Color {
	switch {
	case b.Disabled() || b.kind == Quiet:
		return none()
	case b.pressed:
		return theme.Color(theme.ColorNamePressed)
	case b.hovered:
		return theme.Color(theme.ColorNameHover)
	}
	return none()
}

// gap lies between icon and word; a link holds them closer.
func (b *Button) gap() float32 {
	if b.kind == Quiet {
		return 4
	}
	return 8
}

// content is the width of icons and word.
func (b *Button) content() float32 {
	icon, w := theme.Size(theme.SizeNameInlineIcon), widthOf(b.text, b.size(), b.bold())
	for _, i := range []Icon{b.icon, b.after} {
		if i == "" {
			continue
		}
		if w > 0 {
			w += b.gap()
		}
		w += icon
	}
	return w
}

// line lays icon, word, icon in the middle; a link starts at the left.
func (b *Button) line(s fyne.Size, before, label, behind fyne.CanvasObject) {
	icon := theme.Size(theme.SizeNameInlineIcon)
	x := midY(s.Width, b.content())
	if b.kind == Quiet {
		x = 0
	}
	if b.icon != "" {
		place(before, x, midY(s.Height, icon), icon, icon)
		x += icon + b.gap()
	}
	w, h := widthOf(b.text, b.size(), b.bold()), line(b.size())
	place(label, x, midY(s.Height, h)-1, w, h)
	if b.text != "" {
		x += w + b.gap()
	}
	place(behind, x, midY(s.Height, icon), icon, icon)
}
