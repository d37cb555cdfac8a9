package branch

import (
	"slices"

	"zhibu/storage/record"
)

// memberKind is 党员: the 16 items of the official 党员基本信息采集表 and what a
// branch keeps besides (domain.md §3.1–3.3).
func memberKind() record.Kind {
	return record.Kind{
		Name: "member", Label: "党员", Page: "党员名册", Title: "name",
		Fields: slices.Concat(
			group(tabBasic, memberBasics()...),
			group(tabParty, memberParty()...),
			group(tabContact, memberContact()...),
			group(tabHonour, memberHonours()...),
			group(tabMobility, memberMobility()...),
			group(tabDues, memberDues()...),
			group(tabAttachment, files())),
		New: func(record.Around) record.Values {
			return record.Values{"ethnicity": "01", "status": StatusNormal}
		},
		Open:   told("status", "out_kind", "out_date", "out_to", "receipt_date"),
		Derive: memberDerive,
		Check:  memberCheck,
		Allow:  memberAllow,
	}
}

func memberBasics() []record.Field {
	return []record.Field{
		column(1, required(headings(record.Field{Name: "name", Label: "姓名", Type: record.PersonName{}}, "党员姓名", "用户姓名", "现名"))),
		hint("用于首字母查找，可改", text("name_pinyin", "姓名拼音")),
		column(9, pick("gender", "性别", genders())),
		pick("ethnicity", "民族", ethnicities()),
		idNumber(),
		column(8, headings(hint("由身份号码带出，可改", date("birth", "出生日期")), "出生年月", "出生时间", "出生年月日", "生日")),
		headings(text("native_place", "籍贯"), "籍贯（填写至县）"),
		headings(pick("education", "学历", educations()), "文化程度", "学历（代码）", "最高学历", "学历层次", "学历情况"),
		headings(date("start_work_date", "参加工作日期"), "参加工作时间"),
		headings(yesNo("is_veteran", "退役军人"), "是否退役军人"),
		headings(yesNo("is_hardship", "困难党员"), "是否困难党员"),
		pick("political_status", "政治面貌", politics()),
		headings(record.Field{Name: "former_name", Label: "曾用名", Type: record.PersonName{}}, "原名"),
		text("birthplace", "出生地"),
		pick("degree", "学位", degrees()),
		headings(text("school", "毕业院校"), "毕业学校", "毕业院校及专业", "毕业院校系"),
		headings(text("major", "专业"), "所学专业", "当前专业（全称）"),
		headings(date("grad_date", "毕业日期"), "毕业时间"),
		record.Field{Name: "photo", Label: "照片", Type: record.File{}},
		headings(long("note", "备注"), "备注说明"),
	}
}

func idNumber() record.Field {
	return record.Field{Name: "id_no", Label: "公民身份号码", Type: record.IDNumber{}, Sensitive: true, Guarded: true, Unique: true,
		Headings: []string{"身份证", "身份证号", "身份证号码", "公民身份证号", "公民身份证号码", "居民身份证号码", "居民身份证号", "公民身份号", "身份证件号码", "身份号码", "证件号码"}}
}

func memberParty() []record.Field {
	return []record.Field{
		column(2, required(guarded(headings(hint("由入党、转正日期决定", pick("category", "人员类别", categories())), "党员类别", "党员类型", "组织身份", "人员类型")))),
		column(6, guarded(headings(date("joined", "入党日期"), "入党时间", "加入党组织日期", "加入党组织时间", "入党日期(接收预备党员日期)"))),
		guarded(headings(date("converted", "转正日期"), "转正时间", "转为正式党员日期", "转为正式党员时间", "正式转正日期")),
		headings(text("branch", "所在党支部"), "所属党支部", "所在党组织", "组织关系所在党支部", "所在组织", "所属组织", "隶属党组织", "党支部名称", "编入党支部"),
		column(3, headings(text("group", "党小组"), "所在党小组", "小组", "所属党小组")),
		headings(pick("party_post", "党内职务", partyPosts()), "党内职务情况", "党内任职"),
		headings(text("join_branch", "入党时所在党支部"), "入党时所在支部"),
		text("introducers", "入党介绍人"),
		headings(record.Field{Name: "standing_adjust_months", Label: "党龄校正值", Type: record.Number{Min: -1200, Max: 1200, Unit: "月"}}, "党龄校正值（月）"),
		pick("admission_kind", "入党类型", choice("NEW", "新吸收", "POSTHUMOUS", "追认", "REJOINED", "重新入党", "RESTORED", "恢复党籍")),
		pick("conversion_kind", "转正情况", choice("ON_TIME", "按期转正", "EXTENDED", "延长预备期后转正", "PROBATION", "预备期中")),
		headings(date("extension_to", "延长预备期至"), "延长预备期时间"),
		column(11, locked(guarded(headings(pick("status", "党籍状态", statuses()), "党籍情况")))),
		headings(text("booklet_no", "入党志愿书编号"), "志愿书编号"),
		headings(text("archive_place", "党员档案所在单位"), "档案管理单位"),
		headings(yesNo("is_delegate", "党代表"), "是否党代表"),
		pick("batch_kind", "四个一批", choice("1", "发展党员重点倾斜一批", "2", "来沪流动党员应转尽转一批", "3", "人才服务机构党员属地隶属一批", "4", "街镇党员骨干组织关系下转一批")),
		date("batch_date", "四个一批认定日期"),
		text("batch_source", "四个一批来源"),
		guarded(locked(ref("pool", "发展档案", "pool"))),
	}
}

