package branch

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage/record"
)

// small is a branch with a committee of three and two groups: seven full
// members and one on probation.
func small(t testing.TB, today string) *world {
	t.Helper()
	w := newWorld(today)
	for i := 1; i <= 8; i++ {
		typed := map[string]string{"name": "党员" + string(rune('甲'+i)), "category": "正式党员", "status": "正常", "joined": "2010-05-01", "converted": "2011-05-01", "group": fmt.Sprintf("第%s党小组", []string{"一", "二"}[i%2]), "base_fen": "6000"}
		if i == 8 {
			typed["category"], typed["joined"], typed["converted"] = "预备党员", "2026-03-01", ""
		}
		w.put(t, "member", mid(i), typed)
	}
	w.put(t, "branch", "b1", map[string]string{"name": "测试党支部", "type": "党支部", "has_committee": "是", "term_from": "2025-01-01", "term_end": "2028-01-01", "can_approve_members": "是",
		"committee/c1/member": mid(1), "committee/c1/post": "书记", "committee/c2/member": mid(2), "committee/c2/post": "组织委员", "committee/c3/member": mid(3), "committee/c3/post": "宣传委员",
		"group/g1/name": "第一党小组", "group/g1/leader": mid(2), "group/g2/name": "第二党小组", "group/g2/leader": mid(1)})
	return w
}

func mid(i int) string { return fmt.Sprintf("0198c0de-0002-7000-8000-%012d", i) }

func draft(t testing.TB, w *world, id, kind, start string, more map[string]string) record.Record {
	t.Helper()
	typed := map[string]string{"kind": kind, "title": kind, "start": start, "status": "草稿", "minutes": "一、学习", "place": "会议室", "chair": mid(1), "recorder": mid(2)}
	for k, v := range more {
		typed[k] = v
	}
	return w.put(t, "meeting", id, typed)
}

func TestAttendanceFollowsTheKindOfMeeting(t *testing.T) {
	w := small(t, "2026-06-30")
	for _, c := range []struct {
		kind             string
		more             map[string]string
		expected, voters int
	}{{"支部党员大会", nil, 8, 7}, {"支委会", nil, 3, 3}, {"党小组会", map[string]string{"group": "第一党小组"}, 4, 3}, {"主题党日", nil, 8, 7}} {
		r := Attendance(draft(t, w, "m-"+c.kind, c.kind, "2026-06-20 14:00", c.more), w)
		if r.Expected != c.expected || r.VotersExpected != c.voters || r.Present != c.expected {
			t.Errorf("%s: %+v", c.kind, r)
		}
	}
	before := Attendance(draft(t, w, "m-feb", "支部党员大会", "2026-02-01 14:00", nil), w)
	if before.Expected != 7 {
		t.Errorf("the probationer was not on the roster in February: %+v", before)
	}
}

func TestMembersUnderWatchHaveNoVote(t *testing.T) {
	w := small(t, "2026-06-30")
	w.put(t, "member", mid(4), map[string]string{"discipline/d/kind": "留党察看", "discipline/d/date": "2026-05-01", "discipline/d/until": "2027-05-01"})
	w.put(t, "member", mid(5), map[string]string{"discipline/d/kind": "警告", "discipline/d/date": "2026-05-01"})
	r := Attendance(draft(t, w, "m", "支部党员大会", "2026-06-20 14:00", map[string]string{"excluded/" + mid(6) + "/reason": "自费出国半年以上", "excluded/" + mid(6) + "/consent": "青委复 3 号"}), w)
	if r.Expected != 8 || r.VotersExpected != 5 || r.Excluded != 1 {
		t.Errorf("watched and excluded members do not vote: %+v", r)
	}
}

