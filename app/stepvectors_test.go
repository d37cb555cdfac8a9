package main

import (
	"strings"
	"testing"
)

// cultivated are the values of a person up to the filing as a target, on the days
// of the vectors; a step's own values are typed by step.
var cultivated = []string{"name=石一诺", "birth=1995-03-15", "applied=2024-01-05", "talked=2024-01-20", "recommended=2024-03-01", "activist_decided=2024-06-15", "activist_filed=2024-07-01",
	"contacts/a/member=秦望舒", "contacts/a/from=2024-07-02"}

// opinions are what step 7 types besides its date.
var opinions = []string{"opinions_heard=2025-06-10", "opinion_group=同意", "opinion_contacts=同意", "opinion_members=同意", "opinion_masses=同意"}

// upTo are the further values of a person before step 12, 15 and 20.
var (
	observedTwice = []string{"observations/a/period_from=2024-06-15", "observations/a/period_to=2024-12-15", "observations/a/signed=2024-12-15",
		"observations/b/period_from=2024-12-15", "observations/b/period_to=2025-06-15", "observations/b/signed=2025-06-15"}
	filed    = []string{"target_decided=2025-06-15", "target_filed=2025-07-01", "introducers/a/member=秦望舒", "introducers/b/member=乔牧野", "polrev_concluded=2025-08-01", "polrev_result=合格"}
	trained  = []string{"training_from=2025-08-10", "training_to=2025-08-12", "training_hours=24", "committee_review=2025-11-01"}
	admitted = []string{"prereview_passed=2025-12-20", "booklet_no=沪202500000001", "booklet_filled=2025-12-25"}
)

// stepper types persons and does steps by commands.
type stepper struct {
	t    *testing.T
	data string
}

func (s stepper) person(pairs ...[]string) string {
	s.t.Helper()
	args := []string{"set", "pool"}
	for _, p := range pairs {
		args = append(args, p...)
	}
	var p recordJSON
	tell(s.t, &p, append(args, s.data)...)
	return p.ID
}

func (s stepper) step(id, n string, pairs ...string) answer {
	s.t.Helper()
	return ask(s.t, append(append([]string{"step", id, n}, pairs...), s.data)...)
}

// TestStepsOnDevelopmentVectors does the vectors that are about a step being done:
// those that the register's form alone cannot express.
func TestStepsOnDevelopmentVectors(t *testing.T) {
	s := stepper{t, laptop(t, "2026-12-31 09:00")}
	for _, name := range []string{"秦望舒", "乔牧野"} {
		tell(t, nil, "set", "member", "name="+name, "category=正式党员", "joined=2010-06-01", "converted=2011-06-01", s.data)
	}
	vectors := map[string]vector{}
	for _, v := range readVectors(t)["development"] {
		vectors[v.text("id")] = v
	}
	due := func(id string) string {
		var list []dueJSON
		tell(t, &list, "due", "--on", vectors["D9"].part("expect")["observations_due"].([]any)[0].(string), s.data)
		for _, d := range list {
			if d.Rule == "R02" && d.Record == id {
				return d.Date
			}
		}
		return ""
	}

	six := s.person(cultivated)
	if got := due(six); got != "2024-12-15" {
		t.Errorf("D9: the first observation is due %q", got)
	}
	if a := s.step(six, "7", append(opinions, "target_decided=2025-06-15")...); a.code != exitRefused || !strings.Contains(a.said, "细则11") {
		t.Errorf("D6 without observations: %d %s", a.code, a.said)
	}
	if a := s.step(six, "6", observedTwice...); a.code != exitDone {
		t.Errorf("D9: %s", a.said)
	}
	if a := s.step(six, "7", append(opinions, "target_decided=2025-06-15")...); a.code != exitDone {
		t.Errorf("D6: %s", a.said)
	}

	ten := s.person(cultivated, observedTwice, filed)
	if a := s.step(ten, "11", "training_from=2025-08-10", "training_to=2025-08-11", "training_hours=16"); a.code != exitRefused || !strings.Contains(a.said, "细则17") || !strings.Contains(a.said, "上级文号") {
		t.Errorf("D10: %d %s", a.code, a.said)
	}
	if a := s.step(ten, "11", "training_from=2025-08-10", "training_to=2025-08-11", "training_hours=24"); a.code != exitDone {
		t.Errorf("D11: %s", a.said)
	}
	if a := s.step(ten, "11", "training_hours=16", "override/+/rule=DP19", "override/+/reason=因病缺课，已补", "override/+/doc_no=青委〔2025〕9号"); a.code != exitDone {
		t.Errorf("D10 with a reason: %s", a.said)
	}

	leaving := s.person(cultivated, observedTwice, filed, trained, []string{"planned_leave_date=2025-08-31"})
	if a := s.step(leaving, "13", "prereview_passed=2025-11-10", "booklet_no=沪202500000007", "meeting1_expected=2025-06-18"); a.code != exitRefused || !strings.Contains(a.said, "2025-09-18") || !strings.Contains(a.said, "细则19") {
		t.Errorf("D25: %d %s", a.code, a.said)
	}

	s.lateVectors(vectors)
}

// lateVectors are the vectors from the branch meeting on.
func (s stepper) lateVectors(vectors map[string]vector) {
	t := s.t
	ballot := func(meeting string) []string {
		return []string{meeting + "_vote/v/entitled=2", meeting + "_vote/v/present=2", meeting + "_vote/v/for=2", meeting + "_vote/v/method=无记名投票"}
	}
	year := s.person(cultivated, observedTwice, filed, trained, admitted)
	if a := s.step(year, "15", append(ballot("meeting1"), "meeting1="+vectors["D28"].part("input").text("meeting1"))...); a.code != exitDone || !strings.Contains(a.said, "志愿书是 2025 年的") {
		t.Errorf("D28: %d %s", a.code, a.said)
	}

	late := s.person(cultivated, observedTwice, filed, trained, []string{"booklet_no=沪202500000002", "booklet_filled=2025-05-20", "prereview_passed=2025-05-20", "meeting1=2025-06-18", "superior_talk=2025-07-01",
		"approved1=2025-07-20", "conv_applied=2026-06-11", "meeting2=2026-06-20", "meeting2_result=按期转正", "approved2=2026-06-30"})
	if a := s.step(late, "20", "oath=2026-07-01"); a.code != exitDone || !strings.Contains(a.said, "细则30") || !strings.Contains(a.said, "2026-06-30") {
		t.Errorf("D26: %d %s", a.code, a.said)
	}

	for day, warned := range map[string]bool{"2026-12-18": false, "2026-12-19": true} {
		name := map[bool]string{false: "向晚晴", true: "沈亦舟"}[warned]
		tell(t, nil, "set", "member", "name="+name, "category=预备党员", "joined=2025-06-18", "in_date=2026-05-01", s.data)
		tell(t, nil, "act", "member", name, "ADOPT", "on=2026-05-01", s.data)
		if a := s.step(name, "22", "conv_applied=2026-06-11"); a.code != exitDone {
			t.Fatalf("D24: %s", a.said)
		}
		a := s.step(name, "23", append(ballot("meeting2"), "meeting2="+day, "meeting2_result=按期转正")...)
		if a.code != exitDone || strings.Contains(a.said, "细则36") != warned || warned && !strings.Contains(a.said, "2026-12-18") {
			t.Errorf("D24 on %s: %d %s", day, a.code, a.said)
		}
		if !strings.Contains(a.out, `"effective_full_date": "2026-06-18"`) {
			t.Errorf("D24: %s", a.out)
		}
	}
}
