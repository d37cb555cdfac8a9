package page

import (
	"image/color"
	"strings"

	"zhibu/app/print/face"
)

// Align is where lines stand in their measure.
type Align int

// The alignments. Justify spreads every line but the last of a paragraph.
const (
	Left Align = iota
	Center
	Right
	Justify
)

// Style is how text looks.
type Style struct {
	Face  face.Face
	Size  float64 // points
	Lead  float64 // line pitch in mm; 0: one and a half times the size
	Align Align
	First float64 // indent of a paragraph's first line, in ems
	Pitch float64 // mm added after every character, for a grid
	Color color.RGBA
	Value bool // filled in by data
	Head  bool // a heading: never the last line on a page of a cell that goes on
}

// Em returns the size in mm.
func (s Style) Em() float64 { return s.Size * MM }

// Pace returns the line pitch in mm.
func (s Style) Pace() float64 {
	if s.Lead > 0 {
		return s.Lead
	}
	return s.Em() * 1.5
}

// Span is text in one style inside a paragraph. With Under a line is drawn below
// it; Min is the least width in mm, its text standing in the middle: a blank to
// fill in by hand when Text is "".
type Span struct {
	Text  string
	Style Style
	Under bool
	Min   float64
	Wrong bool // struck out, the alternative that does not apply
	Box   bool // a check box of one em instead of text
	Tick  bool // the box is ticked
}

// Para is a paragraph; the first span's style gives its alignment and pitch.
type Para []Span

// Text makes paragraphs of text, one for every line of it.
func Text(s Style, text string) []Para {
	var out []Para
	for _, line := range strings.Split(text, "\n") {
		out = append(out, Para{{Text: line, Style: s}})
	}
	return out
}

// piece is part of a line: characters of one font, style and spacing.
type piece struct {
	x     float64
	width float64
	font  *face.Font
	text  string
	space float64
	span  Span
}

// TextLine is one laid-out line.
type TextLine struct {
	pieces []piece
	Width  float64 // of its ink and blanks, in mm
	Pace   float64 // how far it moves down the page
	em     float64
	opens  bool // first line of its paragraph
}

// atom is what a line is made of: something that is never broken inside.
type atom struct {
	text  string
	span  int
	width float64 // with the pitch after every character
	blank bool    // a space: dropped at line ends
	first rune
	last  rune
}

// Lines breaks paragraphs into lines of at most width mm.
func Lines(paras []Para, width float64) []TextLine {
	var out []TextLine
	for _, p := range paras {
		if len(p) == 0 {
			continue
		}
		out = append(out, p.lines(width)...)
	}
	return out
}

func (p Para) lines(width float64) []TextLine {
	style := p[0].Style
	indent := style.First * (style.Em() + style.Pitch)
	atoms := p.atoms(width)
	if len(atoms) == 0 {
		return []TextLine{{Pace: style.Pace(), em: style.Em(), opens: true}}
	}
	var out []TextLine
	for start := 0; start < len(atoms); {
		measure := width
		if len(out) == 0 {
			measure -= indent
		}
		end, squeezed := fill(atoms, start, measure, style)
		last := end == len(atoms)
		line := set(p, atoms[start:end], measure, last && !squeezed, style)
		if len(out) == 0 && style.Align != Center && style.Align != Right {
			for i := range line.pieces {
				line.pieces[i].x += indent
			}
			line.Width += indent
		}
		line.opens = len(out) == 0
		out = append(out, line)
		for start = end; start < len(atoms) && atoms[start].blank; {
			start++
		}
	}
	return out
}

func (p Para) atoms(width float64) []atom {
	var out []atom
	for i, span := range p {
		if span.Box {
			out = append(out, atom{span: i, width: span.Style.Em(), first: '（', last: '（'})
			continue
		}
		if span.Min > 0 {
			w := max(span.Min, span.width(span.Text))
			if w <= width && !strings.Contains(span.Text, "\n") {
				out = append(out, atom{text: span.Text, span: i, width: w, first: firstOf(span.Text), last: lastOf(span.Text)})
				continue
			}
		}
		for _, word := range words(span.Text) {
			w := span.width(word)
			if w > width {
				for _, r := range word {
					out = append(out, atom{string(r), i, span.width(string(r)), false, r, r})
				}
				continue
			}
			out = append(out, atom{word, i, w, word == " " || word == "\u3000", firstOf(word), lastOf(word)})
		}
	}
	return out
}

// Width returns how wide the paragraph is in one line, in mm.
func (p Para) Width() float64 {
	w := 0.0
	for _, s := range p {
		w += max(s.Min, s.width(s.Text))
	}
	return w
}

// width returns the width of text in the span's style.
func (s Span) width(text string) float64 {
	w := 0.0
	for _, r := range text {
		w += s.Style.advance(r)
	}
	return w
}

func (s Style) advance(r rune) float64 {
	font, glyph, _ := s.Face.Find(r)
	if font == nil {
		return s.Em()
	}
	return font.Advance(glyph)*s.Em() + s.Pitch
}

// Width returns the width of text set in one line.
func (s Style) Width(text string) float64 { return Span{Style: s}.width(text) }

func firstOf(s string) rune {
	for _, r := range s {
		return r
	}
	return 'x'
}

func lastOf(s string) rune {
	last := 'x'
	for _, r := range s {
		last = r
	}
	return last
}
