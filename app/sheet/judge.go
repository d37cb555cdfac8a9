package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// titleOf returns the name of the title field of a kind of the catalog.
func titleOf(kind string) string {
	k, _ := branch.KindOf(kind)
	return k.Title
}

// judge looks at a row as a whole, before it is compared with the store.
func (rr *rowReader) judge(rp *RowPlan) {
	rr.columnShift(rp)
	rr.attendance(rp)
}

// columnShift finds a row whose values stand one column off: at least two do not
// fit their own column but fit the next one in the same direction. Nothing is
// moved; what stands there is not taken over.
func (rr *rowReader) columnShift(rp *RowPlan) {
	if rp.doubts() < 2 {
		return
	}
	row := rp.Row - 1
	for _, off := range []int{-1, 1} {
		first, n, misfits := -1, 0, 0
		for i, c := range rr.b.columns {
			cell := rr.l.sheet.Cell(row, c.col)
			if !formed(c.field) || cell.Type == Empty || isBlank(cell.Text) {
				continue
			}
			if good, _ := strong(c.field, cell); good {
				continue
			}
			if misfits++; first < 0 {
				first = i
			}
			if to := i + off; to >= 0 && to < len(rr.b.columns) && formed(rr.b.columns[to].field) {
				if good, _ := strong(rr.b.columns[to].field, cell); good {
					n++
				}
			}
		}
		if n >= 2 && n*2 >= misfits {
			rr.shifted(rp, first, off)
			return
		}
	}
}

// doubts counts the findings of a row that are more than a remark.
func (rp *RowPlan) doubts() int {
	n := 0
	for _, i := range rp.Issues {
		if i.Severity != record.Info.String() {
			n++
		}
	}
	return n
}

func formed(f record.Field) bool {
	switch f.Type.(type) {
	case record.IDNumber, record.Phone, record.Day, record.Choice:
		return true
	}
	return false
}

func (rr *rowReader) shifted(rp *RowPlan, first, off int) {
	c := rr.b.columns[first]
	kept := rp.Issues[:0]
	for _, i := range rp.Issues {
		if columnIndex(i.Col) < c.col {
			kept = append(kept, i)
		}
	}
	rp.Issues = kept
	for _, later := range rr.b.columns[first:] {
		rp.drop(later.field.Name)
	}
	way := map[int]string{-1: "右", 1: "左"}[off]
	rp.report(c.col, c.field, finding{code: shifted, say: "从这一列起像是整行往" + way + "串了一列，后面的都没有填。请在原表里对齐后再导入。"}, rr.l.sheet.Cell(rp.Row-1, c.col).Text)
}

// cultivated reports whether a pool row says that the person is an activist or
// further on: from then on two contacts are usual.
func (rp *RowPlan) cultivated() bool {
	stage := rp.set["stage"]
	return rp.set["activist_decided"] != "" || stage != "" && stage != branch.Applicant
}

// columnIndex is the inverse of Letter, −1 for "".
func columnIndex(letter string) int {
	n := 0
	for _, r := range letter {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

var (
	everybody = regexp.MustCompile(`全体|全部|所有|等\d*人|见签到|附后|详见`)
	headCount = regexp.MustCompile(`\d+\s*[人名位]`)
	absence   = regexp.MustCompile(`^(.*?)\s*[(（:：]\s*([^()（）]*?)\s*[)）]?$`)
)

// attendance compares the lists of names of a meeting with its numbers, and
// makes sign-in rows of them when every name is found.
func (rr *rowReader) attendance(rp *RowPlan) {
	rr.countAbsent(rp)
	present := rp.set["present_names"]
	if _, ok := rr.kind.Field("present_names"); !ok || present == "" {
		return
	}
	f, _ := rr.kind.Field("present_names")
	col, ok := rp.cells["present_names"]
	if !ok {
		col = -1
	}
	list := splitNames(present)
	switch n := record.Int(rp.set["present"]); {
	case everybody.MatchString(present):
		rp.report(col, f, finding{code: unknown, say: "“" + clip(present) + "”不是一个个的姓名，照原文保存，签到表要另外勾选。"}, present)
		return
	case n > 0 && n != len(list):
		rp.report(col, f, finding{code: countMismatch, say: fmt.Sprintf("名单上是 %d 人，实到写的是 %d 人。请核对。", len(list), n)}, present)
		return
	}
	rr.signIn(rp, map[string]string{"present_names": "到会", "absent_names": "请假", "observer_names": "列席"})
}

// countAbsent counts the names of those on leave where no number is given.
func (rr *rowReader) countAbsent(rp *RowPlan) {
	f, ok := rr.kind.Field("on_leave")
	n := len(splitNames(rp.set["absent_names"]))
	if !ok || n == 0 || rp.set["on_leave"] != "" || everybody.MatchString(rp.set["absent_names"]) {
		return
	}
	rp.put(f, f.Name, fmt.Sprint(n), -1)
}

// signIn makes rows of the table "attendance". It makes none unless every name
// of the roster is found: half a list would count the others as absent.
func (rr *rowReader) signIn(rp *RowPlan, lists map[string]string) {
	table, ok := rr.kind.Field("attendance")
	rows, isRows := table.Type.(record.Rows)
	if !ok || !isRows || rows.Key == "" {
		return
	}
	state, _ := rows.Column("state")
	found := record.Values{}
	for field, label := range lists {
		value, err := state.Parse(label)
		if err != nil {
			return
		}
		for _, who := range splitNames(rp.set[field]) {
			reason := ""
			if m := absence.FindStringSubmatch(who); m != nil {
				who, reason = m[1], m[2]
			}
			id, _ := rr.find(rows.Key, who)
			if id == "" && field == "observer_names" {
				continue // guests are not on the roster; the text says who they were
			}
			if id == "" {
				return
			}
			found[record.Path("attendance", id, "state")] = value
			if reason != "" && !headCount.MatchString(reason) {
				found[record.Path("attendance", id, "reason")] = strings.TrimSpace(reason)
			}
		}
	}
	for path, value := range found {
		if f, ok := rr.kind.Field(path); ok {
			rp.put(f, path, value, rp.cells["present_names"])
		}
	}
}
