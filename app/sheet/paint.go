package sheet

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

// writeListing streams one listing into its sheet.
func writeListing(f *excelize.File, l listing) error {
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	if err := layPage(f, l.name); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(l.name)
	if err != nil {
		return err
	}
	for i, h := range slices.Backward(l.heads) { // the library puts each before the others
		if err := sw.SetColWidth(i+1, i+1, h.fit(l.rows, i)); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := f.AutoFilter(l.name, "A1:"+address(len(l.rows), len(l.heads)-1), nil); err != nil {
		return err
	}
	cells := make([]any, len(l.heads))
	for i, h := range l.heads {
		cells[i] = excelize.Cell{StyleID: st.headingOf(h), Value: h.text}
	}
	if err := sw.SetRow("A1", cells, excelize.RowOpts{Height: headingHeight}); err != nil {
		return err
	}
	for i, row := range l.rows {
		for j, text := range row {
			cells[j] = st.cell(l.heads[j], text)
		}
		if err := sw.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// headingHeight is the height in points of a row of headings, for two lines.
const headingHeight = 33

// layPage prepares a sheet for printing: A4 across, as wide as the paper, the
// headings on every page, pages numbered.
func layPage(f *excelize.File, name string) error {
	on, a4, across, one, free := true, 9, "landscape", 1, 0
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &on}); err != nil {
		return err
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &one, FitToHeight: &free}); err != nil {
		return err
	}
	side, end := 0.4, 0.6
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
}

// styles are the cell styles of written workbooks.
type styles struct{ heading, must, quiet, text, number, money, key, blank int }

func newStyles(f *excelize.File) (styles, error) {
	var st styles
	edges := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		edges = append(edges, excelize.Border{Type: side, Color: "CFC7B8", Style: 1})
	}
	top := &excelize.Alignment{Vertical: "top"}
	head := func(colour string) excelize.Style {
		return excelize.Style{Border: edges, Font: &excelize.Font{Family: face, Size: 11, Bold: true, Color: colour}, NumFmt: 49, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F0EADF"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}
	}
	plain := &excelize.Font{Family: face, Size: 11}
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&st.heading, head("2B2620")},
		{&st.must, head("B3261E")},
		{&st.quiet, head("8C857A")},
		{&st.text, excelize.Style{Border: edges, Font: plain, NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&st.number, excelize.Style{Border: edges, Font: plain, Alignment: top}},
		{&st.money, excelize.Style{Border: edges, Font: plain, NumFmt: 2, Alignment: top}},
		// For whole columns: a frame would run down to the last row.
		{&st.blank, excelize.Style{Font: plain, NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		// Cut off at the edge instead of wrapping over four lines: nobody reads it.
		{&st.key, excelize.Style{Border: edges, Font: &excelize.Font{Family: face, Size: 9, Color: "8C857A"}, NumFmt: 49, Alignment: &excelize.Alignment{Horizontal: "fill", Vertical: "top"}}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return st, err
		}
		*s.to = id
	}
	return st, nil
}

// face is the font of written workbooks; every Windows, UOS and Kylin with WPS
// has it.
const face = "宋体"

func (st styles) headingOf(h head) int {
	if h.key {
		return st.quiet
	}
	return st.heading
}

func (st styles) cell(h head, text string) any {
	_, money := h.field.Type.(record.Money)
	switch x, err := strconv.ParseFloat(text, 64); {
	case text == "":
		return excelize.Cell{StyleID: st.text} // only its frame
	case h.key:
		return excelize.Cell{StyleID: st.key, Value: neutral(text)}
	case !h.number || err != nil || len(text) > 15: // more digits than a number keeps
	case money:
		return excelize.Cell{StyleID: st.money, Value: x}
	default:
		return excelize.Cell{StyleID: st.number, Value: x}
	}
	return excelize.Cell{StyleID: st.text, Value: neutral(text)}
}
