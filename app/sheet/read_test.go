package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhibu/storage/record"
)

// Namespaces of Office Open XML.
const (
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// workbookXML makes an xlsx of one sheet from the XML of its sheetData and what
// follows it.
func workbookXML(t testing.TB, sheetXML string, more map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := map[string]string{
		"_rels/.rels":                `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + officeSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + mainSpace + `" xmlns:r="` + officeSpace + `"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + packageSpace + `"><Relationship Id="rId1" Type="` + officeSpace + `/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + officeSpace + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + officeSpace + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet xmlns="` + mainSpace + `"><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst xmlns="` + mainSpace + `"><si><t>姓名</t></si><si><r><t>陈</t></r><r><t>立群</t></r><rPh><t>chen</t></rPh></si><si><t>两_x000D_行</t></si></sst>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + mainSpace + `">` + sheetXML + `</worksheet>`,
	}
	for name, text := range more {
		parts[name] = text
	}
	for name, text := range parts {
		if text == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// show writes the cells of a sheet on one line.
func show(s Sheet) string {
	var b strings.Builder
	for _, row := range s.Rows {
		for _, c := range row {
			fmt.Fprintf(&b, "%s|", c.Text)
		}
		b.WriteString(";")
	}
	return b.String()
}

// TestOpenXML reads what programs other than Excel write too: namespaces,
// absolute paths, rows and cells without addresses, all kinds of cells.
func TestOpenXML(t *testing.T) {
	data := workbookXML(t, `<cols><col min="3" max="3" width="0" hidden="1"/></cols><sheetData>
		<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>生日</t></is></c></row>
		<x:row r="3" hidden="1"><x:c r="A3" t="s"><x:v>1</x:v></x:c><c r="B3" s="1"><v>37073</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c><c r="E3" t="str"><f>A1</f><v>字</v></c><c r="F3"><f>TEXT(1)</f></c></x:row>
		<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4"><v>13.399999999999999</v></c><c r="C4"><v>3.1011519900101E+17</v></c></row>
		<row r="600"><c r="A600" s="1"/></row></sheetData><mergeCells><mergeCell ref="A3:A4"/></mergeCells>`, nil)
	sheets, err := Read("a.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	s := sheets[0]
	if got, want := show(s), "姓名|生日|;;陈立群|37073|是|#N/A|字||;两\r行|13.4|310115199001010000|;"; got != want {
		t.Errorf("cells\n got %q\nwant %q", got, want)
	}
	if c := s.Cell(2, 1); !isDate(c.Format) {
		t.Errorf("format of B3 = %q, want a date", c.Format)
	}
	if c := s.Cell(2, 5); c.Type != Empty || !c.Formula {
		t.Errorf("F3 = %+v, want a formula without result", c)
	}
	if len(s.Merged) != 1 || !s.HiddenRows[2] || !s.HiddenCols[2] {
		t.Errorf("merged %v, hidden rows %v, columns %v", s.Merged, s.HiddenRows, s.HiddenCols)
	}
}

// TestSameCellsAsExcelize holds the reader against the library on the samples.
func TestSameCellsAsExcelize(t *testing.T) {
	files, err := filepath.Glob("testdata/samples/*.xlsx")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sheets, err := Read(file, data)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheets {
			rows, err := f.GetRows(s.Name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				for j, text := range row {
					if got := s.Cell(i, j).Text; got != text {
						t.Errorf("%s %s%d = %q, want %q", file, Letter(j), i+1, got, text)
					}
				}
			}
		}
	}
}

// TestTextInEveryEncoding reads the same table from every encoding and separator
// found in China.
func TestTextInEveryEncoding(t *testing.T) {
	table := "姓名,身份证号,备注\r\n龚䶮,310115199001010010\t,\"两\n行，有\"\"引号\"\"\"\r\n\r\n李𬎆,=\"310115199001010029\",\r\n"
	utf16Bytes := func(s string, big bool, bom bool) []byte {
		var out []byte
		units := utf16.Encode([]rune(s))
		if bom {
			units = append([]uint16{0xFEFF}, units...)
		}
		for _, u := range units {
			if big {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
		return out
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	tabs := strings.ReplaceAll(strings.ReplaceAll(table, "\t", ""), ",", "\t")
	want := "姓名|身份证号|备注|;龚䶮|310115199001010010\t|两\n行，有\"引号\"|;;李𬎆|310115199001010029|;"
	for name, data := range map[string][]byte{
		"UTF-8": []byte(table), "UTF-8 BOM": []byte("\xEF\xBB\xBF" + table), "GB18030": gb, "UTF-16LE BOM": utf16Bytes(table, false, true), "UTF-16BE BOM": utf16Bytes(table, true, true),
		"UTF-16LE": utf16Bytes(table, false, false), "UTF-16BE": utf16Bytes(table, true, false), "tabs": []byte(tabs), "UTF-16 tabs": utf16Bytes(tabs, false, true),
		"semicolons": []byte("sep=;\n" + strings.ReplaceAll(table, ",", ";")), "bars": []byte(strings.ReplaceAll(table, ",", "|")), "old Mac lines": []byte(strings.ReplaceAll(table, "\r\n", "\r")),
	} {
		sheets, err := Read("名单.csv", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := show(sheets[0])
		if strings.Contains(name, "tabs") {
			got = strings.Replace(got, "010010|", "010010\t|", 1)
		}
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, want)
		}
	}
}

// TestWebPageAndXMLNamedXls reads what systems export under the name .xls.
func TestWebPageAndXMLNamedXls(t *testing.T) {
	page := `<html><head><meta charset="gb2312"><style>td{}</style></head><body><table border=1><tr><th rowspan=2>姓名</th><th colspan=2>基本&nbsp;情况</th></tr><tr><td>性别<td>出生<br>年月</tr>
		<tr><td>陈立群</td><td>男</td><td style="mso-number-format:'\@'">1990-01</td></tr></table></body></html>`
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	book := `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
		<Worksheet ss:Name="名册"><Table><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">生日</Data></Cell></Row>
		<Row><Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="Number">32874</Data></Cell><Cell><Data ss:Type="DateTime">1990-01-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"UTF-8 page": {[]byte(page), "姓名|基本 情况|;|性别|出生\n年月|;陈立群|男|1990-01|;"}, "GBK page": {gb, "姓名|基本 情况|;|性别|出生\n年月|;陈立群|男|1990-01|;"},
		"XML": {[]byte(book), ";姓名||生日|;||32874|1990-01-01T00:00:00.000|;"},
	} {
		sheets, err := Read("导出.xls", c.data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := show(sheets[0]); got != c.want || len(sheets[0].Merged) == 0 {
			t.Errorf("%s:\n got %q merged %v\nwant %q", name, got, sheets[0].Merged, c.want)
		}
	}
}

// TestRefusals holds every failure to one sentence with a code, and nothing read.
func TestRefusals(t *testing.T) {
	good, err := os.ReadFile("testdata/samples/06_pool.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	zipOf := func(parts map[string]string) []byte {
		base := map[string]string{"xl/workbook.xml": "", "xl/_rels/workbook.xml.rels": "", "xl/styles.xml": "", "xl/sharedStrings.xml": "", "xl/worksheets/sheet1.xml": ""}
		for name, text := range parts {
			base[name] = text
		}
		return workbookXML(t, "", base)
	}
	many := map[string]string{}
	for i := range 250 {
		many[fmt.Sprintf("x%d", i)] = "y"
	}
	var rows, columns strings.Builder
	for i := range mostRows + 1 {
		fmt.Fprintf(&rows, `<row r="%d"><c><v>1</v></c></row>`, i+1)
	}
	for range mostColumns + 1 {
		columns.WriteString(`<c><v>1</v></c>`)
	}
	locked := bytes.Clone(good)
	for i := range locked[:len(locked)-8] {
		if bytes.HasPrefix(locked[i:], []byte("PK\x01\x02")) {
			locked[i+8] |= 1
		}
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"nothing": {nil, "SHEET_EMPTY"}, "blanks": {[]byte(" \n\t "), "SHEET_EMPTY"}, "empty sheet": {workbookXML(t, "<sheetData/>", nil), "SHEET_EMPTY"},
		"21 MB":     {bytes.Repeat([]byte("a,b\n"), 6<<20), "SHEET_TOO_BIG"},
		"truncated": {good[:len(good)/2], "SHEET_DAMAGED"}, "locked zip": {locked, "SHEET_ENCRYPTED"}, "bomb": {workbookXML(t, strings.Repeat("<row/>", 12<<20), nil), "SHEET_TOO_BIG"},
		"many entries": {zipOf(many), "SHEET_TOO_BIG"}, "many rows": {workbookXML(t, "<sheetData>"+rows.String()+"</sheetData>", nil), "SHEET_ROWS"},
		"many columns": {workbookXML(t, "<sheetData><row>"+columns.String()+"</row></sheetData>", nil), "SHEET_COLUMNS"}, "broken XML": {workbookXML(t, "<sheetData><row", nil), "SHEET_DAMAGED"},
		"docx": {zipOf(map[string]string{"word/document.xml": "<w/>"}), "SHEET_FOREIGN"}, "xlsb": {zipOf(map[string]string{"xl/workbook.bin": "x"}), "SHEET_BINARY"},
		"ods": {zipOf(map[string]string{"content.xml": "<x/>"}), "SHEET_ODS"}, "plain zip": {zipOf(map[string]string{"a.txt": "hello"}), "SHEET_FOREIGN"},
		"PDF": {[]byte("%PDF-1.7\n..."), "SHEET_FOREIGN"}, "PNG": {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "SHEET_FOREIGN"}, "rar": {[]byte("Rar!\x1a\x07\x00"), "SHEET_FOREIGN"},
		"binary": {bytes.Repeat([]byte{1, 2, 3, 0, 255, 254}, 400), "SHEET_FOREIGN"}, "page without a table": {[]byte("<html><body>请先登录</body></html>"), "SHEET_FOREIGN"},
		"web archive": {[]byte("MIME-Version: 1.0\n\n<table>"), "SHEET_MHT"},
	} {
		sheets, err := Read("名册.xlsx", c.data)
		if record.CodeOf(err) != c.code || sheets != nil || !strings.HasSuffix(record.SayOf(err), "。") {
			t.Errorf("%s: %d sheets, %v, want %s", name, len(sheets), err, c.code)
		}
	}
}

// TestDamagedCharactersAreCounted reads GB18030 with bytes that mean nothing.
func TestDamagedCharactersAreCounted(t *testing.T) {
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("姓名,单位\n" + strings.Repeat("陈立群,云帆智控\n", 30)))
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, "周"...)
	data = append(data, 0xFF, ',', 'a', '\n')
	sheets, err := Read("a.csv", data)
	if err != nil || sheets[0].Broken == 0 {
		t.Errorf("%v %v, want broken characters counted", sheets, err)
	}
}

