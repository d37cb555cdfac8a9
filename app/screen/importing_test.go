package screen

import (
	"context"
	"errors"
	"slices"
	"testing"

	"zhibu/storage"
	"zhibu/storage/record"
)

// rosterSheets is a spreadsheet of five rows: two good ones, one with a month
// 13, one of a person there already, one title. What the real reader makes of
// real files is tested with app/sheet; here only the wizard is.
type rosterSheets struct{ written ImportPlan }

func (s *rosterSheets) Read(_ context.Context, name string, data []byte) (Workbook, error) {
	if string(data) != "xlsx" {
		return nil, record.Refuse("NOT_A_SHEET", "“"+name+"”不是表格文件。请选 Excel、WPS 表格或 CSV；台账没有变化。")
	}
	return s, nil
}

func (s *rosterSheets) Sheets() []string { return []string{"说明", "在册"} }

func (s *rosterSheets) Write(record.Kind, []string, []record.Record, record.Around) ([]byte, error) {
	return nil, errors.New("not used")
}

func (s *rosterSheets) Table(string, [][]string) ([]byte, error) { return nil, errors.New("not used") }

func (s *rosterSheets) Template(record.Kind) ([]byte, error) { return nil, errors.New("not used") }

func (s *rosterSheets) Report(ctx context.Context, ask PlanAsk, in record.Around) (_ []byte, err error) {
	s.written, err = s.Plan(ctx, ask, in)
	return []byte("issues"), err
}

func (s *rosterSheets) Plan(_ context.Context, ask PlanAsk, in record.Around) (ImportPlan, error) {
	if ask.Sheet == "说明" {
		return ImportPlan{}, record.Refuse("HEADINGS_UNKNOWN", "没有找到表头。")
	}
	field := func(col, otherwise string) string {
		if f, ok := ask.Mapping[col]; ok {
			return f
		}
		return otherwise
	}
	plan := ImportPlan{Sheet: ask.Sheet, Columns: []ImportColumn{
		{Col: "A", Heading: "序号"}, {Col: "B", Heading: "姓名", Field: field("B", "name"), Sure: true},
		{Col: "F", Heading: "入党时间", Field: field("F", "joined"), Sure: true}, {Col: "H", Heading: "小组", Field: field("H", "group")}}}
	for i, row := range [][3]string{{"陈立群", "1998-07-01", "一组"}, {"顾明川", "2014-13-02", "一组"}, {"何砚秋", "2006-11-10", "二组"}} {
		r := ImportRow{Row: i + 4, State: RowNew, Texts: map[string]string{"B": row[0], "F": row[1], "H": row[2]}}
		cell := Cell{Row: r.Row, Col: "F"}
		text := row[1]
		if fixed, ok := ask.Fixes[cell]; ok {
			text = fixed
		}
		v := record.Values{"category": "1"}
		v[plan.Columns[1].Field] = row[0]
		if err := ask.Kind.Set(v, "joined", text); err != nil {
			r.Issues = []ImportIssue{{Cell: cell, Field: "joined", Value: text, Severity: record.Block, Code: record.CodeOf(err), Say: record.SayOf(err)}}
		} else {
			r.Values = v
		}
		plan.Rows = append(plan.Rows, r)
	}
	plan.Edits = func(ways map[int]RowWay) ([]record.Edit, error) {
		var edits []record.Edit
		for _, r := range plan.Rows {
			if r.Values != nil && ways[r.Row] != RowSkip {
				edits = append(edits, record.Edit{Kind: "member", Set: r.Values, Batch: "b-1"})
			}
		}
		return edits, nil
	}
	return plan, nil
}

func importing(t *testing.T) (*Importing, *Book, *rosterSheets) {
	t.Helper()
	b, _ := realBooks(t)
	s := &rosterSheets{}
	p, err := NewImporting(b, s, "member")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Take(t.Context(), `C:\桌面\党员花名册2026.xlsx`, []byte("xlsx")); err != nil {
		t.Fatal(err)
	}
	return p, b, s
}

func TestImportTakesTheSheetThatHoldsPeople(t *testing.T) {
	p, _, _ := importing(t)
	if p.Line() != "党员花名册2026.xlsx・工作表“在册”・3 行" || p.Step() != MapColumns {
		t.Fatal(p.Line(), p.Step())
	}
	if p.Ready() != 2 || p.Bad() != 1 || p.Doubtful() != 1 {
		t.Fatal(p.Ready(), p.Bad(), p.Doubtful())
	}
	if err := p.Take(t.Context(), "x.pdf", []byte("%PDF")); record.CodeOf(err) != "NOT_A_SHEET" || p.File() != "党员花名册2026.xlsx" {
		t.Fatal(err, p.File())
	}
}

func TestImportColumnsAreMappedAndRemembered(t *testing.T) {
	p, b, s := importing(t)
	mark := func(col string) string {
		for _, c := range p.Columns() {
			if c.Col == col {
				return p.ColumnMark(c).Say
			}
		}
		return ""
	}
	if mark("A") != "略过" || mark("B") != "自动" || mark("H") != "请核对" {
		t.Fatal(mark("A"), mark("B"), mark("H"))
	}
	p.Map(Inline{}, "H", "工作单位", failed(t))
	if mark("H") != "手工" {
		t.Fatal(mark("H"))
	}
	if err := p.Remember(); err != nil {
		t.Fatal(err)
	}
	again, err := NewImporting(b, s, "member")
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Take(t.Context(), "新的.xlsx", []byte("xlsx")); err != nil {
		t.Fatal(err)
	}
	if c := again.Columns()[3]; again.FieldLabel(c.Field) != "工作单位" {
		t.Fatalf("%+v", c)
	}
}

