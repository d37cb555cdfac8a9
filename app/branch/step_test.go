package branch

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// applicant puts a person into the pool who applied on a day.
func applicant(t testing.TB, w *world, id, applied string) record.Record {
	t.Helper()
	return w.put(t, "pool", id, map[string]string{"name": "石一诺", "birth": "1995-03-15", "gender": "男", "id_no": "31011519950315003X", "applied": applied, "league": "非团员"})
}

// stepValues are the values a secretary would type for step n on a day.
func stepValues(n int, on record.Date) record.Values {
	d := on.String()
	row := func(table string, cells record.Values) record.Values {
		out := record.Values{}
		for column, value := range cells {
			out[record.Path(table, "r"+d+column[:0], column)] = value
		}
		return out
	}
	switch n {
	case 2:
		return record.Values{"talked": d}
	case 3:
		return record.Values{"recommended": d, "recommend_route": "MEMBERS", "activist_decided": d}
	case 4:
		return record.Values{"activist_filed": d}
	case 5:
		return row("contacts", record.Values{"member": mid(1), "from": d})
	case 6:
		return row("observations", record.Values{"period_from": on.AddMonths(-6).String(), "period_to": d, "signed": d})
	case 21:
		return row("observations", record.Values{"period_from": on.AddMonths(-1).String(), "period_to": d, "signed": d})
	case 7:
		return record.Values{"opinions_heard": d, "opinion_group": "同意", "opinion_contacts": "同意", "opinion_members": "同意", "opinion_masses": "同意", "target_decided": d}
	case 8:
		return record.Values{"target_publicity_from": on.AddDays(-12).String(), "target_publicity_to": on.AddDays(-1).String(), "target_filed": d}
	case 9:
		return record.Values{"introducers/i1/member": mid(1), "introducers/i1/from": d, "introducers/i2/member": mid(2), "introducers/i2/from": d}
	case 10:
		return record.Values{"polrev_concluded": d, "polrev_result": "QUALIFIED"}
	case 11:
		return record.Values{"training_from": on.AddDays(-2).String(), "training_to": d, "training_hours": "24"}
	}
	return lateValues(n, d)
}

func lateValues(n int, d string) record.Values {
	switch n {
	case 12:
		return record.Values{"committee_review": d}
	case 13:
		return record.Values{"prereview_passed": d, "booklet_no": "沪202600000001"}
	case 14:
		return record.Values{"booklet_filled": d}
	case 15:
		return record.Values{"meeting1": d, "meeting1_vote/v/entitled": "7", "meeting1_vote/v/present": "7", "meeting1_vote/v/for": "7", "meeting1_vote/v/method": "SECRET"}
	case 16:
		return record.Values{"superior_talk": d}
	case 17:
		return record.Values{"approved1": d}
	case 18:
		return record.Values{"approved1_filed": d}
	case 19:
		return record.Values{"assigned_on": d, "assigned_group": "第一党小组"}
	case 20:
		return record.Values{"oath": d}
	case 22:
		return record.Values{"conv_applied": d}
	case 23:
		return record.Values{"meeting2": d, "meeting2_result": "ON_TIME", "meeting2_vote/v/entitled": "7", "meeting2_vote/v/present": "7", "meeting2_vote/v/for": "7", "meeting2_vote/v/method": "SECRET"}
	case 24:
		return record.Values{"approved2": d}
	}
	return record.Values{"archived": d}
}

// walk takes a person through the steps given as number and date.
func walk(t testing.TB, w *world, id string, steps []struct {
	n  int
	on string
}) {
	t.Helper()
	for _, s := range steps {
		p, _ := w.Get("pool", id)
		edits, cs := Step(p, s.n, stepValues(s.n, record.ReadDate(s.on)), w)
		if record.Blocking(cs) {
			t.Fatalf("step %d on %s: %v", s.n, s.on, cs)
		}
		w.apply(edits...)
	}
}

