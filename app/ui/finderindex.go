package ui

import (
	"context"

	"zhibu/app/screen"
)

// manyChanged is how many changed records the finder's index takes in at once; after
// more it is made anew in the background.
const manyChanged = 200

// index makes the finder's index in the background. Until it is there the old one
// serves, at the start none.
func (a *App) index() {
	book, forms := a.Book(), []screen.FormInfo(nil)
	if a.cfg.Press != nil {
		forms = a.cfg.Press.Forms()
	}
	var made *screen.Finder
	a.indexing = true
	a.run.Do(quietly, func(context.Context, screen.Progress) error {
		made = screen.NewFinder(book, forms)
		made.SetHelp(helpTitles())
		return nil
	}, func(error) {
		if a.Book() != book {
			return // locked meanwhile
		}
		if a.found == nil && a.cfg.Opened != nil {
			a.run.Do(quietly, func(context.Context, screen.Progress) error { a.cfg.Opened(); return nil }, func(error) {})
		}
		late := a.missed
		a.found, a.missed, a.indexing = made, nil, false
		for _, m := range late {
			a.reindex(m.kind, m.ids)
		}
		if a.finding != nil {
			a.finding.f = a.found
			a.finding.typed(a.finding.box.Text())
		}
	})
}

// reindex takes changed records into the index; no ids means any of the kind.
func (a *App) reindex(kind string, ids []string) {
	few := len(ids) > 0 && len(ids) <= manyChanged
	switch {
	case a.indexing: // it may have read them before
		a.missed = append(a.missed, missed{kind, ids})
	case !few:
		a.index()
	}
	if few && a.found != nil {
		a.found.Refresh(kind, ids...)
	}
}

// missed are records that changed while the index was made.
type missed struct {
	kind string
	ids  []string
}
