package sheet

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

// TestOddWorkbooks reads workbooks that are unusual but whole, cell by cell.
func TestOddWorkbooks(t *testing.T) {
	row := `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>姓</t></r><r><t>名</t></r></is></c><c r="B1" s="7"><v>12</v></c><c r="C1" s="1"><v>37073</v></c></row></sheetData>`
	bare := map[string]string{"xl/styles.xml": "", "xl/sharedStrings.xml": ""}
	styles := func(text string) map[string]string {
		return map[string]string{"xl/styles.xml": `<styleSheet xmlns="` + mainSpace + `">` + text + `</styleSheet>`}
	}
	for name, c := range map[string]struct {
		sheet  string
		more   map[string]string
		want   string
		merged []Range
	}{
		"rich text inline":     {row, nil, "姓名|12|37073|;", nil},
		"no styles at all":     {row, bare, "姓名|12|37073|;", nil},
		"styles of nothing":    {row, styles(`<cellXfs><xf fillId="3" fontId="9" borderId="-1"/><xf fillId="3" numFmtId="999"/></cellXfs>`), "姓名|12|37073|;", nil},
		"no row numbers":       {`<sheetData><row><c><v>1</v></c></row><row r="5"><c r="C5"><v>5</v></c></row><row><c><v>6</v></c></row></sheetData>`, nil, "1|;;;;||5|;6|;", nil},
		"texts like values":    {`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>007</t></is></c><c r="B1" t="str"><v>1</v></c><c r="C1" t="inlineStr"><is><t>#N/A</t></is></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="b"><v>0</v></c></row></sheetData>`, nil, "007|1|#N/A|#REF!|否|;", nil},
		"empty cells far out":  {`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="65536"><c r="XFD65536" s="1"/></row></sheetData>`, nil, "1|;", nil},
		"all merged":           {row + `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`, nil, "姓名|12|37073|;", []Range{{0, 0, 1048575, 16383}}},
		"values under a block": {`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>字</t></is></c><c r="B1"><v>12</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`, nil, "字|12|;", []Range{{0, 0, 0, 1}}},
	} {
		sheets, err := Read("a.xlsx", workbookXML(t, c.sheet, c.more))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := show(sheets[0]); got != c.want || !reflect.DeepEqual(sheets[0].Merged, c.merged) {
			t.Errorf("%s: %q merged %v, want %q %v", name, got, sheets[0].Merged, c.want, c.merged)
		}
		types := map[string]string{"texts like values": "[1 1 1 5 4]", "values under a block": "[1 3]"}
		if want, ok := types[name]; ok {
			var got []CellType
			for _, cell := range sheets[0].Rows[0] {
				got = append(got, cell.Type)
			}
			if fmt.Sprint(got) != want {
				t.Errorf("%s: types %v, want %s", name, got, want)
			}
		}
	}
}

