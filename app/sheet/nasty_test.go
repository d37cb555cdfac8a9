package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// shape is one nasty workbook: rows of cells ("" empty), merged blocks, and what
// must come of it: for each record the wanted fields, and issues by place.
type shape struct {
	name   string
	rows   [][]any
	merged []string
	tweak  func(f *excelize.File) error
	want   []string // "陈立群 gender=男 birth=1990-01"
	issues []string // "H5 DATE_INVALID"
	kind   string   // "member" if empty
	books  []record.Record
}

// workbook writes the shape as the file a person would bring.
func (s shape) workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
	}
	for i, row := range s.rows {
		for j, value := range row {
			if text, ok := value.(string); ok && text == "" {
				continue
			}
			check(f.SetCellValue("Sheet1", sheet.Letter(j)+fmt.Sprint(i+1), value))
		}
	}
	for _, m := range s.merged {
		from, to, _ := strings.Cut(m, ":")
		check(f.MergeCell("Sheet1", from, to))
	}
	if s.tweak != nil {
		check(s.tweak(f))
	}
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

func text(cells ...string) []any {
	out := make([]any, len(cells))
	for i, c := range cells {
		out[i] = c
	}
	return out
}

// checkShape reads the workbook and compares records and issues.
func checkShape(t *testing.T, s shape) {
	t.Helper()
	if s.kind == "" {
		s.kind = "member"
	}
	sheets, err := sheet.Read("名册.xlsx", s.workbook(t))
	if err != nil {
		t.Fatal(err)
	}
	p := plan(t, kind(t, s.kind), sheets, newBooks(s.books...))
	var got []sheet.RowPlan
	var issues []string
	for _, sp := range p.Sheets {
		for _, r := range sp.Rows {
			if r.Values != nil {
				got = append(got, r)
				for _, i := range r.Issues {
					issues = append(issues, fmt.Sprintf("%s%d %s", i.Col, r.Row, i.Code))
				}
			}
		}
	}
	if len(got) != len(s.want) {
		t.Fatalf("%d records, want %d: %v", len(got), len(s.want), got)
	}
	for i, want := range s.want {
		name, fields, _ := strings.Cut(want, " ")
		if title := got[i].Values[kind(t, s.kind).Title]; title != name {
			t.Errorf("record %d is %q, want %q", i, title, name)
		}
		for _, pair := range strings.Fields(fields) {
			field, value, _ := strings.Cut(pair, "=")
			if got[i].Values[field] != strings.NewReplacer("␣", " ", "␤", "\n").Replace(value) {
				t.Errorf("%s: %s = %q, want %q", name, field, got[i].Values[field], value)
			}
		}
	}
	for _, want := range s.issues {
		if !slices.Contains(issues, want) {
			t.Errorf("no issue %s; have %v", want, issues)
		}
	}
}

