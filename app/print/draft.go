package print

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// draft is a document being made: the pages so far and what forms draw from.
type draft struct {
	*page.Flow
	form       Form
	variant    string
	opt        Options
	faces      *Faces
	in         record.Around
	records    []record.Record // chosen; none: blank or whole
	profile    record.Record   // the branch
	complaints []record.Complaint
	seen       map[string]bool // characters already complained about
	title      string          // of the document; "": the form's name
	numbered   func(d *draft)  // draws page numbers at the end; nil: 第 x 页 共 y 页
	began      int             // pages before the record being drawn
	inBook     bool            // the book numbers the pages
	stopped    bool
	told       []string // values handed to the form: all of them must be on paper
	unknown    []string // paths a form asked for that the catalog does not have
}

func newDraft(form Form, in record.Around, opt Options) (*draft, error) {
	faces := opt.Faces
	if faces == nil {
		var err error
		if faces, err = standard(); err != nil {
			return nil, err
		}
	}
	variant, ok := form.variant(opt.Variant)
	if !ok {
		return nil, refuse("VARIANT_UNKNOWN", record.Quoted(form.Name)+"没有“"+opt.Variant+"”这一种。请从列表里选。")
	}
	if opt.Year == 0 {
		opt.Year = in.Today().Year
	}
	if opt.Month == 0 {
		opt.Month = in.Today().Month
	}
	return &draft{form: form, variant: variant, opt: opt, faces: faces, in: in, profile: branch.Profile(in), seen: map[string]bool{},
		complaints: slices.Clone(faces.notes)}, nil
}

// paper starts the document, or the next part of it, on a fresh page.
func (d *draft) paper(s page.Sheet) {
	if d.Flow == nil {
		d.Flow = page.NewFlow(s)
		d.Still = d.opt.Overlay != nil
		return
	}
	d.Turn(s)
}

// each draws one part a record, or one blank part, on fresh paper.
func (d *draft) each(s page.Sheet, draw func(r record.Record)) {
	if len(d.records) == 0 {
		d.paper(s)
		draw(record.Record{Kind: d.kind(), Values: record.Values{}})
		d.restPages()
		return
	}
	for i, r := range d.records {
		if d.opt.Progress != nil && !d.opt.Progress(i, len(d.records)) {
			d.stopped = true
			return
		}
		d.paper(s)
		if i == 0 && len(d.records) == 1 {
			d.title = d.form.Name + "（" + d.nameOf(r) + "）"
		}
		if len(d.records) > 1 {
			d.Page().Add(page.Mark{Title: d.nameOf(r), Y: 0})
		}
		draw(r)
		d.restPages()
		d.number()
		d.began = len(d.Pages)
	}
}

func (d *draft) kind() string {
	if len(d.form.Kinds) == 0 {
		return ""
	}
	return d.form.Kinds[0]
}

// nameOf returns what a record is called.
func (d *draft) nameOf(r record.Record) string {
	k, ok := branch.KindOf(r.Kind)
	if !ok {
		return r.ID
	}
	return r.Values[k.Title]
}

// branchName returns the full name of the branch, "" before it has one.
func (d *draft) branchName() string { return d.profile.Values["name"] }

// branchOr returns the branch's name, or blanks to write it on.
func (d *draft) branchOr(blank string) string {
	if d.opt.Blank || d.branchName() == "" {
		return blank
	}
	return d.branchName()
}

func (d *draft) docTitle() string {
	title := d.form.Name
	if d.title != "" {
		title = d.title
	}
	if d.opt.Blank {
		title += "（空白）"
	}
	return title
}

// text returns a value of r as forms show it: labels of codes, names of records,
// Chinese dates; "" when it is empty.
func (d *draft) text(r record.Record, path string) string { return d.read(r, path, false) }

// brief returns a value as lists show it: as text does, dates as 2026.05.25.
func (d *draft) brief(r record.Record, path string) string { return d.read(r, path, true) }

func (d *draft) read(r record.Record, path string, short bool) string {
	value := r.Values[path]
	d.know(r.Kind, path)
	if value == "" {
		return ""
	}
	return d.tell(d.shown(r, path, value, short), path, d.nameOf(r))
}

