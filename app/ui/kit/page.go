package kit

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// page is the inside of a text box: it cuts paragraphs into lines, finds places
// and draws the lines in view.
type page struct {
	widget.BaseWidget
	e     *Entry
	ends  [][]int // per paragraph: where its lines end; nil: not cut yet
	tops  []int   // per paragraph: how many lines stand before it; one more than paragraphs
	width float32 // what ends were cut for
	size  float32
	plain *ruler
	bold  *ruler
	first int     // single line: first character in view
	goal  float32 // column that ↑ and ↓ keep to, -1 none
}

func newPage(e *Entry) *page {
	p := &page{e: e, ends: [][]int{nil}, goal: -1}
	p.ExtendBaseWidget(p)
	return p
}

// touched forgets the lines of paragraphs that an edit replaced.
func (p *page) touched(from, removed, added int) {
	ends := make([][]int, 0, len(p.ends)-removed+added)
	ends = append(ends, p.ends[:from]...)
	ends = append(ends, make([][]int, added)...)
	p.ends = append(ends, p.ends[from+removed:]...)
	p.tops = nil
}

// forget drops every line, after the width or the face changed.
func (p *page) forget() {
	p.ends, p.tops, p.plain, p.bold = make([][]int, len(p.e.buf.pars)), nil, nil, nil
}

func (p *page) inset() float32 {
	if p.e.bare {
		return 10
	}
	return 4
}

func (p *page) lineHeight() float32 {
	switch {
	case p.e.buf.single:
		return line(p.e.size)
	case p.e.bare:
		return theme.Size(p.e.size) * 26 / 15
	}
	return theme.Size(p.e.size) * 24 / 15
}

// left is where lines begin; text in a framed box starts 8 from its edge.
func (p *page) left() float32 {
	if p.e.bare {
		return 10
	}
	return 6
}

func (p *page) ruler(bold bool) *ruler {
	if p.plain == nil || p.size != theme.Size(p.e.size) {
		p.size = theme.Size(p.e.size)
		p.plain, p.bold = newRuler(p.e.size, false), newRuler(p.e.size, true)
	}
	if bold {
		return p.bold
	}
	return p.plain
}

// shown returns the characters of a paragraph as drawn, and their weight.
func (p *page) shown(par int) ([]rune, bool) {
	runes := p.e.buf.pars[par]
	if p.e.hidden {
		return []rune(strings.Repeat("•", len(runes))), false
	}
	return runes, p.e.heading != nil && p.e.heading(string(runes))
}

// cut makes sure that every paragraph is cut into lines for the present width.
func (p *page) cut() {
	width := p.Size().Width - 2*p.left()
	if width != p.width || p.size != theme.Size(p.e.size) {
		p.width = width
		p.forget()
	}
	for i, ends := range p.ends {
		if ends != nil {
			continue
		}
		runes, bold := p.shown(i)
		m := p.ruler(bold)
		if p.e.buf.single {
			p.ends[i] = []int{len(runes)}
		} else {
			p.ends[i] = breakLines(runes, max(width, 4*m.size), m)
		}
		p.tops = nil
	}
	if p.tops == nil {
		p.tops = make([]int, len(p.ends)+1)
		for i, ends := range p.ends {
			p.tops[i+1] = p.tops[i] + len(ends)
		}
	}
}

// span returns the paragraph, first and last character of a line.
func (p *page) span(line int) (par, from, to int) {
	par = sort.Search(len(p.ends), func(i int) bool { return p.tops[i+1] > line })
	if par == len(p.ends) {
		par--
	}
	i := min(line-p.tops[par], len(p.ends[par])-1)
	if i > 0 {
		from = p.ends[par][i-1]
	}
	return par, from, p.ends[par][i]
}

// lineOf returns the line a place stands in.
func (p *page) lineOf(m mark) int {
	ends := p.ends[m.par]
	i := sort.Search(len(ends), func(i int) bool { return ends[i] > m.col })
	return p.tops[m.par] + min(i, len(ends)-1)
}

// lineEdge returns the first or last place of the line of m.
func (p *page) lineEdge(m mark, end bool) mark {
	p.cut()
	par, from, to := p.span(p.lineOf(m))
	if !end {
		return mark{par, from}
	}
	if to < len(p.e.buf.pars[par]) { // a wrapped line: stay before its last character
		to--
	}
	return mark{par, to}
}

