package branch

import (
	"cmp"
	"fmt"
	"slices"

	"zhibu/storage/record"
)

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
		out = append(out, candidateComplaints(row, on, in)...)
	}
	if seats == 0 {
		return out
	}
	if need := Candidates(seats, set.Int("seat_difference")); candidates < need {
		out = append(out, warn("vote", "ELECT_DIFFERENCE", fmt.Sprintf("应选 %d 名，候选人至少 %d 名，现在 %d 名（差额不少于百分之二十，选举条例）。", seats, need, candidates)))
	}
	if won > seats {
		out = append(out, warn("vote", "ELECT_SEATS", fmt.Sprintf("过半数的 %d 人，应选 %d 名：按得票多少当选 %d 名，票数相同的再投票（选举条例）。", won, seats, len(winners(meeting, roll, set.Text("elect_base"))))))
	}
	return out
}

// candidateComplaints refuses who may not be elected, and a scrutineer who stands
// for election (选举条例).
func candidateComplaints(row record.Row, on record.Date, in record.Around) []record.Complaint {
	m, ok := in.Get("member", row.Values["candidate"])
	name := m.Values["name"]
	switch {
	case !ok:
		return nil
	case !HasVote(m, on):
		return []record.Complaint{block(record.Path("vote", row.ID, "candidate"), "ELECT_RIGHT", name+"没有被选举权：候选人要是正式党员，且未受留党察看处分（选举条例）。")}
	case row.Values["scrutineer"] == name:
		return []record.Complaint{block(record.Path("vote", row.ID, "scrutineer"), "ELECT_SCRUTINEER", name+"是候选人，不能做监票人（选举条例）。请由大会另推一名。")}
	}
	return nil
}

// winners returns who is elected to the committee's seats by the rows of the votes:
// more than half, and of more such than seats those with most votes. Who ties for
// the last seat is not elected until voted on again (选举条例).
func winners(meeting record.Record, roll Roll, base string) map[string]bool {
	var passed []record.Row
	seats := 0
	for _, row := range meeting.Rows("vote") {
		if row.Values["about"] == "ELECTION" && !isHead(row.Values["post"]) && Judge(row, roll, base).Outcome == Passed {
			passed = append(passed, row)
			seats = max(seats, record.Int(row.Values["seats"]))
		}
	}
	votes := func(r record.Row) int { return record.Int(r.Values["for"]) }
	slices.SortStableFunc(passed, func(a, b record.Row) int { return cmp.Compare(votes(b), votes(a)) })
	out := map[string]bool{}
	for i, row := range passed {
		if seats == 0 || len(passed) <= seats || i < seats && votes(row) > votes(passed[seats]) {
			out[row.ID] = true
		}
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
	seated := winners(meeting, roll, base)
	for _, row := range meeting.Rows("vote") {
		head := isHead(row.Values["post"]) && Judge(row, roll, base).Outcome == Passed
		if row.Values["about"] != "ELECTION" || row.Values["candidate"] == "" || !head && !seated[row.ID] {
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
