package branch

import (
	"fmt"
	"time"

	"zhibu/storage/record"
)

// timed is what a record.Around may implement to tell the time of day.
type timed interface{ Now() time.Time }

// nowText returns the present moment, or today when only the day is known.
func nowText(in record.Around) string {
	if t, ok := in.(timed); ok {
		return record.MomentText(t.Now())
	}
	return in.Today().String() + " 00:00"
}

// Finalise checks a meeting, numbers and locks it, freezes its attendance and
// votes, and carries its results to the other registers: all edits belong in
// one transaction. Complaints are complete; when one of them blocks there are no
// edits. Warnings never block, arithmetic does (design.md §5).
func Finalise(meeting record.Record, in record.Around) ([]record.Edit, []record.Complaint) {
	roll := Attendance(meeting, in)
	complaints := FinalCheck(meeting, in)
	carried, more := carry(meeting, roll, in)
	complaints = append(complaints, more...)
	if record.Blocking(complaints) {
		return nil, complaints
	}
	set := freeze(meeting, roll, in)
	edits := append([]record.Edit{{Kind: "meeting", ID: meeting.ID, Set: set}}, carried...)
	return edits, complaints
}

// freeze returns the values that lock a meeting: who sat where, the counts, each
// vote's outcome, number and times. The recording date is today's, never one
// that somebody invents.
func freeze(meeting record.Record, roll Roll, in record.Around) record.Values {
	on := dayOf(meeting.Values["start"])
	set := record.Values{
		"status": Final, "serial": nextSerial(meeting, in), "finalised_at": nowText(in),
		"recorded_on": in.Today().String(), "rules": RulesOn(in, on).ID,
	}
	if !roll.Imported {
		for path, value := range roll.values() {
			set[path] = value
		}
		for _, s := range roll.Seats {
			set[record.Path("attendance", s.ID, "state")] = s.State
			if _, known := in.Get("member", s.ID); !known && s.Name != "" {
				set[record.Path("attendance", s.ID, "name")] = s.Name
			}
		}
	}
	base := RulesOn(in, on).Text("elect_base")
	for _, row := range meeting.Rows("vote") {
		c := countOf(row, roll)
		set[record.Path("vote", row.ID, "entitled")] = itoa(c.Entitled)
		set[record.Path("vote", row.ID, "present")] = itoa(c.Present)
		set[record.Path("vote", row.ID, "outcome")] = Judge(row, roll, base).Outcome
	}
	return set
}

// FinalCheck returns what is missing or wrong before a meeting can be
// finalised (定稿前检查). It never changes anything.
func FinalCheck(meeting record.Record, in record.Around) []record.Complaint {
	v := meeting.Values
	if meeting.Deleted() {
		return []record.Complaint{block("", "RECORD_DELETED", "这次会议在回收站里，不能定稿。要定稿先恢复。")}
	}
	if status := v["status"]; status == Final || status == Archived {
		return []record.Complaint{block("status", "FINAL_ALREADY", "这次会议已经定稿，编号 "+v["serial"]+"。要改请用“开更正”。")}
	}
	out := finalFacts(meeting, in)
	roll := Attendance(meeting, in)
	out = append(out, rollComplaints(meeting, roll, in)...)
	for _, row := range meeting.Rows("vote") {
		out = append(out, ballotComplaints(row, roll)...)
	}
	out = append(out, bodyComplaints(meeting)...)
	out = append(out, decisionComplaints(meeting, roll, in)...)
	out = append(out, appraisalComplaints(meeting, in)...)
	return append(out, electionComplaints(meeting, in)...)
}

func finalFacts(meeting record.Record, in record.Around) []record.Complaint {
	v := meeting.Values
	var out []record.Complaint
	k := meetingKind()
	for _, name := range []string{"kind", "title", "start"} {
		if f, _ := k.Field(name); v[name] == "" {
			out = append(out, block(name, "REQUIRED_MISSING", "“"+f.Label+"”还没有填，不能定稿。"))
		}
	}
	for _, name := range []string{"end", "place", "chair", "recorder"} {
		if f, _ := k.Field(name); v[name] == "" {
			out = append(out, warn(name, "FIELD_EMPTY", "“"+f.Label+"”还没有填。"))
		}
	}
	if held := dayOf(v["start"]); held.After(in.Today()) {
		out = append(out, block("start", "MEETING_FUTURE", "会议还没有开，最早 "+held.String()+" 才能定稿。先存草稿即可。"))
	}
	if v["kind"] == Lecture && v["lecturer"] == "" {
		out = append(out, warn("lecturer", "FIELD_EMPTY", "党课还没有写主讲人（支部条例15）。"))
	}
	return append(out, provisionalComplaints(meeting, in)...)
}

// provisionalComplaints refuses what a provisional branch must not do (支部条例8).
func provisionalComplaints(meeting record.Record, in record.Around) []record.Complaint {
	if Profile(in).Values["type"] != TypeProvisional {
		return nil
	}
	for _, row := range meeting.Rows("vote") {
		if about := row.Values["about"]; strictVote(about) || about == "ELECTION" || about == "DISCIPLINE" {
			return []record.Complaint{block(record.Path("vote", row.ID, "about"), "DP42", "临时党支部不接收、不转正党员，不选举，不作处分（支部条例8）。请由党员原来的党支部办理。")}
		}
	}
	return nil
}