// top is where the first line begins.
func (p *page) top() float32 {
	if p.e.buf.single {
		return midY(p.Size().Height, p.lineHeight()) - 0.5
	}
	return p.inset()
}

// start is where a line begins, given its width.
func (p *page) start(width float32) float32 {
	if p.e.right && width < p.width {
		return p.left() + p.width - width
	}
	return p.left()
}

// position returns where a place is drawn.
func (p *page) position(m mark) fyne.Position {
	p.cut()
	at := p.lineOf(m)
	_, from, to := p.span(at)
	runes, bold := p.shown(m.par)
	if p.e.buf.single {
		from = min(p.first, m.col)
	}
	r := p.ruler(bold)
	return fyne.NewPos(p.start(r.sum(runes[from:max(to, from)]))+r.sum(runes[from:m.col]), p.top()+float32(at)*p.lineHeight())
}

// markAt returns the place nearest to a point.
func (p *page) markAt(pos fyne.Position) mark {
	p.cut()
	at := int((pos.Y - p.top()) / p.lineHeight())
	at = max(0, min(at, p.tops[len(p.ends)]-1))
	par, from, to := p.span(at)
	runes, bold := p.shown(par)
	if p.e.buf.single {
		from = min(p.first, to)
	}
	r := p.ruler(bold)
	x, col := p.start(r.sum(runes[from:to])), from
	for col < to && x+r.width(runes[col])/2 < pos.X {
		x += r.width(runes[col])
		col++
	}
	if col == to && to < len(runes) && col > from && !p.e.buf.single {
		col--
	}
	return mark{par, col}
}

// perView is how many lines a page key moves.
func (p *page) perView() int {
	if p.e.scroll == nil {
		return 1
	}
	return max(int(p.e.scroll.Size().Height/p.lineHeight())-1, 1)
}

// reveal scrolls until the caret is in view.
func (p *page) reveal() {
	if p.e.buf.single {
		p.revealLine()
		return
	}
	at, s := p.position(p.e.buf.caret), p.e.scroll
	switch y, h := at.Y, p.lineHeight(); {
	case y < s.Offset.Y+p.inset():
		scrollTo(s, max(y-p.inset(), 0))
	case y+h > s.Offset.Y+s.Size().Height-p.inset():
		scrollTo(s, y+h+p.inset()-s.Size().Height)
	}
}

// revealLine chooses the first character shown of a single line.
func (p *page) revealLine() {
	p.cut()
	runes, bold := p.shown(0)
	r, col := p.ruler(bold), min(p.e.buf.caret.col, len(runes))
	first := min(p.first, col, len(runes))
	for first < col && r.sum(runes[first:col]) > p.width {
		first++
	}
	for first > 0 && r.sum(runes[first-1:]) <= p.width {
		first--
	}
	p.first = first
}

// Tapped implements fyne.Tappable; pressing has moved the caret already.
func (p *page) Tapped(*fyne.PointEvent) {}

// DoubleTapped selects the word under the mouse.
func (p *page) DoubleTapped(ev *fyne.PointEvent) {
	b := p.e.buf
	b.anchor, b.caret = b.wordAt(p.markAt(ev.Position))
	p.Refresh()
}

// TappedSecondary opens the menu.
func (p *page) TappedSecondary(ev *fyne.PointEvent) { p.e.menu(ev.AbsolutePosition) }

// MouseDown sets the caret, with Shift the end of the selection.
func (p *page) MouseDown(ev *desktop.MouseEvent) {
	p.e.takeFocus()
	at := p.markAt(ev.Position)
	if from, to := p.e.buf.selection(); ev.Button == desktop.MouseButtonSecondary && from != to &&
		!at.before(from) && !to.before(at) {
		return // the menu acts on the selection
	}
	p.goal = -1
	p.e.buf.moveTo(at, ev.Modifier&fyne.KeyModifierShift != 0)
	p.Refresh()
}

// MouseUp implements desktop.Mouseable.
func (p *page) MouseUp(*desktop.MouseEvent) {}

// Dragged extends the selection.
func (p *page) Dragged(ev *fyne.DragEvent) {
	p.e.buf.moveTo(p.markAt(ev.Position), true)
	p.reveal()
	p.Refresh()
}

// DragEnd implements fyne.Draggable.
func (p *page) DragEnd() {}

// Cursor implements desktop.Cursorable.
func (p *page) Cursor() desktop.Cursor { return desktop.TextCursor }
