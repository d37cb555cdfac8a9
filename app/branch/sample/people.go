package sample

import (
	"zhibu/app/branch"
	"zhibu/storage/record"
)

// person is one member of the demonstration branch.
type person struct {
	name, sex, birth, joined, group, firm, title, education, post, mobile string
	base                                                                  int // yuan a month
	missed                                                                int // meetings of the year missed, of 31
	paid                                                                  string
	method                                                                string
	arrived                                                               string
	hours                                                                 int // learned this year
}

// people are the twenty members in the order of the sign-in sheet.
var people = []person{
	{"陈立群", "1", "1974-03-12", "1998-07-01", "一", "云帆智控", "总经理助理", "12", "SECRETARY", "13900010011", 11200, 0, "11", "WECHAT", "", 60},
	{"顾明川", "1", "1979-05-08", "2003-06-18", "一", "云帆智控", "研发总监", "12", "ORGANISATION", "13900010022", 14500, 1, "12", "WECHAT", "", 39},
	{"陆婉清", "2", "1985-08-21", "2007-12-05", "一", "云帆智控", "人事主管", "21", "PUBLICITY", "13900010033", 9300, 0, "13", "WECHAT", "", 39},
	{"韩知远", "1", "1988-01-17", "2010-05-20", "二", "禾木检测", "安全主管", "21", "DISCIPLINE", "13900010044", 8800, 2, "08", "CASH", "", 39},
	{"许清禾", "2", "1990-02-11", "2012-06-15", "二", "禾木检测", "检验员", "21", "MASSES", "13800010017", 7200, 2, "09", "CASH", "", 39},
	{"何砚秋", "1", "1983-04-02", "2006-11-10", "二", "禾木检测", "技术负责人", "12", "MEMBER", "13900010055", 12500, 4, "10", "WECHAT", "", 39},
	{"丁一舟", "1", "1992-06-30", "2014-05-28", "一", "云帆智控", "产品经理", "21", "MEMBER", "13900010066", 12800, 5, "05", "WECHAT", "", 30},
	{"方书禾", "2", "1995-03-03", "2016-06-22", "三", "澄光软件", "客户经理", "21", "MEMBER", "13900010077", 7900, 1, "06", "WECHAT", "", 39},
	{"罗沐辰", "1", "1996-07-15", "2019-06-12", "三", "澄光软件", "测试工程师", "21", "MEMBER", "13800010021", 8400, 6, "", "", "2022-03-18", 28},
	{"江予安", "2", "1991-09-09", "2013-12-20", "三", "澄光软件", "项目经理", "21", "LEADER", "13900010088", 9200, 0, "07", "WECHAT", "", 39},
	{"孟思齐", "1", "1987-05-25", "2009-05-15", "二", "禾木检测", "检测工程师", "21", "LEADER", "13900010099", 10400, 2, "10", "BANK", "", 39},
	{"唐映雪", "2", "1984-10-14", "2008-06-20", "一", "云帆智控", "培训主管", "21", "MEMBER", "13900010101", 8100, 2, "06", "WECHAT", "", 39},
	{"邱景行", "1", "1989-12-01", "2011-06-30", "三", "澄光软件", "销售经理", "21", "MEMBER", "13900010112", 6900, 5, "", "", "", 38},
	{"白一宁", "2", "1995-01-22", "2018-06-08", "三", "澄光软件", "界面设计师", "21", "MEMBER", "13900010123", 8600, 3, "", "", "", 39},
	{"严子墨", "1", "1997-02-18", "2025-12-24", "一", "云帆智控", "嵌入式工程师", "21", "MEMBER", "13900010134", 7900, 2, "07", "WECHAT", "", 38},
	{"范语桐", "2", "1993-04-16", "2015-12-11", "二", "禾木检测", "质量专员", "21", "MEMBER", "13900010145", 8300, 2, "09", "WECHAT", "", 38},
	{"石远航", "1", "1982-07-07", "2005-07-01", "三", "街区物业", "骑手站长", "22", "MEMBER", "13900010156", 6200, 7, "", "", "", 24},
	{"侯佳音", "2", "1998-03-27", "2025-12-05", "二", "禾木检测", "实验员", "21", "MEMBER", "13900010167", 7200, 2, "11", "CASH", "", 38},
	{"曾令仪", "2", "1981-11-02", "2004-06-25", "三", "街区物业", "客服主管", "22", "MEMBER", "13900010178", 6400, 3, "", "", "2026-01-05", 38},
	{"薛望舒", "2", "1988-08-08", "2010-12-18", "一", "云帆智控", "仓储主管", "22", "MEMBER", "13900010189", 4800, 3, "", "", "2026-01-05", 38},
}

const branchName = "青梧街道云栈科技园第三联合党支部"

func groupName(short string) string { return "第" + short + "党小组" }

// find returns the id of the member called name.
func find(name string) string {
	for i, p := range people {
		if p.name == name {
			return id("member", i+1)
		}
	}
	return ""
}

func (p person) probationary() bool { return p.name == "严子墨" || p.name == "侯佳音" }