// month returns a date of r to the month, written as forms or lists do.
func (d *draft) month(r record.Record, path string, write func(string) string) string {
	value := r.Values[path]
	d.know(r.Kind, path)
	return d.tell(write(value[:min(len(value), len("2026-05"))]), path, d.nameOf(r))
}

// quietly gathers values without telling them: a letter tells those it fills in.
func (d *draft) quietly(gather func()) {
	before := len(d.told)
	gather()
	d.told = d.told[:before]
}

// know notes a path that the catalog does not have.
func (d *draft) know(kind, path string) {
	if k, ok := branch.KindOf(kind); ok {
		if _, ok := k.Field(path); !ok {
			d.unknown = append(d.unknown, kind+"."+path)
		}
	}
}

// shown turns a stored value into text.
func (d *draft) shown(r record.Record, path, value string, short bool) string {
	k, ok := branch.KindOf(r.Kind)
	if !ok {
		return value
	}
	f, ok := k.Field(path)
	if !ok {
		return value
	}
	if path == "probation_end" || path == "extension_end" {
		value = branch.PrintedEnd(record.ReadDate(value), d.rules()).String()
	}
	if _, day := f.Type.(record.Day); day && short {
		return dotDate(value)
	}
	return d.format(f, value)
}

// rules returns the rules of today.
func (d *draft) rules() rules.Set { return branch.RulesOn(d.in, d.in.Today()) }

// tell remembers a value that must be on paper, and checks its characters.
func (d *draft) tell(text, path, who string) string {
	text = d.glyphs(text, path, who)
	if text != "" {
		d.told = append(d.told, text)
	}
	return text
}

// cell returns a column of a row as text does for a field.
func (d *draft) cell(r record.Record, table string, row record.Row, column string) string {
	return d.text(r, record.Path(table, row.ID, column))
}

func (d *draft) format(f record.Field, value string) string {
	switch t := f.Type.(type) {
	case record.Day:
		return cnDate(value)
	case record.Moment:
		return cnMoment(value)
	case record.Ref:
		if r, ok := d.in.Get(t.Kind, value); ok {
			return d.nameOf(r)
		}
		return ""
	}
	text := f.Format(value)
	if d.opt.Mask && (f.Sensitive || f.Type != nil && f.Type.Name() == "phone") {
		return mask(text)
	}
	return text
}

// mask hides the middle of an ID number or a phone number.
func mask(s string) string {
	runes := []rune(s)
	if len(runes) < 8 {
		return s
	}
	from, to := 3, len(runes)-4
	if len(runes) > 11 {
		from = 6
	}
	return string(runes[:from]) + strings.Repeat("*", to-from) + string(runes[to:])
}

// glyphs passes text through without variation selectors, which paper has no use
// for, and complains about every character that no face has: it will stand on
// paper as 〓.
func (d *draft) glyphs(text, path, who string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, text)
	for _, r := range text {
		if r == '\n' || d.faces.Song.Has(r) || d.seen[who+string(r)] {
			continue
		}
		d.seen[who+string(r)] = true
		d.complaints = append(d.complaints, record.Complaint{Path: path, Severity: record.Warn, Code: "GLYPH_MISSING",
			Say: fmt.Sprintf("%s里的“%c”（U+%04X）字库里没有，纸上印作〓。请手写补上，或在设置的“纸上的字库”里选一个有这个字的字库。", record.Quoted(who), r, r)})
	}
	return text
}

// fill returns what was asked at print time.
func (d *draft) fill(name string) string { return d.glyphs(d.opt.Fill[name], name, d.form.Name) }

// all returns the live records of a kind, in the order of a field's values.
func (d *draft) all(kind, by string) []record.Record {
	if d.opt.Blank {
		return nil
	}
	out := slices.Clone(d.in.All(kind))
	slices.SortStableFunc(out, func(a, b record.Record) int {
		if c := strings.Compare(a.Values[by], b.Values[by]); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// chosen returns the records given, else all of a kind on the roster or list.
func (d *draft) chosen(all []record.Record) []record.Record {
	if len(d.records) > 0 {
		return d.records
	}
	return all
}
