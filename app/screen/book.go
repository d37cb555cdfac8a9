// Package screen holds the program's screens without their pixels: verbs go in
// (Type, Save, Mark …), readable state comes out. It knows no toolkit, starts no
// goroutine and reads no clock of its own; slow work goes through a Runner.
package screen

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Store is what the screens need of the local file. Records it returns are
// shared: nobody changes their maps.
type Store interface {
	Get(kind, id string) (record.Record, bool)
	All(kind string) []record.Record   // live records
	Trash(kind string) []record.Record // the recycle bin
	Apply(edits ...record.Edit) ([]record.Record, error)
	History(kind, id string) ([]record.Entry, error)
	SaveDraft(record.Draft) error
	Drafts() []record.Draft
	DropDraft(key string) error
	Setting(key string) string
	SetSetting(key, value string) error
	OnChange(func(kind string, ids []string)) (stop func())
}

// Book is the branch's books: the one door through which screens and commands
// read and change registers. Every change passes the same checks here.
type Book struct {
	Store
	// Undrawn returns the characters of a text that the screen cannot draw; nil: it
	// draws all.
	Undrawn func(text string) []rune
	now     func() time.Time
	kinds   []record.Kind
	amends  bool
}

// Open returns the books kept in s; nil: the registers as they are shipped, without
// records. now is the clock of the machine.
func Open(s Store, now func() time.Time) *Book {
	return &Book{Store: s, now: now, kinds: branch.Catalog()}
}

// Now returns the machine's time.
func (b *Book) Now() time.Time { return b.now() }

// Today returns the machine's civil date; it implements record.Around.
func (b *Book) Today() record.Date { return record.DateOf(b.now()) }

// Kinds returns the catalog in its order.
func (b *Book) Kinds() []record.Kind { return b.kinds }

// Kind returns the kind called name, with what the district added to its code lists,
// or a refusal that names it.
func (b *Book) Kind(name string) (record.Kind, error) {
	k, err := b.shipped(name)
	if err == nil && b.Store != nil {
		k = branch.WithCodes(k, b)
	}
	return k, err
}

// shipped is Kind as the program brings it: for what needs no code lists.
func (b *Book) shipped(name string) (record.Kind, error) {
	for _, k := range b.kinds {
		if k.Name == name {
			return k, nil
		}
	}
	return record.Kind{}, record.Refuse("KIND_UNKNOWN", "没有“"+name+"”这一本台账。用 zhibu kinds 看有哪些。")
}

// Find returns the live record, or a refusal.
func (b *Book) Find(kind, id string) (record.Kind, record.Record, error) {
	k, err := b.Kind(kind)
	if err != nil {
		return k, record.Record{}, err
	}
	r, ok := b.Get(kind, id)
	if !ok {
		return k, r, record.Refuse("RECORD_UNKNOWN", "没有找到这条"+k.Label+"（"+id+"）。它可能在另一个支部的台账里。")
	}
	return k, r, nil
}

// Title returns what a record is called: its title field, or the record's label.
func (b *Book) Title(r record.Record) string {
	k, err := b.shipped(r.Kind)
	if err != nil {
		return r.ID
	}
	f, _ := k.Field(k.Title)
	if text := b.Show(f, r.Values[k.Title]); text != "" {
		return text
	}
	return k.Label
}

// Show returns a stored value as people read it: references by the name of
// what they refer to, everything else as the field formats it.
func (b *Book) Show(f record.Field, value string) string {
	if ref, ok := f.Type.(record.Ref); ok && value != "" {
		if r, found := b.Get(ref.Kind, value); found {
			return b.Title(r)
		}
	}
	if _, file := f.Type.(record.File); file && value != "" {
		return "已存入"
	}
	if f.Type == nil {
		return value
	}
	return f.Format(value)
}

// Search returns the live records of kind that match query (initials, pinyin,
// Han, digits; interpunct-insensitive) in any field that is not long text, in
// pinyin order of their titles. An empty query matches all.
func (b *Book) Search(kind, query string) []record.Record {
	k, err := b.Kind(kind)
	if err != nil {
		return nil
	}
	query = strings.TrimSpace(query)
	type hit struct {
		key string
		r   record.Record
	}
	var hits []hit
	for _, r := range b.All(kind) {
		title := b.Title(r)
		if query == "" || branch.Matches(query, title) || b.contains(k, r, query) {
			hits = append(hits, hit{branch.SortKey(title), r})
		}
	}
	slices.SortFunc(hits, func(x, y hit) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.r.ID, y.r.ID))
	})
	out := make([]record.Record, len(hits))
	for i, h := range hits {
		out[i] = h.r
	}
	return out
}

// contains looks for query as plain text in the fields of r.
func (b *Book) contains(k record.Kind, r record.Record, query string) bool {
	for _, f := range k.Fields {
		value := r.Values[f.Name]
		if _, long := f.Type.(record.Long); value == "" || long {
			continue
		}
		if strings.Contains(b.Show(f, value), query) {
			return true
		}
	}
	return false
}

// ProfileID is the id of the one record of kind branch: the branch itself. It is
// the same everywhere, so that laptops that start alone and join later agree.
const ProfileID = "00000000-0000-7000-8000-000000000001"

// Mark implements branch.Marked: numbers given here carry the laptop's mark until
// the district has confirmed them. A branch on its own confirms its own.
func (b *Book) Mark() string {
	e, _ := b.enrolment()
	return e.Mark
}

// BySetting is the setting that holds the name of the person at this laptop.
const BySetting = "by"

// Profile returns the branch's own record.
func (b *Book) Profile() (record.Record, bool) {
	r := branch.Profile(b)
	return r, r.ID != ""
}

// Found writes the branch's own record into new books.
func (b *Book) Found(name string) (record.Record, error) {
	k, err := b.Kind("branch")
	if err != nil {
		return record.Record{}, err
	}
	values := record.Values{}
	if k.New != nil {
		values = k.New(b)
	}
	if err := k.Set(values, "name", name); err != nil {
		return record.Record{}, err
	}
	done, err := b.Apply(record.Edit{Kind: "branch", ID: ProfileID, Set: values})
	if err != nil {
		return record.Record{}, err
	}
	return done[0], nil
}
