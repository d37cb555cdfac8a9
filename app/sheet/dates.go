package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/storage/record"
)

// dateReader reads dates as people write them in spreadsheets. What can mean two
// days is never guessed: it stays empty and both readings are offered.
type dateReader struct {
	date1904 bool
	// zeros reports that the column holds values like "1998.10", so that
	// "1998.1" there was written as text and means January.
	zeros bool
	year  int         // that the list is about: offered where a date lacks its year, 0 if unknown
	today record.Date // dates of two-digit years are not offered beyond it; zero: no bound
}

// read reads a cell as a date.
func (d dateReader) read(c Cell) (record.Date, reading) {
	if c.Type == Number {
		return d.number(c)
	}
	return d.text(c.Text, c.Type == Loose)
}

const askDay = "请核对后选定或改写。"

// number reads a numeric cell: a serial date, or digits typed like a date.
func (d dateReader) number(c Cell) (record.Date, reading) {
	var r reading
	whole, frac, isFrac := strings.Cut(c.Text, ".")
	switch {
	case c.Number == 0 || isDate(c.Format) && c.Number < 1 && c.Number >= 0:
		r.find(dateZero, "这一格是 0，表格里显示成 1900 年，其实没有填日期，按空处理。")
		return record.Date{}, r
	case isDate(c.Format), len(whole) == 5 && c.Number >= 8000 && c.Number < 80000:
		return d.serial(c.Number)
	case !isFrac:
		return d.text(whole, false)
	case len(whole) == 4:
		return d.decimal(whole, frac)
	}
	return d.text(c.Text, false)
}

func (d dateReader) serial(x float64) (record.Date, reading) {
	var r reading
	day, _ := serialDay(x, d.date1904)
	if day.IsZero() {
		r.find(dateInvalid, "这个日期日历上没有。请核对后改写。")
	}
	return day, r
}

// decimal reads 1998.07 typed as a number: the digits after the point are the
// month; "1" may have been "10", whose zero a number does not keep.
func (d dateReader) decimal(year, frac string) (record.Date, reading) {
	var r reading
	switch {
	case frac == "1" && !d.zeros:
		r.find(dateAmbiguous, "“"+year+".1”存成了数字，可能是 1 月，也可能是 10 月。"+askDay, year+"-01", year+"-10")
		return record.Date{}, r
	case len(frac) == 4:
		return d.text(year+"-"+frac[:2]+"-"+frac[2:], false)
	case len(frac) == 3:
		r.find(dateAmbiguous, "“"+year+"."+frac+"”存成了数字，月和日分不清。"+askDay)
		return record.Date{}, r
	}
	return d.text(year+"-"+frac, false)
}

var (
	spaced     = regexp.MustCompile(`(\d)\s+(\d)`)
	tailTime   = regexp.MustCompile(`^(.*\d[日号]?)[T ]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$`)
	weekday    = regexp.MustCompile(`[(\s]*(星期|周|礼拜)[一二三四五六日天][)\s]*`)
	about      = regexp.MustCompile(`^(约|大约|大概)|(左右|前后|许|年初|年底|年末)$`)
	dashesEnd  = regexp.MustCompile(`[-—–―~～至起到]+$`)
	rangeForm  = regexp.MustCompile(`^(\d{4}.*?)\s*(?:--+|—+|–|―|~|～|至|到)\s*(\d.*)$`)
	hyphenPair = regexp.MustCompile(`^(\d{4}[./年]\d{1,2}(?:[./月]\d{1,2}日?|月)?)-(\d{4}[./年].*|\d{1,2}[./月]\d{1,2}日?)$`)
	zeroForm   = regexp.MustCompile(`^(0{2,4}[-/.年]0{1,2}([-/.月]0{1,2}日?)?|0+|0001-0?1-0?1|1899-12-3[01]|1900[-/.]0?1[-/.]0?[01]|1900-0?0-0?0|00:00(:00)?)$`)
	zeroPart   = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月]0{1,2}日?$`)
	twoDigit   = regexp.MustCompile(`^['’‘]?(\d{2})(?:年|[./-])(?:(\d{1,2})(?:月|[./-]|$)(?:(\d{1,2})日?)?)?$`)
	sixDigits  = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
	noYear     = regexp.MustCompile(`^(\d{1,2})(?:月(\d{1,2})[日号]?|[-/](\d{1,2}))$`)
	sevenForm  = regexp.MustCompile(`^(\d{4})(\d{3})$`)
	pointOne   = regexp.MustCompile(`^(\d{4})\.1$`)
	remark     = regexp.MustCompile(`^(.*\d.*?)\s*[(（]([^()（）]*)[)）]$`)
)

// text reads a date written out. loose text may have been a number once.
func (d dateReader) text(s string, loose bool) (record.Date, reading) {
	var r reading
	s = tidyDate(s)
	switch {
	case zeroForm.MatchString(s):
		r.find(dateZero, "“"+clip(s)+"”是没有填时自动出现的日期，按空处理。")
		return record.Date{}, r
	case isBlank(s):
		r.find(dateBlank, "“"+clip(s)+"”按空处理。")
		return record.Date{}, r
	case loose && !d.zeros && pointOne.MatchString(s):
		return d.decimal(s[:4], "1")
	}
	if m := remark.FindStringSubmatch(s); m != nil {
		day, r := d.text(m[1], loose)
		if r.rest == "" && !weekday.MatchString(m[2]) {
			r.rest = m[2]
		}
		return day, r
	}
	return d.plain(s)
}

