package page

import (
	"unicode/utf8"

	"zhibu/app/print/face"
)

// give is how much of the size the gap between two characters may lose when a
// closing mark is pulled up into a line.
const give = 0.06

// fill returns the end of the line that begins at start: as many atoms as the
// measure holds, moved so that no line begins with a closing or ends with an
// opening mark. squeezed reports that marks were pulled up: the line must be
// compressed even if it is a paragraph's last.
func fill(atoms []atom, start int, measure float64, style Style) (end int, squeezed bool) {
	const rounding = 0.001
	used := 0.0
	end = start
	for end < len(atoms) {
		a := atoms[end]
		if used+a.width-style.Pitch > measure+rounding {
			break
		}
		used += a.width
		end++
	}
	if end == len(atoms) {
		return end, false
	}
	if end == start { // wider than the measure: alone on its line
		return start + 1, false
	}
	if pulled := pull(atoms, start, end, used, measure, style); pulled > end {
		return pulled, true
	}
	for i := end; i > start; i-- {
		if mayBreak(atoms, i) {
			return i, false
		}
	}
	return end, false
}

// pull returns the end after the closing marks at end, if compressing the line
// makes room for them and the line may then be broken there.
func pull(atoms []atom, start, end int, used, measure float64, style Style) int {
	if !IsCloser(atoms[end].first) || atoms[end].blank {
		return end
	}
	to := end
	for to < len(atoms) && IsCloser(atoms[to].first) && to-end < 3 {
		used += atoms[to].width
		to++
	}
	if to < len(atoms) && !mayBreak(atoms, to) {
		return end
	}
	room := give * style.Em() * float64(max(gaps(atoms[start:to]), 0))
	if halfBlank(atoms[to-1].last) {
		room += style.Em() / 2
	}
	if used-style.Pitch-measure > room {
		return end
	}
	return to
}

// mayBreak reports whether a line may end before atom i. Blanks are dropped at a
// break, so the characters on their far sides count.
func mayBreak(atoms []atom, i int) bool {
	before, after := i-1, i
	for before > 0 && atoms[before].blank {
		before--
	}
	for after < len(atoms)-1 && atoms[after].blank {
		after++
	}
	return !IsCloser(atoms[after].first) && !IsOpener(atoms[before].last)
}

// gaps counts where a line may be stretched: between atoms.
func gaps(atoms []atom) int { return len(atoms) - 1 }

// set places the atoms of a line. A justified line that is not a paragraph's
// last, and every line with marks pulled up, ends within its measure exactly.
func set(p Para, atoms []atom, measure float64, ragged bool, style Style) TextLine {
	for !ragged && len(atoms) > 1 && atoms[len(atoms)-1].blank { // those that end a paragraph are room to sign in
		atoms = atoms[:len(atoms)-1]
	}
	natural := -style.Pitch
	for _, a := range atoms {
		natural += a.width
	}
	line := TextLine{Pace: style.Pace(), em: style.Em()}
	slack, extra := measure-natural, 0.0
	end := natural
	if slack < 0 && halfBlank(atoms[len(atoms)-1].last) {
		taken := min(-slack, style.Em()/2) // the blank half hangs, the ink does not
		slack, end = slack+taken, end-taken
	}
	if n := gaps(atoms); n > 0 && (slack < 0 || style.Align == Justify && !ragged) {
		extra = slack / float64(n)
		end += slack
	}
	x := 0.0
	for _, a := range atoms {
		line.put(p[a.span], a, x, extra)
		x += a.width + extra
	}
	line.Width = end
	line.shift(measure-end, style.Align)
	return line
}

// shift moves a line that is shorter than its measure to where its alignment wants
// it.
func (l *TextLine) shift(room float64, align Align) {
	switch {
	case room <= 0 || align != Center && align != Right:
		return
	case align == Center:
		room /= 2
	}
	for i := range l.pieces {
		l.pieces[i].x += room
	}
}

// put appends an atom's characters as pieces of one font each; a single character
// joins the piece before it when font, span and spacing agree.
func (l *TextLine) put(span Span, a atom, x, extra float64) {
	style := span.Style
	if span.Min > 0 {
		l.putBlank(span, a, x)
		return
	}
	if span.Box {
		l.pieces = append(l.pieces, piece{x: x, width: a.width, span: span})
		return
	}
	space := style.Pitch
	if utf8.RuneCountInString(a.text) == 1 {
		space += extra
	}
	begun := 0 // where the piece that is growing begins in the atom; -1: in one before it
	for i, r := range a.text {
		font, glyph, _ := style.Face.Find(r)
		if font == nil {
			continue
		}
		w := font.Advance(glyph)*style.Em() + space
		_, n := utf8.DecodeRuneInString(a.text[i:]) // not the length of r: a damaged byte is shown as U+FFFD
		end := i + n
		last := len(l.pieces) - 1
		switch {
		case last >= 0 && i > 0 && begun >= 0 && l.pieces[last].font == font:
			l.pieces[last].text = a.text[begun:end]
			l.pieces[last].width += w
		case last >= 0 && l.pieces[last].follows(font, span, space, x):
			l.pieces[last].text += a.text[i:end]
			l.pieces[last].width += w
			begun = -1
		default:
			l.pieces = append(l.pieces, piece{x, w, font, a.text[i:end], space, span})
			begun = i
		}
		x += w
	}
}

func (p piece) follows(font *face.Font, span Span, space, x float64) bool {
	return p.font == font && p.space == space && p.span.same(span) && abs(p.x+p.width-x) < 1e-6
}

// same reports whether two spans look the same, so that their text may be one run.
func (s Span) same(t Span) bool {
	return s.Style.Size == t.Style.Size && s.Style.Color == t.Style.Color && s.Style.Value == t.Style.Value &&
		s.Under == t.Under && s.Wrong == t.Wrong && s.Min == t.Min
}

// putBlank sets the text of a blank in the middle of its width.
func (l *TextLine) putBlank(span Span, a atom, x float64) {
	l.pieces = append(l.pieces, piece{x: x, width: a.width, span: span})
	inner := span
	inner.Min, inner.Under = 0, false
	l.put(inner, a, x+(a.width-span.width(a.text))/2, 0)
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}
