package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// rowHeight gives its object a height of the theme.
type rowHeight struct{ size fyne.ThemeSizeName }

// MinSize implements fyne.Layout.
func (h *rowHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, theme.Size(h.size))
}

// Layout implements fyne.Layout.
func (h *rowHeight) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

// share draws its object over a part of the width.
type share struct{ part float32 }

// MinSize implements fyne.Layout.
func (s *share) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(20, 4) }

// Layout implements fyne.Layout.
func (s *share) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width*s.part, size.Height))
}
