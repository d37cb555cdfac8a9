package branch

import (
	"strings"

	"zhibu/storage/record"
)

// meetingSpecials holds what single kinds of meetings need (domain.md §2.5).
func meetingSpecials() []record.Field {
	return []record.Field{
		hint("党课、学习填", record.Field{Name: "hours", Label: "学时", Type: record.Number{Decimals: 1, Max: 100, Unit: "学时"}}),
		text("theme", "主题"),
		text("form", "活动形式"),
		record.Field{Name: "service_hours", Label: "志愿服务时长", Type: record.Number{Decimals: 1, Max: 10000, Unit: "小时"}},
		long("preparation", "会前准备"),
		long("findings", "班子查摆的问题"),
		table("criticism", "批评意见", text("giver", "提出人"), text("receiver", "对象"), long("text", "意见"), text("reply", "回应")),
		table("fix", "整改清单", text("problem", "问题"), text("measure", "措施"), text("owner", "责任人"), date("due", "时限"), date("done", "完成日期")),
		guarded(tableBy("member", "grade", "评议结果", pick("grade", "评定等次", grades()), pick("self", "自评", grades()),
			number("excellent", "优秀票", "票"), number("qualified", "合格票", "票"), number("basic", "基本合格票", "票"), number("unqualified", "不合格票", "票"), text("opinion", "意见"))),
		table("pair", "谈话对象", ref("from", "谈话人", "member"), ref("to", "谈话对象", "member"), text("topic", "主题"), long("gist", "要点")),
		table("issue", "议事事项", text("proposer", "提出人"), text("topic", "事项"), text("parties", "参与方"), text("decision", "议定结果"), text("owner", "责任方"), date("due", "时限"), date("done", "完成日期"), ref("demand", "转办诉求", "demand")),
		pick("report_result", "述职评价", choice("GOOD", "好", "FAIR", "较好", "AVERAGE", "一般", "POOR", "差")),
	}
}

// meetingSeal is set by Finalise and Correct.
func meetingSeal() []record.Field {
	return []record.Field{
		column(4, guarded(locked(pick("status", "状态", choice(Draft, "草稿", Final, "已定稿", Archived, "已归档"))))),
		column(6, guarded(locked(text("serial", "编号")))),
		locked(hint("从前用过、已经印出去的编号", text("serial_alias", "原编号"))),
		guarded(locked(record.Field{Name: "finalised_at", Label: "定稿时间", Type: record.Moment{}})),
		guarded(locked(hint("真实的记录日期，晚于会议的显示为补录", date("recorded_on", "记录日期")))),
		locked(text("rules", "所依规则")),
		guarded(locked(table("corrections", "更正", long("text", "更正内容"), record.Field{Name: "at", Label: "更正时间", Type: record.Moment{}}))),
	}
}

// OpenAfterSeal reports whether a path of a finalised meeting still moves, or a table
// where some of its columns do: doing what was decided is not changing what was said.
func OpenAfterSeal(path string) bool {
	table, _, column := record.SplitPath(path)
	switch table {
	case "resolution", "fix", "issue":
		return column == "" || column == "done" || column == "demand"
	case "corrections", "files", "serial", "serial_alias":
		return true
	}
	return false
}

