package branch

import "zhibu/storage/record"

// honourKind is 表彰: models and nominations (domain.md §6 #31).
func honourKind() record.Kind {
	return record.Kind{
		Name: "honour", Label: "表彰", Page: "先进典型", Title: "title",
		Fields: append(group(tabBasic,
			column(1, required(headings(text("title", "荣誉名称"), "表彰名称"))),
			column(3, pick("kind", "类别", open("MEMBER", "优秀共产党员", "WORKER", "优秀党务工作者", "FRIEND", "党建之友", "RIDER", "金头盔先锋骑手", "BRANCH", "先进党支部", "FIRM", "党建强发展强企业"))),
			column(2, ref("member", "党员", "member")),
			text("unit", "单位或个人"),
			column(4, pick("level", "级别", open("BRANCH", "支部", "STREET", "街镇", "DISTRICT", "区", "CITY", "市", "NATION", "全国"))),
			column(5, date("date", "授予日期")),
			date("nominated_on", "推荐日期"),
			text("doc_no", "文号"),
			text("certificate", "证书号"),
			long("deeds", "主要事迹"),
			long("note", "备注"),
			pick("status", "状态", choice("NOMINATED", "已推荐", "AWARDED", "已授予", "REJECTED", "未获评")),
		), group(tabAttachment, files())...),
		New: func(record.Around) record.Values { return record.Values{"status": "NOMINATED"} },
	}
}
