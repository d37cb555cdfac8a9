package screen

import (
	"slices"
	"testing"
	"time"

	"zhibu/storage/record"
)

func openForm(t *testing.T, b *Book, kind, id string) *Form {
	t.Helper()
	f, err := NewForm(b, kind, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormDerivesAndComplainsInPlace(t *testing.T) {
	b, _ := realBooks(t)
	f := openForm(t, b, "member", "")
	if f.Title() != "登记党员" {
		t.Errorf("title %q", f.Title())
	}
	if _, ok := f.Complaint("name"); ok {
		t.Error("a missing name is complained of before anybody saved")
	}
	f.Type("name", "温予宁")
	f.Type("id_no", "3101151990010100290")
	f.Settle()
	c, ok := f.Complaint("id_no")
	if !ok || c.Code != "ID_LENGTH" {
		t.Fatalf("complaint %+v", c)
	}
	if n := f.Tabs()[f.TabOf("id_no")].Errors; n != 1 {
		t.Errorf("%d errors on the tab, want 1", n)
	}
	f.Type("id_no", "310115199001010029")
	f.Settle()
	if got := f.Text("gender") + f.Text("birth"); got != "女1990-01-01" {
		t.Errorf("derived %q", got)
	}
	if !f.Derived("birth") {
		t.Error("birth is not marked as derived")
	}
	if _, err := f.Save(); err == nil {
		t.Fatal("saved without a category")
	}
	if path, _ := f.First(); path != "category" {
		t.Errorf("first complaint at %q", path)
	}
	f.Type("joined", "20190612")
	f.Type("converted", "2020-06-12")
	saved, err := f.Save()
	if err != nil {
		t.Fatal(err)
	}
	if saved.Values["joined"] != "2019-06-12" || f.Changes() != 0 || f.New() {
		t.Errorf("saved %v, %d changes left", saved.Values, f.Changes())
	}
}

func TestFormShowsWhatWas(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["罗沐辰"]
	f := openForm(t, b, "member", who.ID)
	f.Type("group", "第一党小组")
	f.Settle()
	if was, ok := f.Was("group"); !ok || was != "第三党小组" {
		t.Errorf("was %q %v", was, ok)
	}
	if f.Changes() != 1 {
		t.Errorf("%d changes", f.Changes())
	}
	f.Type("group", "第三党小组")
	f.Settle()
	if f.Changes() != 0 {
		t.Error("typing the stored text back is still a change")
	}
	f.Type("in_date", "今天")
	f.Settle()
	if f.Text("in_date") != "2026-11-20" {
		t.Errorf("今天 is %q", f.Text("in_date"))
	}
	if !f.Undo() || f.Text("in_date") == "2026-11-20" {
		t.Errorf("undo left %q", f.Text("in_date"))
	}
	if why, locked := f.Locked("status"); !locked || why == "" {
		t.Error("the membership status can be typed in")
	}
}

func TestFormDraftIsOfferedNotApplied(t *testing.T) {
	b, c := realBooks(t)
	who := people(t, b)["罗沐辰"]
	f := openForm(t, b, "member", who.ID)
	f.Type("title", "测试组长")
	f.Type("mobile", "138")
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Minute)

	again := openForm(t, b, "member", who.ID)
	if again.Changes() != 0 {
		t.Fatal("the draft was applied unasked")
	}
	d, ok := again.Offer()
	if !ok || d.Typed["mobile"] != "138" {
		t.Fatalf("offer %+v %v", d, ok)
	}
	again.TakeOffer()
	if again.Text("mobile") != "138" || again.Text("title") != "测试组长" {
		t.Errorf("taken over %q %q", again.Text("mobile"), again.Text("title"))
	}
	if err := again.Discard(); err != nil {
		t.Fatal(err)
	}
	if len(b.Drafts()) != 0 {
		t.Error("the draft outlives its refusal")
	}
}

// addRow appends a row without a cell, as typing into one and clearing it leaves it.
func addRow(f *Form, table string) string {
	id := NewRow()
	f.act(f.newRow(table, id, nil))
	f.Settle()
	return id
}

func TestFormRows(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["罗沐辰"]
	f := openForm(t, b, "member", who.ID)
	first := addRow(f, "honour")
	f.Type(record.Path("honour", first, "name"), "优秀共产党员")
	f.Type(record.Path("honour", first, "date"), "看不懂")
	second := addRow(f, "honour")
	f.Type(record.Path("honour", second, "name"), "技术能手")
	addRow(f, "honour") // never filled
	f.Settle()
	if n := len(f.Rows("honour")); n != 3 {
		t.Fatalf("%d rows", n)
	}
	if _, ok := f.Complaint(record.Path("honour", first, "date")); !ok {
		t.Error("a date that can't be read is not complained of")
	}
	f.MoveRow("honour", second, -1)
	if f.Rows("honour")[0].ID != second {
		t.Error("the row did not move up")
	}
	f.Type(record.Path("honour", first, "date"), "2025-07-01")
	saved, err := f.Save()
	if err != nil {
		t.Fatal(err)
	}
	rows := saved.Rows("honour")
	if len(rows) != 2 || rows[0].Values["name"] != "技术能手" {
		t.Fatalf("saved rows %v", rows)
	}
	f.RemoveRow("honour", second)
	if saved, err = f.Save(); err != nil || len(saved.Rows("honour")) != 1 {
		t.Errorf("after removing: %v %v", saved.Rows("honour"), err)
	}
	for _, path := range saved.Values.Paths() {
		if table, _, column := record.SplitPath(path); table == "honour" && column == record.RankColumn && len(saved.Rows("honour")) == 0 {
			t.Errorf("an empty row left %s", path)
		}
	}
}

func TestFormTakesInWhatCameFromElsewhere(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)["罗沐辰"]
	f := openForm(t, b, "member", who.ID)
	f.Type("title", "测试组长")
	if _, _, err := b.Save("member", who.ID, map[string]string{"title": "检验组长", "school": "同济大学"}); err != nil {
		t.Fatal(err)
	}
	if !f.Refresh() {
		t.Fatal("nothing came in")
	}
	if f.Text("school") != "同济大学" {
		t.Errorf("an untouched box shows %q", f.Text("school"))
	}
	if f.Text("title") != "测试组长" {
		t.Errorf("the box typed in shows %q", f.Text("title"))
	}
	news := f.News()
	if len(news) != 1 || news[0].Text != "检验组长" {
		t.Fatalf("news %+v", news)
	}
	f.KeepMine("title")
	saved, err := f.Save()
	if err != nil || saved.Values["title"] != "测试组长" || saved.Values["school"] != "同济大学" {
		t.Errorf("saved %v %v", saved.Values, err)
	}
}

