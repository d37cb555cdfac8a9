package sheet

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf16"
)

// run reads strings across a record and its CONTINUE records. Only the
// characters of a string care about the border: there the next record begins
// with a new flag byte; everything else simply goes on ([MS-XLS] §2.5.293).
type run struct {
	parts [][]byte
	at    int
}

func newRun(r rec, at int) *run {
	return &run{parts: append([][]byte{r.body}, r.more...), at: at}
}

// settle moves to the next part that has bytes left; false at the end.
func (r *run) settle() bool {
	for len(r.parts) > 0 && r.at >= len(r.parts[0]) {
		r.at -= len(r.parts[0])
		r.parts = r.parts[1:]
	}
	return len(r.parts) > 0
}

func (r *run) number(bytes int) (int, bool) {
	n := 0
	for i := range bytes {
		if !r.settle() {
			return 0, false
		}
		n |= int(r.parts[0][r.at]) << (8 * i)
		r.at++
	}
	return n, true
}

// text reads one XLUnicodeRichExtendedString whose length takes size bytes.
func (r *run) text(size int) (string, error) {
	n, ok := r.number(size)
	flags, ok2 := r.number(1)
	if !ok || !ok2 {
		return "", damaged(nil)
	}
	skip := 0
	if flags&8 != 0 { // formatting runs of four bytes
		runs, ok := r.number(2)
		if !ok {
			return "", damaged(nil)
		}
		skip += runs * 4
	}
	if flags&4 != 0 { // phonetic and alike
		ext, ok := r.number(4)
		if !ok || ext > mostBytes {
			return "", damaged(nil)
		}
		skip += ext
	}
	s, ok := r.chars(n, flags&1 != 0)
	if !ok || skip > r.left() {
		return "", damaged(nil)
	}
	r.at += skip
	return s, nil
}

func (r *run) left() int {
	n := -r.at
	for _, part := range r.parts {
		n += len(part)
	}
	return n
}

func (r *run) chars(n int, wide bool) (string, bool) {
	if n > r.left() {
		return "", false
	}
	units := make([]uint16, 0, n)
	for len(units) < n {
		if r.at >= len(r.parts[0]) { // the border: a new flag byte
			if !r.settle() {
				return "", false
			}
			wide = r.parts[0][r.at]&1 != 0
			r.at++
			continue
		}
		c := uint16(r.parts[0][r.at])
		r.at++
		if wide {
			if r.at >= len(r.parts[0]) {
				return "", false // a character is never cut in two
			}
			c |= uint16(r.parts[0][r.at]) << 8
			r.at++
		}
		units = append(units, c)
	}
	return string(utf16.Decode(units)), true
}

// biffSheet reads the records of one worksheet.
type biffSheet struct {
	builder
	b              *biff
	row, col, pend int // pend: the formula whose text follows in a STRING record
}

func (b *biff) worksheet(ref biffRef) (Sheet, error) {
	s := biffSheet{b: b, pend: -1}
	s.sheet = Sheet{Name: ref.name, Hidden: ref.hidden, Date1904: b.date1904}
	err := b.records(ref.offset, s.record)
	return s.sheet, err
}

func (s *biffSheet) record(r rec) error {
	switch r.kind {
	case recRow:
		if flags := r.u16(12); flags&0x20 != 0 {
			s.hideRow(r.u16(0))
		}
		return nil
	case recColInfo:
		if r.u16(8)&1 != 0 || r.u16(4) == 0 {
			s.hideCols(r.u16(0), r.u16(2))
		}
		return nil
	case recMerged:
		return s.merged(r)
	case recString:
		return s.lateString(r)
	case recMulRK:
		return s.mulRK(r)
	case recFormula, recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr:
		s.row, s.col = r.u16(0), r.u16(2)
		c, err := s.cell(r)
		if err != nil {
			return err
		}
		return s.put(s.row, s.col, c)
	}
	return nil
}

func (s *biffSheet) cell(r rec) (Cell, error) {
	switch r.kind {
	case recLabelSST:
		i := binary.LittleEndian.Uint32(r.body[6:])
		if int64(i) >= int64(len(s.b.strings)) {
			return Cell{}, damaged(nil)
		}
		return textCell(s.b.strings[i], Text), nil
	case recLabel, recRString:
		text, err := newRun(r, 6).text(2)
		return textCell(text, Text), err
	case recNumber:
		return s.number(math.Float64frombits(binary.LittleEndian.Uint64(r.body[6:])), r.u16(4)), nil
	case recRK:
		return s.number(rk(binary.LittleEndian.Uint32(r.body[6:])), r.u16(4)), nil
	case recBoolErr:
		return boolOrFault(r.body[6], r.body[7] != 0), nil
	}
	c := s.formula(r)
	c.Formula = true
	return c, nil
}

func (s *biffSheet) number(x float64, xf int) Cell {
	return numberCell(x, digits(x), s.b.format(xf))
}

// formula reads the cached result of a FORMULA record.
func (s *biffSheet) formula(r rec) Cell {
	result := r.body[6:14]
	if result[6] != 0xFF || result[7] != 0xFF {
		return s.number(math.Float64frombits(binary.LittleEndian.Uint64(result)), r.u16(4))
	}
	switch result[0] {
	case 0:
		s.pend = s.row // the text follows
	case 1, 2:
		return boolOrFault(result[2], result[0] == 2)
	}
	return Cell{}
}

func (s *biffSheet) lateString(r rec) error {
	if s.pend < 0 {
		return nil
	}
	s.pend = -1
	text, err := newRun(r, 0).text(2)
	if err != nil {
		return err
	}
	c := textCell(text, Text)
	c.Formula = true
	return s.put(s.row, s.col, c)
}

func boolOrFault(value byte, fault bool) Cell {
	if fault {
		return Cell{Type: Fault, Text: map[byte]string{0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}[value]}
	}
	return Cell{Type: Bool, Text: map[bool]string{true: "是", false: "否"}[value != 0]}
}

func (s *biffSheet) mulRK(r rec) error {
	first, count := r.u16(2), (len(r.body)-6)/6
	for i := range count {
		at := 4 + i*6
		c := s.number(rk(binary.LittleEndian.Uint32(r.body[at+2:])), r.u16(at))
		if err := s.put(r.u16(0), first+i, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *biffSheet) merged(r rec) error {
	n := r.u16(0)
	if len(r.body) < 2+8*n {
		return damaged(nil)
	}
	for i := range n {
		at := 2 + i*8
		s.merge(Range{r.u16(at), r.u16(at + 4), r.u16(at + 2), r.u16(at + 6)})
	}
	return nil
}

// clip shortens text for a message.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return s
}
