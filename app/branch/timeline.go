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
	add := func(on record.Date, kind, id, what, text string) {
		out = append(out, Happening{on, kind, id, what, text})
	}
	for _, row := range dossier.Rows("visit") {
		add(record.ReadDate(row.Values["date"]), "dossier", dossier.ID, "走访", row.Values["content"])
	}
	for _, row := range dossier.Rows("survey") {
		add(record.ReadDate(row.Values["date"]), "dossier", dossier.ID, "排摸", row.Values["result"])
	}
	for _, k := range Catalog() {
		for _, f := range k.Fields {
			if to, ok := f.Type.(record.Ref); ok && to.Kind == dossier.Kind {
				for _, r := range in.All(k.Name) {
					if r.Values[f.Name] == dossier.ID {
						add(firstDate(k, r), k.Name, r.ID, k.Label, r.Values[k.Title])
					}
				}
			}
		}
	}
	name := dossier.Values["name"]
	for _, kind := range []string{"post", "zone"} {
		for _, r := range in.All(kind) {
			if name != "" && r.Values["unit"] == name && r.Values["status"] != PostRemoved {
				add(dateIn(r.Values, "hung_on"), kind, r.ID, "示范岗", r.Values["name"])
			}
		}
	}
	for _, r := range in.All("member") {
		if name != "" && r.Values["employer"] == name && InRoster(r, in.Today()) {
			add(dateIn(r.Values, "in_date"), "member", r.ID, "党员", r.Values["name"])
		}
	}
	slices.SortFunc(out, func(a, b Happening) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Text, b.Text))
	})
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
