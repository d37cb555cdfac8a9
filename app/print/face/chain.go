package face

// Face is a chain of fonts: the first that has a character draws it.
type Face struct {
	fonts []*Font
	more  []func() *Font // asked last; read only when the others lack a character
}

// Chain makes a face of the fonts, nil ones left out.
func Chain(fonts ...*Font) Face {
	var c Face
	for _, f := range fonts {
		if f != nil {
			c.fonts = append(c.fonts, f)
		}
	}
	return c
}

// Missing is drawn in place of a character that no font of the chain has.
const Missing = '〓'

// Find returns the font that draws r and its glyph there. ok is false when no
// font has r: then the glyph is that of Missing (0, the empty box, if even that
// is lacking).
func (c Face) Find(r rune) (font *Font, glyph uint16, ok bool) {
	var narrow *Font
	for _, f := range c.fonts {
		g := f.Glyph(r)
		if g == 0 {
			continue
		}
		if wideMark(r) && f.Advance(g) < 0.8 {
			if narrow == nil {
				narrow = f
			}
			continue
		}
		return f, g, true
	}
	if narrow != nil {
		return narrow, narrow.Glyph(r), true
	}
	for _, read := range c.more {
		if f := read(); f != nil && f.Glyph(r) != 0 {
			return f, f.Glyph(r), true
		}
	}
	for _, f := range c.fonts {
		if g := f.Glyph(Missing); g != 0 {
			return f, g, false
		}
	}
	if len(c.fonts) == 0 {
		return nil, 0, false
	}
	return c.fonts[0], 0, false
}

// Has reports whether a font of the chain has r.
func (c Face) Has(r rune) bool {
	_, _, ok := c.Find(r)
	return ok
}

// Before returns the face with fonts behind it that are read when a character is
// found in none of the others. A function gives the same font, or nil, every time.
func (c Face) Before(more ...func() *Font) Face {
	c.more = append(c.more[:len(c.more):len(c.more)], more...)
	return c
}

// wideMark reports whether r is a mark that Latin fonts draw narrow but Chinese
// text wants as wide as a Han character.
func wideMark(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return false
}

// Join returns a face that asks first, which may be nil, and then under.
func Join(first *Font, under Face) Face {
	return Chain(append([]*Font{first}, under.fonts...)...).Before(under.more...)
}
