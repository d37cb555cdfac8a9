package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"

	"zhibu/storage/record"
)

// Limits of what a workbook may make the spreadsheet library lay out in memory.
// It keeps about 200 bytes for each place.
const (
	mostPlaces     = 3_000_000 // cells, empty ones before and above them, other elements
	mostMerged     = 20_000    // merged blocks of a sheet: the library compares each with each
	mostNumberless = 10_000    // rows of a sheet without a number: the library moves all others for each
)

// otherZips names zip files that are not workbooks by a part that they hold.
var otherZips = [...]struct{ part, code, say string }{
	{"word/document.xml", "SHEET_FOREIGN", "这是文字文档（.docx），不是表格，没有读入任何内容。请把里面的表格复制到 Excel 或 WPS 表格，另存后再导入。"},
	{"ppt/presentation.xml", "SHEET_FOREIGN", "这是演示文稿，不是表格，没有读入任何内容。请选 .xlsx、.xls 或 CSV 文件。"},
	{"xl/workbook.bin", "SHEET_BINARY", "这是二进制工作簿（.xlsb），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。"},
	{"content.xml", "SHEET_ODS", "这是开放文档表格（.ods），没有读入任何内容。请用 WPS 打开，另存为 .xlsx 再导入。"},
}

// checkArchive goes through the zip of a workbook before the spreadsheet library
// does. It refuses what is no workbook, locked, too big, or not whole: the
// library checks no checksums, lays out every empty cell before a filled one in
// memory, and passes over cells that it cannot read without a word.
func checkArchive(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return damaged(err)
	}
	if len(z.File) > mostEntries {
		return tooBig()
	}
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return locked()
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > mostUnpacked || total > mostUnpacked {
			return tooBig()
		}
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		for _, other := range otherZips {
			if name == other.part {
				return record.Refuse(other.code, other.say)
			}
		}
	}
	var c contents
	for _, f := range z.File {
		if err := c.part(f); err != nil {
			return err
		}
	}
	if !c.workbook {
		return noSpreadsheet("是压缩包，不是表格")
	}
	if c.used > c.strings {
		return damaged(errors.New("sheet: cells refer to strings that are not there"))
	}
	return nil
}

// contents is what the parts of a workbook hold together.
type contents struct {
	workbook      bool // there is a part that lists sheets
	places        int
	strings, used int // shared strings: entries, and how many the cells refer to
}

// part reads a part to its end, where the zip reader verifies size and checksum.
func (c *contents) part(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return damaged(err)
	}
	p := part{contents: c, sst: strings.EqualFold(f.Name, "xl/sharedStrings.xml"), masters: map[string]bool{}}
	err = p.measure(r)
	if _, reading := io.Copy(io.Discard, r); err == nil && reading != nil {
		err = damaged(reading)
	}
	if closing := r.Close(); err == nil && closing != nil {
		err = damaged(closing)
	}
	return err
}

// part is the place reached in one part.
type part struct {
	*contents
	sst                bool
	root               string
	row, col           int // one-based, of the last row and cell
	numberless, merged int
	index              bool            // the value of a cell that refers to a shared string is next
	shared             bool            // the cell refers to a shared string
	masters            map[string]bool // shared formulas: is the one that others refer to there
}

// measure counts what the part will take. Whatever is no XML, or is broken, is
// left to the library, which stops at the same place; only a broken worksheet
// is refused here.
func (p *part) measure(r io.Reader) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return p.end()
		case err != nil && p.root == "worksheet":
			return damaged(err)
		case err != nil:
			return nil
		}
		switch e := t.(type) {
		case xml.StartElement:
			err = p.element(e)
		case xml.CharData:
			err = p.text(string(e))
		}
		if err != nil {
			return err
		}
		if p.places > mostPlaces || p.merged > mostMerged || p.numberless > mostNumberless {
			return tooBig()
		}
	}
}

func (p *part) element(e xml.StartElement) error {
	if p.root == "" {
		p.root = e.Name.Local
		p.workbook = p.workbook || p.root == "workbook"
	}
	p.index = false
	switch {
	case p.sst && e.Name.Local == "si":
		p.strings++
	case p.root == "worksheet":
		return p.cells(e)
	case e.Name.Local == "t":
		return nil // counted by what it stands in
	}
	p.places++
	return nil
}

func (p *part) cells(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		return p.rowAt(e)
	case "c":
		p.shared = attr(e, "t") == "s"
		return p.cellAt(e)
	case "v", "t":
		p.index = p.shared && e.Name.Local == "v"
		return nil
	case "f":
		if si := attr(e, "si"); si != "" {
			p.masters[si] = p.masters[si] || attr(e, "ref") != ""
		}
	case "mergeCell":
		p.merged++
	}
	p.places++
	return nil
}

var (
	errOrder  = errors.New("sheet: rows or cells out of order")
	errNumber = errors.New("sheet: bad number of a row, cell or string")
)

// rowAt takes the number of a row, or the next one. Numbers rise in every file
// that Excel opens; the library would put the cells of others in wrong places.
func (p *part) rowAt(e xml.StartElement) error {
	row := p.row + 1
	if r, ok := once(e, "r"); !ok {
		return damaged(errNumber)
	} else if r == "" {
		p.numberless++
	} else if n, err := strconv.Atoi(r); err != nil || n > excelize.TotalRows {
		return damaged(errNumber)
	} else {
		row = n
	}
	if row <= p.row {
		return damaged(errOrder)
	}
	p.places += row - p.row
	p.row, p.col = row, 0
	return nil
}

func (p *part) cellAt(e xml.StartElement) error {
	col := p.col + 1
	r, ok := once(e, "r")
	if !ok {
		return damaged(errNumber)
	}
	if r != "" {
		x, y, err := excelize.CellNameToCoordinates(r)
		if err != nil || r != address(y-1, x-1) {
			return damaged(errNumber)
		}
		if y != p.row {
			return damaged(errOrder)
		}
		col = x
	}
	if col <= p.col {
		return damaged(errOrder)
	}
	p.places += col - p.col
	p.col = col
	return nil
}

// once returns the attribute, "" if absent; an element that has it twice is not ok.
func once(e xml.StartElement, name string) (value string, ok bool) {
	n := 0
	for _, a := range e.Attr {
		if a.Name.Local == name {
			value = a.Value
			n++
		}
	}
	return value, n < 2
}

// text takes the index of a shared string.
func (p *part) text(s string) error {
	if !p.index {
		return nil
	}
	p.index = false
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return damaged(errNumber)
	}
	p.used = max(p.used, n+1)
	return nil
}

// end refuses formulas that refer to one that is not there: the library would
// search the whole sheet for it at each of them.
func (p *part) end() error {
	for _, there := range p.masters {
		if !there {
			return damaged(errors.New("sheet: shared formula without its master"))
		}
	}
	return nil
}