// meetingAllow locks a finalised meeting: minutes are corrected by addendum,
// never silently (domain.md §2.5).
func meetingAllow(before, after record.Record, in record.Around) []record.Complaint {
	was, is := before.Values["status"], after.Values["status"]
	if was != Final && was != Archived {
		return nil
	}
	if after.Deleted() {
		return []record.Complaint{block("", "FINAL_DELETE", "已定稿的记录不能删除（支部条例要求如实记录、妥善保管）。写错的请用“开更正”。")}
	}
	if is != Final && is != Archived {
		return []record.Complaint{block("status", "FINAL_STATUS", "已定稿的记录不能退回草稿。要改请用“开更正”，原稿保留。")}
	}
	for _, path := range after.Values.Paths() {
		if before.Values[path] != after.Values[path] && !OpenAfterSeal(path) && path != "status" {
			return []record.Complaint{block(path, "FINAL_LOCKED", "这次会议已定稿，不能直接改。要改请用“开更正”，原稿保留，更正单独编号。")}
		}
	}
	for _, path := range before.Values.Paths() {
		if _, ok := after.Values[path]; !ok && before.Values[path] != "" && !OpenAfterSeal(path) {
			return []record.Complaint{block(path, "FINAL_LOCKED", "这次会议已定稿，不能直接改。要改请用“开更正”，原稿保留，更正单独编号。")}
		}
	}
	return nil
}

func meetingDerive(v record.Values, changed string, in record.Around) record.Values {
	switch changed {
	case "kind":
		return record.Values{"title": meetingKinds().Format(v["kind"])}
	case "start":
		if chair := secretaryOn(in, dayOf(v["start"])); chair != "" && v["kind"] != GroupMeet {
			return record.Values{"chair": chair}
		}
	case "group":
		for _, g := range GroupsOn(in, dayOf(v["start"])) {
			if g.Name == v["group"] {
				return record.Values{"chair": g.Leader}
			}
		}
	}
	return nil
}

// secretaryOn returns the member id of the secretary on a day, "" if none.
func secretaryOn(in record.Around, on record.Date) string {
	for _, p := range CommitteeOn(in, on) {
		if p.Post == "SECRETARY" {
			return p.Member
		}
	}
	return ""
}

// meetingCheck holds for drafts too, so only what can never be right blocks.
func meetingCheck(r record.Record, in record.Around) []record.Complaint {
	v := r.Values
	var out []record.Complaint
	if start, end := v["start"], v["end"]; len(start) > 10 && len(end) > 10 && end < start {
		out = append(out, block("end", "TIME_ORDER", "结束时间早于开始时间。请核对。"))
	}
	if v["kind"] == GroupMeet && v["group"] == "" {
		out = append(out, warn("group", "GROUP_MISSING", "党小组会要选是哪个党小组，应到人数才算得对。"))
	}
	if !hasCommittee(in) && v["kind"] == Committee {
		out = append(out, warn("kind", "NO_COMMITTEE", "本支部不设支委会，支委会的事项由支部党员大会办理（支部条例13）。"))
	}
	out = append(out, unknownGroup(v["group"], "group", in)...)
	return append(out, importedCounts(r)...)
}

// importedCounts compares numbers that came with a spreadsheet; a meeting with
// a sign-in list computes them instead.
func importedCounts(r record.Record) []record.Complaint {
	v := r.Values
	if len(r.Rows("attendance")) > 0 || v["expected"] == "" || v["present"] == "" {
		return nil
	}
	if record.Int(v["present"])+record.Int(v["on_leave"])+record.Int(v["absent"]) != record.Int(v["expected"]) {
		return []record.Complaint{warn("present", "COUNT_MISMATCH", "应到 "+v["expected"]+" 人，实到与请假、缺席相加不等。请核对人数；记录已照原样存着。")}
	}
	return nil
}

// Late reports whether a finalised meeting was recorded later than three
// workdays after it was held (补录), and on which day.
func Late(meeting record.Record, in record.Around) (record.Date, bool) {
	held, recorded := dayOf(meeting.Values["start"]), dateIn(meeting.Values, "recorded_on")
	if held.IsZero() || recorded.IsZero() {
		return record.Date{}, false
	}
	return recorded, recorded.After(RulesOn(in, held).Calendar.AddWorkdays(held, 1+recordWithin(in, held)))
}

func recordWithin(in record.Around, on record.Date) int {
	return RulesOn(in, on).Int("record_workdays")
}

// names joins people for a sentence.
func names(list []string) string { return strings.Join(list, "、") }
