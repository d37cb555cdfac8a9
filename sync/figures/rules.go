// Package figures is what the district must know of the registers: the data its
// gate decides by, and the figures it counts. It is the only package under sync
// that knows the domain.
package figures

import (
	"time"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
	"zhibu/sync/server"
)

// Gate returns what the district's gate decides by.
func Gate() server.Rules {
	return server.Rules{Guards: Guards(), Unique: Unique(), Serials: Serials(), Roles: Roles(), Owned: Owned()}
}

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

// Roles returns the kinds that each role of a laptop may write: a table of the
// newest rule set (decisions.md 20). The roles of clerks are for the district's
// own side; no laptop joins with one.
func Roles() map[string][]string {
	sets := rules.Shipped()
	out := map[string][]string{}
	for _, r := range sets[len(sets)-1].Roles {
		if r.ID != "district" && r.ID != "street" {
			out[r.ID] = r.Writes
		}
	}
	return out
}

// Owned returns what only the district writes, by kind.
func Owned() map[string][]string { return branch.Owned() }

// Arrive returns what a record's values become in the branch it was handed to.
func Arrive(kind, id string, values map[string]string, from, to string, at time.Time) map[string]string {
	return branch.Arrive(kind, id, values, from, to, record.DateOf(at))
}

// Parse turns what a clerk typed into a field of a register into its value: a
// date as people write it, a choice by its name.
func Parse(kind, path, typed string) (string, error) {
	k, ok := branch.KindOf(kind)
	if !ok {
		return "", record.Refuse("KIND_UNKNOWN", "没有“"+kind+"”这类台账。请核对名称；没有改动任何内容。")
	}
	field, ok := k.Field(path)
	if _, table := field.Type.(record.Rows); !ok || table {
		return "", record.Refuse("FIELD_UNKNOWN", "“"+k.Page+"”没有“"+path+"”这一项。请核对名称；没有改动任何内容。")
	}
	value, err := field.Parse(typed)
	if err != nil {
		return "", record.Wrap(err, record.CodeOf(err), "“"+field.Label+"”："+record.SayOf(err)+"请照表里的写法填。没有改动任何内容。")
	}
	return value, nil
}

// Show returns a value as people read it, and Parse takes it.
func Show(kind, path, value string) string {
	if f, ok := field(kind, path); ok {
		return f.Format(value)
	}
	return value
}

// Label names a field for people.
func Label(kind, path string) string {
	if f, ok := field(kind, path); ok {
		return f.Label
	}
	return path
}

func field(kind, path string) (record.Field, bool) {
	k, _ := branch.KindOf(kind)
	return k.Field(path)
}
