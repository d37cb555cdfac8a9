package sheet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhibu/app/sheet"
	"zhibu/storage/record"
)

const roster = "姓名,性别,身份证号,入党时间,转正时间,人员类别,联系电话,爱好\n" +
	"陈立群,男,310115199001010010,2015-07-01,2016-07-01,正式党员,13800001111,钓鱼\n" +
	"周敏,女,310115199001010029,2016-13-01,2017-07-01,正式党员,13800002222,\n" +
	"王强,男,310115198512311232,2016-07-01,2017-07-01,正式党员,13800003333,\n" +
	"陈立群,男,310115199001010010,2015-07-01,2016-07-01,正式党员,13800009999,\n"

func rosterPlan(t *testing.T, in record.Around, mapping sheet.Mapping) *sheet.Plan {
	t.Helper()
	sheets, err := sheet.Read("名册.csv", []byte(roster))
	if err != nil {
		t.Fatal(err)
	}
	p, err := sheet.NewPlan(kind(t, "member"), sheets, in, mapping)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func key(row int) sheet.RowKey { return sheet.RowKey{Sheet: 0, Row: row} }

// names lists the edits: * for a new record.
func names(edits []record.Edit) string {
	var out []string
	for _, e := range edits {
		out = append(out, e.Set["name"]+e.ID)
	}
	return strings.Join(out, " ")
}

// TestEditsFollowDecisions imports what is ready and nothing else, and does what
// a person decides about the rest.
func TestEditsFollowDecisions(t *testing.T) {
	p := rosterPlan(t, newBooks(), nil)
	if s := p.Summary; s.Rows != 4 || s.Ready != 2 || s.Held != 2 {
		t.Fatalf("summary %+v", s)
	}
	for _, c := range []struct {
		name    string
		choices sheet.Choices
		want    string
	}{
		{"nothing decided", sheet.Choices{}, "陈立群 王强"},
		{"mended", sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(3): {Typed: map[string]string{"joined": "2016-12-01"}}}}, "陈立群 周敏 王强"},
		{"emptied", sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(3): {Typed: map[string]string{"joined": ""}}}}, "陈立群 周敏 王强"},
		{"kept as it is", sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(3): {Do: sheet.Keep}}}, "陈立群 周敏 王强"},
		{"skipped", sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(2): {Do: sheet.Skip}}}, "王强"},
	} {
		edits, err := p.Edits(c.choices)
		if err != nil || names(edits) != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, names(edits), err, c.want)
		}
		for _, e := range edits {
			if e.Batch == "" || e.Batch != edits[0].Batch || e.Kind != "member" || !strings.Contains(e.Why, "行") || e.Set["status"] == "" {
				t.Errorf("%s: edit %+v", c.name, e)
			}
		}
	}
	if _, err := p.Edits(sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(3): {Typed: map[string]string{"joined": "2016-13-01"}}}}); record.CodeOf(err) != "DATE_INVALID" || !strings.Contains(record.SayOf(err), "第 3 行") {
		t.Errorf("typed a wrong date again: %v", err)
	}
	if _, err := p.Edits(sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(3): {Typed: map[string]string{"joined": "2099-01-01"}}}}); record.CodeOf(err) != "DATE_FUTURE" {
		t.Errorf("typed a date to come: %v", err)
	}
}