// TestNastyLayouts reads the layouts that real rosters come in.
func TestNastyLayouts(t *testing.T) {
	heads := text("序号", "姓名", "性别", "身份证号", "入党时间", "转正时间", "人员类别", "联系电话")
	a := text("1", "陈立群", "男", "310115199001010010", "2015-07-01", "2016-07-01", "正式党员", "13800001111")
	b := text("2", "周敏", "女", "310115199001010029", "2016-07-01", "2017-07-01", "正式党员", "13800002222")
	for _, s := range []shape{
		{name: "two blocks with other columns", rows: [][]any{text("在职党员名册"), heads, a, {}, text("退休党员名册"), text("姓名", "身份证号", "人员类别", "入党时间"), text("周敏", "310115199001010029", "正式党员", "1986.7")},
			want: []string{"陈立群 joined=2015-07-01", "周敏 joined=1986-07 id_no=310115199001010029"}},
		{name: "headings repeated once a page", rows: [][]any{text("党员名册"), heads, a, text("第1页"), text("党员名册"), heads, b, text("制表：王强    审核：      2026年1月")}, want: []string{"陈立群", "周敏 mobile=13800002222"}},
		{name: "group captions as rows, serials restarting", rows: [][]any{heads, text("第一党小组"), a, text("第二党小组"), text("1", "周敏", "女", "310115199001010029", "2016-07-01", "2017-07-01", "正式党员", "13800002222"), text("小计", "2人")},
			merged: []string{"A2:H2", "A4:H4"}, want: []string{"陈立群 group=第一党小组", "周敏 group=第二党小组"}},
		{name: "numbers drawn for empty lines, signature rows", rows: [][]any{heads, a, text("2"), text("3", "", "", "", "", "", "", ""), text("4", "/", "/"), text("党支部书记（签字）：", "", "", "", "盖章："), text("2026年11月20日")}, want: []string{"陈立群"}},
		{name: "same as above", rows: [][]any{heads, a, text("2", "周敏", "女", "310115199001010029", "同上", "〃", "同上", "13800002222")}, want: []string{"陈立群", "周敏 joined=2015-07-01 converted=2016-07-01 category=正式党员"}, issues: []string{"E3 DITTO"}},
		{name: "notes above, example row, three heading rows", rows: [][]any{text("填表说明：1.本表由支部填写；2.日期写到日。"), text("基本信息", "", "党籍信息", "", "备注"), text("姓名", "身份证号", "入党", "", ""), text("", "", "日期", "介绍人", ""), text("张三", "", "2019-01-01", "李四", "示例"), text("陈立群", "310115199001010010", "2015-07-01", "周敏", "")},
			merged: []string{"A2:B2", "C2:D2", "E2:E4", "A3:A4", "B3:B4", "C3:D3"}, want: []string{"陈立群 joined=2015-07-01 introducers=周敏"}},
		{name: "hints and marks in headings", rows: [][]any{text("* 姓 名", "出生年月(2019/10/24)", "公民身份号码（18位）", "党籍状态（正式党员或预备党员）", "3. 手机号码：", "入党时间\n(yyyy-MM-dd)"), text("陈立群", "1990/1/1", "310115199001010010", "正式党员", "13800001111", "2015-7-1")},
			want: []string{"陈立群 birth=1990-01-01 category=正式党员 mobile=13800001111 joined=2015-07-01"}},
		{name: "a person on two merged lines", rows: [][]any{text("姓名", "性别", "人员类别", "备注"), text("陈立群", "男", "正式党员", "优秀党员"), text("", "", "", "2019年入职"), text("周敏", "女", "正式党员", "")}, merged: []string{"A2:A3", "B2:B3", "C2:C3"}, want: []string{"陈立群 note=优秀党员␤2019年入职", "周敏"}},
		{name: "column one off", rows: [][]any{heads, a, text("2", "周敏", "310115199001010029", "女", "2016-07-01", "2017-07-01", "正式党员", "13800002222"), text("3", "赵宁", "", "男", "310115198512311232", "2016-07-01", "2017-07-01", "正式党员")}, want: []string{"陈立群", "周敏", "赵宁 id_no= joined="}, issues: []string{"D4 COLUMN_SHIFT"}},
		{name: "hidden row, column of no width", rows: [][]any{heads, a, b}, tweak: func(f *excelize.File) error {
			if err := f.SetRowVisible("Sheet1", 3, false); err != nil {
				return err
			}
			return f.SetColVisible("Sheet1", "H", false)
		}, want: []string{"陈立群", "周敏 mobile=13800002222"}, issues: []string{"3 ROW_HIDDEN"}},
		{name: "only names and phones", rows: [][]any{text("姓名", "手机"), text("陈立群", "13800001111"), text("周敏", "13800002222")}, want: []string{"陈立群 mobile=13800001111", "周敏"}, issues: []string{"2 REQUIRED_MISSING"}},
		{name: "headings about somebody else", rows: [][]any{text("姓名", "入团时间", "介绍人联系电话", "转出时间", "配偶姓名", "公民身份号码码", "人员类别"), text("陈立群", "2008-05", "13800001111", "2019-01-01", "周敏", "310115199001010010", "正式党员", "没有表头的话")},
			want: []string{"陈立群 joined= mobile= converted= id_no=310115199001010010"}},
		{name: "zero-width marks and odd names", rows: [][]any{text("姓\u200b名", "入党时间", "人员类别"), text("\u202d陈立群\u202c", "'2015-07-01", "正式党员"), text("王强、周敏", "2015-07-01", "正式党员")}, want: []string{"陈立群 joined=2015-07-01", "王强、周敏"}, issues: []string{"A3 NAME_ODD"}},
		{name: "a row below the headings that says how", rows: [][]any{text("姓名", "性别", "出生日期", "人员类别", "联系电话"), text("必填", "下拉选择", "格式：2019/10/24", "必填", "11位"), text("陈立群", "男", "19900101.0", "正式党员", "13800001111.0"), text("共1人")},
			want: []string{"陈立群 birth=1990-01-01 mobile=13800001111"}},
		{name: "nothing known but the name", rows: [][]any{text("姓名", "工号", "班组", "爱好"), text("陈立群", "1001", "一班", "钓鱼"), text("周敏", "1002", "二班", "")}, want: []string{"陈立群", "周敏"}},
		{name: "field names of a system", rows: [][]any{text("name", "gender", "id_no", "joined", "category"), text("陈立群", "1", "310115199001010010", "2015-07-01", "FULL")}, want: []string{"陈立群 gender=男 category=正式党员"}},
		{name: "two values in one column", rows: [][]any{text("姓名", "入党、转正时间", "性别/民族", "人员类别"), text("陈立群", "2015.7.1/2016.7.1", "男、汉", "正式党员"), text("周敏", "2025年7月", "女", "预备党员")}, want: []string{"陈立群 joined=2015-07-01 converted=2016-07-01 gender=男 ethnicity=汉族", "周敏 joined=2025-07 converted= gender=女"}},
		{name: "two lists side by side", rows: [][]any{text("党员花名册"), text("序号", "姓名", "性别", "人员类别", "序号", "姓名", "性别", "人员类别"), text("1", "陈立群", "男", "正式党员", "3", "王强", "男", "正式党员"), text("2", "周敏", "女", "正式党员", "", "", "", ""), text("合计：3人")},
			merged: []string{"A1:H1"}, want: []string{"陈立群", "周敏 gender=女", "王强 category=正式党员"}},
		{name: "year, month and day in columns of their own", rows: [][]any{text("姓名", "出生日期", "", "", "固定电话", "", "人员类别"), text("", "年", "月", "日", "区号", "号码", ""), {"陈立群", 1990.0, 1.0, 1.0, "021", "58001234", "正式党员"}, text("周敏", "1991", "2", "", "", "58005678", "正式党员")},
			merged: []string{"A1:A2", "B1:D1", "E1:F1", "G1:G2"}, want: []string{"陈立群 birth=1990-01-01 landline=021-58001234", "周敏 birth=1991-02 landline=58005678"}},
		{name: "a form of one person", rows: [][]any{text("党员基本信息采集表"), text("姓名", "陈立群", "性别", "男", "照片"), text("民族", "汉", "出生日期", "1990年1月", ""), text("公民身份证号", "310115199001010010", "", "", ""), text("人员类别", "正式党员☑", "加入党组织日期", "2015.7.1", ""), text("家庭住址（具体到门牌号）", "张江路 100 号"), text("党员（签字）：", "", "信息采集员（签字）：")},
			merged: []string{"A1:E1", "B4:E4", "B6:E6"}, want: []string{"陈立群 gender=男 ethnicity=汉族 birth=1990-01 id_no=310115199001010010 joined=2015-07-01 home_address=张江路␣100␣号"}},
	} {
		t.Run(s.name, func(t *testing.T) { checkShape(t, s) })
	}
}

