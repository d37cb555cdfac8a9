package sheet_test

import (
	"testing"

	"pgregory.net/rapid"

	"zhibu/app/branch"
	"zhibu/app/sheet"
)

// words are cells that real sheets hold, good and bad.
func words() []string {
	return []string{"", "", "", "陈立群", "周 敏", "李伟（女）", "张三", "合计", "第一党小组", "男", "女", "M", "汉", "868_汉族", "正式党员", "预备", "积极分子", "310115199001010010", "310115199001010029 ", "31011519900101001X",
		"3.1E+17", "310115900101001", "1990.1", "1990年1月1日", "八五年", "2019-02-30", "不详", "/", "同上", "2099-1-1", "6/12/2019", "2022年11月14日至17日", "13800001111", "13800001111/021-58001234", "021-58001234", "10元", "1,240.50",
		"无", "是", "√", "2026年3月5日下午2:30—4:00", "支委会", "陈立群、周敏", "全体党员", "一、学习；二、讨论", "填表人：王强", "说明：请如实填写", "=1+1", "-", "'x", "本科（在职）", "12", "0", "3人", "序号", "姓名", "备注"}
}

// TestPlansOfAnyTableAreSound builds tables from headings of a kind and any of
// those words: whatever comes of it is placed, said and reads back.
func TestPlansOfAnyTableAreSound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := rapid.SampledFrom(branch.Catalog()).Draw(rt, "kind")
		var heads []string
		for _, f := range k.Fields {
			heads = append(heads, append([]string{f.Label}, f.Headings...)...)
		}
		s := sheet.Sheet{Name: rapid.SampledFrom([]string{"名册", "第二党小组", "2025年"}).Draw(rt, "sheet")}
		width := rapid.IntRange(2, 12).Draw(rt, "width")
		row := func(from []string, label string) {
			cells := make([]sheet.Cell, width)
			for i := range cells {
				if word := rapid.SampledFrom(from).Draw(rt, label); word != "" {
					cells[i] = sheet.Cell{Type: sheet.Text, Text: word}
				}
			}
			s.Rows = append(s.Rows, cells)
		}
		if rapid.Bool().Draw(rt, "titled") {
			row(words(), "title")
		}
		row(heads, "heading")
		title, _ := k.Field(k.Title)
		s.Rows[len(s.Rows)-1][0] = sheet.Cell{Type: sheet.Text, Text: title.Label}
		for range rapid.IntRange(0, 12).Draw(rt, "rows") {
			row(words(), "cell")
		}
		for range rapid.IntRange(0, 3).Draw(rt, "merged") {
			top, left := rapid.IntRange(0, len(s.Rows)-1).Draw(rt, "top"), rapid.IntRange(0, width-1).Draw(rt, "left")
			s.Merged = append(s.Merged, sheet.Range{Top: top, Left: left, Bottom: top + rapid.IntRange(0, 2).Draw(rt, "down"), Right: left + rapid.IntRange(0, 2).Draw(rt, "right")})
		}
		p, err := sheet.NewPlan(k, []sheet.Sheet{s}, newBooks(team()...), nil)
		if err != nil {
			return // too few headings drawn
		}
		sound(t, k, p)
	})
}
