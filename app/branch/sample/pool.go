package sample

import (
	"slices"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// candidate is one person in the pool.
type candidate struct {
	name, sex, birth, firm, title, education, stage string
	dates                                           record.Values
	contacts, introducers                           []string
	signed                                          [][3]string // half years: from, to, signed
}

var pool = []candidate{
	{"左书白", "1", "1999-04-06", "澄光软件", "开发工程师", "21", "APPLICANT", record.Values{"applied": "2026-10-15"}, nil, nil, nil},
	{"牛一鸣", "1", "1998-12-19", "云帆智控", "装配技师", "22", "APPLICANT", record.Values{"applied": "2026-11-03"}, nil, nil, nil},
	{"苗若谷", "2", "1996-05-11", "禾木检测", "采样员", "21", "APPLICANT", record.Values{"applied": "2026-08-20", "talked": "2026-09-10", "talker": "陈立群、顾明川"}, nil, nil, nil},
	{"柯以宁", "2", "1995-10-30", "澄光软件", "运营专员", "21", "ACTIVIST", activist("2025-07-15", "2025-08-02", "2026-01-08"), []string{"江予安", "方书禾"}, nil,
		[][3]string{{"2026-01-08", "2026-07-08", "2026-07-09"}}},
	{"温如许", "1", "1994-03-21", "云帆智控", "工艺工程师", "12", "ACTIVIST", activist("2025-09-03", "2025-09-22", "2026-04-09"), []string{"丁一舟"}, nil,
		[][3]string{{"2026-04-09", "2026-10-09", "2026-10-10"}}},
	{"沙牧之", "1", "1997-08-08", "街区物业", "外卖骑手", "22", "ACTIVIST", activist("2025-11-12", "2025-12-01", "2026-06-20"), []string{"曾令仪", "薛望舒"}, nil, nil},
	{"裴若初", "2", "1993-01-26", "禾木检测", "质控专员", "21", "ACTIVIST", activist("2026-03-05", "2026-03-27", "2026-10-09"), []string{"许清禾"}, nil, nil},
	{"安知夏", "2", "1997-06-03", "云帆智控", "结构工程师", "12", "TARGET", record.Values{"applied": "2024-09-10", "talked": "2024-09-26", "talker": "陈立群、顾明川", "recommended": "2025-03-12",
		"recommend_route": "MEMBERS", "league": "非团员", "activist_decided": "2025-03-20", "activist_filed": "2025-04-02", "opinions_heard": "2026-06-10", "opinion_group": "同意", "opinion_contacts": "同意", "opinion_members": "同意",
		"opinion_masses": "反映良好", "target_decided": "2026-06-18", "target_publicity_from": "2026-06-22", "target_publicity_to": "2026-06-29", "target_filed": "2026-07-02", "polrev_result": "PENDING",
		"training_from": "2026-10-16", "training_to": "2026-10-18", "training_hours": "24", "training_cert_no": "青培 2026-118"}, []string{"顾明川", "陆婉清"}, []string{"顾明川", "陆婉清"},
		[][3]string{{"2025-03-20", "2025-09-20", "2025-09-22"}, {"2025-09-20", "2026-03-20", "2026-04-08"}}},
	{"卢子衿", "2", "1992-11-17", "澄光软件", "财务主管", "21", "TARGET", record.Values{"applied": "2024-10-22", "talked": "2024-11-08", "recommended": "2025-05-08", "recommend_route": "MEMBERS", "activist_decided": "2025-05-15",
		"activist_filed": "2025-06-03", "opinions_heard": "2026-05-20", "opinion_group": "同意", "opinion_contacts": "同意", "opinion_members": "同意", "opinion_masses": "反映良好", "target_decided": "2026-06-04",
		"target_publicity_from": "2026-06-08", "target_publicity_to": "2026-06-12", "target_filed": "2026-06-25", "polrev_concluded": "2026-09-18", "polrev_result": "QUALIFIED"}, []string{"方书禾", "孟思齐"}, []string{"方书禾", "孟思齐"},
		[][3]string{{"2025-05-15", "2025-11-15", "2025-11-17"}, {"2025-11-15", "2026-05-15", "2026-05-18"}}},
	{"詹云舒", "1", "1991-02-09", "云帆智控", "质量经理", "21", "TARGET", admitted(record.Values{"applied": "2024-03-06", "talked": "2024-03-28", "activist_decided": "2024-10-10", "activist_filed": "2024-10-25", "target_decided": "2025-12-04",
		"target_filed": "2025-12-30", "polrev_concluded": "2026-05-22", "training_from": "2026-08-12", "training_to": "2026-08-14", "committee_review": "2026-10-09", "prereview_submitted": "2026-10-12", "prereview_passed": "2026-11-02",
		"booklet_no": "沪202611000317", "booklet_filled": "2026-11-12"}), []string{"唐映雪", "顾明川"}, []string{"顾明川", "唐映雪"},
		[][3]string{{"2024-10-10", "2025-04-10", "2025-04-11"}, {"2025-04-10", "2025-10-10", "2025-10-13"}}},
	{"侯佳音", "2", "1998-03-27", "禾木检测", "实验员", "21", "PROBATIONARY", admitted(record.Values{"applied": "2023-04-11", "talked": "2023-04-25", "activist_decided": "2023-11-09", "activist_filed": "2023-11-24", "target_decided": "2024-12-05",
		"target_filed": "2024-12-27", "polrev_concluded": "2025-04-18", "training_from": "2025-06-11", "training_to": "2025-06-13", "committee_review": "2025-10-16", "prereview_submitted": "2025-10-20", "prereview_passed": "2025-11-14",
		"booklet_no": "沪202511000208", "booklet_filled": "2025-11-28", "meeting1": "2025-12-05", "meeting1_record": id("meeting", 701), "superior_talk": "2026-01-08", "approved1": "2026-01-20", "approved1_filed": "2026-02-03",
		"assigned_on": "2026-02-13", "assigned_group": groupName("二"), "oath": "2026-03-18", "oath_place": "云栈科技园党群服务站", "oath_leader": "陈立群"}), []string{"韩知远", "何砚秋"}, []string{"韩知远", "何砚秋"},
		[][3]string{{"2023-11-09", "2024-05-09", "2024-05-10"}, {"2024-05-09", "2024-11-09", "2024-11-11"}, {"2025-12-05", "2026-06-05", "2026-06-08"}, {"2026-06-05", "2026-11-05", "2026-11-06"}}},
	{"严子墨", "1", "1997-02-18", "云帆智控", "嵌入式工程师", "21", "PROBATIONARY", admitted(record.Values{"applied": "2023-05-16", "talked": "2023-06-01", "activist_decided": "2023-12-07", "activist_filed": "2023-12-22", "target_decided": "2024-12-19",
		"target_filed": "2025-01-09", "polrev_concluded": "2025-05-09", "training_from": "2025-06-11", "training_to": "2025-06-13", "committee_review": "2025-10-30", "prereview_submitted": "2025-11-03", "prereview_passed": "2025-11-28",
		"booklet_no": "沪202511000209", "booklet_filled": "2025-12-15", "meeting1": "2025-12-24", "meeting1_record": id("meeting", 702), "superior_talk": "2026-01-22", "approved1": "2026-02-10", "approved1_filed": "2026-02-25",
		"assigned_on": "2026-02-12", "assigned_group": groupName("一"), "oath": "2026-03-18", "oath_place": "云栈科技园党群服务站", "oath_leader": "陈立群"}), []string{"丁一舟", "陆婉清"}, []string{"丁一舟", "陆婉清"},
		[][3]string{{"2023-12-07", "2024-06-07", "2024-06-11"}, {"2024-06-07", "2024-12-07", "2024-12-09"}, {"2025-12-24", "2026-06-24", "2026-06-25"}}},
}

// activist fills what has happened to somebody who has become an activist.
func activist(applied, talked, decided string) record.Values {
	d := record.ReadDate(decided)
	return record.Values{"applied": applied, "talked": talked, "talker": "陈立群、顾明川", "recommended": d.AddDays(-9).String(), "recommend_route": "MEMBERS", "league": "非团员",
		"activist_decided": decided, "activist_filed": d.AddDays(19).String()}
}

// admitted fills the opinions, publicity and results that everybody has who has
// come as far as the branch meeting.
func admitted(v record.Values) record.Values {
	decided, target := record.ReadDate(v["activist_decided"]), record.ReadDate(v["target_decided"])
	for name, value := range map[string]string{"talker": "陈立群、顾明川", "recommended": decided.AddDays(-8).String(), "recommend_route": "MEMBERS", "league": "非团员", "opinions_heard": target.AddDays(-10).String(),
		"opinion_group": "同意", "opinion_contacts": "同意", "opinion_members": "同意", "opinion_masses": "反映良好", "target_publicity_from": target.AddDays(4).String(), "target_publicity_to": target.AddDays(12).String(),
		"polrev_result": "QUALIFIED", "training_hours": "24", "prereview_doc": "青梧党工委预审意见"} {
		v[name] = value
	}
	return v
}

func poolID(name string) string {
	return id("pool", 1+slices.IndexFunc(pool, func(c candidate) bool { return c.name == name }))
}

func (s *maker) pool() {
	for i, c := range pool {
		set := record.Values{"name": c.name, "name_pinyin": branch.Pinyin(c.name), "gender": c.sex, "ethnicity": "01", "birth": c.birth, "id_no": idNumber(c.birth, 100+2*i+sexDigit(c.sex)), "employer": c.firm, "title": c.title,
			"education": c.education, "political_status": "13", "stage": c.stage, "line": "TECH", "mobile": "137000100" + itoa(11+i)}
		if c.stage == "PROBATIONARY" {
			set["member"], set["political_status"] = find(c.name), "02"
			set["id_no"] = idNumber(c.birth, 20+2*memberIndex(c.name)+sexDigit(c.sex))
		}
		if c.name == "沙牧之" {
			set["is_new_employment"], set["line"] = "DELIVERY", "NEW"
		}
		for name, value := range c.dates {
			set[name] = value
			if record.ReadDate(value).Exact() {
				set[name] = s.on(value)
			}
		}
		if m := set["meeting1"]; m != "" {
			set["probation_end"] = record.ReadDate(m).AddMonths(12).String()
		}
		s.add("pool", id("pool", i+1), set, s.guides(c), s.papers(c))
	}
}

func memberIndex(name string) int {
	return slices.IndexFunc(people, func(p person) bool { return p.name == name })
}

// guides are the contacts, introducers and signed half years of a person.
func (s *maker) guides(c candidate) record.Values {
	out := record.Values{}
	var contacts, introducers, halves, reports []map[string]string
	decided := record.ReadDate(c.dates["activist_decided"])
	for _, name := range c.contacts {
		from := decided.AddDays(3).String()
		if c.name == "安知夏" {
			from = "2025-04-08"
		}
		contacts = append(contacts, map[string]string{"member": find(name), "from": s.on(from)})
	}
	for _, name := range c.introducers {
		introducers = append(introducers, map[string]string{"member": find(name), "from": s.on(record.ReadDate(c.dates["target_filed"]).AddDays(8).String())})
	}
	for _, h := range c.signed {
		halves = append(halves, map[string]string{"period_from": s.on(h[0]), "period_to": s.on(h[1]), "signed": s.on(h[2]), "text": "学习认真，完成本职工作，参加组织活动按时。"})
	}
	for d := decided.AddMonths(3); !decided.IsZero() && !d.After(day); d = d.AddMonths(3) {
		reports = append(reports, map[string]string{"date": s.on(d.String()), "title": "思想汇报"})
	}
	for table, list := range map[string][]map[string]string{"contacts": contacts, "introducers": introducers, "observations": halves, "reports": reports} {
		lay(out, rows(table, list...))
	}
	if c.dates["meeting1"] != "" {
		lay(out, rows("meeting1_vote", map[string]string{"entitled": "16", "present": "15", "issued": "15", "collected": "15", "for": "15", "against": "0", "abstain": "0", "invalid": "0", "written": "0", "method": "SECRET"}))
	}
	return out
}

// papers is the checklist of the steps that the pictures show in detail.
func (s *maker) papers(c candidate) record.Values {
	out := record.Values{}
	switch c.name {
	case "安知夏":
		lay(out, rows("material",
			map[string]string{"name": "本人谈话记录", "step": "10", "have": "1", "date": s.on("2026-08-12")}, map[string]string{"name": "直系亲属函调回执", "step": "10", "have": "1", "date": s.on("2026-10-20")},
			map[string]string{"name": "原单位函调回执", "step": "10", "have": "0", "note": "函调回执未到"}, map[string]string{"name": "政审综合材料", "step": "10", "have": "1", "note": "草稿"}))
		lay(out, rows("polrev_letters", map[string]string{"to": "原工作单位党委", "about": "本人", "sent": s.on("2026-09-28")}, map[string]string{"to": "户籍地党支部", "about": "父母", "sent": s.on("2026-09-28"), "answered": s.on("2026-10-20"), "result": "无问题"}))
		out[record.Path("deadline", "10", "due")], out[record.Path("deadline", "10", "reason")] = s.on("2026-11-12"), "支部自定，上会前完成"
	case "卢子衿":
		out[record.Path("deadline", "11", "due")], out[record.Path("deadline", "11", "reason")] = s.on("2026-12-08"), "街道 12 月培训班"
	}
	return out
}
