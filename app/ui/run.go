//go:build cgo

package ui

import (
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"zhibu/app/ui/ime"
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
	fy.Lifecycle().SetOnStarted(func() { stop = ime.Follow(a.win) })
	fy.Lifecycle().SetOnStopped(func() { stop() })
	a.win.ShowAndRun()
	return a.Close()
}
