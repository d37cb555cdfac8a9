package branch

import "zhibu/storage/record"

// memberMobility holds transfers, floating, double affiliation and lost contact
// (domain.md §3.7). What happened to a membership is a list of events; the plain
// fields beside it say where the person stands now.
func memberMobility() []record.Field {
	return []record.Field{
		pick("in_kind", "进入类型", arrivals()),
		guarded(headings(date("in_date", "进入本支部日期"), "组织关系转入时间", "转入本支部时间", "组织关系落实时间", "进入本系统日期")),
		headings(text("in_from", "从何处转入"), "原所属党支部", "原所在党支部"),
		text("letter_no", "介绍信编号"),
		record.Field{Name: "letter_valid_days", Label: "介绍信有效期", Type: record.Number{Min: 1, Max: 90, Unit: "天"}},
		locked(guarded(pick("out_kind", "离开类型", departures()))),
		locked(guarded(headings(date("out_date", "离开本支部日期"), "转出本支部时间", "转出时间", "离开本系统日期"))),
		locked(headings(text("out_to", "转往何处"), "转出支部名称", "转出党支部", "转出单位")),
		locked(date("receipt_date", "回执收到日期")),
		headings(yesNo("is_lost", "是否失联党员"), "是否失联", "失联党员"),
		headings(date("lost_since", "失去联系日期"), "失联时间"),
		headings(pick("lost_reason", "失联情形", lostReasons()), "失联情况"),
		table("search", "查找记录", date("date", "日期"), text("channel", "途径"), text("person", "经办人"), text("result", "结果")),
		headings(yesNo("is_floating", "是否流动党员"), "是否流动", "流动党员"),
		headings(text("float_out_to", "外出流向"), "外出地点", "流入地址"),
		date("float_since", "外出日期"),
		pick("float_reason", "外出原因", choice("WORK", "务工", "TRADE", "经商", "STUDY", "求学或待业", "FAMILY", "照顾家人", "POSTED", "派驻", "OTHER", "其他")),
		pick("float_kind", "流动类型", choice("PROVINCE", "跨省", "CITY", "省内跨市", "DISTRICT", "市内跨区", "WITHIN", "区内", "ABROAD", "出国（境）")),
		pick("float_state", "流动状态", choice("AWAITED", "待报到", "ENROLLED", "已纳入", "RETURNED", "已返回", "MOVED", "已转出组织关系", "LOST", "失联")),
		headings(text("float_in_from", "流入前党组织"), "原组织名称", "流出组织名称"),
		text("float_card", "流动证号"),
		table("contact", "联系记录", date("date", "日期"), text("channel", "方式"), text("person", "联系人"), text("content", "内容")),
		yesNo("is_dual_managed", "双纳管"),
		text("dual_branch", "另一纳管党支部"),
		pick("primary_affiliation", "主要归口", choice("LINE", "行业党委", "TERRITORY", "属地党组织")),
		date("dual_since", "双纳管起始"),
		phone("dual_contact", "另一方联系电话"),
		guarded(locked(table("event", "党籍变动", pick("kind", "事项", events()), date("date", "日期"), text("party", "对方组织"), text("doc_no", "文号"), text("reason", "原因")))),
	}
}

func memberDues() []record.Field {
	return []record.Field{
		pick("payer", "党费类型", payers()),
		guarded(headings(money("base_fen", "党费基数"), "缴费基数", "交纳基数", "月收入", "计费基数", "党费计算基数")),
		guarded(hint("由基数算出", rate("rate_bp", "党费比例"))),
		guarded(headings(money("monthly_fen", "月缴党费"), "月缴标准", "应交/月", "应交纳党费数/月", "党费标准")),
		text("basis_note", "核定依据"),
		date("from_month", "起算月份"),
		yesNo("dues_exempt", "批准免交"),
	}
}

// memberDerive fills what follows from one typed field.
func memberDerive(v record.Values, changed string, in record.Around) record.Values {
	switch changed {
	case "joined", "converted":
		out := record.Values{"category": Probationary}
		if v["converted"] != "" {
			out["category"] = Full
		}
		return out
	}
	return derivePerson(v, changed)
}

