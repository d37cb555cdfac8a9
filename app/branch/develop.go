package branch

import (
	"fmt"
	"strings"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Finding is what one rule says about a step.
type Finding struct {
	Rule     string      // e.g. "DP11"; "STEP" for the order of the 25 steps
	Severity string      // rules.Block, Override, Warn or Due
	Say      string      // one sentence with the article and, where there is one, the date
	Path     string      // field it is about
	Earliest record.Date // first day the rule allows, for rules about time
	Limit    record.Date // last day the rule allows
	LateDays int         // by how much a limit was missed
}

// complaint turns a finding into what a form shows. An override that is written
// down lets through what it is about.
func (f Finding) complaint(v record.Values) record.Complaint {
	c := record.Complaint{Path: f.Path, Code: f.Rule, Say: f.Say, Severity: record.Warn}
	if f.Severity == rules.Block || f.Severity == rules.Override && !overridden(v, f.Rule) {
		c.Severity = record.Block
	}
	return c
}

// overridden reports whether reason and superior's document are kept for a rule.
func overridden(v record.Values, rule string) bool {
	if rule == "DP28" && v["approved1_reason_over3m"] != "" && v["approved1_doc"] != "" {
		return true
	}
	for _, row := range v.Rows("override") {
		if strings.EqualFold(row.Values["rule"], rule) && row.Values["reason"] != "" && row.Values["doc_no"] != "" {
			return true
		}
	}
	return false
}

// trial is one step of one person under judgement.
type trial struct {
	before record.Values // as it stands
	person record.Record // as it would be after the step
	v      record.Values // the person's values
	step   rules.Step
	set    rules.Set
	in     record.Around
	on     record.Date // day the step is dated
	own    bool        // what the step itself records is known
}

// judge returns what every rule of the step says.
func (t trial) judge() []Finding {
	out := t.order()
	for _, r := range t.set.Development {
		if !has(r.Steps, t.step.N) || r.Own && !t.own {
			continue
		}
		if f, ok := t.apply(r); ok {
			out = append(out, f)
		}
	}
	return out
}

func has(list []int, n int) bool {
	for _, x := range list {
		if x == n {
			return true
		}
	}
	return false
}

// order refuses a step whose prerequisites are not done.
func (t trial) order() []Finding {
	var out []Finding
	for _, n := range t.step.After {
		before, ok := t.set.Step(n)
		if n <= 21 && t.v["transferred_in"] != "" {
			continue // done in the branch that sent the person (细则36)
		}
		if ok && !stepDone(t.v, before) {
			out = append(out, Finding{Rule: "STEP", Severity: rules.Block, Path: t.step.Date,
				Say: fmt.Sprintf("不能跳到第 %d 步“%s”：第 %d 步“%s”还没有完成（%s）。", t.step.N, t.step.Name, n, before.Name, before.Basis)})
		}
	}
	return out
}

// apply judges one rule by its operation.
func (t trial) apply(r rules.Rule) (Finding, bool) {
	switch r.Op {
	case "from":
		return t.from(r)
	case "until":
		return t.until(r)
	case "needs":
		for _, name := range r.Needs {
			if t.v[name] == "" {
				return t.finding(r, name, "还缺“"+t.label(name)+"”。"), true
			}
		}
		return Finding{}, false
	}
	return t.check(r)
}

// bound returns base + months + days of a time rule.
func (t trial) bound(r rules.Rule) (first, last record.Date) {
	b := base(t.v, r.Base)
	if r.Base == "extended_to" { // an extension made by this very step does not bind it
		b = base(t.before, "extension_end")
	}
	if b.IsZero() {
		return b, b
	}
	months := r.Months
	if r.MonthsParam != "" {
		months = t.set.Int(r.MonthsParam)
	}
	return b.First().AddMonths(months).AddDays(r.Days), b.Last().AddMonths(months).AddDays(r.Days)
}

// from judges date ≥ bound. A date that is known only roughly refuses when every
// day of it is too early, and warns when some are (decisions.md 5).
func (t trial) from(r rules.Rule) (Finding, bool) {
	first, last := t.bound(r)
	if first.IsZero() || t.on.IsZero() {
		return Finding{}, false
	}
	if t.on.Last().Before(first) {
		f := t.finding(r, r.Date, "最早是 "+first.String()+"。")
		f.Earliest = first
		return f, true
	}
	if t.on.First().Before(last) {
		f := t.finding(r, r.Date, "具体日期不详，最早应是 "+last.String()+"。")
		f.Severity = rules.Warn
		return f, true
	}
	return Finding{}, false
}

// until judges date ≤ bound.
func (t trial) until(r rules.Rule) (Finding, bool) {
	first, last := t.bound(r)
	if first.IsZero() || t.on.IsZero() {
		return Finding{}, false
	}
	if t.on.First().After(last) {
		f := t.finding(r, r.Date, fmt.Sprintf("最晚是 %s，迟了 %d 天。", last, last.DaysUntil(t.on)))
		f.Limit, f.LateDays = last, last.DaysUntil(t.on)
		return f, true
	}
	if t.on.Last().After(first) {
		f := t.finding(r, r.Date, "具体日期不详，最晚应是 "+first.String()+"。")
		f.Severity = rules.Warn
		return f, true
	}
	return Finding{}, false
}

// finding words what a rule says: the rule, the article, then the remedy.
func (t trial) finding(r rules.Rule, path, remedy string) Finding {
	say := r.Say + "（" + r.Basis + "）。" + remedy
	if r.Severity == rules.Override {
		say += "确有特殊情况的，写明理由和上级文号。"
	}
	if path == "" {
		path, _, _ = strings.Cut(t.step.Date, "/")
	}
	return Finding{Rule: r.ID, Severity: r.Severity, Say: say, Path: path}
}

func (t trial) label(name string) string {
	if f, ok := poolKindField(name); ok {
		return f.Label
	}
	return name
}

// poolKindField returns the field of the pool at path.
func poolKindField(path string) (record.Field, bool) {
	return record.Kind{Fields: poolFields()}.Field(path)
}
