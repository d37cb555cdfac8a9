package page

import "cmp"

// still gives a table the rows of its blank form, whatever is filled in: over ready
// stationery nothing may move. What does not fit goes to a continuation page.
func (f *Flow) still(t Table) Table {
	blank := t
	blank.Rows = make([]Row, len(t.Rows))
	for r, row := range t.Rows {
		blank.Rows[r] = row
		blank.Rows[r].Cells = make([]Cell, len(row.Cells))
		for i, c := range row.Cells {
			if c.filled() {
				c.Text = nil
			}
			blank.Rows[r].Cells[i] = c
		}
	}
	heights := f.lay(blank).heights
	for r, row := range blank.Rows {
		row.H, row.Split, row.Stretch = heights[r], false, false
		before := ""
		for i, c := range row.Cells {
			c.Text = t.Rows[r].Cells[i].Text
			switch {
			case !c.filled():
				before = c.words()
			case c.rows() == 1:
				c.H, c.Fixed, c.Label = heights[r], true, cmp.Or(c.Label, before)
			}
			row.Cells[i] = c
		}
		blank.Rows[r] = row
	}
	return blank
}

// words returns the text of the cell in one line.
func (c Cell) words() string {
	out := ""
	for _, p := range c.Text {
		for _, s := range p {
			out += s.Text
		}
	}
	return out
}

// filled reports whether the cell holds a value.
func (c Cell) filled() bool {
	for _, p := range c.Text {
		for _, s := range p {
			if s.Style.Value {
				return true
			}
		}
	}
	return false
}
