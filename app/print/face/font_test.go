package face

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"zhibu/assets"
)

func song(t testing.TB) *Font {
	t.Helper()
	f, err := Parse("song", assets.Song())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseKnowsWhatTheFontHas(t *testing.T) {
	f := song(t)
	if f.Count() < 9000 {
		t.Fatalf("%d characters, want the 8105 and the symbols", f.Count())
	}
	for _, r := range "国A，𫖯䶮〓" {
		if f.Glyph(r) == 0 {
			t.Errorf("no glyph for %c", r)
		}
	}
	for _, r := range []rune{-1, 0x10FFFF, 0x110000, 0x1F600} {
		if g := f.Glyph(r); g != 0 {
			t.Errorf("glyph %d for %U", g, r)
		}
	}
	if w := f.Advance(f.Glyph('国')); w != 1 {
		t.Errorf("国 is %v em wide", w)
	}
}

func TestCutKeepsShapesAndWidths(t *testing.T) {
	kai, err := Parse("kai", assets.Kai())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*Font{song(t), kai} {
		var glyphs []uint16
		text := []rune("支部党员大会Ağé·，𫖯")
		for _, r := range text {
			glyphs = append(glyphs, f.Glyph(r))
		}
		cut := f.Cut(glyphs)
		small, err := Parse("cut", string(cut))
		if err != nil {
			t.Fatal(err)
		}
		if len(cut) > 20_000 {
			t.Errorf("a cut of %d characters has %d bytes", len(text), len(cut))
		}
		for i, r := range text {
			whole, part := f.Glyph(r), small.Glyph(rune(FirstCode+i))
			if part == 0 && whole != 0 {
				t.Fatalf("%c is missing from the cut", r)
			}
			if f.Advance(whole) != small.Advance(part) || !reflect.DeepEqual(f.Outline(whole), small.Outline(part)) {
				t.Errorf("%c differs in the cut", r)
			}
		}
		if string(f.Cut(glyphs)) != string(cut) {
			t.Error("the same glyphs gave different bytes")
		}
	}
}

func TestCompositeGlyphsBringTheirParts(t *testing.T) {
	kai, err := Parse("kai", assets.Kai())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for g := range kai.glyphs {
		data := kai.data(uint16(g))
		if len(data) < 10 || data.i16(0) >= 0 {
			continue
		}
		found++
		small, err := Parse("cut", string(kai.Cut([]uint16{uint16(g)})))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(small.Outline(1), kai.Outline(uint16(g))) {
			t.Errorf("composite glyph %d lost its shape", g)
		}
	}
	if found == 0 {
		t.Fatal("the face has no composite glyph to try")
	}
}

func TestDamagedFontsAreErrors(t *testing.T) {
	good := string(song(t).Cut([]uint16{song(t).Glyph('a')}))
	for name, data := range map[string]string{
		"empty": "", "text": "不是字库", "postscript": "OTTO" + good[4:], "half": good[:len(good)/2], "head only": good[:12],
		"no tables": "\x00\x01\x00\x00\x00\x00" + strings.Repeat("\x00", 40),
	} {
		if _, err := Parse(name, data); !errors.Is(err, ErrFont) {
			t.Errorf("%s: error %v, want one wrapping ErrFont", name, err)
		}
	}
}

func TestCollectionsGiveTheirFirstFont(t *testing.T) {
	data := song(t).Cut([]uint16{song(t).Glyph('a')})
	const shift = 16
	moved := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), data...)
	for i := range int(data[5]) { // table offsets count from the file's start
		at := shift + 12 + 16*i + 8
		n := int(moved[at])<<24 | int(moved[at+1])<<16 | int(moved[at+2])<<8 | int(moved[at+3])
		n += shift
		moved[at], moved[at+1], moved[at+2], moved[at+3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	}
	f, err := Parse("collection", string(moved))
	if err != nil || f.Glyph(FirstCode) == 0 {
		t.Fatalf("collection: %v", err)
	}
}

func TestChainTakesTheFirstThatHasIt(t *testing.T) {
	a, b := song(t), song(t)
	small, err := Parse("small", string(a.Cut([]uint16{a.Glyph('a')})))
	if err != nil {
		t.Fatal(err)
	}
	c := Chain(small, nil, b)
	if f, _, ok := c.Find(FirstCode); f != small || !ok {
		t.Error("the first font of the chain was passed over")
	}
	if f, _, ok := c.Find('国'); f != b || !ok {
		t.Error("the second font of the chain was not asked")
	}
	if _, g, ok := c.Find(0x1F600); ok || g != b.Glyph(Missing) {
		t.Error("what no font has must be drawn as 〓")
	}
	if _, _, ok := (Face{}).Find('a'); ok {
		t.Error("an empty chain has nothing")
	}
}

func FuzzParse(f *testing.F) {
	whole, err := Parse("song", assets.Song())
	if err != nil {
		f.Fatal(err)
	}
	kai, err := Parse("kai", assets.Kai())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Cut([]uint16{whole.Glyph('a'), whole.Glyph('国')}))
	f.Add(kai.Cut([]uint16{kai.Glyph('é')}))
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		font, err := Parse("fuzz", string(data))
		if err != nil {
			return
		}
		var glyphs []uint16
		for g := range min(font.glyphs, 40) {
			font.Outline(uint16(g))
			font.Bounds(uint16(g))
			glyphs = append(glyphs, uint16(g))
		}
		if _, err := Parse("cut", string(font.Cut(glyphs))); err != nil {
			t.Errorf("a cut of a readable font is unreadable: %v", err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("song", assets.Song()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheChineseNameIsTheOnePeopleKnow(t *testing.T) {
	if name := song(t).Called(); name != "ZhibuSong-Regular" {
		t.Errorf("%q", name)
	}
	entry := func(platform, language, kind, size, at byte) string {
		return string([]byte{0, platform, 0, 1, language >> 4, language << 4 >> 4, 0, kind, 0, size, 0, at})
	}
	words := "\x00S\x00u\x00n\x5b\x8b\x4f\x53"
	both := "\x00\x00\x00\x03\x00\x2a" + entry(3, 0x49, 4, 6, 0) + entry(1, 0, 4, 6, 0) + entry(3, 0x84, 4, 4, 6) + words
	if name := (&Font{tables: map[string]table{"name": table(both)}}).Called(); name != "宋体" {
		t.Errorf("%q", name)
	}
	for n := range both { // cut short it gives what is there, or nothing
		(&Font{tables: map[string]table{"name": table(both[:n])}}).Called()
	}
}
