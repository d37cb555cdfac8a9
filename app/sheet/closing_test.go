package sheet_test

import (
	"strings"
	"testing"

	"zhibu/app/branch"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// lastYears holds a training of a closed year; amended, that year is open.
type lastYears struct {
	*books
	amended bool
}

func (l lastYears) Amends() bool { return l.amended }

func closedBooks(amended bool) lastYears {
	values := record.Values{"title": "党课", "date": "2025-10-16", "hours": "4", "place": "一号会议室"}
	return lastYears{newBooks(record.Record{Kind: "training", ID: "t-1", Values: values}), amended}
}

func courses(t *testing.T, in record.Around, rows string) *sheet.Plan {
	t.Helper()
	sheets, err := sheet.Read("培训.csv", []byte("培训名称,培训时间,学时,地点\n"+rows))
	if err != nil {
		t.Fatal(err)
	}
	p, err := sheet.NewPlan(kind(t, "training"), sheets, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestARowOfAClosedYearWaits reads rows that would change last year's training, say the
// same of it, and register one of last year and one of this.
func TestARowOfAClosedYearWaits(t *testing.T) {
	const changed = "党课,2025-10-16,4,二号会议室\n"
	p := courses(t, closedBooks(false), changed+"主题教育,2025-11-02,2,\n主题教育,2026-11-02,2,\n")
	if s := p.Summary; s.Changed != 1 || s.New != 2 || s.Ready != 2 || s.Held != 1 {
		t.Errorf("%+v", s)
	}
	var said []string
	for _, i := range p.Issues() {
		if i.Code == branch.YearClosed {
			said = append(said, i.Severity+" "+i.Col+" "+i.Say)
		}
	}
	if len(said) != 2 || !strings.HasPrefix(said[0], "error D 第 2 行 D 列“地点”：这是 2025 年的记录") || !strings.HasPrefix(said[1], "info B 第 3 行 B 列“日期”：这一条算 2025 年的") {
		t.Errorf("%q", said)
	}
	for name, c := range map[string]struct {
		do   sheet.Do
		want string
	}{"nothing decided": {"", ""}, "amended": {sheet.Amend, "导入“培训”第 2 行，补改往年记录"}} {
		edits, err := courses(t, closedBooks(false), changed).Edits(sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(2): {Do: c.do}}})
		if err != nil || len(edits) > 1 || (len(edits) == 1) != (c.want != "") || len(edits) == 1 && (edits[0].Why != c.want || edits[0].Set["place"] != "二号会议室") {
			t.Errorf("%s: %v %v", name, edits, err)
		}
	}
	if s := courses(t, closedBooks(false), "党课,2025-10-16,4,一号会议室\n").Summary; s.Same != 1 || s.Errors != 0 {
		t.Errorf("a row that changes nothing: %+v", s)
	}
	if p := courses(t, closedBooks(true), changed); p.Summary.Ready != 1 || len(p.Issues()) != 0 {
		t.Errorf("amended: %+v %v", p.Summary, p.Issues())
	}
}
