package sheet

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhibu/storage/record"
)

// Report writes the workbook that was read with a further column 问题 on every
// sheet, holding all that was found in its row, and the cells in question
// coloured: red must be mended, yellow should be looked at. The file that was
// read is not touched.
func (p *Plan) Report(w io.Writer) error {
	f := excelize.NewFile()
	if err := f.SetDefaultFont(face); err != nil {
		return fmt.Errorf("sheet: report: %w", err)
	}
	used := map[string]bool{}
	var done []*Sheet
	for _, s := range p.Sheets {
		if len(done) > 0 && done[len(done)-1] == s.source {
			continue // a further table of the same sheet
		}
		name := sheetName(strings.TrimSpace(s.source.Name), used)
		var err error
		if len(done) == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = p.reportSheet(f, name, s.source)
		}
		if err != nil {
			return fmt.Errorf("sheet: report: %w", err)
		}
		done = append(done, s.source)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("sheet: report: %w", err)
	}
	return f.Close()
}

// marks are the findings of one sheet by row.
type marks struct {
	say   map[int][]string
	level map[[2]int]record.Severity // zero-based row and column
	heads map[int]bool               // heading rows, zero-based
}

func (p *Plan) marksOf(source *Sheet) marks {
	m := marks{say: map[int][]string{}, level: map[[2]int]record.Severity{}, heads: map[int]bool{}}
	for _, s := range p.Sheets {
		if s.source != source {
			continue
		}
		m.heads[s.HeadingsRow-1] = true
		for _, r := range s.Rows {
			for _, i := range r.Issues {
				if r.State == Skipped && !strings.Contains(i.Say, "示例") {
					continue
				}
				m.say[r.Row-1] = append(m.say[r.Row-1], i.Say)
				at := [2]int{r.Row - 1, columnIndex(i.Col)}
				m.level[at] = max(m.level[at], levelOf(i.Severity))
			}
		}
	}
	return m
}

func levelOf(severity string) record.Severity {
	switch severity {
	case record.Block.String():
		return record.Block
	case record.Warn.String():
		return record.Warn
	}
	return record.Info
}

// painter writes cells with styles made on demand.
type painter struct {
	f      *excelize.File
	styles map[string]int
}

func (p *painter) style(level record.Severity, format string, wrap bool) (int, error) {
	key := fmt.Sprint(level, format, wrap)
	if id, ok := p.styles[key]; ok {
		return id, nil
	}
	s := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: wrap}}
	switch {
	case format != "" && format != "@":
		s.CustomNumFmt = &format
	case format == "@":
		s.NumFmt = 49
	}
	if level > record.Info {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{map[record.Severity]string{record.Warn: "FFF2CC", record.Block: "F8CBAD"}[level]}}
	}
	id, err := p.f.NewStyle(&s)
	p.styles[key] = id
	return id, err
}

func (p *Plan) reportSheet(f *excelize.File, name string, s *Sheet) error {
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	paint, m, width := painter{f, map[string]int{}}, p.marksOf(s), s.width()
	if err := sw.SetColWidth(width+1, width+1, 70); err != nil {
		return err
	}
	if err := sw.SetColWidth(1, max(width, 1), 13); err != nil {
		return err
	}
	for row := range s.Rows {
		cells, err := paint.row(s, row, width, m)
		if err != nil {
			return err
		}
		if err := sw.SetRow(fmt.Sprintf("A%d", row+1), cells); err != nil {
			return err
		}
	}
	for _, b := range s.Merged {
		if b.Bottom < len(s.Rows) && b.Right < width {
			if err := sw.MergeCell(fmt.Sprintf("%s%d", Letter(b.Left), b.Top+1), fmt.Sprintf("%s%d", Letter(b.Right), b.Bottom+1)); err != nil {
				return err
			}
		}
	}
	return sw.Flush()
}

func (p *painter) row(s *Sheet, row, width int, m marks) ([]any, error) {
	cells := make([]any, width+1)
	for col := range width {
		c := s.Cell(row, col)
		level := m.level[[2]int{row, col}]
		if c.Type == Empty && level == record.Info {
			continue
		}
		format := "@"
		var value any = clipCell(c.Text)
		if c.Type == Number && c.Raw == "" {
			format, value = c.Format, c.Number
		}
		style, err := p.style(level, format, true)
		if err != nil {
			return nil, err
		}
		cells[col] = excelize.Cell{StyleID: style, Value: value}
	}
	style, err := p.style(record.Info, "@", true)
	if err != nil {
		return nil, err
	}
	switch {
	case m.heads[row]:
		cells[width] = excelize.Cell{StyleID: style, Value: "问题"}
	case len(m.say[row]) > 0:
		cells[width] = excelize.Cell{StyleID: style, Value: clipCell(strings.Join(m.say[row], "\n"))}
	}
	return cells, nil
}

// clipCell keeps text within what a cell holds.
func clipCell(s string) string {
	if isBlank(s) {
		return s
	}
	return neutral(pieces(s)[0])
}
