package drive

import (
	"image"
)

// Candidates types pinyin and returns where the window of candidates appeared,
// measured by comparing two pictures, and where the foot of the caret stands; both
// on the screen.
func (d *Desk) Candidates(pinyin string) (box image.Rectangle, caret image.Point, err error) {
	before, err := d.Still()
	if err != nil {
		return box, caret, err
	}
	r, err := d.Look()
	if err != nil {
		return box, caret, err
	}
	at, err := d.Window()
	if err != nil {
		return box, caret, err
	}
	caret = image.Pt(at.X+r.Caret.X, at.Y+r.Caret.Y+r.Caret.H)
	if err := d.Type(pinyin); err != nil {
		return box, caret, err
	}
	return box, caret, d.Until("the candidate window", func() bool {
		now, err := d.Screen()
		if err != nil {
			return false
		}
		box = changed(before, now)
		return box.Dx() > 60 && box.Dy() > 20
	})
}

// Still waits until two pictures in a row are the same and returns the picture.
func (d *Desk) Still() (image.Image, error) {
	last, err := d.Screen()
	if err != nil {
		return nil, err
	}
	return last, d.Until("a screen at rest", func() bool {
		now, err := d.Screen()
		if err != nil {
			return false
		}
		same := changed(last, now).Empty()
		last = now
		return same
	})
}

// changed is the smallest rectangle around what differs between two pictures.
func changed(a, b image.Image) image.Rectangle {
	var out image.Rectangle
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}
