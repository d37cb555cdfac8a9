package branch

import "zhibu/storage/record"

// Adopt returns the edit that opens a pool record for a probationer who was
// transferred in, so that conversion runs through the same steps. The effective
// date stays what the sending branch's meeting made it (细则36).
func Adopt(m record.Record, in record.Around) ([]record.Edit, []record.Complaint) {
	v := m.Values
	switch {
	case v["category"] != Probationary || !InRoster(m, in.Today()):
		return nil, []record.Complaint{block("category", "ADOPT_NOT_PROBATIONARY", v["name"]+"不是在册的预备党员，不用建发展档案（细则36）。")}
	case v["pool"] != "":
		return nil, []record.Complaint{block("pool", "ADOPT_TWICE", v["name"]+"已有发展档案。")}
	case v["joined"] == "":
		return nil, []record.Complaint{block("joined", "ADOPT_NO_DATE", "要先填入党日期，预备期从那天算起（细则31）。")}
	}
	id := derivedID(m.ID, "pool")
	set := record.Values{"member": m.ID, "meeting1": v["joined"], "transferred_in": v["in_date"], "political_status": "02"}
	if set["transferred_in"] == "" {
		set["transferred_in"] = in.Today().String()
	}
	for _, name := range []string{"name", "name_pinyin", "gender", "ethnicity", "id_no", "birth", "education", "degree", "employer", "title", "mobile", "booklet_no"} {
		if v[name] != "" {
			set[name] = v[name]
		}
	}
	for path, value := range computed(set) {
		set[path] = value
	}
	return []record.Edit{{Kind: "pool", ID: id, Set: set}, {Kind: "member", ID: m.ID, Set: record.Values{"pool": id}}}, nil
}

// usedBooklet returns the edit that marks a 入党志愿书 in the number ledger as
// used, when its number is on the ledger (细则42).
func usedBooklet(v record.Values, in record.Around) []record.Edit {
	profile := Profile(in)
	for _, row := range profile.Rows("booklet") {
		if row.Values["no"] != v["booklet_no"] || v["booklet_no"] == "" || row.Values["state"] == "USED" {
			continue
		}
		return []record.Edit{{Kind: "branch", ID: profile.ID, Set: record.Values{
			record.Path("booklet", row.ID, "state"): "USED", record.Path("booklet", row.ID, "person"): v["name"], record.Path("booklet", row.ID, "used"): v["booklet_filled"]}}}
	}
	return nil
}

// bookletComplaints refuses a number of a 入党志愿书 that is not this person's to
// use: given to another, spoilt, lost or sent back (细则42).
func bookletComplaints(p record.Record, in record.Around) []record.Complaint {
	no := p.Values["booklet_no"]
	if no == "" {
		return nil
	}
	refuse := func(why string) []record.Complaint {
		return []record.Complaint{block("booklet_no", "BOOKLET_NUMBER", "志愿书编号 "+no+" "+why+"，不能再用（细则42）。请核对编号台账；一人一号。")}
	}
	for _, other := range in.All("pool") {
		if other.ID != p.ID && other.Values["booklet_no"] == no {
			return refuse("已给" + other.Values["name"])
		}
	}
	for _, row := range Profile(in).Rows("booklet") {
		state := row.Values["state"]
		switch {
		case row.Values["no"] != no:
		case state == "VOID" || state == "LOST" || state == "RETURNED":
			f, _ := record.Kind{Fields: profileRules()}.Field(record.Path("booklet", row.ID, "state"))
			return refuse("登记为" + f.Format(state))
		case state == "USED" && row.Values["person"] != "" && row.Values["person"] != p.Values["name"]:
			return refuse("已由" + row.Values["person"] + "使用")
		}
	}
	return nil
}

// BookletCount is the number ledger summed up: what was received is what was
// used, spoilt, lost, returned and is still held.
type BookletCount struct{ Received, Used, Void, Lost, Returned, Held int }

// CountBooklets sums the ledger of 入党志愿书 numbers (domain.md §1.8).
func CountBooklets(in record.Around) BookletCount {
	var c BookletCount
	for _, row := range Profile(in).Rows("booklet") {
		c.Received++
		switch row.Values["state"] {
		case "USED":
			c.Used++
		case "VOID":
			c.Void++
		case "LOST":
			c.Lost++
		case "RETURNED":
			c.Returned++
		default:
			c.Held++
		}
	}
	return c
}
