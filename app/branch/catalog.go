// Package branch is the domain: what a party branch keeps (one Kind a register)
// and the rules it keeps it by. Rules are pure functions over records and
// record.Around; they return edits and complaints and change nothing. The
// articles they encode are named where they stand, in the short names of
// domain.md (细则, 支部条例, 选举条例 …).
package branch

import (
	"sync"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// catalog is built once; the slice and its kinds are shared and never changed.
var catalog = sync.OnceValue(func() []record.Kind {
	return []record.Kind{
		profileKind(),
		memberKind(),
		poolKind(),
		meetingKind(),
		postKind(),
		zoneKind(),
		duesKind(),
		trainingKind(),
		honourKind(),
		demandKind(),
		dossierKind(),
		liaisonKind(),
		serviceKind(),
		projectKind(),
	}
})

// Catalog returns every register in the order of the navigation. Adding a
// register means one new file and one line here. The result is shared: read only.
func Catalog() []record.Kind { return catalog() }

// KindOf returns the register called name, e.g. "member".
func KindOf(name string) (record.Kind, bool) {
	for _, k := range catalog() {
		if k.Name == name {
			return k, true
		}
	}
	return record.Kind{}, false
}

// Owned returns what only the district writes, by kind: where a person was
// transferred to and came from, and the kinds that come down to every branch.
func Owned() map[string][]string {
	moves := []string{"transferred_to", "transferred_from"}
	return map[string][]string{"member": moves, "pool": moves, rules.AmendmentKind: {"*"}, CodeListKind: {"*"}, NoticeKind: {"*"}}
}

// NoticeKind is the kind of what the district or a street tells every branch. It
// has no register of its own.
const NoticeKind = "notice"

// Guards returns which fields are never merged silently, by kind: the fields
// marked Guarded in the catalog. A finalised meeting takes changes of those who
// had not seen it only as proposals, its corrections excepted (decisions.md 16);
// an edit wins over a deletion that its writer had not seen.
func Guards() record.Guards {
	out := record.Guards{}
	for _, k := range catalog() {
		for _, f := range k.Fields {
			if f.Guarded {
				out[k.Name] = append(out[k.Name], f.Name)
			}
		}
		out[k.Name] = append(out[k.Name], "!"+record.DeletedPath)
	}
	out["meeting"] = append(out["meeting"], "!finalised_at", "+corrections")
	return out
}
