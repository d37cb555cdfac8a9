package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

var (
	clockForm = regexp.MustCompile(`(上午|下午|中午|晚上|傍晚|晚|凌晨|早上|早|AM|PM|am|pm)?\s*(\d{1,2})(?:[:：]|时|点|：)(\d{1,2}|半|一刻)?分?(?::\d{2})?(?:\.\d+)?\s*(AM|PM|am|pm)?`)
	partOfDay = regexp.MustCompile(`\s*(上午|下午|中午|晚上|傍晚|晚|凌晨|早上|全天)\s*$`)
	isoT      = regexp.MustCompile(`(\d)T(\d)`)
)

// clock is a time of day in minutes.
type clock struct{ minutes, from, to int } // from and to: where it stands in the text

// moment reads a date with times: the beginning, and the end if one is written.
// A time that is not written stays unknown.
func (d dateReader) moment(c Cell) (start, end string, r reading) {
	if c.Type == Number {
		return d.numericMoment(c)
	}
	text := strings.TrimSpace(record.Halfwidth(isoT.ReplaceAllString(hanDate(c.Text), "$1 $2")))
	clocks := clocksIn(text)
	head := text
	if len(clocks) > 0 {
		head = text[:clocks[0].from]
	}
	head = partOfDay.ReplaceAllString(strings.TrimRight(head, " ,，;；"), "")
	day, r := d.text(head, c.Type == Loose)
	switch {
	case day.IsZero():
		return "", "", r
	case !day.Exact():
		r.findings = nil
		r.find(dateInvalid, "“"+clip(c.Text)+"”没有写到哪一天，不能猜。请补上日子。")
		return "", "", r
	case len(clocks) == 0:
		return day.String(), "", r
	}
	start = at(day, clocks[0].minutes)
	if len(clocks) > 1 {
		finish := clocks[1].minutes
		if finish < clocks[0].minutes && finish+720 > clocks[0].minutes && finish < 720 {
			finish += 720 // 下午2:30—4:00
		}
		if finish >= clocks[0].minutes && finish < 24*60 {
			end = at(day, finish)
		}
	}
	return start, end, r
}

func at(day record.Date, minutes int) string {
	return fmt.Sprintf("%s %02d:%02d", day, minutes/60, minutes%60)
}

func (d dateReader) numericMoment(c Cell) (start, end string, r reading) {
	day, r := d.number(c)
	if day.IsZero() {
		return "", "", r
	}
	if !day.Exact() {
		r.findings = nil
		r.find(dateInvalid, "“"+clip(c.Text)+"”没有写到哪一天，不能猜。请补上日子。")
		return "", "", r
	}
	if _, minutes := serialDay(c.Number, d.date1904); minutes > 0 && c.Number < 80000 {
		return at(day, minutes), "", r
	}
	return day.String(), "", r
}

// clocksIn finds the times of day in a text, at most two.
func clocksIn(text string) []clock {
	var out []clock
	half := ""
	for _, m := range clockForm.FindAllStringSubmatchIndex(text, 2) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		hour, _ := strconv.Atoi(group(2)) // two digits by the pattern
		minute := 0
		switch g := group(3); g {
		case "半":
			minute = 30
		case "一刻":
			minute = 15
		default:
			minute, _ = strconv.Atoi("0" + g) // digits by the pattern
		}
		if part := group(1) + group(4); part != "" {
			half = strings.ToLower(part)
		}
		if hour < 12 && afternoon(half) {
			hour += 12
		}
		if hour > 23 || minute > 59 {
			continue
		}
		out = append(out, clock{hour*60 + minute, m[0], m[1]})
	}
	return out
}

func afternoon(part string) bool {
	switch part {
	case "下午", "晚上", "傍晚", "晚", "pm":
		return true
	}
	return false
}
