package face

import (
	"errors"
	"fmt"
)

// Font is one parsed TrueType font. It never changes after Parse, and Parse
// never writes into the data it is given.
type Font struct {
	Name   string // a short name for the finished document, e.g. "ZhibuSong-Regular"
	units  int    // units per em
	tables map[string]table
	glyphs int      // number of glyphs
	offset []uint32 // glyph → offset in glyf; one more than glyphs
	wide   []uint16 // glyph → advance in units
	pages  []*[256]uint16
}

// table is one table's bytes; reading outside of it gives zero.
type table string

func (t table) u8(i int) int {
	if i < 0 || i >= len(t) {
		return 0
	}
	return int(t[i])
}

func (t table) u16(i int) int { return t.u8(i)<<8 | t.u8(i+1) }
func (t table) i16(i int) int { return int(int16(t.u16(i))) }
func (t table) u32(i int) int { return t.u16(i)<<16 | t.u16(i+2) }

// sub returns n bytes from i, or what there is of them.
func (t table) sub(i, n int) table {
	if i < 0 || n < 0 || i >= len(t) {
		return ""
	}
	return t[i:min(i+n, len(t))]
}

// ErrFont is wrapped by every complaint about a font's bytes.
var ErrFont = errors.New("not a usable TrueType font")

func bad(why string) error { return fmt.Errorf("%w: %s", ErrFont, why) }

// Parse reads a font with TrueType outlines (.ttf, or the first font of a .ttc).
// Damaged data and fonts with PostScript outlines are errors wrapping ErrFont.
func Parse(name, data string) (*Font, error) {
	f := &Font{Name: name}
	if err := f.directory(table(data)); err != nil {
		return nil, err
	}
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.units = head.u16(18)
	f.glyphs = f.tables["maxp"].u16(4)
	if f.units < 16 || f.units > 16384 || f.glyphs == 0 {
		return nil, bad("head or maxp out of range")
	}
	if err := f.locate(head.u16(50)); err != nil {
		return nil, err
	}
	if err := f.widths(hhea.u16(34)); err != nil {
		return nil, err
	}
	if err := f.characters(); err != nil {
		return nil, err
	}
	return f, nil
}

// needed lists the tables without which a font cannot be read, and their least size.
var needed = [...]struct {
	tag  string
	size int
}{{"cmap", 4}, {"glyf", 1}, {"head", 54}, {"hhea", 36}, {"hmtx", 4}, {"loca", 4}, {"maxp", 6}}

func (f *Font) directory(file table) error {
	start := 0
	if file.sub(0, 4) == "ttcf" {
		start = file.u32(12)
	}
	switch kind := file.sub(start, 4); kind {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return bad("PostScript outlines")
	default:
		return bad("unknown signature")
	}
	f.tables = map[string]table{}
	for i := range min(file.u16(start+4), 64) {
		entry := start + 12 + 16*i
		from, size := file.u32(entry+8), file.u32(entry+12)
		if from > len(file) || size > len(file)-from {
			return bad("a table lies outside the file")
		}
		f.tables[string(file.sub(entry, 4))] = file.sub(from, size)
	}
	for _, need := range needed {
		if len(f.tables[need.tag]) < need.size {
			return bad("no table " + need.tag)
		}
	}
	return nil
}

func (f *Font) locate(format int) error {
	loca, size := f.tables["loca"], len(f.tables["glyf"])
	width := 2
	if format != 0 {
		width = 4
	}
	if len(loca) < (f.glyphs+1)*width {
		return bad("loca too short")
	}
	f.offset = make([]uint32, f.glyphs+1)
	last := 0
	for i := range f.offset {
		at := 2 * loca.u16(2*i)
		if width == 4 {
			at = loca.u32(4 * i)
		}
		if at < last || at > size {
			return bad("loca not in order")
		}
		last, f.offset[i] = at, uint32(at)
	}
	return nil
}

func (f *Font) widths(metrics int) error {
	hmtx := f.tables["hmtx"]
	if metrics == 0 || metrics > f.glyphs || len(hmtx) < 4*metrics {
		return bad("hmtx too short")
	}
	f.wide = make([]uint16, f.glyphs)
	for i := range f.wide {
		f.wide[i] = uint16(hmtx.u16(4 * min(i, metrics-1)))
	}
	return nil
}

// Glyph returns the glyph of a character, 0 when the font has none.
func (f *Font) Glyph(r rune) uint16 {
	if r < 0 || int(r>>8) >= len(f.pages) || f.pages[r>>8] == nil {
		return 0
	}
	return f.pages[r>>8][r&0xff]
}

// Advance returns how far a glyph moves the pen, in ems.
func (f *Font) Advance(glyph uint16) float64 {
	if int(glyph) >= len(f.wide) {
		return 0
	}
	return float64(f.wide[glyph]) / float64(f.units)
}

// Count returns how many characters the font has.
func (f *Font) Count() int {
	n := 0
	for _, page := range f.pages {
		if page == nil {
			continue
		}
		for _, g := range page {
			if g != 0 {
				n++
			}
		}
	}
	return n
}

// Embeddable reports whether the font's own licence bits (OS/2 fsType) allow it
// to be cut and put into a document.
func (f *Font) Embeddable() bool { return f.tables["OS/2"].u16(8)&0x0302 == 0 }

// Box returns the font's box and its heights above and below the base line, in
// thousandths of an em.
func (f *Font) Box() (box [4]int, ascent, descent int) {
	head, hhea := f.tables["head"], f.tables["hhea"]
	for i := range box {
		box[i] = head.i16(36+2*i) * 1000 / f.units
	}
	return box, hhea.i16(4) * 1000 / f.units, hhea.i16(6) * 1000 / f.units
}
