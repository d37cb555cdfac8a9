package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// The state of the window is all that Fyne's preferences keep: never data.
const (
	prefWidth  = "window.width"
	prefHeight = "window.height"
	prefPage   = "window.page"
	prefLarge  = "window.large"
	prefSplit  = "split." // and the register, with the face where it is not the standard one
)

// The window when nothing is remembered, and the least that is believed.
const (
	firstWidth, firstHeight = 1366, 696
	leastWidth, leastHeight = 640, 400
)

func windowSize(p fyne.Preferences) fyne.Size {
	w, h := p.FloatWithFallback(prefWidth, firstWidth), p.FloatWithFallback(prefHeight, firstHeight)
	if w < leastWidth || h < leastHeight {
		w, h = firstWidth, firstHeight
	}
	return fyne.NewSize(float32(w), float32(h))
}

func faceOf(p fyne.Preferences) kit.Face {
	if p.Bool(prefLarge) {
		return kit.Large
	}
	return kit.Standard
}

// lastPage is the page to open; only pages of the navigation are remembered.
func lastPage(p fyne.Preferences) string {
	name := p.String(prefPage)
	for _, page := range screen.Navigation() {
		if page.Name == name {
			return name
		}
	}
	return "desk"
}

func (a *App) rememberWindow() {
	p, size := a.fy.Preferences(), a.win.Canvas().Size()
	p.SetFloat(prefWidth, float64(size.Width))
	p.SetFloat(prefHeight, float64(size.Height))
	if a.place.Page != "" {
		p.SetString(prefPage, a.place.Page)
	}
}

// ToggleFace swaps between the standard face and 大字版, live.
func (a *App) ToggleFace() { a.setFace(a.kit.Face() == kit.Standard) }

func (a *App) setFace(large bool) {
	face := kit.Standard
	if large {
		face = kit.Large
	}
	a.fy.Preferences().SetBool(prefLarge, large)
	if a.kit.Face() == face {
		return
	}
	a.kit.SetFace(face)
	a.reshape()
}

// split is the list of a register beside its card, as wide as it was left.
func (a *App) split(kind string, usual float32, list, card fyne.CanvasObject) fyne.CanvasObject {
	key := prefSplit + kind
	if a.large() {
		key += ".large"
	}
	p := a.fy.Preferences()
	s := &kit.Split{Usual: usual, Width: float32(p.FloatWithFallback(key, float64(usual)))}
	s.OnMoved = func(width float32) {
		if width == usual {
			p.RemoveValue(key)
			return
		}
		p.SetFloat(key, float64(width))
	}
	return s.Object(a.kit, list, card)
}