// TestImportTwiceChangesNothing applies a plan and plans the same file again.
func TestImportTwiceChangesNothing(t *testing.T) {
	books := newBooks()
	edits, err := rosterPlan(t, books, nil).Edits(sheet.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	books.apply(edits)
	again := rosterPlan(t, books, nil)
	if s := again.Summary; s.Same != 2 || s.Ready != 0 {
		t.Errorf("second time: %+v", s)
	}
	if edits, err := again.Edits(sheet.Choices{}); err != nil || len(edits) != 0 {
		t.Errorf("second time: %d edits, %v", len(edits), err)
	}
	books.all["member"][0].Values["mobile"] = "13900000000"
	books.all["member"][0].Values["joined"] = "2015-07"
	books.all["member"][0].Values["employer"] = "云帆智控"
	third := rosterPlan(t, books, nil)
	edits, err = third.Edits(sheet.Choices{})
	if err != nil || len(edits) != 1 || edits[0].ID == "" || edits[0].Shown == nil {
		t.Fatalf("changed: %+v, %v", edits, err)
	}
	if got := fmt.Sprint(edits[0].Set); got != "map[joined:2015-07-01 mobile:13800001111]" {
		t.Errorf("changed: %s", got)
	}
}

// TestImportMergesIntoNamesakes joins a row to a record chosen by a person.
func TestImportMergesIntoNamesakes(t *testing.T) {
	books := newBooks(record.Record{Kind: "member", ID: "m9", Values: record.Values{"name": "王强", "category": "FULL"}})
	p := rosterPlan(t, books, nil)
	if p.Summary.Ask != 1 {
		t.Fatalf("summary %+v", p.Summary)
	}
	for want, choice := range map[string]sheet.Choice{"陈立群": {}, "陈立群 m9": {Do: sheet.Merge, Into: "m9"}, "陈立群 王强": {Do: sheet.Add}} {
		edits, err := p.Edits(sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(4): choice}})
		if err != nil || names(edits) != want {
			t.Errorf("%+v: %q, %v, want %q", choice, names(edits), err, want)
		}
	}
	_, err := p.Edits(sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{key(4): {Do: sheet.Merge, Into: "gone"}}})
	if record.CodeOf(err) != "RECORD_GONE" {
		t.Errorf("merged into a record that is gone: %v", err)
	}
}

// TestRememberedMapping uses what a person decided about headings.
func TestRememberedMapping(t *testing.T) {
	p := rosterPlan(t, newBooks(), nil)
	if got := p.Sheets[0].Ignored["H"]; got != "爱好" {
		t.Errorf("column H: %q, want reported as ignored", got)
	}
	if again := rosterPlan(t, newBooks(), p.Mapping()); fmt.Sprint(again.Sheets[0].Columns) != fmt.Sprint(p.Sheets[0].Columns) {
		t.Errorf("with its own mapping: %v, want %v", again.Sheets[0].Columns, p.Sheets[0].Columns)
	}
	p = rosterPlan(t, newBooks(), sheet.Mapping{"爱好": "note", "联系电话": "", sheet.Fold("* 人员 类别："): "category"})
	if got := p.Sheets[0].Rows[1].Values; got["note"] != "钓鱼" || got["mobile"] != "" || got["category"] != "正式党员" {
		t.Errorf("mapped values %v", got)
	}
}

// TestDryRunShape holds the JSON of import --dry-run to the shape that issue 2
// fixes.
func TestDryRunShape(t *testing.T) {
	data, err := json.Marshal(rosterPlan(t, newBooks(), nil))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Sheets []struct {
			Name        string
			HeadingsRow int `json:"headings_row"`
			Columns     map[string]string
			Rows        []struct {
				Row    int
				Values map[string]string
				Issues []struct{ Col, Field, Severity, Code, Say string }
			}
		}
		Summary map[string]int
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	s := got.Sheets[0]
	if s.Name != "名册" || s.HeadingsRow != 1 || s.Columns["A"] != "name" || s.Columns["D"] != "joined" || s.Rows[0].Values != nil {
		t.Errorf("sheet %+v", s)
	}
	if i := s.Rows[2].Issues[0]; i.Col != "D" || i.Field != "joined" || i.Severity != "error" || i.Code != "DATE_INVALID" || i.Say != "第 3 行 D 列“入党日期”：“2016-13-01”：日历上没有这一天。请核对月份和日子。" {
		t.Errorf("issue %+v", i)
	}
	if got.Summary["held"] != 2 {
		t.Errorf("summary %v", got.Summary)
	}
}

