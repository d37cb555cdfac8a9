package branch

import (
	"fmt"

	"zhibu/storage/record"
)

// appraisalComplaints checks 民主评议党员: 优秀 normally at most a third of those
// graded (domain.md §2.3); the text says 一般, so it warns.
func appraisalComplaints(meeting record.Record, in record.Around) []record.Complaint {
	on := dayOf(meeting.Values["start"])
	graded, excellent := 0, 0
	var out []record.Complaint
	for _, row := range meeting.Rows("grade") {
		grade := row.Values["grade"]
		if grade == "" {
			continue
		}
		graded++
		if grade == "EXCELLENT" {
			excellent++
		}
		if m, ok := in.Get("member", row.ID); ok && !IsFull(m, on) {
			out = append(out, warn(record.Path("grade", row.ID, "grade"), "GRADE_PROBATIONARY", m.Values["name"]+"是预备党员，参加评议但一般不定等次。"))
		}
	}
	if most := ExcellentQuota(graded, RulesOn(in, on).Int("excellent_share")); excellent > most {
		out = append(out, warn("grade", "EXCELLENT_QUOTA", fmt.Sprintf("优秀 %d 人，评定等次的 %d 人，一般不超过 %d 人（三分之一）。", excellent, graded, most)))
	}
	return out
}

// gradeEdits carries the grades of a finalised appraisal into the members'
// records, one row for the year.
func gradeEdits(meeting record.Record, in record.Around) []record.Edit {
	var edits []record.Edit
	year := itoa(dayOf(meeting.Values["start"]).Year)
	if p := dateIn(meeting.Values, "period"); !p.IsZero() {
		year = itoa(p.Year)
	}
	for _, row := range meeting.Rows("grade") {
		if _, ok := in.Get("member", row.ID); !ok || row.Values["grade"] == "" {
			continue
		}
		set := record.Values{record.Path("appraisal", year, "meeting"): meeting.ID}
		for _, column := range []string{"grade", "self", "excellent", "qualified", "basic", "unqualified", "opinion"} {
			if value := row.Values[column]; value != "" {
				set[record.Path("appraisal", year, column)] = value
			}
		}
		edits = append(edits, record.Edit{Kind: "member", ID: row.ID, Set: set})
	}
	return edits
}

// electionComplaints checks an election as a whole: enough candidates for the
// difference, and no more elected than seats (选举条例).
func electionComplaints(meeting record.Record, in record.Around) []record.Complaint {
	on := dayOf(meeting.Values["start"])
	set := RulesOn(in, on)
	seats, candidates, won := 0, 0, 0
	roll := Attendance(meeting, in)
	var out []record.Complaint
	for _, row := range meeting.Rows("vote") {
		if row.Values["about"] != "ELECTION" || isHead(row.Values["post"]) {
			continue
		}
		candidates++
		seats = max(seats, record.Int(row.Values["seats"]))
		if Judge(row, roll, set.Text("elect_base")).Outcome == Passed {
			won++
		}
		if m, ok := in.Get("member", row.Values["candidate"]); ok && !HasVote(m, on) {
			out = append(out, block(record.Path("vote", row.ID, "candidate"), "ELECT_RIGHT", m.Values["name"]+"没有被选举权：候选人要是正式党员，且未受留党察看处分（选举条例）。"))
		}
	}
	if seats == 0 {
		return out
	}
	if need := Candidates(seats, set.Int("seat_difference")); candidates < need {
		out = append(out, warn("vote", "ELECT_DIFFERENCE", fmt.Sprintf("应选 %d 名，候选人至少 %d 名，现在 %d 名（差额不少于百分之二十，选举条例）。", seats, need, candidates)))
	}
	if won > seats {
		out = append(out, warn("vote", "ELECT_SEATS", fmt.Sprintf("过半数的 %d 人，应选 %d 名：按得票多少当选，票数相同的再投票（选举条例）。", won, seats)))
	}
	return out
}

// isHead reports whether a post is filled without difference: secretary and
// deputy (选举条例).
func isHead(post string) bool { return post == "SECRETARY" || post == "DEPUTY" }

// electionEdits carries a finalised election into the branch profile: the new
// committee from the meeting's day on, and the new term.
func electionEdits(meeting record.Record, roll Roll, in record.Around) []record.Edit {
	profile := Profile(in)
	on := dayOf(meeting.Values["start"])
	base := RulesOn(in, on).Text("elect_base")
	set := record.Values{}
	ranks := profile.Values.Clone()
	for _, row := range meeting.Rows("vote") {
		if row.Values["about"] != "ELECTION" || row.Values["candidate"] == "" || Judge(row, roll, base).Outcome != Passed {
			continue
		}
		rank := ranks.NextRank("committee")
		ranks[record.Path("committee", row.ID, record.RankColumn)] = rank
		for column, value := range map[string]string{"member": row.Values["candidate"], "post": row.Values["post"], "from": on.String(), record.RankColumn: rank} {
			set[record.Path("committee", row.ID, column)] = value
		}
	}
	if profile.ID == "" || len(set) == 0 {
		return nil
	}
	if meeting.Values["kind"] == Election {
		closeTerm(profile, on, set)
		set["term_from"], set["term_end"], set["term_extended_to"] = on.String(), on.AddMonths(36).String(), ""
	}
	return []record.Edit{{Kind: "branch", ID: profile.ID, Set: set}}
}

// closeTerm ends the seats of the outgoing committee.
func closeTerm(profile record.Record, on record.Date, set record.Values) {
	for _, row := range profile.Rows("committee") {
		if current(row.Values, on) {
			set[record.Path("committee", row.ID, "to")] = on.String()
		}
	}
}
