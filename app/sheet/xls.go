package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/richardlehane/mscfb"

	"zhibu/storage/record"
)

// Record types of BIFF8, [MS-XLS] §2.3. The reader is strict: whatever does not
// add up makes the file damaged rather than a row shifted.
const (
	recFormula   = 0x0006
	recEOF       = 0x000A
	recDateMode  = 0x0022
	recFilePass  = 0x002F
	recContinue  = 0x003C
	recColInfo   = 0x007D
	recSheet     = 0x0085
	recMulRK     = 0x00BD
	recRString   = 0x00D6
	recXF        = 0x00E0
	recMerged    = 0x00E5
	recSST       = 0x00FC
	recLabelSST  = 0x00FD
	recNumber    = 0x0203
	recLabel     = 0x0204
	recBoolErr   = 0x0205
	recString    = 0x0207
	recRow       = 0x0208
	recRK        = 0x027E
	recFormat    = 0x041E
	recBOF       = 0x0809
	biff8Version = 0x0600
)

// readXLS reads a legacy workbook, or says what else the compound file is.
func readXLS(data []byte) (sheets []Sheet, err error) {
	defer func() {
		// The compound file library indexes what the file says; a damaged one
		// must not end the program.
		if r := recover(); r != nil {
			sheets, err = nil, damaged(fmt.Errorf("compound file: %v", r))
		}
	}()
	stream, err := workbookStream(data)
	if err != nil {
		return nil, err
	}
	b := biff{stream: stream, custom: map[string]string{}}
	if err := b.globals(); err != nil {
		return nil, err
	}
	for _, ref := range b.refs {
		s, err := b.worksheet(ref)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// workbookStream returns the bytes of the stream "Workbook".
func workbookStream(data []byte) ([]byte, error) {
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, damaged(err)
	}
	for n := 0; n < 4096; n++ {
		f, err := doc.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged(err)
		}
		switch f.Name {
		case "Workbook", "WORKBOOK":
			if f.Size > int64(len(data)) {
				return nil, damaged(nil)
			}
			out := make([]byte, f.Size)
			if _, err := io.ReadFull(f, out); err != nil {
				return nil, damaged(err)
			}
			return out, nil
		case "EncryptedPackage":
			return nil, locked()
		case "Book":
			return nil, record.Refuse("SHEET_OLD", "这是 Excel 95 以前的格式，没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。")
		case "WordDocument":
			return nil, noSpreadsheet("是文字文档（.doc），不是表格")
		case "PowerPoint Document":
			return nil, noSpreadsheet("是演示文稿，不是表格")
		}
	}
	return nil, noSpreadsheet("")
}

// biff holds the stream and what its globals say.
type biff struct {
	stream   []byte
	date1904 bool
	custom   map[string]string // number format id → code
	xf       []uint16          // number format id by cell style
	strings  []string
	refs     []biffRef
}

type biffRef struct {
	offset uint32
	name   string
	hidden bool
}

// rec is one record; more holds the CONTINUE records that follow it.
type rec struct {
	kind uint16
	body []byte
	more [][]byte
}

func (r rec) u16(at int) int { return int(binary.LittleEndian.Uint16(r.body[at:])) }

// records calls each for every record from offset to the end of that substream,
// records of substreams within it (charts) left out.
func (b *biff) records(offset uint32, each func(r rec) error) error {
	depth := 0
	for at := int64(offset); ; {
		r, next, err := b.record(at)
		if err != nil {
			return err
		}
		at = next
		switch {
		case r.kind == recBOF:
			if len(r.body) < 4 || depth == 0 && r.u16(0) != biff8Version {
				return record.Refuse("SHEET_OLD", "这是 Excel 95 以前的格式，没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。")
			}
			depth++
		case depth == 0:
			return damaged(nil)
		case r.kind == recEOF:
			if depth--; depth == 0 {
				return nil
			}
		case depth == 1:
			if len(r.body) < least(r.kind) {
				return damaged(nil)
			}
			if err := each(r); err != nil {
				return err
			}
		}
	}
}

// least is the shortest body of the records that are read.
func least(kind uint16) int {
	switch kind {
	case recDateMode, recMerged:
		return 2
	case recString:
		return 3
	case recXF:
		return 4
	case recFormat:
		return 5
	case recMulRK:
		return 6
	case recSheet, recRString, recSST, recLabel, recBoolErr:
		return 8
	case recColInfo, recLabelSST, recRK:
		return 10
	case recNumber:
		return 14
	case recRow:
		return 16
	case recFormula:
		return 20
	}
	return 0
}

func (b *biff) record(at int64) (r rec, next int64, err error) {
	cut := func() ([]byte, uint16, bool) {
		if at+4 > int64(len(b.stream)) {
			return nil, 0, false
		}
		kind := binary.LittleEndian.Uint16(b.stream[at:])
		end := at + 4 + int64(binary.LittleEndian.Uint16(b.stream[at+2:]))
		if end > int64(len(b.stream)) {
			return nil, 0, false
		}
		body := b.stream[at+4 : end]
		at = end
		return body, kind, true
	}
	body, kind, ok := cut()
	if !ok {
		return r, at, damaged(nil)
	}
	r = rec{kind: kind, body: body}
	for at+2 <= int64(len(b.stream)) && binary.LittleEndian.Uint16(b.stream[at:]) == recContinue {
		body, _, ok := cut()
		if !ok {
			return r, at, damaged(nil)
		}
		r.more = append(r.more, body)
	}
	return r, at, nil
}

func (b *biff) globals() error {
	return b.records(0, func(r rec) error {
		switch r.kind {
		case recFilePass:
			return locked()
		case recDateMode:
			b.date1904 = r.u16(0) == 1
		case recFormat:
			code, err := newRun(r, 2).text(2)
			b.custom[fmt.Sprint(r.u16(0))] = code
			return err
		case recXF:
			b.xf = append(b.xf, uint16(r.u16(2)))
		case recSheet:
			name, err := newRun(r, 6).text(1)
			if r.body[5] == 0 { // a worksheet
				b.refs = append(b.refs, biffRef{binary.LittleEndian.Uint32(r.body), name, r.body[4]&3 != 0})
			}
			return err
		case recSST:
			return b.sst(r)
		}
		return nil
	})
}

func (b *biff) sst(r rec) error {
	run := newRun(r, 8)
	n := int(binary.LittleEndian.Uint32(r.body[4:]))
	if n < 0 || n > mostCells {
		return tooBig()
	}
	for range n {
		s, err := run.text(2)
		if err != nil {
			return err
		}
		b.strings = append(b.strings, s)
	}
	return nil
}

// format returns the number format code of cell style xf.
func (b *biff) format(xf int) string {
	if xf >= len(b.xf) {
		return ""
	}
	return formatCode(fmt.Sprint(b.xf[xf]), b.custom)
}

// rk decodes the compressed number of RK and MULRK records.
func rk(n uint32) float64 {
	var x float64
	if n&2 != 0 {
		x = float64(int32(n) >> 2)
	} else {
		x = math.Float64frombits(uint64(n&^3) << 32)
	}
	if n&1 != 0 {
		x /= 100
	}
	return x
}
