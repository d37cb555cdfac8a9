package sample

import (
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// TestOnePassSaysWhatEachCallSays holds the forms that read the books once for
// many records to those that read them for one.
func TestOnePassSaysWhatEachCallSays(t *testing.T) {
	b := open20(t, day.String(), 60)
	heads, ledger := branch.Heads(b), branch.ReadLedger(b)
	for _, m := range b.All("meeting") {
		roll := branch.Attendance(m, b)
		if present, expected := heads(m); present != roll.Present || expected != roll.Expected {
			t.Errorf("%s %s: %d of %d, the roll says %d of %d", m.Values["start"], m.Values["title"], present, expected, roll.Present, roll.Expected)
		}
	}
	paid := 0
	for _, m := range b.All("member") {
		if !ledger.PaidTo(m, day).IsZero() {
			paid++
		}
	}
	if paid == 0 {
		t.Error("nobody has paid")
	}
	for month := record.ReadDate("2026-01"); !month.After(day); month = month.AddMonths(1) {
		sheet, totals := ledger.Month(month), ledger.Totals(month)
		if totals.Due != sheet.Due || totals.Paid != sheet.Paid || totals.Open() != sheet.Open() || totals.Handed != sheet.Handed || totals.Payers != len(sheet.Lines) {
			t.Errorf("%v: totals %+v", month, totals)
		}
	}
}
