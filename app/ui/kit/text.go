package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Text is one line of words in one size and weight. It is as wide as its words
// unless it may shorten (Short). Long text is a Para.
type Text struct {
	widget.BaseWidget
	text  string
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	bold  bool
	short bool
	align fyne.TextAlign
}

func newText(s string, size fyne.ThemeSizeName, bold bool, c fyne.ThemeColorName) *Text {
	t := &Text{text: s, size: size, bold: bold, color: c}
	t.ExtendBaseWidget(t)
	return t
}

// NewText returns running text (15 / 20).
func NewText(s string) *Text {
	return newText(s, theme.SizeNameText, false, theme.ColorNameForeground)
}

// NewStrong returns bold running text.
func NewStrong(s string) *Text {
	return newText(s, theme.SizeNameText, true, theme.ColorNameForeground)
}

// NewSoft returns running text in the secondary colour.
func NewSoft(s string) *Text { return newText(s, theme.SizeNameText, false, ColorSoft) }

// NewCaption returns the smallest text (13 / 17) in the secondary colour.
func NewCaption(s string) *Text { return newText(s, theme.SizeNameCaptionText, false, ColorSoft) }

// NewCaptionStrong returns a group heading: the smallest size, bold.
func NewCaptionStrong(s string) *Text { return newText(s, theme.SizeNameCaptionText, true, ColorSoft) }

// NewTitle returns a card's title (17 / 22, bold).
func NewTitle(s string) *Text {
	return newText(s, theme.SizeNameSubHeadingText, true, theme.ColorNameForeground)
}

// NewHeading returns a page's title (21 / 27, bold).
func NewHeading(s string) *Text {
	return newText(s, theme.SizeNameHeadingText, true, theme.ColorNameForeground)
}

// NewProgramName returns the program's name as the first run shows it (27 / 34, bold).
func NewProgramName(s string) *Text { return newText(s, SizeProgram, true, ColorOnTop) }

// In sets the colour and returns the text.
func (t *Text) In(c fyne.ThemeColorName) *Text { t.color = c; return t }

// Right aligns to the right and returns the text.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Center centres and returns the text.
func (t *Text) Center() *Text { t.align = fyne.TextAlignCenter; return t }

// Short lets the text be cut with an ellipsis where there is no room, and returns it.
func (t *Text) Short() *Text { t.short = true; return t }

// Text returns the words, whole even where they are shown shortened.
func (t *Text) Text() string { return t.text }

// Set changes the words.
func (t *Text) Set(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// SetColor changes the colour.
func (t *Text) SetColor(c fyne.ThemeColorName) {
	if t.color != c {
		t.color = c
		t.Refresh()
	}
}

// SetBold changes the weight.
func (t *Text) SetBold(bold bool) {
	if t.bold != bold {
		t.bold = bold
		t.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	c := canvas.NewText("", nil)
	return draw(t, drawing{
		objects: []fyne.CanvasObject{c},
		min: func() fyne.Size {
			w := widthOf(t.text, t.size, t.bold)
			if t.short {
				w = min(w, 2*theme.Size(t.size))
			}
			return fyne.NewSize(w, line(t.size))
		},
		layout: func(s fyne.Size) {
			shown := t.text
			if t.short {
				shown = fitted(t.text, s.Width, t.size, t.bold)
			}
			if c.Text != shown {
				c.Text = shown
				c.Refresh()
			}
			h := line(t.size)
			place(c, 0, midY(s.Height, h)-0.5, s.Width, h)
		},
		paint: func() {
			word(c, t.text, t.size, t.bold, t.color)
			c.Alignment = t.align
		},
	})
}