// TestWorkbookTraps holds what would make the library exhaust memory, panic, put
// cells in wrong places or lose some silently, to one sentence.
func TestWorkbookTraps(t *testing.T) {
	sheetData := func(rows string) []byte { return workbookXML(t, "<sheetData>"+rows+"</sheetData>", nil) }
	rows := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i+1)
		}
		return b.String()
	}
	changed := workbookXML(t, `<sheetData><row r="1"><c r="A1"><v>12345</v></c></row></sheetData>`, nil)
	for i := range changed[:len(changed)-20] {
		if bytes.HasPrefix(changed[i:], []byte("PK\x01\x02")) {
			changed[i+16]++ // the directory gives another checksum
		}
	}
	colour := map[string]string{
		"xl/styles.xml":        `<styleSheet xmlns="` + mainSpace + `"><fills><fill><patternFill patternType="solid"><bgColor indexed="-1"/></patternFill></fill></fills><cellXfs><xf/><xf fillId="0"/></cellXfs></styleSheet>`,
		"xl/theme/theme1.xml":  `<theme xmlns="http://schemas.openxmlformats.org/drawingml/2006/main"/>`,
		"xl/sharedStrings.xml": "",
	}
	long := `<workbook xmlns="` + mainSpace + `" xmlns:r="` + officeSpace + `"><sheets><sheet name="` + strings.Repeat("名册", 20) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
	twice := strings.Replace(strings.Replace(long, strings.Repeat("名册", 20), "甲", 1), "</sheets>", `<sheet name="乙" sheetId="2" r:id="rId1"/></sheets>`, 1)
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"cell at the far end":     {sheetData(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "SHEET_ROWS"},
		"cell in the last column": {sheetData(`<row r="1"><c r="XFD1"><v>1</v></c></row>`), "SHEET_COLUMNS"},
		"empty cells out there":   {sheetData(rows(2000, `<row r="%[1]d"><c r="XFD%[1]d" s="1"/></row>`)), "SHEET_TOO_BIG"},
		"rows without numbers":    {sheetData(rows(mostNumberless+1, `<row><!-- %d --></row>`)), "SHEET_TOO_BIG"},
		"many blocks":             {workbookXML(t, `<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>`+rows(mostMerged+1, `<mergeCell ref="A%[1]d:B%[1]d"/>`)+`</mergeCells>`, nil), "SHEET_TOO_BIG"},
		"elements of other parts": {workbookXML(t, "<sheetData/>", map[string]string{"xl/calcChain.xml": "<calcChain>" + strings.Repeat("<c/>", mostPlaces+1) + "</calcChain>"}), "SHEET_TOO_BIG"},
		"row twice":               {sheetData(`<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"two numbers of a row":    {sheetData(`<row r="1" x:r="1048576"><c><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"cells out of order":      {sheetData(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"cell of another row":     {sheetData(`<row r="1"><c r="A2"><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"cell nowhere":            {sheetData(`<row r="1"><c r="?"><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"string that is missing":  {sheetData(`<row r="1"><c r="A1" t="s"><v>9</v></c><c r="B1"><v>1</v></c></row>`), "SHEET_DAMAGED"},
		"formula that is missing": {sheetData(`<row r="1"><c r="A1"><f t="shared" si="1"/></c></row>`), "SHEET_DAMAGED"},
		"block nowhere":           {workbookXML(t, `<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="foo"/></mergeCells>`, nil), "SHEET_DAMAGED"},
		"changed byte":            {changed, "SHEET_DAMAGED"},
		"panic of the library":    {workbookXML(t, `<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData>`, colour), "SHEET_DAMAGED"},
		"sheets on one part":      {workbookXML(t, `<sheetData><row><c><v>1</v></c></row></sheetData>`, map[string]string{"xl/workbook.xml": twice}), "SHEET_DAMAGED"},
		"long name":               {workbookXML(t, `<sheetData/>`, map[string]string{"xl/workbook.xml": long}), "SHEET_NAME"},
	} {
		sheets, err := Read("a.xlsx", c.data)
		if record.CodeOf(err) != c.code || sheets != nil || !strings.HasSuffix(record.SayOf(err), "。") {
			t.Errorf("%s: %d sheets, %v, want %s", name, len(sheets), err, c.code)
		}
		if strings.HasPrefix(name, "panic") && !strings.Contains(fmt.Sprint(err), "index out of range") {
			t.Errorf("%s: %v, the library no longer panics here: look for another case", name, err)
		}
	}
}

// BenchmarkMergedRows reads a sheet whose every row has a merged block and
// numbers, which asks the library about each cell.
func BenchmarkMergedRows(b *testing.B) {
	var rows, blocks strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&rows, `<row r="%[1]d"><c r="A%[1]d"><v>%[1]d</v></c><c r="C%[1]d"><v>1.5</v></c></row>`, i+1)
		fmt.Fprintf(&blocks, `<mergeCell ref="A%[1]d:B%[1]d"/>`, i+1)
	}
	data := workbookXML(b, "<sheetData>"+rows.String()+"</sheetData><mergeCells>"+blocks.String()+"</mergeCells>", nil)
	b.ReportAllocs()
	for b.Loop() {
		if sheets, err := Read("a.xlsx", data); err != nil || len(sheets[0].Merged) != 5_000 {
			b.Fatal(err)
		}
	}
}

// TestDatesFrom1904 takes the calendar of a workbook from the library.
func TestDatesFrom1904(t *testing.T) {
	f := excelize.NewFile()
	on := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("Sheet1", "A1", 40000); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if sheets, err := Read("a.xlsx", out.Bytes()); err != nil || !sheets[0].Date1904 {
		t.Errorf("%+v, %v", sheets, err)
	}
}

// TestChartSheets reads the table of a workbook that has a sheet for a chart.
func TestChartSheets(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "姓名", "A2": "陈立群", "B1": "月缴党费", "B2": 13.4} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.AddChartSheet("图表1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$B$2:$B$2"}}}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	sheets, err := Read("a.xlsx", out.Bytes())
	if err != nil || show(sheets[0]) != "姓名|月缴党费|;陈立群|13.4|;" || len(sheets) > 1 && len(sheets[1].Rows) > 0 {
		t.Errorf("%+v, %v", sheets, err)
	}
}
