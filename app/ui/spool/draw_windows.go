package spool

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// drawnDPI is how finely pages are drawn: fine enough for the smallest type of a
// form, and a page of it is 26 MB.
const drawnDPI = 300

// Constants of the Windows header wingdi.h.
const (
	dmOrientation, dmPaperSize, dmCopies, dmDuplex = 0x1, 0x2, 0x100, 0x1000 // which fields of a devMode count
	dmOtherSize                                    = 0x4 | 0x8 | 0x10000     // length, width, name of form

	portrait, landscape = 1, 2
	paperA4             = 9
	duplexLongEdge      = 2
	modeOut, modeIn     = 2, 8

	logPixelsX, logPixelsY = 88, 90
	offsetX, offsetY       = 112, 113
	sourceCopy             = 0xCC0020
)

// devMode is the beginning of DEVMODEW, which the driver's own settings follow.
type devMode struct {
	device                         [32]uint16
	spec, driver, size, extra      uint16
	fields                         uint32
	orientation, paper             int16
	length, width, scale, copies   int16
	source, quality, color, duplex int16
}

// docInfo is DOCINFOW.
type docInfo struct {
	size                   int32
	name, output, datatype *uint16
	kind                   uint32
}

// bitmapInfo is BITMAPINFOHEADER.
type bitmapInfo struct {
	size                  uint32
	width, height         int32
	planes, bits          uint16
	compression, sizeData uint32
	perMetreX, perMetreY  int32
	used, important       uint32
}

func gdi(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("gdi32.dll").NewProc(name)
}

// Print implements screen.Printers: it draws the pages for the printer's driver, so
// that nothing depends on what reads PDF on the machine. Every copy is a job of its
// own, so that no sheet is shared by two.
func (spooler) Print(ctx context.Context, printer string, _ []byte, job screen.Job) error {
	runtime.LockOSThread() // device contexts belong to a thread
	defer runtime.UnlockOSThread()
	for range max(job.Copies, 1) {
		if err := draw(ctx, printer, job); err != nil {
			return record.Wrap(err, "PRINT_FAILED", "“"+printer+"”没有收下这份打印。请看电源和纸；也可以先另存为 PDF。")
		}
	}
	return nil
}

// draw prints one copy. One that fails or is stopped leaves nothing in the queue.
func draw(ctx context.Context, printer string, job screen.Job) (err error) {
	name, err := windows.UTF16PtrFromString(printer)
	if err != nil {
		return fmt.Errorf("name of printer: %w", err)
	}
	title, err := windows.UTF16PtrFromString(job.Title)
	if err != nil {
		return fmt.Errorf("title of document: %w", err)
	}
	mode, err := settings(name, job.Duplex)
	if err != nil {
		return err
	}
	kind, err := windows.UTF16PtrFromString("WINSPOOL")
	if err != nil {
		return err
	}
	device, _, cause := gdi("CreateDCW").Call(uintptr(unsafe.Pointer(kind)), uintptr(unsafe.Pointer(name)), 0, uintptr(unsafe.Pointer(&mode[0])))
	if device == 0 {
		return fmt.Errorf("open printer: %w", cause)
	}
	defer gdi("DeleteDC").Call(device)
	doc := docInfo{name: title}
	doc.size = int32(unsafe.Sizeof(doc))
	if err := positive(gdi("StartDocW").Call(device, uintptr(unsafe.Pointer(&doc)))); err != nil {
		return fmt.Errorf("begin document: %w", err)
	}
	for _, page := range pagesOf(job) {
		if err = ctx.Err(); err == nil {
			err = drawPage(device, mode, job.Paper, page)
		}
		if err != nil {
			return errors.Join(err, positive(gdi("AbortDoc").Call(device)))
		}
	}
	return positive(gdi("EndDoc").Call(device))
}

func pagesOf(job screen.Job) []int {
	if len(job.Pages) > 0 {
		return job.Pages
	}
	all := make([]int, job.Paper.Pages())
	for i := range all {
		all[i] = i
	}
	return all
}

