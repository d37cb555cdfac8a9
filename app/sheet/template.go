package sheet

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

// Names of the sheets of a template besides the one to fill in.
const (
	notesSheet = "填表说明"
	listsSheet = "选项"
)

// mostTemplateRows is how far down a template's drop-downs reach.
const mostTemplateRows = 2000

// Template writes a blank workbook to fill in: headings with * where something
// must stand, drop-downs for code lists, a sheet that says how to fill each
// column. Read back empty it gives no records.
func Template(k record.Kind, w io.Writer) error {
	f := excelize.NewFile()
	t := template{f: f, sheet: sheetName(k.Page, map[string]bool{}), kind: k}
	if err := t.write(); err != nil {
		return fmt.Errorf("sheet: template: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("sheet: template: %w", err)
	}
	return f.Close()
}

type template struct {
	f     *excelize.File
	sheet string
	kind  record.Kind
	lists int // columns used on the sheet of lists
}

func (t *template) write() error {
	if err := t.f.SetSheetName("Sheet1", t.sheet); err != nil {
		return err
	}
	for _, name := range []string{notesSheet, listsSheet} {
		if _, err := t.f.NewSheet(name); err != nil {
			return err
		}
	}
	if err := t.f.SetSheetVisible(listsSheet, false); err != nil {
		return err
	}
	st, err := newStyles(t.f)
	if err != nil {
		return err
	}
	notes := [][]any{{"栏目", "必填", "怎么填", "可选项"}}
	col := 0
	for _, f := range t.kind.Fields {
		if f.Locked || !importable(f) {
			continue
		}
		col++
		if err := t.column(col, f, st); err != nil {
			return err
		}
		notes = append(notes, noteOf(f))
	}
	if err := t.f.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := t.f.SetRowHeight(t.sheet, 1, headingHeight); err != nil {
		return err
	}
	for _, name := range []string{t.sheet, notesSheet} {
		if err := layPage(t.f, name); err != nil {
			return err
		}
	}
	return t.notes(notes, st)
}

func (t *template) column(col int, f record.Field, st styles) error {
	letter, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return err
	}
	label, heading := f.Label, st.heading
	if f.Required {
		label, heading = "*"+label, st.must
	}
	h := headOf(f)
	if !h.number {
		if err := t.f.SetColStyle(t.sheet, letter, st.blank); err != nil {
			return err
		}
	}
	if err := t.f.SetColWidth(t.sheet, letter, letter, h.width); err != nil {
		return err
	}
	if err := t.f.SetCellStr(t.sheet, letter+"1", label); err != nil {
		return err
	}
	if err := t.f.SetCellStyle(t.sheet, letter+"1", letter+"1", heading); err != nil {
		return err
	}
	return t.dropDown(letter, f)
}

// dropDown offers the labels of a code list. A list is longer than a cell's own
// validation may be, so it stands on a hidden sheet.
func (t *template) dropDown(letter string, f record.Field) error {
	choice, ok := f.Type.(record.Choice)
	if _, yesNo := f.Type.(record.YesNo); yesNo {
		choice, ok = record.Choice{Codes: []record.Code{{Label: "是"}, {Label: "否"}}}, true
	}
	if !ok || len(choice.Codes) == 0 {
		return nil
	}
	t.lists++
	from, err := excelize.ColumnNumberToName(t.lists)
	if err != nil {
		return err
	}
	for i, code := range choice.Codes {
		if err := t.f.SetCellStr(listsSheet, fmt.Sprintf("%s%d", from, i+1), code.Label); err != nil {
			return err
		}
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", letter, letter, mostTemplateRows))
	v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listsSheet, from, from, len(choice.Codes)))
	if choice.Open {
		v.ShowErrorMessage = false
	} else {
		v.SetError(excelize.DataValidationErrorStyleWarning, f.Label, "请从下拉列表里选；列表里没有的，导入时会请你核对。")
	}
	return t.f.AddDataValidation(t.sheet, v)
}

// noteOf says how to fill in one column.
func noteOf(f record.Field) []any {
	must, how, options := "", f.Hint, ""
	if f.Required {
		must = "必填"
	}
	example := ""
	switch t := f.Type.(type) {
	case record.Day:
		example = "2019-06-12；只知道年月写 2019-06，只知道年写 2019"
	case record.Moment:
		example = "2026-11-20 14:00；不知道几点只写日期"
	case record.IDNumber:
		example = "18 位，单元格要设为文本"
	case record.Phone:
		example = "手机写 11 位，座机写 021-58001234"
	case record.Money:
		example = "写元和分，例如 13.40"
	case record.Ref:
		example = "写姓名或名称，要先在台账里登记"
	case record.Rows:
		example = "几项之间用“；”或换行隔开，姓名之间用“、”隔开"
	case record.YesNo:
		example = "填“是”或“否”"
	case record.Choice:
		var labels []string
		for _, code := range t.Codes {
			labels = append(labels, code.Label)
		}
		example, options = "从下拉列表里选", strings.Join(labels, "、")
	}
	return []any{f.Label, must, strings.Trim(how+"。"+example, "。"), options}
}

func (t *template) notes(rows [][]any, st styles) error {
	for i, row := range rows {
		if err := t.f.SetSheetRow(notesSheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	for letter, width := range map[string]float64{"A": 22, "B": 8, "C": 48, "D": 60} {
		if err := t.f.SetColWidth(notesSheet, letter, letter, width); err != nil {
			return err
		}
	}
	if err := t.f.SetCellStyle(notesSheet, "A1", "D1", st.heading); err != nil {
		return err
	}
	return t.f.SetCellStyle(notesSheet, "A2", fmt.Sprintf("D%d", len(rows)), st.text)
}