func memberContact() []record.Field {
	return []record.Field{
		column(10, headings(phone("mobile", "手机"), "手机号码", "手机号", "联系电话", "移动电话", "联系方式", "联系电话（手机号）", "电话", "电话号码")),
		headings(phone("landline", "固定电话"), "座机", "办公电话"),
		sensitive(headings(text("home_address", "家庭住址"), "现居住地", "家庭住址（具体到门牌号）", "住址", "现住址", "家庭地址", "居住地址", "居住地", "现住地址")),
		sensitive(headings(text("household_address", "户籍所在地"), "户籍地址", "户籍所在派出所", "户籍地", "户口所在地")),
		text("emergency_contact", "紧急联系人及电话"),
		column(4, headings(text("employer", "工作单位"), "单位", "工作/学习单位", "联合支部所在单位", "企业名称", "单位及职务", "工作单位及职务", "现工作单位", "所在单位", "单位名称", "所在企业")),
		headings(text("title", "单位职务"), "职务", "行政职务", "岗位职务", "现任职务"),
		headings(pick("post_code", "工作岗位", posts()), "工作岗位（代码）", "工作岗位补充"),
		headings(text("prof_title", "专业技术职务"), "技术职称", "从事专业技术职务", "职称"),
		headings(text("industry", "所属行业"), "党员所属行业", "行业"),
		pick("new_stratum", "新社会阶层类型", strata()),
		headings(yesNo("is_frontline", "一线情况"), "是否一线"),
		yesNo("is_migrant_worker", "是否农民工"),
		pick("is_new_employment", "新就业群体", newWork()),
		ref("station", "所在站点（主体档案）", "dossier"),
	}
}

func memberHonours() []record.Field {
	return []record.Field{
		table("honour", "表彰奖励", text("name", "名称"), text("level", "级别"), date("date", "日期"), text("certificate", "证书或文号")),
		guarded(table("discipline", "处分", pick("kind", "处分种类", punishments()), date("date", "决定日期"), date("until", "影响期至"), text("reason", "原因"), text("doc_no", "文号"))),
		table("appraisal", "民主评议", pick("grade", "评定等次", grades()), pick("self", "自评", grades()),
			number("excellent", "互评优秀票", "票"), number("qualified", "互评合格票", "票"), number("basic", "互评基本合格票", "票"), number("unqualified", "互评不合格票", "票"),
			text("opinion", "支部意见"), ref("meeting", "评议会议", "meeting")),
		hint("不超过一年（教管条例31）", date("correction_until", "限期改正至")),
	}
}

// punishments are 党纪处分; under 留党察看 a member has no vote (选举条例).
func punishments() record.Choice {
	return choice("WARNING", "警告", "SERIOUS", "严重警告", "POSTS", "撤销党内职务", "WATCH", "留党察看", "EXPELLED", "开除党籍", "DETAINED", "留置或逮捕（中止权利）")
}

// grades are the four of 民主评议党员 (domain.md §2.3).
func grades() record.Choice {
	return choice("EXCELLENT", "优秀", "QUALIFIED", "合格", "BASIC", "基本合格", "UNQUALIFIED", "不合格")
}

// memberField returns a field of the member by its path.
func memberField(path string) (record.Field, bool) {
	return record.Kind{Fields: memberParty()}.Field(path)
}
