package sheet

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

// TestDatesAsPeopleWriteThem is the table of readings: value and the first code,
// if any.
func TestDatesAsPeopleWriteThem(t *testing.T) {
	number := func(x float64, format string) Cell { return numberCell(x, digits(x), format) }
	word := func(s string) Cell { return Cell{Type: Text, Text: s} }
	for _, c := range []struct {
		cell       Cell
		want, code string
	}{
		{word("2019-06-12"), "2019-06-12", ""}, {word("2019/6/12 0:00:00"), "2019-06-12", ""}, {word("2019.6.12"), "2019-06-12", ""},
		{word("2019．6．12"), "2019-06-12", ""}, {word(" 2019年6月12日 "), "2019-06-12", ""}, {word("2019年6月12号"), "2019-06-12", ""},
		{word("20190612"), "2019-06-12", ""}, {word("二〇一九年六月十二日"), "2019-06-12", ""}, {word("二零一九年六月三十日"), "2019-06-30", ""},
		{word("二O一九年十月"), "2019-10", dateMonth}, {word("二00一年七月"), "2001-07", dateMonth}, {word("一九八五年六月"), "1985-06", dateMonth}, {word("二〇一九年六月"), "2019-06", dateMonth},
		{word("2019年元月"), "2019-01", dateMonth}, {word("2019-06-12T00:00:00.000"), "2019-06-12", ""}, {word("2019 年 6 月 12 日"), "2019-06-12", ""},
		{word("2019 6 12"), "2019-06-12", ""}, {word("2019、6、12"), "2019-06-12", ""}, {word("2019-6-12（星期三）"), "2019-06-12", ""},
		{word("1985.06"), "1985-06", dateMonth}, {word("1985.6"), "1985-06", dateMonth}, {word("1998.1"), "1998-01", dateMonth}, {word("1998.10"), "1998-10", dateMonth},
		{number(1985.06, ""), "1985-06", dateMonth}, {number(1998.1, ""), "", dateAmbiguous}, {number(1998.11, ""), "1998-11", dateMonth}, {number(2019.13, ""), "", dateInvalid},
		{number(1998.0712, ""), "1998-07-12", ""}, {number(198507, ""), "1985-07", dateMonth}, {number(19850712, ""), "1985-07-12", ""}, {number(1985, ""), "1985", dateYear},
		{number(36708, ""), "2000-07-01", ""}, {number(37073, "yyyy.mm"), "2001-07-01", ""}, {number(43628.604, "yyyy/m/d h:mm"), "2019-06-12", ""},
		{number(0, ""), "", dateZero}, {number(60, "yyyy-mm-dd"), "", dateInvalid}, {number(61, "yyyy-mm-dd"), "1900-03-01", ""}, {number(59, "yyyy-mm-dd"), "1900-02-28", ""},
		{word("85.6"), "", dateTwoDigit}, {word("八五年"), "", dateTwoDigit}, {word("98年7月"), "", dateTwoDigit}, {word("’98.7"), "", dateTwoDigit}, {word("98-7-1"), "", dateTwoDigit},
		{number(98.7, ""), "", dateTwoDigit}, {number(980701, ""), "", dateTwoDigit}, {word("Jun-85"), "", dateTwoDigit}, {word("12-Jun-2019"), "2019-06-12", ""},
		{word("2001-02-30"), "", dateInvalid}, {word("2019.13"), "", dateInvalid}, {word("4月15日"), "", dateInvalid}, {word("1805-01-01"), "", dateInvalid},
		{word("1985-06-00"), "1985-06", dateMonth}, {word("1985-00-00"), "1985", dateYear}, {word("0000-00-00"), "", dateZero}, {word("1899-12-30"), "", dateZero},
		{word("1900-1-0"), "", dateZero}, {word("1900/1/0"), "", dateZero}, {word("0"), "", dateZero},
		{word("不详"), "", dateBlank}, {word("/"), "", dateBlank}, {word("——"), "", dateBlank}, {word("无"), "", dateBlank}, {word("暂无"), "", dateBlank}, {word("N/A"), "", dateBlank},
		{word("2019年6月—"), "2019-06", dateMonth}, {word("2019-06-"), "2019-06", dateMonth}, {word("2019年"), "2019", dateYear}, {word("1985年左右"), "1985", dateYear}, {word("约1985年"), "1985", dateYear},
		{word("2022年11月14日至17日"), "2022-11-14", dateRange}, {word("2019.6-2020.6"), "2019-06", dateRange}, {word("2019-06-12~2019-06-20"), "2019-06-12", dateRange},
		{word("6/13/2019"), "2019-06-13", ""}, {word("6/12/2019"), "", dateAmbiguous}, {word("2019611"), "", dateAmbiguous}, {word("预备期延长半年"), "", unknown}, {word("待支部大会讨论"), "", unknown},
		{word("43628"), "2019-06-12", ""}, {word("1998.7（补办）"), "1998-07", dateMonth}, {Cell{Type: Loose, Text: "1998.1"}, "", dateAmbiguous}, {Cell{Type: Loose, Text: "1998.10"}, "1998-10", dateMonth},
	} {
		day, r := dateReader{}.read(c.cell)
		code := ""
		if len(r.findings) > 0 {
			code = r.findings[0].code
		}
		if day.String() != c.want || code != c.code && !(c.code == dateRange && strings.Contains(fmt.Sprint(r.findings), dateRange)) {
			t.Errorf("%+v read as %q %s, want %q %s", c.cell.Text, day, code, c.want, c.code)
		}
	}
}

