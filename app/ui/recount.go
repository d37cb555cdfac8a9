package ui

import (
	"context"
	"slices"

	"zhibu/app/screen"
)

// quietly is the title of work that nobody needs to hear of.
const quietly = ""

// recount works out what is due away from the face; changes that come meanwhile
// are counted in one more go.
func (a *App) recount(kinds ...string) {
	a.stale = append(a.stale, kinds...)
	if a.counting {
		return
	}
	a.counting = true
	book, desk, changed := a.Book(), a.desk, a.stale
	a.stale = nil
	if slices.Contains(changed, "") {
		changed = nil // everything
	}
	a.run.Do(quietly, func(context.Context, screen.Progress) error {
		desk = desk.Next(changed...)
		return nil
	}, func(error) {
		a.counting = false
		if a.Book() != book || a.frame == nil {
			return // locked meanwhile
		}
		a.desk, a.counted = desk, true
		a.frame.refresh()
		if a.found == nil && !a.indexing { // the desk comes first
			a.index()
		}
		if d, ok := a.page.(*deskPage); ok {
			d.fill()
		}
		if len(a.stale) > 0 {
			a.recount()
		}
	})
}
