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
	What string // 走访, 排摸, 诉求, 服务, 党员, 示范岗
	Text string
}

// Timeline returns everything the books know about an entity, newest first:
// visits, surveys, demands, services, members at work there, posts and projects
// (一主体一档).
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
	for _, linked := range []struct{ kind, path, date, what, text string }{
		{"demand", "entity", "raised_at", "诉求", "title"}, {"service", "entity", "date", "服务", "title"}, {"liaison", "entity", "from", "共建", "name"}, {"member", "station", "in_date", "党员", "name"}} {
		for _, r := range in.All(linked.kind) {
			if r.Values[linked.path] == dossier.ID {
				add(dateIn(r.Values, linked.date), linked.kind, r.ID, linked.what, r.Values[linked.text])
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
