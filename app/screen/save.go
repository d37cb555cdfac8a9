package screen

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Saving is one save as a person asks for it.
type Saving struct {
	Kind, ID string            // ID "" registers a new record
	Typed    map[string]string // path → text as typed; "" clears
	Shown    *record.Record    // what the editor was shown; nil: the present state
	Why      string            // reason, where one was asked
	Batch    string
	Draft    string // key of the draft that this finishes
	Mends    string // the refused change that this stands for
}

// Save registers or changes one record: see Put.
func (b *Book) Save(kind, id string, typed map[string]string) (record.Record, []record.Complaint, error) {
	return b.Put(Saving{Kind: kind, ID: id, Typed: typed})
}

// Put parses what was typed, derives what follows from it, checks the record as
// a whole and stores the changed paths in one op. Blocking complaints store
// nothing: the error then is the first of them. Complaints about what was there
// before and was not touched never block.
func (b *Book) Put(s Saving) (record.Record, []record.Complaint, error) {
	k, before, err := b.start(s)
	if err != nil {
		return before, nil, err
	}
	after, complaints := b.Preview(k, before, s.Typed)
	for _, c := range complaints {
		if c.Severity == record.Block {
			return after, complaints, record.Refuse(c.Code, c.Say)
		}
	}
	set := difference(before.Values, after.Values)
	if len(set) == 0 && s.ID != "" {
		return before, complaints, nil
	}
	done, err := b.Apply(record.Edit{Kind: s.Kind, ID: s.ID, Set: set, Shown: s.Shown, Why: s.Why, Batch: s.Batch, Draft: s.Draft, Mends: s.Mends})
	if err != nil {
		return after, complaints, err
	}
	return done[0], complaints, nil
}

// start returns the kind and the record as it was; a new record has no values.
func (b *Book) start(s Saving) (record.Kind, record.Record, error) {
	if s.ID == "" {
		k, err := b.Kind(s.Kind)
		return k, record.Record{Kind: s.Kind, Values: record.Values{}}, err
	}
	k, before, err := b.Find(s.Kind, s.ID)
	if err == nil && before.Deleted() {
		err = record.Refuse("RECORD_DELETED", "“"+b.Title(before)+"”在回收站里。要改先恢复。")
	}
	return k, before, err
}

// Preview returns what before would become when typed is saved, with everything
// there is to say about it, and changes nothing. Forms call it as people type.
func (b *Book) Preview(k record.Kind, before record.Record, typed map[string]string) (record.Record, []record.Complaint) {
	after := before
	after.Values = before.Values.Clone()
	if before.ID == "" && k.New != nil {
		maps.Copy(after.Values, k.New(b))
	}
	var complaints []record.Complaint
	for _, path := range inOrder(k, typed) {
		if err := b.Set(k, after.Values, path, typed[path]); err != nil {
			complaints = append(complaints, record.Complaint{Path: path, Severity: record.Block,
				Code: record.CodeOf(err), Say: b.label(k, path) + record.SayOf(err)})
		}
	}
	b.rankNewRows(k, before.Values, after.Values)
	b.derive(k, typed, after.Values)
	known := seen(k.Complain(before, b))
	for _, c := range k.Complain(after, b) {
		if _, typedHere := typed[c.Path]; c.Severity == record.Block && before.ID != "" && !typedHere && known[c.Code+c.Path] {
			c.Severity = record.Warn
		}
		complaints = append(complaints, c)
	}
	complaints = append(complaints, b.unique(k, before, after)...)
	complaints = append(complaints, b.boxes(k, after, typed)...)
	complaints = append(complaints, branch.ComesLate(before, after, b)...)
	if k.Allow != nil {
		complaints = append(complaints, k.Allow(before, after, b)...)
	}
	return after, complaints
}

// set parses one typed text into v. A reference may be typed by name.
func (b *Book) Set(k record.Kind, v record.Values, path, typed string) error {
	f, ok := k.Field(path)
	if !ok {
		return record.Refuse("FIELD_UNKNOWN", "没有“"+path+"”这一项。请核对名称；没有改动任何内容。")
	}
	sealed := v.Sealed(path)
	if f.Locked || sealed {
		if f.Format(v[path]) == typed {
			return nil
		}
		if sealed {
			return fieldSealed()
		}
		return record.Refuse("FIELD_LOCKED", "由程序算出或由办理步骤填写，不能直接改。要改请改它依据的内容。")
	}
	if ref, isRef := f.Type.(record.Ref); isRef && typed != "" {
		id, err := b.Resolve(ref.Kind, typed)
		if err != nil {
			return err
		}
		typed = id
	}
	value, err := f.Parse(typed)
	if err != nil {
		return err
	}
	v[path] = value
	return nil
}

