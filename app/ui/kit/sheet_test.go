package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// duesSheet is a sheet of names, due and paid amounts; amounts must be digits.
func duesSheet(k *Kit) (*Sheet, *[]string, *[]string) {
	names, due, paid, way := []string{"薛望舒", "罗沐辰", "邱景行", "陈立群"}, []string{"48.00", "126.00", "103.50", "224.00"}, make([]string, 4), make([]string, 4)
	free := func(row int) bool { return row < 3 }
	s := k.Sheet([]SheetCol{
		{Col: Col{Title: "姓名", Width: 90, Cell: func(i int) Cell { return Cell{Text: names[i]} }}},
		{Col: Col{Title: "应缴", Width: 90, Align: fyne.TextAlignTrailing, Cell: func(i int) Cell { return Cell{Text: due[i]} }}},
		{Col: Col{Title: "实缴", Width: 90, Align: fyne.TextAlignTrailing, Cell: func(i int) Cell { return Cell{Text: paid[i]} }}, Editable: free,
			Default: func(i int) string { return due[i] },
			Set: func(i int, text string) string {
				if strings.Trim(text, "0123456789.") != "" {
					return "金额只能是数字。"
				}
				paid[i] = text
				return ""
			}},
		{Col: Col{Title: "方式", Width: 90, Cell: func(i int) Cell { return Cell{Text: way[i]} }}, Editable: free, Set: func(i int, text string) string { way[i] = text; return "" }},
	}, func() int { return len(names) })
	return s, &paid, &way
}

func openSheet(t *testing.T) (*Kit, *Sheet, *[]string, *[]string) {
	var s *Sheet
	var paid, way *[]string
	k, _ := desk(t, func(k *Kit) fyne.CanvasObject { s, paid, way = duesSheet(k); return s })
	k.Focus(s)
	return k, s, paid, way
}

// typed types into whatever has the focus, character by character as the window does.
func typed(k *Kit, text string) {
	for _, r := range text {
		k.Focused().TypedRune(r)
	}
}

func TestSheetEnterAndTab(t *testing.T) {
	k, s, paid, way := openSheet(t)
	press(k, fyne.KeyReturn) // takes the due amount and goes down
	typed(k, "50")
	press(k, fyne.KeyTab)
	typed(k, "现金")
	press(k, fyne.KeyReturn)
	if (*paid)[0] != "48.00" || (*paid)[1] != "50" || (*way)[1] != "现金" {
		t.Errorf("paid %q, way %q", *paid, *way)
	}
	if row, col := s.Cursor(); row != 2 || col != 3 {
		t.Errorf("cursor %d,%d", row, col)
	}
}

func TestSheetEditAndEscape(t *testing.T) {
	k, s, paid, _ := openSheet(t)
	typed(k, "7")
	press(k, fyne.KeyEscape)
	if (*paid)[0] != "" || k.Focused() != fyne.Focusable(s) {
		t.Errorf("Esc kept %q", (*paid)[0])
	}
	(*paid)[0] = "48"
	press(k, fyne.KeyF2)
	typed(k, ".50")
	press(k, fyne.KeyReturn)
	if (*paid)[0] != "48.50" {
		t.Errorf("F2 made %q", (*paid)[0])
	}
	said := ""
	s.OnRefused = func(_, _ int, say string) { said = say }
	typed(k, "x")
	press(k, fyne.KeyReturn)
	if said == "" || (*paid)[1] != "" {
		t.Errorf("said %q, cell %q", said, (*paid)[1])
	}
}

func TestSheetBlocks(t *testing.T) {
	k, s, paid, way := openSheet(t)
	k.Copy("10\t现金\r\n20\t微信\r\n30\t现金\r\n40\t现金\r\n")
	shortcut(k, &fyne.ShortcutPaste{})
	if got := strings.Join(*paid, ","); got != "10,20,30," { // the fourth is not free
		t.Errorf("pasted %s", got)
	}
	shortcut(k, &fyne.ShortcutUndo{})
	if got := strings.Join(*paid, "") + strings.Join(*way, ""); got != "" {
		t.Errorf("undo left %q", got)
	}
	shortcut(k, &fyne.ShortcutRedo{})
	s.SetCursor(0, 2)
	s.choose(cellAt{2, 2}, true)
	shortcut(k, ctrl(fyne.KeyD))
	if got := strings.Join(*paid, ","); got != "10,10,10," {
		t.Errorf("filled %s", got)
	}
	shortcut(k, &fyne.ShortcutCopy{})
	if k.Clipboard() != "10\n10\n10\n" {
		t.Errorf("copied %q", k.Clipboard())
	}
	press(k, fyne.KeyDelete)
	if got := strings.Join(*paid, ""); got != "" {
		t.Errorf("deleted: %q left", got)
	}
}

