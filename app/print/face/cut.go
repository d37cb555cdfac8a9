package face

import (
	"encoding/binary"
	"slices"
)

// Use is one character of a cut font: the code it has in the document's text and
// the glyph of the whole font that draws it.
type Use struct {
	Code  uint16
	Glyph uint16
}

// Cut returns a small TrueType font of the given characters, in fresh bytes. Its
// character map has format 4 and knows the codes; parts of composite glyphs come
// along. The same uses give the same bytes.
func (f *Font) Cut(uses []Use) []byte {
	uses = slices.Clone(uses)
	slices.SortFunc(uses, func(a, b Use) int { return int(a.Code) - int(b.Code) })
	c := cutter{font: f, index: map[uint16]uint16{0: 0}, order: []uint16{0}}
	for _, u := range uses {
		c.take(u.Glyph)
	}
	for i := 0; i < len(c.order); i++ { // grows while parts are found
		c.takeParts(c.order[i])
	}
	glyf, loca, hmtx := c.outlines()
	head := []byte(f.tables["head"].sub(0, 54))
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := []byte(f.tables["hhea"].sub(0, 36))
	for len(hhea) < 36 {
		hhea = append(hhea, 0)
	}
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(c.order)))
	maxp := []byte(f.tables["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(c.order)))
	return assemble([]part{
		{"OS/2", f.os2()}, {"cmap", c.cmap(uses)}, {"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"name", nameTable(f.Name)}, {"post", post()},
	})
}

type cutter struct {
	font  *Font
	index map[uint16]uint16 // glyph of the whole font → glyph of the cut
	order []uint16
}

func (c *cutter) take(glyph uint16) {
	if _, ok := c.index[glyph]; !ok && int(glyph) < c.font.glyphs {
		c.index[glyph] = uint16(len(c.order))
		c.order = append(c.order, glyph)
	}
}

func (c *cutter) takeParts(glyph uint16) {
	if data := c.font.data(glyph); len(data) >= 10 && data.i16(0) < 0 {
		eachPart(data, func(_ int, part uint16, _ affine) { c.take(part) })
	}
}

func (c *cutter) outlines() (glyf, loca, hmtx []byte) {
	for _, glyph := range c.order {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, c.font.wide[glyph])
		data := c.font.data(glyph)
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(data.i16(2)))
		start := len(glyf)
		glyf = append(glyf, data...)
		if len(data) >= 10 && data.i16(0) < 0 {
			eachPart(data, func(at int, part uint16, _ affine) {
				if start+at+2 <= len(glyf) {
					binary.BigEndian.PutUint16(glyf[start+at:], c.index[part])
				}
			})
		}
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	return glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf))), hmtx
}

// cmap writes a format 4 map, one segment a run of codes with glyphs in step.
func (c *cutter) cmap(uses []Use) []byte {
	type segment struct{ first, last, delta int }
	var segments []segment
	for _, u := range uses {
		delta := int(c.index[u.Glyph]) - int(u.Code)
		if n := len(segments); n > 0 && segments[n-1].last+1 == int(u.Code) && segments[n-1].delta == delta {
			segments[n-1].last++
			continue
		}
		segments = append(segments, segment{int(u.Code), int(u.Code), delta})
	}
	segments = append(segments, segment{0xffff, 0xffff, 1})
	n := len(segments)
	b := words(0, 1, 3, 1, 0, 12, 4, 16+8*n, 0, 2*n, 0, 0, 0)
	for _, s := range segments {
		b = append(b, words(s.last)...)
	}
	b = append(b, words(0)...)
	for _, s := range segments {
		b = append(b, words(s.first)...)
	}
	for _, s := range segments {
		b = append(b, words(s.delta)...)
	}
	return append(b, make([]byte, 2*n)...)
}

// os2 returns the weight and embedding table with no restriction bits: whether a
// face may be embedded is settled when it is chosen, not here.
func (f *Font) os2() []byte {
	b := make([]byte, 96)
	binary.BigEndian.PutUint16(b, 2)
	weight := f.tables["OS/2"].u16(4)
	if weight == 0 {
		weight = 400
	}
	binary.BigEndian.PutUint16(b[4:], uint16(weight))
	hhea := f.tables["hhea"]
	binary.BigEndian.PutUint16(b[68:], uint16(hhea.u16(4)))
	binary.BigEndian.PutUint16(b[70:], uint16(hhea.u16(6)))
	binary.BigEndian.PutUint16(b[88:], uint16(f.units*7/10))
	return b
}

func post() []byte { return append([]byte{0, 3, 0, 0}, make([]byte, 28)...) }

// nameTable names the cut font.
func nameTable(name string) []byte {
	var text []byte
	for _, r := range name {
		text = append(text, byte(r>>8), byte(r))
	}
	ids := []int{1, 2, 3, 4, 6}
	b := words(0, len(ids), 6+12*len(ids))
	for _, id := range ids {
		b = append(b, words(3, 1, 0x409, id, len(text), 0)...)
	}
	return append(b, text...)
}

func words(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = append(b, byte(v>>8), byte(v))
	}
	return b
}

type part struct {
	tag  string
	data []byte
}

// assemble writes the table directory, the tables and the checksums.
func assemble(parts []part) []byte {
	n, power := len(parts), 1
	log := 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := append([]byte{0, 1, 0, 0}, words(n, 16*power, log, 16*(n-power))...)
	at := len(out) + 16*n
	for _, p := range parts {
		out = append(out, p.tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(p.data))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(p.data)))
		at += (len(p.data) + 3) &^ 3
	}
	head := 0
	for _, p := range parts {
		if p.tag == "head" {
			head = len(out)
		}
		out = append(out, p.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(data []byte) uint32 {
	var sum uint32
	for i, b := range data {
		sum += uint32(b) << (24 - 8*(i%4))
	}
	return sum
}
