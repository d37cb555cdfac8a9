package screen

import (
	"maps"
	"strings"
	"time"

	"zhibu/storage/record"
)

// DraftPause is how long typing may stay unsaved in memory: a form is kept as a
// draft at most this long after a keystroke, pause or not (decisions.md 13).
const DraftPause = 2 * time.Second

// Form is one record being filled in, of any kind. Type takes keystrokes and is
// cheap; Settle parses and checks; Keep stores the draft; Save saves.
type Form struct {
	Kind record.Kind
	*typing
	id    string
	doing string             // what a dialog does with the record: 第 10 步; "" for the whole record
	after record.Record      // shown with everything typed and derived laid over
	said  []record.Complaint // what there is to say about after

	asked    bool                    // saving was tried: missing values are shown too
	incoming map[string]record.Entry // path → a change that came in while it was being typed
	keptAt   time.Time
	offer    *record.Draft
	mends    string // the refused change this began with
}

// NewForm opens the record id of kind, or a fresh one when id is "". A draft
// left behind is offered, never applied by itself: see Offer.
func NewForm(b *Book, kind, id string) (*Form, error) { return newForm(b, kind, id, "") }

func newForm(b *Book, kind, id, doing string) (*Form, error) {
	k, err := b.Kind(kind)
	shown := record.Record{Kind: kind, Values: record.Values{}}
	switch {
	case err == nil && id != "":
		k, shown, err = b.Find(kind, id)
	case err == nil && k.New != nil:
		shown.Values = k.New(b)
	}
	if err == nil && (id == "" || doing != "") { // else it can be looked at
		err = b.Barred(kind)
	}
	if err != nil {
		return nil, err
	}
	f := &Form{Kind: k, id: id, doing: doing, typing: newTyping(b, k, shown, nil), incoming: map[string]record.Entry{}}
	for _, d := range b.Drafts() {
		if d.Key == f.Key() && len(d.Typed) > 0 {
			f.offer = &d
		}
	}
	f.Settle()
	return f, nil
}

// ID returns the id of the record, "" until it is saved the first time.
func (f *Form) ID() string { return f.id }

// New reports whether the record has not been saved yet.
func (f *Form) New() bool { return f.id == "" }

// Title returns what the record is called now.
func (f *Form) Title() string {
	if f.after.Values[f.Kind.Title] == "" && f.New() {
		return "登记" + f.Kind.Label
	}
	return f.book.Title(f.after)
}

// Record returns the record as it would be saved now.
func (f *Form) Record() record.Record { return f.after }

// Stored returns the record as it was shown before any typing.
func (f *Form) Stored() record.Record { return f.shown }

// Type takes the text of one box as it now stands. Text equal to what is stored
// takes the box back out of the changes.
func (f *Form) Type(path, text string) { f.set(path, text) }

// Undo takes back the last act of typing and reports whether there was one.
func (f *Form) Undo() bool { return f.step(f.undo()) }

// Redo does again what Undo took back.
func (f *Form) Redo() bool { return f.step(f.redo()) }

func (f *Form) step(done bool) bool {
	if done {
		f.Settle()
	}
	return done
}

// Settle derives what follows from the typing and checks the whole record:
// called on a pause in typing, before saving, after an incoming change.
func (f *Form) Settle() {
	f.expandDates()
	f.after, f.said = f.book.Preview(f.Kind, f.shown, f.typed)
	f.close()
}

// expandDates turns 今天, +7 and 1120 in date boxes into full dates.
func (f *Form) expandDates() {
	for path, text := range maps.Clone(f.typed) {
		if field, ok := f.Kind.Field(path); ok && text != "" {
			if _, isDay := field.Type.(record.Day); isDay {
				f.put(path, record.ExpandDate(text, f.book.Today()))
			}
		}
	}
}

// Text returns the text the box at path shows: what was typed, else what is
// stored or derived. A reference is its id; Name shows it.
func (f *Form) Text(path string) string {
	if text, ok := f.typed[path]; ok {
		return text
	}
	if field, ok := f.Kind.Field(path); ok {
		return field.Format(f.after.Values[path])
	}
	return f.after.Values[path]
}

// Name returns Text as people read it: a reference by its name.
func (f *Form) Name(path string) string {
	if field, ok := f.Kind.Field(path); ok {
		switch field.Type.(type) {
		case record.Ref, record.File:
			return f.book.Show(field, f.Text(path))
		}
	}
	return f.Text(path)
}

