package sample

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// appraisalMeeting is the number of the 民主评议 of January.
const appraisalMeeting = 4

// meeting is one meeting of the year.
type meeting struct {
	kind, at, title, group, period string
	hours                          int
	lecturer                       string
}

// held lists the finalised meetings of 2026 by kind: days by month as the grid
// of the desk shows them.
func held() []meeting {
	var out []meeting
	add := func(kind, title, group, hour string, days ...string) {
		for _, d := range days {
			out = append(out, meeting{kind: kind, title: title, group: group, at: "2026-" + d + " " + hour})
		}
	}
	add("ZTDR", "主题党日", "", "15:00", "01-22", "02-19")
	out = append(out, meeting{kind: "ZZSHH", title: "2025 年度组织生活会", at: "2026-01-22 09:00", period: "2025"},
		meeting{kind: "MZPY", title: "2025 年度民主评议党员", at: "2026-01-22 10:40", period: "2025"})
	add("ZTDR", "主题党日", "", "15:00", "03-19", "04-23", "05-21", "06-18", "07-23", "08-20", "09-17", "10-22")
	add("DYDH", "支部党员大会", "", "14:00", "03-18", "06-24", "09-16")
	add("ZWH", "支部委员会会议", "", "16:00", "01-08", "02-05", "03-05", "04-09", "05-07", "06-04", "08-03", "08-06", "09-03", "10-09", "11-05")
	add("DXZ", "第一党小组会", groupName("一"), "12:30", "01-15", "02-12", "03-12", "04-16", "05-14", "06-11", "07-16", "08-13", "09-10", "10-15", "11-06")
	add("DXZ", "第二党小组会", groupName("二"), "12:30", "01-16", "02-13", "03-13", "04-17", "05-15", "06-12", "07-17", "08-14", "09-11", "10-16", "11-11")
	add("DXZ", "第三党小组会", groupName("三"), "12:30", "01-19", "02-26", "03-16", "04-20", "05-18", "06-15", "07-20", "09-14", "10-19")
	out = append(out, meeting{kind: "DK", title: "书记讲党课：新时代的党员标准", at: "2026-02-26 15:00", hours: 2, lecturer: "陈立群"},
		meeting{kind: "DK", title: "党课：安全生产责任", at: "2026-05-21 09:30", hours: 2, lecturer: "韩知远"},
		meeting{kind: "DK", title: "党课：两新组织党务工作", at: "2026-08-20 09:30", hours: 2, lecturer: "陆婉清"},
		meeting{kind: "JZXX", title: "年中集中学习", at: "2026-07-09 15:00", hours: 2, lecturer: "陈立群"},
		meeting{kind: "JZXX", title: "第三季度专题党课", at: "2026-11-13 15:00", hours: 2, lecturer: "顾明川"})
	add("ZYFW", "骑手驿站志愿服务", groupName("三"), "14:00", "06-27", "07-25")
	slices.SortStableFunc(out, func(a, b meeting) int { return compare(a.at, b.at) })
	return named(out)
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// named gives single meetings the titles the pictures show.
func named(list []meeting) []meeting {
	titles := map[string]string{"2026-09-03 16:00": "支部委员会：讨论三季度培训安排", "2026-10-22 15:00": "主题党日：安全巡查", "2026-08-03 16:00": "支部委员会（补开七月）"}
	for i, m := range list {
		if title := titles[m.at]; title != "" {
			list[i].title = title
		}
		if m.at == "2026-08-03 16:00" {
			list[i].period = "2026-07"
		}
	}
	return list
}

// away is how many of those expected were missing, by month of 2026.
var away = []int{5, 6, 3, 3, 6, 3, 11, 5, 5, 3, 2}

// absences deals the absences of each month out to the people, so that month
// and person come to the figures of the pictures: index of meeting → names.
func absences(list []meeting) map[int][]string {
	left := map[string]int{}
	for _, p := range people {
		left[p.name] = p.missed
	}
	out := map[int][]string{}
	miss := func(i int, name string) { out[i] = append(out[i], name); left[name]-- }
	left["罗沐辰"]-- // the one the pictures date comes later in the year
	for month := 1; month <= len(away); month++ {
		var inMonth []int
		for i, m := range list {
			if record.ReadDate(m.at[:10]).Month == month && m.kind != "ZWH" {
				inMonth = append(inMonth, i)
			}
		}
		todo := away[month-1]
		for _, i := range inMonth {
			if list[i].title == "主题党日：安全巡查" {
				out[i] = append(out[i], "罗沐辰")
				todo--
			}
		}
		for n := 0; n < todo; n++ {
			i, name := choose(list, inMonth, out, left, n)
			if name == "" {
				break
			}
			miss(i, name)
		}
	}
	return out
}

// choose picks who has most absences left to take, and a meeting of the month
// that they were expected at.
func choose(list []meeting, inMonth []int, out map[int][]string, left map[string]int, turn int) (int, string) {
	order := slices.Clone(people)
	slices.SortStableFunc(order, func(a, b person) int { return left[b.name] - left[a.name] })
	for _, p := range order {
		for k := range inMonth {
			i := inMonth[(k+turn)%len(inMonth)]
			m := list[i]
			if left[p.name] <= 0 || m.group != "" && m.group != groupName(p.group) || slices.Contains(out[i], p.name) || m.title == "第三季度专题党课" && p.name == "罗沐辰" {
				continue
			}
			if m.at[:10] == "2026-10-19" && p.name == "罗沐辰" {
				continue
			}
			return i, p.name
		}
	}
	return 0, ""
}

func (s *maker) meetings() {
	s.present = map[string]float64{}
	list := held()
	missing := absences(list)
	serials := map[string]int{}
	for i, m := range list {
		year := s.on(m.at[:10])[:4]
		short := map[string]string{"DYDH": "大会", "ZWH": "支委会", "DXZ": "小组会", "MZPY": "评议", "ZTDR": "主题党日", "DK": "党课", "ZZSHH": "组织生活会", "JZXX": "集中学习", "ZYFW": "志愿服务"}[m.kind]
		serials[year+short]++
		serial := fmt.Sprintf("%s-%s-%02d", year, short, serials[year+short])
		s.add("meeting", id("meeting", i+1), s.meeting(m, serial), s.attendance(m, missing[i]), s.content(m))
	}
	s.older()
	s.yearly()
	s.today()
	s.add("meeting", id("meeting", 902), record.Values{"kind": "ZTDR", "title": "主题党日：走访街区小店", "start": s.at("2026-11-27 15:00"), "end": s.at("2026-11-27 16:30"),
		"place": "云栈路街区", "chair": find("陈立群"), "recorder": find("陆婉清"), "status": "DRAFT", "theme": "走访街区小店"},
		rows("agenda", map[string]string{"title": "走访沿街小店，听取诉求"}, map[string]string{"title": "汇总走访情况"}))
}

func (s *maker) meeting(m meeting, serial string) record.Values {
	chair, recorder := "陈立群", "陆婉清"
	switch m.group {
	case groupName("一"):
		chair, recorder = "顾明川", "唐映雪"
	case groupName("二"):
		chair, recorder = "孟思齐", "范语桐"
	case groupName("三"):
		chair, recorder = "江予安", "白一宁"
	}
	start := s.at(m.at)
	place := "云栈科技园一号会议室"
	if m.kind == "ZYFW" || m.kind == "DXZ" {
		place = "云栈科技园党群服务站"
	}
	out := record.Values{"kind": m.kind, "title": m.title, "start": start, "end": plus(start, 80), "place": place, "chair": find(chair), "recorder": find(recorder),
		"group": m.group, "lecturer": m.lecturer, "status": "FINAL", "serial": serial, "finalised_at": plus(start, 150), "recorded_on": start[:10], "rules": "CN-2014.1"}
	if m.period != "" {
		out["period"] = s.on(m.period)
		if len(m.period) == 4 {
			out["period"] = itoa(record.Int(start[:4]) - 1)
		}
	}
	if m.hours > 0 {
		out["hours"] = itoa(m.hours)
	}
	return out
}

func plus(moment string, minutes int) string {
	return record.MomentText(record.ReadMoment(moment).Add(minutesOf(minutes)))
}

// attendance freezes who sat there: state by member and the counts.
func (s *maker) attendance(m meeting, missing []string) record.Values {
	out := record.Values{}
	expected, present, leave, absent, voters, voting := 0, 0, 0, 0, 0, 0
	for i, p := range people {
		if m.group != "" && m.group != groupName(p.group) || m.kind == "ZWH" && (p.post == "MEMBER" || p.post == "LEADER") {
			continue
		}
		expected++
		state := "PRESENT"
		if k := slices.Index(missing, p.name); k >= 0 {
			state = "LEAVE"
			reason := []string{"出差", "病假", "项目交付", "家中有事", "培训"}[(i+len(m.at)+k)%5]
			if p.name == "石远航" && k%2 == 0 {
				state, reason = "ABSENT", "没有说明"
			}
			out[record.Path("attendance", id("member", i+1), "reason")] = reason
		}
		out[record.Path("attendance", id("member", i+1), "state")] = state
		votes := btoi(!p.probationary())
		voters += votes
		switch state {
		case "PRESENT":
			present++
			voting += votes
			s.present[p.name] += float64(m.hours)
		case "LEAVE":
			leave++
		default:
			absent++
		}
	}
	for name, n := range map[string]int{"expected": expected, "present": present, "on_leave": leave, "absent": absent, "voters_expected": voters, "voters_present": voting} {
		out[name] = itoa(n)
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
