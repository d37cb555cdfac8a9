package branch

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

func TestGridJudgesPeriods(t *testing.T) {
	w := small(t, "2026-06-30")
	final := func(id, kind, start string, more map[string]string) {
		m := draft(t, w, id, kind, start, more)
		edits, cs := Finalise(m, w)
		if record.Blocking(cs) {
			t.Fatal(cs)
		}
		w.apply(edits...)
	}
	final("z1", "支委会", "2026-01-08 16:00", nil)
	final("z2", "支委会", "2026-03-02 16:00", map[string]string{"period": "2026-02"})
	final("z3", "支委会", "2026-03-05 16:00", nil)
	final("z4", "支委会", "2026-04-20 16:00", nil)
	draft(t, w, "z5", "支委会", "2026-05-20 16:00", nil)
	draft(t, w, "z6", "支委会", "2026-06-30 16:00", nil)
	draft(t, w, "z7", "支委会", "2026-07-10 16:00", nil)
	var row Row
	for _, r := range Grid(2026, w) {
		if r.Kind == Committee {
			row = r
		}
	}
	want := []string{CellHeld, CellMadeUp, CellHeld, CellHeld, CellDraft, CellToday, CellPlanned, CellFuture, CellFuture, CellFuture, CellFuture, CellFuture}
	for i, c := range row.Cells {
		if c.State != want[i] {
			t.Errorf("month %d: %s, want %s", i+1, c.State, want[i])
		}
	}
	if row.Held != 4 || row.Missed != 0 || row.Minimum != 12 {
		t.Errorf("%+v", row)
	}
	w.put(t, "branch", "b1", map[string]string{"has_committee": "否"})
	if slices.ContainsFunc(Grid(2026, w), func(r Row) bool { return r.Kind == Committee }) {
		t.Error("a branch without a committee has no row for it")
	}
}

func TestGridUsesTheParametersOfTheBranch(t *testing.T) {
	w := small(t, "2026-06-30")
	w.put(t, "branch", "b1", map[string]string{"param/p/name": "lecture_times", "param/p/value": "2", "param/p/from": "2026-01-01", "param/p/basis": "街道通知"})
	for year, want := range map[int]int{2025: 4, 2026: 2} {
		for _, r := range Grid(year, w) {
			if r.Kind == Lecture && (r.Minimum != want || len(r.Cells) != want) {
				t.Errorf("%d: %+v", year, r)
			}
		}
	}
}

// event is one thing that may happen to a member in the property below.
func TestNoOrderOfEventsMakesAnImpossibleMember(t *testing.T) {
	kinds := []string{"TRANSFER_OUT", "RECEIPT", "SUSPENDED", "RESTORED", "STRUCK", "EXPELLED", "DEATH", "LOST", "FOUND", "FLOAT_OUT", "FLOAT_BACK", "ARRIVED", "DUAL"}
	rapid.Check(t, func(rt *rapid.T) {
		w := small(t, "2030-01-01")
		on := record.ReadDate("2026-01-10")
		happened := 0
		for range rapid.IntRange(1, 12).Draw(rt, "events") {
			m, _ := w.Get("member", mid(4))
			e := Event{Kind: rapid.SampledFrom(kinds).Draw(rt, "kind"), On: on, Party: "某支部", DocNo: "1号", Days: 30, Reason: "测试"}
			edits, cs := Happen(m, e, w)
			for _, c := range cs {
				checkSay(t, e.Kind, c.Say)
			}
			if !record.Blocking(cs) {
				w.apply(edits...)
				happened++
			}
			on = on.AddDays(rapid.IntRange(1, 200).Draw(rt, "days"))
			m, _ = w.Get("member", mid(4))
			v := m.Values
			gone := v["status"] != StatusNormal && v["status"] != StatusSuspended
			if gone != (v["out_date"] != "") || gone == InRoster(m, on) || v["status"] == StatusDead && v["out_kind"] != "DEATH" {
				rt.Fatalf("status %s, left %q by %q, on the roster %v", v["status"], v["out_date"], v["out_kind"], InRoster(m, on))
			}
			if v["receipt_date"] != "" && v["out_kind"] != "TRANSFER" && lastEvent(m, "TRANSFER_OUT").IsZero() {
				rt.Fatal("a receipt without a transfer")
			}
			if n := len(m.Rows("event")); n != happened {
				rt.Fatalf("%d events kept of %d", n, happened)
			}
		}
	})
}

