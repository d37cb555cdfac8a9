package branch

import "zhibu/storage/record"

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
			long("result", "成果"),
			long("note", "备注")),
		New: func(in record.Around) record.Values {
			return record.Values{"status": "OPEN", "start": in.Today().String()}
		},
	}
}
