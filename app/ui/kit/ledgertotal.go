package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// totalRow is the fixed row of totals under a ledger, in its columns.
type totalRow struct {
	widget.BaseWidget
	l *Ledger
}

func newTotalRow(l *Ledger) *totalRow {
	t := &totalRow{l: l}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *totalRow) CreateRenderer() fyne.WidgetRenderer {
	return &totalRenderer{t: t, ground: rect(), rule: rect()}
}

type totalRenderer struct {
	t            *totalRow
	ground, rule *canvas.Rectangle
	texts        []*canvas.Text
	shown        []fyne.CanvasObject
}

func (d *totalRenderer) Destroy()                     {}
func (d *totalRenderer) Objects() []fyne.CanvasObject { return d.shown }
func (d *totalRenderer) Layout(fyne.Size)             { d.Refresh() }
func (d *totalRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, theme.Size(SizeRow)+3)
}

func (d *totalRenderer) Refresh() {
	l, s := d.t.l, d.t.Size()
	box(d.ground, theme.Color(theme.ColorNameHeaderBackground), none(), 0, 0)
	box(d.rule, theme.Color(theme.ColorNameSeparator), none(), 0, 0)
	place(d.ground, 0, 0, s.Width, s.Height)
	place(d.rule, 0, 0, s.Width, 1)
	d.shown = append(d.shown[:0], d.ground, d.rule)
	for i, c := range l.shown {
		if l.Total == nil {
			break
		}
		for len(d.texts) <= i {
			d.texts = append(d.texts, canvas.NewText("", nil))
		}
		cell, t := l.Total(c), d.texts[i]
		colour := theme.ColorNameForeground
		if cell.Color != "" {
			colour = cell.Color
		}
		w, h := l.w[i]-2*cellPad, line(theme.SizeNameText)
		if l.Columns[c].Align != fyne.TextAlignTrailing { // words may run over empty cells
			w = d.room(i)
		}
		word(t, fitted(cell.Text, w, theme.SizeNameText, true), theme.SizeNameText, true, colour)
		t.Alignment = l.Columns[c].Align
		place(t, l.x[i]+cellPad, midY(s.Height, h), w, h)
		d.shown = append(d.shown, t)
	}
	refreshAll(d.shown)
	canvas.Refresh(d.t)
}

// room is the width up to the next column that has a total.
func (d *totalRenderer) room(i int) float32 {
	l := d.t.l
	w := l.w[i]
	for j := i + 1; j < len(l.shown) && l.Total(l.shown[j]).Text == ""; j++ {
		w += l.w[j]
	}
	return w - 2*cellPad
}
