package ui

import (
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// keeper stores what was typed and not yet saved.
type keeper interface{ Keep() error }

// keep stores the drafts of the page shown and of the dialogs over it.
func (a *App) keep() {
	if a.Book() == nil {
		return
	}
	for _, k := range append([]keeper{a.page}, a.writing...) {
		if k == nil {
			continue // no page yet
		}
		if err := k.Keep(); err != nil {
			a.Fail(err)
		}
	}
}

// putAway closes every dialog and stores what was typed, there and on the page: the
// keys are about to go.
func (a *App) putAway() {
	a.kit.CloseAll()
	a.keep()
}

// write is called when a dialog that is written in opens; its OnClose is a.written.
func (a *App) write(k keeper) { a.writing = append(a.writing, k) }

// written is called when the top one of the dialogs written in closes: what was typed
// is kept.
func (a *App) written() {
	top := len(a.writing) - 1
	k := a.writing[top]
	a.writing = a.writing[:top]
	if err := k.Keep(); err != nil {
		a.Fail(err)
	}
}

// writeOn fills the boxes of a dialog, by their labels, with what was left on its slip
// and keeps there what is typed; the dialog calls a.written when it closes. note is
// what its head says then.
func (a *App) writeOn(s *screen.Slip, note string, boxes map[string]*kit.Entry) string {
	a.write(s)
	for label, box := range boxes {
		box.SetText(s.Text(label))
		was := box.OnChanged
		box.OnChanged = func(text string) {
			s.Type(label, text)
			if was != nil {
				was(text)
			}
		}
	}
	return leftNote(s, note)
}

// leftNote is what the head of a dialog says when something was left on it, else note.
func leftNote(left interface{ Found() bool }, note string) string {
	if left.Found() {
		return "已填入上次没写完的内容"
	}
	return note
}

// tear throws a slip away after its act was done.
func (a *App) tear(s *screen.Slip) {
	if err := s.Drop(); err != nil {
		a.Fail(err)
	}
}