var lawful = []struct {
	n  int
	on string
}{{2, "2024-01-20"}, {3, "2024-03-01"}, {4, "2024-03-20"}, {5, "2024-03-05"}, {6, "2024-09-01"}, {6, "2025-03-01"}, {7, "2025-03-10"}, {8, "2025-04-01"}, {9, "2025-04-05"}, {10, "2025-05-01"}, {11, "2025-05-20"},
	{12, "2025-06-01"}, {13, "2025-06-10"}, {14, "2025-06-15"}, {15, "2025-06-18"}, {16, "2025-07-01"}, {17, "2025-07-20"}, {18, "2025-08-01"}, {19, "2025-08-05"}, {20, "2025-08-10"}, {21, "2025-12-18"}, {21, "2026-06-18"}, {22, "2026-06-11"},
	{23, "2026-06-20"}, {24, "2026-08-30"}, {25, "2026-09-15"}}

func TestAnApplicantBecomesAFullMember(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful)
	p, _ := w.Get("pool", "p1")
	for _, s := range Stage(p, w, w.today) {
		if !s.Done || s.Date.IsZero() || len(s.Blocked) > 0 {
			t.Errorf("%+v", s)
		}
	}
	m, ok := w.Get("member", p.Values["member"])
	if !ok || m.Values["category"] != Full || m.Values["joined"] != "2025-06-18" || m.Values["converted"] != "2026-06-18" || m.Values["group"] != "第一党小组" || m.Values["id_no"] != p.Values["id_no"] {
		t.Errorf("member: %v", m.Values)
	}
	if p.Values["stage"] != FullMember || Phase(p) != 0 {
		t.Errorf("stage %s", p.Values["stage"])
	}
	if !InRoster(m, w.today) || IsFull(m, record.ReadDate("2026-06-17")) || !IsFull(m, record.ReadDate("2026-06-18")) {
		t.Error("full membership runs from the end of probation")
	}
}

// What is refused names an article and, when time is the matter, the date.
func TestRefusalsNameTheArticleAndTheDate(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:6])
	p, _ := w.Get("pool", "p1")
	_, cs := Step(p, 7, stepValues(7, record.ReadDate("2025-02-28")), w)
	c, ok := find(cs, "DP11")
	if !ok || c.Severity != record.Block || c.Say != "培养教育要满一年（细则13）。最早是 2025-03-01。" {
		t.Errorf("%v", cs)
	}
	_, cs = Step(p, 15, stepValues(15, record.ReadDate("2025-06-18")), w)
	if c, ok := find(cs, "STEP"); !ok || c.Say != "不能跳到第 15 步“支部大会讨论”：第 14 步“填写志愿书”还没有完成（细则19）。" {
		t.Errorf("%v", cs)
	}
	for _, s := range Stage(p, w, w.today) {
		for _, b := range s.Blocked {
			checkSay(t, "stage", b.Say)
		}
	}
}

func TestMovingAnEarlyDateCannotUndermineALaterStep(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:16])
	p, _ := w.Get("pool", "p1")
	after := p
	after.Values = p.Values.Clone()
	after.Values["activist_decided"] = "2024-03-15" // target decided 2025-03-10
	if c, ok := find(poolAllow(p, after, w), "DP11"); !ok || c.Severity != record.Block {
		t.Error("the activist date may be moved within a year of the target date")
	}
	after.Values["activist_decided"] = ""
	if _, ok := find(poolAllow(p, after, w), "STEP"); !ok {
		t.Error("a step that others rest on may be emptied")
	}
	if cs := poolAllow(p, p, w); record.Blocking(cs) {
		t.Errorf("no change is refused: %v", cs)
	}
}

func TestOverrideNeedsReasonAndDocument(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:16])
	p, _ := w.Get("pool", "p1")
	late := stepValues(17, record.ReadDate("2025-10-20"))
	if _, cs := Step(p, 17, late, w); !record.Blocking(cs) {
		t.Error("approval after four months passes without a reason")
	}
	late["override/DP28/rule"], late["override/DP28/reason"], late["override/DP28/doc_no"] = "DP28", "疫情封控", "青委〔2025〕9号"
	if edits, cs := Step(p, 17, late, w); record.Blocking(cs) || len(edits) != 2 {
		t.Errorf("with reason and document it passes: %v", cs)
	}
	late["approved1"] = "2025-12-19"
	if c, ok := find(second(Step(p, 17, late, w)), "DP29"); !ok || c.Severity != record.Block {
		t.Error("after six months nothing helps")
	}
}

