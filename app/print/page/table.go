package page

import (
	"image/color"
	"strconv"
)

// VAlign is where a cell's text stands between its upper and lower edge.
type VAlign int

// The vertical alignments.
const (
	Middle VAlign = iota
	Top
	Foot
)

// Cell is one cell of a table. Text outside of it is impossible: a cell grows
// with its text, or, when Fixed, hands the rest to a continuation page.
type Cell struct {
	Text     []Para
	Name     bool    // a name: shrinks, then wraps at "·"
	Cols     int     // columns it spans, 0 and 1: one
	Rows     int     // rows it spans
	H        float64 // least height in mm
	VAlign   VAlign  // of its text
	Vertical bool    // a label set downward, one character a line
	Fixed    bool    // never higher than H
	Most     float64 // never higher than this; 0: no limit
	Label    string  // names the cell on a continuation page
	Sign     []Para  // signature lines at the bottom
	Ruled    float64 // distance of ruled lines for writing by hand, 0: none
	Fill     color.RGBA
	Bare     bool // without edges
	Spread   bool // a label of two or three characters is spaced out to four
}

func (c Cell) cols() int { return max(c.Cols, 1) }
func (c Cell) rows() int { return max(c.Rows, 1) }

// Row is one row of a table.
type Row struct {
	Cells   []Cell
	H       float64 // least height
	Split   bool    // may be broken over pages
	Tie     bool    // stands on one page with the row below it
	Stretch bool    // takes what is left of a page
}

// Table is a grid of rows.
type Table struct {
	Cols []float64 // widths in mm
	Head int       // rows repeated at the top of every page
	Rows []Row
	X    float64 // from the left edge of the type area
	Pad  float64 // beside text; 0: 1.4 mm
	PadV float64 // above and below text; 0: 1 mm
	Keep float64 // height to be left under the table, for a foot line
}

func (t Table) pad() float64 {
	if t.Pad > 0 {
		return t.Pad
	}
	return 1.4
}

func (t Table) padV() float64 {
	if t.PadV > 0 {
		return t.PadV
	}
	return 1
}

// box is a cell laid out: where it stands in the grid and its lines.
type box struct {
	Cell
	row, col int
	width    float64
	lines    []TextLine
	sign     []TextLine
	next     int // lines already on paper
}

// label reports whether the box holds printed form only: it is shown again on
// every page that its row reaches.
func (b box) label() bool { return len(b.Text) > 0 && !b.filled() }

// need returns the height the rest of the box asks for.
func (b box) need(padV float64) float64 {
	h := Height(b.lines[b.next:]) + 2*padV
	if len(b.sign) > 0 {
		h += Height(b.sign) + padV
	}
	if b.next > 0 {
		return h
	}
	return max(h, b.H)
}

// layout places every cell in the grid and breaks its text.
func (t Table) layout(over func(label string, rest []Para) int) []box {
	n := 0
	for _, row := range t.Rows {
		n += len(row.Cells)
	}
	out := make([]box, 0, n)
	taken := map[[2]int]bool{}
	for r, row := range t.Rows {
		col := 0
		for _, cell := range row.Cells {
			for taken[[2]int{r, col}] {
				col++
			}
			if col >= len(t.Cols) {
				break
			}
			b := box{Cell: cell, row: r, col: col}
			last := min(col+cell.cols(), len(t.Cols))
			for c := col; c < last; c++ {
				b.width += t.Cols[c]
				for i := 1; i < cell.rows(); i++ {
					taken[[2]int{r + i, c}] = true
				}
			}
			b.Cols = last - col
			b.Rows = min(cell.rows(), len(t.Rows)-r)
			t.fillBox(&b, over)
			out = append(out, b)
			col = last
		}
	}
	return out
}

