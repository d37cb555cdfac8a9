package sample

import "zhibu/storage/record"

// sign is a post or zone.
type sign struct {
	name, holder, place, kind string
	promises                  []string
	scores                    [6]int // items of the third quarter; all zero: not evaluated
}

var signs = []sign{
	{"企业服务接待窗口", "曾令仪", "客服中心一楼", "WINDOW", []string{"来访企业的事项一次讲清。", "能办的当天办，不能办的当天回复。", "每周五汇总诉求报支部。"}, [6]int{14, 28, 18, 14, 9, 9}},
	{"检测报告首检岗", "范语桐", "检测一室", "OPERATION", []string{"报告零差错，48 小时出具"}, [6]int{14, 29, 19, 14, 10, 9}},
	{"安全生产巡查岗", "韩知远", "检测车间", "SAFETY", []string{"每日巡查，隐患不过夜"}, [6]int{14, 27, 19, 13, 8, 9}},
	{"产线攻关岗", "顾明川", "研发中心", "TECH", []string{"年内攻下两项降本课题"}, [6]int{13, 27, 17, 13, 9, 9}},
	{"新员工带教岗", "唐映雪", "培训教室", "OTHER", []string{"一对一带教，三个月上手"}, [6]int{13, 25, 17, 13, 9, 9}},
	{"骑手驿站服务岗", "石远航", "骑手驿站", "DELIVERY", []string{"饮水、充电、应急药箱常备"}, [6]int{11, 21, 14, 11, 7, 7}},
	{"客户响应先锋岗", "方书禾", "客户中心", "CLIENT", []string{"紧急问题 30 分钟响应"}, [6]int{}},
	{"仓储消防责任岗", "薛望舒", "一号仓库", "SAFETY", []string{"通道畅通，每周一查"}, [6]int{13, 25, 17, 12, 8, 9}},
}

var zones = []sign{
	{"云栈大厦一至三层", "陆婉清", "一至三层", "WINDOW", []string{"每月走访一遍"}, [6]int{14, 27, 18, 13, 9, 9}},
	{"检测园区", "孟思齐", "检测楼", "SAFETY", []string{"每周一次安全巡查"}, [6]int{13, 26, 18, 13, 9, 8}},
	{"软件楼四层", "江予安", "四层", "CLIENT", []string{"客户问题当天有回音"}, [6]int{14, 28, 18, 14, 9, 9}},
	{"街区沿街商铺", "曾令仪", "云栈路 100–160 号", "OTHER", []string{"每季度收集一次诉求"}, [6]int{13, 25, 17, 13, 8, 8}},
	{"骑手集散点", "石远航", "园区东门", "DELIVERY", []string{"高峰时段疏导"}, [6]int{12, 23, 16, 12, 8, 8}},
}

func (s *maker) signs() {
	for i, p := range signs {
		s.add("post", id("post", i+1), s.sign(p, "SFG-QW0303-", i))
	}
	for i, p := range zones {
		s.add("zone", id("zone", i+1), s.sign(p, "ZRQ-QW0303-", i), record.Values{"scope": p.place, "covered": itoa(30 + 12*i)})
	}
	for i, name := range []string{"一线装配示范岗", "前台接待示范岗"} {
		set := s.sign(sign{name: name, holder: "薛望舒", place: "一层", kind: "OTHER", promises: []string{"按时完成"}}, "SFG-QW0303-", 20+i)
		lay(set, record.Values{"status": "REMOVED", "removed_on": s.on("2026-03-31"), "removed_reason": "岗位合并到客服中心"})
		s.add("post", id("post", 21+i), set)
	}
}

func (s *maker) sign(p sign, prefix string, i int) record.Values {
	firm := ""
	if m := memberIndex(p.holder); m >= 0 {
		firm = people[m].firm
	}
	year := s.on("2026-01-10")[:4]
	out := record.Values{"name": p.name, "code": prefix + year + "-" + twoDigits(i+1), "status": "HUNG", "type": p.kind, "holder": find(p.holder), "unit": firm, "place": p.place,
		"applied": s.on("2025-12-01"), "branch_opinion_on": s.on("2025-12-08"), "branch_opinion": "同意申报", "public_from": s.on("2025-12-08"), "public_to": s.on("2025-12-12"),
		"approved_on": s.on("2025-12-22"), "hung_on": s.on("2026-01-01"), "valid_to": s.on(until(p)), "duties": "按岗位职责做好本职工作。", "standard": "业务过硬、服务主动、承诺兑现。"}
	var promises []map[string]string
	for _, text := range p.promises {
		promises = append(promises, map[string]string{"text": text, "due": s.on("2026-12-31")})
	}
	lay(out, rows("promise", promises...))
	total := 0
	for _, score := range p.scores {
		total += score
	}
	if total == 0 {
		return out
	}
	star := 1
	for i, least := range []int{90, 80, 70, 60} {
		if total >= least {
			star = 5 - i
			break
		}
	}
	cells := map[string]string{"period": year + "-Q3", "date": s.on("2026-10-09"), "total": itoa(total), "star": itoa(star), "evaluator": "陈立群、陆婉清", "opinion": opinion(total)}
	for k, item := range []string{"political", "work", "quality", "service", "example", "life"} {
		cells[item] = itoa(p.scores[k])
	}
	lay(out, rows("evaluation", cells))
	return out
}

// until is the last day of a term: one ends with the year, as the pictures show.
func until(p sign) string {
	if p.name == "仓储消防责任岗" {
		return "2026-12-31"
	}
	return "2027-06-30"
}

func opinion(total int) string {
	switch {
	case total >= 90:
		return "优秀"
	case total >= 80:
		return "良好"
	}
	return "待改进，支部书记谈话"
}
