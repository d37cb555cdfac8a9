package ime

import (
	"syscall"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// Messages and constants of the Windows headers winuser.h and imm.h.
const (
	wmIMEStartComposition = 0x010D
	wmIMEComposition      = 0x010F
	wmIMENotify           = 0x0282
	imnOpenCandidate      = 0x0005
	gwlpWndProc           = ^uintptr(3) // -4
	cfsPoint              = 0x0002
	cfsCandidatePos       = 0x0040
	iaceDefault           = 0x0010
)

type point struct{ x, y int32 }
type rectangle struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM.
type compositionForm struct {
	style uint32
	at    point
	area  rectangle
}

// candidateForm is CANDIDATEFORM.
type candidateForm struct {
	index, style uint32
	at           point
	area         rectangle
}

// imm holds the functions used of the system's libraries.
type imm struct {
	getContext, releaseContext, associate, setComposition, setCandidate *syscall.LazyProc
	setWindowLong, callWindowProc, setCaretPos                          *syscall.LazyProc
}

func loadIMM() imm {
	i, u := syscall.NewLazyDLL("imm32.dll"), syscall.NewLazyDLL("user32.dll")
	return imm{
		getContext: i.NewProc("ImmGetContext"), releaseContext: i.NewProc("ImmReleaseContext"),
		associate:      i.NewProc("ImmAssociateContextEx"),
		setComposition: i.NewProc("ImmSetCompositionWindow"), setCandidate: i.NewProc("ImmSetCandidateWindow"),
		setWindowLong: u.NewProc("SetWindowLongPtrW"), callWindowProc: u.NewProc("CallWindowProcW"),
		setCaretPos: u.NewProc("SetCaretPos"),
	}
}

// Follow makes the candidate window of input methods stand at the caret of the
// window's focused box: it looks at the window's messages and, when a composition
// begins or changes, says where. A password box has no input method. Call it once the window is there: when the app's
// lifecycle has started.
func Follow(w fyne.Window) (stop func()) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return func() {}
	}
	f := &follower{imm: loadIMM(), canvas: w.Canvas()}
	native.RunNative(func(context any) {
		if c, ok := context.(driver.WindowsWindowContext); ok && c.HWND != 0 {
			f.window = c.HWND
			f.before, _, _ = f.setWindowLong.Call(f.window, gwlpWndProc, syscall.NewCallback(f.message))
		}
	})
	return func() {
		if f.before != 0 {
			f.setWindowLong.Call(f.window, gwlpWndProc, f.before)
		}
	}
}

// vkCapital is the Caps Lock key; the lowest bit of its state says whether it is on.
const vkCapital = 0x14

// CapsLock reports whether the keyboard writes capitals.
func CapsLock() bool {
	state, _, _ := syscall.NewLazyDLL("user32.dll").NewProc("GetKeyState").Call(vkCapital)
	return state&1 != 0
}

// follower is one window whose messages are looked at.
type follower struct {
	imm
	canvas         fyne.Canvas
	window, before uintptr
	secret         bool // the window has no input method now
}

// message sees every message of the window and hands it on.
func (f *follower) message(window, message, w, l uintptr) uintptr {
	f.keep(secretIn(f.canvas))
	switch {
	case message == wmIMEStartComposition, message == wmIMEComposition,
		message == wmIMENotify && w == imnOpenCandidate:
		f.place()
	}
	out, _, _ := f.callWindowProc.Call(f.before, window, message, w, l)
	return out
}

// keep takes the input method from the window while a secret is typed.
func (f *follower) keep(secret bool) {
	if secret == f.secret {
		return
	}
	f.secret = secret // first: associating sends messages
	flags := uintptr(iaceDefault)
	if secret {
		flags = 0
	}
	f.associate.Call(f.window, 0, flags)
}

// place tells the input method where the caret is.
func (f *follower) place() {
	s, ok := spotOf(f.canvas)
	if !ok {
		return
	}
	context, _, _ := f.getContext.Call(f.window)
	if context == 0 {
		return
	}
	composition := compositionForm{style: cfsPoint, at: point{int32(s.x), int32(s.top)}}
	f.setComposition.Call(context, uintptr(unsafe.Pointer(&composition)))
	candidate := candidateForm{style: cfsCandidatePos, at: point{int32(s.x), int32(s.bottom)}}
	f.setCandidate.Call(context, uintptr(unsafe.Pointer(&candidate)))
	f.setCaretPos.Call(uintptr(s.x), uintptr(s.top))
	f.releaseContext.Call(f.window, context)
}
