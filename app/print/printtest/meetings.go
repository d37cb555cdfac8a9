package printtest

import (
	"fmt"
	"strings"

	"zhibu/storage/record"
)

// meetings adds one meeting of every kind, and a year of 党员大会.
func (w *World) meetings(size Size) {
	for i, kind := range []string{"DYDH", "ZWH", "DXZ", "DK", "ZTDR", "ZZSHH", "MZPY", "TXTH", "SJSZ", "HJXJ", "RDXS"} {
		w.Add("meeting", meeting(size, kind, i))
	}
	for month := 1; month <= 10; month++ {
		v := meeting(size, []string{"DYDH", "ZWH", "ZTDR"}[month%3], month)
		v["start"], v["end"] = fmt.Sprintf("2026-%02d-15 14:00", month), fmt.Sprintf("2026-%02d-15 15:30", month)
		_, short := called(v["kind"])
		v["serial"] = fmt.Sprintf("2026-%s-%02d", short, month)
		w.Add("meeting", v)
	}
}

const speech = `一、学习党章关于入党条件的规定
陈立群领学。丁一舟、方书禾作交流发言。
二、讨论接收詹云舒为预备党员
（一）本人汇报
詹云舒宣读入党志愿书，汇报对党的认识、本人履历和需要向党组织说明的问题。
（二）介绍情况
介绍人顾明川、唐映雪介绍有关情况，认为其已具备党员条件。支部委员会报告审查情况和上级党委预审意见（沪综委审〔2026〕15号）。
与会党员进行了充分讨论，认为詹云舒政治立场坚定、工作积极、作风正派，同时也指出其“理论学习不够深入”的不足……同意接收。
三、通报三季度诉求办理、党费收缴情况
陆婉清通报三季度收到诉求12件，办结11件；党费应收、实收相符。`

// called are the name and the short name in the serial of each kind of meeting.
func called(kind string) (title, short string) {
	names := map[string][2]string{"DYDH": {"支部党员大会", "大会"}, "ZWH": {"支部委员会会议", "支委会"}, "DXZ": {"第一党小组会", "小组会"}, "DK": {"四季度党课", "党课"}, "ZTDR": {"“情暖骑手”主题党日", "党日"},
		"ZZSHH": {"年度组织生活会", "组织生活会"}, "MZPY": {"年度民主评议党员大会", "评议"}, "TXTH": {"支委与党员谈心谈话", "谈话"}, "SJSZ": {"书记抓党建述职评议会", "述职"}, "HJXJ": {"换届选举党员大会", "大会"}, "RDXS": {"新党员入党宣誓仪式", "宣誓"}}
	return names[kind][0], names[kind][1]
}

func meeting(size Size, kind string, i int) record.Values {
	title, short := called(kind)
	v := record.Values{
		"kind": kind, "title": title, "start": "2026-11-20 14:00", "end": "2026-11-20 15:20", "place": "云栈科技园一号会议室", "status": "FINAL",
		"chair": "member-0001", "recorder": "member-0002", "serial": fmt.Sprintf("2026-%s-%02d", short, i+4), "minutes": speech, "lecturer": "陈立群", "theme": "弘扬伟大建党精神",
		"hours": "2", "form": "参观学习", "service_hours": "36", "preparation": "学习规定篇目，谈心谈话38次，征求意见12条。", "findings": "一是学习不够经常；二是服务企业不够主动。",
		"voters_expected": "18", "voters_present": "16",
		"agenda/a1/title": "学习党章关于入党条件的规定", "agenda/a2/title": "讨论接收詹云舒为预备党员", "agenda/a3/title": "通报三季度诉求办理、党费收缴情况", "agenda/a4/title": "布置11月27日主题党日",
		"vote/v1/item": "接收詹云舒为中共预备党员", "vote/v1/method": "SECRET", "vote/v1/entitled": "18", "vote/v1/present": "16", "vote/v1/issued": "16", "vote/v1/collected": "16",
		"vote/v1/for": "15", "vote/v1/against": "0", "vote/v1/abstain": "1", "vote/v1/invalid": "0", "vote/v1/written": "0", "vote/v1/scrutineer": "范语桐", "vote/v1/counter": "韩知远", "vote/v1/outcome": "PASS",
		"vote/v1/about": "ADMISSION", "vote/v1/person": "pool-0001",
		"resolution/r1/text": "同意接收詹云舒为中共预备党员，报上级党委审批。", "resolution/r1/owner": "陆婉清", "resolution/r1/due": "2026-11-27",
		"resolution/r2/text": "11月27日开展“情暖骑手”主题党日。", "resolution/r2/owner": "曾令仪", "resolution/r2/due": "2026-11-27", "resolution/r2/done": "2026-11-27",
		"criticism/c1/giver": "顾明川", "criticism/c1/receiver": "陈立群", "criticism/c1/text": "到企业走访偏少，对新就业群体情况掌握不细。", "criticism/c1/reply": "接受，每月走访不少于两家。",
		"fix/f1/problem": "学习不够经常", "fix/f1/measure": "每月固定一次集中学习，缺席补学", "fix/f1/owner": "唐映雪", "fix/f1/due": "2026-12-31",
		"pair/p1/from": "member-0001", "pair/p1/to": "member-0003", "pair/p1/topic": "思想和工作情况",
	}
	for k := range 20 {
		state := "PRESENT"
		path := fmt.Sprintf("attendance/member-%04d/", k+1)
		switch k {
		case 6, 7:
			state, v[path+"reason"] = "LEAVE", []string{"出差", "培训"}[k-6]
		case 8:
			state = "ABSENT"
		}
		v[path+"state"] = state
	}
	v["attendance/pool-0001/state"], v["attendance/pool-0001/name"], v["attendance/pool-0001/duty"] = "OBSERVER", "詹云舒", "发展对象"
	if size == Longest {
		v["minutes"] = strings.Repeat(speech+"\n", 12)
		v["title"] = "学习贯彻党的二十届历次全会精神、讨论接收预备党员、通报三季度工作暨布置四季度任务支部党员大会"
		v["place"] = "云栈科技园一号楼二层党群服务中心多功能报告厅（线上同步会议室：云栈三号）"
		for k := range 12 {
			v[fmt.Sprintf("fix/g%02d/problem", k)] = "服务企业不够主动，走访联系重点企业和新就业群体站点的频次偏低，问题台账更新不及时"
			v[fmt.Sprintf("fix/g%02d/measure", k)] = "建立联系清单，支委每人联系三家企业一个站点，每月走访一次并在五个工作日内登记诉求"
			v[fmt.Sprintf("fix/g%02d/owner", k)] = "买买提艾力·阿不都克里木·吐尔逊江"
		}
	}
	return v
}
