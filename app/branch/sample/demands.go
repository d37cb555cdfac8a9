package sample

import (
	"fmt"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// open are the demands on the board in the pictures.
var open = []struct {
	code                                     int
	title, kind, source, raised, status      string
	accepted, assigned, owner, due, answered string
	text, progress                           string
}{
	{118, "园区充电桩周末不够用", "FACILITY", "云帆智控", "2026-11-19", "COLLECTED", "", "", "", "", "", "周末充电排队一小时以上。", ""},
	{117, "希望开设企业社保政策讲解", "POLICY", "澄光软件", "2026-11-18", "COLLECTED", "", "", "", "", "", "新入职员工多，想请人社部门讲一次。", ""},
	{116, "雨天楼前排水慢", "FACILITY", "街区小店 4 家", "2026-11-14", "COLLATED", "2026-11-16", "", "", "", "", "大雨后积水两小时不退。", ""},
	{115, "招聘场地费用偏高", "COST", "禾木检测", "2026-11-16", "COLLATED", "2026-11-20", "", "", "", "", "园区招聘场地按天收费偏高。", ""},
	{112, "货运通道早高峰堵塞", "TRAFFIC", "禾木检测", "2026-11-10", "HANDLING", "2026-11-10", "2026-11-11", "园区管理处", "2026-11-20", "", "禾木检测送样车早高峰排队 40 分钟，影响当日检测。", "现场查看；拟划 3 个限时卸货位。等书面答复。"},
	{109, "外卖骑手无处歇脚充电", "WARM", "快递骑手 12 人", "2026-11-02", "HANDLING", "2026-11-03", "2026-11-04", "街区物业", "2026-11-28", "", "希望东门增加充电和饮水点。", "驿站扩充方案已提交。"},
	{104, "中小企业融资对接", "FINANCE", "云帆智控", "2026-10-20", "HANDLING", "2026-10-21", "2026-10-22", "园区金融服务站", "2026-11-30", "", "研发周转资金紧，想对接低息贷款。", "已约两家银行上门。"},
	{101, "楼宇电梯等候久", "FACILITY", "澄光软件", "2026-10-12", "FEEDBACK", "2026-10-13", "2026-10-14", "街区物业", "2026-11-20", "2026-11-19", "上班高峰等电梯十分钟。", "错峰和分层停靠已实施。"},
	{98, "党群活动室预约难", "SERVICE", "园区企业 3 家", "2026-10-02", "FEEDBACK", "2026-10-09", "2026-10-10", "党群服务站", "2026-11-10", "2026-11-06", "活动室周末约不上。", "周末延长开放，开通网上预约。"},
}

// closed is how many further demands of each quarter are settled; open ones
// above come on top. The categories come to 28 17 14 10 and 9 in the year.
const firstCode = 38

func (s *maker) demands() {
	used := map[int]bool{}
	left := map[string]int{"FACILITY": 28, "POLICY": 17, "TRAFFIC": 14, "FINANCE": 10, "OTHER": 9}
	for _, d := range open {
		used[d.code] = true
		if _, named := left[d.kind]; named {
			left[d.kind]--
		} else {
			left["OTHER"]--
		}
		set := record.Values{"code": fmt.Sprintf("D-%03d", d.code), "title": d.title, "category": d.kind, "source": d.source, "raised_at": s.on(d.raised), "status": d.status, "channel": "VISIT",
			"text": d.text, "registered_by": "陈立群", "batch": branch.Quarter(record.ReadDate(s.on(d.raised))), "accepted_on": s.on(d.accepted), "accepted_by": "陆婉清", "assigned_on": s.on(d.assigned),
			"assigned_by": "陆婉清", "owner": d.owner, "due": s.on(d.due), "answered_on": s.on(d.answered), "entity": dossierID(d.source)}
		if d.answered != "" {
			set["answer"], set["solved"] = d.progress, "1"
		}
		if d.code == 98 {
			set["returned_on"], set["returned_by"], set["satisfied"] = s.on("2026-11-12"), "陈立群", "YES"
		}
		if d.progress != "" {
			lay(set, rows("progress", map[string]string{"date": s.on("2026-11-17"), "by": d.owner, "text": d.progress}))
		}
		s.add("demand", id("demand", d.code), clean(set))
	}
	s.settled(used, left)
}

// clean drops who did what has not been done.
func clean(v record.Values) record.Values {
	if v["accepted_on"] == "" {
		delete(v, "accepted_by")
	}
	if v["assigned_on"] == "" {
		delete(v, "assigned_by")
	}
	return v
}

var asked = map[string][]string{
	"FACILITY": {"停车位不足", "路灯不亮", "会议室网络慢", "垃圾房异味", "空调外机噪声"}, "POLICY": {"人才公寓申请条件", "残保金政策", "专精特新申报"},
	"TRAFFIC": {"班车时间不合适", "东门右转难", "非机动车停放乱"}, "FINANCE": {"贷款贴息咨询", "知识产权质押"}, "OTHER": {"法律咨询", "用工登记"},
}

// settled makes the demands of the year that are done, merged or put off.
func (s *maker) settled(used map[int]bool, left map[string]int) {
	kinds := []string{"FACILITY", "POLICY", "TRAFFIC", "FINANCE", "OTHER"}
	next, satisfied := 0, 0
	merged := map[int]int{113: 112, 114: 112, 110: 109}
	for code := firstCode; code <= 118; code++ {
		if used[code] {
			continue
		}
		raised := raisedOn(code)
		set := record.Values{"code": fmt.Sprintf("D-%03d", code), "raised_at": s.on(raised.String()), "channel": "SPECIAL", "registered_by": "陆婉清",
			"batch": branch.Quarter(record.ReadDate(s.on(raised.String()))), "source": firms[code%4], "entity": dossierID(firms[code%4])}
		if into := merged[code]; into != 0 {
			lay(set, record.Values{"title": "同类诉求，已合并", "category": "TRAFFIC", "status": "MERGED", "merged_into": id("demand", into)})
			s.add("demand", id("demand", code), set)
			continue
		}
		for left[kinds[next%5]] == 0 {
			next++
		}
		kind := kinds[next%5]
		left[kind]--
		next++
		list := asked[kind]
		set["title"], set["category"] = list[code%len(list)], kind
		if code >= 92 && code <= 95 { // put off until the new year
			lay(set, record.Values{"status": "HANDLING", "accepted_on": s.on(raised.AddDays(1).String()), "assigned_on": s.on(raised.AddDays(2).String()), "owner": "园区管理处",
				"snooze_until": s.on("2027-01-15"), "snooze_reason": "等园区明年改造一并解决", "due": s.on("2027-01-31")})
			s.add("demand", id("demand", code), set)
			continue
		}
		s.add("demand", id("demand", code), set, s.done(raised, code, satisfied))
		satisfied++
	}
}

// done is a loop that was closed in some six days.
func (s *maker) done(raised record.Date, code, n int) record.Values {
	days := 4 + code%5 + btoi(n%3 == 0)
	grade := "YES"
	if n%22 == 10 {
		grade = "FAIR"
	}
	step := func(d int) string { return s.on(raised.AddDays(d).String()) }
	return record.Values{"status": "CLOSED", "accepted_on": step(1), "accepted_by": "陆婉清", "assigned_on": step(1), "assigned_by": "陆婉清", "owner": "园区管理处", "due": step(30),
		"answer": "已协调解决。", "answered_on": step(days - 1), "solved": "1", "returned_on": step(days), "returned_by": "陈立群", "satisfied": grade, "closed_on": step(days)}
}

// raisedOn spreads the numbers over the year: 34 in the first half, 26 in the
// third quarter, the rest in the fourth.
func raisedOn(code int) record.Date {
	switch {
	case code < 55:
		return record.Date{Year: 2026, Month: 1, Day: 8}.AddDays((code - 38) * 4)
	case code < 72:
		return record.Date{Year: 2026, Month: 4, Day: 7}.AddDays((code - 55) * 4)
	case code < 98:
		return record.Date{Year: 2026, Month: 7, Day: 2}.AddDays((code - 72) * 3)
	}
	return record.Date{Year: 2026, Month: 10, Day: 8}.AddDays((code - 98) * 2)
}
