package branch

import (
	"maps"
	"slices"
	"sync"

	"zhibu/storage/record"
)

// States of a person in the pool (domain.md §1.2).
const (
	Applicant         = "APPLICANT"
	Activist          = "ACTIVIST"
	Target            = "TARGET"
	AdmittedPending   = "ADMITTED_PENDING"
	OnProbation       = "PROBATIONARY"
	ConversionPending = "CONVERSION_PENDING"
	FullMember        = "FULL"
)

// Side exits.
const (
	Withdrawn      = "WITHDRAWN"
	Stopped        = "STOPPED"
	NotPassed      = "NOT_PASSED" // may be discussed again later
	NotApproved    = "NOT_APPROVED"
	Cancelled      = "CANCELLED"
	TransferredOut = "TRANSFERRED_OUT"
	Deceased       = "DECEASED"
)

func stages() record.Choice {
	list := codes(Applicant, "入党申请人", Activist, "入党积极分子", Target, "发展对象", AdmittedPending, "预备党员待审批",
		OnProbation, "预备党员", ConversionPending, "转正待审批", FullMember, "正式党员")
	list = append(list, exits().Codes...)
	list = also(list, Applicant, "申请人", "申请入党人", "申请入党")
	list = also(list, Activist, "积极分子")
	return record.Choice{Codes: also(list, Target, "重点发展对象", "重点对象")}
}

func exits() record.Choice {
	return choice(Withdrawn, "本人撤回", Stopped, "不再作为培养对象", NotPassed, "大会未通过", NotApproved, "上级未批准", Cancelled, "取消预备党员资格", TransferredOut, "已转出", Deceased, "去世")
}

// poolKind is 发展党员: one person on the way from application to full member,
// with every date of domain.md §1.2.
func poolKind() record.Kind {
	return record.Kind{
		Name: "pool", Label: "发展对象档案", Page: "发展党员", Title: "name",
		Fields: poolFields(),
		New: func(record.Around) record.Values {
			return record.Values{"ethnicity": "01", "political_status": "13", "stage": Applicant}
		},
		Derive: func(v record.Values, changed string, _ record.Around) record.Values {
			out := computed(v)
			maps.Copy(out, derivePerson(v, changed))
			return out
		},
		Open:  poolOpen,
		Check: poolCheck,
		Allow: poolAllow,
	}
}

// poolFields is built once: rules ask it for labels.
var poolFields = sync.OnceValue(func() []record.Field {
	return slices.Concat(
		group(tabBasic, poolBasics()...),
		group(PhaseName(1), poolApplication()...),
		group(PhaseName(2), poolActivist()...),
		group(PhaseName(3), poolTarget()...),
		group(PhaseName(4), poolAdmission()...),
		group(PhaseName(5), poolProbation()...),
		group("办理情况", poolState()...),
		group(tabAttachment, files()))
})

func poolBasics() []record.Field {
	return []record.Field{
		column(1, required(headings(record.Field{Name: "name", Label: "姓名", Type: record.PersonName{}}, "被推荐人姓名"))),
		hint("用于首字母查找，可改", text("name_pinyin", "姓名拼音")),
		column(3, pick("gender", "性别", genders())),
		pick("ethnicity", "民族", ethnicities()),
		idNumber(),
		column(4, headings(date("birth", "出生日期"), "出生年月", "出生时间")),
		text("native_place", "籍贯"),
		headings(pick("education", "学历", educations()), "文化程度"),
		pick("degree", "学位", degrees()),
		pick("political_status", "政治面貌", politics()),
		headings(date("league_date", "入团日期"), "入团时间"),
		headings(date("start_work_date", "参加工作日期"), "参加工作时间"),
		column(6, headings(text("employer", "工作单位"), "单位", "单位、职务或职业", "工作单位及职务", "部门")),
		headings(text("title", "职务"), "单位职务"),
		column(7, pick("line", "岗位类别", choice("MANAGE", "管理", "TECH", "技术", "FRONT", "一线", "NEW", "新就业群体"))),
		pick("is_new_employment", "新就业群体", newWork()),
		headings(phone("mobile", "手机"), "手机号码", "联系电话", "联系方式"),
		sensitive(headings(text("home_address", "现居住地"), "家庭住址")),
		yesNo("is_floating", "流动人员"),
		long("resume", "本人简历"),
		table("family", "家庭成员与社会关系", text("relation", "称谓"), text("name", "姓名"), text("politics", "政治面貌"), text("work", "工作单位及职务")),
		long("note", "备注"),
	}
}

