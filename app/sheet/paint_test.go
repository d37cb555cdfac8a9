package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// written opens with the library what write has written.
func written(t *testing.T, write func(out *bytes.Buffer) error) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func styleAt(t *testing.T, f *excelize.File, name, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(name, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

// TestWrittenListsReadWell holds an exported list to what makes it usable as it
// opens and prints: framed cells, columns wide enough, ids that do not blow up
// the rows, a filter, headings that stay, one page wide.
func TestWrittenListsReadWell(t *testing.T) {
	k := kind(t, "member")
	who := record.Record{Kind: "member", ID: "01a21441-2d3c-79fc-a8e4-90100d5c01b9", Values: record.Values{"name": "陈立群", "id_no": "310115199001010010", "employer": "云帆智能控制系统有限公司上海分公司"}}
	f := written(t, func(out *bytes.Buffer) error { return sheet.Write(k, []record.Record{who}, newBooks(), out) })
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	for col, text := range rows[1] {
		letter := sheet.Letter(col)
		style := styleAt(t, f, name, letter+"2")
		if len(style.Border) != 4 {
			t.Errorf("%s2 has no frame", letter)
		}
		if wraps := style.Alignment.WrapText; text == who.ID && wraps {
			t.Errorf("the id in %s2 wraps", letter)
		}
		if width, err := f.GetColWidth(name, letter); err != nil || text == who.Values["employer"] && width < 36 {
			t.Errorf("column %s is %.0f wide, %v", letter, width, err)
		}
	}
	if panes, err := f.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if page, err := f.GetPageLayout(name); err != nil || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("page %+v, %v", page, err)
	}
	var names []string
	for _, d := range f.GetDefinedName() {
		names = append(names, d.Name+" "+d.RefersTo)
	}
	all := strings.Join(names, ";")
	if !strings.Contains(all, "Print_Titles '"+name+"'!$1:$1") || !strings.Contains(all, "_FilterDatabase") {
		t.Errorf("names %s", all)
	}
}

// TestTemplatesShowWhatMustBeFilled colours the headings of what is required.
func TestTemplatesShowWhatMustBeFilled(t *testing.T) {
	k := kind(t, "member")
	f := written(t, func(out *bytes.Buffer) error { return sheet.Template(k, out) })
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	required := 0
	for col, text := range rows[0] {
		red := styleAt(t, f, name, sheet.Letter(col)+"1").Font.Color == "B3261E"
		if must := strings.HasPrefix(text, "*"); must != red {
			t.Errorf("heading %s: red %v", text, red)
		} else if must {
			required++
		}
	}
	if required == 0 {
		t.Error("nothing is required")
	}
	if height, err := f.GetRowHeight(name, 1); err != nil || height < 30 {
		t.Errorf("headings %.0f high, %v", height, err)
	}
}

func TestTableKeepsNumbersAndNames(t *testing.T) {
	f := written(t, func(out *bytes.Buffer) error {
		return sheet.WriteTable("统计2026", [][]string{{"项目", "数值", "编号"}, {"=1+1", "12.5", "007"}, {"男", "", "8"}}, out)
	})
	for cell, want := range map[string]string{"A1": "项目", "A2": "'=1+1", "B2": "12.5", "C2": "007", "C3": "8"} {
		if got, err := f.GetCellValue("统计2026", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q, %v", cell, got, want, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "C3": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType("统计2026", cell); err != nil || got != want {
			t.Errorf("%s is of type %v, want %v, %v", cell, got, want, err)
		}
	}
}
