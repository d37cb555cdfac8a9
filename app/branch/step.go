package branch

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Blocker is one rule in the way of a step, as the command stage reports it.
type Blocker struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Say      string `json:"say"`
}

// StepState is one of the 25 steps of one person.
type StepState struct {
	N            int         `json:"n"`
	Name         string      `json:"name"`
	Brief        string      `json:"-"` // its name where there is little room
	Done         bool        `json:"done"`
	Date         record.Date `json:"-"` // when it was done
	PossibleFrom record.Date `json:"-"` // first day the time rules allow it, zero when unknown or never
	Deadline     record.Date `json:"-"` // by when it should be done, zero without one
	Blocked      []Blocker   `json:"blocked"`
	Materials    []Paper     `json:"-"` // what the step must have on paper
}

// Paper is one entry of a step's checklist.
type Paper struct {
	Name string
	Have bool
	Note string
}

// Stage returns the 25 steps of a person as seen on a day: done or not, when it
// becomes possible, by when it should be done, and what is in the way.
func Stage(person record.Record, in record.Around, on record.Date) []StepState {
	set := RulesOn(in, on)
	out := make([]StepState, 0, len(set.Steps))
	papers := papersOf(person)
	gone := leftPool(person.Values)
	for _, s := range set.Steps {
		state := StepState{N: s.N, Name: s.Name, Brief: cmp.Or(s.Brief, s.Name), Done: stepDone(person.Values, s), Date: stepDate(person.Values, s), Blocked: []Blocker{}, Materials: papers(s)}
		switch {
		case state.Done:
		case gone != nil:
			state.Blocked = []Blocker{{gone.Code, rules.Block, gone.Say}}
		default:
			state.PossibleFrom = possibleFrom(person, s, set, in)
			state.Deadline = Deadline(person, s)
			state.Blocked = blockers(person, s, set, in, on)
		}
		out = append(out, state)
	}
	return out
}

// blockers judges a step that is to be done on a day, leaving out what only the
// step itself will record. While an earlier step is open, what that step would
// bring is not listed once more; only the dates are.
func blockers(person record.Record, s rules.Step, set rules.Set, in record.Around, on record.Date) []Blocker {
	out := []Blocker{}
	t := trial{before: person.Values, person: person, v: person.Values, step: s, set: set, in: in, on: on}
	findings := t.judge()
	waiting := slices.ContainsFunc(findings, func(f Finding) bool { return f.Rule == "STEP" })
	for _, f := range findings {
		dated := !f.Earliest.IsZero() || !f.Limit.IsZero()
		switch {
		case typedHere(set, s, f):
		case waiting && f.Rule != "STEP" && !dated:
		case f.Severity == rules.Override && overridden(person.Values, f.Rule):
		default:
			out = append(out, Blocker{f.Rule, f.Severity, f.Say})
		}
	}
	return out
}

// typedHere reports whether a finding asks for a field that the step itself
// fills in, such as the opinions of step 7: it is a thing to type, not in the way.
func typedHere(set rules.Set, s rules.Step, f Finding) bool {
	if !slices.Contains(s.Fields, f.Path) {
		return false
	}
	if f.Path == "contacts" || f.Path == "introducers" {
		return true
	}
	return slices.ContainsFunc(set.Development, func(r rules.Rule) bool {
		return r.ID == f.Rule && r.Op == "needs" && has(r.Steps, s.N) && slices.Contains(r.Needs, f.Path)
	})
}

// possibleFrom returns the first day on which the refusing time rules of a step
// accept it. A step that no such rule binds is possible from the day of the
// steps it builds on, or from when a rule that only warns is content. Zero when a
// base is not known yet or the last day lies before it.
func possibleFrom(person record.Record, s rules.Step, set rules.Set, in record.Around) record.Date {
	t := trial{before: person.Values, person: person, v: person.Values, step: s, set: set, in: in}
	var from, until, advised record.Date
	for _, r := range set.Development {
		first, last := t.bound(r)
		switch {
		case !has(r.Steps, s.N):
		case r.Op == "from" && r.Severity != rules.Block:
			advised = later(advised, first)
		case r.Op == "until" && r.Severity == rules.Block:
			until = earlier(until, last)
		case r.Op == "from" && first.IsZero() && !optional(r.Base):
			return first
		case r.Op == "from":
			from = later(from, first)
		}
	}
	if from.IsZero() {
		from = t.built(advised)
	}
	if !from.IsZero() && until.Before(from) && !until.IsZero() {
		return record.Date{}
	}
	return from
}

// optional reports whether a rule is silent, rather than waiting, while the date
// it counts from is not known.
func optional(base string) bool { return base == "extended_to" || base == "birth" }

