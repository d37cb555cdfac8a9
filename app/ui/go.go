package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// Go opens a place after the present page agreed to be left.
func (a *App) Go(p Place) {
	if a.page == nil {
		a.enter(p)
		return
	}
	from := a.place
	a.page.Leave(func() {
		a.past = append(a.past, from)
		if !a.enter(p) {
			a.past = a.past[:len(a.past)-1]
		}
	})
}

// Back returns to the place before; from the first one, to the page it belongs to.
func (a *App) Back() {
	if a.page == nil {
		return
	}
	a.page.Leave(func() {
		n := len(a.past)
		if n == 0 {
			a.enter(Place{Page: a.place.Page})
			return
		}
		last := a.past[n-1]
		a.past = a.past[:n-1]
		a.enter(last)
	})
}

// enter makes the page of a place and shows it, and reports whether it could. On a
// laptop that the district stopped that is always the page that leads on.
func (a *App) enter(p Place) bool {
	if a.Book().Revoked() {
		p = Place{Page: "sync"}
	}
	page, err := a.make(p)
	if err != nil {
		a.FailAgain(err, func() { a.enter(p) })
		if a.page == nil && p.Page != "desk" {
			a.enter(Place{Page: "desk"})
		}
		return false
	}
	a.place, a.page = p, page
	a.kit.SetPanes()
	a.frame.put(p, page)
	a.kit.SetPageKeys(page.Keys()) // they name parts that the content made
	page.Shown()
	if r, ok := page.(resumer); ok && p.Act != "" {
		a.place.Act = "" // once
		r.resume(p.Act)
	}
	return true
}

// resized follows the window's size.
func (a *App) resized(size fyne.Size) {
	if t, ok := a.fy.Settings().Theme().(*kit.Theme); ok && t.Fit(size) {
		a.reshape()
	}
}

// reshape redraws everything for another face or form.
func (a *App) reshape() {
	switch {
	case a.wizard != nil:
		a.wizard.build()
	case a.lock != nil:
		a.lock.build()
	case a.page != nil:
		a.frame.refresh()
		a.page.Resized()
	}
	a.root.Refresh()
}

// OpenRecord opens the page where a record is seen.
func (a *App) OpenRecord(kind, id string) {
	a.Go(Place{Page: screen.PageOf(kind), View: "form", Kind: kind, ID: id})
}

// replace opens a place instead of the present one, without a way back to it.
func (a *App) replace(p Place) { a.enter(p) }

// remake makes the present page anew, as for another form of the window.
func (a *App) remake() { a.enter(a.place) }

// after runs f after a pause; without a timer (tests) at once.
func (a *App) after(d time.Duration, f func()) (stop func()) {
	if r, ok := a.run.(*runner); ok {
		return r.After(d, f)
	}
	f()
	return func() {}
}

// watch shows slow work that lasts: what it is, how far, and 停止.
func (a *App) watch(job int, title string, done, total int, stop func()) {
	if a.frame == nil {
		return
	}
	a.frame.watch(job, title, done, total, stop)
}
