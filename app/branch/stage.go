package branch

import (
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Phase is one of the five stages (1 申请入党 … 5 预备期教育考察) by what has been
// decided so far; 0 for somebody who has left the pool or is a full member.
func Phase(person record.Record) int {
	v := person.Values
	switch opened := through(v); {
	case v["exit"] != "" && v["exit"] != NotPassed || v["archived"] != "" || opened == 25:
		return 0
	case v["approved1"] != "" || v["transferred_in"] != "" || opened >= 17:
		return 5
	case v["committee_review"] != "" || opened >= 12:
		return 4
	case v["target_decided"] != "" || opened >= 7:
		return 3
	case v["activist_decided"] != "" || opened >= 3:
		return 2
	}
	return 1
}

// PhaseName returns the name of a stage 1–5.
func PhaseName(n int) string {
	if n < 1 || n > 5 {
		return ""
	}
	return [...]string{"申请入党", "入党积极分子", "发展对象", "预备党员接收", "预备期教育考察"}[n-1]
}

// StateOf computes where a person stands from the dates alone: state is never
// typed, so no order of events can make an impossible one.
func StateOf(v record.Values) string {
	if exit := v["exit"]; exit != "" && exit != NotPassed {
		return exit
	}
	if outcome(v) == "CANCEL" {
		return Cancelled
	}
	for _, s := range milestones() {
		switch {
		case s.state == v["opening"], s.state == OnProbation && v["transferred_in"] != "":
			return s.state
		case v[s.field] == "" || s.field == "meeting2" && outcome(v) == "EXTEND":
		default:
			return s.state
		}
	}
	return Applicant
}

// milestone is a state and what tells that a person has reached it: the date, and
// the step that brought them there.
type milestone struct {
	field, state string
	step         int
}

// milestones lists the states from the last to the first.
func milestones() []milestone {
	return []milestone{{"approved2", FullMember, 25}, {"meeting2", ConversionPending, 23}, {"approved1", OnProbation, 17}, {"meeting1", AdmittedPending, 15},
		{"target_decided", Target, 7}, {"activist_decided", Activist, 3}}
}

// through returns the last step that lay behind a person whose ledger was taken
// over from elsewhere; 0 for everybody else.
func through(v record.Values) int {
	for _, s := range milestones() {
		if s.state == v["opening"] {
			return s.step
		}
	}
	return 0
}

// poolOpen keeps the stage in which an old ledger leaves a person, and since when
// a full member is one. A side exit is kept as such.
func poolOpen(told record.Values) record.Values {
	stage := told["stage"]
	switch {
	case stage == "" || stage == Applicant:
		return nil
	case exits().Format(stage) != stage:
		return record.Values{"exit": stage}
	case stage == FullMember:
		return record.Values{"opening": stage, "effective_full_date": told["effective_full_date"]}
	}
	return record.Values{"opening": stage}
}

// outcome returns what the latest meeting about conversion decided.
func outcome(v record.Values) string {
	if v["meeting3"] != "" && v["meeting3_result"] != "" {
		return v["meeting3_result"]
	}
	return v["meeting2_result"]
}

// computed returns the values that follow from the dates: state, end of
// probation (meeting date + 12 months), end of the extension, and the date of
// full membership, which depends on neither meeting nor approval (细则32、34;
// domain.md §1.3).
func computed(v record.Values) record.Values {
	end := dateIn(v, "meeting1").AddMonths(12)
	if v["meeting1"] == "" && v["transferred_in"] != "" {
		end = dateIn(v, "probation_end") // as the sending branch wrote it
	}
	var extended record.Date
	if months := record.Int(v["extension_months"]); months > 0 && v["meeting2_result"] == "EXTEND" {
		extended = end.AddMonths(months)
	}
	full := record.Date{}
	if result := outcome(v); result == "ON_TIME" {
		full = end
		if !extended.IsZero() {
			full = extended
		}
	} else if v["opening"] == FullMember {
		full = dateIn(v, "effective_full_date") // as the old ledger wrote it
	}
	return record.Values{"stage": StateOf(v), "probation_end": end.String(), "extension_end": extended.String(), "effective_full_date": full.String()}
}

// base returns the date a rule counts from: a field, or one of the dates that
// follow from several.
func base(v record.Values, name string) record.Date {
	switch name {
	case "activist_start":
		return activistStart(v)
	case "probation_end":
		return record.ReadDate(computed(v)["probation_end"])
	case "extension_end":
		return record.ReadDate(computed(v)["extension_end"])
	case "conversion_base":
		c := computed(v)
		return later(dateIn(v, "conv_applied"), later(record.ReadDate(c["probation_end"]), record.ReadDate(c["extension_end"])))
	case "conversion_meeting":
		return later(dateIn(v, "meeting2"), dateIn(v, "meeting3"))
	}
	return dateIn(v, name)
}

// activistStart is the day cultivation counts from: the decision, less the days
// of cultivation in the previous unit (细则12).
func activistStart(v record.Values) record.Date {
	start := dateIn(v, "activist_decided")
	from, to := dateIn(v, "cultivation_credit_from"), dateIn(v, "cultivation_credit_to")
	if start.IsZero() || from.IsZero() || to.IsZero() || !from.Exact() || !to.Exact() {
		return start
	}
	if days := from.DaysUntil(to); days > 0 {
		return start.AddDays(-days)
	}
	return start
}

func later(a, b record.Date) record.Date {
	if a.IsZero() || !b.IsZero() && a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b record.Date) record.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// stepDate returns when a step was done, zero when it is not dated.
func stepDate(v record.Values, s rules.Step) record.Date {
	switch s.N {
	case 5, 9:
		table := map[int]string{5: "contacts", 9: "introducers"}[s.N]
		var first record.Date
		for _, row := range v.Rows(table) {
			if d := record.ReadDate(row.Values["from"]); first.IsZero() || !d.IsZero() && d.Before(first) {
				first = d
			}
		}
		return first
	case 6, 21:
		var last record.Date
		for _, row := range signed(v, s.N == 21) {
			last = later(last, record.ReadDate(row.Values["signed"]))
		}
		return last
	}
	return dateIn(v, s.Date)
}

// signed returns the signed half-year observations of the time as activist or,
// when probation is set, of the probation.
func signed(v record.Values, probation bool) []record.Row {
	meeting := dateIn(v, "meeting1")
	var out []record.Row
	for _, row := range v.Rows("observations") {
		from := record.ReadDate(row.Values["period_from"])
		during := !meeting.IsZero() && !from.IsZero() && !from.Before(meeting)
		if row.Values["signed"] != "" && during == probation {
			out = append(out, row)
		}
	}
	return out
}

// stepDone reports whether a step is done (decisions.md 3).
func stepDone(v record.Values, s rules.Step) bool {
	if s.N <= through(v) {
		return true
	}
	switch s.N {
	case 5:
		return len(v.Rows("contacts")) > 0
	case 6, 21:
		return len(signed(v, s.N == 21)) >= 2
	case 9:
		return len(v.Rows("introducers")) >= 2
	case 10:
		return v["polrev_concluded"] != "" && v["polrev_result"] == "QUALIFIED"
	case 23:
		return v["meeting2"] != "" && outcome(v) != "EXTEND" && outcome(v) != ""
	}
	for _, name := range s.Done {
		if v[name] == "" {
			return false
		}
	}
	return true
}

// TargetDay returns the field that holds the official date of becoming a
// development target: the filing, or the committee's decision where the district
// says so (parameter target_date).
func TargetDay(set rules.Set) string {
	if set.Text("target_date") == "DECIDED" {
		return "target_decided"
	}
	return "target_filed"
}

// PrintedEnd returns the last day of a probation as the district prints it: the
// same day next year, or the day before (parameter probation_end_print).
func PrintedEnd(end record.Date, set rules.Set) record.Date {
	if set.Text("probation_end_print") == "DAY_BEFORE" && end.Exact() {
		return end.AddDays(-1)
	}
	return end
}
