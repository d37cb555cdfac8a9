package branch

import "zhibu/storage/record"

// The code lists of domain.md §3.4. IDs are permanent; labels are official.

// codes makes a code list from pairs of ID and label.
func codes(pairs ...string) []record.Code {
	out := make([]record.Code, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, record.Code{ID: pairs[i], Label: pairs[i+1]})
	}
	return out
}

// also adds other spellings understood on input to the code with the given ID.
func also(list []record.Code, id string, spellings ...string) []record.Code {
	for i := range list {
		if list[i].ID == id {
			list[i].Also = append(list[i].Also, spellings...)
		}
	}
	return list
}

// choice makes a closed choice from pairs of ID and label.
func choice(pairs ...string) record.Choice { return record.Choice{Codes: codes(pairs...)} }

// open makes a choice that keeps text outside the list.
func open(pairs ...string) record.Choice { return record.Choice{Codes: codes(pairs...), Open: true} }

// Stored IDs that rules ask for.
const (
	Yes = "1"
	No  = "0"

	Male   = "1"
	Female = "2"

	Full         = "FULL"         // 正式党员
	Probationary = "PROBATIONARY" // 预备党员

	StatusNormal    = "NORMAL"    // 正常
	StatusSuspended = "SUSPENDED" // 停止党籍
	StatusMoved     = "MOVED"     // 已转出
	StatusDead      = "DEAD"      // 死亡
)

func genders() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: Male, Label: "男", Also: []string{"男性", "M"}}, {ID: Female, Label: "女", Also: []string{"女性", "F"}}}}
}

func categories() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: Full, Label: "正式党员", Also: []string{"正式", "党员", "中共党员"}},
		{ID: Probationary, Label: "预备党员", Also: []string{"预备", "中共预备党员"}}}}
}

func statuses() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: StatusNormal, Label: "正常", Also: []string{"在册", "有党籍"}},
		{ID: StatusSuspended, Label: "停止党籍"},
		{ID: "STRUCK", Label: "除名", Also: []string{"自行脱党除名", "自行脱党", "劝退", "退党"}},
		{ID: "EXPELLED", Label: "开除", Also: []string{"开除党籍"}},
		{ID: StatusDead, Label: "死亡", Also: []string{"去世"}},
		{ID: StatusMoved, Label: "已转出", Also: []string{"转出"}},
		{ID: "CANCELLED", Label: "取消预备党员资格"}}}
}

func educations() record.Choice {
	list := codes("11", "博士研究生", "12", "硕士研究生", "13", "研究生班", "1A", "中央党校研究生", "1B", "省（区、市）委党校研究生",
		"21", "大学", "22", "大专", "23", "大学普通班", "24", "第二学士学位班", "2A", "中央党校大学", "2B", "省（区、市）委党校大学",
		"2C", "中央党校大专", "2D", "省（区、市）委党校大专", "41", "中等专科（中专）", "44", "职业高中（中技）", "47", "技工学校",
		"6", "普通高中", "7", "初中", "8", "小学", "9", "其他")
	list = also(list, "11", "博士", "博士生")
	list = also(list, "12", "硕士", "研究生", "硕士生")
	list = also(list, "21", "本科", "大学本科", "全日制本科", "在职本科")
	list = also(list, "22", "专科", "大学专科", "大专科", "高职")
	list = also(list, "41", "中专", "中等专科", "中技")
	list = also(list, "44", "职高", "职业高中")
	list = also(list, "47", "技校")
	list = also(list, "6", "高中")
	return record.Choice{Codes: list}
}

func degrees() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: "4", Label: "学士"}, {ID: "3", Label: "硕士"}, {ID: "2", Label: "博士"}, {ID: "1", Label: "名誉博士"},
		{ID: "9", Label: "其他", Also: []string{"无", "无学位"}}}}
}