// settings returns the printer's own settings (a devMode and what follows it) for
// A4, on both sides if asked for.
func settings(name *uint16, duplex bool) ([]byte, error) {
	var printer uintptr
	if ok, _, err := winspool("OpenPrinterW").Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&printer)), 0); ok == 0 {
		return nil, fmt.Errorf("find printer: %w", err)
	}
	defer winspool("ClosePrinter").Call(printer)
	properties := func(out, in *byte, flags uintptr) (int, error) {
		n, _, err := winspool("DocumentPropertiesW").Call(0, printer, uintptr(unsafe.Pointer(name)),
			uintptr(unsafe.Pointer(out)), uintptr(unsafe.Pointer(in)), flags)
		if int32(n) < 0 {
			return 0, fmt.Errorf("settings of printer: %w", err)
		}
		return int(int32(n)), nil
	}
	size, err := properties(nil, nil, 0)
	if err != nil {
		return nil, err
	}
	mode := make([]byte, max(size, int(unsafe.Sizeof(devMode{}))))
	if _, err := properties(&mode[0], nil, modeOut); err != nil {
		return nil, err
	}
	m := (*devMode)(unsafe.Pointer(&mode[0]))
	m.fields = m.fields&^dmOtherSize | dmOrientation | dmPaperSize | dmCopies
	m.orientation, m.paper, m.copies = portrait, paperA4, 1
	if duplex {
		m.fields |= dmDuplex
		m.duplex = duplexLongEdge
	}
	_, err = properties(&mode[0], &mode[0], modeIn|modeOut)
	return mode, err
}

// drawPage draws one page in its own size, whatever the printer's margins.
func drawPage(device uintptr, mode []byte, paper screen.Paper, page int) error {
	img, err := paper.Image(page, drawnDPI)
	if err != nil {
		return err
	}
	width, height := paper.Size(page)
	m := (*devMode)(unsafe.Pointer(&mode[0]))
	if m.orientation = portrait; width > height {
		m.orientation = landscape
	}
	if again, _, err := gdi("ResetDCW").Call(device, uintptr(unsafe.Pointer(m))); again == 0 {
		return fmt.Errorf("turn page: %w", err)
	}
	if err := positive(gdi("StartPage").Call(device)); err != nil {
		return fmt.Errorf("begin page: %w", err)
	}
	of := func(index uintptr) int {
		n, _, _ := gdi("GetDeviceCaps").Call(device, index)
		return int(int32(n))
	}
	dots := func(mm float64, perInch uintptr) uintptr {
		return uintptr(math.Round(mm / 25.4 * float64(of(perInch))))
	}
	data, info := bitmap(img)
	err = positive(gdi("StretchDIBits").Call(device, uintptr(-of(offsetX)), uintptr(-of(offsetY)), dots(width, logPixelsX), dots(height, logPixelsY),
		0, 0, uintptr(info.width), uintptr(-info.height), uintptr(unsafe.Pointer(&data[0])), uintptr(unsafe.Pointer(&info)), 0, sourceCopy))
	if err != nil {
		return fmt.Errorf("draw page: %w", err)
	}
	return positive(gdi("EndPage").Call(device))
}

// bitmap is a picture as GDI takes it: blue, green, red, the top row first, rows
// filled up to four bytes.
func bitmap(img image.Image) ([]byte, bitmapInfo) {
	size := img.Bounds()
	row := (size.Dx()*3 + 3) &^ 3
	data := make([]byte, row*size.Dy())
	for y := range size.Dy() {
		at := data[y*row:]
		for x := range size.Dx() {
			r, g, b, _ := img.At(size.Min.X+x, size.Min.Y+y).RGBA()
			at[x*3], at[x*3+1], at[x*3+2] = byte(b>>8), byte(g>>8), byte(r>>8)
		}
	}
	info := bitmapInfo{width: int32(size.Dx()), height: -int32(size.Dy()), planes: 1, bits: 24}
	info.size = uint32(unsafe.Sizeof(info))
	return data, info
}

// positive is the error of a call that answers with a number above nothing.
func positive(n, _ uintptr, err error) error {
	if int32(n) > 0 {
		return nil
	}
	return err
}
