package branch

import (
	"slices"
	"testing"

	"zhibu/storage/record"
)

func TestTwinsAreUnitedAndReferencesFollow(t *testing.T) {
	w := small(t, "2026-06-30")
	w.put(t, "member", mid(4), map[string]string{"id_no": "310115199001010010"})
	w.put(t, "member", mid(9), map[string]string{"name": "党员甲", "id_no": "310115199001010010", "mobile": "13800138000", "status": "正常", "category": "正式党员"})
	draft(t, w, "m1", "支部党员大会", "2026-06-20 14:00", map[string]string{"chair": mid(9), "attendance/" + mid(9) + "/state": "请假", "attendance/" + mid(9) + "/reason": "出差"})
	w.put(t, "dues", DuesID(mid(9), 2026), map[string]string{"member": mid(9), "year": "2026"})
	w.apply(Unite(Twins{Kind: "member", Keep: mid(4), Drop: mid(9)}, map[string]bool{"name": true}, "b", w)...)
	m, _ := w.Get("member", mid(4))
	meeting, _ := w.Get("meeting", "m1")
	dues, _ := w.Get("dues", DuesID(mid(9), 2026))
	if m.Values["mobile"] != "13800138000" || m.Values["name"] != "党员甲" || meeting.Values["chair"] != mid(4) || dues.Values["member"] != mid(4) {
		t.Errorf("%v %v %v", m.Values, meeting.Values, dues.Values)
	}
	if meeting.Values[record.Path("attendance", mid(4), "reason")] != "出差" || meeting.Values[record.Path("attendance", mid(9), "state")] != "" {
		t.Errorf("attendance did not follow: %v", meeting.Values)
	}
	if _, alive := w.Get("member", mid(9)); alive {
		t.Error("the twin is still there")
	}
}

func TestTransferredInProbationerConvertsHere(t *testing.T) {
	w := small(t, "2026-12-31")
	w.put(t, "member", mid(8), map[string]string{"joined": "2025-06-18", "in_date": "2026-01-10", "in_kind": "组织关系转入"})
	m, _ := w.Get("member", mid(8))
	edits, cs := Adopt(m, w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	id := edits[0].ID
	p, _ := w.Get("pool", id)
	if p.Values["stage"] != OnProbation || p.Values["probation_end"] != "2026-06-18" || Phase(p) != 5 {
		t.Fatalf("%v", p.Values)
	}
	walk(t, w, id, lawful[22:25])
	if m, _ = w.Get("member", mid(8)); m.Values["category"] != Full || m.Values["converted"] != "2026-06-18" {
		t.Errorf("%v", m.Values)
	}
	if _, cs := Adopt(m, w); !record.Blocking(cs) {
		t.Error("adopted twice")
	}
}

func TestBookletLedgerSums(t *testing.T) {
	w := small(t, "2026-12-31")
	w.put(t, "branch", "b1", map[string]string{"booklet/a/no": "沪202600000001", "booklet/b/no": "沪202600000002", "booklet/b/state": "作废"})
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:14])
	c := CountBooklets(w)
	if c.Received != 2 || c.Used != 1 || c.Void != 1 || c.Held != 0 {
		t.Errorf("%+v", c)
	}
}