// TestEveryDayInEveryWriting holds for all days: each way to write one gives the
// same day back.
func TestEveryDayInEveryWriting(t *testing.T) {
	han := func(n int) string { return strings.Split("〇,一,二,三,四,五,六,七,八,九", ",")[n] }
	tens := func(n int) string {
		switch {
		case n < 10:
			return han(n)
		case n%10 == 0:
			return strings.TrimPrefix(han(n/10), "一") + "十"
		}
		return strings.TrimPrefix(han(n/10), "一") + "十" + han(n%10)
	}
	rapid.Check(t, func(rt *rapid.T) {
		day := record.Date{Year: 1950, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 28000).Draw(rt, "day"))
		y, m, d := day.Year, day.Month, day.Day
		serial := float64((record.Date{Year: 1899, Month: 12, Day: 30}).DaysUntil(day))
		year := ""
		for _, r := range fmt.Sprint(y) {
			year += han(int(r - '0'))
		}
		for _, c := range []Cell{
			{Type: Text, Text: fmt.Sprintf("%d-%d-%d", y, m, d)}, {Type: Text, Text: fmt.Sprintf("%d/%02d/%02d 0:00:00", y, m, d)}, {Type: Text, Text: fmt.Sprintf("%d.%d.%d", y, m, d)},
			{Type: Text, Text: fmt.Sprintf("%d年%d月%d日", y, m, d)}, {Type: Text, Text: fmt.Sprintf("%d%02d%02d", y, m, d)}, {Type: Loose, Text: fmt.Sprintf("%d，%d，%d", y, m, d)},
			{Type: Text, Text: year + "年" + tens(m) + "月" + tens(d) + "日"}, numberCell(serial, "", "yyyy/m/d"), numberCell(serial, "", ""), numberCell(float64(y*10000+m*100+d), "", ""),
		} {
			got, r := dateReader{}.read(c)
			if got != day || len(r.findings) > 0 {
				rt.Fatalf("%q read as %v %v, want %v", c.Text, got, r.findings, day)
			}
		}
		got, _ := dateReader{date1904: true}.read(numberCell(serial-1462, "", "yyyy/m/d"))
		if serial > 1462+1 && got != day {
			rt.Fatalf("serial %v of 1904 read as %v, want %v", serial-1462, got, day)
		}
	})
}

// TestNoTextMakesADateReaderGuess holds for any text: a reading is a real day, or
// none with a finding.
func TestNoTextMakesADateReaderGuess(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("0123456789.-/年月日至—（）一二十〇八五约 ;TJun"))).Draw(rt, "text")
		day, r := dateReader{}.read(Cell{Type: Text, Text: s})
		if day.IsZero() && len(r.findings) == 0 {
			rt.Fatalf("%q read as nothing without a word", s)
		}
		if _, err := record.ParseDate(day.String()); !day.IsZero() && err != nil {
			rt.Fatalf("%q read as %q", s, day)
		}
	})
}

// TestMoments reads dates with times.
func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"2019/2/3  14:30": "2019-02-03 14:30", "2024年3月5日下午2:30—4:00": "2024-03-05 14:30|2024-03-05 16:00", "2024.4.8": "2024-04-08",
		"2024-4-9 19:00": "2024-04-09 19:00", "4月15日": "", "2024/4/4上午": "2024-04-04", "2024-02-30": "", "2024年3月5日上午9时": "2024-03-05 09:00",
		"2024年3月5日14时30分至16时": "2024-03-05 14:30|2024-03-05 16:00", "2024-03-05T14:30:00": "2024-03-05 14:30", "2024年3月5日（星期二）下午3点半": "2024-03-05 15:30",
		"二〇二四年三月五日": "2024-03-05", "2024年3月": "", "2024.3.5 14：30-15：30": "2024-03-05 14:30|2024-03-05 15:30", "2024年3月5日晚上7:00": "2024-03-05 19:00",
		"2024/3/5 2:30 PM": "2024-03-05 14:30", "2024-03-05 9:00-11:30": "2024-03-05 09:00|2024-03-05 11:30", "2024年3月5日上午9:30至下午2:00": "2024-03-05 09:30|2024-03-05 14:00",
	} {
		start, end, r := dateReader{}.moment(Cell{Type: Text, Text: text})
		got := start
		if end != "" {
			got += "|" + end
		}
		if got != want || start == "" && len(r.findings) == 0 {
			t.Errorf("%q read as %q %v, want %q", text, got, r.findings, want)
		}
	}
	if start, _, _ := (dateReader{}).moment(numberCell(45352.375, "", "yyyy-mm-dd h:mm:ss")); start != "2024-03-01 09:00" {
		t.Errorf("serial 45352.375 read as %q", start)
	}
}
