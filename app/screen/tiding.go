package screen

import (
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// tidingDays is how long something from the district that asks for nothing stands
// among the to-dos.
const tidingDays = 14

// Notice is what the district or the street told every branch.
type Notice struct {
	ID, Title, Text string
	At              time.Time   // when it was signed
	Due             record.Date // by when something is asked for; zero: nothing is
}

// Notices are all of them, newest first.
func (b *Book) Notices() []Notice {
	var out []Notice
	for _, r := range b.All(branch.NoticeKind) {
		if at, ok := b.sealedAt(r.Values[record.SealPath("title")]); ok {
			out = append(out, Notice{r.ID, r.Values["title"], r.Values["text"], at, record.ReadDate(r.Values["due"])})
		}
	}
	slices.SortStableFunc(out, func(x, y Notice) int { return y.At.Compare(x.At) })
	return out
}

// tidings are the answers of the district that came lately, and its notices: those
// that came lately, and those that ask for something by a day still ahead.
func (b *Book) tidings() []Duty {
	type tiding struct {
		at time.Time
		Duty
	}
	var all []tiding
	add := func(at time.Time, due record.Date, d Duty) {
		asked := !due.IsZero() && !due.Before(b.Today())
		if !asked && !at.AddDate(0, 0, tidingDays).After(b.Now()) {
			return
		}
		d.Left, d.Note = true, joinNotes(ShortMoment(at, b.Today()), d.Note)
		if asked {
			d.Days, d.Note = b.Today().DaysUntil(due), joinNotes("应于 "+ShortDay(due.String(), b.Today())+" 前", d.Note)
		}
		all = append(all, tiding{at, d})
	}
	for _, n := range b.Notices() {
		add(n.At, n.Due, Duty{Rule: "NOTICE", Mark: Mark{Coming, "区里通知"}, Title: n.Title, Note: shortLine(n.Text), Page: "sync", Kind: branch.NoticeKind, ID: n.ID})
	}
	for _, k := range b.kinds {
		for _, r := range b.Trash(k.Name) {
			if at, moved := b.sealedAt(r.Values[record.SealPath("transferred_to")]); moved {
				add(at, record.Date{}, Duty{Rule: "MOVED", Mark: Mark{Coming, "已转出"}, Title: b.Title(r), Note: "转往" + r.Values["transferred_to"], Verb: "去看", Page: PageOf(k.Name), Kind: k.Name, ID: r.ID})
			}
		}
		for _, r := range b.All(k.Name) {
			if from := r.Values["transferred_from"]; from != "" {
				at, _ := b.sealedAt(r.Values[record.SealPath("transferred_from")])
				add(at, record.Date{}, Duty{Rule: "ARRIVED", Mark: Mark{Coming, "转入"}, Title: b.Title(r), Note: joinNotes("从"+from+"转来", b.placing(r)), Verb: "去看", Page: PageOf(k.Name), Kind: k.Name, ID: r.ID})
			}
			at, labels := b.answered(k, r)
			if len(labels) > 0 {
				add(at, record.Date{}, Duty{Rule: "ANSWER", Mark: Mark{Coming, "区里批复"}, Title: b.Title(r) + "・" + strings.Join(labels, "、"), Verb: "去看", Page: PageOf(k.Name), Kind: k.Name, ID: r.ID})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y tiding) int { return y.at.Compare(x.at) })
	out := make([]Duty, len(all))
	for i, t := range all {
		out[i] = t.Duty
	}
	return out
}

// placing says what a branch has still to arrange for somebody who came.
func (b *Book) placing(r record.Record) string {
	if r.Kind == "member" && r.Values["group"] == "" {
		return "请编入党小组"
	}
	return ""
}

// answered returns when the district last answered about a record, and what the
// answer says: 「上级批准日期 2026-11-18」.
func (b *Book) answered(k record.Kind, r record.Record) (newest time.Time, labels []string) {
	said := map[string]string{}
	for path, seal := range r.Values {
		of, ok := record.SealedPath(path)
		if !ok {
			continue
		}
		at, dated := b.sealedAt(seal)
		if !dated || !record.Stands(seal) || at.Before(newest) {
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

// sealedAt returns when the district signed.
func (b *Book) sealedAt(seal string) (time.Time, bool) {
	stamp, ok := record.SealedAt(seal)
	return stamp.Time().In(b.Now().Location()), ok
}

// shortLine is the beginning of a text.
func shortLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if runes := []rune(line); len(runes) > 30 {
		return string(runes[:29]) + "…"
	}
	return line
}
