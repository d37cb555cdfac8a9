package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// ledgerRow is the drawing of one row.
type ledgerRow struct {
	fill, wash, bar, rule, halo *canvas.Rectangle
	tick                        *tick
	cells                       []*ledgerCell
	shown                       []fyne.CanvasObject
}

type ledgerCell struct {
	text, under *canvas.Text
	pill        *Pill
	frame       *frame // in sheets
}

func newLedgerRow() *ledgerRow {
	return &ledgerRow{fill: rect(), wash: rect(), bar: rect(), rule: rect(), halo: rect(), tick: newTick()}
}

// show draws a row of the ledger and returns its objects.
func (r *ledgerRow) show(l *Ledger, row int, hovered bool) []fyne.CanvasObject {
	y := l.top(row)
	w, h := l.scroll.Size().Width, l.top(row+1)-y
	place(r.fill, 0, y, w, h)
	place(r.rule, 0, y+h-1, w, 1)
	box(r.rule, theme.Color(ColorSepSoft), none(), 0, 0)
	r.shown = append(r.shown[:0], r.fill, r.rule)
	if l.Head != nil {
		if head, is := l.Head(row); is {
			return r.heading(head, y, h)
		}
	}
	current, on := row == l.Current() && (!l.Idle || l.focused), l.Key != nil && l.ticked[l.Key(row)]
	r.ground(current, current || on, hovered, y, h)
	if l.Key != nil {
		side := theme.Size(theme.SizeNameInlineIcon)
		r.tick.place(10, y+midY(h, side), side)
		r.tick.paint(on, false, false)
		r.shown = append(r.shown, r.tick.frame.outer, r.tick.frame.inner, r.tick.mark)
	}
	for i, c := range l.shown {
		cell := l.Columns[c].Cell(row)
		if l.sheet != nil {
			r.shown = append(r.shown, l.sheet.decorate(r.at(i), cellAt{row, c}, cell.Changed, l.x[i], y, l.w[i], h)...)
		}
		r.cell(i, l.Columns[c], cell, l.x[i], y, l.w[i], h, current || on)
	}
	if current && l.focused && l.byKey && l.sheet == nil {
		place(r.halo, 1, y+1, w-2, h-2)
		box(r.halo, none(), theme.Color(theme.ColorNamePrimary), 2, 2)
		r.shown = append(r.shown, r.halo)
	}
	refreshAll(r.shown)
	return r.shown
}

// ground fills a row that is current, ticked or hovered; the current one has a bar.
func (r *ledgerRow) ground(current, selected, hovered bool, y, h float32) {
	box(r.fill, none(), none(), 0, 0)
	switch {
	case selected:
		r.fill.FillColor = theme.Color(theme.ColorNameSelection)
	case hovered:
		r.fill.FillColor = theme.Color(theme.ColorNameHover)
	}
	if current {
		place(r.bar, 0, y, 3, h)
		box(r.bar, theme.Color(theme.ColorNamePrimary), none(), 0, 0)
		r.shown = append(r.shown, r.bar)
	}
}

func refreshAll(objects []fyne.CanvasObject) {
	for _, o := range objects {
		o.Refresh()
	}
}

// at returns the nth cell's drawing.
func (r *ledgerRow) at(n int) *ledgerCell {
	for len(r.cells) <= n {
		r.cells = append(r.cells, &ledgerCell{text: canvas.NewText("", nil), under: canvas.NewText("", nil)})
	}
	return r.cells[n]
}

func (r *ledgerRow) heading(head Heading, y, h float32) []fyne.CanvasObject {
	box(r.fill, theme.Color(theme.ColorNameHeaderBackground), none(), 0, 0)
	title, note := r.at(0).text, r.at(0).under
	colour := theme.ColorNameForeground
	if head.Color != "" {
		colour = head.Color
	}
	word(title, head.Title, theme.SizeNameText, true, colour)
	word(note, head.Note, theme.SizeNameCaptionText, false, ColorSoft)
	w, th, nh := widthOf(head.Title, theme.SizeNameText, true), line(theme.SizeNameText), line(theme.SizeNameCaptionText)
	place(title, 12, y+midY(h, th)-0.5, w, th)
	place(note, 12+w+8, y+midY(h, nh)+0.5, 200, nh)
	title.Alignment, note.Alignment = fyne.TextAlignLeading, fyne.TextAlignLeading
	r.shown = append(r.shown, title, note)
	refreshAll(r.shown)
	return r.shown
}

// cell draws one cell: text with or without a second line, or a pill.
func (r *ledgerRow) cell(n int, col Col, c Cell, x, y, w, h float32, selected bool) {
	d := r.at(n)
	x, w = x+cellPad, w-2*cellPad
	if c.Pill {
		if d.pill == nil {
			d.pill = NewPill(c.State, c.Text)
		}
		d.pill.state, d.pill.text, d.pill.icon, d.pill.light = c.State, c.Text, c.State.Icon(), selected
		if c.Plain {
			d.pill.icon = ""
		}
		pw := min(d.pill.MinSize().Width, w)
		if col.Align == fyne.TextAlignTrailing {
			x += w - pw
		} else if col.Align == fyne.TextAlignCenter {
			x += midY(w, pw)
		}
		place(d.pill, x, y, pw, h)
		r.shown = append(r.shown, d.pill)
		return
	}
	colour := theme.ColorNameForeground
	switch {
	case c.Color != "":
		colour = c.Color
	case c.Link:
		colour = theme.ColorNameHyperlink
	}
	bold := c.Bold || c.Link && large()
	word(d.text, fitted(c.Text, w, theme.SizeNameText, bold), theme.SizeNameText, bold, colour)
	d.text.Alignment = col.Align
	th := line(theme.SizeNameText)
	ty := y + midY(h, th) - 0.5
	if c.Under != "" {
		uh := line(theme.SizeNameCaptionText)
		ty = y + midY(h, th+uh-3) - 1
		word(d.under, fitted(c.Under, w, theme.SizeNameCaptionText, false), theme.SizeNameCaptionText, false, ColorSoft)
		d.under.Alignment = col.Align
		place(d.under, x, ty+th-3, w, uh)
		r.shown = append(r.shown, d.under)
	}
	place(d.text, x, ty, w, th)
	r.shown = append(r.shown, d.text)
}
