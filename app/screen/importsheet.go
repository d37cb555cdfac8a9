package screen

import (
	"strings"

	"zhibu/storage/record"
)

// SheetCell is one cell of the file as it will be taken.
type SheetCell struct {
	Text string
	Say  string // what is wrong with it, "" for nothing
	Tone Tone
	Open bool // it may be typed in
}

// SheetRows returns the rows of the file that hold a record, in its order.
func (p *Importing) SheetRows() []ImportRow { return p.people() }

// SheetColumns returns the columns that are taken.
func (p *Importing) SheetColumns() []ImportColumn {
	var out []ImportColumn
	for _, c := range p.plan.Columns {
		if c.Field != "" {
			out = append(out, c)
		}
	}
	return out
}

// SheetCell returns what stands in a cell, mended or as the file has it. A sensitive
// value that reads well stays masked and shut.
func (p *Importing) SheetCell(row ImportRow, c ImportColumn) SheetCell {
	at := Cell{Row: row.Row, Col: c.Col}
	text, mended := p.text(row, c)
	cell := SheetCell{Text: text, Open: true}
	for _, issue := range row.Issues {
		if issue.Cell != at || issue.Severity == record.Info {
			continue
		}
		cell.Say, cell.Tone = issue.Say, Soon
		if issue.Severity == record.Block {
			cell.Tone = Late
			break
		}
	}
	if f, ok := p.kind.Field(c.Field); ok && f.Sensitive && cell.Say == "" && text != "" && !mended {
		cell.Text, cell.Open = Masked(text), false
	}
	return cell
}

// text returns what stands in a cell, and whether it was mended.
func (p *Importing) text(row ImportRow, c ImportColumn) (text string, mended bool) {
	text, mended = p.fixes[Cell{Row: row.Row, Col: c.Col}]
	if !mended {
		text = row.Texts[c.Col]
	}
	return text, mended
}

// Fix replaces what stands in a cell; the file itself is never changed. Reckon then
// says what comes of it.
func (p *Importing) Fix(row ImportRow, c ImportColumn, text string) {
	p.fixes[Cell{Row: row.Row, Col: c.Col}] = text
}

// RowMark says what becomes of a row.
func (p *Importing) RowMark(r ImportRow) Mark {
	switch {
	case p.ways[r.Row] == RowSkip:
		return Mark{Neutral, "跳过"}
	case p.goes(r):
		return Mark{Fine, "可导入"}
	case r.State == RowSame:
		return Mark{Neutral, "已有"}
	}
	return Mark{Late, "有问题"}
}

// RowSays returns what is wrong in a row, in one line.
func (p *Importing) RowSays(r ImportRow) string {
	var says []string
	for _, issue := range r.Issues {
		if issue.Severity != record.Info {
			says = append(says, issue.Say)
		}
	}
	return strings.Join(says, " ")
}
