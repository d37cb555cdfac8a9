package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// rowsOf opens the form of the person with most of a table and chooses its next row.
func (w *window) rowsOf(t *testing.T, kind, page, table string) (*formPage, *rowBox) {
	t.Helper()
	w.Go(Place{Page: page, View: "form", Kind: kind, ID: w.withRows(kind, table)})
	r := w.rowBox(table)
	w.Settle()
	r.sheet.SetCursor(len(r.rows), 1)
	w.App.kit.Focus(r.sheet)
	return w.page.(*formPage), r
}

// TestRowsAreTypedInPlace fills the next row by keyboard, pastes two more, takes rows
// away and back, and saves.
func TestRowsAreTypedInPlace(t *testing.T) {
	w := sampleWindow(t)
	f, r := w.rowsOf(t, "pool", "pool", "family")
	before := len(r.rows)
	for _, text := range []string{"父亲", "柯守义", "群众"} {
		w.types(t, text)
		w.keys(fyne.KeyTab)
	}
	w.types(t, "云帆智控退休")
	w.keys(fyne.KeyReturn)
	if row, _ := r.sheet.Cursor(); len(r.rows) != before+1 || row != before+1 {
		t.Fatalf("%d rows, cursor in %d", len(r.rows), row)
	}
	r.sheet.SetCursor(len(r.rows), 1)
	r.sheet.Paste("母亲\t沈素珍\t中共党员\t退休\n妹妹\t柯以静\t共青团员\t学生")
	if len(r.rows) != before+3 {
		t.Fatalf("%d rows after pasting two", len(r.rows))
	}
	w.sees(t, "柯守义", "柯以静")
	r.sheet.SetCursor(before, 0)
	w.keys(fyne.KeyDelete)
	if len(r.rows) != before+2 {
		t.Fatalf("%d rows after taking one away", len(r.rows))
	}
	w.sees(t, "按 Ctrl+Z 找回")
	w.App.kit.Press("Ctrl+Z")
	if len(r.rows) != before+3 {
		t.Fatal("the row does not come back")
	}
	w.App.kit.Press("Ctrl+Z")
	if len(r.rows) != before+1 {
		t.Fatal("the block is not taken back as one")
	}
	w.App.kit.Press("Ctrl+Y")
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	w.enter(w.place) // as after kill -9
	w.sees(t, "上次没有存完")
	f = w.page.(*formPage)
	f.form.TakeOffer()
	saved, err := f.form.Save()
	if err != nil {
		t.Fatal(err)
	}
	rows := saved.Rows("family")
	if len(rows) != before+3 || rows[before].Values["name"] != "柯守义" || rows[before+2].Values["relation"] != "妹妹" {
		t.Errorf("%+v", rows)
	}
}

// TestCellsTakeOptionsNamesAndComplain types initials for options and people, chooses
// from lists, and gets a day wrong.
func TestCellsTakeOptionsNamesAndComplain(t *testing.T) {
	w := sampleWindow(t)
	f, r := w.rowsOf(t, "branch", "settings", "committee")
	at := len(r.rows)
	w.types(t, "luomu")
	w.keys(fyne.KeyTab)
	w.types(t, "jj")
	w.keys(fyne.KeyTab)
	w.types(t, "2026-13-02")
	w.keys(fyne.KeyLeft, fyne.KeyReturn)
	value := func(column string) string { return f.form.Name(record.Path("committee", r.rows[at].ID, column)) }
	if value("member") != "罗沐辰" || value("post") != "纪检委员" {
		t.Errorf("%q, %q", value("member"), value("post"))
	}
	r.sheet.SetCursor(at, 3)
	w.sees(t, "任职日期：日历上没有这一天。")
	f.save(func() { t.Error("a wrong day is saved") })
	if row, col := r.sheet.Cursor(); w.App.kit.Focused() != fyne.Focusable(r.sheet) || row != at || col != 3 {
		t.Errorf("the keyboard is not at the wrong cell: %d, %d", row, col)
	}
	r.sheet.SetCursor(at, 2)
	w.keys(fyne.KeyF2) // the list of options
	w.sees(t, "组织委员", "（不填）")
	w.keys(fyne.KeyDown, fyne.KeyReturn)
	if value("post") != "书记" {
		t.Errorf("chosen %q", value("post"))
	}
	r.sheet.SetCursor(at, 1)
	w.keys(fyne.KeyF2)
	w.types(t, "cly")
	w.App.kit.Press("Esc")
}

// TestAKeyedTableBeginsWithAName pastes names and hours as a list in WPS has them.
func TestAKeyedTableBeginsWithAName(t *testing.T) {
	w := sampleWindow(t)
	w.Go(Place{Page: "training", View: "form", Kind: "training"})
	r := w.rowBox("participant")
	r.sheet.SetCursor(0, 0)
	r.sheet.Paste("罗沐辰\t6\n查无此人\t6\n白一宁\t4")
	if len(r.rows) != 2 || r.rows[0].Name != "罗沐辰" || r.m.form.Text(record.Path("participant", r.rows[1].ID, "hours")) != "4" {
		t.Fatalf("%+v", r.rows)
	}
	w.sees(t, "没有找到“查无此人”")
}

// TestARowBeginsWithALongText types the next row's text, which has no room in a cell,
// before anything else.
func TestARowBeginsWithALongText(t *testing.T) {
	w := sampleWindow(t)
	f, r := w.rowsOf(t, "demand", "demand", "progress")
	before := len(r.rows)
	if len(r.cells) == 0 {
		t.Fatal("the next row has no box for its text")
	}
	text := r.cells[0].object.(*kit.Entry)
	w.App.kit.Focus(text)
	w.types(t, "已")
	f.settled()
	w.types(t, "到现场看过")
	f.settled()
	if len(r.rows) != before+1 || w.App.kit.Focused() != fyne.Focusable(text) {
		t.Fatalf("%d rows, were %d; the keyboard is at %v", len(r.rows), before, w.App.kit.Focused())
	}
	saved, err := f.form.Save()
	if err != nil {
		t.Fatal(err)
	}
	if rows := saved.Rows("progress"); rows[before].Values["text"] != "已到现场看过" {
		t.Errorf("%+v", rows)
	}
}
