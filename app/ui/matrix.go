package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// matrix is the year of meetings: a row a kind of meeting, cells that span one,
// three or twelve months.
type matrix struct {
	kit      *kit.Kit
	rows     []screen.GridRow
	from, to int // months shown, inclusive
	now      int // the present month, 0 for another year
	short    bool
	year     string
	open     func(screen.GridCell)
}

// stateOf is the state a tone is drawn in.
func stateOf(t screen.Tone) kit.State {
	switch t {
	case screen.Late:
		return kit.Overdue
	case screen.Soon:
		return kit.Due
	case screen.Coming:
		return kit.Coming
	case screen.Fine:
		return kit.Done
	case screen.Clash:
		return kit.Conflict
	case screen.Offline:
		return kit.Offline
	}
	return kit.Neutral
}

// withSync puts beside a line of a card where its record stands with the district;
// 已同步 goes without saying.
func withSync(line fyne.CanvasObject, m screen.Mark) fyne.CanvasObject {
	if m.Tone == screen.Plain {
		return line
	}
	return kit.Row(6, kit.Grow(line), kit.SmallMark(stateOf(m.Tone), m.Say))
}

// object builds the matrix for the face in use.
func (m matrix) object() *fyne.Container {
	box := container.NewWithoutLayout()
	lay := &matrixLayout{months: m.to - m.from + 1, rows: len(m.rows), label: 126, gap: 2, head: theme.Size(kit.SizeTableHead)}
	if m.short {
		lay.label, lay.gap, lay.head = 92, 5, lay.head-5
	}
	var pieces []*kit.Choice
	add := func(o fyne.CanvasObject, row, from, span int) {
		box.Add(o)
		lay.places = append(lay.places, matrixPlace{row, from, span})
	}
	add(kit.NewCaption(m.year), 0, -1, 0)
	for month := m.from; month <= m.to; month++ {
		add(m.month(month), 0, month-m.from, 1)
	}
	for i, row := range m.rows {
		label := fyne.CanvasObject(kit.Row(6, kit.Grow(kit.NewText(row.Label).Short()), kit.NewCaption(row.Every)))
		if m.short {
			label = kit.NewText(row.Short).Short()
		}
		add(label, i+1, -1, 0)
		for _, c := range row.Cells {
			from, to := max(c.From, m.from), min(c.From+c.Months-1, m.to)
			if from > to {
				continue
			}
			cell := m.cell(c)
			if piece, ok := cell.(*kit.Choice); ok {
				pieces = append(pieces, piece)
			}
			add(cell, i+1, from-m.from, to-from+1)
		}
	}
	kit.Walk(pieces...)
	box.Layout = lay
	return box
}

func (m matrix) month(month int) fyne.CanvasObject {
	text := kit.NewCaption(strconv.Itoa(month) + " 月").Center()
	if month != m.now {
		return text
	}
	text.SetBold(true)
	text.SetColor(theme.ColorNamePrimary)
	return kit.Stack(text, kit.Column(0, kit.Space(), kit.Sized(0, 2, newSwatch(theme.ColorNamePrimary, "", 0, 0))))
}

func (m matrix) cell(c screen.GridCell) fyne.CanvasObject {
	if c.Mark.Say == "" {
		if m.short {
			return newSwatch(theme.ColorNameBackground, kit.ColorSepSoft, 2, 2)
		}
		return newSwatch(theme.ColorNameBackground, "", 0, 2)
	}
	state := stateOf(c.Mark.Tone)
	fill, edge := state.Tint(), fyne.ThemeColorName("")
	if m.short {
		edge = state.Color()
		if state == kit.Due {
			fill = theme.ColorNameSelection
		}
	}
	text := kit.NewCaption(c.Mark.Say).In(state.Color())
	text.SetBold(state == kit.Overdue || state == kit.Due)
	content := kit.Center(kit.Row(4, kit.NewGlyphSized(m.icon(c.Mark), state.Color(), kit.SizeIconPill), text))
	return m.kit.Choice(kit.Stack(newSwatch(fill, edge, 2, 2), content), func() { m.open(c) }).Bare()
}

func (m matrix) icon(k screen.Mark) kit.Icon {
	switch {
	case k.Tone == screen.Coming:
		return kit.IconCalendar
	case strings.HasPrefix(k.Say, screen.MadeUp):
		return kit.IconLate
	}
	return stateOf(k.Tone).Icon()
}

type matrixPlace struct{ row, from, span int }

// matrixLayout lays labels at the left and cells on equal months.
type matrixLayout struct {
	months, rows int
	label        float32 // width of the row labels, in units of the standard face
	gap          float32 // between cells
	head         float32 // height of the row of months
	places       []matrixPlace
}

func (l *matrixLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.U(l.label)+float32(l.months)*kit.U(40), l.head+float32(l.rows)*theme.Size(kit.SizeMatrixRow))
}

func (l *matrixLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	label, row := kit.U(l.label), theme.Size(kit.SizeMatrixRow)
	month := (size.Width - label - 8 + l.gap) / float32(l.months)
	for i, o := range objects {
		p := l.places[i]
		y, h := float32(0), l.head
		if p.row > 0 {
			y, h = l.head+float32(p.row-1)*row, row
		}
		if p.from < 0 {
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(label, h))
			continue
		}
		o.Move(fyne.NewPos(label+8+float32(p.from)*month, y+l.gap/2))
		o.Resize(fyne.NewSize(float32(p.span)*month-l.gap, h-l.gap))
	}
}
