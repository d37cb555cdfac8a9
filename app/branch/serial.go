package branch

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// Marked is what a record.Around may implement when numbers given here are
// not final yet: Mark is the device's mark, e.g. "甲" (decisions.md 7).
type Marked interface{ Mark() string }

var serialForm = regexp.MustCompile(`^(\d{4}-[^-]+-)(\d+)(·.+)?$`)

// nextSerial returns the number of a meeting: year, kind and a running number,
// e.g. 2026-大会-04, with the device's mark when the district has yet to confirm.
func nextSerial(meeting record.Record, in record.Around) string {
	if meeting.Values["serial"] != "" {
		return meeting.Values["serial"]
	}
	prefix := serialPrefix(meeting)
	serial := fmt.Sprintf("%s%02d", prefix, highest(in, prefix)+1)
	if m, ok := in.(Marked); ok && m.Mark() != "" {
		serial += "·" + m.Mark()
	}
	return serial
}

func serialPrefix(meeting record.Record) string {
	return fmt.Sprintf("%04d-%s-", dayOf(meeting.Values["start"]).Year, Short(meeting.Values["kind"]))
}

func highest(in record.Around, prefix string) int {
	most := 0
	for _, m := range in.All("meeting") {
		if p, n, _ := splitSerial(m.Values["serial"]); p == prefix {
			most = max(most, n)
		}
	}
	return most
}

// splitSerial splits 2026-大会-04·甲 into its prefix, number and mark.
func splitSerial(serial string) (prefix string, n int, mark string) {
	m := serialForm.FindStringSubmatch(serial)
	if m == nil {
		return "", 0, ""
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return "", 0, ""
	}
	return m[1], n, strings.TrimPrefix(m[3], "·")
}

// SettleSerials confirms the marked numbers once everything is in one place:
// in the order of finalising each keeps its number or moves to the next free
// one. Of two meetings with one number, confirmed on two laptops at the same
// time, the later moves on. The answer follows from the books alone, so that
// laptops with the same books settle alike. What may be printed already stays as
// an alias; nothing is renumbered silently (decisions.md 7).
func SettleSerials(in record.Around) []record.Edit {
	meetings := slices.SortedFunc(slices.Values(in.All("meeting")), func(a, b record.Record) int {
		return cmp.Or(strings.Compare(a.Values["finalised_at"], b.Values["finalised_at"]), strings.Compare(a.ID, b.ID))
	})
	taken := map[string]bool{}
	var open []record.Record
	for _, m := range meetings {
		serial := m.Values["serial"]
		switch _, n, mark := splitSerial(serial); {
		case n == 0:
		case mark == "" && !taken[serial]:
			taken[serial] = true
		default:
			open = append(open, m)
		}
	}
	var edits []record.Edit
	for _, m := range open {
		prefix, n, _ := splitSerial(m.Values["serial"])
		for taken[fmt.Sprintf("%s%02d", prefix, n)] {
			n++
		}
		serial := fmt.Sprintf("%s%02d", prefix, n)
		taken[serial] = true
		edits = append(edits, record.Edit{Kind: "meeting", ID: m.ID, Set: record.Values{
			"serial": serial, "serial_alias": joinAlias(m.Values["serial_alias"], m.Values["serial"])}})
	}
	return edits
}

func joinAlias(old, serial string) string {
	if old == "" {
		return serial
	}
	return old + "、" + serial
}
