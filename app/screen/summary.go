package screen

import (
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Summary is a record as the card beside a list shows it.
type Summary struct {
	Title    string
	Line     string // one line under it: 男・30 岁・本科
	Marks    []Mark
	Sections []Section
	Past     Past
}

// Past is what happened to a record: the meetings of a member, the whole timeline
// of an entity (一主体一档).
type Past struct {
	Name  string // 最近到会
	Note  string // 今年 9 次
	Page  string // with more of it; "" when the lines are all and lead on themselves
	Lines []PastLine
}

// PastLine is one line of it, from a record.
type PastLine struct {
	Kind, ID string
	Day      string // 11-13 within this year, else 2025-11-13
	Title    string
	Mark     Mark
}

// visitsShown is how many meetings the card of a member shows.
const visitsShown = 3

// sectionsShown and linesShown bound the card of a kind without an own design.
const (
	sectionsShown = 4
	linesShown    = 5
)

// Summary returns the card of a record. Sensitive values are masked unless whole.
func (b *Book) Summary(r record.Record, whole bool) Summary {
	s := Summary{Title: b.Title(r), Marks: b.marks(r)}
	if r.Kind == "member" {
		s.Line = b.personLine(r)
		s.Sections = b.memberSections(r, whole)
		s.Past = b.visits(r.ID)
		return s
	}
	switch r.Kind {
	case "pool":
		s.Line = b.personLine(r)
	case "dossier":
		s.Past = b.timeline(r)
	}
	for _, section := range b.Detail(r, whole) {
		if len(s.Sections) == sectionsShown {
			break
		}
		section.Lines = section.Lines[:min(len(section.Lines), linesShown)]
		s.Sections = append(s.Sections, section)
	}
	return s
}

// marks returns the states worth a pill: what the record is, and where it stands
// with the district when that is not the usual.
func (b *Book) marks(r record.Record) []Mark {
	k, err := b.Kind(r.Kind)
	if err != nil {
		return nil
	}
	var out []Mark
	for _, path := range []string{"category", "status", "stage", "kind"} {
		f, ok := k.Field(path)
		if _, choice := f.Type.(record.Choice); ok && choice && r.Values[path] != "" {
			if text := b.Show(f, r.Values[path]); text != "正常" {
				out = append(out, Mark{Neutral, text})
			}
		}
	}
	if m := unsettled(r.State); m.Say != "" {
		out = append(out, m)
	}
	return out
}

// syncMark says where a record stands with the district.
func syncMark(s record.State) Mark {
	return Mark{map[record.State]Tone{record.Synced: Plain, record.Pending: Offline, record.Refused: Late, record.Conflicted: Clash}[s], s.String()}
}

// unsettled is syncMark on a card, where 已同步 goes without saying.
func unsettled(s record.State) Mark {
	if s == record.Synced {
		return Mark{}
	}
	return syncMark(s)
}

// personLine is 男・30 岁・大学.
func (b *Book) personLine(r record.Record) string {
	k, err := b.Kind(r.Kind)
	if err != nil {
		return ""
	}
	var parts []string
	for _, path := range []string{"gender", "+age", "education"} {
		f, _ := k.Field(path)
		text := ""
		if path == "+age" {
			if age := ageText(r, b.Today()); age != "" {
				text = age + " 岁"
			}
		} else {
			text = b.Show(f, r.Values[path])
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "・")
}

// memberSections are the groups of the member's card (design.md, picture b).
func (b *Book) memberSections(r record.Record, whole bool) []Section {
	k, err := b.Kind(r.Kind)
	if err != nil {
		return nil
	}
	party := Section{Name: "党内情况", Lines: b.cardLines(k, r, whole, "入党日期=joined", "转正日期=converted", "党小组=group+party_post", "组织关系=in_date")}
	for i, line := range party.Lines {
		if standing := standingText(r, b.Today()); line.Path == "converted" && standing != "" {
			party.Lines[i].Text += "・党龄 " + standing
		}
	}
	contact := Section{Name: "联系方式", Lines: b.cardLines(k, r, whole, "手机=mobile", "单位职务=employer+title")}
	contact.Hidden = !whole && (r.Values["mobile"] != "" || r.Values["id_no"] != "")
	if whole {
		contact.Lines = append(contact.Lines, b.cardLines(k, r, whole, "身份号码=id_no")...)
	}
	return slices.DeleteFunc([]Section{party, contact}, func(s Section) bool { return len(s.Lines) == 0 && !s.Hidden })
}

// standingText is 6 年, 约 before it where the date is not exact.
func standingText(r record.Record, today record.Date) string {
	converted := record.ReadDate(r.Values["converted"])
	if converted.IsZero() {
		return ""
	}
	t := branch.Standing(converted, record.Int(r.Values["standing_adjust_months"]), today)
	text := number(t.Years()) + " 年"
	if t.About {
		return "约 " + text
	}
	return text
}

// cardLines returns the filled lines among wants: 标签=path, where "a+b" joins
// two values.
func (b *Book) cardLines(k record.Kind, r record.Record, whole bool, wants ...string) []Line {
	var out []Line
	for _, want := range wants {
		label, joined, _ := strings.Cut(want, "=")
		var texts []string
		for _, path := range strings.Split(joined, "+") {
			f, ok := k.Field(path)
			if !ok {
				continue
			}
			if text, _ := b.detailText(f, r, whole); text != "" {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 {
			out = append(out, Line{Path: joined, Label: label, Text: strings.Join(texts, "・")})
		}
	}
	return out
}

// visits are a member's latest meetings, newest first, and how many the member
// was expected at in this year.
func (b *Book) visits(member string) Past {
	k, err := b.Kind("meeting")
	if err != nil {
		return Past{}
	}
	path, year := record.Path("attendance", member, "state"), number(b.Today().Year)
	var been []record.Record
	all := 0
	for _, m := range b.All("meeting") {
		if m.Values[path] == "" {
			continue
		}
		been = append(been, m)
		if strings.HasPrefix(m.Values["start"], year) {
			all++
		}
	}
	slices.SortFunc(been, func(x, y record.Record) int { return strings.Compare(y.Values["start"], x.Values["start"]) })
	f, _ := k.Field(path)
	out := Past{Name: "最近到会", Note: "今年 " + number(all) + " 次", Page: "meeting"}
	for _, m := range been[:min(len(been), visitsShown)] {
		out.Lines = append(out.Lines, PastLine{Kind: "meeting", ID: m.ID, Day: ShortDay(m.Values["start"], b.Today()), Title: b.Title(m),
			Mark: attendanceMark(f.Format(m.Values[path]))})
	}
	return out
}

// timeline is everything the books know about an entity, newest first.
func (b *Book) timeline(dossier record.Record) Past {
	var out []PastLine
	for _, h := range branch.Timeline(dossier, b) {
		out = append(out, PastLine{Kind: h.Kind, ID: h.ID, Day: ShortDay(h.On.String(), b.Today()), Title: h.Text, Mark: Mark{Neutral, h.What}})
	}
	return Past{Name: "经过", Note: "共 " + number(len(out)) + " 条", Lines: out}
}

func attendanceMark(state string) Mark {
	switch state {
	case "到会":
		return Mark{Fine, state}
	case "缺席":
		return Mark{Late, state}
	}
	return Mark{Neutral, state}
}

// ShortDay writes a stored date or moment as lists do: 11-20 within this year,
// else 2025-11-20.
func ShortDay(value string, today record.Date) string {
	day, _, _ := strings.Cut(value, " ")
	if rest, this := strings.CutPrefix(day, number(today.Year)+"-"); this {
		return rest
	}
	return day
}
