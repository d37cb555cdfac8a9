package main

import (
	"io"
	"os"

	"golang.org/x/sys/windows"
)

// console returns where a command writes. A program with a window has no console on
// Windows: started from one it writes there, unless what it says goes elsewhere;
// opened from the desktop it has its complaints in a box.
func console() (out, complain io.Writer) {
	const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(parent)
	return stream(os.Stdout, io.Discard), stream(os.Stderr, box{})
}

// stream returns a stream as the program was given it, else the console, else none.
func stream(given *os.File, none io.Writer) io.Writer {
	if h := windows.Handle(given.Fd()); h != 0 && h != windows.InvalidHandle {
		return given
	}
	if lines, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
		return lines
	}
	return none
}

// box shows what is written to it.
type box struct{}

func (box) Write(say []byte) (int, error) {
	text, err := windows.UTF16PtrFromString(string(say))
	if err != nil {
		return 0, err
	}
	title, err := windows.UTF16PtrFromString("支部台账")
	if err != nil {
		return 0, err
	}
	_, err = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONWARNING)
	return len(say), err
}