func poolApplication() []record.Field {
	return []record.Field{
		column(5, guarded(headings(date("applied", "递交申请书日期"), "提交书面申请书时间", "申请入党日期", "申请入党时间", "递交入党申请书时间", "递交入党申请书日期", "书面申请入党时间", "提交入党申请时间", "递交申请时间", "申请时间"))),
		guarded(headings(date("talked", "派人谈话日期"), "派人谈话时间", "首次谈话日期", "首次组织谈话时间", "谈话时间")),
		text("talker", "谈话人"),
	}
}

func poolActivist() []record.Field {
	return []record.Field{
		guarded(headings(date("recommended", "推荐日期"), "推荐/推优时间", "推荐时间")),
		headings(pick("recommend_route", "推荐方式", choice("MEMBERS", "党员推荐", "LEAGUE", "群团组织推优", "OTHER", "其他")), "推荐或推优方式"),
		hint("28 周岁以下填团推优日期，不是团员写“非团员”", text("league", "团推优情况")),
		guarded(headings(date("activist_decided", "确定积极分子日期"), "确定为入党积极分子时间", "确定入党积极分子日期", "确定为积极分子时间", "确定入党积极分子时间", "确定积极分子时间")),
		guarded(headings(date("activist_filed", "积极分子备案日期"), "积极分子备案时间")),
		guarded(table("contacts", "指定培养联系人", required(ref("member", "党员", "member")), date("from", "起"), date("to", "止"), text("relation", "与本人关系"))),
		headings(text("contact_names", "培养联系人姓名"), "培养联系人"),
		guarded(table("observations", "半年考察", date("period_from", "考察期起"), date("period_to", "考察期止"), date("signed", "签名日期"), long("text", "考察情况"))),
		table("reports", "思想汇报", date("date", "日期"), text("title", "题目")),
		guarded(hint("前一单位培养时间可接续计算（细则12）", date("cultivation_credit_from", "前单位培养起"))),
		guarded(date("cultivation_credit_to", "前单位培养止")),
	}
}

func poolTarget() []record.Field {
	return []record.Field{
		guarded(date("opinions_heard", "听取意见日期")),
		text("opinion_group", "党小组意见"),
		text("opinion_contacts", "培养联系人意见"),
		text("opinion_members", "党员意见"),
		text("opinion_masses", "群众意见"),
		guarded(headings(date("target_decided", "确定发展对象日期"), "确定为发展对象时间", "支部大会讨论确定发展对象时间", "列为发展对象时间", "确定重点对象时间", "确定重点发展对象时间")),
		guarded(date("target_publicity_from", "公示起")),
		guarded(date("target_publicity_to", "公示止")),
		text("target_objection", "公示异议（未了结的）"),
		guarded(headings(date("target_filed", "发展对象备案日期"), "确定发展对象时间（党委备案时间）")),
		guarded(table("introducers", "确定入党介绍人", required(ref("member", "党员", "member")), date("from", "确定日期"), text("relation", "与本人关系"))),
		headings(text("introducer_names", "入党介绍人姓名"), "入党介绍人"),
		guarded(headings(date("polrev_concluded", "政审结论日期"), "政治审查时间", "政审时间")),
		guarded(headings(pick("polrev_result", "政审结论", choice("QUALIFIED", "合格", "UNQUALIFIED", "不合格", "PENDING", "待补充")), "政审是否合格")),
		table("polrev_letters", "函调外调", text("to", "对方单位"), text("about", "调查对象"), date("sent", "发出日期"), date("answered", "回函日期"), text("result", "结果")),
		hint("流动人员填", text("polrev_home_opinion", "户籍地党组织意见")),
		hint("流动人员填", text("polrev_place_opinion", "居住地党组织意见")),
		guarded(date("training_from", "集中培训起")),
		guarded(headings(date("training_to", "集中培训止"), "短期集中培训时间", "党校培训结业时间", "党训班结业时间", "党校结业时间", "集中培训考核合格日期")),
		guarded(number("training_hours", "培训学时", "学时")),
		text("training_cert_no", "结业证书号"),
	}
}

