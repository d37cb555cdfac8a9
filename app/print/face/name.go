package face

import "unicode/utf16"

// Called returns the name people choose the font by: the Chinese one where it has
// one, else the English one; "" when it has neither.
func (f *Font) Called() string {
	const windows, full = 3, 4 // platform and kind of name
	names, best, rank := f.tables["name"], "", 0
	for i := range min(names.u16(2), 512) {
		entry := names.sub(6+12*i, 12)
		if entry.u16(0) != windows || entry.u16(6) != full {
			continue
		}
		n := 1
		switch entry.u16(4) {
		case 0x0804: // Chinese, mainland
			n = 3
		case 0x0409: // English
			n = 2
		}
		if n > rank {
			rank, best = n, names.sub(names.u16(4)+entry.u16(10), entry.u16(8)).utf16()
		}
	}
	return best
}

func (t table) utf16() string {
	units := make([]uint16, len(t)/2)
	for i := range units {
		units[i] = uint16(t.u16(2 * i))
	}
	return string(utf16.Decode(units))
}
