package ui

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // what phones and scanners write
	_ "image/jpeg" // …
	_ "image/png"  // …

	pixels "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // …
)

// mostPixels is how large a picture is decoded: a phone's twice over.
const mostPixels = 100_000_000

// thumbnail decodes a picture and makes it small: at most side pixels high and wide.
func thumbnail(data []byte, side int) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	if head.Width*head.Height > mostPixels {
		return nil, fmt.Errorf("picture of %d by %d is too large", head.Width, head.Height)
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	longest := max(head.Width, head.Height)
	if longest <= side {
		return whole, nil
	}
	small := image.NewRGBA(image.Rect(0, 0, max(head.Width*side/longest, 1), max(head.Height*side/longest, 1)))
	pixels.ApproxBiLinear.Scale(small, small.Bounds(), whole, whole.Bounds(), pixels.Src, nil)
	return small, nil
}