// Was returns 「原为」 of a changed box: what is stored, as people read it. It is
// false for an unchanged box and for a record not saved yet.
func (f *Form) Was(path string) (string, bool) {
	if _, changed := f.typed[path]; !changed || f.New() || f.addedRow(path) {
		return "", false
	}
	field, _ := f.Kind.Field(path)
	text := f.book.Show(field, f.shown.Values[path])
	if text == "" {
		text = "空"
	}
	return text, true
}

// addedRow reports whether path is a cell of a row that is not stored yet.
func (f *Form) addedRow(path string) bool {
	table, row, column := record.SplitPath(path)
	if column == "" {
		return false
	}
	for stored, value := range f.shown.Values {
		if t, r, _ := record.SplitPath(stored); t == table && r == row && value != "" {
			return false
		}
	}
	return true
}

// Derived reports that the value at path follows from other boxes and was not
// typed or stored.
func (f *Form) Derived(path string) bool {
	_, byHand := f.typed[path]
	return !byHand && f.after.Values[path] != "" && f.shown.Values[path] != f.after.Values[path]
}

// Locked returns why the box at path can't be typed in, and whether it is so.
func (f *Form) Locked(path string) (why string, locked bool) {
	if f.Fixed(path) {
		return "", true // what stands over the form says why
	}
	field, ok := f.Kind.Field(path)
	if !ok {
		return "这一项由更新的版本登记，这里只能看。", true
	}
	if f.shown.Values.Sealed(path) {
		return "区里已批复，要改请向区里提出", true
	}
	if field.Locked {
		if field.Hint != "" {
			return field.Hint, true
		}
		return "由程序算出或由办理步骤填写，不能直接改", true
	}
	return "", false
}

// Changes returns how many boxes differ from what is stored.
func (f *Form) Changes() int { return len(f.typed) }

// Changed returns the changed paths in the order of the form.
func (f *Form) Changed() []string { return inOrder(f.Kind, f.typed) }

// Complaint returns the gravest finding about path. A value that is merely
// missing stays unsaid until saving was tried.
func (f *Form) Complaint(path string) (record.Complaint, bool) {
	var found record.Complaint
	ok := false
	for _, c := range f.said {
		if c.Path != path || f.unripe(c) {
			continue
		}
		if !ok || c.Severity > found.Severity {
			found, ok = c, true
		}
	}
	if field, known := f.Kind.Field(path); known { // under the box its name says nothing
		found.Say = strings.TrimPrefix(strings.TrimPrefix(found.Say, "“"+field.Label+"”"), "：")
	}
	return found, ok
}

// Overall returns the findings that belong to no single box.
func (f *Form) Overall() []record.Complaint {
	var out []record.Complaint
	for _, c := range f.said {
		if _, known := f.Kind.Field(c.Path); !known && !f.unripe(c) {
			out = append(out, c)
		}
	}
	return out
}

func (f *Form) unripe(c record.Complaint) bool {
	_, touched := f.typed[c.Path]
	return c.Code == "REQUIRED_MISSING" && !f.asked && !touched
}

// First returns the first path in form order that forbids saving.
func (f *Form) First() (path string, ok bool) {
	blocked := map[string]string{}
	for _, c := range f.said {
		if c.Severity == record.Block {
			blocked[c.Path] = c.Say
		}
	}
	if len(blocked) == 0 {
		return "", false
	}
	return inOrder(f.Kind, blocked)[0], true
}

// Save saves what was typed in one op and drops the draft. A blocking complaint
// saves nothing: the error is its sentence and First says where.
func (f *Form) Save() (record.Record, error) {
	if f.shut != nil {
		return f.shown, f.shut
	}
	f.asked = true
	f.dropEmptyRows()
	f.Settle()
	saving := Saving{Kind: f.Kind.Name, ID: f.id, Typed: maps.Clone(f.typed), Mends: f.mends}
	if !f.New() {
		shown := f.shown
		saving.Shown = &shown
	}
	key, offer, fresh := f.Key(), f.offer, f.New()
	if offer == nil {
		saving.Draft = key
	}
	done, said, err := f.book.Put(saving)
	f.said = said
	if err != nil {
		return done, err
	}
	f.id = done.ID
	f.clear(done)
	return done, f.leave(key, offer, fresh)
}

// clear forgets all typing over shown.
func (f *Form) clear(shown record.Record) {
	f.saved(shown)
	f.incoming = map[string]record.Entry{}
	f.asked, f.dirty, f.offer, f.mends = false, false, nil, ""
	f.Settle()
}

// Discard drops everything typed and its draft (「放弃」).
func (f *Form) Discard() error {
	f.clear(f.shown)
	return f.book.DropDraft(f.Key())
}

// Untouched puts the box at path back to what is stored.
func (f *Form) Untouched(path string) {
	f.set(path, f.shownText(path))
	delete(f.incoming, path)
	f.Settle()
}
