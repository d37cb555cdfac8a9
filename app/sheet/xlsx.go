package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// archive is the opened zip of an xlsx. Reading is a stream of XML tokens, not a
// document in memory: that keeps the memory of a hostile file bounded, and types,
// number formats and formulas, which a rows iterator does not give, in reach.
type archive struct {
	files map[string]*zip.File // by lower-case path
	left  int64                // bytes that may still be unpacked
}

// otherZips names zip files that are not workbooks by a part that they hold.
var otherZips = [...]struct{ part, code, say string }{
	{"word/document.xml", "SHEET_FOREIGN", "这是文字文档（.docx），不是表格，没有读入任何内容。请把里面的表格复制到 Excel 或 WPS 表格，另存后再导入。"},
	{"ppt/presentation.xml", "SHEET_FOREIGN", "这是演示文稿，不是表格，没有读入任何内容。请选 .xlsx、.xls 或 CSV 文件。"},
	{"xl/workbook.bin", "SHEET_BINARY", "这是二进制工作簿（.xlsb），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。"},
	{"content.xml", "SHEET_ODS", "这是开放文档表格（.ods），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。"},
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	if len(z.File) > mostEntries {
		return nil, tooBig()
	}
	a := &archive{files: map[string]*zip.File{}, left: mostUnpacked}
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, locked()
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > mostUnpacked || total > mostUnpacked {
			return nil, tooBig()
		}
		a.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	for _, other := range otherZips {
		if _, ok := a.files[other.part]; ok {
			return nil, record.Refuse(other.code, other.say)
		}
	}
	return a, nil
}

// errPart means that the archive lacks a part.
var errPart = errors.New("sheet: part missing")

// tokens calls each for every XML token of a part. The declared size is not
// believed: what is really unpacked counts against the limit.
func (a *archive) tokens(name string, each func(d *xml.Decoder, t xml.Token) error) error {
	f, ok := a.files[strings.ToLower(name)]
	if !ok {
		return errPart
	}
	r, err := f.Open()
	if err != nil {
		return damaged(err)
	}
	limited := &io.LimitedReader{R: r, N: a.left + 1}
	err = walkXML(limited, each)
	a.left = limited.N - 1
	if closing := r.Close(); err == nil && closing != nil {
		err = damaged(closing)
	}
	if a.left < 0 {
		return tooBig()
	}
	return err
}

func walkXML(r io.Reader, each func(d *xml.Decoder, t xml.Token) error) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if err := each(d, t); err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isOn(s string) bool { return s == "1" || s == "true" || s == "on" }

// workbook is what the parts besides the sheets say.
type workbook struct {
	sheets   []sheetRef
	date1904 bool
	strings  []string
	formats  []string // number format code by cell style
}

type sheetRef struct {
	name, rel string
	hidden    bool
}

func readXLSX(data []byte) ([]Sheet, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	targets, err := a.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	for _, t := range targets {
		if t.is("officeDocument") {
			main = t.path
		}
	}
	book, parts, err := a.workbook(main)
	if err != nil {
		return nil, err
	}
	var sheets []Sheet
	for _, ref := range book.sheets {
		part, ok := parts[ref.rel]
		if !ok || !part.is("worksheet") {
			continue // a chart or macro sheet
		}
		s, err := a.worksheet(part.path, ref, book)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

type relation struct{ kind, path string }

func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

// relations reads a .rels part; paths are resolved against folder. A missing
// part has no relations.
func (a *archive) relations(name, folder string) (map[string]relation, error) {
	out := map[string]relation{}
	err := a.tokens(name, func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			out[attr(e, "Id")] = relation{attr(e, "Type"), strings.TrimPrefix(target, "/")}
		}
		return nil
	})
	if errors.Is(err, errPart) {
		return out, nil
	}
	return out, err
}

func (a *archive) workbook(name string) (workbook, map[string]relation, error) {
	var book workbook
	err := a.tokens(name, func(_ *xml.Decoder, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "workbookPr":
			book.date1904 = isOn(attr(e, "date1904"))
		case ok && e.Name.Local == "sheet":
			state := attr(e, "state")
			book.sheets = append(book.sheets, sheetRef{attr(e, "name"), attr(e, "id"), state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	if errors.Is(err, errPart) {
		return book, nil, noSpreadsheet("是压缩包，不是表格")
	}
	if err != nil {
		return book, nil, err
	}
	folder := path.Dir(name)
	parts, err := a.relations(path.Join(folder, "_rels", path.Base(name)+".rels"), folder)
	if err != nil {
		return book, nil, err
	}
	for _, p := range parts {
		if p.is("sharedStrings") {
			err = a.sharedStrings(p.path, &book)
		} else if p.is("styles") {
			err = a.styles(p.path, &book)
		}
		if err != nil && !errors.Is(err, errPart) {
			return book, nil, err
		}
	}
	return book, parts, nil
}

// sharedStrings reads the string table; phonetic guides are left out.
func (a *archive) sharedStrings(name string, book *workbook) error {
	return a.tokens(name, func(d *xml.Decoder, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "si" {
			return nil
		}
		if len(book.strings) >= mostCells {
			return tooBig()
		}
		s, err := richText(d)
		book.strings = append(book.strings, s)
		return err
	})
}

// richText reads the text up to the end of the element just entered.
func richText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	depth, taking := 1, false
	for depth > 0 {
		t, err := d.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return "", damaged(err)
				}
				continue
			}
			depth++
			taking = t.Name.Local == "t"
		case xml.EndElement:
			depth--
			taking = false
		case xml.CharData:
			if taking {
				b.Write(t)
			}
		}
	}
	return unescapeX(b.String()), nil
}

// unescapeX turns _x000D_ and alike, by which OOXML writes control characters,
// back into the characters.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			return b.String() + s
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' || n >= 0xD800 && n < 0xE000 {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
}
