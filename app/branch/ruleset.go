package branch

import (
	"fmt"
	"slices"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// RulesOn returns the rule set in force on a day: the shipped one with what the
// district, or a branch on its own, had set by then laid over it. What happened
// on a day is judged by the rules of that day, so a later change never rewrites
// it.
func RulesOn(in record.Around, on record.Date) rules.Set {
	return ruleBook(in)(on)
}

// ruleBook returns RulesOn with the versions read once, for work over many
// records.
func ruleBook(in record.Around) func(on record.Date) rules.Set {
	sets := rules.Amend(rules.Shipped(), amendments(in))
	if off, worked := holidays(in); len(off)+len(worked) > 0 {
		for i := range sets {
			sets[i].Calendar = sets[i].Calendar.With(off, worked)
		}
	}
	return versions(sets)
}

// holidays returns the days off and the weekend days worked that the branch wrote
// down itself, as the calendar of the rules holds them.
func holidays(in record.Around) (off, worked []string) {
	for _, row := range Profile(in).Rows("holiday") {
		span := row.Values["from"]
		if to := row.Values["to"]; to != "" {
			span += ".." + to
		}
		if row.Values["kind"] == "WORKED" {
			worked = append(worked, span)
		} else {
			off = append(off, span)
		}
	}
	return off, worked
}

// versions returns what finds the set of a day among sets.
func versions(sets []rules.Set) func(on record.Date) rules.Set {
	if len(sets) == 1 {
		return func(record.Date) rules.Set { return sets[0] }
	}
	return func(on record.Date) rules.Set { return rules.At(sets, on) }
}

// amendments returns what the branch and then what the district set: on the same
// day the district's word is the last.
func amendments(in record.Around) []rules.Amendment {
	var out []rules.Amendment
	for _, row := range Profile(in).Rows("param") {
		v := row.Values
		out = append(out, rules.Amendment{ID: ownVersion(v["from"]), EffectiveFrom: v["from"], Basis: v["basis"],
			Values: map[string]string{v["name"]: v["value"]}, By: rules.ByBranch})
	}
	for _, r := range in.All(rules.AmendmentKind) {
		out = append(out, rules.ReadAmendment(r))
	}
	return out
}

// ownVersion names the version that a branch made for a day.
func ownVersion(from string) string { return "LOCAL-" + from }

// Coming returns the values of a parameter that begin after a day, the nearest
// first.
func Coming(in record.Around, name string, after record.Date) []rules.Param {
	var out []rules.Param
	for _, set := range rules.Amend(rules.Shipped(), amendments(in)) {
		i := slices.IndexFunc(set.Params, func(p rules.Param) bool { return p.Name == name })
		if i >= 0 && record.ReadDate(set.EffectiveFrom).After(after) && set.Params[i].Since == set.EffectiveFrom {
			out = append(out, set.Params[i])
		}
	}
	return out
}

// SetParameter returns the edit by which a branch without a district gives a
// parameter a new value from a day on, with the reason; nothing that lies before
// that day is judged anew.
func SetParameter(name, value string, from record.Date, basis string, in record.Around) ([]record.Edit, []record.Complaint) {
	if !from.Exact() || from.Before(in.Today()) {
		return nil, []record.Complaint{block("param", "RULESET_PAST", "起用日期最早是今天（"+in.Today().String()+"）：以前的事按以前的规则，不重新算。现用规则不变。")}
	}
	a := rules.Amendment{ID: ownVersion(from.String()), EffectiveFrom: from.String(), Basis: basis, Values: map[string]string{name: value}}
	if err := a.Check(rules.Shipped(), nil); err != nil {
		return nil, []record.Complaint{block("param", record.CodeOf(err), record.SayOf(err))}
	}
	profile := Profile(in)
	row := derivedID(profile.ID, "param"+name+from.String())
	set := record.Values{record.Path("param", row, record.RankColumn): profile.Values.NextRank("param")}
	for column, text := range map[string]string{"name": name, "value": value, "from": from.String(), "basis": basis} {
		set[record.Path("param", row, column)] = text
	}
	return []record.Edit{{Kind: "branch", ID: profile.ID, Set: set, Why: basis}}, nil
}

// RoleName returns what a role of the rule set is called, the id of an unknown
// one.
func RoleName(set rules.Set, id string) string {
	for _, r := range set.Roles {
		if r.ID == id {
			return r.Name
		}
	}
	return id
}

// MayWrite reports whether a role may change records of a kind (decisions.md 20).
func MayWrite(set rules.Set, role, kind string) bool {
	for _, r := range set.Roles {
		if r.ID == role {
			return slices.Contains(r.Writes, "*") || slices.Contains(r.Writes, kind)
		}
	}
	return false
}

// stepChoice lists the 25 steps by number.
func stepChoice() record.Choice {
	var out record.Choice
	for _, s := range rules.At(rules.Shipped(), record.Date{Year: 2026, Month: 1, Day: 1}).Steps {
		out.Codes = append(out.Codes, record.Code{ID: fmt.Sprint(s.N), Label: fmt.Sprintf("%d %s", s.N, s.Name)})
	}
	return out
}
