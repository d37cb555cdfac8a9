package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// CreateRenderer implements fyne.Widget.
func (p *page) CreateRenderer() fyne.WidgetRenderer {
	r := &pageRenderer{p: p, caret: rect(), holder: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

// pageRenderer draws only the lines in view, however long the text is.
type pageRenderer struct {
	p      *page
	marks  []*canvas.Rectangle // selection, one a line
	texts  []*canvas.Text
	caret  *canvas.Rectangle
	holder *canvas.Text
	shown  []fyne.CanvasObject
}

func (r *pageRenderer) Destroy()                     {}
func (r *pageRenderer) Objects() []fyne.CanvasObject { return r.shown }
func (r *pageRenderer) Layout(fyne.Size)             { r.Refresh() }

func (r *pageRenderer) MinSize() fyne.Size {
	p := r.p
	if p.e.buf.single {
		return fyne.NewSize(10, p.lineHeight())
	}
	p.cut()
	return fyne.NewSize(10, float32(p.tops[len(p.ends)])*p.lineHeight()+2*p.inset())
}

// view returns the first and one past the last line in view.
func (r *pageRenderer) view() (from, to int) {
	p := r.p
	all := p.tops[len(p.ends)]
	if p.e.scroll == nil {
		return 0, all
	}
	y := p.e.scroll.Offset.Y - p.top()
	from = max(int(y/p.lineHeight()), 0)
	to = int((y+p.e.scroll.Size().Height)/p.lineHeight()) + 1
	return min(from, all), max(min(to, all), 0)
}

func (r *pageRenderer) Refresh() {
	p := r.p
	p.cut()
	from, to := r.view()
	r.shown = r.shown[:0]
	r.selection(from, to)
	for i := from; i < to; i++ {
		r.line(i, i-from)
	}
	r.placeholder()
	r.cursor()
	canvas.Refresh(p)
}

// line draws line i of the text with the nth text object.
func (r *pageRenderer) line(i, n int) {
	p := r.p
	for len(r.texts) <= n {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	par, from, to := p.span(i)
	runes, bold := p.shown(par)
	m := p.ruler(bold)
	if p.e.buf.single {
		from = min(p.first, to)
		for x := m.sum(runes[from:to]); to > from && x > p.width+2; to-- {
			x -= m.width(runes[to-1])
		}
	}
	colour := theme.ColorNameForeground
	if p.e.Disabled() {
		colour = theme.ColorNameDisabled
	} else if p.e.padlock() {
		colour = ColorSoft
	}
	t := r.texts[n]
	word(t, string(runes[from:to]), p.e.size, bold, colour)
	h := line(p.e.size)
	place(t, p.start(m.sum(runes[from:to])), p.top()+float32(i)*p.lineHeight()+midY(p.lineHeight(), h), p.width, h)
	t.Refresh()
	r.shown = append(r.shown, t)
}

// selection draws the marked part of the lines in view, under the text.
func (r *pageRenderer) selection(from, to int) {
	p, n := r.p, 0
	a, z := p.e.buf.selection()
	if a == z || !p.e.focused {
		return
	}
	for i := max(from, p.lineOf(a)); i < to && i <= p.lineOf(z); i++ {
		par, start, end := p.span(i)
		left, right := mark{par, start}, mark{par, end}
		if left.before(a) {
			left = a
		}
		if z.before(right) {
			right = z
		}
		x := p.position(left).X
		runes, bold := p.shown(par)
		w := p.ruler(bold).sum(runes[left.col:max(right.col, left.col)])
		if z.par > par && end == len(runes) {
			w += theme.Size(p.e.size) / 3 // the newline is selected too
		}
		if len(r.marks) <= n {
			r.marks = append(r.marks, rect())
		}
		box(r.marks[n], theme.Color(theme.ColorNameFocus), none(), 0, 0)
		if p.e.buf.single {
			w = min(w, p.width-(x-p.left()))
		}
		place(r.marks[n], x, p.top()+float32(i)*p.lineHeight(), w, p.lineHeight())
		r.shown = append(r.shown, r.marks[n])
		n++
	}
}

// cursor draws the caret; it does not blink, so nothing moves on an idle screen.
func (r *pageRenderer) cursor() {
	p := r.p
	if !p.e.focused || !p.e.writable() {
		return
	}
	box(r.caret, theme.Color(theme.ColorNamePrimary), none(), 0, 0)
	at := p.position(p.e.buf.caret)
	h := line(p.e.size) - 2
	place(r.caret, min(at.X-0.5, p.left()+p.width+1), at.Y+midY(p.lineHeight(), h), theme.Size(theme.SizeNameInputBorder)+0.5, h)
	r.shown = append(r.shown, r.caret)
}

func (r *pageRenderer) placeholder() {
	p := r.p
	if p.e.buf.count > 0 || p.e.holder == "" {
		return
	}
	h := line(p.e.size)
	word(r.holder, fitted(p.e.holder, p.width, p.e.size, false), p.e.size, false, theme.ColorNamePlaceHolder)
	place(r.holder, p.left(), p.top()+midY(p.lineHeight(), h), p.width, h)
	r.holder.Refresh()
	r.shown = append(r.shown, r.holder)
}
