package page

// part is the piece of a row that stands on the current page.
type part struct {
	row  int
	y, h float64
}

// layer puts one table on paper, page after page.
type layer struct {
	flow    *Flow
	table   Table
	boxes   []box
	begin   [][]int   // row → boxes that begin in it
	spans   []int     // boxes over several rows
	heights []float64 // height each row still asks for
	parts   []part    // rows on the current page
}

// Table writes a table, over as many pages as it needs, heading rows again on
// each, and leaves the pen below it.
func (f *Flow) Table(t Table) {
	if f.Still {
		t = f.still(t)
	}
	l := f.lay(t)
	for r := 0; r < len(t.Rows); {
		if l.place(r) {
			r++
		}
	}
	l.flush()
}

// lay breaks the text of a table and finds out how high its rows are.
func (f *Flow) lay(t Table) *layer {
	boxes := t.layout(func(label string, rest []Para) int {
		f.over = append(f.over, Rest{No: len(f.over) + 1, Label: label, Paras: rest})
		return len(f.over)
	})
	l := &layer{flow: f, table: t, boxes: boxes, heights: make([]float64, len(t.Rows))}
	l.index()
	for r := range t.Rows {
		l.heights[r] = l.height(r)
	}
	l.growSpans()
	l.stretch()
	return l
}

func (l *layer) index() {
	l.begin = make([][]int, len(l.table.Rows))
	for i, b := range l.boxes {
		l.begin[b.row] = append(l.begin[b.row], i)
		if b.Rows > 1 {
			l.spans = append(l.spans, i)
		}
	}
}

// height returns what row r still asks for, by the cells that stand in it alone.
func (l *layer) height(r int) float64 {
	h := 0.0
	started := false
	for _, i := range l.begin[r] {
		if b := l.boxes[i]; b.Rows == 1 {
			h = max(h, b.need(l.table.padV()))
			started = started || b.next > 0
		}
	}
	if started {
		return h
	}
	return max(h, l.table.Rows[r].H)
}

// growSpans makes the last row of a cell over several rows high enough for it.
func (l *layer) growSpans() {
	for _, i := range l.spans {
		b := l.boxes[i]
		sum := 0.0
		for r := b.row; r < b.row+b.Rows; r++ {
			sum += l.heights[r]
		}
		if lack := b.need(l.table.padV()) - sum; lack > 0 {
			l.heights[b.row+b.Rows-1] += lack
		}
	}
}

// stretch shares what is left of the page among the rows that may take it.
func (l *layer) stretch() {
	total, takers := l.table.Keep, 0
	for r, row := range l.table.Rows {
		total += l.heights[r]
		if row.Stretch {
			takers++
		}
	}
	left := l.flow.Room() - total
	if takers == 0 || left <= 0 {
		return
	}
	for r, row := range l.table.Rows {
		if row.Stretch {
			l.heights[r] += left / float64(takers)
		}
	}
}

// place puts row r, or as much of it as fits, on the current page and reports
// whether all of it is on paper.
func (l *layer) place(r int) bool {
	const rounding = 0.01
	room := l.flow.Room() + rounding
	if r == len(l.table.Rows)-1 {
		room -= l.table.Keep
	}
	alone := l.onlyHead()
	if group := l.group(r); group > room && group <= l.full() && !alone {
		l.turn(r)
		return false
	}
	switch h := l.heights[r]; {
	case h <= room:
		l.put(r, h)
		return true
	case (l.table.Rows[r].Split || h > l.full()) && l.progress(r, room-rounding):
		l.put(r, room-rounding)
		l.turn(r)
		l.heights[r] = l.height(r)
		return false
	case alone:
		l.put(r, h) // higher than a page and not to be broken: nothing better can be done
		return true
	}
	l.turn(r)
	return false
}

func (l *layer) put(r int, h float64) {
	l.parts = append(l.parts, part{r, l.flow.Y, h})
	l.flow.Y += h
}

// onlyHead reports whether the page holds nothing of the table but its heading
// and nothing else above it.
func (l *layer) onlyHead() bool {
	y := l.flow.Sheet.Top
	for _, p := range l.parts {
		if p.row >= l.table.Head {
			return false
		}
		y += p.h
	}
	return l.flow.Y <= y+0.01
}

// full returns the height a page offers below the heading rows.
func (l *layer) full() float64 {
	h := l.flow.Sheet.Area().H
	for r := range l.table.Head {
		h -= l.heights[r]
	}
	return h
}

// group returns the height of the rows tied to r, by themselves or by cells that
// span them, when r is the first of them, else 0.
func (l *layer) group(r int) float64 {
	rows := l.table.Rows
	if r > 0 && rows[r-1].Tie {
		return 0
	}
	end := r + 1
	for i := r; i < end; i++ {
		if rows[i].Tie {
			end = max(end, min(i+2, len(rows)))
		}
		for _, j := range l.spans {
			b := l.boxes[j]
			if b.row == i {
				end = max(end, i+b.Rows)
			}
			if b.row < r && b.row+b.Rows > r {
				return 0
			}
		}
	}
	h := 0.0
	for i := r; i < end; i++ {
		h += l.heights[i]
	}
	switch end {
	case r + 1:
		return 0
	case len(rows):
		h += l.table.Keep
	}
	return h
}

// progress reports whether row r has more text than height h holds and breaking it
// there puts a fair part of it here. A row whose text would fit is never broken.
func (l *layer) progress(r int, h float64) bool {
	more := false
	for _, i := range l.begin[r] {
		b := l.boxes[i]
		left := len(b.lines) - b.next
		if b.Rows > 1 || b.label() || left == 0 {
			continue
		}
		n := b.fits(h, l.table.padV())
		if n < min(2, left) {
			return false
		}
		more = more || n < left
	}
	return more && h > 0
}

// fits returns how many of the box's next lines stand in height h, headings before
// the break left out.
func (b box) fits(h, padV float64) int {
	n := 0
	h -= 2 * padV
	for i := b.next; i < len(b.lines) && b.lines[i].Pace <= h+0.001; i++ {
		h -= b.lines[i].Pace
		n++
	}
	if b.next+n < len(b.lines) {
		for n > 1 && b.lines[b.next+n-1].head() {
			n--
		}
	}
	return n
}

// head reports whether a line is of a heading.
func (l TextLine) head() bool { return len(l.pieces) > 0 && l.pieces[0].span.Style.Head }

// fillPage shares what is left of the page among the rows on it that may take it.
func (l *layer) fillPage() {
	takers := 0
	for _, p := range l.parts {
		if l.table.Rows[p.row].Stretch {
			takers++
		}
	}
	if takers == 0 {
		return
	}
	share, down := l.flow.Room()/float64(takers), 0.0
	for i := range l.parts {
		p := &l.parts[i]
		p.y += down
		if l.table.Rows[p.row].Stretch {
			p.h += share
			down += share
		}
	}
}

// turn finishes the page and puts the heading on the next one.
func (l *layer) turn(r int) {
	l.fillPage()
	l.flush()
	l.flow.Break()
	if r < l.table.Head {
		return
	}
	for i := range l.table.Head {
		for _, j := range l.begin[i] {
			l.boxes[j].next = 0
		}
		l.put(i, l.heights[i])
	}
}
