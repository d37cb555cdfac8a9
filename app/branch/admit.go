package branch

import (
	"maps"

	"zhibu/storage/record"
)

// follow returns what a step changes outside the pool: approval makes a member,
// assignment gives the group, a second approval makes a full member or ends the
// probation. The id of a new member is written into own, the person's edit.
func follow(before, after record.Record, own *record.Edit, in record.Around) []record.Edit {
	was, is := before.Values, after.Values
	switch {
	case was["booklet_filled"] == "" && is["booklet_filled"] != "":
		return usedBooklet(is, in)
	case was["approved1"] == "" && is["approved1"] != "":
		return []record.Edit{admit(after, own, in)}
	case is["member"] == "":
		return nil
	case was["assigned_group"] != is["assigned_group"]:
		return []record.Edit{{Kind: "member", ID: is["member"], Set: record.Values{"group": is["assigned_group"]}}}
	case was["extension_end"] != is["extension_end"] && is["extension_end"] != "":
		set := eventRow(is["member"], "EXTENDED", dateIn(is, "meeting2"))
		set["extension_to"] = is["extension_end"]
		return []record.Edit{{Kind: "member", ID: is["member"], Set: set}}
	case was["approved2"] == "" && is["approved2"] != "":
		return []record.Edit{{Kind: "member", ID: is["member"], Set: settled(is)}}
	}
	return nil
}

// admit makes the member record of somebody whose admission is approved. Party
// membership runs from the branch meeting (细则26, domain.md §3.6).
func admit(person record.Record, own *record.Edit, in record.Around) record.Edit {
	v := person.Values
	id := derivedID(person.ID, "member")
	for _, m := range in.All("member") {
		if v["id_no"] != "" && m.Values["id_no"] == v["id_no"] {
			id = m.ID // already registered by hand
		}
	}
	own.Set["member"] = id
	set := record.Values{
		"category": Probationary, "status": StatusNormal, "joined": v["meeting1"], "in_kind": "ADMITTED", "in_date": v["meeting1"],
		"admission_kind": "NEW", "conversion_kind": "PROBATION", "political_status": "02", "pool": person.ID,
		"join_branch": Profile(in).Values["name"], "branch": Profile(in).Values["name"], "booklet_no": v["booklet_no"], "introducers": introducerNames(person, in),
	}
	for _, name := range []string{"name", "name_pinyin", "gender", "ethnicity", "id_no", "birth", "native_place", "education", "degree", "start_work_date", "employer", "title", "is_new_employment", "mobile", "home_address"} {
		if v[name] != "" {
			set[name] = v[name]
		}
	}
	if v["assigned_group"] != "" {
		set["group"] = v["assigned_group"]
	}
	maps.Copy(set, eventRow(id, "ARRIVED", dateIn(v, "meeting1")))
	return record.Edit{Kind: "member", ID: id, Set: set}
}

func introducerNames(person record.Record, in record.Around) string {
	var list []string
	for _, row := range person.Rows("introducers") {
		if m, ok := in.Get("member", row.Values["member"]); ok {
			list = append(list, m.Values["name"])
		}
	}
	return names(list)
}

// settled returns what becomes of the member when the superior has decided on
// the conversion.
func settled(v record.Values) record.Values {
	id := v["member"]
	if outcome(v) == "CANCEL" {
		set := eventRow(id, "CANCELLED", dateIn(v, "approved2"))
		set["status"], set["out_kind"], set["out_date"] = "CANCELLED", "CANCELLED", v["approved2"]
		return set
	}
	full := record.ReadDate(computed(v)["effective_full_date"])
	set := eventRow(id, "CONVERTED", full)
	set["category"], set["converted"], set["political_status"] = Full, full.String(), "01"
	set["conversion_kind"] = "ON_TIME"
	if v["extension_end"] != "" {
		set["conversion_kind"] = "EXTENDED"
	}
	return set
}

// eventRow returns the cells of one event of a member. Its row id follows from
// what happened when, so that two laptops make one row of it.
func eventRow(member, kind string, on record.Date) record.Values {
	row := derivedID(member, kind+on.String())
	return record.Values{
		record.Path("event", row, "kind"): kind,
		record.Path("event", row, "date"): on.String(),
	}
}
