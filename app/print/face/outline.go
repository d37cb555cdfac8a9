package face

// Point is a point of an outline in ems, y upward from the base line.
type Point struct{ X, Y float64 }

// Stroke is one step of an outline. With Curve it is a quadratic curve over
// Control to To, else a straight line; Move starts a new contour at To.
type Stroke struct {
	Move, Curve bool
	Control, To Point
}

// affine maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) apply(p Point) Point {
	return Point{m.a*p.X + m.c*p.Y + m.e, m.b*p.X + m.d*p.Y + m.f}
}

// then returns the map that applies n first and m after it.
func (m affine) then(n affine) affine {
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// depth is how far composite glyphs may be nested.
const depth = 5

// Outline returns the shape of a glyph. Damaged outlines come out empty or
// partial, never as a failure.
func (f *Font) Outline(glyph uint16) []Stroke {
	scale := 1 / float64(f.units)
	return f.trace(nil, glyph, affine{a: scale, d: scale}, depth)
}

// Bounds returns the box around the ink of a glyph in ems; ok is false for
// glyphs without ink.
func (f *Font) Bounds(glyph uint16) (low, high Point, ok bool) {
	data := f.data(glyph)
	if len(data) < 10 {
		return Point{}, Point{}, false
	}
	u := float64(f.units)
	low = Point{float64(data.i16(2)) / u, float64(data.i16(4)) / u}
	high = Point{float64(data.i16(6)) / u, float64(data.i16(8)) / u}
	return low, high, high.X > low.X && high.Y > low.Y
}

func (f *Font) data(glyph uint16) table {
	if int(glyph) >= f.glyphs {
		return ""
	}
	return f.tables["glyf"][f.offset[glyph]:f.offset[glyph+1]]
}

func (f *Font) trace(out []Stroke, glyph uint16, m affine, left int) []Stroke {
	data := f.data(glyph)
	if len(data) < 10 || left == 0 {
		return out
	}
	if contours := data.i16(0); contours >= 0 {
		return simple(out, data, contours, m)
	}
	eachPart(data, func(_ int, part uint16, place affine) {
		out = f.trace(out, part, m.then(place), left-1)
	})
	return out
}

// Flags of a part of a composite glyph.
const (
	wordArgs = 1 << iota
	argsAreXY
	_
	hasScale
	_
	moreParts
	hasXYScale
	hasTwoByTwo
)

// eachPart calls visit with every part of a composite glyph: where its glyph
// index stands in data, the index, and its placing.
func eachPart(data table, visit func(at int, part uint16, place affine)) {
	f2 := func(i int) float64 { return float64(data.i16(i)) / (1 << 14) }
	for at := 10; at+4 <= len(data); {
		flags, index := data.u16(at), at+2
		place := affine{a: 1, d: 1}
		dx, dy := float64(int8(data.u8(at+4))), float64(int8(data.u8(at+5)))
		next := at + 6
		if flags&wordArgs != 0 {
			dx, dy = float64(data.i16(at+4)), float64(data.i16(at+6))
			next = at + 8
		}
		if flags&argsAreXY != 0 {
			place.e, place.f = dx, dy
		}
		switch {
		case flags&hasScale != 0:
			place.a, place.d = f2(next), f2(next)
			next += 2
		case flags&hasXYScale != 0:
			place.a, place.d = f2(next), f2(next+2)
			next += 4
		case flags&hasTwoByTwo != 0:
			place.a, place.b, place.c, place.d = f2(next), f2(next+2), f2(next+4), f2(next+6)
			next += 8
		}
		visit(index, uint16(data.u16(index)), place)
		if flags&moreParts == 0 {
			return
		}
		at = next
	}
}

// vertex is one point of a contour as the font stores it.
type vertex struct {
	Point
	on bool
}

func simple(out []Stroke, data table, contours int, m affine) []Stroke {
	ends := 10
	if contours == 0 || len(data) < ends+2*contours+2 {
		return out
	}
	count := data.u16(ends+2*(contours-1)) + 1
	at := ends + 2*contours
	at += 2 + data.u16(at)
	if at >= len(data) {
		return out
	}
	points := readVertices(data, at, count)
	first := 0
	for i := range contours {
		last := data.u16(ends + 2*i)
		if last < first || last >= len(points) {
			return out
		}
		out = contour(out, points[first:last+1], m)
		first = last + 1
	}
	return out
}

// readVertices reads flags and coordinates of count points; nil when they are
// cut short.
func readVertices(data table, at, count int) []vertex {
	flags := make([]byte, 0, min(count, len(data)*256))
	for len(flags) < count {
		if at >= len(data) {
			return nil
		}
		flag := byte(data.u8(at))
		flags = append(flags, flag)
		at++
		if flag&8 != 0 {
			for range data.u8(at) {
				flags = append(flags, flag)
			}
			at++
		}
	}
	out := make([]vertex, count)
	axis := func(short, same byte, set func(i, value int)) {
		value := 0
		for i := range count {
			switch flag := flags[i]; {
			case flag&short != 0:
				step := data.u8(at)
				if flag&same == 0 {
					step = -step
				}
				value, at = value+step, at+1
			case flag&same == 0:
				value, at = value+data.i16(at), at+2
			}
			set(i, value)
		}
	}
	axis(2, 16, func(i, value int) { out[i].X = float64(value) })
	axis(4, 32, func(i, value int) { out[i].Y = float64(value) })
	for i := range out {
		out[i].on = flags[i]&1 != 0
	}
	return out
}

// contour turns the points of one contour into strokes; two control points in a
// row have a point half-way between them.
func contour(out []Stroke, points []vertex, m affine) []Stroke {
	if len(points) < 2 {
		return out
	}
	n := len(points)
	start := 0
	for start < n && !points[start].on {
		start++
	}
	origin := points[start%n]
	if start == n {
		origin.Point = middle(points[n-1].Point, points[0].Point)
		start = -1
	}
	out = append(out, Stroke{Move: true, To: m.apply(origin.Point)})
	var control *Point
	put := func(to Point) {
		s := Stroke{To: m.apply(to)}
		if control != nil {
			s.Curve, s.Control = true, m.apply(*control)
		}
		out, control = append(out, s), nil
	}
	for i := 1; i <= n; i++ {
		p := points[(start+i+n)%n]
		if start == -1 {
			p = points[i-1]
		}
		switch {
		case p.on:
			put(p.Point)
		case control != nil:
			put(middle(*control, p.Point))
			fallthrough
		default:
			c := p.Point
			control = &c
		}
	}
	if control != nil {
		put(origin.Point)
	}
	return out
}

func middle(a, b Point) Point { return Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2} }
