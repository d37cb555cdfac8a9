package screen

import (
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// PrintCentre is the page 打印中心: every form by name, what it can be printed
// for, blank ones, and many records at once.
type PrintCentre struct {
	book   *Book
	forms  []FormInfo
	query  string
	now    string          // code of the current form
	ticked map[string]bool // record ids
	find   string
	last   map[string]time.Time // by form code: when it was last printed or saved
}

// NewPrintCentre opens the page.
func NewPrintCentre(b *Book, press Press) *PrintCentre {
	p := &PrintCentre{book: b, forms: press.Forms(), ticked: map[string]bool{}, last: map[string]time.Time{}}
	if trail, err := b.Trail(); err == nil { // a broken chain is told by the check
		for _, e := range trail {
			p.last[e.What] = e.At
		}
	}
	if len(p.forms) > 0 {
		p.now = p.forms[0].Code
	}
	return p
}

// FormLine is one form in the list.
type FormLine struct {
	FormInfo
	For  string // 党员、会议
	Last string // 上次打印 11-20, "" for never
}

// Forms returns the forms that match the search.
func (p *PrintCentre) Forms() []FormLine {
	var out []FormLine
	for _, f := range p.forms {
		if p.query == "" || branch.Matches(p.query, f.Name, f.Code) {
			out = append(out, FormLine{f, p.For(f), p.lastText(f.Code)})
		}
	}
	return out
}

// For names the registers that a form prints.
func (p *PrintCentre) For(f FormInfo) string {
	var labels []string
	for _, name := range f.Kinds {
		if k, err := p.book.Kind(name); err == nil {
			labels = append(labels, k.Label)
		}
	}
	return strings.Join(labels, "、")
}

func (p *PrintCentre) lastText(code string) string {
	at, ok := p.last[code]
	if !ok {
		return ""
	}
	return "上次打印 " + ShortDay(record.DateOf(at).String(), p.book.Today())
}

// Find shows only the forms that match text.
func (p *PrintCentre) Find(text string) { p.query = strings.TrimSpace(text) }

// Current returns the form chosen.
func (p *PrintCentre) Current() (FormInfo, bool) {
	i := slices.IndexFunc(p.forms, func(f FormInfo) bool { return f.Code == p.now })
	if i < 0 {
		return FormInfo{}, false
	}
	return p.forms[i], true
}

// Choose chooses a form; ticks of another form are forgotten.
func (p *PrintCentre) Choose(code string) {
	if code != p.now {
		p.now, p.find = code, ""
		clear(p.ticked)
	}
}

// Candidates returns the records the form can be printed for, those that match
// the search, in pinyin order, meetings the newest first.
func (p *PrintCentre) Candidates() []Pick {
	f, ok := p.Current()
	if !ok {
		return nil
	}
	var out []Pick
	for _, kind := range f.Kinds {
		picks := p.book.Picks(kind, p.find)
		if kind == "meeting" {
			picks = p.byDay(picks)
		}
		out = append(out, picks...)
	}
	return out
}

// byDay puts meetings in the order people look for them, the newest first.
func (p *PrintCentre) byDay(picks []Pick) []Pick {
	start := func(id string) string {
		r, _ := p.book.Get("meeting", id)
		return r.Values["start"]
	}
	for i := range picks {
		picks[i].Note, _, _ = strings.Cut(start(picks[i].ID), " ")
	}
	slices.SortStableFunc(picks, func(a, b Pick) int { return strings.Compare(b.Note, a.Note) })
	return picks
}

// FindRecord shows only the candidates that match text.
func (p *PrintCentre) FindRecord(text string) { p.find = strings.TrimSpace(text) }

// Tick ticks or unticks a record.
func (p *PrintCentre) Tick(id string) {
	if p.ticked[id] {
		delete(p.ticked, id)
	} else {
		p.ticked[id] = true
	}
}

// TickAll ticks every candidate shown; when all are, it unticks them.
func (p *PrintCentre) TickAll() {
	all := p.Candidates()
	full := !slices.ContainsFunc(all, func(c Pick) bool { return !p.ticked[c.ID] })
	for _, c := range all {
		p.ticked[c.ID] = !full
	}
}

// Ticked reports whether a record is ticked.
func (p *PrintCentre) Ticked(id string) bool { return p.ticked[id] }

// Batch returns the ticked records in pinyin order: what is printed at once.
func (p *PrintCentre) Batch() []string {
	find := p.find
	p.find = ""
	defer func() { p.find = find }()
	var ids []string
	for _, c := range p.Candidates() {
		if p.ticked[c.ID] {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// FormsFor returns the forms that print records of kind, for a page's 打印 menu.
func FormsFor(press Press, kind string) []FormInfo {
	var out []FormInfo
	for _, f := range press.Forms() {
		if f.Prints(kind) {
			out = append(out, f)
		}
	}
	return out
}

var _ record.Around = (*Book)(nil)
