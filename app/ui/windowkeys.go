package ui

import (
	"strconv"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// windowKeys are the keys that work on every page (design.md §7).
func (a *App) windowKeys() kit.Keys {
	keys := kit.Keys{
		"Ctrl+K": func() { a.openFinder("") },
		"Ctrl+F": func() { a.openFinder("") }, // of a page without a box of its own
		"F2":     func() { a.Go(Place{Page: "meeting", View: "form"}) },
		"F3":     func() { a.Register("") },
		"F4":     a.TakeDemand,
		"F5":     a.refresh,
		"Ctrl+0": func() { a.Go(Place{Page: "settings"}) },
		"Ctrl+Z": a.Undo,
		"Ctrl+Y": a.Redo,
		"Alt+←":  a.Back,
		"Esc":    a.escape,
	}
	for i, p := range screen.Digits() {
		keys["Ctrl+"+strconv.Itoa(i+1)] = func() { a.Go(Place{Page: p.Name}) }
	}
	return keys
}

// setWindowKeys binds the keys of every page. While locked, and over dialogs, only
// help, lock and the size of the type answer.
func (a *App) setWindowKeys() {
	keys := a.windowKeys()
	for key, do := range keys {
		keys[key] = func() {
			if a.frame != nil {
				do()
			}
		}
	}
	a.kit.SetWindowKeys(keys)
	a.kit.SetAlways(kit.Keys{"F1": a.help, "Ctrl+L": a.session.LockNow,
		"Ctrl+=": func() { a.setFace(true) }, "Ctrl+-": func() { a.setFace(false) }})
	a.kit.SetOnRune(func(r rune) {
		if a.frame != nil && screen.CanFind(r) { // digits choose among numbered options
			a.openFinder(string(r))
		}
	})
}

// escape goes back from a view to its page.
func (a *App) escape() {
	if a.place.View != "" {
		a.Back()
	}
}

// refresh reads what the page shows anew; on the sync page it exchanges.
func (a *App) refresh() {
	if a.place.Page == "sync" {
		a.session.Sync.Exchange()
	}
	a.page.Changed("", nil)
	a.recount("")
}
