package spool

import (
	"context"
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// Default returns the printing of this machine.
func Default() screen.Printers { return spooler{} }

// spooler is the printing of Windows.
type spooler struct{}

// Constants and structures of the Windows header winspool.h.
const (
	printerEnumLocal       = 0x2
	printerEnumConnections = 0x4

	attributeWorkOffline = 0x400
	statusPaused         = 0x1
	statusPaperJam       = 0x8
	statusPaperOut       = 0x10
	statusOffline        = 0x80
	statusPrinting       = 0x400
	statusNoToner        = 0x40000
	statusDoorOpen       = 0x400000
)

// printerInfo is PRINTER_INFO_2W.
type printerInfo struct {
	server, name, share, port, driver, comment, location *uint16
	mode                                                 uintptr
	separator, processor, datatype, parameters           *uint16
	security                                             uintptr
	attributes, priority, preset, start, until           uint32
	status, jobs, speed                                  uint32
}

func winspool(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("winspool.drv").NewProc(name)
}

// List implements screen.Printers.
func (spooler) List(context.Context) ([]screen.Printer, error) {
	found, err := installed()
	if err != nil {
		return nil, record.Wrap(err, "PRINT_SERVICE", "打印服务没有回应。请稍后再试，或者另存为 PDF；内容都在。")
	}
	chosen := byDefault()
	var out []screen.Printer
	for _, info := range found {
		name := windows.UTF16PtrToString(info.name)
		p := screen.Printer{Name: name, Label: name, Default: name == chosen}
		p.Ready, p.State = standing(info.attributes, info.status)
		if p.Default {
			out = append([]screen.Printer{p}, out...)
		} else {
			out = append(out, p)
		}
	}
	return out, nil
}

// installed asks for the printers of this machine. How much room the answer takes may
// grow between the two questions.
func installed() ([]printerInfo, error) {
	const level = 2
	var need, count uint32
	var buf []byte
	for {
		var at *byte
		if len(buf) > 0 {
			at = &buf[0]
		}
		ok, _, err := winspool("EnumPrintersW").Call(printerEnumLocal|printerEnumConnections, 0, level,
			uintptr(unsafe.Pointer(at)), uintptr(len(buf)), uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&count)))
		switch {
		case ok != 0 && count == 0:
			return nil, nil
		case ok != 0:
			return unsafe.Slice((*printerInfo)(unsafe.Pointer(at)), count), nil
		case !errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER):
			return nil, err
		}
		buf = make([]byte, need)
	}
}

// byDefault returns the name of the default printer, "" if there is none.
func byDefault() string {
	name := make([]uint16, 512)
	size := uint32(len(name))
	if ok, _, _ := winspool("GetDefaultPrinterW").Call(uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&size))); ok == 0 {
		return "" // no default is no error
	}
	return windows.UTF16ToString(name)
}

// standing says how a printer is.
func standing(attributes, status uint32) (ready bool, say string) {
	for _, s := range []struct {
		bit uint32
		say string
	}{{statusOffline, "脱机"}, {statusPaused, "已停用"}, {statusPaperOut, "缺纸"}, {statusPaperJam, "卡纸"}, {statusDoorOpen, "盖子开着"}, {statusNoToner, "缺墨粉"}} {
		if status&s.bit != 0 {
			return false, s.say
		}
	}
	switch {
	case attributes&attributeWorkOffline != 0:
		return false, "脱机"
	case status&statusPrinting != 0:
		return true, "正在打印"
	}
	return true, "就绪"
}
