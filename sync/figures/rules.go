// Package figures is what the district must know of the registers: the data its
// gate decides by, and the figures it counts. It is the only package under sync
// that knows the domain.
package figures

import (
	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Unique returns the fields that no two people of the district may share, by
// kind: those the catalog marks.
func Unique() map[string][]string {
	out := map[string][]string{}
	for _, k := range branch.Catalog() {
		for _, f := range k.Fields {
			if f.Unique {
				out[k.Name] = append(out[k.Name], f.Name)
			}
		}
	}
	return out
}

// Guards returns the guarded fields, by kind.
func Guards() record.Guards { return branch.Guards() }

// Serials returns the field that holds a number given out in the branch, by kind.
func Serials() map[string]string { return map[string]string{"meeting": "serial"} }

// Roles returns the kinds that each role may write: a table of the rule set
// (decisions.md 20).
func Roles() map[string][]string {
	out := map[string][]string{}
	for _, r := range rules.Shipped()[0].Roles {
		out[r.ID] = r.Writes
	}
	return out
}
