package branch

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Figure is one number with the records behind it, so that every number opens
// its list.
type Figure struct {
	Code  string   `json:"code"`
	Label string   `json:"label"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit,omitempty"` // 人, 次, %, 元 …
	Note  string   `json:"note,omitempty"`
	Kind  string   `json:"kind,omitempty"` // kind of the records in IDs
	IDs   []string `json:"ids,omitempty"`
}

// Series is figures that belong side by side: bars of a chart, lines of a table.
type Series struct {
	Code   string   `json:"code"`
	Label  string   `json:"label"`
	Group  string   `json:"group"` // 总览, 党员, 组织生活, 发展党员, 诉求, 党费, 年报取数
	Points []Figure `json:"points"`
}

// Stats is the statistics of a year as seen on a day.
type Stats struct {
	Year   int         `json:"year"`
	On     record.Date `json:"-"`
	Series []Series    `json:"series"`
}

// Of returns the series with a code.
func (s Stats) Of(code string) Series {
	for _, series := range s.Series {
		if series.Code == code {
			return series
		}
	}
	return Series{Code: code}
}

// Point returns a figure of a series by its code.
func (s Series) Point(code string) Figure {
	for _, p := range s.Points {
		if p.Code == code {
			return p
		}
	}
	return Figure{Code: code}
}

// Statistics works out the figures of a year up to a day (domain.md §1.10, §2.2,
// §4 and the counters of §6). The figures of a past year are those of its last
// day.
func Statistics(year int, on record.Date, in record.Around) Stats {
	if last := (record.Date{Year: year, Month: 12, Day: 31}); on.After(last) {
		on = last
	}
	c := &census{in: in, on: on, year: year, members: Roster(in, on), learned: hoursOf(year, on, in), book: ruleBook(in), turnouts: map[record.Date]turnoutSum{}}
	for _, m := range in.All("meeting") {
		held := dayOf(m.Values["start"])
		if m.Values["status"] == Draft || held.After(on) || held.Year != year && held.Year != year-1 {
			continue
		}
		c.meetings = append(c.meetings, m)
		if counted(m) {
			c.tally(held, m)
		}
	}
	s := Stats{Year: year, On: on}
	s.Series = append(s.Series, c.overview())
	s.Series = append(s.Series, c.ofMembers()...)
	s.Series = append(s.Series, c.ofMeetings()...)
	s.Series = append(s.Series, c.ofPool()...)
	s.Series = append(s.Series, c.ofDemands()...)
	s.Series = append(s.Series, c.ofDues()...)
	s.Series = append(s.Series, c.ofDistrict()...)
	return s
}

// census is the books read once.
type census struct {
	in       record.Around
	on       record.Date
	year     int
	members  []record.Record
	meetings []record.Record // held by the day, of this year and the last
	learned  map[string]float64
	turnouts map[record.Date]turnoutSum // by month (Day 0)
	book     func(record.Date) rules.Set
}

// count makes a figure of the records that satisfy a condition.
func count(code, label, unit string, list []record.Record, keep func(record.Record) bool) Figure {
	f := Figure{Code: code, Label: label, Unit: unit}
	for _, r := range list {
		if keep(r) {
			f.Kind = r.Kind
			f.IDs = append(f.IDs, r.ID)
		}
	}
	slices.Sort(f.IDs)
	f.Value = float64(len(f.IDs))
	return f
}

// band is one line of a distribution.
type band struct {
	code, label string
	in          func(record.Record) bool
}

func (c *census) bands(code, label, group string, list []record.Record, bands ...band) Series {
	s := Series{Code: code, Label: label, Group: group}
	for _, b := range bands {
		s.Points = append(s.Points, count(b.code, b.label, "人", list, b.in))
	}
	return s
}

// is returns a condition on one value.
func is(path string, values ...string) func(record.Record) bool {
	return func(r record.Record) bool { return slices.Contains(values, r.Values[path]) }
}

