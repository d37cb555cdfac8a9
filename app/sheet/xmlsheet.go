package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xmlBook reads the XML of Excel 2003 ("XML 表格 2003"), which older systems
// export as ".xls".
type xmlBook struct {
	sheets   []Sheet
	b        *builder
	row, col int               // of the last cell; col is the last column it covers
	at       int               // first column of the last cell
	style    map[string]string // style id → number format code
	id       string            // of the style being read
	cell     xml.StartElement
}

func readXMLSpreadsheet(text string) ([]Sheet, error) {
	x := xmlBook{style: map[string]string{}}
	err := walkXML(strings.NewReader(text), x.token)
	if x.b != nil {
		x.sheets = append(x.sheets, x.b.sheet)
	}
	if err == nil && len(x.sheets) == 0 {
		return nil, noSpreadsheet("")
	}
	return x.sheets, err
}

func (x *xmlBook) token(d *xml.Decoder, t xml.Token) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	switch e.Name.Local {
	case "Style":
		x.id = attr(e, "ID")
	case "NumberFormat":
		x.style[x.id] = namedFormat(attr(e, "Format"))
	case "Worksheet":
		if x.b != nil {
			x.sheets = append(x.sheets, x.b.sheet)
		}
		x.b, x.row = &builder{sheet: Sheet{Name: attr(e, "Name")}}, -1
	case "Row":
		x.row, x.col = next(x.row, e), -1
	case "Cell":
		x.cell, x.at = e, next(x.col, e)
		x.col = x.at
		x.block()
	case "Data":
		if x.b != nil {
			return x.data(d, e)
		}
	}
	return nil
}

// next returns the zero-based place of a row or cell: the next one, or its Index.
func next(at int, e xml.StartElement) int {
	if n, err := strconv.Atoi(attr(e, "Index")); err == nil && n > 0 {
		return n - 1
	}
	return at + 1
}

// namedFormat turns the names of formats into codes.
func namedFormat(name string) string {
	switch name {
	case "Short Date", "Long Date", "Medium Date":
		return "yyyy-mm-dd"
	case "General Date":
		return "yyyy-mm-dd hh:mm"
	case "General", "Standard", "Fixed":
		return ""
	}
	return name
}

// block notes the cells that the present one covers; the next stands behind it.
func (x *xmlBook) block() {
	right, _ := strconv.Atoi(attr(x.cell, "MergeAcross")) // 0 where absent
	down, _ := strconv.Atoi(attr(x.cell, "MergeDown"))
	if x.b != nil && (right > 0 || down > 0) && right >= 0 && down >= 0 && right < mostColumns && down < mostRows {
		x.b.merge(Range{x.row, x.at, x.row + down, x.at + right})
		x.col += right
	}
}

func (x *xmlBook) data(d *xml.Decoder, e xml.StartElement) error {
	kind := attr(e, "Type")
	text, err := allText(d)
	if err != nil {
		return err
	}
	c := textCell(text, Text)
	switch kind {
	case "Number":
		if n, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
			c = numberCell(n, strings.TrimSpace(text), x.style[attr(x.cell, "StyleID")])
		}
	case "Boolean":
		c = Cell{Type: Bool, Text: map[bool]string{true: "是", false: "否"}[isOn(strings.TrimSpace(text))]}
	case "Error":
		c = Cell{Type: Fault, Text: text}
	}
	c.Formula = attr(x.cell, "Formula") != ""
	return x.b.put(x.row, x.at, c)
}

// allText reads all characters up to the end of the element just entered,
// those of inner formatting included.
func allText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String(), nil
}

// walkXML calls each for every token of an XML text.
func walkXML(r io.Reader, each func(d *xml.Decoder, t xml.Token) error) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
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
