package branch

import (
	"fmt"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Ruled is what a record.Around may implement to bring rule sets that the
// district shipped, besides those of the program.
type Ruled interface {
	Rules() []rules.Set
}

// RulesOn returns the rule set in force on a day, with the parameters that the
// branch had set by then laid over it. What happened on a day is judged by the
// rules of that day, so a later change never rewrites it.
func RulesOn(in record.Around, on record.Date) rules.Set {
	return ruleBook(in)(on)
}

// ruleBook returns RulesOn with the branch's profile read once, for work over
// many records.
func ruleBook(in record.Around) func(on record.Date) rules.Set {
	sets := rules.Shipped()
	if more, ok := in.(Ruled); ok {
		sets = append(append([]rules.Set{}, sets...), more.Rules()...)
	}
	params := Profile(in).Rows("param")
	known := map[record.Date]rules.Set{}
	return func(on record.Date) rules.Set {
		if s, ok := known[on]; ok {
			return s
		}
		set := rules.At(sets, on)
		values, since := map[string]string{}, map[string]string{}
		for _, row := range params {
			name, from := row.Values["name"], row.Values["from"]
			if !record.ReadDate(from).After(on) && from >= since[name] {
				values[name], since[name] = row.Values["value"], from
			}
		}
		known[on] = set.With(values)
		return known[on]
	}
}

// stepChoice lists the 25 steps by number.
func stepChoice() record.Choice {
	var out record.Choice
	for _, s := range rules.At(rules.Shipped(), record.Date{Year: 2026, Month: 1, Day: 1}).Steps {
		out.Codes = append(out.Codes, record.Code{ID: fmt.Sprint(s.N), Label: fmt.Sprintf("%d %s", s.N, s.Name)})
	}
	return out
}
