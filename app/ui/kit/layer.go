package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// layer is something over the page: a dialog with its scrim, or a menu. It traps
// the focus (each overlay of the canvas has a focus of its own) and takes the keys.
type layer struct {
	widget.BaseWidget
	kit     *Kit
	content fyne.CanvasObject
	at      func(area, least fyne.Size) (fyne.Position, fyne.Size)
	scrim   bool
	keys    Keys
	onRune  func(rune)
	onClose func()
	outside bool // a tap outside closes
	before  fyne.Focusable
}

// open shows the layer; what had the keyboard gets it back on close. Under a dialog
// nothing looks as if it had it.
func (k *Kit) open(l *layer) {
	l.kit, l.before = k, k.Focused()
	l.ExtendBaseWidget(l)
	c := k.win.Canvas()
	if l.scrim {
		c.Unfocus()
	}
	c.Overlays().Add(l)
	l.Resize(c.Size())
	k.layers = append(k.layers, l)
}

// top returns the layer that has the keys, nil for the page.
func (k *Kit) top() *layer {
	if len(k.layers) == 0 {
		return nil
	}
	return k.layers[len(k.layers)-1]
}

// close takes the layer away, with everything above it.
func (l *layer) close() {
	k := l.kit
	for i, other := range k.layers {
		if other != l {
			continue
		}
		for j := len(k.layers) - 1; j >= i; j-- {
			k.win.Canvas().Overlays().Remove(k.layers[j])
		}
		k.layers = k.layers[:i]
		k.giveBack(l.before)
		if l.onClose != nil {
			l.onClose()
		}
		return
	}
}

// giveBack gives the keyboard to what had it before a layer opened. Where that is
// no longer in the window, because its page was drawn anew meanwhile, the page's
// first pane takes it.
func (k *Kit) giveBack(o fyne.Focusable) {
	panes := k.pane
	if k.top() != nil {
		panes = nil // those lie under a dialog
	}
	for _, f := range append([]fyne.Focusable{o}, panes...) {
		if o, ok := f.(fyne.CanvasObject); ok && k.shown(o) {
			k.Focus(f)
			return
		}
	}
}

// shown reports whether an object is in the window and visible: Fyne says of every
// other one that it stands in the very corner, where the strip and edges are.
func (k *Kit) shown(o fyne.CanvasObject) bool { return k.where(o) != fyne.Position{} }

// CloseAll takes every dialog, menu and toast away: the program is being locked.
// Each dialog is told, the top-most first.
func (k *Kit) CloseAll() {
	for top := k.top(); top != nil; top = k.top() {
		top.close()
	}
	for len(k.toasts.Objects) > 0 {
		k.toasts.Objects[0].(*toast).close()
	}
}

func (l *layer) press(key string) bool {
	if f := l.keys[key]; f != nil {
		f()
		return true
	}
	if key == "Esc" {
		l.close()
		return true
	}
	return false
}

// Tapped implements fyne.Tappable: a menu closes by a click beside it.
func (l *layer) Tapped(*fyne.PointEvent) {
	if l.outside {
		l.close()
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (l *layer) TappedSecondary(e *fyne.PointEvent) { l.Tapped(e) }

// MouseIn implements desktop.Hoverable, so that what lies under is not hovered.
func (l *layer) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (l *layer) MouseMoved(*desktop.MouseEvent) { l.kit.touched() }

// MouseOut implements desktop.Hoverable.
func (l *layer) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (l *layer) CreateRenderer() fyne.WidgetRenderer {
	veil := rect()
	return draw(l, drawing{
		objects: []fyne.CanvasObject{veil, l.content},
		min:     func() fyne.Size { return fyne.NewSize(1, 1) },
		layout: func(s fyne.Size) {
			place(veil, 0, 0, s.Width, s.Height)
			pos, size := l.at(s, l.content.MinSize())
			l.content.Move(pos)
			l.content.Resize(size)
		},
		paint: func() {
			if l.scrim {
				box(veil, theme.Color(ColorScrim), none(), 0, 0)
			}
		},
	})
}

// centred places content of a standard width in the middle, 24 units clear of
// the edges.
func centred(width float32) func(area, least fyne.Size) (fyne.Position, fyne.Size) {
	return func(area, least fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(min(max(U(width), least.Width), area.Width-48), min(least.Height, area.Height-48))
		return fyne.NewPos(midY(area.Width, size.Width), midY(area.Height, size.Height)*0.9), size
	}
}

// below places content under (or, where there is no room, over) an anchor.
func below(anchor fyne.Position, of fyne.Size) func(area, least fyne.Size) (fyne.Position, fyne.Size) {
	return func(area, least fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(max(least.Width, of.Width), least.Height)
		y := anchor.Y + of.Height + 2
		if room := area.Height - y - 8; room < size.Height && anchor.Y-8 > room {
			size.Height = min(size.Height, anchor.Y-8)
			y = anchor.Y - size.Height - 2
		} else {
			size.Height = min(size.Height, room)
		}
		return fyne.NewPos(max(min(anchor.X, area.Width-size.Width-4), 4), y), size
	}
}

// sheet is the white framed ground of dialogs and menus.
type sheet struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newSheet(content fyne.CanvasObject) *sheet {
	s := &sheet{content: content}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped keeps a click on the sheet from reaching the layer under it.
func (s *sheet) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	ground := newFrame()
	return draw(s, drawing{
		objects: []fyne.CanvasObject{ground.outer, ground.inner, s.content},
		min:     func() fyne.Size { return s.content.MinSize().AddWidthHeight(2, 2) },
		layout: func(size fyne.Size) {
			ground.place(0, 0, size.Width, size.Height)
			place(s.content, 1, 1, size.Width-2, size.Height-2)
		},
		paint: func() {
			ground.paint(theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNameSeparator),
				theme.Size(theme.SizeNameSeparatorThickness), theme.Size(SizeCardRadius))
		},
	})
}
