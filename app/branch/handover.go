package branch

import "zhibu/storage/record"

// Arrive returns what the values of a record become when the district hands it
// from one of its branches to another: the person is on the new branch's roll from
// that day (教管条例25), and what the old branch had arranged for him, his group,
// his post, who accompanied him, ends; the new branch arranges that anew.
func Arrive(kind, id string, v record.Values, from, to string, on record.Date) record.Values {
	out := record.Values{}
	switch kind {
	case "member":
		out = eventRow(id, "ARRIVED", on)
		out[record.Path("event", derivedID(id, "ARRIVED"+on.String()), "party")] = from
		for path, value := range changes["ARRIVED"].fields(Event{Kind: "ARRIVED", On: on, Party: from}) {
			out[path] = value
		}
		out["in_kind"], out["branch"] = "TRANSFER", to
		for _, path := range []string{"group", "party_post", "station", "receipt_date", "letter_no", "letter_valid_days"} {
			out[path] = ""
		}
	case "pool":
		for _, row := range v.Rows("contacts") {
			if row.Values["to"] == "" {
				out[record.Path("contacts", row.ID, "to")] = on.String()
			}
		}
	}
	return out
}
