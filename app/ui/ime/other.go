//go:build !windows && !(linux && cgo && x11)

package ime

import "fyne.io/fyne/v2"

// Follow does nothing here: the system's own input methods need no help, or the
// build has no X11.
func Follow(fyne.Window) (stop func()) { return func() {} }

// CapsLock is not known here.
func CapsLock() bool { return false }