// TestNastyCells reads what people write into cells.
func TestNastyCells(t *testing.T) {
	heads := text("姓名", "性别", "民族", "身份证号码", "出生年月", "入党时间", "人员类别", "手机号码", "固定电话", "学历", "备注", "月缴党费")
	for _, s := range []shape{
		{name: "remarks behind names", rows: [][]any{heads, text("李梅（女）", "", "汉"), text("王强(预备)", "男", "回"), text("赵宁*", "男", "868_汉族"), text("买买提.艾力（组长）", "男", "维族")},
			want: []string{"李梅 gender=女 ethnicity=汉族", "王强 category=预备党员 ethnicity=回族", "赵宁 ethnicity=汉族", "买买提·艾力 ethnicity=维吾尔族 note=组长"}, issues: []string{"A2 NAME_REMARK", "A5 NAME_INTERPUNCT"}},
		{name: "identity numbers", rows: [][]any{heads, {"陈立群", "男", "汉", 310115199001010010.0}, {"周敏", "女", "汉", "310115900101002"}, {"王强", "男", "汉", "310115********0010"}, {"赵宁", "男", "汉", "31011519851231123x "}, {"孙浩", "男", "汉", "'310115198512311232"},
			{"吴凯", "男", "汉", "3.10115E+17"}, {"郑瑞", "男", "汉", "31011519851231123"}, {"冯雅", "女", "汉", "310115 19900101 0029"}, {"韩雪", "女", "汉", "310115199001010029"}, {"沈飞", "女", "汉", "310115198512311232"}},
			want:   []string{"陈立群 id_no=", "周敏 id_no=310115900101002", "王强 id_no=", "赵宁", "孙浩 id_no=310115198512311232", "吴凯 id_no=", "郑瑞 id_no=", "冯雅 id_no=310115199001010029", "韩雪 id_no=310115199001010029", "沈飞"},
			issues: []string{"D2 ID_PRECISION_LOST", "D3 ID_15", "D4 ID_MASKED", "D5 ID_CHECK_DIGIT", "D6 ID_NORMALISED", "D7 ID_PRECISION_LOST", "D8 ID_LENGTH", "D9 ID_NORMALISED", "D10 ID_DUP_IN_FILE", "D9 ID_DUP_IN_FILE", "B11 ID_SEX_MISMATCH"}},
		{name: "phones", rows: [][]any{heads, {"陈立群", "", "", "", "", "", "", 13800001111.0}, {"周敏", "", "", "", "", "", "", "138-0000-2222"}, {"王强", "", "", "", "", "", "", "13800003333/021-58001234"}, {"赵宁", "", "", "", "", "", "", "13800004444 13800005555"},
			{"孙浩", "", "", "", "", "", "", "1.38E+10"}, {"吴凯", "", "", "", "", "", "", "021-58001234"}, {"郑瑞", "", "", "", "", "", "", "13800001111"}, {"冯雅", "", "", "", "", "", "", "13800006666（微信同号）"}, {"韩雪", "", "", "", "", "", "", "1380000777"}},
			want:   []string{"陈立群 mobile=13800001111", "周敏 mobile=13800002222", "王强 mobile=13800003333 landline=021-58001234", "赵宁 mobile=13800004444 note=手机：13800005555", "孙浩 mobile=", "吴凯 mobile= landline=021-58001234", "郑瑞 mobile=13800001111", "冯雅 mobile=13800006666", "韩雪"},
			issues: []string{"H2 PHONE_NORMALISED", "H3 PHONE_NORMALISED", "H2 PHONE_SHARED", "H8 PHONE_SHARED", "H6 PHONE_PRECISION_LOST", "H10 PHONE_LENGTH"}},
		{name: "dates", rows: [][]any{heads, text("陈立群", "", "", "", "1985-06-00", "2019.13"), text("周敏", "", "", "", "1985.06", "2019年6月—"), text("王强", "", "", "", "2001年5月1日", "2000-07-01"), text("赵宁", "", "", "", "八五年", "2030-01-01"), text("孙浩", "", "", "", "1990年1月", "介绍信在路上")},
			want: []string{"陈立群 birth=1985-06 joined=", "周敏 joined=2019-06", "王强", "赵宁 birth=", "孙浩 note=入党日期：介绍信在路上"}, issues: []string{"E2 DATE_MONTH_ONLY", "F2 DATE_INVALID", "F4 AGE_UNDER_18", "E5 DATE_TWO_DIGIT", "F5 DATE_FUTURE", "F6 ENUM_UNKNOWN"}},
		{name: "codes and words", rows: [][]any{heads, text("陈立群", "1", "01", "", "", "", "223_正式党员", "", "", "大学本科（在职）"), text("周敏", "女性", "崩龙族", "", "", "", "预备", "", "", "硕士研究生毕业"), text("王强", "M", "满", "", "", "", "中共党员", "", "", "博士后")},
			want: []string{"陈立群 gender=男 ethnicity=汉族 category=正式党员 education=大学", "周敏 gender=女 ethnicity=德昂族 category=预备党员 education=硕士研究生", "王强 gender=男 ethnicity=满族 category=正式党员"}, issues: []string{"B2 ENUM_SYNONYM", "G2 ENUM_SYNONYM"}},
		{name: "money and faults", rows: [][]any{heads, {"陈立群", "", "", "", "", "", "", "", "", "", "", "10元"}, {"周敏", "", "", "", "", "", "", "", "", "", "", 13.4}, {"王强", "", "", "", "", "", "", "", "", "", "", "1,240.50 "}, {"赵宁", "", "#N/A", "", "", "", "", "", "", "", "", "免"}},
			want: []string{"陈立群 monthly_fen=10.00", "周敏 monthly_fen=13.40", "王强 monthly_fen=1240.50", "赵宁 note=月缴党费：免"}, issues: []string{"L2 MONEY_TEXT", "L4 MONEY_TEXT"}},
		{name: "namesakes in the books", rows: [][]any{heads, text("陈立群", "男", "", "310115199001010010", "", "2015-07-01"), text("周敏", "女"), text("王强", "男", "", "", "1990-01")},
			books: []record.Record{{Kind: "member", ID: "m1", Values: record.Values{"name": "陈立群", "id_no": "310115199001010010", "joined": "2015-07-01", "gender": "1", "category": "FULL"}}, {Kind: "member", ID: "m2", Values: record.Values{"name": "周敏", "birth": "1980-02-03"}}, {Kind: "member", ID: "m3", Values: record.Values{"name": "王强", "birth": "1985-02-03"}}},
			want:  []string{"陈立群", "周敏", "王强"}, issues: []string{"A3 SAME_NAME"}},
	} {
		t.Run(s.name, func(t *testing.T) { checkShape(t, s) })
	}
}