func TestTransferOutAndBack(t *testing.T) {
	w := small(t, "2026-12-31")
	m, _ := w.Get("member", mid(4))
	do := func(e Event) []record.Complaint {
		m, _ = w.Get("member", mid(4))
		edits, cs := Happen(m, e, w)
		w.apply(edits...)
		return cs
	}
	if cs := do(Event{Kind: "TRANSFER_OUT", On: record.ReadDate("2026-05-10"), Party: "外省某支部", DocNo: "沪 001", Days: 91}); !record.Blocking(cs) {
		t.Error("a letter valid for 91 days")
	}
	if cs := do(Event{Kind: "TRANSFER_OUT", On: record.ReadDate("2026-05-10"), Party: "外省某支部", DocNo: "沪 001", Days: 30}); record.Blocking(cs) {
		t.Fatal(cs)
	}
	if n := len(Roster(w, record.ReadDate("2026-05-09"))); n != 8 {
		t.Errorf("%d on the roster the day before", n)
	}
	if n := len(Roster(w, record.ReadDate("2026-05-10"))); n != 7 {
		t.Errorf("%d on the roster that day", n)
	}
	if c, ok := find(do(Event{Kind: "RECEIPT", On: record.ReadDate("2026-06-15")}), "RECEIPT_LATE"); !ok || c.Severity != record.Warn {
		t.Error("a receipt after more than a month is flagged")
	}
	if cs := do(Event{Kind: "ARRIVED", On: record.ReadDate("2026-09-01"), Party: "外省某支部"}); record.Blocking(cs) {
		t.Errorf("coming back: %v", cs)
	}
	if m, _ = w.Get("member", mid(4)); !InRoster(m, w.today) || len(m.Rows("event")) != 3 {
		t.Errorf("%v", m.Values)
	}
	for on, want := range map[string]bool{"2026-05-09": true, "2026-05-10": false, "2026-08-31": false, "2026-09-01": true} {
		if InRoster(m, record.ReadDate(on)) != want {
			t.Errorf("on %s: not %v", on, want)
		}
	}
}

func TestSignLivesItsWholeLife(t *testing.T) {
	w := small(t, "2028-12-31")
	w.put(t, "post", "s1", map[string]string{"name": "安全岗", "holder": mid(1), "status": "申报中", "applied": "2026-01-05"})
	act := func(kind, on, result, text string) []record.Complaint {
		s, _ := w.Get("post", "s1")
		edits, cs := ActOn(s, SignAct{Kind: kind, On: record.ReadDate(on), Result: result, Text: text}, w)
		w.apply(edits...)
		return cs
	}
	must := func(kind, on, result, text string) {
		t.Helper()
		if cs := act(kind, on, result, text); record.Blocking(cs) {
			t.Fatalf("%s: %v", kind, cs)
		}
	}
	if !record.Blocking(act("HANG", "2026-01-06", "", "")) {
		t.Error("hung before anybody agreed")
	}
	must("BRANCH", "2026-01-08", "", "同意")
	if !record.Blocking(act("HANG", "2026-01-09", "", "")) {
		t.Error("hung before approval")
	}
	must("APPROVE", "2026-01-09", "", "")
	if c, ok := find(act("HANG", "2026-01-14", "", ""), "PUBLICITY"); !ok || c.Say != "公示到 2026-01-14 期满，最早 2026-01-15 挂牌。" {
		t.Errorf("hung during publicity: %v", c)
	}
	must("HANG", "2026-01-15", "", "")
	must("REVIEW", "2026-07-10", "FIX", "")
	must("REVIEW", "2026-09-10", "REMOVE", "")
	if !record.Blocking(act("REAPPLY", "2026-10-01", "", "")) {
		t.Error("applied again in the year it was withdrawn")
	}
	must("REAPPLY", "2027-01-04", "", "")
	s, _ := w.Get("post", "s1")
	if s.Values["status"] != PostApplied || s.Values["code"] == "" || s.Values["hung_on"] != "" {
		t.Errorf("%v", s.Values)
	}
}

