package branch

import "zhibu/storage/record"

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
			text("result", "效果"),
			long("note", "备注")),
		New: func(in record.Around) record.Values { return record.Values{"date": in.Today().String()} },
	}
}
