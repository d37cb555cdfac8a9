package sample

import (
	"fmt"
	"time"

	"zhibu/storage/record"
)

func minutesOf(n int) time.Duration { return time.Duration(n) * time.Minute }

// content is what a finalised meeting talked about.
func (s *maker) content(m meeting) record.Values {
	topics := map[string][]string{
		"DYDH": {"学习党章", "报告支部工作", "通报党费收缴和诉求办理"}, "ZWH": {"学习上级文件", "研究本月工作", "分析发展党员情况"},
		"DXZ": {"学习讨论", "交流岗位承诺", "征求意见"}, "DK": {"讲授", "交流"}, "ZTDR": {"学习", "志愿服务", "民主议事"},
		"ZZSHH": {"通报上年整改和会前准备", "班子查摆", "批评和自我批评"}, "MZPY": {"个人自评", "党员互评", "民主测评"}, "JZXX": {"学习", "讨论"}, "ZYFW": {"分工", "服务"},
	}[m.kind]
	var agenda []map[string]string
	text := ""
	for i, t := range topics {
		agenda = append(agenda, map[string]string{"title": t, "outcome": "已完成"})
		text += fmt.Sprintf("%s、%s\n主持人说明议题，与会同志逐一发言，形成一致意见。\n", []string{"一", "二", "三"}[i], t)
	}
	out := rows("agenda", agenda...)
	out["minutes"] = text[:max(0, len(text)-1)]
	switch m.kind {
	case "ZZSHH":
		lay(out, rows("fix", map[string]string{"problem": "学习结合业务不够", "measure": "每季度安排一次岗位案例讨论", "owner": "陆婉清", "due": s.on("2026-06-30"), "done": s.on("2026-06-18")},
			map[string]string{"problem": "联系骑手群体不经常", "measure": "每月到驿站服务一次", "owner": "江予安", "due": s.on("2026-07-31"), "done": s.on("2026-07-25")}))
		lay(out, rows("criticism", map[string]string{"giver": "顾明川", "receiver": "陈立群", "text": "深入班组偏少", "reply": "接受，今年每月到一个班组"}))
	case "MZPY":
		for i, p := range people {
			if p.probationary() || p.arrived == "2026-01-05" {
				continue
			}
			out[record.Path("grade", id("member", i+1), "grade")] = s.memberMore(p)[record.Path("appraisal", "2025", "grade")]
		}
	case "DYDH":
		lay(out, rows("resolution", map[string]string{"text": "每名党员联系一家小微企业", "owner": "各党小组", "due": s.on("2026-12-31")}))
	}
	return out
}

func lay(into, from record.Values) {
	for path, value := range from {
		into[path] = value
	}
}

// older are last year's meetings: the two that admitted people and a theme day
// a month, with somewhat poorer attendance.
func (s *maker) older() {
	n := 500
	for month := 1; month <= 12; month++ {
		n++
		m := meeting{kind: "ZTDR", title: "主题党日", at: fmt.Sprintf("2025-%02d-20 15:00", month)}
		var missing []string
		for k := range 1 + btoi(month%6 != 0) {
			missing = append(missing, people[(month*3+k*5)%14].name)
		}
		s.add("meeting", id("meeting", n), s.meeting(m, fmt.Sprintf("%s-主题党日-%02d", s.on(m.at[:10])[:4], month)), s.attendanceThen(m, missing), s.content(m))
	}
	for i, m := range []meeting{{kind: "DYDH", title: "支部党员大会：接收侯佳音为预备党员", at: "2025-12-05 14:00"}, {kind: "DYDH", title: "支部党员大会：接收严子墨为预备党员", at: "2025-12-24 14:00"}} {
		name := []string{"侯佳音", "严子墨"}[i]
		vote := rows("vote", map[string]string{"item": "接收" + name + "为预备党员", "about": "ADMISSION", "person": poolID(name), "method": "SECRET", "issued": "15", "collected": "15", "entitled": "16",
			"present": "15", "for": "15", "against": "0", "abstain": "0", "invalid": "0", "scrutineer": "何砚秋", "counter": "范语桐", "outcome": "PASS"})
		s.add("meeting", id("meeting", 701+i), s.meeting(m, fmt.Sprintf("%s-大会-%02d", s.on(m.at[:10])[:4], 4+i)), s.attendanceThen(m, []string{"石远航"}), s.content(m), vote)
	}
}

