package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// room is the window's content: it tells when its size changes, so that the
// narrow and the wide form follow the window.
type room struct {
	size    fyne.Size
	resized func(fyne.Size)
}

func newRoom(content fyne.CanvasObject, resized func(fyne.Size)) *fyne.Container {
	return container.New(&room{resized: resized}, content)
}

// MinSize implements fyne.Layout: the window may be made small, pages scroll.
func (r *room) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

// Layout implements fyne.Layout.
func (r *room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if r.size != size {
		r.size = size
		r.resized(size)
	}
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
