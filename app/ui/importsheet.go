package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// importSheet is the whole file as it will be taken, mended as in Excel.
type importSheet struct {
	p    *importPage
	rows []screen.ImportRow
	grid *kit.Sheet
	says *kit.Text
	body *fyne.Container
}

// newImportSheet makes the sheet of the columns that are taken now.
func newImportSheet(p *importPage) *importSheet {
	s := &importSheet{p: p, rows: p.p.SheetRows(), says: kit.NewCaptionStrong("").In(kit.ColorOverdue).Short()}
	s.grid = p.a.kit.Sheet(s.columns(), func() int { return len(s.rows) })
	s.grid.OnEdited = s.edited
	s.grid.OnCurrent = func(int) { s.show() }
	s.body = kit.Column(0, kit.Grow(s.grid), kit.Sized(0, 26, kit.Pad(s.says, 2, 12, 2, 12)))
	s.show()
	return s
}

func (s *importSheet) columns() []kit.SheetCol {
	p := s.p.p
	cols := []kit.SheetCol{{Col: kit.Col{Title: "行", Width: 40, Align: fyne.TextAlignTrailing, Cell: func(r int) kit.Cell { return kit.Cell{Text: fmt.Sprint(s.rows[r].Row), Bold: true} }}}}
	for i, c := range p.SheetColumns() {
		cols = append(cols, kit.SheetCol{
			Col: kit.Col{Title: c.Label(), Width: 104, Flex: 1, Priority: i, Cell: func(r int) kit.Cell {
				cell := p.SheetCell(s.rows[r], c)
				out := kit.Cell{Text: cell.Text}
				if cell.Say != "" {
					out.Bold, out.Color = true, stateOf(cell.Tone).Color()
				}
				return out
			}},
			Editable: func(r int) bool { return p.SheetCell(s.rows[r], c).Open },
			Set:      func(r int, text string) string { p.Fix(s.rows[r], c, text); return "" },
		})
	}
	return append(cols, kit.SheetCol{Col: kit.Col{Title: "状态", Width: 92, Cell: func(r int) kit.Cell {
		mark := p.RowMark(s.rows[r])
		return kit.Cell{Text: mark.Say, Pill: true, State: stateOf(mark.Tone)}
	}}})
}

// edited reads the file anew with what was typed.
func (s *importSheet) edited() {
	s.p.p.Reckon(s.p.a.run, func(err error) {
		if err != nil {
			s.p.a.Fail(err)
			return
		}
		s.rows = s.p.p.SheetRows()
		s.grid.Refresh()
		s.show()
		s.p.counted()
	})
}

// show says what is wrong in the current row.
func (s *importSheet) show() {
	say := ""
	if row := s.grid.Current(); row >= 0 && row < len(s.rows) {
		say = s.p.p.RowSays(s.rows[row])
	}
	s.says.Set(say)
}