// byCode counts records by the codes of a choice field, leaving out empty ones.
func byCode(code, label, group string, list []record.Record, path string, choice record.Choice) Series {
	s := Series{Code: code, Label: label, Group: group}
	for _, option := range choice.Codes {
		if f := count(option.ID, option.Label, "", list, is(path, option.ID)); f.Value > 0 {
			s.Points = append(s.Points, f)
		}
	}
	others := map[string]bool{} // names the district added to the list, or somebody typed
	for _, r := range list {
		if value := r.Values[path]; value != "" && choice.Format(value) == value {
			others[value] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(others)) {
		s.Points = append(s.Points, count(name, name, "", list, is(path, name)))
	}
	return s
}

func (c *census) ofMembers() []Series {
	age := func(from, to int) func(record.Record) bool {
		return func(r record.Record) bool {
			years, ok := Age(dateIn(r.Values, "birth"), c.on)
			return ok && years >= from && years <= to
		}
	}
	education := func(prefixes ...string) func(record.Record) bool {
		return func(r record.Record) bool {
			code := r.Values["education"]
			return code != "" && slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(code, p) })
		}
	}
	full := func(want bool) func(record.Record) bool {
		return func(r record.Record) bool { return IsFull(r, c.on) == want }
	}
	yes := func(path string) func(record.Record) bool { return is(path, Yes) }
	filled := func(path string) func(record.Record) bool {
		return func(r record.Record) bool { return r.Values[path] != "" }
	}
	const group = "党员"
	return []Series{
		c.bands("category", "人员类别", group, c.members, band{"FULL", "正式党员", full(true)}, band{"PROBATIONARY", "预备党员", full(false)}),
		c.bands("sex", "性别", group, c.members, band{Male, "男", is("gender", Male)}, band{Female, "女", is("gender", Female)}),
		c.bands("age", "年龄", group, c.members, band{"30", "30 岁及以下", age(0, 30)}, band{"35", "31–35 岁", age(31, 35)}, band{"40", "36–40 岁", age(36, 40)},
			band{"50", "41–50 岁", age(41, 50)}, band{"60", "51–60 岁", age(51, 60)}, band{"61", "61 岁及以上", age(61, 200)}),
		c.bands("education", "学历", group, c.members, band{"graduate", "研究生", education("1")}, band{"university", "大学本科", education("21", "23", "24", "2A", "2B")},
			band{"college", "大专", education("22", "2C", "2D")}, band{"school", "高中以下", education("4", "6", "7", "8", "9")}),
		c.bands("mark", "重点情况", group, c.members, band{"floating", "流动党员", yes("is_floating")}, band{"lost", "失联党员", yes("is_lost")}, band{"dual", "双纳管", yes("is_dual_managed")},
			band{"new", "新就业群体", filled("is_new_employment")}, band{"hardship", "困难党员", yes("is_hardship")}, band{"veteran", "退役军人", yes("is_veteran")},
			band{"minority", "少数民族", func(r record.Record) bool { return r.Values["ethnicity"] != "" && r.Values["ethnicity"] != "01" }},
			band{"fifty", "光荣在党 50 年", func(r record.Record) bool {
				return Standing(dateIn(r.Values, "converted"), record.Int(r.Values["standing_adjust_months"]), c.on).Years() >= 50
			}}),
		c.movements(),
		byCode("employer", "工作岗位", group, c.members, "post_code", posts()),
	}
}

// movements are who came and went in the year.
func (c *census) movements() Series {
	all := c.in.All("member")
	inYear := func(path string) func(record.Record) bool {
		return func(r record.Record) bool {
			d := dateIn(r.Values, path)
			return d.Year == c.year && !d.After(c.on)
		}
	}
	return c.bands("movement", "增减变动", "党员", all,
		band{"in", "进入本支部", inYear("in_date")},
		band{"admitted", "新发展", func(r record.Record) bool { return inYear("joined")(r) && r.Values["in_kind"] == "ADMITTED" }},
		band{"converted", "转正", inYear("converted")},
		band{"out", "离开本支部", inYear("out_date")})
}

// sorted returns the codes of a map in order.
func sortedKeys(m map[string][]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(a, b) })
	return out
}