// TestTemplatesOfRealSystems recognises headings and takes neither notes nor
// examples for people.
func TestTemplatesOfRealSystems(t *testing.T) {
	for file, want := range map[string]string{
		"owip_members.xlsx":  "map[B:name F:branch G:category H:in_date L:introducers M:joined N:join_branch O:converted Q:party_post]",
		"zhucan_members.xls": "map[B:name C:category D:branch E:gender F:birth G:ethnicity H:mobile I:archive_place J:status K:joined L:id_no M:joined]",
	} {
		p := plan(t, kind(t, "member"), sample(t, file), newBooks())
		if got := fmt.Sprint(p.Sheets[0].Columns); got != want || p.Summary.Rows != 0 {
			t.Errorf("%s: columns %s, %d people", file, got, p.Summary.Rows)
		}
	}
}

// TestReportShowsEveryProblem opens the report workbook.
func TestReportShowsEveryProblem(t *testing.T) {
	p := plan(t, kind(t, "member"), sample(t, "01_roster.xlsx"), newBooks())
	var file bytes.Buffer
	if err := p.Report(&file); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	cell := func(axis string) string {
		text, err := f.GetCellValue("党员名册", axis)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if cell("N4") != "问题" || !strings.Contains(cell("N17"), "第 17 行 H 列“入党日期”：“2001-02-30”") || cell("C17") != "孔帆鹏" || cell("G17") != "65909919430809631X" {
		t.Errorf("N4 %q, N17 %q, C17 %q", cell("N4"), cell("N17"), cell("C17"))
	}
	fill := func(axis string) string {
		id, err := f.GetCellStyle("党员名册", axis)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(style.Fill.Color, "")
	}
	if fill("H17") != "F8CBAD" || fill("H16") != "FFF2CC" || fill("C17") != "" {
		t.Errorf("fills: H17 %s, H16 %s, C17 %s", fill("H17"), fill("H16"), fill("C17"))
	}
}

// TestNoHeadingsIsOneSentence refuses what holds no records of the kind.
func TestNoHeadingsIsOneSentence(t *testing.T) {
	sheets, err := sheet.Read("a.csv", []byte("商品,价格\n苹果,3\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sheet.NewPlan(kind(t, "member"), sheets, newBooks(), nil); record.CodeOf(err) != "HEADINGS_UNKNOWN" {
		t.Errorf("%v", err)
	}
}

// BenchmarkImport10000 reads, plans and turns into edits a roster of 10,000.
func BenchmarkImport10000(b *testing.B) {
	k := kind(b, "member")
	var records []record.Record
	for i := range 10_000 {
		id := fmt.Sprintf("31011519%02d%02d%02d%03d", 50+i%50, 1+i%12, 1+i%28, i%1000)
		records = append(records, record.Record{Kind: "member", ID: fmt.Sprintf("m%d", i), Values: record.Values{"name": "陈" + string(rune(0x4E00+i)) + "群", "gender": "1", "ethnicity": "01",
			"id_no": id + string("10X98765432"[weigh(id)]), "birth": "1985-06-12", "joined": "2015-07-01", "converted": "2016-07-01", "category": "FULL", "mobile": fmt.Sprintf("138%08d", i), "employer": "云帆智控有限公司", "group": "第一党小组"}})
	}
	var file bytes.Buffer
	if err := sheet.Write(k, records, newBooks(), &file); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		sheets, err := sheet.Read("a.xlsx", file.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		p, err := sheet.NewPlan(k, sheets, newBooks(), nil)
		if err != nil {
			b.Fatal(err)
		}
		edits, err := p.Edits(sheet.Choices{})
		if err != nil || len(edits) < 9000 {
			b.Fatalf("%d edits, %v", len(edits), err)
		}
	}
}

func weigh(id string) int {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(id[i]-'0') * w
	}
	return sum % 11
}
