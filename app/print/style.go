package print

import (
	"strings"
	"unicode/utf8"

	"zhibu/app/print/page"
)

// 号 → points (domain.md §7.1).
const (
	size2  = 22   // 二号
	size2s = 18   // 小二
	size3  = 16   // 三号
	size4  = 14   // 四号
	size4s = 12   // 小四
	size5  = 10.5 // 五号
	size5s = 9    // 小五
)

func (d *draft) song(size float64) page.Style {
	return page.Style{Face: d.faces.Song, Size: size, Color: page.Black}
}

func (d *draft) hei(size float64) page.Style {
	return page.Style{Face: d.faces.Hei, Size: size, Color: page.Black}
}

// fang is the style of what is filled in.
func (d *draft) fang(size float64) page.Style {
	return page.Style{Face: d.faces.Fang, Size: size, Color: page.Black, Value: true}
}

func (d *draft) titleStyle(size float64) page.Style {
	return page.Style{Face: d.faces.Title, Size: size, Color: page.Black, Align: page.Center, Lead: size * page.MM * 1.45}
}

// heading writes the form's title, in one line if it can be.
func (d *draft) heading(text string) {
	s := d.titleStyle(size2)
	if s.Width(text) > d.Sheet.Area().W {
		s = d.titleStyle(size2s)
	}
	title := page.Para{{Text: text, Style: s}}
	if rest, ok := strings.CutPrefix(text, yearBlank); ok {
		title = page.Para{{Style: s, Under: true, Min: s.Width(yearBlank)}, {Text: rest, Style: s}}
	}
	d.Text(title)
	d.Gap(3)
}

// yearBlank is the room for a year to be written by hand.
const yearBlank = "　　　　"

// headline writes small print over a table: left and right. What does not fit into
// one line wraps within its part of the width.
func (d *draft) headline(left, right []page.Span) {
	const apart = 3 // mm
	w := d.Sheet.Area().W
	lw, rw := page.Para(left).Width(), page.Para(right).Width()
	if lw+apart+rw <= w {
		lw, rw = w, w
	} else {
		rw = min(rw, w-min(lw, w/2)-apart)
		lw = w - rw - apart
	}
	l, r := page.Lines([]page.Para{left}, lw), page.Lines([]page.Para{aligned(right, page.Right)}, rw)
	page.DrawLines(d.Page(), r, d.Sheet.Left+w-rw, d.Y)
	page.DrawLines(d.Page(), l, d.Sheet.Left, d.Y)
	d.Y += max(page.Height(l), page.Height(r), 6)
}

func aligned(spans []page.Span, a page.Align) page.Para {
	out := append(page.Para(nil), spans...)
	if len(out) > 0 {
		out[0].Style.Align = a
	}
	return out
}

// say is a span of printed form; put is a span of filled-in value.
func (d *draft) say(text string) page.Span { return page.Span{Text: text, Style: d.song(size5)} }

func (d *draft) put(text string) page.Span {
	s := d.fang(11)
	s.Lead = d.song(size5).Pace()
	return page.Span{Text: text, Style: s}
}

// blank is a value on an underline of at least min mm: a blank when text is "".
func (d *draft) blank(text string, min float64) page.Span {
	s := d.put(text)
	s.Min, s.Under = min, true
	return s
}

// rowH is the height of one line of a form in mm.
const rowH = 9

// four spaces a short label out to the width of four characters.
func four(s page.Style, text string) page.Style {
	if n := utf8.RuneCountInString(text); n > 1 && n < 4 {
		s.Pitch = s.Em() * float64(4-n) / float64(n-1)
	}
	return s
}

// label is a cell of printed form, centred.
func (d *draft) label(text string) page.Cell {
	s := d.song(size5)
	s.Align = page.Center
	c := page.Cell{Text: page.Text(s, text), H: rowH}
	c.Spread = utf8.RuneCountInString(text) <= 3
	return c
}

// side is a label set downward.
func (d *draft) side(text string) page.Cell {
	c := d.label(text)
	c.Vertical = true
	return c
}

// value is a filled-in cell of one line, centred.
func (d *draft) value(text string) page.Cell {
	s := d.fang(11)
	s.Align = page.Center
	return page.Cell{Text: page.Text(s, text), H: rowH, Name: true}
}

// left is a filled-in cell whose text begins at the left.
func (d *draft) left(text string) page.Cell {
	s := d.fang(11)
	s.Lead = 6
	return page.Cell{Text: page.Text(s, text), H: rowH}
}

// tall is a filled-in cell for text of several lines, at least h mm high.
func (d *draft) tall(text string, h float64) page.Cell {
	s := d.fang(11)
	s.Lead, s.Align, s.First = 6.4, page.Justify, 2
	return page.Cell{Text: page.Text(s, text), H: h, VAlign: page.Top}
}

// wide makes a cell span n columns, deep n rows.
func wide(n int, c page.Cell) page.Cell { c.Cols = n; return c }

func deep(n int, c page.Cell) page.Cell { c.Rows = n; return c }

// high sets the least height of a cell.
func high(h float64, c page.Cell) page.Cell { c.H = h; return c }

// row makes a row of cells; split makes one that may be broken over pages.
func row(cells ...page.Cell) page.Row { return page.Row{Cells: cells} }

func split(cells ...page.Cell) page.Row { return page.Row{Cells: cells, Split: true} }

// stretched lets a row take what is left of a page.
func stretched(r page.Row) page.Row { r.Stretch = true; return r }

// tied keeps a row on one page with the row below it.
func tied(r page.Row) page.Row { r.Tie = true; return r }

// sign puts signature lines at the foot of a cell.
func (d *draft) sign(c page.Cell, lines ...string) page.Cell {
	for _, text := range lines {
		s := d.song(size5)
		s.Align, s.Lead = page.Right, 7
		c.Sign = append(c.Sign, page.Para{{Text: text + "　", Style: s}})
	}
	return c
}

const (
	dayBlank  = "　　　　年　　月　　日" // a date to be written by hand
	dayShort  = "　　年　月　日"     // the same where space is narrow
	nameBlank = "　　　　　　　　"    // a signature to be written by hand
)

// footline writes signature blanks under a table: the last to the right, the others
// spread over the width that is left.
func (d *draft) footline(parts ...string) {
	s := d.song(size5)
	last, w := len(parts)-1, d.Sheet.Area().W
	if last > 0 {
		w = (w - s.Width(parts[last])) / float64(last)
	}
	columns := make([][]page.TextLine, len(parts))
	height := 0.0
	for i, text := range parts {
		columns[i] = page.Lines([]page.Para{{{Text: text, Style: s}}}, w)
		if i == last && i > 0 {
			columns[i] = page.Lines([]page.Para{{{Text: text, Style: s}}}, s.Width(text))
		}
		height = max(height, page.Height(columns[i]))
	}
	d.Need(4 + height)
	d.Gap(4)
	for i, lines := range columns {
		page.DrawLines(d.Page(), lines, d.Sheet.Left+float64(i)*w, d.Y)
	}
	d.Y += height
}

// rightLine writes one line to the right, for a last signature.
func (d *draft) rightLine(text string) {
	s := d.song(size5)
	s.Align = page.Right
	d.Text(page.Para{{Text: text, Style: s}})
}
