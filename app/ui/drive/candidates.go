package drive

import "image"

// underCaret is how far under the caret the candidates are looked for, in pixels:
// elsewhere the page may tell meanwhile that it was stored.
const underCaret = 120

// Candidates types pinyin and returns where the window of candidates appeared,
// measured by comparing two pictures around the caret, and where the caret's foot
// stands; both on the screen.
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
		box = changed(before, now, image.Rect(0, caret.Y-6, now.Bounds().Max.X, caret.Y+underCaret))
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
		same := changed(last, now, now.Bounds()).Empty()
		last = now
		return same
	})
}

// changed is the smallest rectangle around what differs between two pictures within
// a part of them.
func changed(a, b image.Image, within image.Rectangle) image.Rectangle {
	var out image.Rectangle
	part := within.Intersect(a.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}
