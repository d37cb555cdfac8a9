package kit

import (
	"strings"
	"unicode"
)

// mark is a place in a text: before character col of paragraph par.
type mark struct{ par, col int }

func (m mark) before(o mark) bool { return m.par < o.par || m.par == o.par && m.col < o.col }

// buffer is the text of a box: paragraphs, caret, selection, undo. It knows
// nothing of pixels. Keeping paragraphs apart makes an edit cost its paragraph,
// not the text.
type buffer struct {
	pars   [][]rune
	caret  mark
	anchor mark // other end of the selection; equal to caret when nothing is selected
	single bool // one line: newlines become spaces
	most   int  // longest text in characters, 0 unlimited

	count     int // characters, newlines included
	past      []change
	future    []change
	sealed    bool // the next insertion starts a new undo step
	onTouched func(from, removed, added int)
}

func newBuffer(single bool) *buffer { return &buffer{pars: [][]rune{nil}, single: single} }

// String returns the whole text.
func (b *buffer) String() string {
	var s strings.Builder
	s.Grow(b.count * 3)
	for i, p := range b.pars {
		if i > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(string(p))
	}
	return s.String()
}

// set replaces everything and forgets undo.
func (b *buffer) set(s string) {
	old := len(b.pars)
	b.pars, b.count = nil, 0
	for _, line := range split(b.tidy(s)) {
		b.pars = append(b.pars, line)
		b.count += len(line) + 1
	}
	b.count--
	b.past, b.future, b.sealed = nil, nil, true
	b.caret = b.end()
	b.anchor = b.caret
	b.touched(0, old, len(b.pars))
}

// tidy makes foreign text fit the box: no carriage returns, tabs or invisible
// characters from WPS and web pages, one line where there is one line.
func (b *buffer) tidy(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if b.single {
		s = strings.TrimRight(s, "\r\n\t")
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '\r', '\v', '\u2028', '\u2029':
			r = '\n'
		case '\u00A0', '\t':
			r = ' '
		}
		if r == '\n' && b.single {
			return ' '
		}
		if r != '\n' && (unicode.IsControl(r) || strings.ContainsRune("\u200B\u200C\u200D\uFEFF\u00AD", r)) {
			return -1
		}
		return r
	}, s)
}

func split(s string) [][]rune {
	var out [][]rune
	for _, line := range strings.Split(s, "\n") {
		out = append(out, []rune(line))
	}
	return out
}

func (b *buffer) end() mark {
	last := len(b.pars) - 1
	return mark{last, len(b.pars[last])}
}

func (b *buffer) touched(from, removed, added int) {
	if b.onTouched != nil {
		b.onTouched(from, removed, added)
	}
}

// selection returns the ends of the selection in order.
func (b *buffer) selection() (from, to mark) {
	if b.anchor.before(b.caret) {
		return b.anchor, b.caret
	}
	return b.caret, b.anchor
}

// selected returns the selected text, "" when nothing is.
func (b *buffer) selected() string {
	from, to := b.selection()
	return b.between(from, to)
}

func (b *buffer) between(from, to mark) string {
	if from.par == to.par {
		return string(b.pars[from.par][from.col:to.col])
	}
	var s strings.Builder
	s.WriteString(string(b.pars[from.par][from.col:]))
	for i := from.par + 1; i < to.par; i++ {
		s.WriteByte('\n')
		s.WriteString(string(b.pars[i]))
	}
	s.WriteByte('\n')
	s.WriteString(string(b.pars[to.par][:to.col]))
	return s.String()
}

// insert puts typed or pasted text in place of the selection and reports whether
// anything changed. Text beyond the longest length is left out.
func (b *buffer) insert(s string) bool {
	s = b.tidy(s)
	from, to := b.selection()
	if b.most > 0 {
		room := b.most - b.count + len([]rune(b.between(from, to)))
		if runes := []rune(s); len(runes) > room {
			s = string(runes[:max(room, 0)])
		}
	}
	if s == "" && from == to {
		return false
	}
	b.replace(from, to, s)
	return true
}

