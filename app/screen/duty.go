package screen

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Duties returns everything there is to do, most urgent first: what the rules
// ask for, and what is left over on this laptop. Three or more of one page that
// come due in the same span stand as one line.
func (b *Book) Duties() []Duty { return b.duties(branch.Due(b, b.DueDay())) }

func (b *Book) duties(due []branch.Duty) []Duty {
	out := b.Leftovers()
	first := b.firstMeeting()
	for _, d := range due {
		if d.Kind == "meeting" && d.ID == "" && (first.IsZero() || d.Due.Before(first)) && d.Days < 0 {
			continue // held before these books were begun, or on paper
		}
		out = append(out, b.duty(d))
	}
	sortDuties(out)
	out = merged(out)
	b.countExpected(out)
	return out
}

// counted is of how many coming meetings the expected are counted.
const counted = 5

// countExpected adds to the nearest meetings how many are expected.
func (b *Book) countExpected(duties []Duty) {
	left, heads := counted, branch.Heads(b)
	for i := range duties {
		d := &duties[i]
		if d.Kind != "meeting" || d.ID == "" || d.Count > 0 || left == 0 {
			continue
		}
		left--
		m, ok := b.Get("meeting", d.ID)
		if _, n := heads(m); ok && n > 0 {
			d.Note = joinNotes(d.Note, "应到 "+number(n)+" 人")
		}
	}
}

// LastContact implements branch.Contacted: a branch without a district is never
// reminded of it.
func (b *Book) LastContact() (on record.Date, waiting int) {
	replica, ok := b.Store.(Replica)
	if !ok {
		return record.Date{}, 0
	}
	if _, enrolled := replica.Enrolment(); !enrolled {
		return record.Date{}, 0
	}
	day, _, _ := strings.Cut(b.Setting(SettingLastSync), " ")
	p := replica.Position()
	return record.ReadDate(day), int(min(p.N-min(p.N, p.Acked), mostPending))
}

// duty puts what the rules ask for into the two lines of the desk.
func (b *Book) duty(d branch.Duty) Duty {
	out := Duty{Rule: d.Rule, Days: d.Days, Mark: b.dueMark(d), Page: PageOf(d.Kind), Kind: d.Kind, ID: d.ID, Path: d.Path, Name: d.Name, Key: d.Key}
	by := "应于 " + ShortDay(d.Due.String(), b.Today()) + " 前"
	switch {
	case d.Kind == "dues":
		out.Title, out.Note = cutAfter(d.What, "，")
		out.Note = joinNotes(out.Note, number(d.Due.Day)+" 日前上解")
	case d.Name == "":
		out.Title, out.Note = cutAfter(d.What, "，")
		out.Note = joinNotes(out.Note, by)
	case d.Kind == "pool" || d.Kind == "member":
		step := ""
		if d.Step > 0 {
			step = fmt.Sprintf("发展党员 第 %d 步", d.Step)
		}
		out.Title, out.Note = d.Name+"・"+d.What, joinNotes(step, by)
		if _, lack, held := strings.Cut(d.What, "："); held {
			out.Brief = d.Name + "・" + lack
		}
	case d.Kind == "meeting" && d.ID != "":
		out.Title, out.Note = d.Name, b.meetingNote(d)
		out.Brief, _ = cutAfter(d.Name, "（")
	case d.Kind == "meeting":
		out.Title, out.Note = d.Name+" "+d.What, by
	case d.Kind == "demand":
		out.Title, out.Note, out.Brief = b.demandTitle(d), d.What, d.Name
	default:
		out.Title, out.Note = d.Name, d.What
	}
	out.Verb = verb(d)
	if d.Days <= near || d.Count > 0 {
		out.Near = max(d.Count, 1)
	}
	return out
}

// demandTitle says whose demand it is.
func (b *Book) demandTitle(d branch.Duty) string {
	r, ok := b.Get("demand", d.ID)
	if source := r.Values["source"]; ok && source != "" {
		return source + "：" + d.Name
	}
	return d.Name
}

