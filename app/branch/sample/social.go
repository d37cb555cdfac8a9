package sample

import (
	"slices"
	"strings"

	"zhibu/storage/record"
)

// entity is one file of 主体档案.
type entity struct {
	name, kind, setup, contact, address string
	staff, riders, members              int
}

var entities = []entity{
	{"云帆智控", "ENTITY", "JOINT", "周经理", "云栈大厦一至三层", 260, 0, 7},
	{"禾木检测", "ENTITY", "JOINT", "林主任", "检测楼", 150, 0, 6},
	{"澄光软件", "ENTITY", "JOINT", "何经理", "软件楼四层", 96, 0, 5},
	{"街区物业", "ENTITY", "JOINT", "曾主管", "客服中心一楼", 58, 27, 2},
	{"街区小店", "SHOPS", "NONE", "商户代表", "云栈路 100–160 号", 46, 0, 1},
	{"云栈科技园", "PARK", "JOINT", "园区管理处", "云栈路 88 号", 1800, 60, 20},
	{"骑手驿站", "STATION", "NONE", "石站长", "园区东门", 3, 42, 2},
}

// dossierID returns the file a demand's source names, "" for none.
func dossierID(source string) string {
	i := slices.IndexFunc(entities, func(e entity) bool { return source != "" && strings.HasPrefix(source, e.name) })
	if i < 0 {
		return ""
	}
	return id("dossier", i+1)
}

func (s *maker) dossiers() {
	for i, e := range entities {
		set := record.Values{"name": e.name, "kind": e.kind, "setup_mode": e.setup, "contact": e.contact, "address": e.address, "staff": itoa(e.staff), "riders": itoa(e.riders), "members_found": itoa(e.members), "covered_by": branchName}
		if e.setup == "NONE" {
			set["obstacles"], set["plan"], set["plan_due"] = "人员流动大，党员不足三名", "就近纳入联合党支部", s.on("2026-12-31")
		}
		s.add("dossier", id("dossier", i+1), set,
			rows("survey", map[string]string{"date": s.on("2026-03-10"), "by": "陆婉清", "found": itoa(e.members), "floating": itoa(e.riders / 40), "result": "已登记"}),
			rows("visit", map[string]string{"date": s.on("2026-09-08"), "by": "陈立群", "content": "了解生产经营和用工情况"}, map[string]string{"date": s.on("2026-11-04"), "by": "江予安", "content": "季度走访，收集诉求", "next": s.on("2027-01-20")}))
	}
	s.add("dossier", id("dossier", 6), rows("five", map[string]string{"role": "PARTY", "name": "陈立群", "unit": branchName}, map[string]string{"role": "ECONOMY", "name": "吴晓岚", "unit": "园区管理处"},
		map[string]string{"role": "MARKET", "name": "赵一凡", "unit": "市场监管所"}, map[string]string{"role": "POLICE", "name": "孙立", "unit": "派出所"}, map[string]string{"role": "FIRE", "name": "钱宁", "unit": "消防救援站"}))
}

func (s *maker) social() {
	s.add("liaison", id("liaison", 1), record.Values{"name": "青梧小学党支部", "kind": "PARTNER", "unit": "青梧小学", "from": s.on("2026-03-01"), "agreement": "联建协议一年", "tasks": "科普课堂、困难学生帮扶"})
	s.add("liaison", id("liaison", 2), record.Values{"name": "吴晓岚", "kind": "PARTTIME", "unit": "街道党群办", "role": "兼职委员", "from": s.on("2026-01-01"), "tasks": "联系骑手群体"},
		rows("visit", map[string]string{"date": s.on("2026-05-19"), "content": "参加支委会，研究驿站建设", "result": "扩充饮水充电"}))
	s.add("liaison", id("liaison", 3), record.Values{"name": "郑律师", "kind": "LAW", "unit": "云栈律师事务所", "role": "一对一法治顾问", "from": s.on("2026-02-01")})
	s.add("liaison", id("liaison", 4), record.Values{"name": "王晴", "kind": "WORKER", "unit": "云栈党群服务站", "role": "专职党群工作者", "from": s.on("2025-06-01")},
		rows("assessment", map[string]string{"period": "2026 上半年", "score": "91", "result": "EXCELLENT"}))
	s.add("service", id("service", 1), record.Values{"title": "骑手夏季送清凉", "kind": "WARM", "series": "SERVE", "date": s.on("2026-07-25"), "place": "骑手驿站", "beneficiaries": "42", "hours": "3", "entity": dossierID("骑手驿站"), "partners": "街道总工会"})
	s.add("service", id("service", 2), record.Values{"title": "企业社保政策进园区", "kind": "INTO", "series": "GROW", "date": s.on("2026-05-28"), "place": "一号会议室", "beneficiaries": "36", "partners": "区人社局"})
	s.add("project", id("project", 1), record.Values{"title": "控制器国产芯片替代", "kind": "CHALLENGE", "field": "智能控制", "lead": find("顾明川"), "team": "丁一舟、严子墨", "start": s.on("2026-03-02"), "due": s.on("2026-12-20"), "status": "OPEN"},
		rows("milestone", map[string]string{"name": "样机", "due": s.on("2026-06-30"), "done": s.on("2026-06-26")}, map[string]string{"name": "小批试产", "due": s.on("2026-12-20")}))
	s.add("project", id("project", 2), record.Values{"title": "园区货运通道治理", "kind": "GOVERN", "lead": find("孟思齐"), "start": s.on("2026-11-14"), "status": "OPEN", "partner": "园区管理处", "demand": id("demand", 112)})
}
