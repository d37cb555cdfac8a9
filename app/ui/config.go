package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
)

// Config is what main gives the face.
type Config struct {
	Vault    screen.Vault
	District screen.District // nil: no district can be reached
	Press    screen.Press    // nil: nothing can be printed
	Printers screen.Printers // nil: only PDFs
	Sheets   screen.Sheets   // nil: no spreadsheets
	// UndoBatch takes a whole import back and returns how many records it changed.
	UndoBatch func(batch string) (records int, err error)
	Now       func() time.Time
	Version   string
	// Runner does slow work; nil: in the background. Tests work inline.
	Runner screen.Runner
	// Notice stands on the desk until it is closed, e.g. that this is the sample
	// branch and what its passphrase is; NoticeVerb and NoticeDo are its button.
	Notice, NoticeVerb string
	NoticeDo           func() error
	// Passphrase unlocks at once; only the sample's is ever known.
	Passphrase string
	Icon       fyne.Resource
	// CapsLock reports whether the keyboard writes capitals; nil: nobody knows.
	CapsLock func() bool
	// Probe is called a few times a second on the UI goroutine; only builds that
	// are driven by a test have one.
	Probe func(fyne.Canvas)
	// Opened runs in the background once the books stand open, what is due is worked
	// out and everything can be found; nil for nothing.
	Opened func()
}
