package print

import "zhibu/app/print/page"

// listRow is the height of a row of a list in mm.
const listRow = 8

// listHead is a heading cell of a list.
func (d *draft) listHead(text string) page.Cell {
	s := d.hei(size5s)
	s.Align, s.Lead = page.Center, 4.4
	return page.Cell{Text: page.Text(s, text), H: rowH}
}

// listCell is a value of a list: small, centred, shrinking or wrapping.
func (d *draft) listCell(text string) page.Cell {
	s := d.fang(size5s)
	s.Align, s.Lead = page.Center, 4.2
	return page.Cell{Text: page.Text(s, text), H: listRow, Name: true, Most: 45, Label: "清单"}
}

// emptyRows are rows to fill in by hand.
func (d *draft) emptyRows(columns, n int) []page.Row {
	out := make([]page.Row, n)
	for i := range out {
		for range columns {
			out[i].Cells = append(out[i].Cells, d.listCell(""))
		}
	}
	return out
}
