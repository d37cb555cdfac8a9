package sample

import (
	"fmt"
	"maps"
	"slices"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

func (s *maker) learning() {
	s.training(1, "党的创新理论专题学习", "2026-04-14", "STUDY", "ROOM", "陈立群", 6)
	s.training(2, "安全生产法规集中培训", "2026-06-09", "CLASS", "SITE", "韩知远", 8)
	s.training(3, "青梧街道初心讲堂", "2026-09-25", "LECTURE", "ROOM", "区委党校教师", 4)
	s.add("training", id("training", 5), record.Values{"title": "两新组织书记培训班", "date": s.on("2026-05-11"), "to": s.on("2026-05-12"), "kind": "SECRETARY", "form": "ROOM", "hours": "16", "days": "2", "organiser": "区委组织部",
		record.Path("participant", find("陈立群"), "hours"): "16"})
	set := record.Values{"title": "党员网上学习（一至十月）", "date": s.on("2026-10-31"), "kind": "ONLINE", "form": "CLOUD", "hours": "20", "organiser": "青梧街道党群办"}
	for i, p := range people {
		heard := s.present[p.name] + 18
		if p.post == "SECRETARY" {
			heard += 16
		}
		if hours := float64(p.hours) - heard; hours > 0 {
			set[record.Path("participant", id("member", i+1), "hours")] = fmt.Sprint(hours)
		}
	}
	s.add("training", id("training", 4), set)
	s.add("honour", id("honour", 1), record.Values{"title": "青梧街道优秀共产党员", "kind": "MEMBER", "member": find("江予安"), "level": "STREET", "date": s.on("2026-07-01"), "doc_no": "青梧委〔2026〕12号", "status": "AWARDED", "deeds": "带领项目组按期交付民生项目。"})
	s.add("honour", id("honour", 2), record.Values{"title": "金头盔先锋骑手", "kind": "RIDER", "unit": "沙牧之", "level": "DISTRICT", "nominated_on": s.on("2026-10-20"), "status": "NOMINATED", "deeds": "热心公益，协助社区排查隐患。"})
}

func (s *maker) training(n int, title, day, kind, form, lecturer string, hours int) {
	set := record.Values{"title": title, "date": s.on(day), "kind": kind, "form": form, "lecturer": lecturer, "hours": itoa(hours), "place": "云栈科技园一号会议室"}
	for i := range people {
		set[record.Path("participant", id("member", i+1), "hours")] = itoa(hours)
	}
	s.add("training", id("training", n), set)
}

// monthTotals are the dues taken by month, January to September, in fen.
var monthTotals = []int{291680, 292920, 290750, 291990, 293230, 291060, 292300, 293540, 291370}

// dueOf returns what a person owes a month, in fen.
func dueOf(p person) int {
	rate := 50
	switch {
	case p.base > 10000:
		rate = 200
	case p.base > 5000:
		rate = 150
	case p.base > 3000:
		rate = 100
	}
	return p.base * rate / 100
}

// dues makes one record a person and year: all paid to September, one open in
// October, six in November. The one on a yearly salary makes up each month's total.
func (s *maker) dues() {
	for i, p := range people {
		years := map[int]record.Values{}
		year := func(n int) record.Values {
			if years[n] == nil {
				years[n] = record.Values{"member": id("member", i+1), "year": itoa(n), "base": itoa(p.base * 100), "monthly": itoa(dueOf(p)), "rate_bp": itoa(dueOf(p) * 100 / p.base), "payer": "SALARIED"}
				if p.name == "丁一舟" {
					years[n]["payer"], years[n]["basis_note"] = "ANNUAL", "年薪制，按当月实际领取"
				}
			}
			return years[n]
		}
		year(s.month(11).Year)                                          // also of those who have paid nothing yet
		for month := 1 - btoi(p.probationary()); month <= 11; month++ { // admitted in December: month 0
			if m := s.month(month); paid(p, month) {
				lay(year(m.Year), s.payment(p, month, m.Month))
			}
		}
		for _, n := range slices.Sorted(maps.Keys(years)) {
			s.add("dues", branch.DuesID(id("member", i+1), n), years[n])
		}
	}
}

// month shifts month n of 2026; 0 is December of the year before.
func (s *maker) month(n int) record.Date {
	return record.ReadDate(s.on(record.Date{Year: 2026, Month: 1}.AddMonths(n - 1).String()))
}

func paid(p person, month int) bool {
	switch {
	case month <= 9:
		return true
	case month == 10:
		return p.name != "石远航"
	}
	return p.paid != ""
}

func (s *maker) payment(p person, month, row int) record.Values {
	due, base := dueOf(p), p.base*100
	if p.name == "丁一舟" && month <= 9 {
		due += monthTotals[month-1] - 293200
		base = due * 50
	}
	on, method := record.Date{Year: 2026, Month: 1}.AddMonths(month-1).String()+"-"+twoDigits(5+(memberIndex(p.name)*3)%15), "WECHAT"
	if month == 11 {
		on, method = "2026-11-"+p.paid, p.method
	}
	out := record.Values{}
	for column, value := range map[string]string{"base": itoa(base), "due": itoa(due), "paid": itoa(due), "paid_on": s.on(on), "method": method, "handler": "唐映雪"} {
		out[record.Path("month", twoDigits(row), column)] = value
	}
	return out
}

func twoDigits(n int) string { return fmt.Sprintf("%02d", n) }
