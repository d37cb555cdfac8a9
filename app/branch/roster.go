package branch

import (
	"cmp"
	"slices"

	"zhibu/storage/record"
)

// InRoster reports whether a member belonged to the branch on a day: arrived by
// then, and not yet left. The day of leaving no longer counts. A member whose
// party membership was stopped then stays on the roster until struck.
func InRoster(m record.Record, on record.Date) bool {
	v := m.Values
	if m.Deleted() {
		return false
	}
	if arrivedOn(v).After(on) {
		return hasTable(m, "event/") && stayedBefore(m, on)
	}
	if out := dateIn(v, "out_date"); !out.IsZero() {
		return on.Before(out)
	}
	return v["status"] == StatusNormal || v["status"] == StatusSuspended || v["status"] == ""
}

// stayedBefore reports whether a member who came back later belonged to the
// branch on an earlier day: by the events kept, the next one after that day was
// leaving.
func stayedBefore(m record.Record, on record.Date) bool {
	var next record.Row
	for _, row := range m.Rows("event") {
		d := record.ReadDate(row.Values["date"])
		if kind := row.Values["kind"]; kind != "ARRIVED" && changes[kind].out == "" || !d.After(on) {
			continue
		}
		if next.ID == "" || d.Before(record.ReadDate(next.Values["date"])) {
			next = row
		}
	}
	return next.ID != "" && next.Values["kind"] != "ARRIVED" && !dateIn(m.Values, "joined").After(on)
}

// arrivedOn returns since when a member belongs to the branch; zero when that
// is not known, which counts as always.
func arrivedOn(v record.Values) record.Date {
	if in := dateIn(v, "in_date"); !in.IsZero() {
		return in
	}
	return dateIn(v, "joined")
}

// IsFull reports whether a member was a full member (正式党员) on a day.
func IsFull(m record.Record, on record.Date) bool {
	v := m.Values
	if v["category"] != Full {
		return false
	}
	converted := dateIn(v, "converted")
	return converted.IsZero() || !converted.After(on)
}

// HasVote reports whether a member could vote on a day: a full member, not
// under 留党察看, rights not suspended, membership not stopped (选举条例5,
// domain.md §1.5). Floating members vote at home.
func HasVote(m record.Record, on record.Date) bool {
	return InRoster(m, on) && IsFull(m, on) && !suspendedOn(m, on) && !punishedOn(m, on)
}

func suspendedOn(m record.Record, on record.Date) bool {
	if m.Values["status"] != StatusSuspended {
		return false
	}
	since := lastEvent(m, "SUSPENDED")
	return since.IsZero() || !on.Before(since)
}

func punishedOn(m record.Record, on record.Date) bool {
	if !hasTable(m, "discipline/") {
		return false
	}
	for _, row := range m.Rows("discipline") {
		if kind := row.Values["kind"]; kind != "WATCH" && kind != "DETAINED" {
			continue
		}
		from, until := record.ReadDate(row.Values["date"]), record.ReadDate(row.Values["until"])
		if !from.After(on) && (until.IsZero() || on.Before(until)) {
			return true
		}
	}
	return false
}

// hasTable tells cheaply whether a record has any cell of the tables, given as
// prefixes of their paths ("event/").
func hasTable(r record.Record, tables ...string) bool {
	for path := range r.Values {
		for _, table := range tables {
			if len(path) > len(table) && path[:len(table)] == table {
				return true
			}
		}
	}
	return false
}

// lastEvent returns the date of the newest event of a kind, zero if none.
func lastEvent(m record.Record, kind string) record.Date {
	var last record.Date
	if !hasTable(m, "event/") {
		return last
	}
	for _, row := range m.Rows("event") {
		if d := record.ReadDate(row.Values["date"]); row.Values["kind"] == kind && (last.IsZero() || d.After(last)) {
			last = d
		}
	}
	return last
}

// Roster returns the members of the branch on a day in pinyin order.
func Roster(in record.Around, on record.Date) []record.Record {
	var out []record.Record
	for _, m := range in.All("member") {
		if InRoster(m, on) {
			out = append(out, m)
		}
	}
	return byName(out)
}

// byName sorts records by the pinyin of their names, then by id.
func byName(list []record.Record) []record.Record {
	keys := make(map[string]string, len(list))
	for _, r := range list {
		keys[r.ID] = SortKey(r.Values["name"])
	}
	slices.SortFunc(list, func(a, b record.Record) int {
		return cmp.Or(cmp.Compare(keys[a.ID], keys[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// expectedAt returns who is expected at a meeting, by its kind and date:
// everybody on the roster, the committee, or one group (domain.md §2.2).
func expectedAt(meeting record.Record, in record.Around) []record.Record {
	return expectedOf(meeting, in, func(on record.Date) []record.Record { return Roster(in, on) })
}

// expectedOf is expectedAt with the roster of a day given.
func expectedOf(meeting record.Record, in record.Around, roster func(on record.Date) []record.Record) []record.Record {
	on := dayOf(meeting.Values["start"])
	if on.IsZero() {
		on = in.Today()
	}
	switch meeting.Values["kind"] {
	case Talk:
		return nil
	case Committee:
		return committeeRoster(in, on)
	}
	all, group := roster(on), meeting.Values["group"]
	if group == "" {
		return all
	}
	var out []record.Record
	for _, m := range all {
		if m.Values["group"] == group {
			out = append(out, m)
		}
	}
	return out
}

func committeeRoster(in record.Around, on record.Date) []record.Record {
	var out []record.Record
	for _, p := range CommitteeOn(in, on) {
		if m, ok := in.Get("member", p.Member); ok && InRoster(m, on) {
			out = append(out, m)
		}
	}
	return out
}
