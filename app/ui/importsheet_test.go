package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
)

// TestImportIsMendedAsASheet mends a roster in the sheet: typing replaces, Enter goes
// down, a block comes from the clipboard, Ctrl+Z takes it back.
func TestImportIsMendedAsASheet(t *testing.T) {
	w := sampleWindow(t)
	path, err := filepath.Abs(filepath.Join("..", "sheet", "testdata", "samples", "01_roster.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	w.Go(Place{Page: "excel", View: "import", Kind: "member", Note: path})
	p := w.page.(*importPage)
	w.App.kit.Press("Ctrl+Enter")
	p.problems.only.Choose(asSheet)
	w.sees(t, "可导入 15 行", "有问题 1 行", "整张表")
	row, col := -1, -1
	for r, line := range p.p.SheetRows() {
		for c, column := range p.p.SheetColumns() {
			if p.p.SheetCell(line, column).Tone == screen.Late {
				row, col = r, c+1
			}
		}
	}
	s := p.problems.sheet
	s.grid.SetCursor(row, col)
	w.sees(t, p.p.RowSays(s.rows[row]))
	cell := func() screen.SheetCell { return p.p.SheetCell(s.rows[row], p.p.SheetColumns()[col-1]) }
	bad := cell().Text
	w.types(t, "19980101")
	w.keys(fyne.KeyReturn)
	if r, c := s.grid.Cursor(); r != row+1 || c != col {
		t.Errorf("Enter leads to %d,%d", r, c)
	}
	w.sees(t, "可导入 16 行", "导入 16 行")
	s.grid.TypedShortcut(&fyne.ShortcutUndo{})
	if cell().Text != bad {
		t.Errorf("undo left %q", cell().Text)
	}
	s.grid.SetCursor(row, col)
	s.grid.Paste("1998-01-01\r\n")
	w.sees(t, "可导入 16 行")
	for _, fault := range w.Faults() {
		t.Error(fault)
	}
	w.App.kit.Press("Ctrl+Enter")
	w.sees(t, "已登记 16 条")
}

// TestTypingAheadIsForTheNextProblem: while a text is checked, what is typed is not
// added to it but belongs to the next problem, Enter too.
func TestTypingAheadIsForTheNextProblem(t *testing.T) {
	w := sampleWindow(t)
	path := filepath.Join(t.TempDir(), "roster.csv")
	text := "姓名,人员类别,入党时间\n陈一,正式党员,去年冬天\n陈二,正式党员,不记得\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Go(Place{Page: "excel", View: "import", Kind: "member", Note: path})
	p := w.page.(*importPage)
	w.App.kit.Press("Ctrl+Enter")
	c := p.problems
	first, _ := p.p.Current()
	var check func()
	w.types(t, "2014.12.03")
	c.take(func(run screen.Runner, text string, then func(bool, error)) {
		check = func() { p.p.Mend(run, text, then) }
	})
	w.types(t, "2015.06.01")
	w.keys(fyne.KeyReturn)
	check()
	cells := 0
	for _, row := range p.p.SheetRows() {
		want := "2014.12.03"
		if row.Row != first.Row {
			want = "2015.06.01"
		}
		for _, column := range p.p.SheetColumns() {
			if column.Field != "joined" {
				continue
			}
			cells++
			if got := p.p.SheetCell(row, column); got.Text != want {
				t.Errorf("row %d holds %q, want %q", row.Row, got.Text, want)
			}
		}
	}
	if cells != 2 {
		t.Errorf("%d cells were mended", cells)
	}
}
