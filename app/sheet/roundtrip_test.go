package sheet_test

import (
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"zhibu/app/branch"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// full makes a record of k with every field that may be typed filled from its
// type's samples, n choosing among them, and two rows in every table.
func full(k record.Kind, id string, n int) record.Record {
	r := record.Record{Kind: k.Name, ID: id, Values: record.Values{}}
	for i, f := range k.Fields {
		if f.Locked || f.Name == "files" { // attachments do not travel in spreadsheets
			continue
		}
		if rows, ok := f.Type.(record.Rows); ok {
			for row := range 2 {
				rowID := fmt.Sprintf("0198c0de-0000-7000-8000-%06d%06d", i, row)
				if rows.Key != "" {
					rowID = fmt.Sprintf("member-%d", row)
				}
				fillRow(r.Values, f.Name, rowID, rows, n+row)
				if rows.Key == "" {
					r.Values[record.Path(f.Name, rowID, record.RankColumn)] = string(rune('b' + row))
				}
			}
			continue
		}
		if value := sampleOf(f, n+i); value != "" {
			r.Values[f.Name] = value
		}
	}
	return r
}

func fillRow(v record.Values, table, row string, rows record.Rows, n int) {
	for i, c := range rows.Columns {
		if value := sampleOf(c, n+i); value != "" && !c.Locked {
			v[record.Path(table, row, c.Name)] = value
		}
	}
}

func sampleOf(f record.Field, n int) string {
	switch t := f.Type.(type) {
	case record.File:
		return ""
	case record.Ref:
		if t.Kind != "member" {
			return "" // nothing of that kind is in the books
		}
		return fmt.Sprintf("member-%d", n%2)
	}
	samples := f.Type.Samples()
	value, err := f.Parse(samples[n%len(samples)])
	if err != nil {
		return ""
	}
	return value
}

// members are the two people that references point to.
func members() []record.Record {
	var out []record.Record
	for i, name := range []string{"陈立群", "周敏"} {
		out = append(out, record.Record{Kind: "member", ID: fmt.Sprintf("member-%d", i), Values: record.Values{"name": name}})
	}
	return out
}

// TestExportReadsBackTheSame writes records of every kind, reads the file into an
// empty store and into the same store: the values are the same, tables, their
// order and references included.
func TestExportReadsBackTheSame(t *testing.T) {
	for _, k := range branch.Catalog() {
		t.Run(k.Name, func(t *testing.T) {
			records := []record.Record{full(k, "0198c0de-0000-7000-8000-00000000000a", 0), full(k, "0198c0de-0000-7000-8000-00000000000b", 1)}
			if f, _ := k.Field("id_no"); f.Unique {
				records[0].Values["id_no"], records[1].Values["id_no"] = "310115199001010010", "310115199001010029"
			}
			in := newBooks(append(members(), records...)...)
			back := readBack(t, k, records, in)
			if n := back.Summary.Same; n != len(records) {
				t.Errorf("read into the same store: %+v, want 2 the same", back.Summary)
			}
			empty := newBooks(members()...)
			if k.Name == "member" {
				empty = newBooks(members()...)
			}
			again := readBack(t, k, records, in, empty)
			compare(t, k, records, again)
		})
	}
}

// readBack writes with in and plans with the last of books.
func readBack(t *testing.T, k record.Kind, records []record.Record, books ...*books) *sheet.Plan {
	t.Helper()
	var file bytes.Buffer
	if err := sheet.Write(k, records, books[0], &file); err != nil {
		t.Fatal(err)
	}
	sheets, err := sheet.Read("导出.xlsx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return plan(t, k, sheets, books[len(books)-1])
}

// compare applies every row as it is and compares the values with the originals.
func compare(t *testing.T, k record.Kind, records []record.Record, p *sheet.Plan) {
	t.Helper()
	choices := sheet.Choices{Rows: map[sheet.RowKey]sheet.Choice{}}
	for i, s := range p.Sheets {
		for _, r := range s.Rows {
			choices.Rows[sheet.RowKey{Sheet: i, Row: r.Row}] = sheet.Choice{Do: sheet.Keep}
		}
	}
	edits, err := p.Edits(choices)
	if err != nil {
		t.Fatal(err)
	}
	if len(edits) != len(records) {
		t.Fatalf("%d edits, want %d", len(edits), len(records))
	}
	for i, e := range edits {
		got := maps.Clone(e.Set)
		maps.DeleteFunc(got, func(path, _ string) bool {
			table, _, column := record.SplitPath(path)
			top, _ := k.Field(table)
			f, _ := k.Field(path)
			return top.Locked || f.Locked || column == record.RankColumn
		})
		want := maps.Clone(records[i].Values)
		maps.DeleteFunc(want, func(path, _ string) bool { return strings.HasSuffix(path, "/"+record.RankColumn) })
		for path := range want {
			if got[path] != want[path] {
				t.Errorf("record %d: %s = %q, want %q", i, path, got[path], want[path])
			}
		}
		for path := range got {
			if _, ok := want[path]; !ok && path != "name_pinyin" {
				t.Errorf("record %d: %s = %q came from nowhere", i, path, got[path])
			}
		}
		sameOrder(t, k, records[i].Values, e.Set)
	}
}

func sameOrder(t *testing.T, k record.Kind, want, got record.Values) {
	t.Helper()
	for _, f := range k.Fields {
		if _, ok := f.Type.(record.Rows); !ok {
			continue
		}
		a, b := want.Rows(f.Name), got.Rows(f.Name)
		for i := range min(len(a), len(b)) {
			if a[i].ID != b[i].ID {
				t.Errorf("%s: row %d is %s, want %s", f.Name, i, b[i].ID, a[i].ID)
			}
		}
	}
}

// TestWrittenTextReadsBack holds for any text: what a field keeps comes back from
// xlsx and from csv in both encodings, formula signs and long texts included.
func TestWrittenTextReadsBack(t *testing.T) {
	k := kind(t, "member")
	rapid.Check(t, func(rt *rapid.T) {
		r := record.Record{Kind: "member", ID: "0198c0de-0000-7000-8000-00000000000a", Values: record.Values{"name": "陈立群"}}
		for field, gen := range map[string]*rapid.Generator[string]{
			"employer": rapid.StringMatching(`['=+@\-]{0,3}[0-9A-Za-z\p{Han},;"|<>&_x]{1,30}`), "native_place": rapid.StringOf(rapid.RuneFrom([]rune("无/—同上〃0123456789 '=-\"\t，、。张㛃𫖯x_0041"))),
			"note": rapid.StringMatching(`['=+@\-]?[\p{Han} A-Za-z0-9\n,"']{0,80}`), "mobile": rapid.StringMatching(`1[3-9]\d{9}`), "booklet_no": rapid.StringMatching(`0?\d{1,20}`),
		} {
			if err := k.Set(r.Values, field, gen.Draw(rt, field)); err != nil {
				rt.Fatal(err)
			}
		}
		in := newBooks(r)
		for name, write := range map[string]func(*bytes.Buffer) error{
			"a.xlsx": func(w *bytes.Buffer) error { return sheet.Write(k, in.all["member"], in, w) },
			"a.csv":  func(w *bytes.Buffer) error { return sheet.WriteCSV(k, in.all["member"], in, w) },
		} {
			var file bytes.Buffer
			if err := write(&file); err != nil {
				rt.Fatal(err)
			}
			sheets, err := sheet.Read(name, file.Bytes())
			if err != nil {
				rt.Fatalf("%s: %v", name, err)
			}
			p, err := sheet.NewPlan(k, sheets, newBooks(), nil)
			if err != nil {
				rt.Fatalf("%s: %v", name, err)
			}
			edits, err := p.Edits(sheet.Choices{Fill: map[string]string{"category": "正式党员"}})
			if err != nil || len(edits) != 1 {
				rt.Fatalf("%s: %d edits, %v; %+v", name, len(edits), err, p.Sheets)
			}
			for path, want := range r.Values {
				if got := edits[0].Set[path]; got != want {
					rt.Fatalf("%s: %s = %q, want %q", name, path, got, want)
				}
			}
		}
	})
}

// TestLongTextIsNotCut writes more text than a cell holds.
func TestLongTextIsNotCut(t *testing.T) {
	k := kind(t, "meeting")
	minutes := strings.Repeat("学习传达，讨论发言。𫖯\n", 9000) + "完"
	r := record.Record{Kind: "meeting", ID: "0198c0de-0000-7000-8000-00000000000a", Values: record.Values{
		"kind": branch.AllMembers, "title": "大会", "start": "2026-11-20 14:00", "minutes": minutes}}
	p := readBack(t, k, []record.Record{r}, newBooks(r))
	if p.Summary.Same != 1 {
		t.Errorf("summary %+v, want the same minutes of %d characters", p.Summary, len([]rune(minutes)))
	}
}

// TestExportIsSafeToOpen looks at the cells as a spreadsheet would.
func TestExportIsSafeToOpen(t *testing.T) {
	k := kind(t, "member")
	r := record.Record{Kind: "member", ID: "m1", Values: record.Values{"name": "陈立群", "id_no": "310115199001010010", "mobile": "13800001111",
		"birth": "1990-01", "employer": "=HYPERLINK(\"http://x\")", "monthly_fen": "1340"}}
	var file bytes.Buffer
	if err := sheet.Write(k, []record.Record{r}, newBooks(r), &file); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	heads, err := f.GetRows(k.Page)
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range heads[0] {
		axis, _ := excelize.CoordinatesToCellName(i+1, 2)
		kind, _ := f.GetCellType(k.Page, axis)
		formula, _ := f.GetCellFormula(k.Page, axis)
		cells[h] = fmt.Sprintf("%d|%s|%s", kind, heads[1][min(i, len(heads[1])-1)], formula)
	}
	text := fmt.Sprint(excelize.CellTypeInlineString)
	for head, want := range map[string]string{"公民身份号码": text + "|310115199001010010|", "手机": text + "|13800001111|", "出生日期": text + "|1990-01|",
		"工作单位": text + "|'=HYPERLINK(\"http://x\")|", "月缴党费": fmt.Sprint(excelize.CellTypeUnset) + "|13.40|"} {
		if cells[head] != want {
			t.Errorf("%s = %s, want %s", head, cells[head], want)
		}
	}
}

// TestTemplateIsUnderstoodAndEmpty reads every kind's blank template back.
func TestTemplateIsUnderstoodAndEmpty(t *testing.T) {
	for _, k := range branch.Catalog() {
		var file bytes.Buffer
		if err := sheet.Template(k, &file); err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
		sheets, err := sheet.Read("模板.xlsx", file.Bytes())
		if err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
		p := plan(t, k, sheets, newBooks())
		if p.Summary.Rows != 0 {
			t.Errorf("%s: %d rows in a blank template", k.Name, p.Summary.Rows)
		}
		seen := map[string]bool{}
		for letter, field := range p.Sheets[0].Columns {
			if seen[field] {
				t.Errorf("%s: two columns for %s", k.Name, field)
			}
			seen[field] = true
			if f, _ := k.Field(field); !strings.HasSuffix(p.Sheets[0].Headings[letter], f.Label) {
				t.Errorf("%s: column %q read as %s", k.Name, p.Sheets[0].Headings[letter], field)
			}
		}
	}
}
