package screen

import (
	"testing"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// enrolled are books whose laptop the district knows under a role.
type enrolled struct {
	Store
	role string
}

func (e enrolled) Position() record.Position                    { return record.Position{} }
func (e enrolled) Pending(uint64, int) ([]record.Change, error) { return nil, nil }
func (e enrolled) Enrolment() (record.Enrolment, bool)          { return record.Enrolment{Role: e.role}, true }
func as(b *Book, role string) *Book                             { return Open(enrolled{b.Store, role}, b.Now) }
func draftMeeting(b *Book, title string) error {
	_, _, err := b.Save("meeting", "", map[string]string{"kind": "支部党员大会", "title": title, "start": "2026-11-20 14:00"})
	return err
}

func TestARoleChangesOnlyItsRegisters(t *testing.T) {
	b, _ := realBooks(t)
	m := register(t, b, "meeting", map[string]string{"kind": "支部党员大会", "title": "甲", "start": "2026-11-20 14:00"})
	reader, committee := as(b, "reader"), as(b, "committee")
	undo := DoneSaving("", record.Record{}, m)
	for what, err := range map[string]error{
		"save":   draftMeeting(reader, "乙"),
		"delete": reader.Delete("meeting", m.ID),
		"undo":   func() error { _, err := reader.Undo(undo); return err }(),
		"final":  func() error { _, _, err := reader.Finalise(m.ID); return err }(),
	} {
		if record.CodeOf(err) != "ROLE_FORBIDDEN" || record.SayOf(err) == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := draftMeeting(committee, "乙"); err != nil {
		t.Errorf("a committee member records a meeting: %v", err)
	}
	if _, _, err := committee.Save("branch", ProfileID, map[string]string{"short_name": "云栈"}); record.CodeOf(err) != "ROLE_FORBIDDEN" {
		t.Errorf("a committee member changes the profile: %v", err)
	}
}

func TestParametersAreTheDistrictsOnceJoined(t *testing.T) {
	b, _ := realBooks(t)
	set, err := b.SetParameter("lecture_times", "2", "", "街道〔2026〕1号")
	if err != nil {
		t.Fatal(err)
	}
	lectures := func() int { return branch.RulesOn(b, b.Today()).Int("lecture_times") }
	again, err := b.Undo(set)
	if err != nil || lectures() == 2 {
		t.Errorf("not taken back: %v, %d lectures", err, lectures())
	}
	if _, err = b.Undo(again); err != nil || lectures() != 2 {
		t.Errorf("not done again: %v, %d lectures", err, lectures())
	}
	joined := as(b, "secretary")
	if _, err := joined.SetParameter("lecture_times", "3", "", "自定"); record.CodeOf(err) != "RULESET_DISTRICT" {
		t.Errorf("%v", err)
	}
	a := rules.Amendment{ID: "PD-1", EffectiveFrom: "2026-11-01", Basis: "浦组〔2026〕3号", Values: map[string]string{"demand_days": "20"}}.Record()
	if _, err := b.Store.Apply(record.Edit{Kind: a.Kind, ID: a.ID, Set: a.Values}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range joined.Parameters(b.Today()) {
		switch {
		case !p.Fixed:
			t.Errorf("%s may be changed", p.Name)
		case p.Basis == "" || p.Since == "" || p.By == "":
			t.Errorf("%+v", p)
		case p.Name == "lecture_times" && (p.Value != "2" || p.By != rules.ByBranch || p.Since != "2026-11-20"),
			p.Name == "demand_days" && (p.Value != "20" || p.By != rules.ByDistrict || p.Basis != "浦组〔2026〕3号"):
			t.Errorf("%+v", p)
		}
		seen++
	}
	if seen < 25 {
		t.Errorf("%d parameters", seen)
	}
}
