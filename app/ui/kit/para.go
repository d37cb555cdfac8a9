package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Para is read-only text that wraps: anything longer than a line, anything a
// person has written. It breaks as Chinese is set, not only at spaces.
type Para struct {
	widget.BaseWidget
	text  string
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	bold  bool
	width float32
	lines []string
	most  int
}

// NewPara returns wrapping text in running size.
func NewPara(s string) *Para {
	p := &Para{text: s, size: theme.SizeNameText, color: theme.ColorNameForeground}
	p.ExtendBaseWidget(p)
	return p
}

// NewParaCaption returns wrapping text in the smallest size, secondary colour.
func NewParaCaption(s string) *Para {
	p := NewPara(s)
	p.size, p.color = theme.SizeNameCaptionText, ColorSoft
	return p
}

// In sets the colour and returns the text.
func (p *Para) In(c fyne.ThemeColorName) *Para { p.color = c; return p }

// Strong makes the text bold and returns it.
func (p *Para) Strong() *Para { p.bold = true; return p }

// Most limits the number of lines; the last one then ends in an ellipsis.
func (p *Para) Most(lines int) *Para { p.most = lines; return p }

// Text returns the words.
func (p *Para) Text() string { return p.text }

// Set changes the words.
func (p *Para) Set(s string) {
	if p.text != s {
		p.text = s
		p.Refresh()
	}
}

// SetColor changes the colour.
func (p *Para) SetColor(c fyne.ThemeColorName) {
	if p.color != c {
		p.color = c
		p.Refresh()
	}
}

func (p *Para) wrap() {
	if p.width <= 0 {
		p.lines = strings.Split(p.text, "\n")
		return
	}
	m := newRuler(p.size, p.bold)
	p.lines = wrap(p.text, p.width, m)
	if p.most > 0 && len(p.lines) > p.most {
		rest := strings.Join(p.lines[p.most-1:], "")
		p.lines = append(p.lines[:p.most-1], fitted(rest, p.width, p.size, p.bold))
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	r := &paraRenderer{p: p}
	r.Refresh()
	return r
}

type paraRenderer struct {
	p     *Para
	texts []*canvas.Text
}

func (r *paraRenderer) Destroy() {}

func (r *paraRenderer) lineHeight() float32 { return line(r.p.size) + 0.5 }

func (r *paraRenderer) MinSize() fyne.Size {
	longest := float32(0)
	if r.p.width <= 0 {
		for _, l := range r.p.lines {
			longest = max(longest, widthOf(l, r.p.size, r.p.bold))
		}
	}
	least := 6 * theme.Size(r.p.size)
	if r.p.width <= 0 {
		least = min(longest, least)
	}
	return fyne.NewSize(least, r.lineHeight()*float32(len(r.p.lines)))
}

func (r *paraRenderer) Layout(s fyne.Size) {
	if s.Width != r.p.width {
		r.p.width = s.Width
		r.Refresh()
		return
	}
	for i, t := range r.texts {
		place(t, 0, float32(i)*r.lineHeight(), s.Width, line(r.p.size))
	}
}

func (r *paraRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.texts))
	for i, t := range r.texts {
		out[i] = t
	}
	return out
}

func (r *paraRenderer) Refresh() {
	r.p.wrap()
	for len(r.texts) < len(r.p.lines) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	r.texts = r.texts[:len(r.p.lines)]
	for i, t := range r.texts {
		word(t, r.p.lines[i], r.p.size, r.p.bold, r.p.color)
		place(t, 0, float32(i)*r.lineHeight(), r.p.width, line(r.p.size))
		t.Refresh()
	}
	canvas.Refresh(r.p)
}