func TestAttendanceAlwaysSums(t *testing.T) {
	w := small(t, "2026-06-30")
	rapid.Check(t, func(t *rapid.T) {
		m := record.Record{Kind: "meeting", ID: "m", Values: record.Values{"kind": rapid.SampledFrom([]string{AllMembers, Committee, GroupMeet, Lecture}).Draw(t, "kind"), "start": "2026-06-20 14:00", "group": rapid.SampledFrom([]string{"", "第一党小组"}).Draw(t, "group"), "status": Draft}}
		for i := 1; i <= 10; i++ { // nine and ten are guests
			state := rapid.SampledFrom([]string{"", Present, Leave, Absent, Observer}).Draw(t, "state")
			m.Values[record.Path("attendance", mid(i), "state")] = state
		}
		check := func(r Roll) {
			if r.Expected != r.Present+r.Leave+r.Absent || len(r.Seats) != r.Expected+r.Observers || r.VotersPresent > r.VotersExpected || r.VotersExpected > r.Expected || r.VotersPresent > r.Present {
				t.Fatalf("does not sum: %+v", r)
			}
		}
		before := Attendance(m, w)
		check(before)
		edits, cs := Finalise(m, w)
		if record.Blocking(cs) {
			return
		}
		frozen := m
		frozen.Values = m.Values.Clone()
		for path, value := range edits[0].Set {
			frozen.Values[path] = value
		}
		empty := newWorld("2026-07-01") // the roster is gone: the finalised meeting is not
		after := Attendance(frozen, empty)
		after.Excluded = before.Excluded
		check(after)
		if after.Expected != before.Expected || after.Present != before.Present || after.VotersPresent != before.VotersPresent {
			t.Fatalf("frozen %+v, was %+v", after, before)
		}
	})
}

