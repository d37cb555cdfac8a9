package photo

import "encoding/binary"

const (
	tagOrientation = 0x0112
	typeShort      = 3
)

// tiffOrientation reads the orientation from the first directory of a TIFF
// block, 1 where there is none.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(b[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	count := int(order.Uint16(b[at:]))
	for i := range count {
		entry := at + 2 + uint64(i)*12
		if entry+12 > uint64(len(b)) {
			return 1
		}
		e := b[entry : entry+12]
		if order.Uint16(e) == tagOrientation && order.Uint16(e[2:]) == typeShort {
			if o := int(order.Uint16(e[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
