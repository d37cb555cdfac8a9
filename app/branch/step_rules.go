package branch

import (
	"slices"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// poolRules returns what the rules say about a person after a change that they
// did not say before. Every step that is done after it is judged, so moving an
// early date cannot undermine a later step. n is the step being done, 0 for none.
func poolRules(before, after record.Record, n int, in record.Around) []record.Complaint {
	known := map[string]bool{}
	book := ruleBook(in)
	for _, f := range judged(before, before, 0, book, in) {
		known[f.key()] = true
	}
	var out []record.Complaint
	for _, f := range judged(before, after, n, book, in) {
		if !known[f.key()] || f.step == n {
			out = append(out, f.complaint(after.Values))
		}
	}
	return out
}

// stepFinding is a finding with the step it is about.
type stepFinding struct {
	Finding
	step int
}

func (f stepFinding) key() string { return itoa(f.step) + f.Rule + f.Path + f.Say }

// judged applies the rules of every done step, and of step n, each under the
// rule set of its own day.
func judged(before, after record.Record, n int, book func(record.Date) rules.Set, in record.Around) []stepFinding {
	var out []stepFinding
	for i := 1; i <= 25; i++ {
		set := book(in.Today())
		s, ok := set.Step(i)
		if !ok {
			continue
		}
		on := stepDate(after.Values, s)
		if i == 23 {
			on = later(on, dateIn(after.Values, "meeting3"))
		}
		if i != n && (on.IsZero() || !stepDone(after.Values, s)) {
			continue
		}
		if !on.IsZero() {
			set = book(on.First())
		}
		t := trial{before: before.Values, person: after, v: after.Values, step: s, set: set, in: in, on: on, own: true}
		for _, f := range t.judge() {
			out = append(out, stepFinding{f, i})
		}
	}
	return out
}

// poolCheck looks at dates only, so that old records can be entered: what is
// early by a rule that refuses must be mended, what is late is marked.
func poolCheck(r record.Record, in record.Around) []record.Complaint {
	out := idComplaints(r.Values)
	set := RulesOn(in, in.Today())
	for _, s := range set.Steps {
		on := stepDate(r.Values, s)
		if on.IsZero() {
			continue
		}
		out = append(out, future(r.Values, rules.Step{Fields: []string{s.Date}}, in.Today())...)
		t := trial{before: r.Values, person: r, v: r.Values, step: s, set: set, in: in, on: on}
		for _, rule := range set.Development {
			if !has(rule.Steps, s.N) || rule.Op != "from" && rule.Op != "until" || rule.Date != s.Date {
				continue
			}
			if f, ok := t.apply(rule); ok {
				c := f.complaint(r.Values)
				if rule.Op == "until" {
					c.Severity = record.Warn
				}
				out = append(out, c)
			}
		}
	}
	return append(append(out, bookletComplaints(r, in)...), poolFacts(r)...)
}

func poolFacts(r record.Record) []record.Complaint {
	var out []record.Complaint
	applied, decided := dateIn(r.Values, "applied"), dateIn(r.Values, "activist_decided")
	if !applied.IsZero() && !decided.IsZero() && decided.Before(applied) {
		out = append(out, block("activist_decided", "DATE_ORDER", "确定为积极分子早于申请（细则8），最早是 "+applied.String()+"。请核对这两个日期。"))
	}
	if n := len(r.Rows("contacts")); n > 2 {
		out = append(out, block("contacts", "DP07", "培养联系人是一至二名正式党员（细则9），现在是 "+itoa(n)+" 名。"))
	}
	if n := len(strings.FieldsFunc(r.Values["contact_names"], isNameSeparator)); n == 1 {
		out = append(out, warn("contact_names", "CONTACT_ONE", "培养联系人一般是两名（细则9），现在是 1 名。"))
	}
	if wrong := extensionWrong(r.Values); wrong != "" {
		out = append(out, block("extension_months", "DP36", "预备期只能延长一次，时间六个月到一年（细则32）。"+wrong))
	}
	return out
}

func isNameSeparator(r rune) bool { return slices.Contains([]rune("、，,；;/ 　\n"), r) }

// poolAllow refuses a change by form that the steps would refuse, and keeps
// people who have become members.
func poolAllow(before, after record.Record, in record.Around) []record.Complaint {
	if before.ID == "" {
		return nil // entering what happened before; poolCheck looks at the dates
	}
	if after.Deleted() && before.Values["member"] != "" {
		return []record.Complaint{block("", "POOL_MEMBER", "这个人已经接收为党员，发展档案不能删除（细则37：材料归档）。资料都留着。")}
	}
	return poolRules(before, after, 0, in)
}
