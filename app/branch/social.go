package branch

import (
	"slices"

	"zhibu/storage/record"
)

// dossierKind is 主体档案: one file for each enterprise, tower or station
// (一主体一档, domain.md §6 #19–22).
func dossierKind() record.Kind {
	return record.Kind{
		Name: "dossier", Label: "主体", Page: "主体档案", Title: "name",
		Fields: slices.Concat(
			group(tabBasic,
				column(1, required(headings(text("name", "主体名称"), "企业名称", "单位名称"))),
				text("short_name", "简称"),
				column(2, required(pick("kind", "类型", open("ENTITY", "企业", "SOCIAL", "社会组织", "TOWER", "楼宇", "PARK", "园区", "STREET", "街区", "STATION", "站点", "SHOPS", "沿街商户")))),
				headings(text("uscc", "统一社会信用代码"), "信用代码"),
				text("legal_person", "法定代表人"),
				text("address", "地址"),
				pick("tags", "重点名单", open("TOP500", "民营 500 强", "NET100", "互联网 100 强", "SRDI", "专精特新小巨人", "SOCIAL", "重点社会组织")),
				text("industry", "行业"),
				text("brand", "品牌或平台"),
				column(5, number("staff", "从业人员", "人")),
				number("riders", "新就业群体", "人"),
				column(6, number("members_found", "排摸到党员", "人")),
				column(3, text("contact", "联系人")),
				phone("phone", "联系电话")),
			group("组建情况",
				column(4, pick("setup_mode", "组建方式", choice("ALONE", "单独组建", "JOINT", "区域联建", "LINE", "行业统建", "NONE", "未组建"))),
				text("covered_by", "覆盖党组织"),
				text("managed_in", "纳入管理的党组织"),
				text("obstacles", "组建难点"),
				text("plan", "组建计划"),
				date("plan_due", "计划时限"),
				table("survey", "排摸记录", date("date", "日期"), text("by", "排摸人"), number("found", "发现党员", "人"), number("floating", "其中流动党员", "人"), text("result", "结果"))),
			group("走访与服务",
				table("visit", "走访记录", date("date", "日期"), text("by", "走访人"), long("content", "内容"), date("next", "下次走访")),
				table("five", "五大员", pick("role", "角色", choice("PARTY", "党建督导员", "ECONOMY", "经济包干员", "MARKET", "市场监管员", "POLICE", "公安联络员", "FIRE", "消防辅导员")), text("name", "姓名"), text("unit", "单位"), phone("phone", "电话")),
				text("facilities", "暖新设施"),
				yesNo("friendly", "多元友好点位")),
			group(tabAttachment, files())),
		New: func(record.Around) record.Values { return record.Values{"kind": "ENTITY"} },
	}
}

// liaisonKind is 共建联络: partners, part-time committee members, advisers and
// full-time workers (domain.md §6 #30, 33–36).
func liaisonKind() record.Kind {
	return record.Kind{
		Name: "liaison", Label: "共建联络", Page: "共建联络", Title: "name",
		Fields: group(tabBasic,
			column(1, required(text("name", "姓名或单位"))),
			column(2, required(pick("kind", "类别", open("PARTNER", "党建联建", "PARTTIME", "兼职委员", "FIVE", "五大员", "LAW", "法治顾问", "PROCURATOR", "检察工作站", "WORKER", "专职党群工作者")))),
			column(3, text("unit", "所在单位")),
			text("role", "职务或角色"),
			phone("phone", "联系电话"),
			ref("entity", "联系主体", "dossier"),
			column(4, date("from", "开始日期")),
			column(5, date("to", "结束日期")),
			text("agreement", "协议"),
			long("tasks", "任务"),
			table("visit", "活动记录", date("date", "日期"), text("content", "内容"), text("result", "结果")),
			table("assessment", "考核", text("period", "考核期"), record.Field{Name: "score", Label: "得分", Type: record.Number{Max: 100, Unit: "分"}}, pick("result", "等次", choice("EXCELLENT", "优秀", "COMPETENT", "称职", "BASIC", "基本称职", "POOR", "不称职")), text("comment", "评语"))),
		Check: spanCheck,
	}
}

// serviceKind is 服务项目: care, the three 进, warming the new-employment groups
// (domain.md §6 #38–40).
func serviceKind() record.Kind {
	return record.Kind{
		Name: "service", Label: "服务", Page: "服务活动", Title: "title",
		Fields: group(tabBasic,
			column(1, required(text("title", "服务名称"))),
			column(2, required(pick("kind", "类别", open("CARE", "关爱服务", "INTO", "三进服务", "WARM", "暖新服务", "VOLUNTEER", "志愿服务", "SCENE", "友好场景")))),
			pick("series", "系列", choice("LISTEN", "倾听", "SERVE", "服务", "GROW", "成长")),
			column(3, required(date("date", "日期"))),
			text("place", "地点"),
			text("partners", "共同单位"),
			ref("entity", "服务主体", "dossier"),
			column(4, number("beneficiaries", "受益人数", "人")),
			record.Field{Name: "hours", Label: "服务时长", Type: record.Number{Decimals: 1, Max: 1000, Unit: "小时"}},
			tableBy("member", "participant", "参加党员", record.Field{Name: "hours", Label: "时长", Type: record.Number{Decimals: 1, Max: 1000, Unit: "小时"}}),
			long("content", "内容"),
			text("result", "效果")),
		New: func(in record.Around) record.Values { return record.Values{"date": in.Today().String()} },
	}
}

// projectKind is 项目: challenges, red partners, governance projects
// (domain.md §6 #37, 42, 44).
func projectKind() record.Kind {
	return record.Kind{
		Name: "project", Label: "项目", Page: "攻坚项目", Title: "title",
		Fields: group(tabBasic,
			column(1, required(text("title", "项目名称"))),
			column(2, required(pick("kind", "类别", open("CHALLENGE", "揭榜挂帅", "PARTNER", "红色合伙人", "GOVERN", "治理项目", "CHAIN", "红链惠企")))),
			text("field", "领域"),
			column(3, ref("lead", "牵头党员", "member")),
			text("team", "团队"),
			text("partner", "合作单位"),
			column(4, date("start", "开始日期")),
			date("due", "计划完成"),
			column(5, pick("status", "状态", choice("OPEN", "进行中", "DONE", "已完成", "STOPPED", "已停止"))),
			table("milestone", "节点", text("name", "节点"), date("due", "时限"), date("done", "完成日期")),
			ref("demand", "来源诉求", "demand"),
			text("saving", "成效"),
			long("result", "成果")),
		New: func(in record.Around) record.Values {
			return record.Values{"status": "OPEN", "start": in.Today().String()}
		},
	}
}

func spanCheck(r record.Record, _ record.Around) []record.Complaint {
	from, to := dateIn(r.Values, "from"), dateIn(r.Values, "to")
	if !to.IsZero() && to.Before(from) {
		return []record.Complaint{block("to", "DATE_ORDER", "结束日期早于开始日期 "+from.String()+"。请核对。")}
	}
	return nil
}
