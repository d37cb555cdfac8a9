package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"zhibu/storage/record"
)

// le writes numbers little-endian, one after the other.
func le(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if raw, ok := v.([]byte); ok {
			b.Write(raw)
		} else if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			panic(err) // only fixed-size values in this file
		}
	}
	return b.Bytes()
}

func biffRecord(kind uint16, body []byte) []byte {
	return le(kind, uint16(len(body)), body)
}

// wide writes a string with 16-bit characters; size is that of its length.
func wide(s string, size int) []byte {
	units := utf16.Encode([]rune(s))
	if size == 1 {
		return le(uint8(len(units)), uint8(1), units)
	}
	return le(uint16(len(units)), uint8(1), units)
}

// sstAt cuts a string table into an SST record and CONTINUE records every step
// bytes; a cut inside characters repeats the flag byte, as Excel writes it.
func sstAt(step int, strs ...string) []byte {
	records := [][]byte{le(uint32(len(strs)), uint32(len(strs)))}
	add := func(b []byte, inChars bool) {
		last := len(records) - 1
		if len(records[last])+len(b) > step && len(records[last]) > 0 {
			var head []byte
			if inChars {
				head = []byte{1}
			}
			records = append(records, head)
			last++
		}
		records[last] = append(records[last], b...)
	}
	for _, s := range strs {
		units := utf16.Encode([]rune(s))
		add(le(uint16(len(units)), uint8(1|8), uint16(1)), false)
		for _, u := range units {
			add(le(u), true)
		}
		add(le(uint32(0)), false) // one formatting run
	}
	out := biffRecord(recSST, records[0])
	for _, r := range records[1:] {
		out = append(out, biffRecord(recContinue, r)...)
	}
	return out
}

// workbookBytes joins globals and one sheet into a workbook stream.
func workbookBytes(globals, cells []byte, sheetState byte) []byte {
	bof := biffRecord(recBOF, le(uint16(biff8Version), uint16(5), uint32(0), uint32(0), uint32(0)))
	eof := biffRecord(recEOF, nil)
	name := wide("名册", 1)
	bound := 4 + 6 + len(name)
	offset := len(bof) + len(globals) + bound + len(eof)
	out := append([]byte{}, bof...)
	out = append(out, globals...)
	out = append(out, biffRecord(recSheet, le(uint32(offset), sheetState, uint8(0), name))...)
	out = append(out, eof...)
	out = append(out, bof...)
	out = append(out, cells...)
	return append(out, eof...)
}

// compound wraps a stream into the smallest compound file that holds it.
func compound(name string, stream []byte) []byte {
	const free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	stream = append(stream, make([]byte, max(4096-len(stream), 0))...) // not a mini stream
	sectors := (len(stream) + 511) / 512
	table := []uint32{fat, end}
	for i := range sectors {
		next := uint32(2 + i + 1)
		if i == sectors-1 {
			next = end
		}
		table = append(table, next)
	}
	for len(table) < 128 {
		table = append(table, free)
	}
	difat := make([]uint32, 109)
	for i := range difat {
		difat[i] = free
	}
	difat[0] = 0
	head := le(oleMagic, make([]byte, 16), uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), make([]byte, 6),
		uint32(0), uint32(1), uint32(1), uint32(0), uint32(4096), uint32(end), uint32(0), uint32(end), uint32(0), difat)
	entry := func(name string, kind uint8, child, start uint32, size int) []byte {
		units := make([]uint16, 32)
		copy(units, utf16.Encode([]rune(name)))
		return le(units, uint16(2*len(name)+2), kind, uint8(1), uint32(free), uint32(free), child, make([]byte, 36), start, uint64(size))
	}
	dir := append(entry("Root Entry", 5, 1, end, 0), entry(name, 2, free, 2, len(stream))...)
	dir = append(dir, make([]byte, 512-len(dir))...)
	out := append(head, le(table)...)
	out = append(out, dir...)
	out = append(out, stream...)
	return append(out, make([]byte, sectors*512-len(stream))...)
}

