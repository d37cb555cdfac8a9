package sheet_test

import (
	"strings"
	"testing"

	"zhibu/app/branch"
	"zhibu/app/sheet"
	"zhibu/storage/record"
)

// csv reads a list as a file would hold it.
func csv(t *testing.T, list string) []sheet.Sheet {
	t.Helper()
	sheets, err := sheet.Read("名册.csv", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

// takeOver imports rows as a person would who accepts what is ready.
func takeOver(t *testing.T, k record.Kind, sheets []sheet.Sheet, in *books) {
	t.Helper()
	edits, err := plan(t, k, sheets, in).Edits(sheet.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	in.apply(edits)
}

// An old ledger says where a person stands; from there on the steps go on, and
// nothing that lies before has to be done once more.
func TestAnOldLedgerOpensWhereItLeftOff(t *testing.T) {
	b, k := newBooks(), kind(t, "pool")
	takeOver(t, k, sample(t, "06_pool.xlsx"), b)
	seen := map[string]record.Record{}
	for _, p := range b.All("pool") {
		seen[p.Values["name"]] = p
	}
	full := seen["窦晨英"]
	if v := full.Values; v["stage"] != branch.FullMember || v["effective_full_date"] != "2024-01-08" || strings.Contains(v["note"], "正式党员") {
		t.Errorf("%v", v)
	}
	if v := k.Derive(full.Values.Clone(), "mobile", b); v["stage"] != branch.FullMember || v["effective_full_date"] != "2024-01-08" {
		t.Errorf("a later change makes %v of it", v)
	}
	for _, s := range branch.Stage(full, b, b.Today()) {
		if !s.Done {
			t.Errorf("step %d is still to be done", s.N)
		}
	}
	next := branch.Stage(seen["吴建瑞"], b, b.Today())
	for _, s := range next {
		if s.Done != (s.N <= 17) {
			t.Errorf("on probation: step %d done: %v", s.N, s.Done)
		}
	}
	if len(next[21].Blocked) > 0 && next[21].Blocked[0].Severity == "BLOCK" {
		t.Errorf("step 22 is blocked: %v", next[21].Blocked)
	}
}

// Whoever left, or a sign that hangs, is taken over as such.
func TestLockedFieldsOpenANewRecordOnly(t *testing.T) {
	b, k := newBooks(), kind(t, "member")
	takeOver(t, k, csv(t, "姓名,人员类别,入党日期,转正日期,党籍状态,离开本支部日期,转往何处\n罗沐辰,正式党员,2010-06-12,2011-06-12,已转出,2024-05-06,邻区某支部\n"), b)
	m := b.All("member")[0]
	if m.Values["status"] != "MOVED" || m.Values["out_date"] != "2024-05-06" || branch.InRoster(m, b.Today()) {
		t.Errorf("%v", m.Values)
	}
	takeOver(t, k, csv(t, "姓名,人员类别,入党日期,转正日期,党籍状态\n罗沐辰,正式党员,2010-06-12,2011-06-12,正常\n"), b)
	if m, _ := b.Get("member", m.ID); m.Values["status"] != "MOVED" {
		t.Errorf("a list rewrote a membership: %v", m.Values)
	}
}
