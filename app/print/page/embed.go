package page

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// embed returns the objects of a font cut to its use: the first takes the place of
// the stand-in, the others are numbered from next.
func embed(u *usage, next int, pack *packer) ([][]byte, error) {
	name := fmt.Sprintf("%s+%s", tag(u.runes), u.font.Name)
	box, ascent, descent := u.font.Box()
	cut := u.font.Cut(u.glyphs)
	file, err := pack.stream(cut, fmt.Sprintf(" /Length1 %d", len(cut)))
	if err != nil {
		return nil, err
	}
	text, err := pack.stream(toUnicode(u.runes), "")
	if err != nil {
		return nil, err
	}
	return [][]byte{
		fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>\n", name, next, next+3),
		fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /DW 1000 /W [1 [%s]] /CIDToGIDMap /Identity>>\n", name, next+1, u.widths()),
		fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R>>\n",
			name, box[0], box[1], box[2], box[3], ascent, descent, ascent, next+2),
		file, text,
	}, nil
}

// widths lists the advance of every code in thousandths of an em.
func (u *usage) widths() string {
	var b []byte
	for _, g := range u.glyphs {
		b = strconv.AppendFloat(b, u.font.Advance(g)*1000, 'f', -1, 32)
		b = append(b, ' ')
	}
	return string(b)
}

// tag is the six letters that mark a cut font, made from what it is cut to.
func tag(runes []rune) string {
	h := uint32(2166136261)
	for _, r := range runes {
		h = (h ^ uint32(r)) * 16777619
	}
	var out [6]byte
	for i := range out {
		out[i] = 'A' + byte(h%26)
		h /= 26
	}
	return string(out[:])
}

// toUnicode maps codes to the characters they stand for, beyond the basic plane
// too, and even for a character that no font has and 〓 was drawn for.
func toUnicode(runes []rune) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for start := 0; start < len(runes); start += 100 {
		batch := runes[start:min(start+100, len(runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(batch))
		for i, r := range batch {
			fmt.Fprintf(&b, "<%04X> <", start+i+1)
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
