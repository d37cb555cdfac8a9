package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// cellPad is the empty edge at both sides of a cell.
const cellPad = 8

// tickWidth is the room of the tick column, 0 without one.
func (l *Ledger) tickWidth() float32 {
	if l.Key == nil {
		return 4
	}
	return theme.Size(theme.SizeNameInlineIcon) + 20
}

// fit chooses the columns that have room and says where they stand.
func (l *Ledger) fit(width float32) {
	room := width - l.tickWidth() - 4
	l.shown = l.shown[:0]
	need := float32(0)
	for i, c := range l.Columns {
		l.shown = append(l.shown, i)
		need += U(c.Width)
	}
	for need > room {
		worst := -1
		for at, i := range l.shown {
			if p := l.Columns[i].Priority; p > 0 && (worst < 0 || p >= l.Columns[l.shown[worst]].Priority) {
				worst = at
			}
		}
		if worst < 0 {
			break
		}
		need -= U(l.Columns[l.shown[worst]].Width)
		l.shown = append(l.shown[:worst], l.shown[worst+1:]...)
	}
	l.spread(room, max(room-need, 0))
}

// spread gives the room left over to the columns that flex.
func (l *Ledger) spread(room, rest float32) {
	flex, fixed := float32(0), float32(0)
	for _, i := range l.shown {
		flex += l.Columns[i].Flex
		fixed += U(l.Columns[i].Width)
	}
	squeeze := float32(1)
	if fixed > room && fixed > 0 {
		squeeze = room / fixed
	}
	l.x, l.w = l.x[:0], l.w[:0]
	x := l.tickWidth()
	for _, i := range l.shown {
		w := U(l.Columns[i].Width) * squeeze
		if flex > 0 {
			w += rest * l.Columns[i].Flex / flex
		}
		l.x, l.w = append(l.x, x), append(l.w, w)
		x += w
	}
}

// CreateRenderer implements fyne.Widget.
func (l *Ledger) CreateRenderer() fyne.WidgetRenderer { return draw(l, l.renderer(l)) }

// renderer is the drawing of a ledger, or of the sheet that it is the inside of.
func (l *Ledger) renderer(of fyne.Widget) drawing {
	ground, halo := rect(), rect()
	body := fyne.CanvasObject(l.scroll)
	if l.Tall { // the scroll only says where the rows are
		body, l.scroll.Content = l.rows, Space()
	}
	objects := []fyne.CanvasObject{ground, body, l.head, l.bulk, l.total, halo}
	if l.Foot != nil {
		objects = append(objects, l.Foot)
	}
	if l.Empty != nil {
		objects = append(objects, l.Empty)
	}
	return drawing{
		of:      of,
		objects: objects,
		min: func() fyne.Size {
			rows := 2
			if l.Tall {
				rows = max(1, l.Length())
			}
			return fyne.NewSize(160, theme.Size(SizeTableHead)+float32(rows)*l.rowHeight())
		},
		layout: func(s fyne.Size) {
			l.lay(s, ground)
			place(body, l.scroll.Position().X, l.scroll.Position().Y, l.scroll.Size().Width, l.scroll.Size().Height)
			place(halo, 1, l.scroll.Position().Y+1, s.Width-2, l.scroll.Size().Height-2)
		},
		paint: func() {
			box(ground, theme.Color(ColorSurface), none(), 0, 0)
			l.measure()
			l.head.Hidden = l.Headless
			l.bulk.Hidden = !l.bulky()
			l.total.Hidden = l.Total == nil || l.bulky()
			if l.Foot != nil {
				setHidden(l.Foot, l.bulky())
			}
			empty := l.Length() == 0
			ring(halo, l.focused && empty) // else the current row shows it
			if l.Empty != nil {
				setHidden(l.Empty, !empty)
			}
			setHidden(body, empty && l.Empty != nil)
		},
	}
}

// bulky reports whether the bulk bar stands at the foot.
func (l *Ledger) bulky() bool { return len(l.ticked) > 0 && len(l.Bulk) > 0 }

// setHidden hides or shows without a refresh of its own.
func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

func (l *Ledger) lay(s fyne.Size, ground fyne.CanvasObject) {
	l.fit(s.Width)
	place(ground, 0, 0, s.Width, s.Height)
	head, foot := float32(0), float32(0)
	if !l.Headless {
		head = theme.Size(SizeTableHead)
	}
	place(l.head, 0, 0, s.Width, head)
	if l.bulky() {
		foot = l.bulk.MinSize().Height
		place(l.bulk, 0, s.Height-foot, s.Width, foot)
	} else if l.Foot != nil {
		foot = l.Foot.MinSize().Height
		place(l.Foot, 0, s.Height-foot, s.Width, foot)
	}
	if !l.total.Hidden {
		h := l.total.MinSize().Height
		foot += h
		place(l.total, 0, s.Height-foot, s.Width, h)
	}
	place(l.scroll, 0, head, s.Width, s.Height-head-foot)
	if l.Empty != nil {
		place(l.Empty, 0, head, s.Width, s.Height-head-foot)
	}
	l.rows.Refresh()
}

// ledgerRows draws the rows in view.
type ledgerRows struct {
	widget.BaseWidget
	l       *Ledger
	hover   int
	pressed bool
}

func newLedgerRows(l *Ledger) *ledgerRows {
	r := &ledgerRows{l: l, hover: -1}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *ledgerRows) CreateRenderer() fyne.WidgetRenderer { return &rowsRenderer{l: r.l, r: r} }

type rowsRenderer struct {
	l     *Ledger
	r     *ledgerRows
	pool  []*ledgerRow
	shown []fyne.CanvasObject
}

func (d *rowsRenderer) Destroy()                     {}
func (d *rowsRenderer) Objects() []fyne.CanvasObject { return d.shown }
func (d *rowsRenderer) Layout(fyne.Size)             { d.Refresh() }
func (d *rowsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, d.l.top(d.l.Length()))
}

func (d *rowsRenderer) Refresh() {
	l := d.l
	d.shown = d.shown[:0]
	height := l.scroll.Size().Height
	if n := l.Length(); height > 0 && n > 0 {
		first := max(l.rowAt(l.scroll.Offset.Y), 0)
		for row, i := first, 0; row < n && l.top(row) < l.scroll.Offset.Y+height; row, i = row+1, i+1 {
			if len(d.pool) <= i {
				d.pool = append(d.pool, newLedgerRow())
			}
			d.shown = append(d.shown, d.pool[i].show(l, row, d.r.hover == row)...)
		}
	}
	canvas.Refresh(d.r)
}