// built returns the day of the step before, or advised when that is later; zero
// while a step that it builds on is open.
func (t trial) built(advised record.Date) record.Date {
	if len(t.order()) > 0 {
		return record.Date{}
	}
	_, before := t.former()
	return later(advised, before.First())
}

// Deadline returns by when a step should be done: the date the branch set
// itself, else the rule's, else zero.
func Deadline(person record.Record, s rules.Step) record.Date {
	v := person.Values
	if own := record.ReadDate(v[record.Path("deadline", itoa(s.N), "due")]); !own.IsZero() {
		return own
	}
	if s.Deadline == nil {
		return record.Date{}
	}
	b := base(v, s.Deadline.Base)
	if b.IsZero() {
		return b
	}
	return b.Last().AddMonths(s.Deadline.Months).AddDays(s.Deadline.Days)
}

// papersOf returns a function that gives the checklist of a step.
func papersOf(person record.Record) func(rules.Step) []Paper {
	rows := person.Rows("material")
	return func(s rules.Step) []Paper {
		var out []Paper
		for _, name := range s.Materials {
			p := Paper{Name: name}
			for _, row := range rows {
				if row.Values["name"] == name && row.Values["step"] == itoa(s.N) {
					p.Have, p.Note = row.Values["have"] == Yes, row.Values["note"]
				}
			}
			out = append(out, p)
		}
		return out
	}
}

// Step does step n of a person with the given canonical values (path → value;
// the step's date is today when it is not among them). It returns the edits of
// the person and of the member record that follows, or the complaints that
// refuse it. Warnings come with the edits.
func Step(person record.Record, n int, values record.Values, in record.Around) ([]record.Edit, []record.Complaint) {
	s, ok := RulesOn(in, in.Today()).Step(n)
	if !ok {
		return nil, []record.Complaint{block("", "STEP_UNKNOWN", "发展党员只有第 1 步到第 25 步（细则）。")}
	}
	set := values.Clone()
	for path := range set {
		if name, _, _ := record.SplitPath(path); !slices.Contains(s.Fields, name) && !slices.Contains([]string{"override", "deadline", "material", "note"}, name) {
			return nil, []record.Complaint{block(path, "STEP_FIELD", fmt.Sprintf("第 %d 步“%s”不填这一项。", n, s.Name))}
		}
	}
	after := person
	after.Values = person.Values.Clone()
	maps.Copy(after.Values, set)
	if slices.Contains(s.Fields, s.Date) && s.Date != "observations" && after.Values[s.Date] == "" {
		set[s.Date] = in.Today().String()
		after.Values[s.Date] = set[s.Date]
	}
	if n == 15 && person.Values["exit"] == NotPassed { // discussed again
		set["exit"], set["exit_date"], set["exit_reason"] = "", "", ""
	}
	maps.Copy(set, computed(after.Values))
	maps.Copy(after.Values, set)
	complaints := stepComplaints(person, after, s, in)
	if record.Blocking(complaints) {
		return nil, complaints
	}
	edits := []record.Edit{{Kind: "pool", ID: person.ID, Set: set}}
	return append(edits, follow(person, after, &edits[0], in)...), complaints
}

// stepComplaints judges the person as they would be: the step itself, and every
// later step that what changed may shake.
func stepComplaints(before, after record.Record, s rules.Step, in record.Around) []record.Complaint {
	out := future(after.Values, s, in.Today())
	if gone := leftPool(before.Values); gone != nil {
		out = append(out, *gone)
	}
	if slices.Contains(s.Fields, "booklet_no") {
		out = append(out, bookletComplaints(after, in)...)
	}
	return append(out, poolRules(before, after, s.N, in)...)
}

// leftPool says that a person has left the pool, so that no step is open to them;
// nil while they are in it. Not passing a vote is no leaving: there may be another.
func leftPool(v record.Values) *record.Complaint {
	exit := v["exit"]
	if exit == "" || exit == NotPassed {
		return nil
	}
	said := block("exit", "POOL_EXIT", v["name"]+"已退出培养（"+exits().Format(exit)+"），不能再办。要继续培养，请先清空退出情形并写明原因。")
	return &said
}

// future refuses dates of a step that lie ahead; plans are kept in fields of
// their own.
func future(v record.Values, s rules.Step, today record.Date) []record.Complaint {
	var out []record.Complaint
	for _, path := range v.Paths() {
		name, _, column := record.SplitPath(path)
		if !slices.Contains(s.Fields, name) || name == "meeting1_expected" || column == "to" {
			continue
		}
		f, _ := poolKindField(path)
		if _, isDate := f.Type.(record.Day); isDate && record.ReadDate(v[path]).After(today) {
			d := record.ReadDate(v[path])
			out = append(out, block(path, "DATE_FUTURE", "日期 "+d.String()+" 还没有到（今天是 "+today.String()+"），最早到那天才能办。"))
		}
	}
	return out
}
