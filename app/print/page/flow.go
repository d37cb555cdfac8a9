package page

// Sheet is the paper and the margins of a document, in mm.
type Sheet struct {
	W, H                     float64
	Left, Top, Right, Bottom float64
}

// The papers of official forms. Letter is the type area of GB/T 9704-2012: 156 by
// 225 mm, 37 mm above and 28 mm at the binding side.
var (
	Portrait  = Sheet{210, 297, 25, 22, 20, 20}
	Landscape = Sheet{297, 210, 20, 22, 20, 18}
	Letter    = Sheet{210, 297, 28, 37, 26, 35}
	Half      = Sheet{148, 210, 8, 12, 8, 12} // A5, two on an A4
)

// Area returns the type area.
func (s Sheet) Area() Rect {
	return Rect{s.Left, s.Top, s.W - s.Left - s.Right, s.H - s.Top - s.Bottom}
}

// Flow fills pages from top to bottom.
type Flow struct {
	Sheet Sheet
	Pages []*Page
	Still bool    // tables keep the rows of the blank form
	Y     float64 // where the next thing begins
	over  []Rest  // text that fixed cells could not hold
}

// Rest is text that overflowed a fixed cell and goes to a continuation page.
type Rest struct {
	No    int    // number printed in the cell and on the page
	Label string // label of the cell
	Paras []Para // what is left
}

// NewFlow starts a document with its first page.
func NewFlow(s Sheet) *Flow {
	f := &Flow{Sheet: s}
	f.Break()
	return f
}

// Page returns the page being filled.
func (f *Flow) Page() *Page { return f.Pages[len(f.Pages)-1] }

// Break starts a new page.
func (f *Flow) Break() {
	f.Pages = append(f.Pages, &Page{W: f.Sheet.W, H: f.Sheet.H, Area: f.Sheet.Area()})
	f.Y = f.Sheet.Top
}

// Turn starts a new page on other paper; the pages after it stay on that paper.
func (f *Flow) Turn(s Sheet) {
	f.Sheet = s
	f.Break()
}

// Fresh reports whether nothing has been put on the page yet.
func (f *Flow) Fresh() bool { return f.Y == f.Sheet.Top }

// Room returns the height left on the page.
func (f *Flow) Room() float64 { return f.Sheet.H - f.Sheet.Bottom - f.Y }

// Need starts a new page unless h mm are left on this one.
func (f *Flow) Need(h float64) {
	if h > f.Room()+0.01 && !f.Fresh() {
		f.Break()
	}
}

// Gap leaves h mm free.
func (f *Flow) Gap(h float64) { f.Y += min(h, max(f.Room(), 0)) }

// Text writes paragraphs over the whole width, over as many pages as they need.
func (f *Flow) Text(paras ...Para) { f.TextIn(0, f.Sheet.Area().W, paras...) }

// TextIn writes paragraphs into a column that begins x mm from the left edge of
// the type area.
func (f *Flow) TextIn(x, width float64, paras ...Para) {
	for _, l := range Lines(paras, width) {
		f.Need(l.Pace)
		l.Draw(f.Page(), f.Sheet.Left+x, f.Y)
		f.Y += l.Pace
	}
}

// Overflow returns what fixed cells could not hold, in order, and forgets it.
func (f *Flow) Overflow() []Rest {
	out := f.over
	f.over = nil
	return out
}
