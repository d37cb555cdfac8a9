package branch

import (
	"slices"

	"zhibu/storage/record"
)

// Kinds of meetings (domain.md §2.2). These are the stored codes.
const (
	AllMembers = "DYDH"  // 支部党员大会
	Committee  = "ZWH"   // 支部委员会会议
	GroupMeet  = "DXZ"   // 党小组会
	Lecture    = "DK"    // 党课
	ThemeDay   = "ZTDR"  // 主题党日
	LifeMeet   = "ZZSHH" // 组织生活会
	Appraisal  = "MZPY"  // 民主评议党员
	Talk       = "TXTH"  // 谈心谈话
	Report     = "SJSZ"  // 书记述职
	Election   = "HJXJ"  // 换届选举大会
	Oath       = "RDXS"  // 入党宣誓
)

// Where a meeting's record stands.
const (
	Draft    = "DRAFT"
	Final    = "FINAL"
	Archived = "ARCHIVED"
)

// Attendance states, stored per member.
const (
	Present  = "PRESENT"  // 到会
	Leave    = "LEAVE"    // 请假
	Absent   = "ABSENT"   // 缺席
	Observer = "OBSERVER" // 列席
)

func meetingKinds() record.Choice {
	list := codes(AllMembers, "支部党员大会", Committee, "支部委员会会议", GroupMeet, "党小组会", Lecture, "党课", ThemeDay, "主题党日",
		LifeMeet, "组织生活会", Appraisal, "民主评议党员", Talk, "谈心谈话", Report, "书记述职", Election, "换届选举大会",
		"MZYS", "民主议事", "ZYFW", "志愿服务", "LJHD", "联建活动", Oath, "入党宣誓", "ZZSR", "政治生日", "JZXX", "集中学习",
		"LSH", "楼事会", "JSH", "街事会", "YSH", "园事会", "OTHER", "其他")
	list = also(list, AllMembers, "党员大会", "支部大会", "全体党员大会")
	list = also(list, Committee, "支委会", "支部委员会", "支委会会议", "支委会议")
	list = also(list, GroupMeet, "小组会", "党小组会议")
	list = also(list, ThemeDay, "主题党日活动", "党日活动", "主题党日+志愿服务")
	list = also(list, Appraisal, "民主评议")
	list = also(list, Lecture, "上党课")
	return record.Choice{Codes: also(list, Election, "换届选举", "换届")}
}

func states() record.Choice {
	return record.Choice{Codes: []record.Code{{ID: Present, Label: "到会", Also: []string{"出席", "参加", "实到"}},
		{ID: Leave, Label: "请假"}, {ID: Absent, Label: "缺席", Also: []string{"缺会", "未到"}}, {ID: Observer, Label: "列席"}}}
}

// Short returns the short name of a kind of meeting as numbers and grids use
// it, e.g. 大会 for AllMembers.
func Short(kind string) string {
	switch kind {
	case AllMembers:
		return "大会"
	case Committee:
		return "支委会"
	case GroupMeet:
		return "小组会"
	case Appraisal:
		return "评议"
	case Election:
		return "换届"
	}
	return meetingKinds().Format(kind)
}

// meetingKind is 会议与活动 (domain.md §2.5, names of decisions.md 2).
func meetingKind() record.Kind {
	return record.Kind{
		Name: "meeting", Label: "会议", Page: "会议与活动", Title: "title",
		Fields: slices.Concat(
			group("基本情况", meetingBasics()...),
			group("议程与记录", meetingRecord()...),
			group("签到", meetingAttendance()...),
			group("表决与决议", meetingDecisions()...),
			group("专项内容", meetingSpecials()...),
			group("定稿", meetingSeal()...),
			group(tabAttachment, files())),
		New: func(in record.Around) record.Values {
			return record.Values{"kind": AllMembers, "status": Draft}
		},
		Derive: meetingDerive,
		Check:  meetingCheck,
		Allow:  meetingAllow,
	}
}

func meetingBasics() []record.Field {
	return []record.Field{
		column(2, required(headings(pick("kind", "类型", meetingKinds()), "会议类型", "活动类型", "会议类别"))),
		column(3, required(headings(text("title", "会议名称"), "名称", "会议主题", "标题", "活动名称", "活动主题", "会议题目"))),
		column(1, required(headings(record.Field{Name: "start", Label: "开始时间", Type: record.Moment{}}, "实际会议时间", "会议时间", "时间", "日期", "会议日期"))),
		headings(record.Field{Name: "end", Label: "结束时间", Type: record.Moment{}}),
		column(5, headings(text("place", "地点"), "会议地点", "活动地点")),
		headings(ref("chair", "主持人", "member"), "主持"),
		headings(ref("recorder", "记录人", "member"), "记录"),
		headings(text("lecturer", "主讲人"), "授课人", "主讲"),
		text("session", "届次或次数"),
		hint("党小组会填", text("group", "党小组")),
		hint("补开的会写应属的月份，如 2026-07", record.Field{Name: "period", Label: "所属期", Type: record.Day{}}),
	}
}