// legacyCells are cells of every kind that the reader knows.
func legacyCells() []byte {
	var b []byte
	add := func(kind uint16, values ...any) { b = append(b, biffRecord(kind, le(values...))...) }
	add(recColInfo, uint16(2), uint16(2), uint16(0), uint16(0), uint16(1), uint16(0))
	add(recRow, uint16(3), uint16(0), uint16(5), uint16(0), uint16(0), uint16(0), uint32(0x20))
	add(recLabelSST, uint16(0), uint16(0), uint16(0), uint32(0))
	add(recLabelSST, uint16(0), uint16(1), uint16(0), uint32(1))
	add(recRK, uint16(1), uint16(0), uint16(0), uint32(37073<<2|2))
	add(recRK, uint16(1), uint16(1), uint16(1), uint32(37073<<2|2))
	add(recRK, uint16(1), uint16(2), uint16(0), uint32(1340<<2|3))
	add(recNumber, uint16(1), uint16(3), uint16(0), math.Float64bits(13800003434))
	negative := int32(-5)
	add(recMulRK, uint16(2), uint16(0), uint16(0), uint32(7<<2|2), uint16(1), uint32(negative<<2|2), uint16(1))
	add(recFormula, uint16(3), uint16(0), uint16(0), math.Float64bits(42), uint16(0), uint32(0), uint16(0))
	add(recFormula, uint16(3), uint16(1), uint16(0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, uint16(0), uint32(0), uint16(0))
	add(recString, wide("算出来的", 2))
	add(recFormula, uint16(3), uint16(2), uint16(0), []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, uint16(0), uint32(0), uint16(0))
	add(recBoolErr, uint16(3), uint16(3), uint16(0), uint8(42), uint8(1))
	add(recMerged, uint16(1), uint16(4), uint16(5), uint16(0), uint16(1))
	return b
}

func legacyGlobals(step int, strs ...string) []byte {
	var b []byte
	b = append(b, biffRecord(recFormat, le(uint16(164), wide(`yyyy"年"m"月"`, 2)))...)
	b = append(b, biffRecord(recXF, le(uint16(0), uint16(0), make([]byte, 16)))...)
	b = append(b, biffRecord(recXF, le(uint16(0), uint16(164), make([]byte, 16)))...)
	return append(b, sstAt(step, strs...)...)
}

// TestLegacyWorkbook reads every kind of cell, with the string table cut at every
// possible place.
func TestLegacyWorkbook(t *testing.T) {
	want := []string{"姓名㛃𫖯", "出生年月"}
	for step := 12; step < 80; step++ {
		sheets, err := Read("旧表.xls", compound("Workbook", workbookBytes(legacyGlobals(step, want...), legacyCells(), 0)))
		if err != nil {
			t.Fatalf("cut every %d bytes: %v", step, err)
		}
		s := sheets[0]
		got := fmt.Sprint(s.Name, s.Merged, s.HiddenCols, s.HiddenRows)
		for _, row := range s.Rows {
			for _, c := range row {
				got += fmt.Sprintf(" %s%s", c.Text, map[bool]string{true: "(" + c.Format + ")"}[c.Format != ""])
			}
			got += ";"
		}
		if expect := `名册[{4 0 5 1}] map[2:true] map[3:true] 姓名㛃𫖯 出生年月; 37073 37073(yyyy"年"m"月") 13.4 13800003434; 7 -5(yyyy"年"m"月"); 42 算出来的  #N/A;`; got != expect {
			t.Fatalf("cut every %d bytes:\n got %s\nwant %s", step, got, expect)
		}
		if c := s.Cell(3, 2); !c.Formula || c.Type != Empty {
			t.Fatalf("formula without a result: %+v", c)
		}
	}
}

// TestLegacyRefusals names what is wrong with a compound file.
func TestLegacyRefusals(t *testing.T) {
	whole := compound("Workbook", workbookBytes(legacyGlobals(500, "甲", "乙"), legacyCells(), 0))
	old := workbookBytes(nil, nil, 0)
	binary.LittleEndian.PutUint16(old[4:], 0x0500)
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"locked":       {compound("Workbook", workbookBytes(biffRecord(recFilePass, le(uint16(1))), nil, 0)), "SHEET_ENCRYPTED"},
		"locked xlsx":  {compound("EncryptedPackage", []byte("x")), "SHEET_ENCRYPTED"},
		"word":         {compound("WordDocument", []byte("x")), "SHEET_FOREIGN"},
		"Excel 95":     {compound("Workbook", old), "SHEET_OLD"},
		"Book":         {compound("Book", old), "SHEET_OLD"},
		"truncated":    {whole[:2000], "SHEET_DAMAGED"},
		"only a head":  {whole[:520], "SHEET_DAMAGED"},
		"string index": {compound("Workbook", workbookBytes(legacyGlobals(500, "甲"), legacyCells(), 0)), "SHEET_DAMAGED"},
	} {
		if _, err := Read("a.xls", c.data); record.CodeOf(err) != c.code || !strings.HasSuffix(record.SayOf(err), "。") {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}
