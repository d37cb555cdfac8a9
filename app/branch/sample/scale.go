package sample

import (
	"fmt"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

const (
	manySurnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
	manyGiven    = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国文辉力志宏宇轩子涵欣怡思雨晨泽浩然梓"
)

// more adds n members and, in proportion, meetings (two a member), people in
// the pool (one for twenty members), dues, demands and posts.
func (s *maker) more(n int) {
	surnames, given := []rune(manySurnames), []rune(manyGiven)
	for i := range n {
		k := i + len(people)
		name := string([]rune{surnames[i%len(surnames)], given[(i*7)%len(given)], given[(i/3+i*5)%len(given)]})
		birth := record.Date{Year: 1960 + i%40, Month: 1 + i%12, Day: 1 + i%28}
		joined := record.Date{Year: 1985 + i%38, Month: 1 + (i*5)%12, Day: 1 + i%27}
		if joined.Year < birth.Year+20 {
			joined.Year = birth.Year + 20
		}
		s.add("member", id("member", k+1), record.Values{"name": name, "name_pinyin": branch.Pinyin(name), "gender": itoa(1 + i%2), "ethnicity": "01", "birth": birth.String(),
			"id_no": fastID(birth, (i/40)*2%1000+(i+1)%2), "education": "21", "category": "FULL", "status": "NORMAL", "joined": joined.String(), "converted": joined.AddMonths(12).String(),
			"group": groupName([]string{"一", "二", "三"}[i%3]), "party_post": "MEMBER", "employer": firms[i%4], "mobile": fmt.Sprintf("138%08d", i), "base_fen": itoa(300000 + (i%120)*10000), "payer": "SALARIED",
			"in_date": "2021-03-15", "in_kind": "TRANSFER", "branch": branchName})
		s.account(k, 300000+(i%120)*10000)
		s.gathering(2*i, k)
		s.gathering(2*i+1, k)
		if i%20 == 0 {
			s.applicant(i, name)
		}
		if i%10 == 0 {
			s.request(i)
		}
		if i%25 == 0 {
			s.add("post", id("post", 100+i), s.sign(sign{name: "示范岗 " + itoa(i), holder: people[i%len(people)].name, place: "一层", kind: "OTHER", promises: []string{"按时完成"}, scores: [6]int{13, 25, 17, 12, 8, 9}}, "SFG-QW0303-", 100+i))
		}
	}
}

// fastID is idNumber for thousands: it computes the check digit itself.
func fastID(birth record.Date, seq int) string {
	body := fmt.Sprintf("310199%04d%02d%02d%03d", birth.Year, birth.Month, birth.Day, seq%1000)
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(body[i]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}

func (s *maker) account(k, base int) {
	year := record.ReadDate(s.on("2026-11")).Year
	set := record.Values{"member": id("member", k+1), "year": itoa(year), "base": itoa(base), "payer": "SALARIED"}
	for month := 1; month <= 10; month++ {
		p := person{base: base / 100}
		due := itoa(dueOf(p))
		for column, value := range map[string]string{"due": due, "paid": due, "paid_on": fmt.Sprintf("%d-%02d-10", year, month), "method": "WECHAT"} {
			set[record.Path("month", twoDigits(month), column)] = value
		}
	}
	s.add("dues", branch.DuesID(id("member", k+1), year), set)
}

// gathering is a small finalised meeting of ten years of them.
func (s *maker) gathering(n, member int) {
	at := record.Date{Year: 2016 + n%10, Month: 1 + n%12, Day: 1 + n%28}
	kind := []string{"DXZ", "ZTDR", "ZWH", "DYDH", "DK"}[n%5]
	set := record.Values{"kind": kind, "title": []string{"党小组会", "主题党日", "支部委员会会议", "支部党员大会", "党课"}[n%5], "start": at.String() + " 14:00", "end": at.String() + " 15:30", "place": "会议室", "status": "FINAL",
		"serial": fmt.Sprintf("%d-历史-%05d", at.Year, n), "finalised_at": at.String() + " 17:00", "recorded_on": at.String(), "expected": "8", "present": "8", "on_leave": "0", "absent": "0", "voters_expected": "8", "voters_present": "8"}
	if kind == "DXZ" {
		set["group"] = groupName([]string{"一", "二", "三"}[n%3])
	}
	for i := range 8 {
		set[record.Path("attendance", id("member", max(1, member+1-i)), "state")] = "PRESENT"
	}
	s.add("meeting", id("meeting", 10000+n), set)
}

func (s *maker) applicant(i int, name string) {
	birth := record.Date{Year: 1985 + i%18, Month: 1 + i%12, Day: 1 + i%28}
	applied := record.Date{Year: 2024, Month: 1 + (i/20)%12, Day: 1 + i%28}
	set := record.Values{"name": name, "name_pinyin": branch.Pinyin(name), "gender": itoa(1 + i%2), "birth": birth.String(), "id_no": fastID(birth, 500+(i/20)%400*1), "applied": s.on(applied.String()), "talked": s.on(applied.AddDays(12).String()), "stage": "APPLICANT", "employer": firms[i%4]}
	if i%60 != 0 {
		lay(set, record.Values{"recommended": s.on(applied.AddMonths(6).String()), "activist_decided": s.on(applied.AddMonths(7).String()), "activist_filed": s.on(applied.AddMonths(7).AddDays(20).String()), "stage": "ACTIVIST"})
		lay(set, rows("contacts", map[string]string{"member": find("顾明川"), "from": s.on(applied.AddMonths(7).String())}))
		lay(set, rows("observations", map[string]string{"period_from": s.on(applied.AddMonths(7).String()), "period_to": s.on(applied.AddMonths(13).String()), "signed": s.on(applied.AddMonths(13).String())}))
	}
	s.add("pool", id("pool", 1000+i), set)
}

func (s *maker) request(i int) {
	raised := record.Date{Year: 2025, Month: 1 + i%12, Day: 1 + i%28}
	s.add("demand", id("demand", 1000+i), record.Values{"code": fmt.Sprintf("H-%05d", i), "title": asked["FACILITY"][i%5], "category": "FACILITY", "raised_at": raised.String(), "batch": branch.Quarter(raised)}, s.done(raised, i, i))
}
