package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhibu/storage/record"
)

// table reads the tables of a web page, which many systems export as ".xls".
type table struct {
	builder
	row, col int
	spans    map[[2]int]bool // cells taken by a block from above
	text     strings.Builder
	inCell   bool
	block    Range
	any      bool
	nested   int
}

// readHTML reads every table of a web page, one below the other on one sheet,
// with a blank row between them.
func readHTML(text string) ([]Sheet, error) {
	t := table{row: -1, spans: map[[2]int]bool{}}
	t.sheet.Name = "网页表格"
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				return nil, damaged(z.Err())
			}
			break
		}
		if err := t.token(kind, z.Token()); err != nil {
			return nil, err
		}
	}
	if err := t.endCell(); err != nil {
		return nil, err
	}
	if !t.any {
		return nil, record.Refuse("SHEET_FOREIGN", "这是网页，里面没有表格，没有读入任何内容。请确认导出或下载完整后再选。")
	}
	return []Sheet{t.sheet}, nil
}

func (t *table) token(kind html.TokenType, k html.Token) error {
	switch {
	case kind == html.TextToken:
		if t.inCell {
			t.text.WriteString(strings.NewReplacer("\n", " ", "\r", " ", "\u00a0", " ").Replace(k.Data))
		}
		return nil
	case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
		return t.start(k)
	case kind == html.EndTagToken:
		return t.end(k.DataAtom)
	}
	return nil
}

func (t *table) start(k html.Token) error {
	switch k.DataAtom {
	case atom.Br, atom.P, atom.Div:
		if t.inCell && strings.TrimSpace(t.text.String()) != "" {
			t.text.WriteByte('\n')
		}
	case atom.Table:
		t.any = true
		if t.inCell {
			t.nested++ // a table inside a cell is only text of that cell
		} else if t.row >= 0 {
			t.row++
		}
	case atom.Tr:
		if t.nested > 0 {
			return nil
		}
		if err := t.endCell(); err != nil {
			return err
		}
		t.row, t.col = t.row+1, 0
	case atom.Td, atom.Th:
		if t.nested > 0 {
			return nil
		}
		return t.startCell(k)
	}
	return nil
}

func (t *table) end(a atom.Atom) error {
	switch {
	case a == atom.Table && t.nested > 0:
		t.nested--
	case t.nested == 0 && (a == atom.Td || a == atom.Th || a == atom.Tr || a == atom.Table):
		return t.endCell()
	}
	return nil
}

func (t *table) startCell(k html.Token) error {
	if err := t.endCell(); err != nil {
		return err
	}
	t.row = max(t.row, 0)
	for t.spans[[2]int{t.row, t.col}] {
		t.col++
	}
	down, right := span(k, "rowspan"), span(k, "colspan")
	if t.col+right > mostColumns {
		right = max(mostColumns-t.col, 1)
	}
	t.inCell, t.block = true, Range{t.row, t.col, t.row + down - 1, t.col + right - 1}
	return nil
}

func span(k html.Token, name string) int {
	for _, a := range k.Attr {
		if a.Key == name {
			n, err := strconv.Atoi(strings.TrimSpace(a.Val))
			if err == nil && n > 1 {
				return min(n, 2000)
			}
		}
	}
	return 1
}

func (t *table) endCell() error {
	if !t.inCell {
		return nil
	}
	b := t.block
	t.inCell = false
	if b.Top != b.Bottom || b.Left != b.Right {
		t.merge(b)
		if len(t.spans) > mostCells {
			return tooBig()
		}
		for row := b.Top + 1; row <= b.Bottom; row++ {
			for col := b.Left; col <= b.Right; col++ {
				t.spans[[2]int{row, col}] = true
			}
		}
	}
	text := strings.TrimSpace(t.text.String())
	t.text.Reset()
	t.col = b.Right + 1
	return t.put(b.Top, b.Left, looseCell(text))
}
