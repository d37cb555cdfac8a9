package record

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// everyType is every Type with settings that show its limits.
func everyType() []Type {
	return []Type{
		Text{}, Text{Max: 20}, Long{}, PersonName{}, Day{}, Moment{}, Money{}, Rate{},
		Number{}, Number{Min: -5, Max: 5}, Number{Decimals: 1, Unit: "学时"},
		Choice{Codes: []Code{{ID: "1", Label: "正式党员", Also: []string{"正式"}}, {ID: "2", Label: "预备党员"}}},
		Choice{Codes: []Code{{ID: "1", Label: "正式党员"}}, Open: true},
		Ref{Kind: "member"}, IDNumber{}, Phone{}, File{}, YesNo{},
		Rows{Columns: []Field{{Name: "title", Label: "议题", Type: Text{}}}},
	}
}

// nasty is what reaches a box by paste, by a spreadsheet or by accident.
var nasty = []string{
	"\x00", "\xff\xfe", "\u200b\u200e", "　", "０", "-", ".", "/", "年月日", "9999999999999999999999",
	"1e400", "NaN", "-0", "2026-02-30", "2026-13-01", "00000000", "2026年", "24:00", "2026-11-20 24:00",
	"=1+1", "𫖯", strings.Repeat("党", 300), strings.Repeat("9", 400), "是否", "😀", "a/b/c", "+86 ", "1.38E+10", "3.10115E+17",
}

func TestEveryTypeConforms(t *testing.T) {
	names := map[string]bool{}
	for _, typ := range everyType() {
		names[typ.Name()] = true
		_, isRows := typ.(Rows)
		if len(typ.Samples()) == 0 && !isRows {
			t.Errorf("%s: no samples", typ.Name())
		}
		for _, text := range typ.Samples() {
			if _, err := typ.Parse(text); err != nil {
				t.Errorf("%s refuses its own sample %q: %v", typ.Name(), text, err)
			}
			conform(t, typ, text)
		}
		for _, text := range nasty {
			conform(t, typ, text)
		}
	}
	if len(names) != 15 {
		t.Errorf("%d types are held to the contract, want all 15", len(names))
	}
}

// conform holds one type to the contract of Type for one text.
func conform(t *testing.T, typ Type, text string) {
	t.Helper()
	value, err := typ.Parse(text)
	if err != nil {
		if CodeOf(err) == "" || SayOf(err) == "" || !strings.ContainsAny(SayOf(err), "。") {
			t.Fatalf("%s.Parse(%q): an error without code or sentence: %v", typ.Name(), text, err)
		}
		return
	}
	if !utf8.ValidString(value) {
		t.Fatalf("%s.Parse(%q) = %q: not valid text", typ.Name(), text, value)
	}
	if value == "" {
		return
	}
	shown := typ.Format(value)
	again, err := typ.Parse(shown)
	if err != nil || again != value {
		t.Fatalf("%s: Parse(%q) = %q, shown %q, read back %q, %v", typ.Name(), text, value, shown, again, err)
	}
}

func FuzzEveryParse(f *testing.F) {
	for _, typ := range everyType() {
		for _, s := range typ.Samples() {
			f.Add(s)
		}
	}
	for _, s := range nasty {
		f.Add(s)
	}
	types := everyType()
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range types {
			conform(t, typ, text)
		}
	})
}

func TestParseReadsWhatPeopleType(t *testing.T) {
	for _, c := range []struct {
		typ         Type
		typed, want string
	}{
		{Day{}, "2019年6月12日", "2019-06-12"}, {Day{}, "2019.6", "2019-06"}, {Day{}, "２０１９", "2019"},
		{Day{}, "2024-02-29", "2024-02-29"}, {Moment{}, "2026年11月20日14时5分", "2026-11-20 14:05"},
		{Moment{}, "20261120 0905", "2026-11-20 09:05"}, {Money{}, "1,240.5元", "124050"}, {Money{}, "0.2", "20"},
		{IDNumber{}, "31011519950315003x", "31011519950315003X"}, {Phone{}, "+86 138-0013-8000", "13800138000"},
		{Phone{}, "(021)58001234", "021-58001234"}, {PersonName{}, "李 伟", "李伟"}, {PersonName{}, "阿卜杜•买买提", "阿卜杜·买买提"},
		{Rate{}, "1.5%", "150"}, {Rate{}, "0.5", "50"}, {Rate{}, "0.015", "150"}, {Rate{}, "0.05%", "5"},
		{YesNo{}, "√", "1"}, {Number{Unit: "学时"}, "12学时", "12"}, {Text{}, " a\n b ", "a b"}, {Long{}, "甲 \r\n乙\n", "甲\n乙"},
	} {
		if got, err := c.typ.Parse(c.typed); err != nil || got != c.want {
			t.Errorf("%s.Parse(%q) = %q, %v; want %q", c.typ.Name(), c.typed, got, err, c.want)
		}
	}
}

func TestParseRefusesWithTheReason(t *testing.T) {
	for _, c := range []struct {
		typ         Type
		typed, code string
	}{
		{Day{}, "2023-02-29", "DATE_INVALID"}, {Day{}, "2019-13", "DATE_INVALID"}, {Day{}, "昨年", "DATE_FORMAT"}, {Day{}, "0201-01-01", "DATE_YEAR"},
		{Moment{}, "2026-11 14:00", "TIME_INVALID"}, {Moment{}, "2026-11-20 25:00", "TIME_INVALID"}, {Money{}, "1.234", "MONEY_FORMAT"}, {Money{}, "-5", "MONEY_FORMAT"},
		{IDNumber{}, "3101151990010100101", "ID_LENGTH"}, {IDNumber{}, "3.10115E+17", "ID_SCIENTIFIC"}, {IDNumber{}, "护照E123", "ID_FORMAT"},
		{Phone{}, "没有", "PHONE_FORMAT"}, {Rate{}, "150", "RATE_RANGE"}, {Rate{}, "1.234%", "RATE_DECIMALS"}, {Rate{}, "1.5元", "RATE_FORMAT"}, {Number{Min: 1, Max: 5}, "6", "NUMBER_RANGE"}, {Number{}, "1.5", "NUMBER_DECIMALS"}, {Number{}, "0x10", "NUMBER_FORMAT"},
		{YesNo{}, "也许", "CODE_UNKNOWN"}, {Text{Max: 2}, "三个字", "TEXT_TOO_LONG"}, {File{}, "x", "FILE_ID"}, {Ref{}, "../a", "REF_FORMAT"},
	} {
		if _, err := c.typ.Parse(c.typed); CodeOf(err) != c.code {
			t.Errorf("%s.Parse(%q): %v, want %s", c.typ.Name(), c.typed, err, c.code)
		}
	}
}

func TestExpandDate(t *testing.T) {
	today := Date{2026, 11, 20}
	for typed, want := range map[string]string{
		"今天": "2026-11-20", "昨天": "2026-11-19", "明天": "2026-11-21", "+7": "2026-11-27", "-20": "2026-10-31", "11-20": "2026-11-20",
		"1120": "2026-11-20", "2019": "2019", "20191105": "20191105", "6.1": "2026-06-01", "13-40": "13-40", "": "",
	} {
		if got := ExpandDate(typed, today); got != want {
			t.Errorf("ExpandDate(%q) = %q, want %q", typed, got, want)
		}
	}
}
