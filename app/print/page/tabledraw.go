package page

import "sort"

// Widths of a table's frame and inner lines, in mm.
const (
	frame = 0.4
	inner = 0.18
)

// flush draws the rows on the current page: text first, then every edge once.
func (l *layer) flush() {
	if len(l.parts) == 0 {
		return
	}
	e := edges{}
	for _, i := range l.here() {
		if top, bottom, ok := l.reach(l.boxes[i]); ok {
			l.drawBox(&l.boxes[i], top, bottom, e)
		}
	}
	e.draw(l.flow.Page())
	l.parts = nil
}

// here lists the boxes that reach this page, row by row.
func (l *layer) here() []int {
	var out []int
	first := l.parts[len(l.parts)-1].row
	for _, p := range l.parts {
		if p.row >= l.table.Head {
			first = p.row
			break
		}
	}
	for _, i := range l.spans {
		if b := l.boxes[i]; b.row < first && b.row >= l.table.Head && b.row+b.Rows > first {
			out = append(out, i)
		}
	}
	for _, p := range l.parts {
		out = append(out, l.begin[p.row]...)
	}
	return out
}

// reach returns the upper and lower edge of a box on this page.
func (l *layer) reach(b box) (top, bottom float64, ok bool) {
	if b.Rows == 1 && len(l.parts) > 0 {
		return l.rowReach(b.row)
	}
	for _, p := range l.parts {
		if p.row < b.row || p.row >= b.row+b.Rows {
			continue
		}
		if !ok || p.y < top {
			top = p.y
		}
		bottom, ok = max(bottom, p.y+p.h), true
	}
	return top, bottom, ok
}

// rowReach finds the part of one row: parts are in row order.
func (l *layer) rowReach(row int) (top, bottom float64, ok bool) {
	i := sort.Search(len(l.parts), func(i int) bool { return l.parts[i].row >= row })
	if i == len(l.parts) || l.parts[i].row != row {
		return 0, 0, false
	}
	return l.parts[i].y, l.parts[i].y + l.parts[i].h, true
}

func (l *layer) drawBox(b *box, top, bottom float64, e edges) {
	page, pad, padV := l.flow.Page(), l.table.pad(), l.table.padV()
	x := l.flow.Sheet.Left + l.table.X
	for _, w := range l.table.Cols[:b.col] {
		x += w
	}
	if b.Fill.A > 0 {
		page.Add(Box{Rect: Rect{x, top, b.width, bottom - top}, Fill: b.Fill})
	}
	if !b.Bare {
		e.add(Rect{x, top, b.width, bottom - top})
	}
	n := len(b.lines) - b.next
	if !b.label() || bottom-top < b.need(padV)-0.01 {
		n = b.fits(bottom-top, padV)
	}
	if b.Rows > 1 {
		n = min(n, b.fits(bottom-top, padV))
	}
	lines := b.lines[b.next : b.next+n]
	done := b.next+n == len(b.lines)
	b.rule(page, Rect{x + pad, top + padV, b.width - 2*pad, bottom - top - 2*padV})
	DrawLines(page, lines, x+pad, b.textTop(lines, top, bottom, padV))
	if done && len(b.sign) > 0 && Height(b.lines[b.next:])+Height(b.sign)+2*padV <= bottom-top+0.01 {
		DrawLines(page, b.sign, x+pad, bottom-padV-Height(b.sign))
		b.sign = nil
	}
	if !b.label() {
		b.next += n
	}
}

// textTop returns where the text of a box begins.
func (b box) textTop(lines []TextLine, top, bottom, padV float64) float64 {
	room := bottom - top - 2*padV - Height(lines)
	if len(b.sign) > 0 && b.VAlign != Top {
		room = max(room-Height(b.sign)-padV, 0)
	}
	switch b.VAlign {
	case Top:
		return top + padV
	case Foot:
		return top + padV + room
	}
	return top + padV + room/2
}

// rule draws the lines for writing by hand.
func (b box) rule(p *Page, r Rect) {
	if b.Ruled <= 0 {
		return
	}
	height := r.H - Height(b.sign)
	n := int(height/b.Ruled + 0.01)
	for i := 1; i < n; i++ { // the frame is the last line
		y := r.Y + height*float64(i)/float64(n)
		p.Add(Line{X1: r.X, Y1: y, X2: r.Right(), Y2: y, Width: 0.1, Color: Grey, Stroke: Underline})
	}
}

// edges collects the edges of cells so that each is drawn once. Keys are
// hundredths of a millimetre.
type edges map[edge][]interval

type edge struct {
	down bool // a vertical line
	at   int
}

type interval struct{ from, to int }

func hundredths(x float64) int { return int(x*100 + 0.5) }

func (e edges) add(r Rect) {
	x1, y1, x2, y2 := hundredths(r.X), hundredths(r.Y), hundredths(r.Right()), hundredths(r.Bottom())
	for _, y := range []int{y1, y2} {
		e[edge{false, y}] = append(e[edge{false, y}], interval{x1, x2})
	}
	for _, x := range []int{x1, x2} {
		e[edge{true, x}] = append(e[edge{true, x}], interval{y1, y2})
	}
}

// draw writes the edges, the outermost ones as a thicker frame.
func (e edges) draw(p *Page) {
	keys := make([]edge, 0, len(e))
	for k := range e {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if keys[i].down != keys[j].down {
			return keys[j].down
		}
		return keys[i].at < keys[j].at
	})
	for i, k := range keys {
		width := inner
		if i == 0 || i == len(keys)-1 || keys[i-1].down != k.down || keys[i+1].down != k.down {
			width = frame
		}
		for _, v := range join(e[k]) {
			l := Line{X1: float64(v.from) / 100, Y1: float64(k.at) / 100, X2: float64(v.to) / 100, Y2: float64(k.at) / 100, Width: width, Color: Black}
			if k.down {
				l.X1, l.Y1, l.X2, l.Y2 = l.Y1, l.X1, l.Y2, l.X2
			}
			p.Add(l)
		}
	}
}

// join merges intervals that touch.
func join(in []interval) []interval {
	sort.Slice(in, func(i, j int) bool { return in[i].from < in[j].from })
	out := in[:1]
	for _, v := range in[1:] {
		if last := &out[len(out)-1]; v.from <= last.to+1 {
			last.to = max(last.to, v.to)
			continue
		}
		out = append(out, v)
	}
	return out
}
