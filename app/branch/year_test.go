package branch

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"zhibu/storage/record"
)

// life is a year of a small branch, day by day.
type life struct {
	*world
	t *testing.T
	n int
}

func (l *life) do(edits []record.Edit, cs []record.Complaint) {
	l.t.Helper()
	if record.Blocking(cs) {
		l.t.Fatalf("%s: %v", l.today, cs)
	}
	l.apply(edits...)
}

// meet records and finalises a meeting of today.
func (l *life) meet(kind string, more map[string]string) {
	l.t.Helper()
	l.n++
	m := draft(l.t, l.world, fmt.Sprintf("m%03d", l.n), kind, l.today.String()+" 14:00", more)
	edits, cs := Finalise(m, l)
	l.do(edits, cs)
}

func (l *life) step(n int) {
	l.t.Helper()
	p, _ := l.Get("pool", "p1")
	edits, cs := Step(p, n, stepValues(n, l.today), l)
	l.do(edits, cs)
}

// dues takes the month's dues of everybody on the roster but one.
func (l *life) dues(but string) {
	for _, line := range DuesMonth(monthOf(l.today), l).Lines {
		if line.Member.ID != but {
			edits, cs := Pay(line.Member, monthOf(l.today), line.Due, l.today, "CASH", l)
			l.do(edits, cs)
		}
	}
}

func (l *life) sign(kind, result, text string) {
	s, _ := l.Get("post", "s1")
	edits, cs := ActOn(s, SignAct{Kind: kind, On: l.today, Result: result, Text: text}, l)
	l.do(edits, cs)
}

func (l *life) demand(act DemandAct) {
	d, _ := l.Get("demand", "d1")
	act.On = l.today
	edits, cs := Advance(d, act, l)
	l.do(edits, cs)
}

// routine is what happens every month of 2026: the regular meetings, and the
// dues, which member seven stops paying in July.
func (l *life) routine(month, day int) {
	switch day {
	case 8:
		l.meet("支委会", nil)
	case 10:
		but := ""
		if month >= 7 {
			but = mid(7)
		}
		l.dues(but)
	case 15:
		if month != 8 { // the groups skip August
			l.meet("党小组会", map[string]string{"group": "第一党小组"})
			l.meet("党小组会", map[string]string{"group": "第二党小组", "attendance/" + mid(7) + "/state": "缺席"})
		}
	case 20:
		l.meet("主题党日", nil)
	case 25:
		if month%3 == 2 {
			l.meet("支部党员大会", nil)
			l.meet("党课", map[string]string{"lecturer": "书记", "hours": "2"})
		}
	}
}

