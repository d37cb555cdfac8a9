package branch

import (
	"slices"

	"zhibu/storage/record"
)

// Types of a branch that rules ask for.
const (
	TypeJoint       = "JOINT"       // 联合党支部
	TypeFloating    = "FLOATING"    // 流动党员党支部
	TypeProvisional = "PROVISIONAL" // 临时党支部: admits nobody, elects nobody, collects no dues (支部条例8)
)

// profileKind is 支部信息: the branch's own profile, one record (domain.md §2.1, §6).
func profileKind() record.Kind {
	return record.Kind{
		Name: "branch", Label: "支部", Page: "支部信息", Title: "name",
		Fields: slices.Concat(
			group("基本信息", profileBasics()...),
			group("上级与归口", profileSuperiors()...),
			group("班子与党小组", profileCommittee()...),
			group("覆盖单位", profileUnits()...),
			group("计划与规则", profileRules()...)),
		New: func(record.Around) record.Values {
			return record.Values{"type": "BRANCH", "has_committee": Yes}
		},
		Check: profileCheck,
	}
}

func profileBasics() []record.Field {
	return []record.Field{
		column(1, required(headings(text("name", "党组织名称"), "党组织全称", "支部名称", "组织名称"))),
		headings(text("short_name", "简称"), "党组织简称"),
		headings(text("code", "党组织编码"), "组织编号"),
		column(2, headings(pick("type", "组织类别", record.Choice{Codes: []record.Code{
			{ID: "BRANCH", Label: "党支部"}, {ID: TypeJoint, Label: "联合党支部", Also: []string{"联合支部"}},
			{ID: TypeFloating, Label: "流动党员党支部"}, {ID: TypeProvisional, Label: "临时党支部"}, {ID: "PROJECT", Label: "项目党支部"}}}), "党组织类别")),
		pick("sector", "单位类别", choice("1", "国有企业", "2", "非公有制企业", "3", "农村", "4", "党政机关", "5", "学校", "6", "其他事业单位", "7", "街道社区", "8", "社会组织", "9", "其他")),
		pick("unit_relation", "党组织所在单位情况", choice("SAME", "与上级党组织相同", "LEGAL", "法人单位", "JOINT", "联合党支部")),
		headings(date("founded", "成立日期"), "建立日期"),
		headings(text("founded_no", "批准成立文号"), "建立文号"),
		text("secretary_phone", "联系电话"),
		headings(text("address", "详细地址"), "地址"),
		text("postcode", "邮编"),
		pick("carrier", "载体类型", choice("TOWER", "楼宇", "PARK", "园区", "STREET", "街区", "MALL", "商圈", "MARKET", "市场", "MAKER", "众创空间", "COOP", "合作社", "OTHER", "其他")),
		text("chain", "产业链或集群"),
		text("brand", "品牌或平台"),
		long("note", "备注"),
	}
}

func profileSuperiors() []record.Field {
	return []record.Field{
		text("line_superior", "行业主管党组织"),
		text("territorial_superior", "属地党组织"),
		text("fallback_superior", "兜底党组织"),
		pick("approver", "审批党员的一方", choice("LINE", "行业主管党组织", "TERRITORY", "属地党组织")),
		hint("党总支、党组、临时党组织没有审批权（细则23）", yesNo("can_approve_members", "上级有审批党员权限")),
		text("street_code", "街镇代码"),
		text("zone_code", "开发区代码"),
		text("industry_code", "行业代码"),
	}
}

func profileCommittee() []record.Field {
	return []record.Field{
		hint("正式党员不足 7 人的支部不设支委会（支部条例13）", yesNo("has_committee", "设支部委员会")),
		guarded(table("committee", "支部委员会", required(ref("member", "党员", "member")), required(pick("post", "职务", partyPosts())), date("from", "任职日期"), date("to", "免职日期"))),
		guarded(date("term_from", "本届起始日期")),
		guarded(hint("两新支部每届一般 3 年（支部条例）", date("term_end", "本届届满日期"))),
		guarded(date("term_extended_to", "批准延期至")),
		text("term_extended_no", "延期批准文号"),
		guarded(table("group", "党小组", required(text("name", "名称")), ref("leader", "组长", "member"), date("from", "设立日期"), date("to", "撤销日期"))),
	}
}

func profileUnits() []record.Field {
	return []record.Field{
		table("unit", "覆盖单位", required(text("name", "单位名称")), text("uscc", "统一社会信用代码"), text("kind", "单位性质"),
			number("employees", "职工数", "人"), number("new_employment", "新就业群体人数", "人"), text("contact", "联系人"), phone("phone", "联系电话")),
		table("adviser", "下派人员", text("name", "姓名"), pick("role", "身份", choice("PARTTIME", "兼职委员", "WORKER", "专职党群工作者", "GUIDE", "党建指导员")), text("unit", "来自单位"), date("from", "起"), date("to", "止")),
	}
}