func cutAfter(text, mark string) (before, after string) {
	before, after, _ = strings.Cut(text, mark)
	return before, after
}

// near is in how many days a duty counts in the navigation.
const near = 3

func joinNotes(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "・")
}

// meetingNote says when and where.
func (b *Book) meetingNote(d branch.Duty) string {
	m, ok := b.Get("meeting", d.ID)
	if !ok {
		return d.What
	}
	when := ""
	if d.Days > 0 {
		when = ShortDay(m.Values["start"], b.Today())
		if _, clock, timed := strings.Cut(m.Values["start"], " "); timed {
			when += " " + clock
		}
	}
	return joinNotes(when, m.Values["place"])
}

// dueMark is the pill: 逾期 8 天, 今天 14:00, 今天到期, 明天, 5 天后.
func (b *Book) dueMark(d branch.Duty) Mark {
	switch {
	case d.Days < 0:
		return Mark{Late, "逾期 " + number(-d.Days) + " 天"}
	case d.Days == 0:
		if m, ok := b.Get("meeting", d.ID); ok && d.Kind == "meeting" {
			if _, clock, timed := strings.Cut(m.Values["start"], " "); timed {
				return Mark{Soon, "今天 " + clock}
			}
		}
		return Mark{Soon, "今天到期"}
	case d.Days == 1:
		return Mark{Coming, "明天"}
	}
	return Mark{Coming, number(d.Days) + " 天后"}
}

// verb is what the line offers to do.
func verb(d branch.Duty) string {
	switch {
	case d.Kind == "meeting" && d.ID == "":
		return "安排"
	case d.Kind == "meeting" && d.Days <= 0:
		return "开始记录"
	case d.Kind == "meeting":
		return "去看"
	case d.Kind == "demand" && d.Days <= 0:
		return "催办"
	case d.Kind == "pool" || d.Kind == "dues":
		return "去登记"
	}
	return "去办"
}

// enough is how many duties of one page make one line.
const enough = 3

// merged puts duties of one page that come due in the same span together; what
// is late or due today always stands for itself.
func merged(duties []Duty) []Duty {
	type key struct {
		page string
		span Span
	}
	counts := map[key][]Duty{}
	of := func(d Duty) key { return key{d.Page, d.Span()} }
	for _, d := range duties {
		if d.Span() > SpanToday && d.ID != "" {
			counts[of(d)] = append(counts[of(d)], d)
		}
	}
	var out []Duty
	done := map[key]bool{}
	for _, d := range duties {
		same := counts[of(d)]
		switch {
		case d.Span() <= SpanToday || d.ID == "" || len(same) < enough:
			out = append(out, d)
		case !done[of(d)]:
			done[of(d)] = true
			out = append(out, together(same))
		}
	}
	return out
}

// together is one line for several duties of one page.
func together(same []Duty) Duty {
	first := same[0]
	out := Duty{Days: first.Days, Mark: first.Mark, Page: first.Page, Verb: "去看", Count: len(same)}
	if first.Days == 1 {
		out.Mark.Say = "明天起"
	}
	n := number(len(same))
	var names []string
	for _, d := range same {
		out.Near += d.Near
		if d.Name != "" && !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
	}
	out.Note = strings.Join(names, "、")
	switch first.Page {
	case "demand":
		out.Title, out.Note, out.Verb = "诉求 "+n+" 条陆续到期", "最近："+first.Name, "去看板"
	case "pool":
		out.Title, out.Verb = "发展党员 "+n+" 步到期", "去看板"
	case "meeting":
		out.Title = "会议 " + n + " 次要开"
	default:
		out.Title = pageLabel(first.Page) + " " + n + " 件到期"
	}
	return out
}

func pageLabel(name string) string {
	for _, p := range Navigation() {
		if p.Name == name {
			return p.Label
		}
	}
	return name
}