func (s *maker) members() {
	for i, p := range people {
		set := record.Values{
			"name": p.name, "gender": p.sex, "ethnicity": "01", "birth": p.birth, "id_no": idNumber(p.birth, 20+2*i+sexDigit(p.sex)),
			"education": p.education, "political_status": "01", "group": groupName(p.group), "party_post": p.post, "branch": branchName,
			"joined": p.joined, "converted": record.ReadDate(p.joined).AddMonths(12).String(), "category": "FULL", "status": "NORMAL",
			"admission_kind": "NEW", "conversion_kind": "ON_TIME", "employer": p.firm, "title": p.title, "post_code": "022", "mobile": p.mobile,
			"base_fen": itoa(p.base * 100), "payer": "SALARIED", "in_kind": "TRANSFER", "in_date": "2021-03-15", "home_address": "青梧街道云栈路 " + itoa(100+3*i) + " 弄",
		}
		if p.arrived != "" {
			set["in_date"], set["in_from"] = s.arrival(p), "区内其他党支部"
		}
		if p.probationary() {
			set["joined"], set["in_date"], set["in_kind"] = s.on(p.joined), s.on(p.joined), "ADMITTED"
			set["category"], set["converted"], set["conversion_kind"], set["political_status"] = "PROBATIONARY", "", "PROBATION", "02"
			set["pool"] = poolID(p.name)
		}
		if p.name == "丁一舟" {
			set["payer"], set["basis_note"] = "ANNUAL", "年薪制，按当月实际领取"
		}
		s.add("member", id("member", i+1), set, s.memberMore(p))
	}
}

func (s *maker) arrival(p person) string {
	if p.arrived > "2025" {
		return s.on(p.arrived)
	}
	return p.arrived
}

func sexDigit(sex string) int {
	if sex == "1" {
		return 1
	}
	return 0
}

// memberMore holds what single people carry besides.
func (s *maker) memberMore(p person) record.Values {
	out := record.Values{"name_pinyin": branch.Pinyin(p.name)}
	switch p.name {
	case "罗沐辰":
		out["native_place"], out["start_work_date"], out["is_new_employment"], out["note"] = "江苏省", "2018-07", "OTHER", "支部书记谈话了解：愿意承担信息联络工作。"
	case "石远航":
		out["is_new_employment"], out["new_stratum"] = "DELIVERY", "05"
	case "陈立群":
		out["is_delegate"] = "1"
	case "许清禾":
		out["note"] = "愿意担任小组学习联络员"
	}
	if !p.probationary() && p.arrived != "2026-01-05" {
		grade := "QUALIFIED"
		if p.name == "陈立群" || p.name == "陆婉清" || p.name == "江予安" || p.name == "韩知远" || p.name == "孟思齐" {
			grade = "EXCELLENT"
		}
		out[record.Path("appraisal", "2025", "grade")] = grade
		out[record.Path("appraisal", "2025", "meeting")] = id("meeting", appraisalMeeting)
	}
	return out
}

func (s *maker) branch() {
	committee := []map[string]string{}
	for _, p := range people {
		if p.post != "MEMBER" && p.post != "LEADER" {
			committee = append(committee, map[string]string{"member": find(p.name), "post": p.post, "from": s.on("2024-06-20")})
		}
	}
	var groups, units []map[string]string
	for i, leader := range []string{"顾明川", "孟思齐", "江予安"} {
		groups = append(groups, map[string]string{"name": groupName([]string{"一", "二", "三"}[i]), "leader": find(leader), "from": "2021-03-15"})
	}
	for i, name := range firms {
		units = append(units, map[string]string{"name": name, "kind": "民营企业", "employees": itoa(260 - 55*i), "new_employment": itoa(i * 9), "contact": "办公室"})
	}
	s.add("branch", id("branch", 1), record.Values{
		"name": branchName, "short_name": "云栈三支部", "code": "QW0303", "type": "JOINT", "sector": "2", "unit_relation": "JOINT", "founded": "2021-03-15",
		"address": "云栈科技园一号楼二层", "carrier": "PARK", "line_superior": "区科技行业党委", "territorial_superior": "青梧街道党工委", "fallback_superior": "云栈科技园综合党委",
		"approver": "TERRITORY", "can_approve_members": "1", "has_committee": "1", "term_from": s.on("2024-06-20"), "term_end": s.on("2027-06-20"),
	}, rows("committee", committee...), rows("group", groups...), rows("unit", units...), s.handovers())
}

var firms = []string{"云帆智控", "禾木检测", "澄光软件", "街区物业"}

func (s *maker) handovers() record.Values {
	var list []map[string]string
	for month := 1; month <= 9; month++ {
		m := s.on(record.Date{Year: 2026, Month: month}.String())
		list = append(list, map[string]string{"month": m, "amount": itoa(monthTotals[month-1]), "date": s.on(record.Date{Year: 2026, Month: month, Day: 25}.String()), "to": "青梧街道党工委"})
	}
	return rows("handover", list...)
}