func TestEvaluationTotalsAndStars(t *testing.T) {
	w := small(t, "2026-12-31")
	set := rules.Shipped()[0]
	for total, want := range map[int]int{100: 5, 90: 5, 89: 4, 80: 4, 79: 3, 70: 3, 69: 2, 60: 2, 59: 1, 0: 1} {
		if got := Stars(total, set); got != want {
			t.Errorf("%d points: %d stars", total, got)
		}
	}
	k, _ := KindOf("post")
	v := record.Values{"holder": mid(4), "status": PostHung, "hung_on": "2026-01-01"}
	for item, points := range map[string]string{"political": "11", "work": "20", "quality": "12", "service": "10", "example": "7", "life": "7"} {
		v["evaluation/e/"+item] = points
	}
	v["evaluation/e/date"] = "2026-07-01"
	out := k.Derive(v, "evaluation/e/life", w)
	if out["evaluation/e/total"] != "67" || out["evaluation/e/star"] != "2" {
		t.Errorf("%v", out)
	}
	w.put(t, "member", mid(4), map[string]string{"appraisal/2025/grade": "基本合格"})
	payer, _ := w.Get("member", mid(1)) // the books of dues begin in September
	paid, _ := Pay(payer, record.ReadDate("2026-09"), 9000, record.ReadDate("2026-09-10"), "CASH", w)
	w.apply(paid...)
	flags := ReadLedger(w).SignFlags(record.Record{Kind: "post", ID: "s", Values: v})
	for _, code := range []string{"POINTS_LOW", "HOLDER_GRADE", "HOLDER_ARREARS"} {
		if _, ok := find(flags, code); !ok {
			t.Errorf("no %s in %v", code, flags)
		}
	}
}

func TestDemandGoesRound(t *testing.T) {
	w := small(t, "2026-12-31")
	k, _ := KindOf("demand")
	w.today = record.ReadDate("2026-11-10")
	w.apply(record.Edit{Kind: "demand", ID: "d1", Set: k.New(w)}, record.Edit{Kind: "demand", ID: "d0", Set: record.Values{"title": "堵车", "raised_at": "2026-11-09", "status": Collected}})
	w.put(t, "demand", "d1", map[string]string{"title": "货运通道堵塞"})
	w.today = record.ReadDate("2026-12-31")
	act := func(a DemandAct) []record.Complaint {
		d, _ := w.Get("demand", "d1")
		edits, cs := Advance(d, a, w)
		w.apply(edits...)
		return cs
	}
	must := func(a DemandAct) {
		t.Helper()
		if cs := act(a); record.Blocking(cs) {
			t.Fatalf("%s: %v", a.Kind, cs)
		}
	}
	day := func(d int) record.Date { return record.Date{Year: 2026, Month: 11, Day: d} }
	if !record.Blocking(act(DemandAct{Kind: "ANSWER", On: day(11), Text: "好"})) {
		t.Error("answered before it was accepted")
	}
	must(DemandAct{Kind: "ACCEPT", On: day(11), By: "陆婉清"})
	if !record.Blocking(act(DemandAct{Kind: "ASSIGN", On: day(12)})) {
		t.Error("assigned to nobody")
	}
	must(DemandAct{Kind: "ASSIGN", On: day(12), Owner: "园区管理处", Due: day(20)})
	must(DemandAct{Kind: "URGE", On: day(18), Text: "请加快"})
	must(DemandAct{Kind: "SNOOZE", On: day(19), Text: "等改造", Due: record.ReadDate("2027-02-01")})
	if d, _ := w.Get("demand", "d1"); DemandDue(d, w).String() != "2027-02-01" {
		t.Errorf("due %s while put off", DemandDue(d, w))
	}
	must(DemandAct{Kind: "WAKE", On: day(20)})
	must(DemandAct{Kind: "ANSWER", On: day(20), Text: "划了三个车位", Solve: true})
	must(DemandAct{Kind: "RETURN", On: day(22), Grade: "NO", Text: "还不够", Due: day(30)})
	if d, _ := w.Get("demand", "d1"); d.Values["status"] != Handling || len(d.Rows("reopened")) != 1 || d.Values["answered_on"] != "" {
		t.Errorf("not content means once more: %v", d.Values)
	}
	must(DemandAct{Kind: "ANSWER", On: day(28), Text: "增加到六个", Solve: true})
	if !record.Blocking(act(DemandAct{Kind: "CLOSE", On: day(29)})) {
		t.Error("closed without asking the person")
	}
	must(DemandAct{Kind: "RETURN", On: day(29), Grade: "YES"})
	must(DemandAct{Kind: "CLOSE", On: day(30)})
	must(DemandAct{Kind: "PROJECT", On: day(30)})
	if p := w.All("project"); len(p) != 1 || p[0].Values["demand"] != "d1" {
		t.Errorf("%v", p)
	}
	d0, _ := w.Get("demand", "d0")
	if edits, cs := Advance(d0, DemandAct{Kind: "MERGE", On: day(30), Into: "d1"}, w); record.Blocking(cs) || edits[0].Set["status"] != Merged {
		t.Errorf("%v", cs)
	}
	if _, cs := Advance(d0, DemandAct{Kind: "MERGE", On: day(30), Into: "d0"}, w); !record.Blocking(cs) {
		t.Error("merged into itself")
	}
}