func rollComplaints(meeting record.Record, roll Roll, in record.Around) []record.Complaint {
	kind := meeting.Values["kind"]
	if kind == Talk {
		return nil
	}
	if roll.Expected == 0 {
		return []record.Complaint{warn("attendance", "ROLL_EMPTY", "没有应到的人。请核对会议类型、党小组和名册。")}
	}
	if roll.Imported {
		return importedCounts(meeting)
	}
	var out []record.Complaint
	for _, s := range roll.Seats {
		if (s.State == Absent || s.State == Leave) && s.Reason == "" {
			out = append(out, warn(record.Path("attendance", s.ID, "reason"), "REASON_MISSING", s.Name+"没有到会，还没有写原因。"))
		}
	}
	if len(meeting.Rows("vote")) == 0 && !quorate(kind, roll) {
		out = append(out, warn("attendance", "QUORUM", noQuorum(roll)))
	}
	return out
}

// quorate reports whether a meeting may decide anything: of the whole branch or
// its committee at least half of those with a vote are there (支部条例11).
func quorate(kind string, roll Roll) bool {
	return kind != AllMembers && kind != Committee && kind != Election || 2*roll.VotersPresent >= roll.VotersExpected
}

func noQuorum(roll Roll) string {
	return fmt.Sprintf("到会有表决权 %d 人，不到应到 %d 人的一半，不能作决议（支部条例11）。", roll.VotersPresent, roll.VotersExpected)
}

// decisionComplaints refuses decisions that the meeting could not take: without
// a quorum none, and about a person none that their vote did not carry (细则20、
// 21; 支部条例11). That the meeting was held and what was said may be recorded.
func decisionComplaints(meeting record.Record, roll Roll, in record.Around) []record.Complaint {
	lost := map[string]Verdict{}
	base := RulesOn(in, dayOf(meeting.Values["start"])).Text("elect_base")
	for _, row := range meeting.Rows("vote") {
		if v := Judge(row, roll, base); v.Outcome != Passed && row.Values["person"] != "" {
			lost[row.Values["person"]] = v
		}
	}
	var out []record.Complaint
	for _, row := range meeting.Rows("resolution") {
		if row.Values["text"] == "" {
			continue
		}
		path, text := record.Path("resolution", row.ID, "text"), "决议“"+brief(row.Values["text"])+"”不成立："
		if v, ok := lost[row.Values["person"]]; ok && row.Values["step"] != "" {
			out = append(out, block(path, "RESOLUTION_LOST", text+v.Say+"请删去这条决议，情况写进会议内容。"))
		} else if !quorate(meeting.Values["kind"], roll) {
			out = append(out, block(path, "RESOLUTION_QUORUM", text+noQuorum(roll)+"请删去这条决议，情况写进会议内容，人到齐了再开。"))
		}
	}
	return out
}

func bodyComplaints(meeting record.Record) []record.Complaint {
	var out []record.Complaint
	agenda := meeting.Rows("agenda")
	for i, row := range agenda {
		if row.Values["gist"] == "" && row.Values["speakers"] == "" && row.Values["outcome"] == "" && !mentioned(meeting.Values["minutes"], i+1, row.Values["title"]) {
			out = append(out, warn(record.Path("agenda", row.ID, "gist"), "AGENDA_EMPTY", fmt.Sprintf("第 %d 项还没有记录。", i+1)))
		}
	}
	if len(agenda) == 0 && meeting.Values["minutes"] == "" && meeting.Values["kind"] != Talk {
		out = append(out, warn("minutes", "MINUTES_EMPTY", "议题和会议内容都还没有记。"))
	}
	for _, row := range meeting.Rows("resolution") {
		if row.Values["owner"] == "" || row.Values["due"] == "" {
			out = append(out, warn(record.Path("resolution", row.ID, "owner"), "RESOLUTION_OPEN", "决议“"+brief(row.Values["text"])+"”还没有写责任人或完成时限。"))
		}
	}
	return out
}

// Correct returns the edit that adds a correction to a finalised meeting; the
// text as finalised stays.
func Correct(meeting record.Record, text string, in record.Around) ([]record.Edit, []record.Complaint) {
	if status := meeting.Values["status"]; status != Final && status != Archived {
		return nil, []record.Complaint{block("status", "NOT_FINAL", "这次会议还没有定稿，直接改就可以。")}
	}
	value, err := record.Long{}.Parse(text)
	if err != nil || value == "" {
		return nil, []record.Complaint{block("corrections", "CORRECTION_EMPTY", "更正内容还没有写。原稿没有变。")}
	}
	at := nowText(in)
	row := derivedID(meeting.ID, at+value)
	return []record.Edit{{Kind: "meeting", ID: meeting.ID, Set: record.Values{
		record.Path("corrections", row, "text"):            value,
		record.Path("corrections", row, "at"):              at,
		record.Path("corrections", row, record.RankColumn): meeting.Values.NextRank("corrections"),
	}}}, nil
}
