package sheet_test

import (
	"bytes"
	"testing"

	"zhibu/app/branch"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// FuzzPlan plans any text as every kind: no panic, every issue placed and said,
// every value one that its field reads back, and a report can always be written.
func FuzzPlan(f *testing.F) {
	f.Add("姓名,身份证号,出生年月,手机,备注\n陈立群,310115199001010010,1990.1,13800001111/021-58001234,\n周敏（女）,31011519900101002X,八五年,1.38E+10,同上\n")
	f.Add("会议类型,会议名称,会议时间,参会人员,会议议题\n支委会,第3次,2026年3月5日下午2:30—4:00,张三 李四,一、学习；二、讨论\n")
	f.Add("姓名,1月,2月\n陈立群,10元,√\n")
	f.Add("姓名,陈立群,性别,男\n民族,汉,学历,本科\n身份证号,310115199001010010\n")
	f.Fuzz(func(t *testing.T, text string) {
		sheets, err := sheet.Read("名册.csv", []byte(text))
		if err != nil {
			return
		}
		in := newBooks(members()...)
		for _, k := range branch.Catalog() {
			p, err := sheet.NewPlan(k, sheets, in, nil)
			if err != nil {
				if record.SayOf(err) == "" {
					t.Fatal(err)
				}
				continue
			}
			sound(t, k, p)
			if err := p.Report(&bytes.Buffer{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func sound(t *testing.T, k record.Kind, p *sheet.Plan) {
	t.Helper()
	for _, s := range p.Sheets {
		for _, r := range s.Rows {
			for _, i := range r.Issues {
				if i.Say == "" || i.Code == "" || r.Row < 1 || i.Severity != "error" && i.Severity != "warn" && i.Severity != "info" {
					t.Fatalf("issue %+v of row %d", i, r.Row)
				}
			}
			for path, text := range r.Values {
				f, ok := k.Field(path)
				if !ok {
					t.Fatalf("value at %s, which %s has not", path, k.Name)
				}
				if value, err := f.Parse(text); err != nil || f.Format(value) != text {
					t.Fatalf("%s = %q does not read back: %v", path, text, err)
				}
			}
		}
	}
	if _, err := p.Edits(sheet.Choices{}); err != nil {
		t.Fatal(err)
	}
}
