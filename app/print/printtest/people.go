package printtest

import (
	"fmt"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// people fills the pool: one person who has come all the way to conversion, and
// others at every stage; in a crowd 300.
func (w *World) people(size Size) {
	n := 6
	if size == Crowd {
		n = 300
	}
	for i := range n {
		w.Add("pool", person(size, i))
	}
}

var poolNames = []string{"詹云舒", "江若谷", "洛一鸣", "宋清禾", "季怀远", "温言"}

func person(size Size, i int) record.Values {
	v := record.Values{
		"name": poolNames[i%len(poolNames)], "gender": fmt.Sprint(1 + i%2), "ethnicity": "01", "birth": "1995-03-08", "id_no": idNo(300 + i), "native_place": "浙江海宁", "education": "21",
		"employer": "云帆智控", "title": "算法工程师", "mobile": "13800001234", "home_address": "青梧街道云栈路 188弄6号301室", "start_work_date": "2017-07", "league_date": "2010-05",
		"resume": "2013.09—2017.06　华东某大学自动化专业学习\n2017.07—2021.03　某软件公司工程师\n2021.04至今　云帆智控算法工程师", "stage": "PROBATIONARY",
		"family/f1/relation": "父亲", "family/f1/name": "詹国梁", "family/f1/politics": "群众", "family/f1/work": "退休职工",
		"family/f2/relation": "母亲", "family/f2/name": "苏敏", "family/f2/politics": "中共党员", "family/f2/work": "海宁市某中学教师",
		"applied": "2023-03-15", "talked": "2023-04-10", "talker": "陈立群", "recommended": "2023-12-01", "recommend_route": "MEMBERS", "league": "2023年11月28日团支部推优",
		"activist_decided": "2023-12-20", "activist_filed": "2024-01-08", "contacts/c1/member": "member-0003", "contacts/c2/member": "member-0004",
		"observations/o1/period_from": "2023-12-20", "observations/o1/period_to": "2024-06-20", "observations/o1/signed": "2024-06-22", "observations/o1/text": "参加党课3次、主题党日5次，撰写思想汇报2篇。工作中承担两项攻关任务，按期完成。",
		"observations/o2/period_from": "2024-06-20", "observations/o2/period_to": "2024-12-20", "observations/o2/signed": "2024-12-23", "observations/o2/text": "参加志愿服务24小时，团结同事，表现稳定。",
		"opinions_heard": "2025-01-06", "opinion_group": "同意列为发展对象", "opinion_contacts": "培养考察期表现良好，同意", "opinion_members": "踏实肯干，同意", "opinion_masses": "乐于助人，同意",
		"target_decided": "2025-01-15", "target_publicity_from": "2025-01-16", "target_publicity_to": "2025-01-22", "target_filed": "2025-02-10", "introducers/i1/member": "member-0003", "introducers/i2/member": "member-0004",
		"polrev_concluded": "2025-04-20", "polrev_result": "QUALIFIED", "training_from": "2025-05-12", "training_to": "2025-05-16", "training_hours": "40", "training_cert_no": "沪培〔2025〕0123",
		"polrev_letters/l1/to": "中共海宁市某中学支部委员会", "polrev_letters/l1/about": "苏敏", "committee_review": "2025-05-28", "prereview_submitted": "2025-06-03", "prereview_passed": "2025-06-15", "prereview_doc": "沪综委审〔2025〕15号",
		"booklet_no": "沪202506000123", "booklet_filled": "2025-06-18", "meeting1": "2025-06-20", "superior_talk": "2025-07-08", "approved1": "2025-07-18", "approved1_doc": "沪综委〔2025〕31号", "approved1_filed": "2025-08-01",
		"assigned_on": "2025-08-05", "assigned_group": "第一党小组", "oath": "2025-08-10", "oath_place": "党群服务中心", "oath_leader": "陈立群", "probation_end": "2026-06-20", "conv_applied": "2026-06-12",
		"meeting2": "2026-06-25", "meeting2_result": "ON_TIME", "approved2": "2026-08-06", "approved2_doc": "沪综委〔2026〕28号", "effective_full_date": "2026-06-20", "note": "材料齐全",
		"reports/r1/date": "2024-03-30", "reports/r1/title": "学习心得", "material/m1/name": "入党申请书", "material/m1/step": "1", "material/m1/date": "2023-03-15", "material/m1/have": "1",
		"observations/o3/period_from": "2025-06-20", "observations/o3/period_to": "2025-12-20", "observations/o3/signed": "2025-12-22", "observations/o3/text": "按时参加组织生活，按月交纳党费，完成联系骑手站点任务。",
	}
	for _, t := range []string{"meeting1_vote", "meeting2_vote"} {
		for column, value := range map[string]string{"entitled": "18", "present": "16", "issued": "16", "collected": "16", "for": "15", "against": "0", "abstain": "1", "invalid": "0", "written": "0", "method": "SECRET"} {
			v[t+"/v1/"+column] = value
		}
	}
	switch size {
	case Rare:
		v["name"] = Names()[i%len(Names())]
	case Longest:
		v["name"] = "买买提艾力·阿不都克里木·吐尔逊江"
		v["employer"], v["title"] = "上海浦江新区云栈智能网联汽车零部件检测认证技术服务有限责任公司", "电子电气与电磁兼容实验室副主任兼质量负责人"
		v["native_place"], v["home_address"] = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县", "上海市浦江新区青梧街道云栈科技园人才公寓三期十二号楼二单元一千五百零二室"
		long := strings.Repeat("积极参加党组织活动，撰写思想汇报，工作中主动承担急难险重任务，带头攻关，团结同志，群众反映良好。", 14)
		long += "\n\n" + long
		for _, path := range []string{"observations/o1/text", "observations/o3/text", "opinion_members", "note"} {
			v[path] = long
		}
		v["resume"] = strings.Repeat(v["resume"]+"\n", 4)
	}
	if i > 0 && size != Crowd { // the others stand at earlier stages
		for _, path := range stagesFrom[(i-1)%len(stagesFrom)] {
			delete(v, path)
		}
		v["stage"] = []string{"TARGET", "ACTIVIST"}[(i-1)%len(stagesFrom)]
	}
	return v
}

// stagesFrom lists what people at earlier stages do not have yet.
var stagesFrom = [][]string{
	{"meeting1", "superior_talk", "approved1", "approved1_doc", "approved1_filed", "assigned_on", "oath", "probation_end", "conv_applied", "meeting2", "approved2", "effective_full_date", "booklet_filled", "assigned_group", "meeting2_result", "approved2_doc"},
	{"target_decided", "target_filed", "polrev_concluded", "polrev_result", "training_from", "training_to", "committee_review", "prereview_passed", "prereview_doc", "meeting1", "superior_talk", "approved1",
		"approved1_doc", "approved1_filed", "assigned_on", "assigned_group", "oath", "probation_end", "conv_applied", "meeting2", "approved2", "effective_full_date", "booklet_filled", "meeting2_result", "approved2_doc", "prereview_submitted", "booklet_no"},
}

// signs adds posts and zones.
func (w *World) signs(size Size) {
	long := 1
	if size == Longest {
		long = 12
	}
	for i, name := range []string{"企业服务接待窗口", "检测报告首检岗", "安全生产巡查岗"} {
		w.Add("post", sign(name, "SFG-云栈三-2026-0"+fmt.Sprint(i+1), i, long))
	}
	for i, name := range []string{"一号楼公共服务责任区", "骑手驿站责任区"} {
		v := sign(name, "ZRQ-云栈三-2026-0"+fmt.Sprint(i+1), i, long)
		v["scope"], v["covered"] = "一号楼一至三层公共区域及客服中心", "86"
		v["members/member-0002/duty"], v["members/member-0003/duty"] = "消防巡查", "客户回访"
		v["goal/g1/name"], v["goal/g1/baseline"], v["goal/g1/target"], v["goal/g1/actual"] = "隐患整改率", "92%", "100%", "98%"
		w.Add("zone", v)
	}
}

func sign(name, code string, i, long int) record.Values {
	return record.Values{
		"name": name, "code": code, "status": "HUNG", "type": "WINDOW", "holder": fmt.Sprintf("member-%04d", 10-i), "unit": "街区物业",
		"duties":   strings.Repeat("接待来访企业，一次讲清办理流程；受理诉求当天登记，分办后三日内回访。", long),
		"standard": strings.Repeat("首问负责、限时办结、群众满意；党员身份亮明，服务承诺上墙。", long), "deeds": strings.Repeat("全年接待企业312家次，办结诉求96件，满意率 98%；主动上门走访新就业群体站点24次，协调解决停车、充电、饮水等问题11项。", long),
		"promise/p1/text": "来访企业的事项一次讲清", "promise/p1/due": "2026-12-31", "promise/p2/text": "能办的当天办，不能办的当天回复", "promise/p2/due": "2026-12-31", "promise/p3/text": "每周五汇总诉求报支部", "promise/p3/due": "2026-12-31",
		"applied": "2025-12-10", "branch_opinion_on": "2025-12-20", "branch_opinion": "同意申报。", "approved_on": "2025-12-28", "hung_on": "2026-01-01", "valid_to": "2026-12-31", "reviewed_on": "2026-07-05", "review_result": "KEEP",
		"evaluation/e1/period": "2026年上半年", "evaluation/e1/political": "14", "evaluation/e1/work": "28", "evaluation/e1/quality": "18", "evaluation/e1/service": "14", "evaluation/e1/example": "9", "evaluation/e1/life": "9",
		"evaluation/e1/total": "92", "evaluation/e1/star": "5", "evaluation/e1/evaluator": "陈立群", "evaluation/e1/opinion": "表现优秀，保留挂牌。",
	}
}

// dues adds this year's dues: everybody paid to October, some later.
func (w *World) dues(size Size) {
	for i, m := range w.kinds["member"] {
		if size == Crowd && i >= 200 {
			break
		}
		v := record.Values{"member": m.ID, "year": "2026", "payer": "SALARIED", "base": m.Values["base_fen"], "rate_bp": "150", "monthly": m.Values["monthly_fen"]}
		for month := 1; month <= 10; month++ {
			row := fmt.Sprintf("month/%02d/", month)
			if i%6 == 5 && month > 7 {
				break
			}
			v[row+"base"], v[row+"due"], v[row+"paid"] = v["base"], v["monthly"], v["monthly"]
			v[row+"paid_on"], v[row+"method"], v[row+"handler"] = fmt.Sprintf("2026-%02d-05", month), "WECHAT", "唐映雪"
		}
		w.kinds["dues"] = append(w.kinds["dues"], record.Record{Kind: "dues", ID: branch.DuesID(m.ID, 2026), Values: v})
	}
	b := w.kinds["branch"][0].Values
	b["plan/p1/quarter"], b["plan/p1/kind"], b["plan/p1/planned"], b["plan/p1/title"], b["plan/p1/chair"] = "一季度", "DYDH", "2026-03-15", "总结上年工作，布置全年任务", "陈立群"
	b["handover/2026-01/month"], b["handover/2026-01/date"] = "2026-01", "2026-02-10"
	b["term_from"], b["term_end"] = "2024-03-01", "2027-02-28"
	w.Add("demand", record.Values{"title": "园区停车难", "raised_at": "2026-10-08", "status": "CLOSED", "solved": "1", "source": "禾木检测", "text": "园区车位不足，员工停车困难。", "answer": "协调开放二号楼地下车位40个。"})
	w.Add("dossier", record.Values{"name": "云帆智控", "kind": "ENTITY"})
	w.Add("training", record.Values{"title": "新兴领域书记培训班", "date": "2026-05-11", "kind": "SECRETARY", "hours": "24"})
}
