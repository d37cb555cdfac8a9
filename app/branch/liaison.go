package branch

import "zhibu/storage/record"

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
			long("note", "备注"),
			table("visit", "活动记录", date("date", "日期"), text("content", "内容"), text("result", "结果")),
			table("assessment", "考核", text("period", "考核期"), record.Field{Name: "score", Label: "得分", Type: record.Number{Max: 100, Unit: "分"}}, pick("result", "等次", choice("EXCELLENT", "优秀", "COMPETENT", "称职", "BASIC", "基本称职", "POOR", "不称职")), text("comment", "评语"))),
		Check: spanCheck,
	}
}

// spanCheck refuses a span that ends before it begins.
func spanCheck(r record.Record, _ record.Around) []record.Complaint {
	from, to := dateIn(r.Values, "from"), dateIn(r.Values, "to")
	if !to.IsZero() && to.Before(from) {
		return []record.Complaint{block("to", "DATE_ORDER", "结束日期早于开始日期 "+from.String()+"。请核对。")}
	}
	return nil
}
