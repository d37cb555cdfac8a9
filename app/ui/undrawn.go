package ui

import (
	"sync"

	"zhibu/assets"
)

// undrawn names the characters of a text that the screen face lacks. The face is read
// at the first use.
func undrawn() func(string) []rune {
	face := sync.OnceValues(assets.ScreenCoverage)
	return func(text string) []rune {
		f, err := face()
		if err != nil {
			return nil // nothing could be drawn then, this sentence neither
		}
		return f.Lacking(text)
	}
}
