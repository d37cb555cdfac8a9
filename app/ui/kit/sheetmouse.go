package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press chooses the cell under the mouse, with Shift the block up to it.
func (s *Sheet) press(row int, x float32, e *desktop.MouseEvent) {
	to, ok := s.under(row, x)
	if ok && !(e.Button == desktop.MouseButtonSecondary && s.chosen(to)) {
		s.choose(to, e.Modifier&fyne.KeyModifierShift != 0)
	}
}

// reach draws the block out to the cell under the mouse.
func (s *Sheet) reach(row int, x float32) {
	if to, ok := s.under(min(row, s.Length()-1), x); ok && to != s.at {
		s.choose(to, true)
	}
}

// under returns the cell that stands at x of a row.
func (s *Sheet) under(row int, x float32) (cellAt, bool) {
	for i, c := range s.shown {
		if x >= s.x[i] && x < s.x[i]+s.w[i] {
			return cellAt{row, c}, true
		}
	}
	return cellAt{}, false
}

// menu is what the right mouse button offers on a cell.
func (s *Sheet) menu() []MenuItem {
	items := []MenuItem{
		{Text: "改这一格", Icon: IconEdit, Key: "F2", Off: !s.editable(s.at), Do: s.openCell},
		{},
		{Text: "复制", Icon: IconCopy, Key: "Ctrl+C", Do: func() { s.kit.Copy(s.Copied()) }},
		{Text: "粘贴", Key: "Ctrl+V", Off: s.kit.Clipboard() == "", Do: func() { s.Paste(s.kit.Clipboard()) }},
		{Text: "向下填充", Key: "Ctrl+D", Do: s.FillDown},
		{Text: "清空", Key: "Delete", Do: s.clear},
	}
	if s.Take == nil {
		items = append(items, MenuItem{}, MenuItem{Text: "撤销", Icon: IconUndo, Key: "Ctrl+Z", Off: len(s.past) == 0, Do: func() { s.undo(nil) }})
	}
	if s.Verbs != nil {
		items = append(append(items, MenuItem{}), s.Verbs()...)
	}
	return items
}
