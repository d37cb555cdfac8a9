package branch

import "zhibu/storage/record"

// Exit takes a person out of the pool by a side exit: they withdrew, are no
// longer cultivated, were not approved, moved away or died. Cancelling a
// probation is a matter of the branch meeting (细则32), not passing one of the
// vote.
func Exit(person record.Record, kind string, on record.Date, reason string, in record.Around) ([]record.Edit, []record.Complaint) {
	v := person.Values
	name := v["name"]
	var out []record.Complaint
	switch {
	case exits().Format(kind) == kind || kind == Cancelled || kind == NotPassed:
		out = append(out, block("exit", "EXIT_KIND", "这种退出要由支部大会讨论决定（细则20、32），请在会议里表决。"))
	case v["exit"] != "" && v["exit"] != NotPassed:
		out = append(out, block("exit", "POOL_EXIT", name+"已退出培养（"+exits().Format(v["exit"])+"）。"))
	case StateOf(v) == FullMember:
		out = append(out, block("exit", "EXIT_FULL", name+"已是正式党员，请办党籍变动（教管条例）。"))
	case v["member"] != "" && kind != TransferredOut && kind != Deceased:
		out = append(out, block("exit", "EXIT_PROBATIONARY", name+"已是预备党员，取消资格要由支部大会讨论（细则32），最早随时可以开会。"))
	case on.After(in.Today()):
		out = append(out, block("exit_date", "DATE_FUTURE", "日期 "+on.String()+" 还没有到，最早到那天才能登记。"))
	case on.Before(dateIn(v, "applied")) && v["applied"] != "":
		out = append(out, block("exit_date", "DATE_ORDER", "早于递交申请书的日期，最早是 "+v["applied"]+"（细则6）。"))
	case reason == "":
		out = append(out, block("exit_reason", "REASON_MISSING", "退出要写原因，并告诉本人（细则8、13）。"))
	}
	if record.Blocking(out) {
		return nil, out
	}
	set := record.Values{"exit": kind, "exit_date": on.String(), "exit_reason": reason}
	after := v.Clone()
	after["exit"] = kind
	set["stage"] = StateOf(after)
	return []record.Edit{{Kind: "pool", ID: person.ID, Set: set, Why: reason}}, out
}
