package screen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Statistics is the page 统计报表 (picture n): one year's figures by group; every
// figure opens the records behind it.
type Statistics struct {
	book  *Book
	year  int
	tab   string
	stats branch.Stats
}

// NewStatistics opens the page on the present year; Next works its figures out.
func NewStatistics(b *Book) *Statistics {
	return &Statistics{book: b, year: b.Today().Year, tab: statTabs()[0]}
}

// Next works the figures of a year out. It changes nothing that is shown, so it
// may run away from the face.
func (s *Statistics) Next(year int) *Statistics {
	return &Statistics{book: s.book, year: year, tab: s.tab, stats: branch.Statistics(year, s.book.Today(), s.book)}
}

// Worked reports whether the figures are worked out.
func (s *Statistics) Worked() bool { return len(s.stats.Series) > 0 }

// statTabs are the tabs in order; the first shows charts.
func statTabs() []string {
	return []string{"总览", "党员", "组织生活", "发展党员", "诉求", "党费", "年报取数"}
}

// Tabs returns the tabs.
func (s *Statistics) Tabs() []string { return statTabs() }

// Tab returns the tab shown.
func (s *Statistics) Tab() string { return s.tab }

// Show shows another tab.
func (s *Statistics) Show(tab string) { s.tab = tab }

// Year returns the year shown.
func (s *Statistics) Year() int { return s.year }

// Years returns the years that have meetings, and the present one.
func (s *Statistics) Years() []int { return s.book.meetingYears() }

// Line returns the line under the title.
func (s *Statistics) Line() string {
	on := s.stats.On
	return fmt.Sprintf("截至 %d 年 %d 月 %d 日，取自本机数据", on.Year, on.Month, on.Day)
}

// Series returns the series of a tab; those of the first tab are charts.
func (s *Statistics) Series(tab string) []branch.Series {
	var out []branch.Series
	for _, series := range s.stats.Series {
		if series.Group == tab && len(series.Points) > 0 {
			out = append(out, series)
		}
	}
	return out
}

// Of returns one series by its code.
func (s *Statistics) Of(code string) branch.Series { return s.stats.Of(code) }

// FigureText shows a figure with its unit: 91.6%, 20 人, 2,916.80 元.
func FigureText(f branch.Figure) string {
	switch f.Unit {
	case "%":
		return trimmed(f.Value) + "%"
	case "元":
		return grouped(int64(f.Value*100+0.5)) + " 元"
	case "":
		return trimmed(f.Value)
	}
	return trimmed(f.Value) + " " + f.Unit
}

// Share returns a figure's part of its series in percent, "" where the series
// does not add up to a whole.
func Share(series branch.Series, f branch.Figure) string {
	sum := 0.0
	for _, p := range series.Points {
		sum += p.Value
	}
	if sum == 0 {
		return "0%"
	}
	return strconv.Itoa(int(f.Value*100/sum+0.5)) + "%"
}

// Wanted is the attendance asked for, in percent: the line in the chart.
func (s *Statistics) Wanted() float64 {
	return float64(branch.RulesOn(s.book, s.stats.On).Int("attendance_percent"))
}

// Behind returns the records behind a figure, in the order of their names.
func (s *Statistics) Behind(f branch.Figure) []Pick {
	k, err := s.book.Kind(f.Kind)
	if err != nil {
		return nil
	}
	var out []Pick
	for _, id := range f.IDs {
		if r, ok := s.book.Get(f.Kind, id); ok {
			out = append(out, Pick{ID: id, Label: s.book.Title(r), Note: s.book.aside(k, r)})
		}
	}
	slices.SortStableFunc(out, func(a, b Pick) int { return strings.Compare(branch.SortKey(a.Label), branch.SortKey(b.Label)) })
	return out
}

// HeldOf is one line of the table of meetings: held, wanted, how it stands.
type HeldOf struct {
	Figure branch.Figure
	Held   int
	Wanted int
	Mark   Mark
}

// Meetings returns the table 组织生活次数.
func (s *Statistics) Meetings() []HeldOf {
	var out []HeldOf
	for _, row := range s.stats.Of("meetings").Points {
		p := HeldOf{Figure: row, Held: int(row.Value)}
		if _, err := fmt.Sscanf(row.Note, "应开 %d", &p.Wanted); err != nil {
			p.Wanted = 0
		}
		_, stands, _ := strings.Cut(row.Note, "，")
		switch {
		case strings.HasPrefix(stands, "缺"):
			p.Mark = Mark{Late, stands}
		case p.Held >= p.Wanted:
			p.Mark = Mark{Fine, "已完成"}
		case stands != "":
			p.Mark = Mark{Soon, stands}
		case s.year < s.book.Today().Year:
			p.Mark = Mark{Neutral, "往年"}
		default:
			p.Mark = Mark{Coming, "按进度"}
		}
		out = append(out, p)
	}
	return out
}

// Table is a series as a spreadsheet's rows: 看表格 and 导出 Excel use it.
func Table(series branch.Series) [][]string {
	rows := [][]string{{series.Label, "数", "说明"}}
	for _, p := range series.Points {
		rows = append(rows, []string{p.Label, FigureText(p), p.Note})
	}
	return rows
}

// Learning is the page 学习培训's second half: the hours of each member against
// the year's requirement.
type Learning struct {
	Member, Name, Group string
	Hours               string
	Wanted              int
	Part                float64
	Mark                Mark
}

// Learners returns the members with their hours of a year, those who lack most
// first.
func (b *Book) Learners(year int) []Learning {
	on := b.Today()
	if last := (record.Date{Year: year, Month: 12, Day: 31}); on.After(last) {
		on = last
	}
	rules, hours := branch.RulesOn(b, on), branch.Hours(year, on, b)
	secretary := map[string]bool{}
	for _, p := range branch.CommitteeOn(b, on) {
		secretary[p.Member] = p.Post == "SECRETARY"
	}
	var out []Learning
	for _, m := range branch.Roster(b, on) {
		l := Learning{Member: m.ID, Name: b.Title(m), Group: m.Values["group"], Hours: trimmed(hours[m.ID]), Wanted: rules.Int("member_hours")}
		if secretary[m.ID] {
			l.Wanted = rules.Int("secretary_hours")
		}
		l.Part = min(hours[m.ID]/float64(max(l.Wanted, 1)), 1)
		l.Mark = Mark{Fine, "已达标"}
		if lack := float64(l.Wanted) - hours[m.ID]; lack > 0 {
			l.Mark = Mark{Soon, "差 " + trimmed(lack) + " 学时"}
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b Learning) int {
		switch {
		case a.Part < b.Part:
			return -1
		case a.Part > b.Part:
			return 1
		}
		return 0
	})
	return out
}

// Sheet returns every figure of the year as rows to work on in a spreadsheet, its
// number and its unit in columns of their own.
func (s *Statistics) Sheet() [][]string {
	rows := [][]string{{"类别", "统计", "项目", "数值", "单位", "占比"}}
	for _, tab := range s.Tabs() {
		for _, series := range s.Series(tab) {
			for _, f := range series.Points {
				value := trimmed(f.Value)
				if f.Unit == "元" {
					value = strconv.FormatFloat(f.Value, 'f', 2, 64)
				}
				rows = append(rows, []string{tab, series.Label, f.Label, value, f.Unit, Share(series, f)})
			}
		}
	}
	return rows
}
