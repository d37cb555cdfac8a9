package face

import (
	"errors"
	"math"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"

	"zhibu/assets"
)

// A converted font paints the dots that the original paints, give or take edges.
func TestAConvertedFontLooksLikeTheOriginal(t *testing.T) {
	data := assets.ScreenFace(false)
	runes := []rune("国㐂㐱𠮷𠂇龘A")
	small, err := Convert("small", data, append(runes, 0x10FFFF, 'ئ'))
	if err != nil {
		t.Fatal(err)
	}
	if small.Count() != len(runes) {
		t.Errorf("%d characters, want %d", small.Count(), len(runes))
	}
	whole, err := opentype.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	original, err := opentype.NewFace(whole, &opentype.FaceOptions{Size: 1000, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runes {
		box, advance, _ := original.GlyphBounds(r)
		glyph := small.Glyph(r)
		low, high, ok := small.Bounds(glyph)
		got := []float64{low.X, -high.Y, high.X, -low.Y, small.Advance(glyph)}
		want := []int{box.Min.X.Round(), box.Min.Y.Round(), box.Max.X.Round(), box.Max.Y.Round(), advance.Round()}
		if !ok || slices.ContainsFunc([]int{0, 1, 2, 3, 4}, func(i int) bool { return math.Abs(got[i]*1000-float64(want[i])) > 2 }) {
			t.Errorf("%c: box and advance %.3f, want %v thousandths", r, got, want)
		}
		if len(small.Outline(glyph)) < 3 {
			t.Errorf("%c has no outline", r)
		}
	}
	if _, err := Convert("bad", []byte("OTTO"), runes); !errors.Is(err, ErrFont) {
		t.Errorf("damaged data gave %v", err)
	}
}

func BenchmarkConvertExtensionA(b *testing.B) {
	var runes []rune
	for r := rune(0x3400); r < 0x4DC0; r++ {
		runes = append(runes, r)
	}
	for b.Loop() {
		if _, err := Convert("a", assets.ScreenFace(false), runes); err != nil {
			b.Fatal(err)
		}
	}
}
