package face

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Convert makes a font with TrueType outlines, the only kind that Parse and the
// finished documents know, of those of the given characters that an OpenType font
// has. Its curves are a thousandth of an em from the original at most.
func Convert(name string, data []byte, runes []rune) (*Font, error) {
	source, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFont, err)
	}
	c := converter{source: source, em: fixed.I(int(source.UnitsPerEm()))}
	c.put(nil, 0) // glyph 0 is the missing one
	for _, r := range runes {
		if err := c.character(r); err != nil {
			return nil, fmt.Errorf("%w: %U: %w", ErrFont, r, err)
		}
	}
	return Parse(name, string(c.font()))
}

// converter collects the tables of the new font.
type converter struct {
	source           *sfnt.Font
	buf              sfnt.Buffer
	em               fixed.Int26_6 // the outlines are loaded at one dot a unit
	glyf, loca, hmtx []byte
	groups           []byte // of the character map
	glyphs, points   int
}

func (c *converter) character(r rune) error {
	glyph, err := c.source.GlyphIndex(&c.buf, r)
	if err != nil || glyph == 0 {
		return err
	}
	advance, err := c.source.GlyphAdvance(&c.buf, glyph, c.em, font.HintingNone)
	if err != nil {
		return fmt.Errorf("advance: %w", err)
	}
	segments, err := c.source.LoadGlyph(&c.buf, glyph, c.em, nil)
	if err != nil {
		return fmt.Errorf("outline: %w", err)
	}
	for _, v := range []int{int(r), int(r), c.glyphs} {
		c.groups = binary.BigEndian.AppendUint32(c.groups, uint32(v))
	}
	c.put(contours(segments), advance.Round())
	return nil
}

// node is a point of a contour in units; off the curve it is a control point.
type node struct {
	x, y int
	off  bool
}

// contours turns segments into contours of quadratic curves, y upward.
func contours(segments sfnt.Segments) [][]node {
	var out [][]node
	var pen fixed.Point26_6
	at := func(p fixed.Point26_6, off bool) {
		last := len(out) - 1
		out[last] = append(out[last], node{p.X.Round(), -p.Y.Round(), off})
	}
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			out = append(out, nil)
			pen = s.Args[0]
			at(pen, false)
		case sfnt.SegmentOpLineTo:
			pen = s.Args[0]
			at(pen, false)
		case sfnt.SegmentOpQuadTo:
			pen = s.Args[1]
			at(s.Args[0], true)
			at(pen, false)
		case sfnt.SegmentOpCubeTo:
			quadratic([4]fixed.Point26_6{pen, s.Args[0], s.Args[1], s.Args[2]}, 2, at)
			pen = s.Args[2]
		}
	}
	for i, nodes := range out { // a contour closes by itself
		if last := len(nodes) - 1; last > 0 && nodes[last] == nodes[0] {
			out[i] = nodes[:last]
		}
	}
	return out
}

// quadratic halves a cubic curve as many times as split says and writes each piece
// as one quadratic curve.
func quadratic(c [4]fixed.Point26_6, split int, at func(p fixed.Point26_6, off bool)) {
	if split == 0 {
		control := c[1].Add(c[2]).Mul(fixed.I(3)).Sub(c[0]).Sub(c[3])
		at(fixed.Point26_6{X: control.X / 4, Y: control.Y / 4}, true)
		at(c[3], false)
		return
	}
	half := func(a, b fixed.Point26_6) fixed.Point26_6 {
		return fixed.Point26_6{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2}
	}
	ab, bc, cd := half(c[0], c[1]), half(c[1], c[2]), half(c[2], c[3])
	abc, bcd := half(ab, bc), half(bc, cd)
	middle := half(abc, bcd)
	quadratic([4]fixed.Point26_6{c[0], ab, abc, middle}, split-1, at)
	quadratic([4]fixed.Point26_6{middle, bcd, cd, c[3]}, split-1, at)
}

// put appends a glyph.
func (c *converter) put(outline [][]node, advance int) {
	c.loca = binary.BigEndian.AppendUint32(c.loca, uint32(len(c.glyf)))
	c.glyphs++
	var flags, xs, ys []byte
	var ends []int
	low, high, last := node{x: 1 << 14, y: 1 << 14}, node{x: -1 << 14, y: -1 << 14}, node{}
	for _, nodes := range outline {
		for _, n := range nodes {
			flag := byte(1)
			if n.off {
				flag = 0
			}
			flags, xs, ys = append(flags, flag), append(xs, words(n.x-last.x)...), append(ys, words(n.y-last.y)...)
			low, high, last = node{x: min(low.x, n.x), y: min(low.y, n.y)}, node{x: max(high.x, n.x), y: max(high.y, n.y)}, n
		}
		ends = append(ends, len(flags)-1)
	}
	if len(flags) == 0 {
		low = node{}
	} else {
		c.glyf = append(c.glyf, words(len(ends), low.x, low.y, high.x, high.y)...)
		c.glyf = append(append(c.glyf, words(ends...)...), 0, 0)
		c.glyf = append(append(append(c.glyf, flags...), xs...), ys...)
	}
	for len(c.glyf)%4 != 0 {
		c.glyf = append(c.glyf, 0)
	}
	c.hmtx = append(c.hmtx, words(advance, low.x)...)
	c.points = max(c.points, len(flags))
}

// font puts the tables together.
func (c *converter) font() []byte {
	units := c.em.Round()
	loca := binary.BigEndian.AppendUint32(c.loca, uint32(len(c.glyf)))
	head := append(words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, units), make([]byte, 16)...)
	head = append(head, words(0, -units/8, units, units-units/8, 0, 8, 2, 1, 0)...)
	hhea := append(append(words(1, 0, units-units/8, -units/8, 0, units), make([]byte, 22)...), words(c.glyphs)...)
	maxp := append(words(1, 0, c.glyphs, c.points, c.points, 0, 0, 1), make([]byte, 16)...)
	cmap := words(0, 1, 3, 10, 0, 12, 12, 0)
	for _, v := range []int{16 + len(c.groups), 0, len(c.groups) / 12} {
		cmap = binary.BigEndian.AppendUint32(cmap, uint32(v))
	}
	return assemble([]part{{"cmap", append(cmap, c.groups...)}, {"glyf", c.glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", c.hmtx}, {"loca", loca}, {"maxp", maxp}})
}
