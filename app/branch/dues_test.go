package branch

import (
	"testing"

	"pgregory.net/rapid"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

func TestDuesVectors(t *testing.T) {
	set := rules.Shipped()[0]
	for _, v := range vectors(t)["dues"] {
		a := Assess("SALARIED", int64(num(v, "base_fen")), set)
		if a.Fen != int64(num(v, "dues_fen")) || a.BP != int64(num(v, "rate_bp")) {
			t.Errorf("%v: %+v", v, a)
		}
	}
	for _, v := range vectors(t)["retired_dues"] {
		if a := Assess("RETIRED", int64(num(v, "base_fen")), set); a.Fen != int64(num(v, "dues_fen")) {
			t.Errorf("retired %v: %+v", v, a)
		}
	}
	if a := Assess("STUDENT", 0, set); a.Fen != 20 {
		t.Errorf("student: %+v", a)
	}
	if a := Assess("SALARIED", 6200000, set); a.Proposed != 100000 {
		t.Errorf("above the ceiling the usual most is proposed: %+v", a)
	}
}

func TestDuesRiseInsideABracket(t *testing.T) {
	set := rules.Shipped()[0]
	rapid.Check(t, func(t *rapid.T) {
		payer := rapid.SampledFrom([]string{"SALARIED", "ANNUAL", "SELF_EMPLOYED", "RETIRED"}).Draw(t, "payer")
		a, b := rapid.Int64Range(0, 10_000_000).Draw(t, "a"), rapid.Int64Range(0, 10_000_000).Draw(t, "b")
		low, high := Assess(payer, min(a, b), set), Assess(payer, max(a, b), set)
		if low.BP > high.BP || low.Fen > high.Fen {
			t.Fatalf("%d → %+v but %d → %+v", min(a, b), low, max(a, b), high)
		}
	})
}

func TestArrearsCountMonthsInARow(t *testing.T) {
	w := newWorld("2025-07-01")
	m := w.put(t, "member", "m1", map[string]string{"name": "石远航", "category": "正式党员", "joined": "2015-05-01", "converted": "2016-05-01", "status": "正常", "base_fen": "6000"})
	for month := record.ReadDate("2024-06"); month.Before(record.ReadDate("2025-01")); month = month.AddMonths(1) {
		edits, cs := Pay(m, month, 9000, month.First().AddDays(9), "CASH", w)
		if record.Blocking(cs) {
			t.Fatal(cs)
		}
		w.apply(edits...)
	}
	list := ArrearsOn(w.today, w)
	if len(list) != 1 || list[0].Months != 6 {
		t.Errorf("six months open on 2025-07-01: %+v", list)
	}
	if got := ReadLedger(w).PaidTo(m, w.today).String(); got != "2024-12" {
		t.Errorf("paid to %s", got)
	}
	sheet := DuesMonth(record.ReadDate("2025-06"), w)
	if sheet.Due != 9000 || sheet.Paid != 0 || sheet.Lines[0].Arrears != 6 || sheet.Open() != 1 {
		t.Errorf("sheet: %+v", sheet)
	}
}

func TestNobodyIsInArrearsBeforeTheBooksBegin(t *testing.T) {
	w := small(t, "2026-06-30") // a roster just imported, no dues kept yet
	if list := ArrearsOn(w.today, w); len(list) != 0 {
		t.Errorf("%d members are called defaulters on the first day", len(list))
	}
	m, _ := w.Get("member", mid(1))
	edits, _ := Pay(m, record.ReadDate("2026-04"), 9000, record.ReadDate("2026-04-10"), "CASH", w)
	w.apply(edits...)
	list := ArrearsOn(w.today, w)
	if len(list) != 8 || list[0].Months != 2 {
		t.Errorf("%d behind, first by %d months", len(list), list[0].Months)
	}
}

func TestProbationerPaysFromTheMonthOfTheMeeting(t *testing.T) {
	w := newWorld("2025-12-31")
	m := w.put(t, "member", "m1", map[string]string{"name": "严子墨", "category": "预备党员", "joined": "2025-06-18", "status": "正常", "base_fen": "6000"})
	total := int64(0)
	for month := 1; month <= 12; month++ {
		total += DuesMonth(record.Date{Year: 2025, Month: month}, w).Due
	}
	if total != 63000 {
		t.Errorf("seven months of 90.00 yuan: %d fen", total)
	}
	if _, cs := Pay(m, record.ReadDate("2025-05"), 9000, w.today, "CASH", w); !record.Blocking(cs) {
		t.Error("a payment for the month before admission is refused")
	}
}

func TestChangedBaseLeavesPaidMonths(t *testing.T) {
	w := newWorld("2025-12-31")
	m := w.put(t, "member", "m1", map[string]string{"name": "白一宁", "category": "正式党员", "joined": "2015-05-01", "status": "正常", "base_fen": "6000"})
	edits, _ := Pay(m, record.ReadDate("2025-03"), 9000, record.ReadDate("2025-03-10"), "CASH", w)
	w.apply(edits...)
	w.put(t, "member", "m1", map[string]string{"base_fen": "12000"})
	w.apply(record.Edit{Kind: "dues", ID: DuesID("m1", 2025), Set: record.Values{"base": "1200000", "monthly": "24000"}})
	if s := DuesMonth(record.ReadDate("2025-03"), w); s.Due != 9000 || s.Open() != 0 {
		t.Errorf("March is settled as it was: %+v", s)
	}
	if s := DuesMonth(record.ReadDate("2025-04"), w); s.Due != 24000 {
		t.Errorf("April follows the new base: %+v", s)
	}
}