func (t Table) fillBox(b *box, over func(string, []Para) int) {
	inner := b.width - 2*t.pad()
	if b.Spread {
		b.Text = spread(b.Text, inner)
	}
	switch {
	case b.Vertical:
		b.lines = downward(b.Text, inner)
	case b.Name && len(b.Text) == 1 && len(b.Text[0]) == 1:
		t.fitName(b, inner)
	default:
		b.lines = Lines(b.Text, inner)
	}
	b.sign = Lines(b.Sign, inner)
	if b.Fixed {
		b.Most = b.H
	}
	if b.Most > 0 && b.need(t.padV()) > b.Most+0.01 {
		b.H = b.Most
		t.cutBox(b, inner, over)
	}
}

// fitName lays out a name, smaller and with its lines closer together where the cell
// may not grow with it.
func (t Table) fitName(b *box, inner float64) {
	span := b.Text[0][0]
	b.lines = Fit(span.Style, span.Text, inner)
	for size := 1.0; b.Fixed && b.need(t.padV()) > b.H+0.01 && size > 0.55; size -= 0.05 {
		s := span.Style.smaller(size)
		s.Lead = s.Em() * 1.15
		b.lines = Fit(s, span.Text, inner)
	}
}

// spread spaces out a short label towards the width of four characters.
func spread(paras []Para, width float64) []Para {
	if len(paras) != 1 || len(paras[0]) != 1 {
		return paras
	}
	s := paras[0][0]
	n := len([]rune(s.Text))
	if n == 0 || []rune(s.Text)[0] < 0x2e80 {
		return paras
	}
	if em := s.Style.Em(); n == 2 && width >= 3*em {
		s.Style.Pitch = min(width-2*em, em)
	} else if n == 3 && width >= 4*em {
		s.Style.Pitch = em / 2
	}
	return []Para{{s}}
}

// cutBox keeps as many lines as a fixed cell holds and hands on the rest.
func (t Table) cutBox(b *box, inner float64, over func(string, []Para) int) {
	style, ok := b.style()
	if !ok {
		return // signatures alone: nothing can be handed on
	}
	room := b.H - 2*t.padV() - Height(b.sign)
	if len(b.sign) > 0 {
		room -= t.padV()
	}
	room -= style.Pace() // one line is for the note
	kept := 0
	for h := 0.0; kept < len(b.lines) && h+b.lines[kept].Pace <= room; kept++ {
		h += b.lines[kept].Pace
	}
	var rest []Para
	for i, l := range b.lines[kept:] {
		if n := len(rest); i > 0 && !l.opens {
			rest[n-1] = append(rest[n-1], l.para()...)
			continue
		}
		rest = append(rest, l.para())
	}
	style.Align, style.First = Right, 0
	note := "（转续页 " + circled(over(b.Label, rest)) + "）"
	b.lines = append(b.lines[:kept:kept], Lines([]Para{{{Text: note, Style: style}}}, inner)...)
}

// style is that of the box's first text.
func (b box) style() (Style, bool) {
	for _, p := range b.Text {
		for _, s := range p {
			return s.Style, true
		}
	}
	return Style{}, false
}

// para returns the text of a line as a paragraph of its own.
func (l TextLine) para() Para {
	var out Para
	for _, c := range l.pieces {
		s := c.span
		s.Text = c.text
		out = append(out, s)
	}
	return out
}

// circled returns ① to ⑳, or the number in brackets.
func circled(n int) string {
	if n >= 1 && n <= 20 {
		return string(rune('①' + n - 1))
	}
	return "(" + strconv.Itoa(n) + ")"
}

// downward sets a label one character a line; brackets stay upright in it.
func downward(paras []Para, width float64) []TextLine {
	var out []TextLine
	for _, p := range paras {
		for _, s := range p {
			s.Style.Align, s.Style.First = Center, 0
			s.Style.Lead = s.Style.Em() * 1.2
			for _, r := range s.Text {
				if r == '（' || r == '）' {
					r += '︵' - '（'
				}
				out = append(out, Lines([]Para{{{Text: string(r), Style: s.Style}}}, width)...)
			}
		}
	}
	return out
}
