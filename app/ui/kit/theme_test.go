package kit

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"zhibu/assets"
)

// contrast is the ratio of WCAG between two opaque colours.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		r, g, bl, _ := c.RGBA()
		part := func(v uint32) float64 {
			x := float64(v) / 0xFFFF
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(bl)
	}
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestContrastOfText(t *testing.T) {
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, ColorSurface, ColorSide, ColorWarm, theme.ColorNameHeaderBackground, theme.ColorNameSelection, ColorChanged}
	pairs := [][2]fyne.ThemeColorName{
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}, {theme.ColorNameForegroundOnError, ColorOverdue}, {theme.ColorNameForegroundOnPrimary, ColorDone},
		{ColorOnTop, ColorTopbar}, {ColorOnTopSoft, ColorTopbar}, {ColorOnTopSoft, ColorTopinput}, {ColorOnBulk, ColorBulk}, {ColorBulkLink, ColorBulk},
		{ColorOnBulk, ColorBulkPlate}, {theme.ColorNameForeground, theme.ColorNameButton}, {theme.ColorNameHyperlink, ColorSurface},
		{theme.ColorNamePrimary, ColorSurface}, {ColorSoft, ColorLocked}, {ColorOnTop, ColorTopinput},
	}
	for _, g := range grounds {
		for _, text := range []fyne.ThemeColorName{theme.ColorNameForeground, ColorSoft, theme.ColorNamePlaceHolder} {
			pairs = append(pairs, [2]fyne.ThemeColorName{text, g})
		}
	}
	for s := Neutral; s <= Draft; s++ {
		pairs = append(pairs, [2]fyne.ThemeColorName{s.Color(), s.Tint()}, [2]fyne.ThemeColorName{s.Color(), ColorSurface})
	}
	for face, least := range map[Face]float64{Standard: 4.5, Large: 7} {
		th := NewTheme(face)
		for _, p := range pairs {
			if c := contrast(th.Color(p[0], 0), th.Color(p[1], 0)); c < least {
				t.Errorf("%s: %s on %s is %.1f, needs %.1f", face, p[0], p[1], c, least)
			}
		}
	}
}

func TestContrastOfShapes(t *testing.T) {
	for _, face := range []Face{Standard, Large} {
		th := NewTheme(face)
		for _, p := range [][2]fyne.ThemeColorName{{theme.ColorNameInputBorder, ColorSurface}, {theme.ColorNamePrimary, theme.ColorNameSelection},
			{theme.ColorNamePrimary, ColorSurface}, {ColorOverdue, ColorSurface}, {ColorChart1, ColorSurface}, {ColorChart2, ColorSurface},
			{ColorChart3, ColorSurface}, {ColorChart4, ColorSurface}, {theme.ColorNameDisabled, ColorSurface}, {ColorInfo, ColorSurface}} {
			if c := contrast(th.Color(p[0], 0), th.Color(p[1], 0)); c < 3 {
				t.Errorf("%s: %s on %s is %.1f, needs 3", face, p[0], p[1], c)
			}
		}
	}
}

func TestNarrowForm(t *testing.T) {
	th := NewTheme(Standard)
	for _, c := range []struct {
		area   fyne.Size
		narrow bool
	}{{fyne.NewSize(1366, 696), false}, {fyne.NewSize(1536, 793), false}, {fyne.NewSize(1280, 648), true}, {fyne.NewSize(1339, 900), true}, {fyne.NewSize(1600, 679), true}} {
		if th.Fit(c.area); th.Narrow() != c.narrow {
			t.Errorf("%v: narrow %v", c.area, th.Narrow())
		}
	}
}

func TestScreenFaceHoldsEveryName(t *testing.T) {
	glyphs, err := assets.ScreenCoverage()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(glyphs.Lacking("张𬍛\U0002FFFD罗\U0002FFFD ")); got != "\U0002FFFD" {
		t.Errorf("lacking %q", got)
	}
	for _, bold := range []bool{false, true} {
		f, err := opentype.Parse(assets.ScreenFace(bold))
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		count := 0
		for _, r := range assets.Tongyong() + "·・“”‘’（）《》【】、，。；：？！…—→←↑↓①②③〓○●□■％℃×÷≥≤ＡＢａｂ１２" {
			if strings.ContainsRune(" \n\r\t", r) {
				continue
			}
			count++
			if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
				t.Errorf("bold %v: no %c (%U): %v", bold, r, r, err)
			}
		}
		if count < 8105 {
			t.Errorf("only %d characters looked for", count)
		}
	}
}
