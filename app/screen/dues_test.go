package screen

import (
	"testing"

	"zhibu/storage/record"
)

// duesOf is the sheet of November with three payers: 1 % of 4,800, 1.5 % of
// 6,900, and one exempt.
func duesOf(t testing.TB) (*Dues, *Book, map[string]string) {
	t.Helper()
	b, _ := realBooks(t)
	ids := map[string]string{}
	for _, p := range []map[string]string{
		{"name": "薛望舒", "base_fen": "4800", "from_month": "2026-10"},
		{"name": "邱景行", "base_fen": "6900", "from_month": "2026-11"},
		{"name": "免交人", "base_fen": "3000", "from_month": "2026-11", "dues_exempt": "是"},
	} {
		p["category"], p["joined"], p["converted"] = "正式党员", "2015-06-12", "2016-06-12"
		ids[p["name"]] = register(t, b, "member", p).ID
	}
	return NewDues(b), b, ids
}

func duesRow(t testing.TB, d *Dues, id string) DuesRow {
	t.Helper()
	for _, r := range d.Rows() {
		if r.Member == id {
			return r
		}
	}
	t.Fatalf("%s is not on the sheet", id)
	return DuesRow{}
}

func TestDuesSheetPutsTheOpenFirst(t *testing.T) {
	d, _, ids := duesOf(t)
	rows := d.Rows()
	if len(rows) != 3 || !rows[0].Open || !rows[1].Open || rows[2].Open || rows[2].State.Say != "免交" {
		t.Fatalf("%+v", rows)
	}
	if r := duesRow(t, d, ids["薛望舒"]); r.Due != "48.00" || r.Rate != "1.0%" || r.Base != "4,800" || r.State.Say != "欠 2 个月" {
		t.Fatalf("%+v", r)
	}
	if s := d.Sum(); s.Due != "151.50" || s.Open != 2 || s.LeftPeople != "差 151.50 元，2 人" {
		t.Fatalf("%+v", s)
	}
	if m := d.Months(); m[9].Mark.Say != "欠 1 人" || m[10].Mark.Say != "收缴中" || m[11].Sum != "—" {
		t.Fatalf("%+v", m)
	}
}

func TestDuesPaysTheTickedTogetherAndIsUndone(t *testing.T) {
	d, b, ids := duesOf(t)
	if _, err := d.PayTicked(); record.CodeOf(err) != "DUES_NOBODY" {
		t.Fatal(err)
	}
	d.TickAll()
	if d.Ticked() != 2 || duesRow(t, d, ids["邱景行"]).Paid != "103.50" || duesRow(t, d, ids["邱景行"]).Day != "11-20" {
		t.Fatalf("%+v", d.Rows())
	}
	d.Type(ids["薛望舒"], DuesTyped{Paid: "五十", On: "11-20", Method: "现金"})
	if _, err := d.PayTicked(); record.CodeOf(err) != "DUES_LINE" {
		t.Fatal(err)
	}
	if len(b.All("dues")) != 0 {
		t.Fatal("half of a refused batch was stored")
	}
	d.Type(ids["薛望舒"], DuesTyped{Paid: "48", On: "11-19", Method: "现金"})
	done, err := d.PayTicked()
	if err != nil || done.Say != "已登记 2 人 11 月党费" {
		t.Fatal(done, err)
	}
	if r := duesRow(t, d, ids["薛望舒"]); r.Open || r.Paid != "48.00" || r.Day != "11-19" || r.Method != "现金" {
		t.Fatalf("%+v", r)
	}
	if s := d.Sum(); s.Open != 0 || s.Percent != "100.0%" {
		t.Fatalf("%+v", s)
	}
	if _, err := b.Undo(done); err != nil {
		t.Fatal(err)
	}
	d.Refresh()
	if d.Sum().Open != 2 {
		t.Fatal("undo leaves the payment")
	}
}

func TestDuesPaysOneAndHandsOver(t *testing.T) {
	d, _, ids := duesOf(t)
	if _, err := d.Pay(ids["邱景行"]); err != nil {
		t.Fatal(err)
	}
	if r := duesRow(t, d, ids["邱景行"]); r.Paid != "103.50" || r.Open {
		t.Fatalf("%+v", r)
	}
	if _, err := d.HandOver("103.50", "12-01", ""); record.CodeOf(err) != "DATE_FUTURE" {
		t.Fatal(err)
	}
	done, err := d.HandOver("103.50", "今天", "沪 0231")
	if err != nil || done.Say != "已登记 11 月上解 103.50 元" || !d.Sum().Handed {
		t.Fatal(done, err)
	}
	if b := d.Brackets(); len(b) != 4 || b[0].Say != "3000 元（含）以下" || b[1].Say != "3000 至 5000 元（含）" || b[3].Say != "10000 元以上" || b[2].Rate != "1.5%" {
		t.Fatalf("%+v", b)
	}
}

func TestDuesTypingSurvives(t *testing.T) {
	d, b, ids := duesOf(t)
	d.Type(ids["邱景行"], DuesTyped{Paid: "100", On: "11-19", Method: d.TidyMethod("xj")})
	if err := d.Keep(); err != nil {
		t.Fatal(err)
	}
	again := NewDues(b)
	if r := duesRow(t, again, ids["邱景行"]); r.Paid != "100" || r.Day != "11-19" || r.Method != "现金" || !r.Ticked {
		t.Fatalf("%+v", r)
	}
	if _, err := again.PayTicked(); err != nil || len(b.Drafts()) != 0 {
		t.Fatal(err, b.Drafts())
	}
	again.Fill(ids["薛望舒"])
	if err := again.Forget(); err != nil || again.Ticked() != 0 || len(b.Drafts()) != 0 {
		t.Fatal(err)
	}
}

func TestGroupedMoney(t *testing.T) {
	for fen, want := range map[int64]string{0: "0.00", 1340: "13.40", 291680: "2,916.80", 123456789: "1,234,567.89"} {
		if got := grouped(fen); got != want {
			t.Errorf("%d: %s, want %s", fen, got, want)
		}
	}
}