// attendanceThen leaves out who was not there yet last year.
func (s *maker) attendanceThen(m meeting, missing []string) record.Values {
	kept := s.present
	s.present = map[string]float64{}
	all := s.attendance(m, missing)
	s.present = kept
	for i, p := range people {
		if !p.probationary() && p.arrived != "2026-01-05" {
			continue
		}
		for _, column := range []string{"state", "reason"} {
			delete(all, record.Path("attendance", id("member", i+1), column))
		}
	}
	gone := 0
	for _, name := range missing {
		for _, p := range people {
			if p.name == name && !p.probationary() && p.arrived != "2026-01-05" {
				gone++
			}
		}
	}
	leave := 0
	for path, value := range all {
		if table, _, column := record.SplitPath(path); table == "attendance" && column == "state" && value == "LEAVE" {
			leave++
		}
	}
	for name, n := range map[string]int{"expected": 16, "present": 16 - gone, "on_leave": leave, "absent": gone - leave, "voters_expected": 16, "voters_present": 16 - gone} {
		all[name] = itoa(n)
	}
	return all
}

// yearly are the talks of the year and the secretary's report.
func (s *maker) yearly() {
	year := s.on("2026-04-28")[:4]
	talk := meeting{kind: "TXTH", title: "上半年谈心谈话", at: "2026-04-28 16:00"}
	set := s.meeting(talk, year+"-谈心谈话-01")
	s.add("meeting", id("meeting", 801), set, rows("pair",
		map[string]string{"from": find("陈立群"), "to": find("顾明川"), "topic": "班子分工"}, map[string]string{"from": find("陆婉清"), "to": find("石远航"), "topic": "骑手站工作和党费缴纳"},
		map[string]string{"from": find("江予安"), "to": find("罗沐辰"), "topic": "工作压力和学习"}))
	report := meeting{kind: "SJSZ", title: "2025 年度书记抓党建述职", at: "2026-01-28 09:30"}
	set = s.meeting(report, year+"-书记述职-01")
	lay(set, record.Values{"place": "青梧街道三楼会议室", "report_result": "GOOD", "minutes": "向街道党工委述职，评价为好。", "expected": "0", "present": "0"})
	s.add("meeting", id("meeting", 802), set)
}

// today is the meeting being recorded in the pictures.
func (s *maker) today() {
	seat := func(name, state, reason string) record.Values {
		return record.Values{record.Path("attendance", find(name), "state"): state, record.Path("attendance", find(name), "reason"): reason}
	}
	s.add("meeting", id("meeting", 901), record.Values{
		"kind": "DYDH", "title": "支部党员大会（接收预备党员）", "start": s.at("2026-11-20 14:00"), "end": s.at("2026-11-20 15:20"), "place": "云栈科技园一号会议室",
		"chair": find("陈立群"), "recorder": find("陆婉清"), "status": "DRAFT", "minutes": todaysMinutes,
	}, rows("agenda", map[string]string{"title": "学习党章关于入党条件的规定"}, map[string]string{"title": "讨论接收詹云舒为预备党员"},
		map[string]string{"title": "通报三季度诉求办理、党费收缴"}, map[string]string{"title": "布置 11-27 主题党日"}),
		seat("邱景行", "LEAVE", "出差"), seat("侯佳音", "LEAVE", "培训"), seat("石远航", "ABSENT", "没有请假"),
		record.Values{record.Path("attendance", poolID("詹云舒"), "state"): "OBSERVER", record.Path("attendance", poolID("詹云舒"), "duty"): "发展对象", record.Path("attendance", poolID("詹云舒"), "name"): "詹云舒"},
		rows("vote", map[string]string{"item": "接收詹云舒为预备党员", "about": "ADMISSION", "person": poolID("詹云舒"), "method": "SECRET", "issued": "16", "collected": "16",
			"for": "16", "against": "0", "abstain": "0", "scrutineer": "何砚秋", "counter": "范语桐"}))
}

const todaysMinutes = `一、学习党章关于入党条件的规定
　　陈立群领学。丁一舟、方书禾作交流发言。
二、讨论接收詹云舒为预备党员
　　詹云舒宣读入党志愿书，汇报对党的认识、本人履历和需要说明的问题。
　　介绍人顾明川、唐映雪介绍有关情况，认为其已具备党员条件。
　　支委会报告审查情况和上级党委预审意见。
　　大会讨论：韩知远认为其在质量攻关中主动担当；孟思齐建议其多参加集体学习。
　　表决：到会有表决权 16 人，赞成 16 票，反对 0 票，弃权 0 票，通过。
三、通报三季度诉求办理、党费收缴
　　收到诉求 26 件，办结 21 件。`
