package face

import "encoding/binary"

// FirstCode is the code of a cut font's first character; the others follow it.
// It serves readers that look for a character map: in a document text is written
// in glyph numbers.
const FirstCode = 0x100

// Cut returns a small TrueType font of the given glyphs, in fresh bytes: glyph 1 is
// the first of them, and so on, the same one again where it is asked for again.
// Parts of composite glyphs follow behind. The same glyphs give the same bytes.
func (f *Font) Cut(glyphs []uint16) []byte {
	c := cutter{font: f, index: map[uint16]uint16{0: 0}, order: append([]uint16{0}, glyphs...)}
	for i, g := range glyphs {
		if int(g) >= f.glyphs {
			c.order[i+1] = 0
		}
		if _, ok := c.index[g]; !ok {
			c.index[g] = uint16(i + 1)
		}
	}
	for i := 0; i < len(c.order); i++ { // grows while parts are found
		c.takeParts(c.order[i])
	}
	glyf, loca, hmtx := c.outlines()
	head := []byte(f.tables["head"].sub(0, 54))
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := []byte(f.tables["hhea"].sub(0, 36))
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(c.order)))
	maxp := []byte(f.tables["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(c.order)))
	return assemble([]part{{"cmap", characterMap(len(glyphs))}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
}

type cutter struct {
	font  *Font
	index map[uint16]uint16 // glyph of the whole font → glyph of the cut
	order []uint16
}

func (c *cutter) takeParts(glyph uint16) {
	data := c.font.data(glyph)
	if len(data) < 10 || data.i16(0) >= 0 {
		return
	}
	eachPart(data, func(_ int, part uint16, _ affine) {
		if _, ok := c.index[part]; !ok && int(part) < c.font.glyphs && len(c.order) < 0xffff {
			c.index[part] = uint16(len(c.order))
			c.order = append(c.order, part)
		}
	})
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

// characterMap is one run of n codes from FirstCode.
func characterMap(n int) []byte {
	last := min(FirstCode+n-1, 0xfffe)
	return words(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 0, 0, 0, last, 0xffff, 0, FirstCode, 0xffff, 1-FirstCode, 1, 0, 0)
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
