// Package figures is what the district must know of the registers: the data its
// gate decides by, and the figures it counts. It is the only package under sync
// that knows the domain.
package figures

import (
	"zhibu/app/branch"
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

// Roles returns the kinds that each role may write (decisions.md 20). A
// committee member keeps every book but the branch's own profile and the dues.
func Roles() map[string][]string {
	committee := []string{record.ConflictKind}
	for _, k := range branch.Catalog() {
		if k.Name != "branch" && k.Name != "dues" {
			committee = append(committee, k.Name)
		}
	}
	return map[string][]string{"secretary": {"*"}, "committee": committee, "reader": nil}
}
