package branch

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

// poolPerson is a person with the given dates, a reminder's only subject.
func poolPerson(v map[string]string) func(testing.TB, *world) {
	return func(t testing.TB, w *world) {
		typed := map[string]string{"name": "石一诺", "birth": "1990-01-01"}
		for k, x := range v {
			typed[k] = x
		}
		w.put(t, "pool", "p1", typed)
	}
}

func memberWith(v map[string]string) func(testing.TB, *world) {
	return func(t testing.TB, w *world) { w.put(t, "member", mid(4), v) }
}

// admittedDates bring a person to the branch meeting of 2026-03-02.
func admittedDates(more map[string]string) map[string]string {
	out := map[string]string{"applied": "2024-01-05", "talked": "2024-01-10", "activist_decided": "2024-03-01", "activist_filed": "2024-03-02", "target_decided": "2025-05-01", "target_filed": "2025-06-01", "committee_review": "2026-01-05",
		"polrev_concluded": "2025-12-01", "polrev_result": "合格", "training_to": "2025-12-05", "prereview_passed": "2026-02-10", "meeting1": "2026-03-02"}
	for k, v := range more {
		out[k] = v
	}
	return out
}

// Each reminder of domain.md §8: what sets it up, on which day it first shows
// and what it is about. The day before it must be silent.
var reminders = []struct {
	rule  string
	setup func(testing.TB, *world)
	shows string
	holds string
}{
	{"R01", poolPerson(map[string]string{"applied": "2026-05-10"}), "2026-05-26", "谈话"},
	{"R02", poolPerson(map[string]string{"applied": "2025-01-10", "talked": "2025-01-15", "activist_decided": "2026-01-20", "activist_filed": "2026-02-01"}), "2026-06-20", "第 1 次半年考察"},
	{"R03", poolPerson(map[string]string{"applied": "2025-01-10", "talked": "2025-01-15", "activist_decided": "2026-01-20"}), "2026-12-21", "可列为发展对象"},
	{"R04", poolPerson(map[string]string{"applied": "2025-01-10", "talked": "2025-01-15", "activist_decided": "2026-01-20"}), "2026-06-15", "思想汇报"},
	{"R05", poolPerson(map[string]string{"applied": "2024-01-05", "talked": "2024-01-06", "activist_decided": "2024-03-01", "target_decided": "2025-05-01", "target_filed": "2025-06-01", "polrev_concluded": "2025-08-01", "polrev_result": "合格"}), "2026-07-02", "政审将满一年"},
	{"R06", poolPerson(map[string]string{"applied": "2024-01-05", "talked": "2024-01-06", "activist_decided": "2024-03-01", "target_decided": "2025-05-01", "target_filed": "2025-06-01", "training_to": "2025-08-01"}), "2026-07-02", "培训将满一年"},
	{"R07", poolPerson(map[string]string{"applied": "2024-01-05", "talked": "2024-01-06", "activist_decided": "2024-03-01", "target_decided": "2025-05-01", "target_filed": "2025-06-01", "prereview_passed": "2026-05-20"}), "2026-06-05", "要开支部大会"},
	{"R08", poolPerson(admittedDates(nil)), "2026-05-03", "上级审批"},
	{"R09", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01"})), "2026-04-17", "宣誓"},
	{"R10", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01", "oath": "2026-04-02"})), "2026-08-03", "第 1 次考察"},
	{"R11", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01", "oath": "2026-04-02"})), "2027-02-16", "转正申请"},
	{"R12", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01", "oath": "2026-04-02"})), "2027-01-31", "讨论转正"},
	{"R13", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01", "oath": "2026-04-02", "meeting2": "2027-03-05", "meeting2_result": "延长预备期", "extension_months": "6"})), "2027-08-03", "延长预备期满"},
	{"R14", poolPerson(admittedDates(map[string]string{"approved1": "2026-04-01", "oath": "2026-04-02", "meeting2": "2027-03-05", "meeting2_result": "按期转正"})), "2027-05-06", "转正大会后"},
	{"R15", poolPerson(map[string]string{"applied": "2024-01-05", "talked": "2024-01-06", "activist_decided": "2024-03-01", "target_decided": "2025-05-01", "target_filed": "2025-06-01", "prereview_passed": "2026-11-20"}), "2026-12-01", "下一年计划"},
	{"R16", memberWith(map[string]string{"status": "已转出", "out_kind": "组织关系转出", "out_date": "2026-05-10", "letter_valid_days": "30"}), "2026-05-30", "介绍信"},
	{"R17", memberWith(map[string]string{"status": "已转出", "out_kind": "组织关系转出", "out_date": "2026-05-10"}), "2026-05-31", "回执"},
	{"R18", memberWith(map[string]string{"is_floating": "是", "float_since": "2026-01-10", "contact/c/date": "2026-03-01"}), "2026-05-15", "流动党员"},
	{"R19", memberWith(map[string]string{"is_lost": "是", "lost_since": "2026-01-10"}), "2026-06-10", "失联满六个月"},
	{"R21", memberWith(map[string]string{"base_fen": ""}), "2027-01-01", "没有核定"},
	{"R23", func(testing.TB, *world) {}, "2026-11-01", "全年还没有开"},
	{"R24", func(testing.TB, *world) {}, "2026-11-01", "谈心谈话"},
	{"R25", func(testing.TB, *world) {}, "2027-07-05", "换届"},
	{"R26", func(t testing.TB, w *world) {
		w.put(t, "branch", "b1", map[string]string{"committee/c3/to": "2026-05-10"})
	}, "2026-05-10", "补选"},
	{"R27", func(testing.TB, *world) {}, "2026-11-01", "书记"},
	{"R28", func(testing.TB, *world) {}, "2026-12-01", "年度统计"},
	{"R29", func(t testing.TB, w *world) {
		w.put(t, "post", "s1", map[string]string{"name": "岗", "holder": mid(1), "status": "已挂牌", "hung_on": "2024-06-30"})
	}, "2026-05-31", "复评"},
	{"R30", func(t testing.TB, w *world) {
		w.put(t, "demand", "d1", map[string]string{"title": "堵", "raised_at": "2026-05-01", "status": "处理", "due": "2026-05-31"})
	}, "2026-05-24", "答复"},
	{"R31", func(testing.TB, *world) {}, "2026-06-15", "专项征集"},
	{"R32", memberWith(map[string]string{"status": "停止党籍", "event/e/kind": "停止党籍", "event/e/date": "2024-07-01"}), "2026-06-01", "满两年"},
	{"R33", memberWith(map[string]string{"correction_until": "2026-07-01"}), "2026-06-01", "限期改正"},
	{"R34", poolPerson(map[string]string{"applied": "2024-01-05", "talked": "2024-01-06", "activist_decided": "2024-03-01", "target_decided": "2025-05-01", "target_publicity_to": "2026-05-20"}), "2026-05-20", "公示期满"},
	{"R35", memberWith(map[string]string{"joined": "2010-06-08"}), "2026-06-01", "政治生日"},
}

func dutiesOf(w *world, on record.Date, rule string) []Duty {
	w.today = on
	var out []Duty
	for _, d := range Due(w, on) {
		if d.Rule == rule {
			out = append(out, d)
		}
	}
	return out
}

func TestEveryReminderFiresOnItsDay(t *testing.T) {
	for _, c := range reminders {
		w := small(t, "2026-06-30")
		c.setup(t, w)
		day := record.ReadDate(c.shows)
		says := func(list []Duty) bool {
			for _, d := range list {
				if strings.Contains(d.Say, c.holds) {
					checkSay(t, c.rule, d.Say)
					return true
				}
			}
			return false
		}
		if now := dutiesOf(w, day, c.rule); !says(now) {
			t.Errorf("%s is silent on %s: %v", c.rule, c.shows, now)
		}
		if before := dutiesOf(w, day.AddDays(-1), c.rule); says(before) {
			t.Errorf("%s speaks before %s: %v", c.rule, c.shows, before)
		}
	}
}

func TestDuesRemindersGrow(t *testing.T) {
	w := small(t, "2026-06-30")
	pay := func(month string) {
		for i := 1; i <= 8; i++ {
			m, _ := w.Get("member", mid(i))
			if edits, cs := Pay(m, record.ReadDate(month), 9000, record.ReadDate(month+"-10"), "CASH", w); !record.Blocking(cs) && i != 4 {
				w.apply(edits...)
			}
		}
	}
	w.today = record.ReadDate("2026-12-31")
	for _, month := range []string{"2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"} {
		pay(month)
	}
	m, _ := w.Get("member", mid(4))
	edits, _ := Pay(m, record.ReadDate("2025-12"), 9000, record.ReadDate("2025-12-10"), "CASH", w)
	w.apply(edits...)
	level := func(on string) string {
		for _, d := range dutiesOf(w, record.ReadDate(on), "R20") {
			if d.ID == mid(4) {
				return d.Level
			}
		}
		return ""
	}
	for on, want := range map[string]string{"2026-02-15": "", "2026-03-15": LevelYellow, "2026-04-15": LevelRed, "2026-06-15": LevelCritical, "2026-07-01": LevelCritical} {
		if got := level(on); got != want {
			t.Errorf("on %s level %q, want %q", on, got, want)
		}
	}
}

func TestMeetingGapsAndPlans(t *testing.T) {
	w := small(t, "2026-06-22")
	draft(t, w, "m1", "主题党日", "2026-06-25 14:00", nil)
	draft(t, w, "m2", "支部党员大会", "2026-06-22 14:00", nil)
	draft(t, w, "m3", "党课", "2026-06-10 14:00", nil)
	var says []string
	for _, d := range dutiesOf(w, w.today, "R22") {
		says = append(says, d.Say)
	}
	all := strings.Join(says, "\n")
	for _, want := range []string{"主题党日・已排期", "今天 14:00 开会", "党课・记录还没有定稿", "支部委员会会议・6 月还没有开：还有 8 天", "第一党小组会・6 月还没有开", "支部委员会会议・5 月还没有开：逾期 22 天"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, "主题党日・6 月还没有开") {
		t.Error("a planned meeting is reported as missing")
	}
}

func TestMutingNeedsAReasonAndEnds(t *testing.T) {
	w := small(t, "2026-11-05")
	d := dutiesOf(w, w.today, "R24")[0]
	if _, cs := Mute(d, "", record.Date{}, w); !record.Blocking(cs) {
		t.Error("muted without a reason")
	}
	edits, _ := Mute(d, "本月集中安排", record.ReadDate("2026-11-20"), w)
	w.apply(edits...)
	n := len(dutiesOf(w, record.ReadDate("2026-11-20"), "R24"))
	if n != 2 {
		t.Errorf("%d of three talks left, want 2", n)
	}
	if n := len(dutiesOf(w, record.ReadDate("2026-11-21"), "R24")); n != 3 {
		t.Errorf("after its day the duty is back: %d", n)
	}
}

type reached struct {
	*world
	last record.Date
}

func (r reached) LastContact() (record.Date, int) { return r.last, 12 }

func TestSyncBacklog(t *testing.T) {
	w := small(t, "2026-06-30")
	for days, want := range map[int]string{7: "", 8: LevelYellow, 14: LevelOrange, 15: LevelOverdue} {
		got := ""
		for _, d := range Due(reached{w, w.today.AddDays(-days)}, w.today) {
			if d.Rule == "R36" {
				got = d.Level
			}
		}
		if got != want {
			t.Errorf("%d days without contact: %q, want %q", days, got, want)
		}
	}
}

func TestDecisionsComeBack(t *testing.T) {
	w := small(t, "2026-06-30")
	m := draft(t, w, "m1", "支部党员大会", "2026-06-20 14:00", map[string]string{"resolution/r/text": "联系小微企业", "resolution/r/owner": "各党小组", "resolution/r/due": "2026-07-05"})
	edits, cs := Finalise(m, w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	if list := dutiesOf(w, w.today, "TASK"); len(list) != 1 || list[0].Days != 5 {
		t.Fatalf("%v", list)
	}
	k, _ := KindOf("meeting")
	before, _ := w.Get("meeting", "m1")
	after := w.put(t, "meeting", "m1", map[string]string{"resolution/r/done": "2026-06-30"})
	if cs := k.Allow(before, after, w); record.Blocking(cs) {
		t.Errorf("doing what was decided is refused: %v", cs)
	}
	if list := dutiesOf(w, w.today, "TASK"); len(list) != 0 {
		t.Errorf("done and still due: %v", list)
	}
}

// What is worked out anew after a change is what working everything out gives.
func TestRemindersUpdateOnlyWhatChangedAndMissNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2026-06-15")
		applicant(t, w, "p1", "2026-05-20")
		var r Reminders
		r.Update(w, w.today)
		for range rapid.IntRange(1, 8).Draw(rt, "changes") {
			kind := rapid.SampledFrom([]string{"pool", "member", "meeting", "post", "demand", "training", "dues", "branch"}).Draw(rt, "kind")
			n := rapid.IntRange(1, 3).Draw(rt, "n")
			switch kind {
			case "pool":
				w.put(t, kind, "p1", map[string]string{"talked": []string{"", "2026-05-25", "2026-06-01"}[n-1]})
			case "member":
				w.put(t, kind, mid(n), map[string]string{"is_lost": []string{"是", "否"}[n%2], "lost_since": "2026-01-01", "dues_exempt": []string{"是", "否"}[n%2]})
			case "meeting":
				draft(t, w, "m"+itoa(n), "主题党日", "2026-06-1"+itoa(4+n)+" 14:00", map[string]string{"vote/v/item": "甲", "vote/v/person": "p1"})
			case "post":
				w.put(t, kind, "s1", map[string]string{"name": "岗", "status": "已挂牌", "hung_on": []string{"2024-06-20", "2026-01-01", "2024-07-01"}[n-1]})
			case "demand":
				w.put(t, kind, "d1", map[string]string{"title": "堵", "raised_at": "2026-06-01", "status": []string{"征集", "处理", "办结"}[n-1], "batch": "2026-Q2", "channel": "季度专项征集"})
			case "training":
				w.put(t, kind, "t1", map[string]string{"title": "培训", "date": "2026-06-01", "kind": "书记培训班", "participant/" + mid(1) + "/hours": "8"})
			case "dues":
				w.put(t, kind, DuesID(mid(n), 2026), map[string]string{"member": mid(n), "year": "2026", "month/06/paid": "90", "month/06/due": "90"})
			case "branch":
				w.put(t, kind, "b1", map[string]string{"term_end": []string{"2026-08-01", "2028-01-01", "2026-12-01"}[n-1]})
			}
			got, want := r.Update(w, w.today, kind), Due(w, w.today)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				rt.Fatalf("after a change of %s:\n%v\nwant\n%v", kind, got, want)
			}
		}
	})
}