// floatTail is what other programs add to whole numbers: 20190612.0.
var floatTail = regexp.MustCompile(`^(\d{4,11})\.0+$`)

var (
	anyBlank  = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\u00a0", " ")
	dateMarks = strings.NewReplacer("。", ".", "﹒", ".", "·", ".", "、", ".", ",", ".", "号", "日")
)

// plainDate reports whether a text is digits and separators only, as most are.
func plainDate(s string) bool { return s != "" && strings.Trim(s, "0123456789-/") == "" }

// tidyDate brings a date to half-width digits without blanks, weekday and clock.
func tidyDate(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(record.Halfwidth(anyBlank.Replace(s))), "'‘’`")
	s = floatTail.ReplaceAllString(s, "$1")
	if plainDate(s) {
		return s
	}
	s = hanDate(dateMarks.Replace(s))
	if m := tailTime.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = strings.TrimSpace(weekday.ReplaceAllString(s, " "))
	s = spaced.ReplaceAllString(s, "$1-$2")
	s = spaced.ReplaceAllString(s, "$1-$2") // matches do not overlap
	s = strings.ReplaceAll(s, " ", "")
	return strings.TrimRight(s, ".")
}

func (d dateReader) plain(s string) (record.Date, reading) {
	var r reading
	if m := zeroPart.FindStringSubmatch(s); m != nil {
		s = m[1]
		if month := strings.TrimLeft(m[2], "0"); month != "" {
			s += "-" + month
		}
	}
	if day, err := record.ParseDate(s); err == nil {
		return day, precision(day)
	} else if code := record.CodeOf(err); code != "DATE_FORMAT" && !sevenForm.MatchString(s) {
		if r := d.sixDigit(s); r != nil {
			return record.Date{}, *r
		}
		r.find(dateInvalid, "“"+clip(s)+"”："+record.SayOf(err))
		return record.Date{}, r
	}
	for _, try := range []func(string) (record.Date, *reading){d.span, d.short, d.foreign, d.serialText, d.loosened} {
		if day, r := try(s); r != nil {
			return day, *r
		}
	}
	r.find(unknown, "“"+clip(s)+"”不是日期，没有填进这一项，原文放进备注。")
	r.rest = s
	return record.Date{}, r
}

// precision reports a date that is known to the month or year only.
func precision(day record.Date) reading {
	var r reading
	switch {
	case day.Month == 0:
		r.find(dateYear, "只有年份，按“"+day.String()+" 年”保存，具体月日以后可以补。")
	case day.Day == 0:
		r.find(dateMonth, "只有年月，按“"+day.String()+"”保存，具体日子以后可以补。")
	}
	return r
}

// short reads what lacks a century or a year.
func (d dateReader) short(s string) (record.Date, *reading) {
	var r reading
	if m := twoDigit.FindStringSubmatch(s); m != nil {
		return d.century(s, m[1], m[2], m[3])
	}
	if m := sevenForm.FindStringSubmatch(s); m != nil {
		r.find(dateAmbiguous, "“"+s+"”的月和日分不清。"+askDay, m[1]+"-"+m[2][:1]+"-"+m[2][1:], m[1]+"-"+m[2][:2]+"-"+m[2][2:])
		return record.Date{}, &r
	}
	if noYear.MatchString(s) {
		var suggest []string
		if full, err := record.ParseDate(fmt.Sprintf("%d-%s", d.year, strings.NewReplacer("月", "-", "/", "-", "日", "", "号", "").Replace(s))); err == nil {
			suggest = []string{full.String()}
		}
		r.find(dateInvalid, "“"+s+"”没有写年份，不能猜。请补上年份。", suggest...)
		return record.Date{}, &r
	}
	return record.Date{}, nil
}

// century offers the four-digit readings of a two-digit year.
func (d dateReader) century(s, year, month, day string) (record.Date, *reading) {
	var r reading
	rest := ""
	for _, part := range []string{month, day} {
		if part != "" {
			rest += "-" + part
		}
	}
	var suggest []string
	for _, full := range []string{"19" + year + rest, "20" + year + rest} {
		if got, err := record.ParseDate(full); err == nil && (d.today.IsZero() || !got.After(d.today)) {
			suggest = append(suggest, got.String())
		}
	}
	if suggest == nil {
		r.find(dateInvalid, "“"+s+"”日历上没有。请核对后改写。")
		return record.Date{}, &r
	}
	r.find(dateTwoDigit, "“"+s+"”的年份只有两位，分不清是哪个世纪。"+askDay, suggest...)
	return record.Date{}, &r
}

// sixDigit offers 19980701 for "980701", which read as a year and month is no
// date at all.
func (d dateReader) sixDigit(s string) *reading {
	m := sixDigits.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	_, r := d.century(s, m[1], m[2], m[3])
	return r
}
