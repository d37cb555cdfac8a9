package screen

import (
	"slices"
	"strings"
	"testing"

	"zhibu/storage/record"
)

// meetingOf opens a fresh 支部党员大会 with four members in the register.
func meetingOf(t testing.TB) (*Meeting, *Book) {
	t.Helper()
	b, _ := realBooks(t)
	people(t, b)
	m, err := NewMeeting(b, "", "支部党员大会")
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func seatNamed(t testing.TB, m *Meeting, name string) Seat {
	t.Helper()
	for _, s := range append(m.Seats(), m.Guests()...) {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("%s has no seat: %v", name, m.Seats())
	return Seat{}
}

func TestFreshMeetingNeedsNothingTyped(t *testing.T) {
	m, b := meetingOf(t)
	if m.KindLabel() != "支部党员大会" || m.Day() != "2026-11-20" || m.From() != "14:30" {
		t.Fatalf("kind %q on %q at %q", m.KindLabel(), m.Day(), m.From())
	}
	if c := m.Counts(); c.Expected != 4 || c.Present != 4 || c.Entitled != 3 || c.EntitledPresent != 3 {
		t.Fatalf("everybody present, the probationer without a vote: %+v", c)
	}
	if len(m.Agenda()) == 0 {
		t.Fatal("no agenda from the template")
	}
	if err := m.Keep(); err != nil {
		t.Fatal(err)
	}
	if drafts := b.Drafts(); len(drafts) != 0 {
		t.Fatalf("an untouched page left a draft: %v", drafts)
	}
}

func TestAttendanceCyclesAndAlwaysSums(t *testing.T) {
	m, _ := meetingOf(t)
	row := seatNamed(t, m, "罗沐辰").Row
	for _, want := range []string{Excused, Absent, Came, Excused} {
		m.Cycle(row)
		if got := seatNamed(t, m, "罗沐辰").State; got != want {
			t.Fatalf("state %s, want %s", got, want)
		}
		if c := m.Counts(); c.Present+c.Excused+c.Absent != c.Expected {
			t.Fatalf("does not sum: %+v", c)
		}
	}
	m.SetReason(row, "出差")
	m.Settle()
	if text := m.AttendanceText(); !strings.Contains(text, "请假：罗沐辰（出差）") {
		t.Fatal(text)
	}
	m.AllCame()
	if s := seatNamed(t, m, "罗沐辰"); s.State != Came || s.Reason != "" {
		t.Fatalf("still %+v", s)
	}
	if !m.Undo() || seatNamed(t, m, "罗沐辰").State != Excused {
		t.Fatal("undo does not take 全部到会 back")
	}
}

func TestGuestsSitInAndDoNotCount(t *testing.T) {
	m, _ := meetingOf(t)
	m.Invite("詹云舒", "发展对象")
	if g := m.Guests(); len(g) != 1 || g[0].Name != "詹云舒" || g[0].Reason != "发展对象" {
		t.Fatalf("%+v", g)
	}
	if c := m.Counts(); c.Expected != 4 || c.Guests != 1 {
		t.Fatalf("%+v", c)
	}
	m.Dismiss(m.Guests()[0].Row)
	if len(m.Guests()) != 0 {
		t.Fatal("the guest stays")
	}
}

func TestVoteChecksItself(t *testing.T) {
	m, _ := meetingOf(t)
	row := m.AddVote("通过第三季度工作报告")
	if v := m.Votes()[0]; v.Outcome.Say != "待填" || v.Need != "赞成须达到 2 票（超过 3 人的半数）" {
		t.Fatalf("%+v", v)
	}
	for _, c := range []struct{ ayes, noes, outcome, wrong string }{
		{"3", "", "通过", ""},
		{"1", "2", "未通过", ""},
		{"3", "1", "票数不符", "各项相加 4 票，比收回的 3 票多 1 票。请核对；记录已存草稿。"},
		{"2", "", "票数不符", "各项相加 2 票，比收回的 3 票少 1 票。请核对；记录已存草稿。"},
		{"三", "", "票数不符", "应为数字。请只写数字，不写单位。"},
	} {
		m.SetVote(row, "for", c.ayes)
		m.SetVote(row, "against", c.noes)
		if v := m.Votes()[0]; v.Outcome.Say != c.outcome || v.Wrong != c.wrong {
			t.Errorf("%v: %s %q", c, v.Outcome.Say, v.Wrong)
		}
	}
	if about, secret := sortOfVote("接收詹云舒为预备党员", ""); about != "接收预备党员" || !secret {
		t.Error(about, secret)
	}
}

func TestAgendaMovesAndMinutesFollow(t *testing.T) {
	m, _ := meetingOf(t)
	m.UseTemplate(Template{Items: []string{"通报三季度诉求办理"}})
	items := m.Agenda()
	last := items[len(items)-1]
	m.Select(last.Row)
	m.MoveAgenda(-1)
	if got := m.Agenda(); got[len(got)-2].Title != "通报三季度诉求办理" || !got[len(got)-2].Current {
		t.Fatalf("%+v", got)
	}
	text := m.AgendaText()
	if !strings.HasPrefix(text, "一、"+m.Agenda()[0].Title+"\n"+indent) {
		t.Fatal(text)
	}
	m.Type("minutes", text)
	m.Settle()
	if rest := m.unwritten(); len(rest) != len(items) {
		t.Fatalf("headings alone are no record: %v", rest)
	}
	m.Type("minutes", strings.Replace(text, indent, indent+"陈立群领学。", 1))
	m.Settle()
	if rest := m.unwritten(); slices.Contains(rest, 1) || len(rest) != len(items)-1 {
		t.Fatalf("%v", rest)
	}
	if m.AgendaText() != "" {
		t.Fatal("headings are put in twice")
	}
	m.DropAgenda()
	if len(m.Agenda()) != len(items)-1 {
		t.Fatal("not dropped")
	}
}

func TestTimesAsPeopleTypeThem(t *testing.T) {
	m, _ := meetingOf(t)
	m.SetTimes("11-20", "1400", "15点20")
	if v := m.Record().Values; v["start"] != "2026-11-20 14:00" || v["end"] != "2026-11-20 15:20" {
		t.Fatalf("%q %q", v["start"], v["end"])
	}
	if m.When() != "2026-11-20 14:00–15:20" {
		t.Fatal(m.When())
	}
	m.SetTimes("11-20", "25:00", "")
	if _, bad := m.Complaint("start"); !bad {
		t.Fatal("25 o'clock is accepted")
	}
}

func TestDraftSurvivesAndIsOffered(t *testing.T) {
	m, b := meetingOf(t)
	m.Type("minutes", "　　会议由陆婉清主持。")
	m.Cycle(seatNamed(t, m, "白一宁").Row)
	if err := m.Keep(); err != nil {
		t.Fatal(err)
	}
	again, err := NewMeeting(b, "", "支部党员大会")
	if err != nil {
		t.Fatal(err)
	}
	if _, offered := again.Offer(); !offered {
		t.Fatal("the draft is not offered")
	}
	again.TakeOffer()
	if again.Text("minutes") != "　　会议由陆婉清主持。" || seatNamed(t, again, "白一宁").State != Excused {
		t.Fatal("typing was lost")
	}
}

func TestFinaliseLocksNumbersAndCorrects(t *testing.T) {
	m, b := meetingOf(t)
	m.SetTimes("11-20", "13:00", "14:00")
	row := m.AddVote("通过第三季度工作报告")
	m.SetVote(row, "for", "4")
	if _, err := m.Finalise(); record.CodeOf(err) != "VOTE_SUM" {
		t.Fatalf("more ballots than voters: %v", err)
	}
	m.SetVote(row, "for", "3")
	m.Type("minutes", "一、集中学习\n　　学习党章。")
	m.Settle()
	if lines := m.Consequences(); !slices.Contains(lines, "四季度支部党员大会记为已开，到会率重算") {
		t.Fatalf("%v", lines)
	}
	done, err := m.Finalise()
	if err != nil {
		t.Fatal(err)
	}
	if !m.Sealed() || done.Values["serial"] == "" || !strings.Contains(m.Seal(), done.Values["serial"]) {
		t.Fatalf("not sealed: %v", done.Values)
	}
	if len(done.Rows("attendance")) != 4 {
		t.Fatal("the roster of the day is not written down")
	}
	m.Type("minutes", "改写")
	if _, err := m.Save(); record.CodeOf(err) != "FINAL_LOCKED" {
		t.Fatalf("finalised minutes were changed: %v", err)
	}
	if err := m.Discard(); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Correct("  "); err == nil {
		t.Fatal("an empty correction is accepted")
	}
	if _, err := m.Correct("第二项发言人应为白一宁。"); err != nil {
		t.Fatal(err)
	}
	if c := m.Corrections(); len(c) != 1 || c[0].No != "更正 1" {
		t.Fatalf("%v", c)
	}
	if len(b.Drafts()) != 0 {
		t.Fatal("a draft is left behind")
	}
}

func TestMeetingsListFiltersAndCalendar(t *testing.T) {
	b, _ := realBooks(t)
	people(t, b)
	for _, typed := range []map[string]string{
		{"kind": "支部党员大会", "title": "讨论接收", "start": "2026-11-20 14:00"},
		{"kind": "党课", "title": "两新组织党务工作", "start": "2026-08-20 15:00"},
		{"kind": "党课", "title": "往年党课", "start": "2025-08-20 15:00"},
		{"kind": "主题党日", "title": "安全巡查", "start": "2026-11-27 09:00"},
	} {
		register(t, b, "meeting", typed)
	}
	m, err := NewMeetings(b)
	if err != nil {
		t.Fatal(err)
	}
	if rows := m.Rows(); len(rows) != 3 || rows[0].State.Say != "7 天后" || rows[1].State.Say != "今天" {
		t.Fatalf("%+v", rows)
	}
	m.Filter("党课", "")
	if rows := m.Rows(); len(rows) != 1 || rows[0].Attended != "4/4" || m.Current() != rows[0].ID {
		t.Fatalf("%+v", rows)
	}
	m.ShowYear(2025)
	if len(m.Rows()) != 1 {
		t.Fatal("2025")
	}
	m.ClearFilters()
	m.ShowYear(2026)
	m.Find("lxzzdwgz")
	if len(m.Rows()) != 1 {
		t.Fatal("not found by initials")
	}
	m.Find("")
	if c := m.Calendar(); len(c[7]) != 1 || len(c[10]) != 2 || c[10][0].Kind != "支部党员大会" {
		t.Fatalf("%+v", c)
	}
}

func TestMeetingBeginsAsAReminderNamesIt(t *testing.T) {
	b, _ := realBooks(t)
	if _, err := b.Apply(record.Edit{Kind: "branch", ID: ProfileID, Set: map[string]string{record.Path("group", "g1", "name"): "第一党小组"}}); err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string][2]string{
		"":                  {"支部党员大会", ""},
		"党课":                {"党课", ""},
		"ZWH":               {"支部委员会会议", ""},
		"DXZ第一党小组11 月":      {"党小组会", "第一党小组"},
		"DYDH四季度":           {"支部党员大会", ""},
		"something unknown": {"支部党员大会", ""},
	} {
		m, err := NewMeeting(b, "", asked)
		if err != nil {
			t.Fatal(err)
		}
		if m.Text("kind") != want[0] || m.Text("group") != want[1] {
			t.Errorf("%q begins a %s of %q", asked, m.Text("kind"), m.Text("group"))
		}
	}
}
