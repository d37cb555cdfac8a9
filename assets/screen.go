package assets

import (
	"embed"
	"fmt"
)

//go:embed fonts/screen-regular.otf
var screenRegular []byte

//go:embed fonts/screen-bold.otf
var screenBold []byte

//go:embed icons/*.svg
var icons embed.FS

//go:embed icon.png
var appIcon []byte

// ScreenFace returns the OpenType file of the screen face in the given weight.
// Callers must not change the bytes.
func ScreenFace(bold bool) []byte {
	if bold {
		return screenBold
	}
	return screenRegular
}

// Icon returns the SVG of an own icon, e.g. "zb-sync". The drawings are 24 units
// square, fill only, so that they can be tinted.
func Icon(name string) ([]byte, error) {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil, fmt.Errorf("icon %s: %w", name, err)
	}
	return svg, nil
}

// AppIcon returns the program's icon, a PNG of 512 × 512 pixels: a plain red
// square with the four characters 支部台账.
func AppIcon() []byte { return appIcon }
