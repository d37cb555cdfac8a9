package branch

import "zhibu/storage/record"

// carry returns what a meeting's results change in the other registers when it
// is finalised: nothing is typed twice.
func carry(meeting record.Record, roll Roll, in record.Around) ([]record.Edit, []record.Complaint) {
	edits := gradeEdits(meeting, in)
	edits = append(edits, electionEdits(meeting, roll, in)...)
	return edits, nil
}