// memberCheck looks across the fields of a member.
func memberCheck(r record.Record, in record.Around) []record.Complaint {
	v := r.Values
	out := idComplaints(v)
	birth, joined, converted := dateIn(v, "birth"), dateIn(v, "joined"), dateIn(v, "converted")
	today := in.Today()
	for _, path := range []string{"birth", "joined", "converted", "in_date"} {
		if d := dateIn(v, path); d.After(today) {
			out = append(out, block(path, "DATE_FUTURE", "这个日期还没有到（今天是 "+today.String()+"）。请核对年份。"))
		}
	}
	if !joined.IsZero() && joined.Before(birth.AddMonths(18*12)) {
		out = append(out, block("joined", "AGE_UNDER_18", "入党时不满 18 周岁（党章第一条），最早是 "+birth.AddMonths(216).String()+"。请核对出生日期和入党日期。"))
	}
	if !joined.IsZero() && !converted.IsZero() && converted.Before(joined) {
		out = append(out, block("converted", "DATE_ORDER", "转正日期早于入党日期 "+joined.String()+"。请核对这两个日期。"))
	} else if !joined.IsZero() && !converted.IsZero() && v["category"] == Full && converted.Before(joined.AddMonths(12)) {
		out = append(out, warn("converted", "PROBATION_SHORT", "预备期不满一年（细则32），最早是 "+joined.AddMonths(12).String()+"。早年入党的可能没有预备期，请核对。"))
	}
	if v["category"] == Probationary && !converted.IsZero() {
		out = append(out, warn("category", "CATEGORY_CONVERTED", "填了转正日期，类别却是预备党员。请核对。"))
	}
	out = append(out, unknownGroup(v["group"], "group", in)...)
	return append(out, memberLimits(v)...)
}

func memberLimits(v record.Values) []record.Complaint {
	var out []record.Complaint
	if mobile := v["mobile"]; mobile != "" && len(mobile) != 11 {
		out = append(out, warn("mobile", "MOBILE_LENGTH", "手机一般是 11 位，这个不是。请核对；座机请填在固定电话。"))
	}
	if v["is_lost"] == Yes && v["lost_since"] == "" {
		out = append(out, warn("lost_since", "LOST_SINCE", "失联党员要写失去联系日期（教管条例28），停止党籍从它算起。"))
	}
	if v["is_dual_managed"] == Yes && v["primary_affiliation"] == "" {
		out = append(out, warn("primary_affiliation", "DUAL_PRIMARY", "双纳管要定一边为主要归口（行业党委或属地党组织），区里汇总时才不会算两次。"))
	}
	if v["is_dual_managed"] == Yes && v["dual_branch"] == "" {
		out = append(out, warn("dual_branch", "DUAL_BRANCH", "双纳管要写另一边的党支部，统计时才不会算两次。"))
	}
	return out
}

// unknownGroup warns when a group is not one of the branch's own.
func unknownGroup(name, path string, in record.Around) []record.Complaint {
	groups := Groups(in)
	if name == "" || len(groups) == 0 {
		return nil
	}
	for _, g := range groups {
		if g.Name == name {
			return nil
		}
	}
	return []record.Complaint{warn(path, "GROUP_UNKNOWN", "支部信息里没有“"+name+"”这个党小组。请核对名称，或先在设置里加上。")}
}

// memberAllow keeps a membership from being rewritten: it changes by events.
func memberAllow(before, after record.Record, in record.Around) []record.Complaint {
	if before.ID == "" {
		return nil
	}
	var out []record.Complaint
	if before.Values["category"] == Full && after.Values["category"] == Probationary {
		out = append(out, block("category", "CATEGORY_BACK", "正式党员不能改回预备党员（细则34）。如果当初登记错了，请先清空转正日期并写明原因。"))
		if after.Values["converted"] == "" && before.Values["converted"] != "" {
			out[0].Severity = record.Warn
		}
	}
	if after.Deleted() && before.Values["joined"] != "" && len(before.Rows("event")) > 0 {
		out = append(out, block("", "MEMBER_HISTORY", "这位党员已有党籍变动记录，不能删除。离开支部请办转出、除名等手续；资料都留着。"))
	}
	return out
}
