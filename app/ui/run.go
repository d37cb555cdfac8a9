//go:build cgo

package ui

import (
	"errors"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver"

	"zhibu/app/ui/ime"
	"zhibu/storage/record"
)

// memoryLimit is what the program's own memory is held to, without failing above it:
// 10,000 members with all that belongs to them take 150 MB.
const memoryLimit = 280 << 20

// Run opens the window and returns when it is closed. It is the one place that
// needs a window system, so it needs cgo; the rest of the package does not.
func Run(cfg Config) error {
	app.SetMetadata(fyne.AppMetadata{ID: ID, Name: Name, Version: cfg.Version, Icon: cfg.Icon})
	fy := app.NewWithID(ID)
	cfg.CapsLock = ime.CapsLock
	cfg.Opened = debug.FreeOSMemory // what opening left behind goes back to the machine
	debug.SetGCPercent(50)          // an office laptop has idle time to spare rather than memory
	debug.SetMemoryLimit(memoryLimit)
	a := New(fy, cfg)
	stop := func() {}
	var failed error
	fy.Lifecycle().SetOnStarted(func() {
		if !made(a.win) {
			failed = record.Refuse("NO_WINDOW", "打不开窗口：这台电脑的显卡驱动不支持 OpenGL 2.1。请装好显卡驱动再打开；在远程桌面里打不开的，请到那台电脑跟前打开。台账没有变化。")
			fy.Quit()
			return
		}
		stop = ime.Follow(a.win)
	})
	fy.Lifecycle().SetOnStopped(func() { stop() })
	a.win.ShowAndRun()
	return errors.Join(failed, a.Close())
}

// made reports whether the system has made the window: without OpenGL the toolkit
// only logs that, and would run on unseen.
func made(w fyne.Window) (ok bool) {
	native, is := w.(driver.NativeWindow)
	if !is {
		return true
	}
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.WindowsWindowContext:
			ok = c.HWND != 0
		case driver.X11WindowContext:
			ok = c.WindowHandle != 0
		default:
			ok = true
		}
	})
	return ok
}