func profileRules() []record.Field {
	return []record.Field{
		table("plan", "组织生活计划", text("quarter", "季度"), pick("kind", "类型", meetingKinds()), date("planned", "计划日期"), text("title", "主题"), text("chair", "主持或主讲"), text("result", "完成情况")),
		table("goal", "年度目标", text("year", "年度"), text("name", "目标"), date("due", "时限"), date("done", "完成日期")),
		guarded(table("booklet", "入党志愿书编号台账", required(text("no", "编号")), date("received", "领取日期"), text("receiver", "领取人"),
			pick("state", "使用情况", choice("HELD", "未使用", "USED", "已使用", "VOID", "作废", "LOST", "遗失", "RETURNED", "未用退回")), text("person", "使用人"), date("used", "使用日期"))),
		locked(guarded(hint("在设置的“规则与参数”里改", table("param", "规则参数", required(text("name", "参数")), required(text("value", "取值")), required(date("from", "起用日期")), required(text("basis", "依据")))))),
		hint("国家公布下一年放假安排后记在这里，工作日按它算", table("holiday", "节假日与调休", required(date("from", "起")), date("to", "止"), pick("kind", "安排", choice("OFF", "放假", "WORKED", "上班")), text("note", "说明"))),
		table("mute", "不再提醒", text("key", "提醒"), required(text("reason", "原因")), date("until", "停到")),
		guarded(table("handover", "党费上解", required(text("month", "月份")), money("amount", "金额"), date("date", "上解日期"), text("receipt", "收据号"), text("to", "上解到"))),
		table("publication", "党费公布", text("year", "年度"), date("date", "公布日期"), text("way", "公布方式")),
	}
}

func profileCheck(r record.Record, in record.Around) []record.Complaint {
	var out []record.Complaint
	v := r.Values
	if v["type"] == TypeJoint && len(r.Rows("unit")) > 5 {
		out = append(out, warn("unit", "JOINT_UNITS", "联合党支部覆盖单位一般不超过 5 个（支部条例5）。请与上级商量分设。"))
	}
	from, end := dateIn(v, "term_from"), dateIn(v, "term_end")
	if !from.IsZero() && !end.IsZero() && end.Before(from) {
		out = append(out, block("term_end", "DATE_ORDER", "届满日期早于本届起始日期。请核对。"))
	}
	if late := dateIn(v, "term_extended_to"); !late.IsZero() && late.After(end.AddMonths(12)) {
		out = append(out, block("term_extended_to", "TERM_EXTENSION", "延期换届一般不超过一年，最晚是 "+end.AddMonths(12).String()+"。请核对批文。"))
	}
	return append(out, sizeComplaints(r, in)...)
}

// sizeComplaints compares the branch with what its number of members asks for
// (支部条例4、5、13).
func sizeComplaints(r record.Record, in record.Around) []record.Complaint {
	roster := Roster(in, in.Today())
	full := 0
	for _, m := range roster {
		if IsFull(m, in.Today()) {
			full++
		}
	}
	seats := len(slices.DeleteFunc(r.Rows("committee"), func(row record.Row) bool { return !current(row.Values, in.Today()) }))
	var out []record.Complaint
	if len(roster) > 50 {
		out = append(out, warn("name", "BRANCH_SIZE", "党支部党员人数一般不超过 50 人（支部条例5）。请与上级商量分设。"))
	}
	switch has := r.Values["has_committee"]; {
	case full == 0: // the roster is not entered yet
	case has == Yes && full < 7:
		out = append(out, warn("has_committee", "COMMITTEE_SMALL", "正式党员 "+itoa(full)+" 人，不足 7 人的设书记一名，不设支委会（支部条例13）。"))
	case has == No && full >= 7:
		out = append(out, warn("has_committee", "COMMITTEE_NEEDED", "正式党员 "+itoa(full)+" 人，7 人以上的要设支部委员会（支部条例13）。"))
	case has == Yes && seats > 0 && (seats < 3 || seats > 7):
		out = append(out, warn("committee", "COMMITTEE_SEATS", "支部委员现有 "+itoa(seats)+" 人，一般 3 至 5 人，最多不超过 7 人（支部条例13）。"))
	}
	return out
}

// Profile returns the branch's own record; an empty one when there is none yet.
func Profile(in record.Around) record.Record {
	var found record.Record
	for _, r := range in.All("branch") {
		if found.ID == "" || r.ID < found.ID { // the first one made stands
			found = r
		}
	}
	return found
}

// Group is a party group of the branch.
type Group struct {
	ID     string // row id in the profile
	Name   string
	Leader string // member id
}

// Groups returns the groups that exist today, in their order.
func Groups(in record.Around) []Group { return GroupsOn(in, in.Today()) }

// GroupsOn returns the groups that existed on a day, in their order.
func GroupsOn(in record.Around, on record.Date) []Group {
	var out []Group
	for _, row := range Profile(in).Rows("group") {
		if current(row.Values, on) {
			out = append(out, Group{ID: row.ID, Name: row.Values["name"], Leader: row.Values["leader"]})
		}
	}
	return out
}

// Post is a seat in the committee.
type Post struct {
	Member string // member id
	Post   string // code of partyPosts, e.g. "SECRETARY"
}

// CommitteeOn returns who sat in the committee on a day, in the order kept.
func CommitteeOn(in record.Around, on record.Date) []Post {
	var out []Post
	for _, row := range Profile(in).Rows("committee") {
		if current(row.Values, on) {
			out = append(out, Post{Member: row.Values["member"], Post: row.Values["post"]})
		}
	}
	return out
}

// current reports whether a row with the columns from and to covers a day.
func current(row map[string]string, on record.Date) bool {
	from, to := record.ReadDate(row["from"]), record.ReadDate(row["to"])
	return !from.After(on) && (to.IsZero() || on.Before(to))
}

// hasCommittee reports whether the branch has a committee; one without holds
// every 支委会 step in the 党员大会 (支部条例13).
func hasCommittee(in record.Around) bool { return Profile(in).Values["has_committee"] != No }