func politics() record.Choice {
	list := codes("01", "中共党员", "02", "中共预备党员", "03", "共青团员", "04", "民革党员", "05", "民盟盟员", "06", "民建会员",
		"07", "民进会员", "08", "农工党党员", "09", "致公党党员", "10", "九三学社社员", "11", "台盟盟员", "12", "无党派人士", "13", "群众")
	return record.Choice{Codes: also(also(also(list, "01", "党员"), "02", "预备党员"), "03", "团员")}
}

func posts() record.Choice {
	return open("0", "在岗职工", "01", "公有制单位", "011", "党政机关工作人员", "012", "事业单位管理人员", "013", "事业单位专业技术人员",
		"014", "公有制企业管理人员", "015", "公有制企业专业技术人员", "016", "公有制单位工勤技能人员", "0164", "公有制单位工勤技能人员（农民工）",
		"02", "非公有制单位", "021", "企业管理人员", "022", "企业专业技术人员", "023", "民办非企业单位管理人员",
		"024", "民办非企业单位专业技术人员", "025", "工勤技能人员", "0253", "工勤技能人员（农民工）",
		"1", "农牧渔民", "113", "外出务工经商人员", "2", "军人、武警", "3", "学生", "4", "离退休人员", "5", "其他")
}

func strata() record.Choice {
	return open("01", "民营企业管理技术人员", "02", "外商投资企业管理技术人员", "03", "中介组织从业人员",
		"04", "社会组织从业人员", "05", "自由职业人员", "06", "新媒体从业人员")
}

func newWork() record.Choice {
	list := codes("COURIER", "快递员", "DELIVERY", "外卖配送员", "RIDE", "网约车司机", "TRUCK", "货车司机", "STREAMER", "网络主播", "OTHER", "其他")
	list = also(list, "COURIER", "快递小哥")
	return record.Choice{Codes: also(also(list, "DELIVERY", "外卖小哥", "骑手", "外卖骑手"), "RIDE", "网约车")}
}

func lostReasons() record.Choice {
	return choice("1", "外出务工经商", "2", "单位改制或破产", "3", "毕业后去向不明", "4", "工作单位改变", "5", "出国（境）", "6", "居住地改变", "7", "其他")
}

func partyPosts() record.Choice {
	list := codes("SECRETARY", "书记", "DEPUTY", "副书记", "ORGANISATION", "组织委员", "PUBLICITY", "宣传委员", "DISCIPLINE", "纪检委员",
		"YOUTH", "青年委员", "UNITED", "统战委员", "MASSES", "群工委员", "LEADER", "党小组组长", "MEMBER", "党员")
	list = also(list, "SECRETARY", "支部书记", "党支部书记")
	list = also(list, "DEPUTY", "支部副书记")
	return record.Choice{Codes: also(also(list, "LEADER", "组长", "小组长", "党小组长"), "MEMBER", "组员", "普通党员", "无"), Open: true}
}

func arrivals() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: "ADMITTED", Label: "新发展", Also: []string{"本支部发展", "发展"}},
		{ID: "TRANSFER", Label: "组织关系转入", Also: []string{"转入", "新转入"}},
		{ID: "RESTORED", Label: "恢复党籍"}, {ID: "REJOINED", Label: "重新入党"}, {ID: "OTHER", Label: "其他", Also: []string{"补登"}}}}
}

func departures() record.Choice {
	return record.Choice{Codes: []record.Code{
		{ID: "TRANSFER", Label: "组织关系转出", Also: []string{"转出"}}, {ID: "DEATH", Label: "死亡"}, {ID: "EXPELLED", Label: "开除"},
		{ID: "STRUCK", Label: "除名"}, {ID: "ADVISED", Label: "劝退"}, {ID: "RESIGNED", Label: "退党"}, {ID: "LAPSED", Label: "自行脱党"},
		{ID: "CANCELLED", Label: "取消预备党员资格"}, {ID: "SUSPENDED", Label: "停止党籍"}}}
}
