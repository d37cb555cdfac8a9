package kit

import (
	"slices"
	"strings"
)

// Copied returns the chosen block as WPS and Excel paste it.
func (s *Sheet) Copied() string {
	from, to := s.block()
	var rows [][]string
	for row := from.row; row <= to.row; row++ {
		var cells []string
		for _, col := range s.shown {
			if col >= from.col && col <= to.col {
				cells = append(cells, s.text(cellAt{row, col}))
			}
		}
		rows = append(rows, cells)
	}
	return writeBlock(rows)
}

// Paste puts a block copied from WPS or Excel at the chosen cell, again and again
// where the chosen block is so many times as large: one value fills it. Cells that
// cannot be changed are passed over.
func (s *Sheet) Paste(block string) {
	if block == "" {
		return
	}
	from, to := s.block()
	last, rows := to, readBlock(block)
	height, width := len(rows), len(rows[0])
	if most := to.row - from.row + 1; most%height == 0 {
		height = most
	}
	first, _ := slices.BinarySearch(s.shown, from.col)
	end, _ := slices.BinarySearch(s.shown, to.col)
	if most := end - first + 1; most%width == 0 {
		width = most
	}
	var edits []cellEdit
	for i := range height {
		cells := rows[i%len(rows)]
		for j := range max(width, len(cells)) {
			if first+j >= len(s.shown) {
				break
			}
			if c := (cellAt{from.row + i, s.shown[first+j]}); s.editable(c) {
				edits = append(edits, cellEdit{c, s.text(c), strings.TrimSpace(strings.ReplaceAll(cells[j%len(cells)], "\n", " "))})
				last = c
			}
		}
	}
	s.apply(edits)
	s.corner = from
	s.choose(last, true)
}

// FillDown puts the block's top row into the rows under it; a single cell takes
// the one above.
func (s *Sheet) FillDown() {
	from, to := s.block()
	if from.row == to.row && from.row > 0 {
		from.row--
	}
	top := from.row
	var edits []cellEdit
	for row := top + 1; row <= to.row; row++ {
		for col := from.col; col <= to.col; col++ {
			if c := (cellAt{row, col}); s.editable(c) {
				edits = append(edits, cellEdit{c, s.text(c), s.text(cellAt{top, col})})
			}
		}
	}
	s.apply(edits)
}

// clear empties every cell of the block that can be changed.
func (s *Sheet) clear() {
	from, to := s.block()
	var edits []cellEdit
	for row := from.row; row <= to.row; row++ {
		for col := from.col; col <= to.col; col++ {
			if c := (cellAt{row, col}); s.editable(c) {
				edits = append(edits, cellEdit{c, s.text(c), ""})
			}
		}
	}
	s.apply(edits)
}
