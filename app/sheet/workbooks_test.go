package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhibu/app/sheet"
)

// TestWorkbooksOfSeveralSheets reads a cover, a sheet for each group, a hidden
// sheet of last year and notes: people come from the groups only, a person who
// stands on two sheets is named, and nothing is left out silently.
func TestWorkbooksOfSeveralSheets(t *testing.T) {
	f := excelize.NewFile()
	heads := []any{"姓名", "性别", "身份证号", "人员类别"}
	sheets := map[string][][]any{
		"Sheet1":  {{"××街道第三联合党支部", "", ""}, {"党员信息汇总"}},
		"第一党小组":   {heads, {"陈立群", "男", "310115199001010010", "正式党员"}},
		"第二党小组":   {heads, {"周敏", "女", "310115199001010029", "正式党员"}, {"陈立群", "男", "310115199001010010", "正式党员"}},
		"2024年旧表": {heads, {"王强", "男", "310115198512311232", "正式党员"}},
		"填表说明":    {{"姓名", "写身份证上的姓名"}, {"性别", "男或女"}, {"人员类别", "正式党员或预备党员"}, {"身份证号", "18 位"}},
	}
	for _, name := range []string{"Sheet1", "第一党小组", "第二党小组", "2024年旧表", "填表说明"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range sheets[name] {
			if err := f.SetSheetRow(name, "A"+string(rune('1'+i)), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SetSheetVisible("2024年旧表", false); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	read, err := sheet.Read("名册.xlsx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p := plan(t, kind(t, "member"), read, newBooks())
	var got, notes []string
	for _, s := range p.Sheets {
		notes = append(notes, s.Notes...)
		for _, r := range s.Rows {
			if r.Values != nil {
				got = append(got, r.Values["name"]+r.Values["group"])
			}
		}
	}
	if want := "陈立群第一党小组 周敏第二党小组 陈立群第二党小组"; strings.Join(got, " ") != want {
		t.Errorf("read %v, want %s", got, want)
	}
	if all := strings.Join(notes, " "); !strings.Contains(all, "“2024年旧表”是隐藏的") || !strings.Contains(all, "“Sheet1”里没有找到") || !strings.Contains(all, "“填表说明”里没有找到") {
		t.Errorf("notes %v", notes)
	}
	found := false
	for _, i := range p.Issues() {
		found = found || i.Sheet == "第二党小组" && i.Row == 3 && i.Code == "ID_DUP_IN_FILE" && strings.Contains(i.Say, "工作表“第一党小组”第 2 行")
	}
	if !found || p.Summary.Ready != 2 {
		t.Errorf("issues %v, summary %+v", p.Issues(), p.Summary)
	}
	var report bytes.Buffer
	if err := p.Report(&report); err != nil {
		t.Fatal(err)
	}
	if back, err := sheet.Read("问题.xlsx", report.Bytes()); err != nil || len(back) != 5 {
		t.Errorf("report: %d sheets, %v", len(back), err)
	}
}