func FuzzOpenXML(f *testing.F) {
	f.Add([]byte(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`), []byte(`<sst xmlns="`+mainSpace+`"><si><t>a</t></si></sst>`))
	f.Add([]byte(`<c r="ZZZ99999999"><v>1</v></c><mergeCell ref="A1:XFD1048576"/>`), []byte(`<sst xmlns="`+mainSpace+`"><si><r><t>a`))
	f.Fuzz(func(t *testing.T, sheet, sst []byte) {
		read(t, workbookXML(t, string(sheet), map[string]string{"xl/sharedStrings.xml": string(sst)}))
	})
}

func FuzzLegacy(f *testing.F) {
	f.Add(workbookBytes(legacyGlobals(40, "姓名", "生日"), legacyCells(), 0))
	f.Add(workbookBytes(legacyGlobals(40, "姓名"), nil, 2))
	f.Fuzz(func(t *testing.T, stream []byte) {
		if len(stream) < 60_000 {
			read(t, compound("Workbook", stream))
		}
	})
}

func FuzzCompound(f *testing.F) {
	f.Add(compound("Workbook", workbookBytes(legacyGlobals(40, "姓名", "生日"), legacyCells(), 0)))
	f.Fuzz(func(t *testing.T, data []byte) { read(t, append(bytes.Clone(oleMagic), data[min(8, len(data)):]...)) })
}

func FuzzText(f *testing.F) {
	f.Add([]byte("姓名,生日\n\"a\"\"b\",1\n"))
	f.Add([]byte("<table><tr><td rowspan=9 colspan=9>a<table><td>b</table><td>c"))
	f.Add([]byte(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Row Index="9"><Cell Index="3" MergeAcross="2"><Data Type="Number">1`))
	f.Fuzz(func(t *testing.T, data []byte) { read(t, data) })
}

// read reads data and holds the result to the limits: either sheets within them
// or one sentence.
func read(t *testing.T, data []byte) {
	t.Helper()
	sheets, err := Read("a.xls", data)
	if err != nil {
		if record.CodeOf(err) == "" || record.SayOf(err) == "" {
			t.Fatalf("an error without a sentence: %v", err)
		}
		return
	}
	for _, s := range sheets {
		if len(s.Rows) > mostRows || s.width() > mostColumns {
			t.Fatalf("%d rows, %d columns", len(s.Rows), s.width())
		}
	}
}
