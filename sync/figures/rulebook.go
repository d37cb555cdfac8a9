package figures

import (
	"bytes"
	"encoding/json"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Rulebook is the part of the rules that a district may amend: the parameters
// tagged LOCAL or DESIGN in the shipped sets, and the open code lists.
type Rulebook struct{ Today func() record.Date }

// Kinds are the kinds of record that carry versions and code lists.
func (Rulebook) Kinds() []string { return []string{rules.AmendmentKind, branch.CodeListKind} }

// CodeList is what a district adds to one code list.
type CodeList struct {
	List  string   `json:"code_list"` // e.g. "demand.category"
	Names []string `json:"names"`
}

// Draft reads a version (rules.Amendment as JSON) or a CodeList and returns its record.
// An unknown name is a slip, not an extension.
func (Rulebook) Draft(body []byte, published []record.Record) (record.Record, error) {
	var in struct {
		rules.Amendment
		CodeList
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return record.Record{}, record.Wrap(err, "BODY_MALFORMED", "发来的规则看不懂。没有发布，现用规则不变。")
	}
	if in.List != "" {
		return branch.CodeList(in.List, in.Names)
	}
	if err := in.Check(rules.Shipped(), amendments(published)); err != nil {
		return record.Record{}, err
	}
	return in.Record(), nil
}

// Rules is what a clerk sees: the parameters as they are in force today, and the
// versions and code lists published, the oldest first.
type Rules struct {
	InForce  string            `json:"in_force"` // id of the set
	Params   []rules.Param     `json:"params"`
	Versions []rules.Amendment `json:"versions"`
	Lists    []CodeList        `json:"code_lists"`
}

// Show returns Rules.
func (b Rulebook) Show(published []record.Record) any {
	versions := amendments(published)
	set := rules.At(rules.Amend(rules.Shipped(), versions), b.Today())
	out := Rules{InForce: set.ID, Versions: versions, Lists: []CodeList{}}
	for _, p := range set.Params {
		if p.Settable() {
			out.Params = append(out.Params, p)
		}
	}
	for _, r := range published {
		if names := branch.Codes(r); len(names) > 0 {
			out.Lists = append(out.Lists, CodeList{r.ID, names})
		}
	}
	return out
}

func amendments(published []record.Record) []rules.Amendment {
	out := []rules.Amendment{}
	for _, r := range published {
		if r.Kind == rules.AmendmentKind {
			out = append(out, rules.ReadAmendment(r))
		}
	}
	return out
}
