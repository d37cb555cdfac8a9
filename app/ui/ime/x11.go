//go:build linux && cgo && x11

package ime

/*
#cgo LDFLAGS: -lX11 -ldl -Wl,--wrap=dlsym
#include "x11.h"
*/
import "C"

import (
	"runtime/cgo"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// Follow makes the candidate window of input methods stand at the caret of the
// window's focused box. Call it once the window is there: when the app's lifecycle
// has started. stop lets go of the window; call it when the window closes.
func Follow(w fyne.Window) (stop func()) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return func() {}
	}
	handle := cgo.NewHandle(w.Canvas())
	var window C.ulong
	native.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); ok && x.WindowHandle != 0 {
			window = C.ulong(x.WindowHandle)
			C.ime_follow(window, C.uintptr_t(handle))
		}
	})
	return func() {
		if window != 0 {
			C.ime_forget(window)
		}
		handle.Delete()
	}
}

// CapsLock reports whether the keyboard writes capitals.
func CapsLock() bool { return C.ime_caps() != 0 }

// imeSpot tells the C side where the caret is. It runs on the UI goroutine: GLFW
// is fetching a key.
//
//export imeSpot
func imeSpot(follower C.uintptr_t, x, y *C.int) C.int {
	canvas, ok := cgo.Handle(follower).Value().(fyne.Canvas)
	if !ok {
		return 0
	}
	s, ok := spotOf(canvas)
	if !ok {
		return 0
	}
	*x, *y = C.int(s.x), C.int(s.bottom)
	return 1
}

// imeSecret tells the C side whether keys belong to a password box.
//
//export imeSecret
func imeSecret(follower C.uintptr_t) C.int {
	if canvas, ok := cgo.Handle(follower).Value().(fyne.Canvas); ok && secretIn(canvas) {
		return 1
	}
	return 0
}