func second(_ []record.Edit, cs []record.Complaint) []record.Complaint { return cs }

// No order of events reaches an illegal stage, and possible_from is exactly the
// first date accepted: random steps on random days around the lawful ones.
func TestNoOrderOfEventsReachesAnIllegalStage(t *testing.T) {
	order := []string{Applicant, Activist, Target, AdmittedPending, OnProbation, ConversionPending, FullMember}
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2027-12-31")
		applicant(t, w, "p1", "2024-01-05")
		at := 0
		for range rapid.IntRange(1, 60).Draw(rt, "tries") {
			p, _ := w.Get("pool", "p1")
			n := lawful[min(at, len(lawful)-1)]
			step, on := n.n, record.ReadDate(n.on)
			if rapid.IntRange(0, 3).Draw(rt, "stray") == 0 {
				step = rapid.IntRange(2, 25).Draw(rt, "step")
				on = on.AddDays(rapid.SampledFrom([]int{-400, -200, -31, -1, 0, 1, 29, 200, 700}).Draw(rt, "days"))
			}
			edits, cs := Step(p, step, stepValues(step, on), w)
			if record.Blocking(cs) {
				if step == n.n && on == record.ReadDate(n.on) && at < len(lawful) {
					return // an earlier stray step made the lawful way impossible, lawfully
				}
				continue
			}
			w.apply(edits...)
			if step == n.n {
				at++
			}
			now, _ := w.Get("pool", "p1")
			lawfulState(rt, now, w, order)
		}
	})
}

// lawfulState holds what no order of events may break.
func lawfulState(t *rapid.T, p record.Record, w *world, order []string) {
	v := p.Values
	if v["stage"] != StateOf(v) || !slices.Contains(order, v["stage"]) {
		t.Fatalf("stage %q, computed %q", v["stage"], StateOf(v))
	}
	past := func(a, b string) bool { return v[b] == "" || v[a] != "" && v[a] <= v[b] }
	for _, pair := range [][2]string{{"applied", "talked"}, {"talked", "activist_decided"}, {"target_filed", "committee_review"}, {"polrev_concluded", "committee_review"}, {"training_to", "committee_review"},
		{"prereview_passed", "meeting1"}, {"booklet_filled", "meeting1"}, {"superior_talk", "approved1"}} {
		if pair[0] == "applied" {
			continue // late or early talks are flagged, not refused
		}
		if !past(pair[0], pair[1]) {
			t.Fatalf("%s %s but %s %s", pair[0], v[pair[0]], pair[1], v[pair[1]])
		}
	}
	if d := dateIn(v, "target_decided"); !d.IsZero() && d.Before(activistStart(v).AddMonths(12)) {
		t.Fatalf("target %s within a year of %s", d, v["activist_decided"])
	}
	if d := dateIn(v, "meeting2"); !d.IsZero() && d.Before(record.ReadDate(v["probation_end"])) {
		t.Fatalf("conversion on %s before %s", d, v["probation_end"])
	}
	if d := dateIn(v, "approved1"); !d.IsZero() && d.After(dateIn(v, "meeting1").AddMonths(6)) {
		t.Fatalf("approved %s, meeting %s", d, v["meeting1"])
	}
	if (v["approved1"] != "") != (v["member"] != "") {
		t.Fatalf("approved %q, member %q", v["approved1"], v["member"])
	}
}

func TestPossibleFromIsTheFirstDayAccepted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2030-12-31")
		applicant(t, w, "p1", "2024-01-05")
		done := rapid.IntRange(0, len(lawful)-1).Draw(rt, "done")
		walk(t, w, "p1", lawful[:done])
		p, _ := w.Get("pool", "p1")
		next := lawful[done].n
		state := Stage(p, w, record.ReadDate(lawful[done].on))[next-1]
		if state.Done || !state.Date.IsZero() {
			return // done, or half of two observations: those are due, not possible
		}
		first := state.PossibleFrom
		if first.IsZero() {
			rt.Fatalf("step %d can be done, nobody says from when", next)
		}
		if cs := second(Step(p, next, stepValues(next, first), w)); record.Blocking(cs) || tooEarly(cs) {
			rt.Fatalf("step %d is refused or too early on %s, its first day: %v", next, first, cs)
		}
		early := rapid.IntRange(1, 90).Draw(rt, "early")
		cs := second(Step(p, next, stepValues(next, first.AddDays(-early)), w))
		if !record.Blocking(cs) && !tooEarly(cs) {
			rt.Fatalf("step %d is accepted %d days before %s", next, early, first)
		}
	})
}

