package screen

import (
	"slices"
	"strings"
	"unicode"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Finder finds people, meetings, demands, forms and pages by initials, full
// pinyin, Han characters or numbers, and offers what can be done with them
// (picture p). Its index is built once and follows changes.
type Finder struct {
	book  *Book
	forms []FormInfo
	index map[string][]*entry // by kind, in pinyin order
	names map[string]*name    // spelled once, however often they occur
	help  []HelpLink

	query  string
	groups []FoundGroup
	flat   []*Found
	now    int
}

// Found is one line of the result.
type Found struct {
	Target Target
	Title  string
	Note   string // beside the title
	Right  string // at the right end
	record record.Record
	rank   int
}

// FoundGroup is a captioned run of results.
type FoundGroup struct {
	Say   string // 党员
	Count int    // how many there are, shown or not
	Found []*Found
}

// Acts a target can ask for.
const (
	ToOpen   = "open"
	ToEdit   = "edit"
	ToCreate = "create"
	ToPrint  = "print"
	ToGo     = "go"
	ToHelp   = "help"
)

// Target says where a result leads.
type Target struct {
	Act  string // one of the To… words
	Kind string
	ID   string
	Form string // for ToPrint
	Page string // for ToGo and ToHelp
	Text string // for ToCreate: what was typed
}

// NewFinder makes the finder. forms are those of the print centre.
func NewFinder(b *Book, forms []FormInfo) *Finder {
	f := &Finder{book: b, forms: forms, index: map[string][]*entry{}, names: map[string]*name{}}
	for _, k := range b.Kinds() {
		f.Refresh(k.Name)
	}
	return f
}

// Refresh reads the records of one kind anew: all, or only those named.
func (f *Finder) Refresh(kind string, ids ...string) {
	k, err := f.book.Kind(kind)
	if err != nil {
		return
	}
	if title, _ := k.Field(k.Title); title.Type.Name() == "ref" { // a year of somebody's dues is found by the person
		return
	}
	if len(ids) == 0 {
		f.index[kind] = nil
		for _, r := range f.book.All(kind) {
			f.index[kind] = append(f.index[kind], f.entry(k, r))
		}
		slices.SortFunc(f.index[kind], func(a, b *entry) int { return strings.Compare(a.key, b.key) })
		return
	}
	list := slices.DeleteFunc(f.index[kind], func(e *entry) bool { return slices.Contains(ids, e.r.ID) })
	for _, id := range ids {
		if r, ok := f.book.Get(kind, id); ok && !r.Deleted() {
			e := f.entry(k, r)
			at, _ := slices.BinarySearchFunc(list, e, func(a, b *entry) int { return strings.Compare(a.key, b.key) })
			list = slices.Insert(list, at, e)
		}
	}
	f.index[kind] = list
}

// Type takes the query as it now stands and finds anew. An empty query finds
// nothing but the pages.
func (f *Finder) Type(query string) {
	f.query, f.groups, f.flat, f.now = query, nil, nil, 0
	q := newQuery(query)
	for _, k := range f.book.Kinds() {
		f.group(k.Page, f.search(k, q))
	}
	slices.SortStableFunc(f.groups, func(a, b FoundGroup) int { return a.Found[0].tier() - b.Found[0].tier() })
	f.flatten()
	f.group("页面", f.places(q))
	if acts := f.acts(q); len(acts) > 0 {
		f.group("可以做的事", acts)
		f.lift()
	}
	f.group("帮助", f.helps(q))
	f.flatten()
}

// lift moves what can be done with the first record found before the groups that
// merely mention a name.
func (f *Finder) lift() {
	last := len(f.groups) - 1
	at := slices.IndexFunc(f.groups, func(g FoundGroup) bool { return g.Found[0].tier() > 0 })
	if at >= 0 {
		acts := f.groups[last]
		f.groups = slices.Insert(f.groups[:last], at, acts)
	}
}

// flatten lists the lines of all groups in the order the highlight goes.
func (f *Finder) flatten() {
	f.flat = nil
	for _, g := range f.groups {
		f.flat = append(f.flat, g.Found...)
	}
}

// tier puts groups in which a name itself was found before those that merely
// mention it, and the branch's own record last.
func (f *Found) tier() int {
	switch {
	case f.Target.Kind == "branch":
		return 2
	case f.rank == rankRelated:
		return 1
	}
	return 0
}

// Query returns what was typed.
func (f *Finder) Query() string { return f.query }

// most is how many lines a group shows; fewer where the name found is only
// mentioned in them.
const (
	most  = 6
	fewer = 2
)

func (f *Finder) group(say string, found []*Found) {
	if len(found) == 0 {
		return
	}
	slices.SortStableFunc(found, func(a, b *Found) int { return a.rank - b.rank })
	shown := most
	if found[0].rank == rankRelated {
		shown = fewer
	}
	f.groups = append(f.groups, FoundGroup{Say: say, Count: len(found), Found: found[:min(len(found), shown)]})
}

func (f *Finder) search(k record.Kind, q query) []*Found {
	if q.text == "" {
		return nil
	}
	var out []*Found
	for _, e := range f.index[k.Name] {
		rank, right, ok := e.match(q)
		if !ok {
			continue
		}
		out = append(out, &Found{Target: Target{Act: ToOpen, Kind: k.Name, ID: e.r.ID}, Title: e.title, Right: right, record: e.r, rank: rank})
	}
	slices.SortStableFunc(out, func(a, b *Found) int { return a.rank - b.rank })
	for _, found := range out[:min(len(out), most)] {
		found.Note = f.note(k, found.record)
	}
	return out
}

func (f *Finder) places(q query) []*Found {
	var out []*Found
	for _, p := range Navigation() {
		if q.text == "" || branch.Matches(q.text, p.Label) {
			out = append(out, &Found{Target: Target{Act: ToGo, Page: p.Name}, Title: p.Label, Note: "打开这一页"})
		}
	}
	return out
}

// Groups returns the result.
func (f *Finder) Groups() []FoundGroup { return f.groups }

// Count returns how many records were found, acts and pages not counted.
func (f *Finder) Count() int {
	n := 0
	for _, g := range f.groups {
		if g.Found[0].Target.Act == ToOpen {
			n += g.Count
		}
	}
	return n
}

// Current returns the highlighted line.
func (f *Finder) Current() (*Found, bool) {
	if f.now >= len(f.flat) {
		return nil, false
	}
	return f.flat[f.now], true
}

// Move moves the highlight, stopping at the ends.
func (f *Finder) Move(by int) { f.now = min(max(f.now+by, 0), max(len(f.flat)-1, 0)) }

// Highlight moves the highlight to a line.
func (f *Finder) Highlight(line *Found) {
	if i := slices.Index(f.flat, line); i >= 0 {
		f.now = i
	}
}

// note is what tells a record from others of its name.
func (f *Finder) note(k record.Kind, r record.Record) string {
	var parts []string
	for _, name := range noteFields(k) {
		field, _ := k.Field(name)
		text := f.book.Show(field, r.Values[name])
		if _, isMoment := field.Type.(record.Moment); isMoment {
			text, _, _ = strings.Cut(text, " ")
		}
		if text != "" && text != f.book.Title(r) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts[:min(len(parts), 3)], "・")
}

// noteFields returns the list columns of a kind by priority, without the title
// and what is sensitive.
func noteFields(k record.Kind) []string {
	if k.Name == "member" {
		return []string{"group", "employer", "title"}
	}
	var fields []record.Field
	for _, field := range k.Fields {
		if field.Column > 0 && field.Name != k.Title && !field.Sensitive {
			fields = append(fields, field)
		}
	}
	slices.SortStableFunc(fields, func(a, b record.Field) int { return a.Column - b.Column })
	var names []string
	for _, field := range fields {
		names = append(names, field.Name)
	}
	return names
}

// CanFind reports whether a rune typed with nothing focused opens the finder.
func CanFind(r rune) bool { return unicode.IsLetter(r) }
