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
				phone("phone", "联系电话"),
				long("note", "备注")),
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
