package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// AmendmentKind is the kind of the records by which a district amends the
// shipped rule set. They come down in channel "codes", signed by the district,
// and lie in the laptop's store like any other record: the id is the version's,
// "effective_from" its first day, "basis" the document it rests on, and
// "param/NAME/value" the value of the parameter NAME.
const AmendmentKind = "ruleset"

// The paths of such a record.
const (
	fieldFrom   = "effective_from"
	fieldBasis  = "basis"
	tableParam  = "param"
	columnValue = "value"
)

// Amendment is one version of the parameters that a district sets, or a branch
// that has none. What it does not name stays as it was on the day before.
type Amendment struct {
	ID            string            `json:"ruleset_id"`
	EffectiveFrom string            `json:"effective_from"` // civil date
	Basis         string            `json:"basis"`
	Values        map[string]string `json:"values"` // by name of the parameter
	By            string            `json:"-"`      // who set it
}

// Who sets parameters.
const (
	ByProgram  = "程序自带"
	ByDistrict = "区里"
	ByBranch   = "本支部"
)

// ReadAmendment reads a record of AmendmentKind.
func ReadAmendment(r record.Record) Amendment {
	a := Amendment{ID: r.ID, EffectiveFrom: r.Values[fieldFrom], Basis: r.Values[fieldBasis], Values: map[string]string{}, By: ByDistrict}
	for path, value := range r.Values {
		if table, name, column := record.SplitPath(path); table == tableParam && column == columnValue && value != "" {
			a.Values[name] = value
		}
	}
	return a
}

// Record returns what ReadAmendment reads.
func (a Amendment) Record() record.Record {
	v := record.Values{fieldFrom: a.EffectiveFrom, fieldBasis: a.Basis}
	for name, value := range a.Values {
		v[record.Path(tableParam, name, columnValue)] = value
	}
	return record.Record{Kind: AmendmentKind, ID: a.ID, Values: v}
}

// Amend returns sets with the amendments among them, each laid over what was in
// force when it began.
func Amend(sets []Set, with []Amendment) []Set {
	out := slices.Clone(sets)
	with = slices.SortedStableFunc(slices.Values(with), func(a, b Amendment) int {
		return record.ReadDate(a.EffectiveFrom).Compare(record.ReadDate(b.EffectiveFrom))
	})
	for _, a := range with {
		set := At(out, record.ReadDate(a.EffectiveFrom)).With(a.Values)
		set.ID, set.EffectiveFrom = a.ID, a.EffectiveFrom
		for i, p := range set.Params {
			if _, named := a.Values[p.Name]; named {
				set.Params[i].Basis, set.Params[i].Since, set.Params[i].By = a.Basis, a.EffectiveFrom, a.By
			}
		}
		out = append(out, set)
		sortSets(out)
	}
	return out
}

var amendmentID = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$`)

// Check refuses an amendment that is not whole, names what a district may not
// set, or begins on the day of another. One with the id of another corrects it.
func (a Amendment) Check(sets []Set, others []Amendment) error {
	from := record.ReadDate(a.EffectiveFrom)
	switch {
	case !amendmentID.MatchString(a.ID) || slices.ContainsFunc(sets, func(s Set) bool { return s.ID == a.ID }):
		return record.Refuse("RULESET_ID", "规则版本号只能用字母、数字、点和短横线，也不能和程序自带的相同。没有改，现用规则不变。")
	case !from.Exact() || len(sets) > 0 && from.Before(record.ReadDate(sets[0].EffectiveFrom)):
		return record.Refuse("RULESET_DATE", "起用日期要写明年月日，并且不早于程序自带的规则。没有改，现用规则不变。")
	case strings.TrimSpace(a.Basis) == "":
		return record.Refuse("RULESET_BASIS", "请写明依据（文件名和文号）。没有改，现用规则不变。")
	case len(a.Values) == 0:
		return record.Refuse("RULESET_EMPTY", "没有写要改哪个参数。没有改，现用规则不变。")
	}
	for _, other := range others {
		if other.ID != a.ID && record.ReadDate(other.EffectiveFrom) == from {
			return record.Refuse("RULESET_DAY", fmt.Sprintf("%s 起用的已有一版（%s）。请换起用日期，或用同一个版本号更正它；现用规则不变。", from, other.ID))
		}
	}
	set := At(sets, from)
	for _, name := range slices.Sorted(maps.Keys(a.Values)) {
		if err := set.mayBe(name, a.Values[name]); err != nil {
			return err
		}
	}
	return nil
}

// mayBe refuses a value a parameter cannot have: a number where it is a number,
// else one of its presets.
func (s Set) mayBe(name, value string) error {
	i := slices.IndexFunc(s.Params, func(p Param) bool { return p.Name == name })
	if i < 0 || !s.Params[i].Settable() {
		return record.Refuse("RULESET_PARAM", "没有“"+name+"”这个可由地方规定的参数。请核对参数名；没有改，现用规则不变。")
	}
	p := s.Params[i]
	if !p.Listed() {
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > mostParam {
			return record.Refuse("RULESET_VALUE", fmt.Sprintf("“%s”要写 0 到 %d 的整数。没有改，现用规则不变。", p.Label, mostParam))
		}
		return nil
	}
	if !slices.ContainsFunc(p.Presets, func(preset string) bool { word, _, _ := strings.Cut(preset, " "); return word == value }) {
		return record.Refuse("RULESET_VALUE", fmt.Sprintf("“%s”只能是：%s。没有改，现用规则不变。", p.Label, strings.Join(p.Presets, "、")))
	}
	return nil
}

// mostParam is above every number a parameter has: days, months, yuan, percent.
const mostParam = 10_000
