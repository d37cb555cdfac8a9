package face

// most is how many characters a font may map: more is damage, not a font.
const most = 0x30000

// characters reads the character map: format 12 where there is one (all of
// Unicode), else format 4 (the basic plane).
func (f *Font) characters() error {
	cmap := f.tables["cmap"]
	best, kind := table(""), 0
	for i := range min(cmap.u16(2), 64) {
		platform, encoding, at := cmap.u16(4+8*i), cmap.u16(6+8*i), cmap.u32(8+8*i)
		if platform != 0 && (platform != 3 || encoding != 1 && encoding != 10) || at >= len(cmap) {
			continue
		}
		sub := cmap[at:]
		if format := sub.u16(0); format > kind && (format == 4 || format == 12) {
			best, kind = sub, format
		}
	}
	f.pages = make([]*[256]uint16, 0x110000>>8)
	switch kind {
	case 4:
		return f.format4(best)
	case 12:
		return f.format12(best)
	}
	return bad("no Unicode character map")
}

func (f *Font) format4(t table) error {
	segments := t.u16(6) / 2
	ends, starts := 14, 16+2*segments
	deltas, ranges := starts+2*segments, starts+4*segments
	if len(t) < ranges+2*segments {
		return bad("character map cut short")
	}
	total := 0
	for i := range segments {
		first, last := t.u16(starts+2*i), t.u16(ends+2*i)
		delta, offset := t.u16(deltas+2*i), t.u16(ranges+2*i)
		if total += last - first + 1; last < first || total > most {
			return bad("character map out of order")
		}
		for r := first; r <= last; r++ {
			glyph := r
			if offset != 0 {
				if glyph = t.u16(ranges + 2*i + offset + 2*(r-first)); glyph == 0 {
					continue
				}
			}
			f.put(rune(r), (glyph+delta)&0xffff)
		}
	}
	return nil
}

func (f *Font) format12(t table) error {
	groups := t.u32(12)
	if groups > (len(t)-16)/12 {
		return bad("character map cut short")
	}
	total := 0
	for i := range groups {
		first, last, glyph := t.u32(16+12*i), t.u32(20+12*i), t.u32(24+12*i)
		if total += last - first + 1; last < first || last > 0x10ffff || total > most {
			return bad("character map out of order")
		}
		for r := first; r <= last; r++ {
			f.put(rune(r), glyph+r-first)
		}
	}
	return nil
}

func (f *Font) put(r rune, glyph int) {
	if glyph <= 0 || glyph >= f.glyphs {
		return
	}
	page := f.pages[r>>8]
	if page == nil {
		page = new([256]uint16)
		f.pages[r>>8] = page
	}
	page[r&0xff] = uint16(glyph)
}