// replace is the one edit: it records undo and moves the caret behind the text.
func (b *buffer) replace(from, to mark, s string) {
	c := change{at: from, removed: b.between(from, to), added: s, caret: b.caret, anchor: b.anchor}
	b.splice(from, to, s)
	b.record(c)
}

// splice replaces without recording and leaves the caret behind the text.
func (b *buffer) splice(from, to mark, s string) {
	lines := split(s)
	tail := append([]rune(nil), b.pars[to.par][to.col:]...)
	head := append([]rune(nil), b.pars[from.par][:from.col]...)
	removed := len([]rune(b.between(from, to)))
	lines[0] = append(head, lines[0]...)
	last := len(lines) - 1
	at := mark{from.par + last, len(lines[last])}
	lines[last] = append(lines[last], tail...)
	pars := make([][]rune, 0, len(b.pars)+last)
	pars = append(pars, b.pars[:from.par]...)
	pars = append(pars, lines...)
	b.pars = append(pars, b.pars[to.par+1:]...)
	b.count += len([]rune(s)) - removed
	b.caret, b.anchor = at, at
	b.touched(from.par, to.par-from.par+1, len(lines))
}

// erase deletes the selection, or from the caret to where move leads.
func (b *buffer) erase(move func(mark) mark) bool {
	from, to := b.selection()
	if from == to {
		from, to = b.caret, move(b.caret)
		if to.before(from) {
			from, to = to, from
		}
	}
	if from == to {
		return false
	}
	b.replace(from, to, "")
	return true
}

// moveTo sets the caret; extend keeps the other end of the selection.
func (b *buffer) moveTo(m mark, extend bool) {
	b.caret = m
	if !extend {
		b.anchor = m
	}
	b.sealed = true
}

func (b *buffer) selectAll() { b.anchor, b.caret = mark{}, b.end() }

// left and right are one character on, over the end of a paragraph.
func (b *buffer) left(m mark) mark {
	switch {
	case m.col > 0:
		return mark{m.par, m.col - 1}
	case m.par > 0:
		return mark{m.par - 1, len(b.pars[m.par-1])}
	}
	return m
}

func (b *buffer) right(m mark) mark {
	switch {
	case m.col < len(b.pars[m.par]):
		return mark{m.par, m.col + 1}
	case m.par < len(b.pars)-1:
		return mark{m.par + 1, 0}
	}
	return m
}

// wordLeft and wordRight go to the next change between kinds of characters.
func (b *buffer) wordLeft(m mark) mark {
	if m.col == 0 {
		return b.left(m)
	}
	p, i := b.pars[m.par], m.col-1
	for i > 0 && kindOf(p[i-1]) == kindOf(p[i]) {
		i--
	}
	return mark{m.par, i}
}

func (b *buffer) wordRight(m mark) mark {
	p := b.pars[m.par]
	if m.col == len(p) {
		return b.right(m)
	}
	i := m.col + 1
	for i < len(p) && kindOf(p[i-1]) == kindOf(p[i]) {
		i++
	}
	return mark{m.par, i}
}

// wordAt returns the run of like characters around a place.
func (b *buffer) wordAt(m mark) (from, to mark) {
	p := b.pars[m.par]
	if len(p) == 0 {
		return m, m
	}
	i := min(m.col, len(p)-1)
	a, z := i, i+1
	for a > 0 && kindOf(p[a-1]) == kindOf(p[i]) {
		a--
	}
	for z < len(p) && kindOf(p[z]) == kindOf(p[i]) {
		z++
	}
	return mark{m.par, a}, mark{m.par, z}
}

func kindOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return 0
	case unicode.IsPunct(r) || unicode.IsSymbol(r):
		return 1
	case unicode.Is(unicode.Han, r):
		return 2
	}
	return 3
}
