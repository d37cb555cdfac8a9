package screen

import (
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// SettleNumbers confirms the numbers given offline. It is called after an
// exchange with the district: then the books hold every number given elsewhere.
// It reports whether a number was confirmed or moved, which the next exchange
// carries (decisions.md 7). A laptop that may not write leaves it to the others.
func (b *Book) SettleNumbers() (bool, error) {
	edits := branch.SettleSerials(b)
	if len(edits) == 0 {
		return false, nil
	}
	_, err := b.Apply(edits...)
	if IsBarred(err) {
		return false, nil
	}
	return err == nil, err
}

// renumbered are meetings that were printed here under a number that has changed
// since: a reprint is offered until it is made.
func (b *Book) renumbered() []Duty {
	var moved []record.Record
	for _, m := range b.All("meeting") {
		if m.Values["serial_alias"] != "" {
			moved = append(moved, m)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	trail, err := b.Trail()
	if err != nil {
		return nil // the page 操作记录 tells of a broken chain
	}
	printed := map[string]time.Time{}
	for _, e := range trail {
		if e.Act == ActPrint {
			for _, id := range strings.Fields(e.ID) {
				printed[id] = e.At
			}
		}
	}
	var out []Duty
	for _, m := range moved {
		if at, ok := printed[m.ID]; ok && at.Before(b.numberedAt(m)) {
			out = append(out, Duty{Left: true, Rule: "RENUMBERED", Mark: Mark{Coming, "编号改了"}, Title: b.Title(m) + "・编号定为 " + m.Values["serial"],
				Note: "原来印的是 " + m.Values["serial_alias"] + "，可以重打一份", Verb: "去打印", Page: "meeting", Kind: "meeting", ID: m.ID})
		}
	}
	return out
}

// numberedAt returns when a meeting got its present number.
func (b *Book) numberedAt(m record.Record) time.Time {
	past, err := b.History("meeting", m.ID)
	if err != nil {
		return time.Time{} // then no reprint is offered
	}
	newest := int64(0)
	for _, e := range past {
		if e.New["serial"] == m.Values["serial"] {
			newest = max(newest, e.At)
		}
	}
	return time.UnixMilli(newest)
}