// Resolve returns the id of the record of kind that text names: its id or its
// exact title.
func (b *Book) Resolve(kind, text string) (string, error) {
	if _, ok := b.Get(kind, text); ok {
		return text, nil
	}
	var found []string
	for _, r := range b.All(kind) {
		if b.Title(r) == text {
			found = append(found, r.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", record.Refuse("REF_UNKNOWN", "没有找到“"+text+"”。请先登记，或从列表里选。")
	}
	return "", record.Refuse("REF_AMBIGUOUS", "“"+text+"”不止一个。请从列表里选。")
}

// derive fills what follows from the typed fields: computed (locked) values
// always, others only where nobody has set them.
func (b *Book) derive(k record.Kind, typed map[string]string, v record.Values) {
	if k.Derive == nil {
		return
	}
	for _, path := range inOrder(k, typed) {
		for p, value := range k.Derive(v, path, b) {
			f, _ := k.Field(p)
			if _, byHand := typed[p]; !byHand && (f.Locked || v[p] == "") {
				v[p] = value
			}
		}
	}
}

// derived returns the paths that follow from what set changes in v.
func (b *Book) derived(k record.Kind, v, set record.Values) map[string]bool {
	out := map[string]bool{}
	if k.Derive == nil {
		return out
	}
	after := v.Clone()
	maps.Copy(after, set)
	for path := range set {
		for p := range k.Derive(after, path, b) {
			out[p] = true
		}
	}
	return out
}

// unique complains when another live record holds the value of a unique field.
func (b *Book) unique(k record.Kind, before, after record.Record) []record.Complaint {
	var out []record.Complaint
	for _, f := range k.Fields {
		value := after.Values[f.Name]
		if !f.Unique || value == "" || value == before.Values[f.Name] {
			continue
		}
		for _, other := range b.All(k.Name) {
			if other.ID != after.ID && other.Values[f.Name] == value {
				out = append(out, record.Complaint{Path: f.Name, Severity: record.Block, Code: "UNIQUE_TAKEN",
					Say: b.Title(other) + "已经用了这个" + f.Label + "。要改的是那一条，还是抄错了号码？请核对；已填内容都在。"})
				break
			}
		}
	}
	return out
}

// rankNewRows gives rows that were just added their place at the end.
func (b *Book) rankNewRows(k record.Kind, before, after record.Values) {
	for _, f := range k.Fields {
		rows, ok := f.Type.(record.Rows)
		if !ok || rows.Key != "" {
			continue
		}
		for _, row := range after.Rows(f.Name) {
			path := record.Path(f.Name, row.ID, record.RankColumn)
			if after[path] == "" && before[path] == "" {
				after[path] = after.NextRank(f.Name)
			}
		}
	}
}

// label returns "“名称”：" for the field at path.
func (b *Book) label(k record.Kind, path string) string {
	if f, ok := k.Field(path); ok {
		return "“" + f.Label + "”"
	}
	return ""
}

// NewRow returns an id for a row that is being added to a table.
func NewRow() string { return uuid.Must(uuid.NewV7()).String() }

// inOrder returns the typed paths in the order of the kind's fields.
func inOrder(k record.Kind, typed map[string]string) []string {
	place := func(path string) int {
		name, _, _ := record.SplitPath(path)
		return slices.IndexFunc(k.Fields, func(f record.Field) bool { return f.Name == name })
	}
	paths := slices.Sorted(maps.Keys(typed))
	slices.SortStableFunc(paths, func(x, y string) int { return place(x) - place(y) })
	return paths
}

func seen(cs []record.Complaint) map[string]bool {
	out := map[string]bool{}
	for _, c := range cs {
		out[c.Code+c.Path] = true
	}
	return out
}

// difference returns the paths of after that differ from before.
func difference(before, after record.Values) record.Values {
	set := record.Values{}
	for path, value := range after {
		if before[path] != value {
			set[path] = value
		}
	}
	return set
}

// Finalise locks and numbers a meeting and carries its results to the other
// registers, all in one transaction. Blocking complaints change nothing.
func (b *Book) Finalise(id string) (record.Record, []record.Complaint, error) {
	_, meeting, err := b.Find("meeting", id)
	if err != nil {
		return meeting, nil, err
	}
	edits, complaints := branch.Finalise(meeting, b)
	for _, c := range complaints {
		if c.Severity == record.Block {
			return meeting, complaints, record.Refuse(c.Code, c.Say)
		}
	}
	if _, err := b.Apply(edits...); err != nil {
		return meeting, complaints, err
	}
	done, _ := b.Get("meeting", id)
	return done, complaints, nil
}
