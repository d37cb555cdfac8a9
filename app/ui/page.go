package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
)

// Place is where a person is: a page and what it shows.
type Place struct {
	Page string // name of the navigation page, e.g. "member"
	View string // "" the page itself; "form", "print", … a view inside it
	Kind string // kind of the record shown, where it is not the page's own
	ID   string // record shown, "" for a fresh one
	Note string // what the view needs besides, e.g. the code of a form or a field to go to
	Act  string // the dialog to open there, as its draft is named; "" for none
}

// Hint is one key the status bar names.
type Hint struct{ Key, Does string }

// Page is what stands in the body of the shell.
type Page interface {
	// Content returns the page's widgets; it is called once.
	Content() fyne.CanvasObject
	// Keys are the page's own keys; they go before the window's.
	Keys() kit.Keys
	// Hints are the keys worth naming in the status bar, most useful first.
	Hints() []Hint
	// Shown is called each time the page comes to the front: it sets the focus
	// and the panes.
	Shown()
	// Changed tells that records of kind changed, here or on another laptop; no
	// ids means any of them.
	Changed(kind string, ids []string)
	// Resized tells that the window went over to the narrow or wide form, or to
	// the other face.
	Resized()
	// Leave is asked before the page goes: it calls then when nothing unsaved is
	// lost, at once or after asking.
	Leave(then func())
	// Keep stores drafts; called every second and before locking.
	Keep() error
}

// plainPage answers for pages that need nothing special. Embed it.
type plainPage struct{}

func (plainPage) Keys() kit.Keys           { return nil }
func (plainPage) Hints() []Hint            { return nil }
func (plainPage) Shown()                   {}
func (plainPage) Changed(string, []string) {}
func (plainPage) Resized()                 {}
func (plainPage) Leave(then func())        { then() }
func (plainPage) Keep() error              { return nil }
