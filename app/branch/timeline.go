package branch

import (
	"cmp"
	"slices"

	"zhibu/storage/record"
)

// Happening is one line of a dossier's timeline.
type Happening struct {
	On   record.Date
	Kind string // kind of the record it comes from
	ID   string
	What string // 走访, 排摸, else the label of the register: 诉求, 服务, 党员
	Text string
}

// Timeline returns everything the books know about an entity, newest first:
// visits, surveys, whatever refers to it in any register, members at work there,
// posts and zones (一主体一档).
func Timeline(dossier record.Record, in record.Around) []Happening {
	var out []Happening
	for table, what := range map[string]string{"visit": "走访", "survey": "排摸"} {
		for _, row := range dossier.Rows(table) {
			out = append(out, Happening{record.ReadDate(row.Values["date"]), "dossier", dossier.ID, what, row.Values["content"] + row.Values["result"]})
		}
	}
	out = append(out, referring(dossier, in)...)
	if name := dossier.Values["name"]; name != "" {
		out = append(out, atWork(name, in)...)
	}
	slices.SortFunc(out, func(a, b Happening) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// referring returns whatever names the dossier in any register.
func referring(dossier record.Record, in record.Around) []Happening {
	var out []Happening
	for _, k := range Catalog() {
		for _, f := range k.Fields {
			if to, ok := f.Type.(record.Ref); !ok || to.Kind != dossier.Kind {
				continue
			}
			for _, r := range in.All(k.Name) {
				if r.Values[f.Name] == dossier.ID {
					out = append(out, Happening{firstDate(k, r), k.Name, r.ID, k.Label, r.Values[k.Title]})
				}
			}
		}
	}
	return out
}

// atWork returns the members, posts and zones of a unit by its name.
func atWork(name string, in record.Around) []Happening {
	var out []Happening
	for _, kind := range []string{"post", "zone"} {
		for _, r := range in.All(kind) {
			if r.Values["unit"] == name && r.Values["status"] != PostRemoved {
				out = append(out, Happening{dateIn(r.Values, "hung_on"), kind, r.ID, "示范岗", r.Values["name"]})
			}
		}
	}
	for _, r := range in.All("member") {
		if r.Values["employer"] == name && InRoster(r, in.Today()) {
			out = append(out, Happening{dateIn(r.Values, "in_date"), "member", r.ID, "党员", r.Values["name"]})
		}
	}
	return out
}

// firstDate returns the first date a record holds in the order of its form.
func firstDate(k record.Kind, r record.Record) record.Date {
	for _, f := range k.Fields {
		if _, isDate := f.Type.(record.Day); isDate && r.Values[f.Name] != "" && f.Name != "birth" {
			return dateIn(r.Values, f.Name)
		}
	}
	return record.Date{}
}
