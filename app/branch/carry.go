package branch

import (
	"maps"

	"zhibu/storage/record"
)

// carry returns what a meeting's results change in the other registers when it
// is finalised: steps of people in the pool, grades, the committee. Nothing is
// typed twice.
func carry(meeting record.Record, roll Roll, in record.Around) ([]record.Edit, []record.Complaint) {
	p := people{in: in, meeting: meeting, now: map[string]record.Record{}}
	for _, row := range meeting.Rows("vote") {
		p.vote(row, Judge(row, roll, RulesOn(in, dayOf(meeting.Values["start"])).Text("elect_base")), countOf(row, roll))
	}
	for _, row := range meeting.Rows("resolution") {
		p.resolution(row)
	}
	edits := merge(append(p.edits, gradeEdits(meeting, in)...))
	return append(edits, electionEdits(meeting, roll, in)...), p.complaints
}

// people collects the steps a meeting makes, each person seen as the steps
// before left them.
type people struct {
	in         record.Around
	meeting    record.Record
	now        map[string]record.Record
	edits      []record.Edit
	complaints []record.Complaint
}

func (p *people) person(id string) (record.Record, bool) {
	if r, ok := p.now[id]; ok {
		return r, true
	}
	return p.in.Get("pool", id)
}

// step does step n of a person and remembers what it made of them. Complaints
// are reported at path, the row of the meeting that they come from.
func (p *people) step(path, id string, n int, values record.Values) {
	person, ok := p.person(id)
	if !ok {
		return
	}
	edits, complaints := Step(person, n, values, p.in)
	for _, c := range complaints {
		c.Path, c.Say = path, person.Values["name"]+"："+c.Say
		p.complaints = append(p.complaints, c)
	}
	if len(edits) == 0 {
		return
	}
	person.Values = person.Values.Clone()
	maps.Copy(person.Values, edits[0].Set)
	p.now[id] = person
	p.edits = append(p.edits, edits...)
}

// vote carries one vote about a person.
func (p *people) vote(row record.Row, v Verdict, c Count) {
	id, about := row.Values["person"], row.Values["about"]
	person, ok := p.person(id)
	if !ok || !strictVote(about) {
		return
	}
	path := record.Path("vote", row.ID, "person")
	day := dayOf(p.meeting.Values["start"]).String()
	switch v.Outcome {
	case Passed:
	case Invalid: // nobody has decided anything yet: the step stays open
		p.complaints = append(p.complaints, warn(path, "VOTE_INVALID", person.Values["name"]+"："+v.Say+"本人的步骤没有变，要重新开会表决。"))
		return
	default:
		p.failed(path, person, about, day)
		return
	}
	if about == "ADMISSION" {
		values := p.ballot("meeting1", row, c)
		values["meeting1"], values["meeting1_record"] = day, p.meeting.ID
		p.step(path, id, 15, values)
		return
	}
	result := map[string]string{"CONVERSION": "ON_TIME", "EXTENSION": "EXTEND", "CANCEL": "CANCEL"}[about]
	values := p.ballot("meeting2", row, c)
	if person.Values["meeting2_result"] == "EXTEND" {
		values["meeting3"], values["meeting3_result"] = day, result
	} else {
		values["meeting2"], values["meeting2_record"], values["meeting2_result"] = day, p.meeting.ID, result
		if result == "EXTEND" {
			values["extension_months"] = row.Values["months"]
		}
	}
	p.step(path, id, 23, values)
}

// failed keeps that a vote did not carry: a person not admitted may be
// discussed again later; a conversion that failed asks for another decision.
func (p *people) failed(path string, person record.Record, about, day string) {
	if about == "ADMISSION" {
		p.edits = append(p.edits, record.Edit{Kind: "pool", ID: person.ID, Set: record.Values{
			"exit": NotPassed, "exit_date": day, "exit_reason": "支部大会表决未通过"}})
		return
	}
	p.complaints = append(p.complaints, warn(path, "CONVERSION_OPEN", person.Values["name"]+"：这一项没有通过，还要讨论延长预备期或取消资格（细则32）。"))
}

// ballot returns the vote as it is kept with the person.
func (p *people) ballot(meeting string, row record.Row, c Count) record.Values {
	out := record.Values{}
	for column, n := range map[string]int{"entitled": c.Entitled, "present": c.Present, "issued": c.Issued, "collected": c.Cast,
		"for": c.For, "against": c.Against, "abstain": c.Abstain, "invalid": c.Spoilt, "written": c.Written} {
		out[record.Path(meeting+"_vote", row.ID, column)] = itoa(n)
	}
	if method := row.Values["method"]; method != "" {
		out[record.Path(meeting+"_vote", row.ID, "method")] = method
	}
	return out
}

// resolution carries a decision about a step: the step is dated by the meeting.
func (p *people) resolution(row record.Row) {
	n := record.Int(row.Values["step"])
	s, ok := RulesOn(p.in, p.in.Today()).Step(n)
	if !ok || n == 15 || n == 23 { // these need a vote
		return
	}
	values := record.Values{}
	if f, known := poolKindField(s.Date); known {
		if _, isDate := f.Type.(record.Day); isDate {
			values[s.Date] = dayOf(p.meeting.Values["start"]).String()
		}
	}
	p.step(record.Path("resolution", row.ID, "person"), row.Values["person"], n, values)
}

// merge joins edits of the same record, so that one save makes one op of each.
func merge(edits []record.Edit) []record.Edit {
	var out []record.Edit
	at := map[string]int{}
	for _, e := range edits {
		key := e.Kind + "/" + e.ID
		if i, ok := at[key]; ok && e.ID != "" {
			maps.Copy(out[i].Set, e.Set)
			continue
		}
		at[key] = len(out)
		e.Set = e.Set.Clone()
		out = append(out, e)
	}
	return out
}
