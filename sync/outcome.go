package sync

import (
	"cmp"
	"fmt"
)

// Outcome counts what an exchange did. Bytes are those on the wire.
type Outcome struct {
	Pushed    int   `json:"pushed"`     // ops the district took over
	Pulled    int   `json:"pulled"`     // ops of others stored here
	Conflicts int   `json:"conflicts"`  // ops among them that left something to review
	Refused   int   `json:"refused"`    // ops the district refused; they stay here
	Files     int   `json:"files"`      // attachments carried either way
	FilesLeft int   `json:"files_left"` // attachments that could not be carried; tried again the next time
	Requests  int   `json:"requests"`
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`

	// FilesWhy says why the first of FilesLeft could not be carried.
	FilesWhy string `json:"files_why,omitempty"`

	// Renewed says that this laptop got a new identity on the way, because
	// another one used the old.
	Renewed bool `json:"-"`
	// Rebuilt says that everything confirmed was taken anew from a snapshot.
	Rebuilt bool `json:"-"`
	// Lost is when the district last found an attachment lost, as in Response.
	Lost int64 `json:"-"`
}

// rows counts those of a channel that are new to who has come to a cursor.
func (o *Outcome) rows(rows []Row, after uint64) {
	for _, row := range rows {
		if row.Seq <= after {
			continue // a stick may come twice
		}
		if o.Pulled++; row.Clash {
			o.Conflicts++
		}
	}
}

// Add returns the outcome of two exchanges, one after the other.
func (o Outcome) Add(next Outcome) Outcome {
	return Outcome{Pushed: o.Pushed + next.Pushed, Pulled: o.Pulled + next.Pulled, Conflicts: o.Conflicts + next.Conflicts,
		Refused: o.Refused + next.Refused, Files: o.Files + next.Files, FilesLeft: o.FilesLeft + next.FilesLeft, FilesWhy: cmp.Or(o.FilesWhy, next.FilesWhy), Requests: o.Requests + next.Requests, BytesUp: o.BytesUp + next.BytesUp,
		BytesDown: o.BytesDown + next.BytesDown, Renewed: o.Renewed || next.Renewed, Rebuilt: o.Rebuilt || next.Rebuilt, Lost: max(o.Lost, next.Lost)}
}

// String says in one sentence what happened.
func (o Outcome) String() string {
	if o.Pushed+o.Pulled+o.Refused+o.Files+o.FilesLeft == 0 {
		return "没有新的改动，本机和区里一致。"
	}
	s := fmt.Sprintf("报上去 %d 条，收下来 %d 条", o.Pushed, o.Pulled)
	if o.Files > 0 {
		s += fmt.Sprintf("，附件 %d 个", o.Files)
	}
	if o.Conflicts > 0 {
		s += fmt.Sprintf("，其中 %d 条待核对", o.Conflicts)
	}
	if o.Refused > 0 {
		s += fmt.Sprintf("；未通过 %d 条，原因见“未通过”", o.Refused)
	}
	if o.FilesLeft > 0 {
		return s + fmt.Sprintf("。附件还有 %d 个待传：%s", o.FilesLeft, o.FilesWhy)
	}
	return s + "。"
}
