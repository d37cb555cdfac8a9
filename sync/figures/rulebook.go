package figures

import (
	"bytes"
	"encoding/json"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Rulebook is the part of the rules that a district may amend: the parameters
// tagged LOCAL or DESIGN in the shipped sets.
type Rulebook struct{ Today func() record.Date }

// Kind is the kind of record that carries a version.
func (Rulebook) Kind() string { return rules.AmendmentKind }

// Draft reads a version (rules.Amendment as JSON) and returns its record. An
// unknown name is a slip, not an extension.
func (Rulebook) Draft(body []byte, published []record.Record) (record.Record, error) {
	var a rules.Amendment
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&a); err != nil {
		return record.Record{}, record.Wrap(err, "BODY_MALFORMED", "发来的规则看不懂。没有发布，现用规则不变。")
	}
	if err := a.Check(rules.Shipped(), amendments(published)); err != nil {
		return record.Record{}, err
	}
	return a.Record(), nil
}

// Rules is what a clerk sees: the parameters as they are in force today, and the
// versions published, the oldest first.
type Rules struct {
	InForce  string            `json:"in_force"` // id of the set
	Params   []rules.Param     `json:"params"`
	Versions []rules.Amendment `json:"versions"`
}

// Show returns Rules.
func (b Rulebook) Show(published []record.Record) any {
	versions := amendments(published)
	set := rules.At(rules.Amend(rules.Shipped(), versions), b.Today())
	out := Rules{InForce: set.ID, Versions: versions}
	for _, p := range set.Params {
		if p.Settable() {
			out.Params = append(out.Params, p)
		}
	}
	return out
}

func amendments(published []record.Record) []rules.Amendment {
	out := []rules.Amendment{}
	for _, r := range published {
		out = append(out, rules.ReadAmendment(r))
	}
	return out
}