func TestImportMendsInPlace(t *testing.T) {
	p, _, s := importing(t)
	p.Next()
	pr, ok := p.Current()
	if !ok || pr.Row != 5 || pr.Column != "F 入党时间" || pr.Way != WayWait {
		t.Fatalf("%+v", pr)
	}
	mend := func(text string) (accepted bool) {
		p.Mend(Inline{}, text, func(ok bool, err error) { accepted = ok; failed(t)(err) })
		return accepted
	}
	if mend("2014-14-01") {
		t.Fatal("month 14 is accepted")
	}
	if pr, _ := p.Current(); pr.Value != "2014-14-01" {
		t.Fatalf("%+v", pr)
	}
	if p.Outlook() != "先导入 2 行，1 行留在“待处理”，随时回来改。" {
		t.Fatal(p.Outlook())
	}
	if !mend("2014-12-03") {
		t.Fatal(p.Problems())
	}
	if len(p.Problems()) != 0 || p.Outlook() != "3 行都可以导入。" {
		t.Fatal(p.Problems(), p.Outlook())
	}
	if _, err := p.IssueList(context.Background()); err != nil || len(s.written.Rows) != 3 {
		t.Fatal(err)
	}
}

func TestImportRunsKeepsWhatWaitsAndIsUndone(t *testing.T) {
	p, b, _ := importing(t)
	p.Next()
	p.Run(Inline{}, func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	if p.Step() != Imported || p.Done() != "已登记 2 条，1 行留在“待处理”" || len(b.All("member")) != 2 {
		t.Fatal(p.Step(), p.Done())
	}
	waiting := b.Waiting()
	if len(waiting) != 1 || waiting[0].Typed["name"] != "顾明川" || waiting[0].Typed["joined"] != "2014-13-02" {
		t.Fatalf("%+v", waiting)
	}
	left := b.Leftovers()
	if len(left) != 1 || left[0].Page != "excel" || left[0].Title != "导入时留下 1 行" {
		t.Errorf("on the desk: %+v", left)
	}
	notes := b.Imports()
	if len(notes) != 1 || notes[0].Batch != "b-1" || notes[0].Added != 2 || notes[0].Undone {
		t.Fatalf("%+v", notes)
	}
	store := b.Store.(*storage.Store)
	n, err := b.UndoImport("b-1", func(batch string) (int, error) {
		undone, err := store.UndoBatch(batch)
		return len(undone.Records), err
	})
	if err != nil || n != 2 || len(b.All("member")) != 0 || !b.Imports()[0].Undone {
		t.Fatal(n, err, b.Imports())
	}
}

// stopping is a Runner whose work is stopped before it begins.
type stopping struct{}

func (stopping) Do(_ string, work func(context.Context, Progress) error, then func(error)) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	then(work(ctx, func(int, int) {}))
}

func TestImportStops(t *testing.T) {
	p, b, _ := importing(t)
	p.Run(stopping{}, func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	if !p.Report().Stopped || len(b.All("member")) != 0 {
		t.Fatalf("%+v", p.Report())
	}
}

// TestImportMendsTheSameSlipEverywhere mends three rows of one slip at once.
func TestImportMendsTheSameSlipEverywhere(t *testing.T) {
	p, _, _ := importing(t)
	p.Next()
	column := slices.IndexFunc(p.SheetColumns(), func(c ImportColumn) bool { return c.Col == "F" })
	for _, row := range p.SheetRows() {
		p.Fix(row, p.SheetColumns()[column], "2014-14-01")
	}
	p.Reckon(Inline{}, failed(t))
	if n := len(p.Alike()); n != len(p.SheetRows())-1 {
		t.Fatalf("%d alike in %+v", n, p.Problems())
	}
	p.MendAlike(Inline{}, "2014-12-03", func(accepted bool, err error) {
		if !accepted || err != nil || len(p.Problems()) != 0 {
			t.Error(accepted, err, p.Problems())
		}
	})
}

// failed fails the test on an error.
func failed(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// later is a runner whose work waits until it is let go.
type later []func()

// Do implements Runner.
func (l *later) Do(title string, work func(context.Context, Progress) error, then func(error)) {
	*l = append(*l, func() { Inline{}.Do(title, work, then) })
}

// TestImportReadsWhatWasMendedMeanwhile mends while the sheet is being read, and
// imports at once: what is written is what was typed last.
func TestImportReadsWhatWasMendedMeanwhile(t *testing.T) {
	p, b, _ := importing(t)
	p.Next()
	var run later
	row := slices.IndexFunc(p.SheetRows(), func(r ImportRow) bool { return r.Row == 5 })
	column := slices.IndexFunc(p.SheetColumns(), func(c ImportColumn) bool { return c.Col == "F" })
	for _, text := range []string{"2014-14-01", "2014-12-03"} {
		p.Fix(p.SheetRows()[row], p.SheetColumns()[column], text)
		p.Reckon(&run, failed(t))
	}
	p.Run(&run, failed(t))
	for done := 0; done < len(run); done++ {
		run[done]()
	}
	if len(run) != 3 || p.Report().Added != 3 || p.Report().Left != 0 {
		t.Fatalf("%d jobs, %+v", len(run), p.Report())
	}
	for _, r := range b.All("member") {
		if r.Values["joined"] == "2014-12-03" {
			return
		}
	}
	t.Error("nobody joined on 2014-12-03")
}