// A finalised meeting carries its vote into the steps, once for each person;
// a vote that fails lets them be discussed again.
func TestMeetingCarriesAdmission(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:14])
	vote := map[string]string{"vote/v/item": "接收石一诺", "vote/v/about": "接收预备党员", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/issued": "7", "vote/v/collected": "7", "vote/v/for": "3", "vote/v/against": "4"}
	edits, cs := Finalise(draft(t, w, "m1", "支部党员大会", "2025-06-17 14:00", vote), w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	if p, _ := w.Get("pool", "p1"); p.Values["exit"] != NotPassed || p.Values["meeting1"] != "" || Phase(p) != 4 {
		t.Errorf("not passed: %v", p.Values)
	}
	vote["vote/v/for"], vote["vote/v/against"] = "7", "0"
	edits, cs = Finalise(draft(t, w, "m2", "支部党员大会", "2025-06-18 14:00", vote), w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	p, _ := w.Get("pool", "p1")
	if p.Values["meeting1"] != "2025-06-18" || p.Values["meeting1_record"] != "m2" || p.Values["exit"] != "" || p.Values["stage"] != AdmittedPending || p.Values["meeting1_vote/v/for"] != "7" {
		t.Errorf("passed: %v", p.Values)
	}
	early := map[string]string{"resolution/r/text": "同意列为发展对象", "resolution/r/step": "7", "resolution/r/person": "p2"}
	applicant(t, w, "p2", "2024-01-05")
	walk(t, w, "p2", lawful[:3])
	if edits, cs := Finalise(draft(t, w, "m3", "支委会", "2025-01-18 14:00", early), w); !record.Blocking(cs) || edits != nil {
		t.Errorf("a decision too early is refused with the meeting: %v", cs)
	}
	w.put(t, "branch", "b1", map[string]string{"type": "临时党支部"})
	if _, cs := Finalise(draft(t, w, "m4", "支部党员大会", "2025-06-19 14:00", vote), w); !record.Blocking(cs) {
		t.Error("a provisional branch admits")
	}
}

func TestRoughConversionDateAndVote(t *testing.T) {
	m := record.Record{Kind: "member", ID: "m", Values: record.Values{"category": Full, "status": StatusNormal, "converted": "1999"}}
	if !IsFull(m, record.ReadDate("2026-01-01")) || IsFull(m, record.ReadDate("1998-12-31")) {
		t.Error("a year counts as an interval")
	}
}

func TestSideExits(t *testing.T) {
	w := small(t, "2026-12-31")
	p := applicant(t, w, "p1", "2024-01-05")
	on := record.ReadDate("2024-06-01")
	for kind, reason := range map[string]string{Cancelled: "x", NotPassed: "x", "NOTHING": "x", Withdrawn: ""} {
		if _, cs := Exit(p, kind, on, reason, w); !record.Blocking(cs) {
			t.Errorf("%s with reason %q is taken", kind, reason)
		}
	}
	edits, cs := Exit(p, Withdrawn, on, "本人书面撤回", w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	w.apply(edits...)
	p, _ = w.Get("pool", "p1")
	if Phase(p) != 0 || p.Values["stage"] != Withdrawn {
		t.Errorf("%v", p.Values)
	}
	if _, cs := Step(p, 2, stepValues(2, record.ReadDate("2024-07-01")), w); !record.Blocking(cs) {
		t.Error("a step for somebody who has left")
	}
}

func TestTimelineFollowsEveryReference(t *testing.T) {
	w := small(t, "2026-12-31")
	d := w.put(t, "dossier", "e1", map[string]string{"name": "禾木检测", "kind": "企业", "visit/v/date": "2026-09-08", "visit/v/content": "走访", "survey/s/date": "2026-03-10", "survey/s/result": "已登记"})
	w.put(t, "demand", "d1", map[string]string{"title": "堵", "raised_at": "2026-11-10", "entity": "e1"})
	w.put(t, "service", "s1", map[string]string{"title": "政策进园区", "kind": "三进服务", "date": "2026-05-28", "entity": "e1"})
	w.put(t, "liaison", "l1", map[string]string{"name": "郑律师", "kind": "法治顾问", "from": "2026-02-01", "entity": "e1"})
	w.put(t, "demand", "d2", map[string]string{"title": "别家的", "raised_at": "2026-11-10"})
	var got []string
	for _, h := range Timeline(d, w) {
		got = append(got, h.On.String()+h.What)
	}
	want := []string{"2026-11-10诉求", "2026-09-08走访", "2026-05-28服务", "2026-03-10排摸", "2026-02-01共建联络"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestParametersOfPlaceChangeWhatIsPrinted(t *testing.T) {
	w := small(t, "2026-12-31")
	end := record.ReadDate("2027-06-18")
	if set := RulesOn(w, w.today); TargetDay(set) != "target_filed" || PrintedEnd(end, set) != end {
		t.Error("the defaults of the rule set")
	}
	w.put(t, "branch", "b1", map[string]string{"param/a/name": "target_date", "param/a/value": "DECIDED", "param/a/from": "2026-01-01", "param/a/basis": "区里规定",
		"param/b/name": "probation_end_print", "param/b/value": "DAY_BEFORE", "param/b/from": "2026-01-01", "param/b/basis": "区里规定"})
	if set := RulesOn(w, w.today); TargetDay(set) != "target_decided" || PrintedEnd(end, set).String() != "2027-06-17" {
		t.Error("the parameters of the branch")
	}
	if RulesOn(w, record.ReadDate("2025-12-31")).Text("target_date") != "FILED" {
		t.Error("a parameter reaches back before its day")
	}
}

// Probation is extended once by the meeting; the second meeting decides for
// good, and full membership runs from the end of the extension.
func TestMeetingExtendsProbationOnce(t *testing.T) {
	w := small(t, "2027-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:23]) // meeting on 2025-06-18, application for conversion made
	vote := func(id, day, about string, more map[string]string) []record.Complaint {
		typed := map[string]string{"vote/v/item": "石一诺", "vote/v/about": about, "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/issued": "7", "vote/v/collected": "7", "vote/v/for": "7"}
		for k, x := range more {
			typed[k] = x
		}
		edits, cs := Finalise(draft(t, w, id, "支部党员大会", day+" 14:00", typed), w)
		w.apply(edits...)
		return cs
	}
	if c, ok := find(vote("m1", "2026-06-20", "延长预备期", map[string]string{"vote/v/months": "5"}), "DP36"); !ok || c.Severity != record.Block {
		t.Error("five months are too short")
	}
	if cs := vote("m2", "2026-06-20", "延长预备期", map[string]string{"vote/v/months": "6"}); record.Blocking(cs) {
		t.Fatal(cs)
	}
	p, _ := w.Get("pool", "p1")
	m, _ := w.Get("member", p.Values["member"])
	if p.Values["stage"] != OnProbation || p.Values["extension_end"] != "2026-12-18" || m.Values["extension_to"] != "2026-12-18" {
		t.Fatalf("%v %v", p.Values, m.Values)
	}
	if c, ok := find(vote("m3", "2026-12-17", "预备党员转正", nil), "DP37"); !ok || c.Severity != record.Block {
		t.Error("discussed before the extension has run out")
	}
	if c, ok := find(vote("m4", "2026-12-20", "延长预备期", map[string]string{"vote/v/months": "6"}), "DP36"); !ok || c.Severity != record.Block {
		t.Error("extended a second time")
	}
	if cs := vote("m5", "2026-12-20", "预备党员转正", nil); record.Blocking(cs) {
		t.Fatal(cs)
	}
	p, _ = w.Get("pool", "p1")
	if p.Values["meeting2"] != "2026-06-20" || p.Values["meeting3"] != "2026-12-20" || p.Values["effective_full_date"] != "2026-12-18" || p.Values["stage"] != ConversionPending {
		t.Errorf("%v", p.Values)
	}
	walk(t, w, "p1", []struct {
		n  int
		on string
	}{{24, "2027-02-01"}})
	if m, _ = w.Get("member", m.ID); m.Values["converted"] != "2026-12-18" || m.Values["conversion_kind"] != "EXTENDED" {
		t.Errorf("%v", m.Values)
	}
}

// A vote without a quorum decides nothing: the person is neither admitted nor
// turned down, and the program says how many were needed.
func TestVoteWithoutQuorumDecidesNothing(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:14])
	vote := map[string]string{"vote/v/item": "接收石一诺", "vote/v/about": "接收预备党员", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/issued": "3", "vote/v/collected": "3", "vote/v/for": "3"}
	for i := 4; i <= 7; i++ {
		vote["attendance/"+mid(i)+"/state"] = "请假"
	}
	edits, cs := Finalise(draft(t, w, "m1", "支部党员大会", "2025-06-17 14:00", vote), w)
	if c, ok := find(cs, "VOTE_INVALID"); !ok || c.Severity != record.Warn || record.Blocking(cs) {
		t.Fatalf("%v", cs)
	}
	w.apply(edits...)
	m, _ := w.Get("meeting", "m1")
	if p, _ := w.Get("pool", "p1"); p.Values["exit"] != "" || p.Values["meeting1"] != "" || m.Values["vote/v/outcome"] != Invalid {
		t.Errorf("%v, vote %s", p.Values, m.Values["vote/v/outcome"])
	}
}

func TestFinaliseRefusesADeletedMeeting(t *testing.T) {
	w := small(t, "2026-06-30")
	m := draft(t, w, "m1", "支部党员大会", "2026-06-20 14:00", nil)
	m.Values = m.Values.Clone()
	m.Values[record.DeletedPath] = "1"
	if edits, cs := Finalise(m, w); !record.Blocking(cs) || len(edits) != 0 {
		t.Errorf("%v %v", edits, cs)
	}
}

// Who talked with whom is judged by the committee of that day: electing a member
// later does not turn a talk of two members into one with the committee.
func TestTalksCountByTheCommitteeOfTheirDay(t *testing.T) {
	w := small(t, "2026-12-31")
	w.put(t, "meeting", "m1", map[string]string{"kind": "谈心谈话", "title": "谈心谈话", "start": "2026-05-10 14:00", "status": "已定稿", "pair/a/from": mid(6), "pair/a/to": mid(7)})
	w.put(t, "branch", "b1", map[string]string{"committee/new/member": mid(6), "committee/new/post": "委员", "committee/new/from": "2026-12-20"})
	for _, d := range Due(w, w.today) {
		if d.Rule == "R24" && d.Path == "talk 党员之间" {
			t.Errorf("%s", d.Say)
		}
	}
}

// Dues are fixed anew each January: last year's base does not silence the reminder,
// this year's record does (党费规定: 年初核定).
func TestDuesAreFixedEachJanuary(t *testing.T) {
	w := small(t, "2027-01-12")
	asked := func() bool {
		return slices.ContainsFunc(Due(w, w.today), func(d Duty) bool { return d.Rule == "R21" })
	}
	if !asked() {
		t.Error("nobody asks to fix this year's dues")
	}
	for i := 1; i <= 8; i++ {
		w.put(t, "dues", DuesID(mid(i), 2027), map[string]string{"member": mid(i), "year": "2027", "base": "6000"})
	}
	if asked() {
		t.Error("this year's dues are fixed, and still it asks")
	}
}