// Nobody who has left the pool is told from when a step is possible: none is.
func TestNoStepIsPossibleAfterLeaving(t *testing.T) {
	w := small(t, "2026-11-20")
	applicant(t, w, "p1", "2026-10-05")
	p, _ := w.Get("pool", "p1")
	edits, cs := Exit(p, Withdrawn, w.Today(), "本人提出", w)
	if record.Blocking(cs) {
		t.Fatal(cs)
	}
	for path, value := range edits[0].Set {
		p.Values[path] = value
	}
	for _, s := range Stage(p, w, w.Today()) {
		if s.Done {
			continue
		}
		if !s.PossibleFrom.IsZero() || len(s.Blocked) != 1 || s.Blocked[0].Rule != "POOL_EXIT" {
			t.Errorf("step %d: from %s, %+v", s.N, s.PossibleFrom, s.Blocked)
		}
		if cs := second(Step(p, s.N, stepValues(s.N, w.Today()), w)); !record.Blocking(cs) {
			t.Errorf("step %d is accepted", s.N)
		}
	}
}

// tooEarly reports whether a step that no rule refuses is flagged for its date:
// the order of the steps only warns (decisions.md 6).
func tooEarly(cs []record.Complaint) bool {
	return slices.ContainsFunc(cs, func(c record.Complaint) bool { return c.Code == "DP43" || strings.Contains(c.Say, "最早是") })
}

// A rule set that comes later judges what comes later; what was done under the
// old one stays done and says the same.
func TestARuleSetChangeNeverRewritesHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2026-12-31")
		applicant(t, w, "p1", "2024-01-05")
		walk(t, w, "p1", lawful[:rapid.IntRange(2, len(lawful)).Draw(rt, "done")])
		p, _ := w.Get("pool", "p1")
		m := draft(t, w, "m", "支部党员大会", "2026-06-20 14:00", map[string]string{"vote/v/item": "甲", "vote/v/for": "7"})
		edits, _ := Finalise(m, w)
		w.apply(edits...)
		final, _ := w.Get("meeting", "m")
		before := fmt.Sprint(judged(p, p, 0, ruleBook(w), w), final.Values)
		stricter := rules.Shipped()[0]
		stricter.ID, stricter.EffectiveFrom = "LATER", "2026-12-01"
		stricter.Development = slices.Clone(stricter.Development)
		for i := range stricter.Development {
			stricter.Development[i].Months += 24
		}
		after := fmt.Sprint(judged(p, p, 0, versions([]rules.Set{rules.Shipped()[0], stricter}), w), final.Values)
		if before != after {
			rt.Fatalf("judgement changed:\n%s\n%s", before, after)
		}
	})
}

// A 入党志愿书 is one person's: its number cannot be another's, nor one that the
// ledger says is spoilt, lost or sent back.
func TestABookletNumberIsOnePersons(t *testing.T) {
	w := small(t, "2026-12-31")
	applicant(t, w, "p1", "2024-01-05")
	walk(t, w, "p1", lawful[:12])
	w.put(t, "pool", "p2", map[string]string{"name": "安知夏", "booklet_no": "沪202600000007"})
	w.put(t, "branch", "b1", map[string]string{"booklet/a/no": "沪202600000008", "booklet/a/state": "作废"})
	p, _ := w.Get("pool", "p1")
	for no, refused := range map[string]bool{"沪202600000007": true, "沪202600000008": true, "沪202600000009": false} {
		v := stepValues(13, record.ReadDate("2025-06-10"))
		v["booklet_no"] = no
		if _, ok := find(second(Step(p, 13, v, w)), "BOOKLET_NUMBER"); ok != refused {
			t.Errorf("%s: refused %v", no, ok)
		}
	}
}