func TestEveryKindHasAForm(t *testing.T) {
	b, _ := realBooks(t)
	for _, k := range b.Kinds() {
		f := openForm(t, b, k.Name, "")
		n := 0
		for _, tab := range f.Tabs() {
			n += len(tab.Fields)
			for _, field := range tab.Fields {
				if _, isRows := field.Type.(record.Rows); isRows {
					if len(f.Columns(field.Name)) == 0 {
						t.Errorf("%s.%s has no columns", k.Name, field.Name)
					}
					continue
				}
				if _, locked := f.Locked(field.Name); locked {
					continue
				}
				for _, sample := range field.Type.Samples() {
					f.Type(field.Name, sample)
					if got := f.Text(field.Name); got != sample {
						t.Fatalf("%s.%s: typed %q, shown %q", k.Name, field.Name, sample, got)
					}
				}
			}
		}
		f.Settle()
		if n != len(k.Fields) {
			t.Errorf("%s: %d of %d fields stand in a tab", k.Name, n, len(k.Fields))
		}
		if !slices.Equal(f.Changed(), inOrder(k, f.typed)) {
			t.Errorf("%s: changes out of order", k.Name)
		}
	}
}

func TestInitialsStandForATextUsedBefore(t *testing.T) {
	b, _ := realBooks(t)
	people(t, b)
	q, err := NewQuick(b, "member")
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"yf": "云帆智控", "云帆": "", "qqq": "", "": ""} {
		q.Type("employer", typed)
		if got, ok := q.Complete("employer"); got != want || ok != (want != "") {
			t.Errorf("%q stands for %q, %v", typed, got, ok)
		}
	}
	q.Type("employer", "yf")
	if say := q.Remark("employer").Say; say != "按 Enter 填入“云帆智控”" {
		t.Error(say)
	}
}

func TestFillTypesABlockAsOneAct(t *testing.T) {
	b, _ := realBooks(t)
	f := openForm(t, b, "member", people(t, b)["罗沐辰"].ID)
	fill := func(cells ...RowCell) {
		t.Helper()
		if err := f.Fill("honour", cells); err != nil {
			t.Fatal(err)
		}
	}
	day, _ := f.Kind.Field(record.Path("honour", "", "date"))
	fill(RowCell{0, "name", "优秀党员"}, RowCell{0, "date", f.Tidy(day, "20250701")}, RowCell{1, "name", "先进个人"}, RowCell{2, "name", ""})
	rows := f.Rows("honour")
	if len(rows) != 2 || f.Text(record.Path("honour", rows[0].ID, "date")) != "2025-07-01" || f.Text(record.Path("honour", rows[1].ID, "name")) != "先进个人" {
		t.Fatalf("%+v", rows)
	}
	fill(RowCell{1, "level", "区级"})
	f.RemoveRow("honour", rows[0].ID, rows[1].ID)
	if len(f.Rows("honour")) != 0 || !f.Undo() || len(f.Rows("honour")) != 2 {
		t.Error("rows taken away do not come back as one")
	}
	if f.Undo(); !f.Undo() || len(f.Rows("honour")) != 0 || f.Changes() != 0 {
		t.Errorf("a block is not one act: %d changes", f.Changes())
	}
	f = openForm(t, b, "training", "")
	if err := f.Fill("participant", []RowCell{{0, "hours", "6"}}); record.CodeOf(err) != "ROW_NAMELESS" {
		t.Errorf("hours of nobody: %v", err)
	}
}
