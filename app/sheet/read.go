package sheet

import (
	"bytes"
	"strings"

	"zhibu/storage/record"
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// foreign lists beginnings of files that people choose by mistake.
var foreign = [...]struct{ magic, what string }{
	{"%PDF", "是 PDF，不是表格"},
	{"\x89PNG", "是图片，不是表格"},
	{"\xFF\xD8\xFF", "是照片，不是表格"},
	{"GIF8", "是图片，不是表格"},
	{"BM", "是图片，不是表格"},
	{"Rar!", "是压缩包，要先解压"},
	{"7z\xBC\xAF", "是压缩包，要先解压"},
	{"\x1F\x8B", "是压缩包，要先解压"},
	{"{\\rtf", "是文字文档，不是表格"},
	{"\x7FELF", "是程序，不是表格"},
	{"MZ", "是程序，不是表格"},
}

// Read reads every sheet of a spreadsheet file. What the file is, is found from
// its content; name only names the sheet of a file without sheets. It refuses
// with one sentence whatever is not a spreadsheet, is damaged, locked with a
// password, or too big, and never reads half of a file.
func Read(name string, data []byte) ([]Sheet, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, record.Refuse("SHEET_EMPTY", "这个文件是空的，没有读入任何内容。请确认选对了文件。")
	case len(data) > mostBytes:
		return nil, record.Refuse("SHEET_TOO_BIG", "这个文件超过 20 MB，没有读入任何内容。请删去图片和用不到的工作表，或拆成几个文件再导入。")
	}
	sheets, err := readAny(name, data)
	if err != nil {
		return nil, err
	}
	for i := range sheets {
		sheets[i].Rows = trimRows(sheets[i].Rows)
	}
	for _, s := range sheets {
		if len(s.Rows) > 0 {
			return sheets, nil
		}
	}
	return nil, record.Refuse("SHEET_EMPTY", "这个表格里没有内容，没有读入。请确认选对了文件。")
}

func readAny(name string, data []byte) ([]Sheet, error) {
	switch {
	case bytes.HasPrefix(data, zipMagic):
		return readXLSX(data)
	case bytes.HasPrefix(data, oleMagic):
		return readXLS(data)
	case bytes.HasPrefix(data, []byte("PK")):
		return nil, damaged(nil)
	case isAncient(data):
		return nil, record.Refuse("SHEET_OLD", "这是很旧的 Excel 格式（97 以前），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。")
	}
	if what := foreignTo(data); what != "" {
		return nil, noSpreadsheet(what)
	}
	text, broken, err := decode(data)
	if err != nil {
		return nil, err
	}
	sheets, err := readText(name, text)
	for i := range sheets {
		sheets[i].Broken = broken
	}
	return sheets, err
}

// isAncient reports whether data begins like a sheet of Excel 2 to 95 outside a
// compound file.
func isAncient(data []byte) bool {
	return len(data) > 8 && data[0] == 0x09 && data[3] == 0 && bytes.IndexByte([]byte{0, 2, 4, 8}, data[1]) >= 0
}

// foreignTo says what data is instead of a spreadsheet, "" if it may be one.
func foreignTo(data []byte) string {
	for _, f := range foreign {
		// Two letters alone may begin a text; a binary file has zeros soon.
		if bytes.HasPrefix(data, []byte(f.magic)) && (len(f.magic) > 2 || bytes.IndexByte(data[:min(len(data), 64)], 0) >= 0) {
			return f.what
		}
	}
	return ""
}

// readText reads what is text: XML of Excel 2003, a web page, or values set
// apart by commas, tabs and alike.
func readText(name, text string) ([]Sheet, error) {
	head := strings.ToLower(text[:min(len(text), 4096)])
	start := strings.TrimSpace(head)
	switch {
	case strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet") && strings.HasPrefix(start, "<"):
		return readXMLSpreadsheet(text)
	case strings.HasPrefix(start, "mime-version:"):
		return nil, record.Refuse("SHEET_MHT", "这是网页归档（单个文件网页），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。")
	case strings.HasPrefix(start, "<"):
		return readHTML(text)
	}
	return readDelimited(name, text)
}

// trimRows drops empty cells at the end of rows and empty rows at the end.
func trimRows(rows [][]Cell) [][]Cell {
	for i, row := range rows {
		n := len(row)
		for n > 0 && row[n-1].Type == Empty && !row[n-1].Formula {
			n--
		}
		rows[i] = row[:n]
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}
