package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// holder is a component that others stand in.
type holder interface{ inside() []fyne.CanvasObject }

func (s *Shell) inside() []fyne.CanvasObject { return []fyne.CanvasObject{s.page} }
func (c *Card) inside() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.lead, c.actions, c.body, c.foot}
}
func (r *FormRow) inside() []fyne.CanvasObject { return []fyne.CanvasObject{r.box} }
func (l *layer) inside() []fyne.CanvasObject   { return []fyne.CanvasObject{l.content} }
func (s *sheet) inside() []fyne.CanvasObject   { return []fyne.CanvasObject{s.content} }

// bring scrolls a part of a component into view, by height from y on: what has the
// keyboard is always seen. Whoever pressed it with the mouse saw it already.
func (k *Kit) bring(o fyne.CanvasObject, y, h float32) {
	if k.pressed {
		return
	}
	var root fyne.CanvasObject = k.win.Canvas().Content()
	if top := k.top(); top != nil {
		root = top
	}
	scrolls, _ := search(root, o)
	for _, s := range scrolls { // the innermost first
		at := k.where(o).Y + y - k.where(s.Content).Y
		switch view := s.Size().Height; {
		case at < s.Offset.Y:
			scrollTo(s, at)
		case at+h > s.Offset.Y+view:
			scrollTo(s, min(at, at+h-view))
		}
	}
}

// search looks for o under root and returns the scrolls on the way, the innermost
// first, and whether it was found.
func search(root, o fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	if root == o {
		return nil, true
	}
	var parts []fyne.CanvasObject
	switch r := root.(type) {
	case *fyne.Container:
		parts = r.Objects
	case *container.Scroll:
		parts = []fyne.CanvasObject{r.Content}
	case holder:
		parts = r.inside()
	}
	for _, part := range parts {
		if scrolls, found = search(part, o); !found {
			continue
		}
		if s, ok := root.(*container.Scroll); ok {
			scrolls = append(scrolls, s)
		}
		return scrolls, true
	}
	return nil, false
}
