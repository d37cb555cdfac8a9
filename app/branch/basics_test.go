package branch

import (
	"slices"
	"strings"
	"testing"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

func TestMonthVectors(t *testing.T) {
	for _, v := range vectors(t)["addMonths"] {
		if got := record.ReadDate(str(v, "date")).AddMonths(num(v, "months")).String(); got != str(v, "result") {
			t.Errorf("%v: %s", v, got)
		}
	}
}

func TestIDVectors(t *testing.T) {
	for _, v := range vectors(t)["id"] {
		c := CheckID(str(v, "no"))
		want := str(v, "expect")
		if c.Valid() != (want == "OK") || want != "OK" && !slices.Contains(c.Problems, Problem(want)) {
			t.Errorf("%v: %+v", v, c)
		}
		sex := map[string]string{Male: "M", Female: "F"}[c.Sex]
		if c.Birth.String() != str(v, "birth") || sex != str(v, "sex") {
			t.Errorf("%v: birth %s sex %s", v, c.Birth, sex)
		}
	}
	if c := CheckID("310115900101001"); c.Valid() || c.Upgraded != "310115199001010010" {
		t.Errorf("15 digits: %+v", c)
	}
}

func TestStandingVectors(t *testing.T) {
	for _, v := range vectors(t)["standing"] {
		got := Standing(record.ReadDate(str(v, "converted")), num(v, "adjust_months"), record.ReadDate(str(v, "on"))).Years()
		if got != num(v, "years") {
			t.Errorf("%v: %d", v, got)
		}
	}
	about := Standing(record.Date{Year: 2006}, 0, record.Date{Year: 2026, Month: 12, Day: 30})
	if !about.About || about.Years() != 19 {
		t.Errorf("a year counts from its last day and is marked: %+v", about)
	}
	if s := Standing(record.Date{}, 12, record.Date{Year: 2026, Month: 1, Day: 1}); s.Months != 0 {
		t.Errorf("a probationer has no standing: %+v", s)
	}
}

func TestVoteVectors(t *testing.T) {
	for _, v := range vectors(t)["vote"] {
		for _, about := range []string{"ADMISSION", "CONVERSION"} {
			got := Vote(about, Count{Entitled: num(v, "entitled"), Present: num(v, "present"), For: num(v, "ayes"), Written: num(v, "written")})
			if got.Outcome != str(v, "expect") {
				t.Errorf("%s %v: %+v", about, v, got)
			}
		}
	}
}

func TestGeneralResolution(t *testing.T) {
	for _, c := range []struct {
		entitled, present, ayes int
		want                    string
	}{{10, 5, 5, Failed}, {10, 6, 6, Passed}, {10, 4, 4, Invalid}, {11, 6, 6, Passed}, {11, 5, 5, Invalid}, {3, 2, 2, Passed}} {
		if got := Vote("RESOLUTION", Count{Entitled: c.entitled, Present: c.present, For: c.ayes}); got.Outcome != c.want {
			t.Errorf("%v: %+v", c, got)
		}
	}
	if got := Vote("RESOLUTION", Count{Entitled: 10, Present: 6, For: 5, Written: 3}); got.Outcome != Failed {
		t.Errorf("written opinions do not count in a general resolution: %+v", got)
	}
}

func TestElectionVectors(t *testing.T) {
	for _, v := range vectors(t)["election"] {
		valid, _ := v["valid"].(bool)
		for _, base := range []string{"PRESENT", "ENTITLED"} {
			need := num(v, "min_ayes_"+map[string]string{"PRESENT": "present", "ENTITLED": "entitled"}[base]+"_base")
			p := Poll{Entitled: num(v, "entitled"), Present: num(v, "present"), For: need}
			e := Elect(p, base)
			if e.Quorum != num(v, "min_present") || (e.Outcome != Invalid) != valid {
				t.Errorf("%v %s: %+v", v, base, e)
			}
			p.For--
			if valid && (e.Outcome != Passed || Elect(p, base).Outcome != Failed) {
				t.Errorf("%v %s: %d ayes are not exactly enough", v, base, need)
			}
		}
	}
}

func TestExcellentQuotaVectors(t *testing.T) {
	for _, v := range vectors(t)["excellent_quota"] {
		if got := ExcellentQuota(num(v, "members"), 3); got != num(v, "max_excellent") {
			t.Errorf("%v: %d", v, got)
		}
	}
}

func TestPublicityVector(t *testing.T) {
	for _, v := range vectors(t)["publicity"] {
		cal := rules.Calendar{Off: []string{"2025-10-01..2025-10-08"}, Worked: []string{"2025-09-28", "2025-10-11"}}
		if got := cal.AddWorkdays(record.ReadDate(str(v, "start")), num(v, "workdays")); got.String() != str(v, "end") {
			t.Errorf("%v: %s", v, got)
		}
	}
}

func TestDigitsStandForThemselvesAmongInitials(t *testing.T) {
	for query, want := range map[string]bool{"3hl": true, "3haolou": true, "hlsfg": true, "3hlsfg": true, "2hl": false, "3h2l": false} {
		if got := Matches(query, "3号楼示范岗"); got != want {
			t.Errorf("%s finds 3号楼示范岗: %v", query, got)
		}
	}
}

func TestPinyin(t *testing.T) {
	for name, want := range map[string]string{"罗沐辰": "luo mu chen", "单雄信": "shan xiong xin", "曾令仪": "zeng ling yi", "尉迟恭": "yu chi gong",
		"欧阳㛃": "ou yang jie", "徐𫖯": "xu fu", "张𬀩": "zhang wei", "万俟卨": "mo qi xie", "吕布": "lv bu", "阿卜杜·买买提": "a bo du mai mai ti", "Li Lei": "l i l e i"} {
		if got := Pinyin(name); got != want {
			t.Errorf("Pinyin(%s) = %q, want %q", name, got, want)
		}
	}
	if got := Initials("单沐辰"); got[0] != "smc" || !slices.Contains(got, "dmc") || !slices.Contains(got, "cmc") {
		t.Errorf("Initials: %v", got)
	}
	for _, c := range []struct {
		query, text string
		want        bool
	}{{"lw", "陆婉清", true}, {"luwanq", "陆婉清", true}, {"wq", "陆婉清", true}, {"lq", "陆婉清", false}, {"婉", "陆婉清", true}, {"ABDmmt", "阿卜杜·买买提", true},
		{"阿卜杜买买提", "阿卜杜·买买提", true}, {"ｌｗｑ", "陆婉清", true}, {"", "x", true}, {"cly", "曾令仪", true}, {"zly", "曾令仪", true}, {"2026", "2026-大会-04", true}, {"xyz", "陆婉清", false}} {
		if got := Matches(c.query, c.text); got != c.want {
			t.Errorf("Matches(%q, %q) = %v", c.query, c.text, got)
		}
	}
	list := []string{"曾令仪", "白一宁", "仇和", "单雄信", "区建国", "陈立群"}
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if want := []string{"白一宁", "陈立群", "区建国", "仇和", "单雄信", "曾令仪"}; !slices.Equal(list, want) {
		t.Errorf("order: %v", list)
	}
}