func TestFinaliseNumbersAndLocks(t *testing.T) {
	w := small(t, "2026-06-30")
	m := draft(t, w, "m1", "支部党员大会", "2026-06-20 14:00", nil)
	edits, cs := Finalise(m, w)
	if record.Blocking(cs) || len(edits) != 1 {
		t.Fatalf("%v", cs)
	}
	w.apply(edits...)
	done, _ := w.Get("meeting", "m1")
	if done.Values["serial"] != "2026-大会-01" || done.Values["status"] != Final || done.Values["recorded_on"] != "2026-06-30" {
		t.Errorf("%v", done.Values)
	}
	if on, late := Late(done, w); !late || on.String() != "2026-06-30" {
		t.Errorf("ten days later is a late record of its true date: %s %v", on, late)
	}
	k, _ := KindOf("meeting")
	changed := done
	changed.Values = done.Values.Clone()
	changed.Values["minutes"] = "改过"
	if cs := k.Allow(done, changed, w); !record.Blocking(cs) {
		t.Error("a finalised meeting may be changed")
	}
	delete(changed.Values, "minutes")
	if cs := k.Allow(done, changed, w); !record.Blocking(cs) {
		t.Error("a finalised meeting may lose its minutes")
	}
	if _, cs := Finalise(done, w); !record.Blocking(cs) {
		t.Error("it is finalised twice")
	}
	fix, cs := Correct(done, "第一项应为学习党章", w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(fix...)
	corrected, _ := w.Get("meeting", "m1")
	if cs := k.Allow(done, corrected, w); record.Blocking(cs) || len(corrected.Rows("corrections")) != 1 {
		t.Errorf("a correction is an addendum: %v", cs)
	}
}

func TestFinaliseRefusesWrongArithmetic(t *testing.T) {
	w := small(t, "2026-06-30")
	for name, c := range map[string]struct {
		more map[string]string
		code string
	}{
		"sum":      {map[string]string{"vote/v/item": "甲", "vote/v/issued": "7", "vote/v/collected": "7", "vote/v/for": "6", "vote/v/against": "2"}, "VOTE_SUM"},
		"more":     {map[string]string{"vote/v/item": "甲", "vote/v/issued": "8", "vote/v/collected": "8", "vote/v/for": "8"}, "VOTE_MORE"},
		"void":     {map[string]string{"vote/v/item": "甲", "vote/v/issued": "5", "vote/v/collected": "6", "vote/v/for": "6"}, "VOTE_VOID"},
		"roll":     {map[string]string{"vote/v/item": "甲", "vote/v/entitled": "9", "vote/v/present": "7", "vote/v/for": "7"}, "VOTE_ROLL"},
		"written":  {map[string]string{"vote/v/item": "甲", "vote/v/for": "7", "vote/v/written": "2"}, "VOTE_WRITTEN"},
		"secret":   {map[string]string{"vote/v/item": "甲", "vote/v/about": "接收预备党员", "vote/v/method": "举手", "vote/v/for": "7"}, "VOTE_SECRET"},
		"nobody":   {map[string]string{"vote/v/item": "甲", "vote/v/about": "接收预备党员", "vote/v/for": "7"}, "VOTE_PERSON"},
		"tomorrow": {map[string]string{"start": "2026-07-01 14:00"}, "MEETING_FUTURE"},
	} {
		edits, cs := Finalise(draft(t, w, "m-"+name, "支部党员大会", "2026-06-20 14:00", c.more), w)
		found, ok := find(cs, c.code)
		if !ok || found.Severity != record.Block || edits != nil {
			t.Errorf("%s: %v", name, cs)
		}
		checkSay(t, name, found.Say)
	}
	ok := draft(t, w, "fine", "支部党员大会", "2026-06-20 14:00", map[string]string{"attendance/" + mid(7) + "/state": "请假", "attendance/" + mid(7) + "/reason": "出差",
		"vote/v/item": "年度计划", "vote/v/method": "举手", "vote/v/issued": "6", "vote/v/collected": "6", "vote/v/for": "5", "vote/v/abstain": "1"})
	edits, cs := Finalise(ok, w)
	if record.Blocking(cs) || edits[0].Set["vote/v/outcome"] != Passed || edits[0].Set["vote/v/entitled"] != "7" {
		t.Errorf("%v %v", edits, cs)
	}
}

func TestMarkedNumbersSettleWithoutSilence(t *testing.T) {
	w := small(t, "2026-06-30")
	for i, mark := range []string{"", "甲", "乙"} {
		w.mark = mark
		other := &world{today: w.today, now: w.now, mark: mark, recs: map[string]map[string]record.Record{"member": w.recs["member"], "branch": w.recs["branch"]}}
		m := draft(t, w, fmt.Sprintf("m%d", i), "支委会", "2026-06-1"+itoa(i)+" 14:00", nil)
		edits, cs := Finalise(m, other) // each laptop sees only its own books
		if record.Blocking(cs) {
			t.Fatal(cs)
		}
		w.apply(edits...)
	}
	w.apply(SettleSerials(w)...)
	seen := map[string]bool{}
	for i := range 3 {
		m, _ := w.Get("meeting", fmt.Sprintf("m%d", i))
		serial := m.Values["serial"]
		if seen[serial] || strings.Contains(serial, "·") {
			t.Errorf("m%d has number %s", i, serial)
		}
		seen[serial] = true
		if i > 0 && m.Values["serial_alias"] == "" {
			t.Errorf("m%d lost the number it was printed with", i)
		}
	}
	if again := SettleSerials(w); len(again) != 0 {
		t.Errorf("settling again changes %v", again)
	}
	first, _ := w.Get("meeting", "m0")
	w.apply(record.Edit{Kind: "meeting", ID: "m2", Set: record.Values{"serial": first.Values["serial"]}}) // confirmed elsewhere at the same time
	if moved := SettleSerials(w); len(moved) != 1 || moved[0].ID != "m2" || moved[0].Set["serial"] == first.Values["serial"] {
		t.Errorf("one number twice settles as %v", moved)
	}
}

func TestAppraisalAndElectionAreCarried(t *testing.T) {
	w := small(t, "2026-12-30")
	more := map[string]string{}
	for i := 1; i <= 7; i++ {
		more["grade/"+mid(i)+"/grade"] = []string{"优秀", "合格"}[btoi(i > 3)]
	}
	edits, cs := Finalise(draft(t, w, "p", "民主评议党员", "2026-12-20 14:00", more), w)
	if _, over := find(cs, "EXCELLENT_QUOTA"); !over || record.Blocking(cs) {
		t.Errorf("three of seven are more than a third: %v", cs)
	}
	w.apply(edits...)
	if m, _ := w.Get("member", mid(1)); m.Values["appraisal/2026/grade"] != "EXCELLENT" {
		t.Errorf("grade not carried: %v", m.Values)
	}
	votes := map[string]string{}
	for i := 1; i <= 4; i++ {
		v := fmt.Sprintf("vote/v%d/", i)
		votes[v+"item"], votes[v+"about"], votes[v+"method"], votes[v+"candidate"], votes[v+"post"] = "选举", "选举", "无记名投票", mid(i+1), "组织委员"
		votes[v+"seats"], votes[v+"issued"], votes[v+"collected"], votes[v+"for"] = "3", "7", "7", itoa([]int{0, 7, 6, 5, 2}[i])
	}
	edits, cs = Finalise(draft(t, w, "e", "换届选举大会", "2026-12-28 14:00", votes), w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	committee := CommitteeOn(w, record.ReadDate("2026-12-29"))
	if len(committee) != 3 || Profile(w).Values["term_end"] != "2029-12-28" {
		t.Errorf("new committee %v, term to %s", committee, Profile(w).Values["term_end"])
	}
	if old := CommitteeOn(w, record.ReadDate("2026-12-01")); len(old) != 3 || old[0].Member != mid(1) {
		t.Errorf("the old committee stays in the past: %v", old)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What was not validly decided cannot be written down as decided (细则20、21,
// 支部条例11); the meeting itself can be recorded.
func TestAMeetingWithoutQuorumDecidesNothing(t *testing.T) {
	w := small(t, "2026-06-30")
	applicant(t, w, "p1", "2024-01-05")
	few := map[string]string{}
	for i := 1; i <= 5; i++ {
		few["attendance/"+mid(i)+"/state"], few["attendance/"+mid(i)+"/reason"] = "请假", "出差"
	}
	with := func(more map[string]string) []record.Complaint {
		typed := maps.Clone(few)
		maps.Copy(typed, more)
		return second(Finalise(draft(t, w, newID(w), "支部党员大会", "2026-06-20 14:00", typed), w))
	}
	if cs := with(nil); record.Blocking(cs) {
		t.Errorf("a meeting too few came to is recorded as it was: %v", cs)
	}
	if c, ok := find(with(map[string]string{"resolution/r/text": "同意年度计划", "resolution/r/owner": "书记", "resolution/r/due": "2026-07-31"}), "RESOLUTION_QUORUM"); !ok || c.Severity != record.Block {
		t.Error("two of seven resolve")
	}
	vote := map[string]string{"vote/v/item": "接收石一诺", "vote/v/about": "接收预备党员", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/for": "2"}
	if cs := with(vote); record.Blocking(cs) {
		t.Errorf("an invalid vote is recorded as invalid: %v", cs)
	}
	full := map[string]string{"vote/v/item": "接收石一诺", "vote/v/about": "接收预备党员", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/for": "3",
		"resolution/r/text": "同意接收", "resolution/r/step": "12 支委会审查", "resolution/r/person": "p1"}
	c, ok := find(second(Finalise(draft(t, w, newID(w), "支部党员大会", "2026-06-20 14:00", full), w)), "RESOLUTION_LOST")
	if !ok || c.Severity != record.Block {
		t.Error("a vote that failed carries a resolution")
	}
	checkSay(t, "resolution", c.Say)
}

// newID makes ids of meetings that are only drafts of a test.
func newID(w *world) string {
	w.made++
	return fmt.Sprintf("m%d", w.made)
}
