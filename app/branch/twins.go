package branch

import (
	"maps"

	"zhibu/storage/record"
)

// Twins are two records that may be the same person: the same ID number in one
// branch (decisions.md 17).
type Twins struct {
	Kind string
	Keep string // the older record
	Drop string
}

// Unite makes one record of two: chosen says, by path, which values of the
// dropped record win; empty values of the kept one are filled. Whatever refers
// to the dropped record follows, in every register; it goes to the recycle bin.
// All edits share the batch, so the whole can be undone.
func Unite(t Twins, chosen map[string]bool, batch string, in record.Around) []record.Edit {
	keep, ok := in.Get(t.Kind, t.Keep)
	drop, found := in.Get(t.Kind, t.Drop)
	if !ok || !found {
		return nil
	}
	set := record.Values{}
	for path, value := range drop.Values {
		if value != "" && (keep.Values[path] == "" || chosen[path]) {
			set[path] = value
		}
	}
	edits := []record.Edit{{Kind: t.Kind, ID: t.Keep, Set: set, Batch: batch}, {Kind: t.Kind, ID: t.Drop, Set: record.Values{record.DeletedPath: "1"}, Batch: batch}}
	for _, k := range Catalog() {
		for _, r := range in.All(k.Name) {
			if k.Name == t.Kind && r.ID == t.Drop {
				continue
			}
			if moved := redirect(k, r.Values, t); len(moved) > 0 {
				edits = append(edits, record.Edit{Kind: k.Name, ID: r.ID, Set: moved, Batch: batch})
			}
		}
	}
	return merge(edits)
}

// redirect returns what makes the references of one record follow: values that
// name the dropped record, and rows keyed by it.
func redirect(k record.Kind, v record.Values, t Twins) record.Values {
	out := record.Values{}
	for path, value := range v {
		table, row, column := record.SplitPath(path)
		if row == t.Drop && keyedBy(k, table, t.Kind) {
			out[path] = ""
			if to := record.Path(table, t.Keep, column); v[to] == "" {
				out[to] = value
			}
			continue
		}
		if f, ok := k.Field(path); ok && value == t.Drop {
			if ref, isRef := f.Type.(record.Ref); isRef && ref.Kind == t.Kind {
				out[path] = t.Keep
			}
		}
	}
	return maps.Clone(out)
}

func keyedBy(k record.Kind, table, kind string) bool {
	f, _ := k.Field(table)
	rows, ok := f.Type.(record.Rows)
	return ok && rows.Key == kind
}
