package screen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhibu/storage/record"
)

// NoticeKind is the kind of what the district or the street tells every branch. It
// has no register of its own here.
const NoticeKind = "notice"

// tidingDays is how long something from the district stands among the to-dos.
const tidingDays = 14

// tidings are the answers of the district and its notices that came lately,
// newest first.
func (b *Book) tidings() []Duty {
	type tiding struct {
		at time.Time
		Duty
	}
	var all []tiding
	add := func(at time.Time, d Duty) {
		if at.AddDate(0, 0, tidingDays).After(b.Now()) {
			d.Left, d.Note = true, joinNotes(ShortMoment(at, b.Today()), d.Note)
			all = append(all, tiding{at, d})
		}
	}
	for _, r := range b.All(NoticeKind) {
		if at, ok := b.sealedAt(r.Values[record.SealPath("title")]); ok {
			add(at, Duty{Mark: Mark{Coming, "区里通知"}, Title: r.Values["title"], Note: shortLine(r.Values["text"]), Page: "sync"})
		}
	}
	for _, k := range b.kinds {
		for _, r := range b.All(k.Name) {
			at, labels := b.answered(k, r)
			if len(labels) > 0 {
				add(at, Duty{Mark: Mark{Coming, "区里批复"}, Title: b.Title(r) + "・" + strings.Join(labels, "、"), Verb: "去看", Page: PageOf(k.Name), Kind: k.Name, ID: r.ID})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y tiding) int { return cmp.Compare(y.at.UnixNano(), x.at.UnixNano()) })
	out := make([]Duty, len(all))
	for i, t := range all {
		out[i] = t.Duty
	}
	return out
}

// answered returns when the district last answered about a record, and what the
// answer says: 「上级批准日期 2026-11-18」.
func (b *Book) answered(k record.Kind, r record.Record) (newest time.Time, labels []string) {
	said := map[string]string{}
	for path, seal := range r.Values {
		of, ok := record.SealedPath(path)
		at, dated := b.sealedAt(seal)
		if !ok || !dated || at.Before(newest) {
			continue
		}
		if at.After(newest) {
			newest = at
			clear(said)
		}
		said[of] = ""
	}
	for _, of := range inOrder(k, said) {
		if f, known := k.Field(of); known {
			labels = append(labels, strings.TrimSpace(f.Label+" "+shortText(b, f, r.Values[of])))
		}
	}
	return newest, labels
}

// sealedAt returns when the district signed: "ed25519.STAMP.SIGNATURE".
func (b *Book) sealedAt(seal string) (time.Time, bool) {
	_, rest, _ := strings.Cut(seal, ".")
	stamp, _, signed := strings.Cut(rest, ".")
	n, err := strconv.ParseUint(stamp, 10, 64)
	return record.Stamp(n).Time().In(b.Now().Location()), signed && err == nil
}

// shortLine is the beginning of a text.
func shortLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if runes := []rune(line); len(runes) > 30 {
		return string(runes[:29]) + "…"
	}
	return line
}
