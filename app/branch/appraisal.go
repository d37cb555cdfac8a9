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
