package page

import (
	"image"
	"image/color"

	"zhibu/app/print/face"
)

// MM is the length of one point (1/72 inch) in millimetres.
const MM = 25.4 / 72

// Rect is a rectangle in millimetres, y downward from the top of the page.
type Rect struct{ X, Y, W, H float64 }

// Right and Bottom return the far edges.
func (r Rect) Right() float64 { return r.X + r.W }

// Bottom returns the lower edge.
func (r Rect) Bottom() float64 { return r.Y + r.H }

// Inset returns r made smaller by d on every side; a negative d makes it larger.
func (r Rect) Inset(d float64) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }

// Holds reports whether s lies inside r, give or take slack on every side.
func (r Rect) Holds(s Rect, slack float64) bool {
	return s.X >= r.X-slack && s.Y >= r.Y-slack && s.Right() <= r.Right()+slack && s.Bottom() <= r.Bottom()+slack
}

// Colours of official paper.
var (
	Black = color.RGBA{A: 255}
	White = color.RGBA{255, 255, 255, 255}
	Red   = color.RGBA{218, 37, 29, 255} // M80 Y80 of a red head (GB/T 9704-2012)
	Grey  = color.RGBA{110, 110, 110, 255}
)

// Item is one thing on a page: Run, Line, Box, Picture or Mark.
type Item interface{ item() }

// Run is characters of one font on one base line.
type Run struct {
	X, Y  float64 // pen start and base line
	Size  float64 // points
	Font  *face.Font
	Text  string
	Space float64 // added after every character, in mm; may be negative
	Color color.RGBA
	Value bool // filled in, not printed form: all that overlay printing keeps
	Free  bool // may stand outside the type area (page numbers, crop notes)
}

// Stroke says what a Line is for.
type Stroke int

// The strokes. Text never touches a Rule.
const (
	Rule      Stroke = iota // edge of a table or frame
	Underline               // under a blank or a value
	Deco                    // red separator, tear line, crop mark, strike-through
)

// Line is a straight line.
type Line struct {
	X1, Y1, X2, Y2 float64
	Width          float64 // mm
	Dash           float64 // mm on, mm off; 0: solid
	Color          color.RGBA
	Stroke         Stroke
	Value          bool
}

// Box is a rectangle, filled if Fill has alpha, edged if Width > 0.
type Box struct {
	Rect
	Fill  color.RGBA
	Edge  color.RGBA
	Width float64
	Value bool // e.g. the tick of a check box
}

// Picture is an image scaled into its rectangle.
type Picture struct {
	Rect
	Image image.Image
}

// Mark is a bookmark of the document's outline.
type Mark struct {
	Y     float64
	Level int // 0: outermost
	Title string
}

func (Run) item()     {}
func (Line) item()    {}
func (Box) item()     {}
func (Picture) item() {}
func (Mark) item()    {}

// Page is one side of paper.
type Page struct {
	W, H  float64
	Area  Rect  // type area (版心): everything that is not Free lies inside
	Trim  *Rect // finished size, where the paper is larger than the product
	Plain bool  // a continuation page: plain paper even where stationery is printed over
	Items []Item
}

// Add appends items in drawing order.
func (p *Page) Add(items ...Item) { p.Items = append(p.Items, items...) }

// Advance returns the width of the run in mm, its Space included.
func (r Run) Advance() float64 {
	w := 0.0
	for _, c := range r.Text {
		w += r.Font.Advance(Draw(r.Font, c))*r.Size*MM + r.Space
	}
	return w
}

// Draw returns the glyph that draws c in f: that of 〓 when f lacks c, which
// layout allows only when no font of the chain has it.
func Draw(f *face.Font, c rune) uint16 {
	if g := f.Glyph(c); g != 0 {
		return g
	}
	return f.Glyph(face.Missing)
}

// Ink returns the boxes around the ink of every character of the run.
func (r Run) Ink() []Rect {
	var out []Rect
	x, em := r.X, r.Size*MM
	for _, c := range r.Text {
		g := Draw(r.Font, c)
		if low, high, ok := r.Font.Bounds(g); ok {
			out = append(out, Rect{x + low.X*em, r.Y - high.Y*em, (high.X - low.X) * em, (high.Y - low.Y) * em})
		}
		x += r.Font.Advance(g)*em + r.Space
	}
	return out
}