// TestSheetTakesWhatOfficeCopies pastes what WPS and Excel put on the clipboard into
// three free lines of nines and a chosen block of so many rows.
func TestSheetTakesWhatOfficeCopies(t *testing.T) {
	for _, c := range []struct {
		block     string
		rows      int
		paid, way string
	}{
		{"1\t现金\r\n2\t微信\r\n", 1, "1,2,9", "现金,微信,旧"},
		{"1\r\n\r\n3\r\n", 1, "1,,3", "旧,旧,旧"}, // an empty cell keeps its place
		{"1\t\"现金\n\"\"退\"\"\"\n", 1, "1,9,9", "现金 \"退\",旧,旧"},
		{"7", 3, "7,7,7", "旧,旧,旧"},
		{"7\t\"半\n", 3, "7,7,7", "\"半,\"半,\"半"},
		{"1\n2\n", 3, "1,2,9", "旧,旧,旧"},
		{"", 3, "9,9,9", "旧,旧,旧"},
	} {
		k, s, paid, way := openSheet(t)
		copy(*paid, []string{"9", "9", "9"})
		copy(*way, []string{"旧", "旧", "旧"})
		s.choose(cellAt{c.rows - 1, 2}, true)
		k.Copy(c.block)
		shortcut(k, &fyne.ShortcutPaste{})
		if p, w := strings.Join((*paid)[:3], ","), strings.Join((*way)[:3], ","); p != c.paid || w != c.way {
			t.Errorf("%q over %d rows: %s / %s", c.block, c.rows, p, w)
		}
	}
	if got := readBlock(writeBlock([][]string{{"a\tb", "c\nd"}, {`"`, ""}})); len(got) != 2 || got[0][0] != "a\tb" || got[0][1] != "c\nd" || got[1][0] != `"` || got[1][1] != "" {
		t.Errorf("%q", got)
	}
}

// TestSheetByMouse draws a block out with the button held, and reaches no column
// that has no room.
func TestSheetByMouse(t *testing.T) {
	_, s, _, _ := openSheet(t)
	at := func(row, col int) desktop.MouseEvent {
		return desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x[col]+9, s.top(row)+9)}}
	}
	from, to := at(0, 1), at(2, 2)
	s.rows.MouseDown(&from)
	s.rows.MouseMoved(&to)
	if got := s.Copied(); got != "48.00\t\n126.00\t\n103.50\t\n" {
		t.Errorf("the block is %q", got)
	}
	s.shown = []int{0, 2}
	s.SetCursor(0, 2)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if _, col := s.Cursor(); col != 0 {
		t.Errorf("← leads to column %d", col)
	}
	s.SetCursor(0, 2)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	if row, col := s.Cursor(); row != 1 || col != 2 {
		t.Errorf("Tab leads to %d,%d", row, col)
	}
}

// TestSheetTakesToday puts today into a date, chosen or being typed, and nowhere else.
func TestSheetTakesToday(t *testing.T) {
	k, s, paid, way := openSheet(t)
	s.cols[3].Dated = true
	s.SetCursor(1, 2)
	shortcut(k, ctrl(fyne.KeySemicolon))
	s.SetCursor(1, 3)
	shortcut(k, ctrl(fyne.KeySemicolon))
	s.SetCursor(2, 3)
	typed(k, "11")
	shortcut(k, ctrl(fyne.KeySemicolon))
	s.SetCursor(3, 3) // which nobody may change
	shortcut(k, ctrl(fyne.KeySemicolon))
	if day := today.Format("2006-01-02"); (*way)[1] != day || (*way)[2] != day || (*way)[3] != "" || (*paid)[1] != "" || k.Focused() != s.self {
		t.Errorf("way %q, paid %q", *way, *paid)
	}
}