// special are the events of single days.
func (l *life) special(day string) {
	switch day {
	case "2026-03-10":
		l.step(12)
	case "2026-03-20":
		l.step(13)
	case "2026-03-25":
		l.step(14)
	case "2026-04-01":
		l.meet("支部党员大会", map[string]string{"vote/v/item": "接收石一诺", "vote/v/about": "接收预备党员", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/issued": "7", "vote/v/collected": "7", "vote/v/for": "7"})
	case "2026-04-20":
		l.step(16)
	case "2026-05-12":
		l.step(17)
	case "2026-05-20":
		l.step(19)
	case "2026-06-05": // dues from the month of the meeting on, paid once approval has come
		p, _ := l.Get("pool", "p1")
		m := l.put(l.t, "member", p.Values["member"], map[string]string{"base_fen": "6000"})
		for _, month := range []string{"2026-04", "2026-05"} {
			edits, cs := Pay(m, record.ReadDate(month), 9000, l.today, "CASH", l)
			l.do(edits, cs)
		}
	case "2026-06-02":
		l.put(l.t, "post", "s1", map[string]string{"name": "安全岗", "holder": mid(2), "status": "申报中", "applied": day})
		l.sign("BRANCH", "", "同意")
	case "2026-06-10":
		l.sign("APPROVE", "", "")
	case "2026-06-12":
		l.sign("HANG", "", "")
	case "2026-07-01":
		l.step(20)
	case "2026-07-03":
		l.put(l.t, "demand", "d1", map[string]string{"title": "货运通道堵塞", "raised_at": day, "status": "征集", "channel": "季度专项征集", "batch": Quarter(l.today), "category": "交通", "code": "D-001"})
	case "2026-07-05":
		l.demand(DemandAct{Kind: "ACCEPT", By: "书记"})
	case "2026-07-06":
		l.demand(DemandAct{Kind: "ASSIGN", Owner: "园区", Due: record.ReadDate("2026-07-31")})
	case "2026-07-30":
		l.demand(DemandAct{Kind: "ANSWER", Text: "划了车位", Solve: true})
	case "2026-08-03":
		l.demand(DemandAct{Kind: "RETURN", Grade: "YES"})
	case "2026-08-04":
		l.demand(DemandAct{Kind: "CLOSE"})
	case "2026-09-01":
		m, _ := l.Get("member", mid(6))
		l.do(Happen(m, Event{Kind: "TRANSFER_OUT", On: l.today, Party: "邻区某支部", DocNo: "沪 007", Days: 30}, l))
	case "2026-09-20":
		m, _ := l.Get("member", mid(6))
		l.do(Happen(m, Event{Kind: "RECEIPT", On: l.today}, l))
	case "2026-10-12":
		l.step(21)
	case "2026-11-30":
		l.sign("REMOVE", "", "岗位合并")
	case "2026-12-05":
		l.meet("组织生活会", map[string]string{"fix/f/problem": "学习不够", "fix/f/measure": "每月一课", "fix/f/owner": "书记", "fix/f/due": "2027-01-31"})
		l.meet("民主评议党员", map[string]string{"grade/" + mid(1) + "/grade": "优秀", "grade/" + mid(2) + "/grade": "合格", "grade/" + mid(3) + "/grade": "合格"})
	case "2026-12-20":
		votes := map[string]string{}
		for i := 1; i <= 4; i++ {
			v := fmt.Sprintf("vote/v%d/", i)
			votes[v+"item"], votes[v+"about"], votes[v+"method"], votes[v+"candidate"], votes[v+"post"] = "选举", "选举", "无记名投票", mid(i), []string{"", "组织委员", "宣传委员", "纪检委员", "委员"}[i]
			votes[v+"seats"], votes[v+"issued"], votes[v+"collected"], votes[v+"for"] = "3", "6", "6", itoa([]int{0, 6, 6, 5, 1}[i])
		}
		l.meet("换届选举大会", votes)
	}
	l.conversion(day)
}

func (l *life) conversion(day string) {
	switch day {
	case "2027-03-25":
		l.step(22)
	case "2027-04-02":
		l.step(21)
		l.meet("支部党员大会", map[string]string{"vote/v/item": "石一诺转正", "vote/v/about": "预备党员转正", "vote/v/person": "p1", "vote/v/method": "无记名投票", "vote/v/issued": "6", "vote/v/collected": "6", "vote/v/for": "6"})
	case "2027-05-06":
		l.step(24)
	case "2027-05-20":
		l.step(25)
	}
}

// picture is what a secretary sees on a day: duties, grid and figures.
func (l *life) picture() string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", l.today)
	for _, d := range Due(l, l.today) {
		fmt.Fprintf(&b, "%s %s %s\n", d.Rule, d.Level, d.Say)
	}
	for _, row := range Grid(l.today.Year, l) {
		fmt.Fprintf(&b, "%s %d/%d 缺%d:", row.Label, row.Held, row.Minimum, row.Missed)
		for _, c := range row.Cells {
			fmt.Fprintf(&b, " %s", c.State)
		}
		b.WriteString("\n")
	}
	stats := Statistics(l.today.Year, l.today, l)
	for _, code := range []string{"overview", "category", "movement", "attendance", "meetings", "stage", "dues_paid", "dues", "quality"} {
		s := stats.Of(code)
		fmt.Fprintf(&b, "%s:", s.Label)
		for _, p := range s.Points {
			fmt.Fprintf(&b, " %s %v%s %s;", p.Label, p.Value, p.Unit, p.Note)
			if p.Unit == "人" && s.Code != "dues" && int(p.Value) != len(p.IDs) {
				l.t.Errorf("%s %s: %v but %d records", s.Label, p.Label, p.Value, len(p.IDs))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestAYearOfABranch lives through 2026 and on to the conversion in 2027; what
// is seen on six days is a golden file.
func TestAYearOfABranch(t *testing.T) {
	l := &life{world: small(t, "2026-01-01"), t: t}
	l.put(t, "branch", "b1", map[string]string{"term_from": "2024-01-01", "term_end": "2027-01-01"})
	applicant(t, l.world, "p1", "2024-01-05")
	l.today = record.ReadDate("2025-12-31")
	walk(t, l.world, "p1", lawful[:11])
	seen := []string{"2026-02-10", "2026-05-08", "2026-08-31", "2026-10-20", "2026-12-31", "2027-03-20"}
	var b strings.Builder
	for day := record.ReadDate("2026-01-01"); !day.After(record.ReadDate("2027-06-01")); day = day.AddDays(1) {
		l.today, l.now = day, day.Time()
		if day.Year == 2026 {
			l.routine(day.Month, day.Day)
		}
		l.special(day.String())
		if slices.Contains(seen, day.String()) {
			b.WriteString(l.picture())
		}
	}
	p, _ := l.Get("pool", "p1")
	m, ok := l.Get("member", p.Values["member"])
	if !ok || m.Values["category"] != Full || m.Values["converted"] != "2027-04-01" {
		t.Errorf("%v", m.Values)
	}
	const golden = "testdata/year.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the year looks different; read the difference, then run with -update:\n%s", firstDifference(string(want), b.String()))
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a[i], b[min(i, len(b)-1)])
		}
	}
	return "more lines than before"
}