func poolAdmission() []record.Field {
	return []record.Field{
		guarded(date("committee_review", "支委会审查日期")),
		guarded(date("prereview_submitted", "报预审日期")),
		guarded(headings(date("prereview_passed", "预审合格日期"), "党委预审时间")),
		text("prereview_doc", "预审意见文号"),
		guarded(headings(text("booklet_no", "志愿书编号"), "入党志愿书编号", "《入党志愿书》编号")),
		guarded(date("booklet_filled", "填写志愿书日期")),
		date("planned_leave_date", "预计离开本单位日期"),
		date("meeting1_expected", "拟开大会日期"),
		guarded(headings(date("meeting1", "支部大会接收日期"), "支部大会接收预备党员时间", "确定为预备党员时间（支部大会）", "支部大会时间", "接收为预备党员时间", "支部党员大会时间", "支部大会接收预备党员日期")),
		guarded(ref("meeting1_record", "接收大会记录", "meeting")),
		guarded(table("meeting1_vote", "接收大会表决", ballotColumns()...)),
		guarded(headings(date("superior_talk", "上级派人谈话日期"), "入党谈话时间")),
		guarded(headings(date("approved1", "上级审批日期"), "上级党委审批时间", "党委审批时间", "党总支/党委集体审批日期", "党委审批预备党员时间")),
		text("approved1_doc", "批复文号"),
		text("approved1_reason_over3m", "超过三个月的理由"),
		guarded(date("approved1_filed", "再上级备案日期")),
	}
}

func ballotColumns() []record.Field {
	return []record.Field{number("entitled", "应到", "人"), number("present", "实到", "人"), number("issued", "发出", "票"), number("collected", "收回", "票"), number("for", "赞成", "票"),
		number("against", "反对", "票"), number("abstain", "弃权", "票"), number("invalid", "废票", "票"), number("written", "书面赞成", "张"), pick("method", "方式", ballots())}
}

func poolProbation() []record.Field {
	return []record.Field{
		guarded(date("assigned_on", "编入党小组日期")),
		text("assigned_group", "编入党小组"),
		guarded(headings(date("oath", "入党宣誓日期"), "入党宣誓时间")),
		text("oath_place", "宣誓地点"),
		text("oath_leader", "领誓人"),
		guarded(locked(date("probation_end", "预备期满日期"))),
		guarded(headings(date("conv_applied", "转正申请日期"), "转正申请时间", "递交转正申请书时间", "提出转正申请日期")),
		guarded(headings(date("meeting2", "讨论转正大会日期"), "转正时间（支部大会讨论转正时间）")),
		guarded(ref("meeting2_record", "转正大会记录", "meeting")),
		guarded(table("meeting2_vote", "转正大会表决", ballotColumns()...)),
		guarded(pick("meeting2_result", "转正讨论结果", conversions())),
		guarded(record.Field{Name: "extension_months", Label: "延长月数", Type: record.Number{Unit: "月"}}),
		guarded(locked(date("extension_end", "延长期满日期"))),
		guarded(date("meeting3", "延长后讨论大会日期")),
		guarded(ref("meeting3_record", "延长后大会记录", "meeting")),
		guarded(pick("meeting3_result", "延长后讨论结果", conversions())),
		guarded(headings(date("approved2", "转正审批日期"), "党委审批时间2", "转正审批时间")),
		text("approved2_doc", "转正批复文号"),
		guarded(locked(headings(date("effective_full_date", "转为正式党员日期"), "转正时间"))),
		guarded(headings(date("archived", "材料归档日期"), "转档案馆时间")),
		text("archive_place", "档案所在单位"),
		guarded(date("transferred_in", "预备期间转入日期")),
	}
}

// conversions are what a meeting about conversion may decide.
func conversions() record.Choice {
	return choice("ON_TIME", "按期转正", "EXTEND", "延长预备期", "CANCEL", "取消预备党员资格")
}

func poolState() []record.Field {
	return []record.Field{
		column(2, guarded(locked(headings(pick("stage", "当前阶段", stages()), "当前发展阶段", "发展阶段", "阶段", "人员类别")))),
		guarded(locked(hint("从旧台账导入时所在的阶段，以前各步不再补办", pick("opening", "导入时阶段", stages())))),
		table("material", "材料清单", text("name", "材料"), record.Field{Name: "step", Label: "步骤", Type: record.Number{Min: 1, Max: 25}}, date("date", "日期"), yesNo("have", "已有"), text("note", "说明")),
		hint("改期限要写原因", table("deadline", "自定期限", date("due", "期限"), text("reason", "原因"))),
		guarded(table("override", "特殊情况说明", required(text("rule", "规则")), required(text("reason", "理由")), required(text("doc_no", "上级文号")), date("date", "日期"))),
		guarded(pick("exit", "退出情形", exits())),
		guarded(date("exit_date", "退出日期")),
		text("exit_reason", "退出原因"),
		guarded(locked(ref("member", "党员信息", "member"))),
	}
}
