package branch

import (
	"slices"

	"zhibu/storage/record"
)

// Where a post or zone stands (domain.md §5.2).
const (
	PostApplied = "APPLIED" // 申报中
	PostPublic  = "PUBLIC"  // 公示中
	PostHung    = "HUNG"    // 已挂牌
	PostReview  = "REVIEW"  // 复评
	PostFix     = "FIX"     // 整改
	PostRemoved = "REMOVED" // 已摘牌
)

// postKind is 党员示范岗: a post held by one member or a team (domain.md §5).
func postKind() record.Kind {
	return signKind("post", "党员示范岗", "示范岗", "岗位名称", "岗位党员", "岗位职责")
}

// signKind describes what posts and zones share: the whole life of a sign, from
// the application to taking it down.
func signKind(name, label, page, title, holder, duties string) record.Kind {
	return record.Kind{
		Name: name, Label: label, Page: page, Title: "name",
		Fields: slices.Concat(
			group(tabBasic,
				column(1, required(headings(text("name", title), "名称", label+"名称"))),
				locked(text("code", "编号")),
				column(6, locked(pick("status", "状态", choice(PostApplied, "申报中", PostPublic, "公示中", PostHung, "已挂牌", PostReview, "复评", PostFix, "整改", PostRemoved, "已摘牌")))),
				column(4, pick("type", "类型", open("TECH", "技术攻关", "SAFETY", "安全生产", "COST", "降本增效", "OPERATION", "生产经营", "CLIENT", "客户服务", "WINDOW", "窗口", "DELIVERY", "配送", "OTHER", "其他"))),
				column(2, required(headings(ref("holder", holder, "member"), "党员姓名", "责任党员"))),
				column(3, text("unit", "所在单位")),
				text("place", "地点"),
				text("scope", "范围"),
				number("covered", "覆盖职工数", "人"),
				tableBy("member", "members", "成员", ref("member", "党员", "member"), text("duty", "分工")),
				long("duties", duties),
				headings(long("standard", "示范标准"), "岗位示范标准"),
				long("deeds", "主要事迹"),
				long("note", "备注")),
			group("承诺与目标",
				table("promise", "公开承诺", required(text("text", "承诺")), date("due", "时限"), date("done", "兑现日期")),
				table("goal", "目标", text("name", "指标"), text("baseline", "基数"), text("target", "目标值"), text("actual", "实际值"))),
			group("申报与挂牌", signDates()...),
			group("考评", signEvaluation()...),
			group(tabAttachment, files())),
		New: func(in record.Around) record.Values {
			return record.Values{"status": PostApplied, "applied": in.Today().String()}
		},
		Open:   told("code", "status"),
		Derive: signDerive,
		Check:  signCheck,
		Allow:  signAllow,
	}
}

func signDates() []record.Field {
	return []record.Field{
		date("applied", "申报日期"),
		guarded(date("branch_opinion_on", "支部意见日期")),
		text("branch_opinion", "支部意见"),
		date("public_from", "公示起"),
		date("public_to", "公示止"),
		guarded(date("approved_on", "上级审定日期")),
		column(5, guarded(date("hung_on", "挂牌日期"))),
		guarded(column(7, date("valid_to", "任岗期限至"))),
		guarded(date("reviewed_on", "复评日期")),
		pick("review_result", "复评结果", choice("KEEP", "保留", "FIX", "整改", "REMOVE", "摘牌")),
		date("fix_due", "整改期限"),
		guarded(date("removed_on", "摘牌日期")),
		text("removed_reason", "摘牌原因"),
	}
}

func signEvaluation() []record.Field {
	points := func(name, label string, full float64) record.Field {
		return record.Field{Name: name, Label: label, Type: record.Number{Max: full, Unit: "分"}}
	}
	return []record.Field{
		table("evaluation", "考评", text("period", "考评期"), date("date", "考评日期"),
			points("political", "政治素质", 15), points("work", "履职业绩", 30), points("quality", "安全质量效率", 20),
			points("service", "服务群众", 15), points("example", "带动作用", 10), points("life", "组织生活", 10),
			locked(points("total", "总分", 100)), locked(record.Field{Name: "star", Label: "星级", Type: record.Number{Min: 1, Max: 5, Unit: "星"}}),
			text("evaluator", "考评人"), text("opinion", "意见")),
		table("evidence", "佐证", pick("kind", "台账", choice("meeting", "会议", "demand", "诉求", "training", "培训", "service", "服务", "project", "项目")), text("record", "记录编号"), date("date", "日期"), text("note", "说明")),
	}
}
