package assets

import (
	"fmt"
	"unicode"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// Coverage tells which characters the screen face can draw.
type Coverage struct{ face *sfnt.Font }

// ScreenCoverage returns the coverage of the screen face; both weights have the
// same characters.
func ScreenCoverage() (*Coverage, error) {
	f, err := opentype.Parse(screenRegular)
	if err != nil {
		return nil, fmt.Errorf("screen face: %w", err)
	}
	return &Coverage{face: f}, nil
}

// Lacking returns the characters of s that the screen face cannot draw, each once;
// a form names them on save, so that no name is shown as a box unnoticed.
func (c *Coverage) Lacking(s string) []rune {
	var out []rune
	var buf sfnt.Buffer
	seen := map[rune]bool{}
	for _, r := range s {
		if seen[r] || unicode.IsSpace(r) || unicode.IsControl(r) {
			continue
		}
		seen[r] = true
		if i, err := c.face.GlyphIndex(&buf, r); err != nil || i == 0 {
			out = append(out, r)
		}
	}
	return out
}