func meetingRecord() []record.Field {
	return []record.Field{
		headings(table("agenda", "会议议题", required(text("title", "议题")), text("materials", "材料"), long("speakers", "发言"), long("gist", "要点"), long("dissent", "不同意见"), text("outcome", "结果")), "议题", "议程"),
		headings(long("minutes", "会议内容"), "会议记录", "内容", "发言记录", "主要内容", "会议主要内容", "活动内容", "会议记录内容"),
		long("note", "备注"),
	}
}

func meetingAttendance() []record.Field {
	return []record.Field{
		guarded(tableBy("member", "attendance", "签到", pick("state", "状态", states()), text("reason", "原因"), hint("名册以外的人", text("name", "姓名")), text("duty", "身份"))),
		guarded(tableBy("member", "excluded", "不计入应到的党员", required(pick("reason", "原因", exclusions())), required(text("consent", "上级同意文号")))),
		hint("外部导入时用", headings(number("expected", "应到人数", "人"), "应到")),
		headings(number("present", "实到人数", "人"), "实到"),
		headings(number("on_leave", "请假人数", "人"), "请假"),
		number("absent", "缺席人数", "人"),
		number("voters_expected", "有表决权应到", "人"),
		number("voters_present", "有表决权实到", "人"),
		headings(long("present_names", "参会人员"), "出席人员", "到会人员", "参加人员", "出席党员", "到会党员"),
		headings(long("absent_names", "请假人员及原因"), "缺席人员及原因", "请假人员", "缺席人员", "请假人员及事由", "缺席情况"),
		headings(long("observer_names", "列席人员")),
	}
}

// exclusions are the people who may be left out of the entitled with superior
// consent and the meeting's adoption (domain.md §1.5, LOCAL).
func exclusions() record.Choice {
	return choice("1", "因患精神病或其他疾病不能表达本人意志", "2", "自费出国半年以上", "3", "虽未受留党察看以上处分但正在服刑",
		"4", "年老体弱卧床不起和长期生病生活不能自理", "5", "应转未转组织关系且外出半年以上", "6", "离退休后回原籍长期居住未转组织关系")
}

func meetingDecisions() []record.Field {
	return []record.Field{
		guarded(table("vote", "表决", required(text("item", "表决事项")), pick("about", "性质", votedOn()), ref("person", "表决对象", "pool"), pick("method", "方式", ballots()),
			number("issued", "发出", "票"), number("collected", "收回", "票"), number("entitled", "有表决权应到", "人"), number("present", "有表决权实到", "人"),
			number("for", "赞成", "票"), number("against", "反对", "票"), number("abstain", "弃权", "票"), number("invalid", "废票", "票"), number("written", "会前书面赞成", "张"),
			number("seats", "应选名额", "名"), ref("candidate", "候选人", "member"), pick("post", "拟任职务", partyPosts()), record.Field{Name: "months", Label: "延长预备期", Type: record.Number{Unit: "月"}},
			text("scrutineer", "监票人"), text("counter", "计票人"), locked(pick("outcome", "结果", verdicts())))),
		headings(table("resolution", "决议或决定", required(long("text", "内容")), text("owner", "责任人"), date("due", "完成时限"), date("done", "完成日期"),
			pick("step", "发展党员步骤", stepChoice()), ref("person", "对象", "pool")), "会议决议", "决议", "决议事项"),
	}
}

func votedOn() record.Choice {
	return choice("RESOLUTION", "一般决议", "ADMISSION", "接收预备党员", "CONVERSION", "预备党员转正", "EXTENSION", "延长预备期", "CANCEL", "取消预备党员资格", "ELECTION", "选举", "DISCIPLINE", "处分")
}

func ballots() record.Choice {
	return record.Choice{Codes: []record.Code{{ID: "SECRET", Label: "无记名投票", Also: []string{"票决", "不记名投票"}}, {ID: "OPEN", Label: "记名投票"}, {ID: "HANDS", Label: "举手"}, {ID: "VOICE", Label: "口头"}}}
}

func verdicts() record.Choice {
	return choice("PASS", "通过", "FAIL", "未通过", "INVALID", "无效")
}
