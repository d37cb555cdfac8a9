package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// toastFor is how long a toast stays; the mouse on it holds it.
const toastFor = 8 * time.Second

// toast is a dark line at the bottom right that says what was done.
type toast struct {
	widget.BaseWidget
	kit    *Kit
	text   string
	verb   string
	do     func()
	cancel func()
}

// Toast says what was done and how many, with the way back: Toast("已登记 3 人
// 11 月党费", "撤销", undo). verb may be "".
func (k *Kit) Toast(text, verb string, do func()) {
	t := &toast{kit: k, text: text, verb: verb, do: do}
	t.ExtendBaseWidget(t)
	k.toasts.Add(t)
	if len(k.toasts.Objects) > 3 {
		k.toasts.Objects[0].(*toast).close()
	}
	t.wait()
}

// Toasts is where toasts show: at the bottom right of the room it is given.
func (k *Kit) Toasts() fyne.CanvasObject {
	return container.New(&corner{}, k.toasts)
}

func (t *toast) wait() { t.cancel = t.kit.after(toastFor, t.close) }

func (t *toast) close() {
	t.cancel()
	t.kit.toasts.Remove(t)
}

// MouseIn implements desktop.Hoverable: a toast under the mouse stays.
func (t *toast) MouseIn(*desktop.MouseEvent) { t.cancel() }

// MouseMoved implements desktop.Hoverable.
func (t *toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *toast) MouseOut() { t.wait() }

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	ground := rect()
	parts := []fyne.CanvasObject{NewGlyph(IconDone, ColorBulkOK), Grow(NewText(t.text).In(ColorOnBulk).Short())}
	if t.verb != "" {
		parts = append(parts, newBulkLink(t.verb, func() { t.close(); t.do() }))
	}
	all := Pad(Row(10, parts...), 0, 12, 0, 12)
	return draw(t, drawing{
		objects: []fyne.CanvasObject{ground, all},
		min: func() fyne.Size {
			w := widthOf(t.text+t.verb, theme.SizeNameText, true) + theme.Size(theme.SizeNameInlineIcon) + 60
			return fyne.NewSize(min(max(w, U(260)), U(560)), theme.Size(SizeInput)+8)
		},
		layout: func(s fyne.Size) {
			place(ground, 0, 0, s.Width, s.Height)
			place(all, 0, 0, s.Width, s.Height)
		},
		paint: func() { box(ground, theme.Color(ColorBulk), none(), 0, theme.Size(SizeCardRadius)) },
	})
}

// corner puts its object at the bottom right.
type corner struct{}

func (*corner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func (*corner) Layout(o []fyne.CanvasObject, s fyne.Size) {
	least := o[0].MinSize()
	w := min(least.Width, s.Width-32)
	place(o[0], s.Width-w-16, s.Height-least.Height-14, w, least.Height)
}

// bulkLink is a link on the dark ground of toasts and the bulk bar.
type bulkLink struct {
	widget.BaseWidget
	label *Text
	do    func()
}

func newBulkLink(text string, do func()) *bulkLink {
	l := &bulkLink{label: NewStrong(text).In(ColorBulkLink), do: do}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped implements fyne.Tappable.
func (l *bulkLink) Tapped(*fyne.PointEvent) { l.do() }

// Cursor implements desktop.Cursorable.
func (l *bulkLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (l *bulkLink) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.label) }
