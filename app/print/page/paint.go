package page

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/vector"

	"zhibu/app/print/face"
)

// Paint renders the page at dpi dots an inch, exactly what the writer puts on
// paper: the preview is the paper. Resolutions outside 10 to 1200 are brought
// into that range.
func (p *Page) Paint(dpi float64) *image.RGBA {
	dpi = min(max(dpi, 10), 1200)
	b := &brush{scale: dpi / 25.4}
	w, h := int(math.Round(p.W*b.scale)), int(math.Round(p.H*b.scale))
	b.to = image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.Draw(b.to, b.to.Bounds(), image.White, image.Point{}, draw.Src)
	for _, item := range p.Items {
		switch it := item.(type) {
		case Run:
			b.run(it)
		case Line:
			b.line(it)
		case Box:
			b.box(it)
		case Picture:
			r := image.Rect(b.px(it.X), b.px(it.Y), b.px(it.Right()), b.px(it.Bottom()))
			xdraw.CatmullRom.Scale(b.to, r, it.Image, it.Image.Bounds(), xdraw.Over, nil)
		}
	}
	return b.to
}

// brush paints shapes given in millimetres.
type brush struct {
	to    *image.RGBA
	scale float64 // pixels a mm
	r     vector.Rasterizer
}

func (b *brush) px(mm float64) int { return int(math.Round(mm * b.scale)) }

// quad is a convex shape of four corners in mm.
type quad [4]face.Point

func (b *brush) line(l Line) {
	dx, dy := l.X2-l.X1, l.Y2-l.Y1
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	dx, dy = dx/length, dy/length
	// at least three quarters of a pixel wide, so that thin rules stay visible on screen
	half := max(l.Width, 0.75/b.scale) / 2
	step, reach := length, 0.0
	if l.Stroke == Rule {
		reach = half // square ends, as in the writer
	}
	if l.Dash > 0 {
		step = l.Dash
	}
	for at := 0.0; at < length; at += 2 * step {
		end := min(at+step, length)
		x1, y1, x2, y2 := l.X1+dx*(at-reach), l.Y1+dy*(at-reach), l.X1+dx*(end+reach), l.Y1+dy*(end+reach)
		nx, ny := -dy*half, dx*half
		b.fill(quad{{X: x1 + nx, Y: y1 + ny}, {X: x2 + nx, Y: y2 + ny}, {X: x2 - nx, Y: y2 - ny}, {X: x1 - nx, Y: y1 - ny}}, l.Color)
	}
}

func (b *brush) box(x Box) {
	if x.Fill.A > 0 {
		b.fill(quad{{X: x.X, Y: x.Y}, {X: x.Right(), Y: x.Y}, {X: x.Right(), Y: x.Bottom()}, {X: x.X, Y: x.Bottom()}}, x.Fill)
	}
	if x.Width > 0 {
		for _, l := range x.sides() {
			b.line(l)
		}
	}
}

// sides returns the four edges of a box.
func (x Box) sides() []Line {
	l := Line{Width: x.Width, Color: x.Edge}
	out := []Line{l, l, l, l}
	half := x.Width / 2
	for i, e := range [4][4]float64{
		{x.X - half, x.Y, x.Right() + half, x.Y}, {x.X - half, x.Bottom(), x.Right() + half, x.Bottom()},
		{x.X, x.Y, x.X, x.Bottom()}, {x.Right(), x.Y, x.Right(), x.Bottom()},
	} {
		out[i].X1, out[i].Y1, out[i].X2, out[i].Y2 = e[0], e[1], e[2], e[3]
	}
	return out
}

func (b *brush) fill(q quad, c color.RGBA) {
	low, high := q[0], q[0]
	for _, p := range q[1:] {
		low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
		high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
	}
	to := b.frame(low.X, low.Y, high.X, high.Y)
	if to.Empty() {
		return
	}
	b.r.MoveTo(b.within(to, q[0].X, q[0].Y))
	for _, p := range q[1:] {
		b.r.LineTo(b.within(to, p.X, p.Y))
	}
	b.r.ClosePath()
	b.r.Draw(b.to, to, image.NewUniform(c), image.Point{})
}

// frame readies the rasteriser for a shape between two corners in mm and returns
// the pixels it covers.
func (b *brush) frame(x1, y1, x2, y2 float64) image.Rectangle {
	s := b.scale
	r := image.Rect(int(math.Floor(x1*s)), int(math.Floor(y1*s)), int(math.Ceil(x2*s))+1, int(math.Ceil(y2*s))+1)
	if r = r.Intersect(b.to.Bounds()); r.Empty() { // the rasteriser does not clip
		return image.Rectangle{}
	}
	b.r.Reset(r.Dx(), r.Dy())
	return r
}

// within turns a point in mm into pixels of the rectangle being painted; what lies
// outside, as in a damaged outline or off the page, is brought to its edge.
func (b *brush) within(to image.Rectangle, x, y float64) (float32, float32) {
	px, py := x*b.scale-float64(to.Min.X), y*b.scale-float64(to.Min.Y)
	return float32(min(max(px, 0), float64(to.Dx()))), float32(min(max(py, 0), float64(to.Dy())))
}

func (b *brush) run(r Run) {
	x, em := r.X, r.Size*MM
	ink := image.NewUniform(r.Color)
	for _, c := range r.Text {
		g := Draw(r.Font, c)
		if low, high, ok := r.Font.Bounds(g); ok {
			b.glyph(r.Font.Outline(g), x, r.Y, em, low, high, ink)
		}
		x += r.Font.Advance(g)*em + r.Space
	}
}

func (b *brush) glyph(shape []face.Stroke, x, y, em float64, low, high face.Point, ink image.Image) {
	to := b.frame(x+low.X*em, y-high.Y*em, x+high.X*em, y-low.Y*em)
	if to.Empty() {
		return
	}
	at := func(p face.Point) (float32, float32) { return b.within(to, x+p.X*em, y-p.Y*em) }
	for i, s := range shape {
		px, py := at(s.To)
		switch {
		case s.Move:
			if i > 0 {
				b.r.ClosePath()
			}
			b.r.MoveTo(px, py)
		case s.Curve:
			cx, cy := at(s.Control)
			b.r.QuadTo(cx, cy, px, py)
		default:
			b.r.LineTo(px, py)
		}
	}
	b.r.ClosePath()
	b.r.Draw(b.to, to, ink, image.Point{})
}
