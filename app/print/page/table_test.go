package page

import (
	"fmt"
	"strings"
	"testing"
)

func pageText(p *Page) string {
	var b strings.Builder
	for _, item := range p.Items {
		if run, ok := item.(Run); ok {
			b.WriteString(run.Text)
		}
	}
	return b.String()
}

func cellOf(s Style, text string) Cell { return Cell{Text: Text(s, text), H: 8} }

func TestHeadingsAreRepeatedOnEveryPage(t *testing.T) {
	s := Style{Face: testFace(t), Size: 10, Value: true}
	table := Table{Cols: []float64{20, 40}, Head: 1, Rows: []Row{{Cells: []Cell{cellOf(s, "序号"), cellOf(s, "姓名")}}}}
	for i := range 200 {
		table.Rows = append(table.Rows, Row{Cells: []Cell{cellOf(s, fmt.Sprint(i)), cellOf(s, "王某")}})
	}
	f := NewFlow(Portrait)
	f.Table(table)
	if len(f.Pages) < 6 {
		t.Fatalf("%d pages for 200 rows", len(f.Pages))
	}
	names := 0
	for i, p := range f.Pages {
		text := pageText(p)
		if !strings.HasPrefix(text, "序号姓名") {
			t.Errorf("page %d begins with %.12q", i+1, text)
		}
		names += strings.Count(text, "王某")
	}
	if names != 200 {
		t.Errorf("%d rows on paper, want 200", names)
	}
}

func TestATallRowGoesOnOverPages(t *testing.T) {
	s := Style{Face: testFace(t), Size: 12, Value: true, Align: Justify}
	label := s
	label.Value = false
	text := strings.Repeat("会议讨论了有关事项，形成一致意见。", 400)
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{25, 140}, Rows: []Row{{Split: true, Cells: []Cell{cellOf(label, "会议内容"), cellOf(s, text)}}}})
	var all strings.Builder
	for i, p := range f.Pages {
		got := pageText(p)
		if !strings.HasPrefix(got, "会议内容") {
			t.Errorf("page %d lacks the label", i+1)
		}
		all.WriteString(strings.TrimPrefix(got, "会议内容"))
	}
	if all.String() != text {
		t.Error("text was lost over the page break")
	}
}

func TestAFixedCellHandsOnWhatItCannotHold(t *testing.T) {
	s := Style{Face: testFace(t), Size: 12, Value: true, Align: Justify}
	text := strings.Repeat("主动承担急难险重任务。", 60)
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{100}, Rows: []Row{{Cells: []Cell{{Text: Text(s, text), H: 30, Fixed: true, Label: "主要事迹", VAlign: Top}}}}})
	rest := f.Overflow()
	if len(rest) != 1 || rest[0].Label != "主要事迹" || rest[0].No != 1 {
		t.Fatalf("overflow %+v", rest)
	}
	kept := strings.TrimSuffix(pageText(f.Page()), "（转续页 ①）")
	if len(kept) == len(pageText(f.Page())) {
		t.Error("the cell does not name its continuation page")
	}
	for _, span := range rest[0].Paras[0] {
		kept += span.Text
	}
	if kept != text {
		t.Error("cell and continuation page do not add up to the text")
	}
	if f.Y > Portrait.Top+30.01 {
		t.Errorf("the fixed cell grew to %.2f mm", f.Y-Portrait.Top)
	}
}

func TestAFixedCellWithoutTextOrWithEmptyLinesIsNoTrouble(t *testing.T) {
	s := Style{Face: testFace(t), Size: 12, Value: true}
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{60, 60}, Rows: []Row{{Cells: []Cell{
		{H: 10, Fixed: true, Label: "空", Sign: Text(s, "签名\n签名\n签名")},
		{H: 10, Fixed: true, Label: "空行", Text: Text(s, "一\n\n\n二\n\n三")}}}}})
	if rest := f.Overflow(); len(rest) != 1 || rest[0].Label != "空行" {
		t.Errorf("overflow %+v", rest)
	}
}

func TestEdgesAreDrawnOnceAndTextStaysOffThem(t *testing.T) {
	s := Style{Face: testFace(t), Size: 11, Value: true, Align: Center}
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{20, 30, 40}, Rows: []Row{
		{Cells: []Cell{{Text: Text(s, "竖"), Rows: 2, Vertical: true, H: 8}, {Text: Text(s, "横跨两列"), Cols: 2, H: 8}}},
		{Cells: []Cell{cellOf(s, "一"), cellOf(s, "二")}},
	}})
	seen := map[Line]bool{}
	lines := 0
	for _, item := range f.Page().Items {
		l, ok := item.(Line)
		if !ok {
			continue
		}
		lines++
		if seen[l] {
			t.Errorf("edge %+v is drawn twice", l)
		}
		seen[l] = true
	}
	if lines != 7 {
		t.Errorf("%d lines, want 3 horizontal and 4 vertical ones", lines)
	}
	if over := Crossings(f.Page()); len(over) > 0 {
		t.Errorf("text over a rule: %v", over)
	}
	if len(Outside(f.Page())) > 0 {
		t.Error("something stands outside the type area")
	}
}

func TestStretchFillsThePage(t *testing.T) {
	s := Style{Face: testFace(t), Size: 11}
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{60}, Keep: 14, Rows: []Row{{Cells: []Cell{cellOf(s, "甲")}}, {Stretch: true, Cells: []Cell{cellOf(s, "乙")}}}})
	if room := f.Room(); room < 13.9 || room > 14.1 {
		t.Errorf("%.2f mm are left, want the 14 kept for the foot line", room)
	}
}

func TestTiedRowsShareAPageAndWhatIsAboveFillsIt(t *testing.T) {
	s := Style{Face: testFace(t), Size: 11}
	row := func(text string, h float64) Row { return Row{Cells: []Cell{{Text: Text(s, text), H: h}}} }
	body, vote, decision := row("发言", 180), row("表决", 40), row("决议", 40)
	body.Stretch, vote.Tie = true, true
	f := NewFlow(Portrait)
	f.Table(Table{Cols: []float64{60}, Rows: []Row{body, vote, decision}})
	if len(f.Pages) != 2 || pageText(f.Pages[0]) != "发言" || pageText(f.Pages[1]) != "表决决议" {
		t.Fatalf("%d pages, the first says %q", len(f.Pages), pageText(f.Pages[0]))
	}
	foot := 0.0
	for _, item := range f.Pages[0].Items {
		if l, ok := item.(Line); ok {
			foot = max(foot, l.Y2)
		}
	}
	if want := Portrait.H - Portrait.Bottom; foot < want-0.1 || foot > want+0.1 {
		t.Errorf("the first page ends at %.1f mm, want %.1f", foot, want)
	}
}

func TestAHeadingIsNeverTheLastLineOfAPage(t *testing.T) {
	s := Style{Face: testFace(t), Size: 12, Value: true, Lead: 10}
	head := s
	head.Head = true
	for n := 18; n < 30; n++ { // lines before the heading
		cell := Cell{Text: append(Text(s, strings.Repeat("发言\n", n-1)+"发言"), Para{{Text: "标题", Style: head}})}
		cell.Text = append(cell.Text, Text(s, strings.Repeat("发言\n", 9)+"发言")...)
		f := NewFlow(Portrait)
		f.Table(Table{Cols: []float64{100}, Rows: []Row{{Split: true, Cells: []Cell{cell}}}})
		for _, p := range f.Pages {
			if strings.HasSuffix(pageText(p), "标题") {
				t.Errorf("%d lines before it: the heading ends the page", n)
			}
		}
	}
}
