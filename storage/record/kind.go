package record

import "strings"

// Kind describes a register once; forms, lists, complaints, search, Excel
// headings, history labels, generic prints and synchronisation are derived from
// it. A Kind is an immutable literal.
type Kind struct {
	Name   string  // permanent code id, e.g. "member"
	Label  string  // what one record is called, e.g. 党员
	Page   string  // title of the list page, e.g. 党员名册
	Title  string  // field whose value names a record, e.g. "name"
	Fields []Field // in reading order of the form

	// New returns the values a fresh record starts with. May be nil.
	New func(in Around) Values
	// Derive returns values that follow from v after field changed was typed
	// (e.g. gender and birth from the ID number). Paths already set by a person
	// are never overwritten by the caller. May be nil.
	Derive func(v Values, changed string, in Around) Values
	// Open returns what a new record keeps of told, the values of locked fields
	// that an old ledger gives: where it stood before it was kept here. May be nil.
	Open func(told Values) Values
	// Check returns what is wrong across fields; single fields are checked by
	// Kind.Complain before it is called. May be nil.
	Check func(r Record, in Around) []Complaint
	// Allow returns why before may not become after: a finalised record, a step
	// taken too early. before has no values when the record is new. May be nil.
	Allow func(before, after Record, in Around) []Complaint
}

// Field describes one value of a record. Twelve properties is the ceiling.
type Field struct {
	Name      string   // permanent path element, e.g. "id_no"
	Label     string   // official Chinese label
	Type      Type     // how text becomes a value
	Group     string   // heading (tab) of the form it stands under
	Required  bool     // must not be empty
	Sensitive bool     // masked on screen; showing it whole is logged
	Guarded   bool     // never merged silently (sync.md §4)
	Unique    bool     // no two live records of a branch may share it
	Locked    bool     // computed or set by an act, not typed in the form
	Column    int      // priority in the list, 1 first to stay; 0: not a column
	Headings  []string // further spreadsheet headings besides Label
	Hint      string   // one line under the box
}

// Around is what a rule may look at besides the record itself.
type Around interface {
	Today() Date
	Get(kind, id string) (Record, bool)
	All(kind string) []Record // live records, in no promised order
}

// Field returns the field at path, which may be a column of a table
// ("agenda/ID/title").
func (k Kind) Field(path string) (Field, bool) {
	table, _, column := SplitPath(path)
	for _, f := range k.Fields {
		if f.Name != table {
			continue
		}
		if column == "" {
			return f, true
		}
		rows, ok := f.Type.(Rows)
		if !ok {
			return Field{}, false
		}
		return rows.Column(column)
	}
	return Field{}, false
}

// Set parses typed text for the field at path and stores it into v. Empty text
// clears the value.
func (k Kind) Set(v Values, path, typed string) error {
	f, ok := k.Field(path)
	if !ok {
		return Refuse("FIELD_UNKNOWN", "没有“"+path+"”这一项。请核对名称；没有改动任何内容。")
	}
	value, err := f.Parse(typed)
	if err != nil {
		return err
	}
	v[path] = value
	return nil
}

// Parse turns typed text into the stored value; blank text is the empty value.
func (f Field) Parse(typed string) (string, error) {
	if strings.TrimSpace(typed) == "" {
		return "", nil
	}
	return f.Type.Parse(typed)
}

// Format turns a stored value into the text Parse reads back.
func (f Field) Format(value string) string {
	if value == "" {
		return ""
	}
	return f.Type.Format(value)
}

// Complain checks every field by itself (required, well-formed), then asks
// Check. The order is the order of Fields.
func (k Kind) Complain(r Record, in Around) []Complaint {
	var out []Complaint
	for _, f := range k.Fields {
		if f.Required && r.Values[f.Name] == "" && !f.isRows() {
			out = append(out, Complaint{Path: f.Name, Severity: Block, Code: "REQUIRED_MISSING",
				Say: "“" + f.Label + "”还没有填。"})
		}
	}
	for _, path := range r.Values.Paths() {
		f, ok := k.Field(path)
		if !ok || r.Values[path] == "" {
			continue // a path of a newer version is kept, not judged
		}
		if _, err := f.Type.Parse(f.Type.Format(r.Values[path])); err != nil {
			out = append(out, Complaint{Path: path, Severity: Block, Code: CodeOf(err), Say: "“" + f.Label + "”：" + SayOf(err)})
		}
	}
	if k.Check != nil {
		out = append(out, k.Check(r, in)...)
	}
	return out
}

// Text returns the values of r as people read them, by path: the JSON "values"
// of the commands.
func (k Kind) Text(r Record) map[string]string {
	out := make(map[string]string, len(r.Values))
	for path, value := range r.Values {
		if value == "" {
			continue
		}
		out[path] = value
		if f, ok := k.Field(path); ok {
			out[path] = f.Format(value)
		}
	}
	return out
}

func (f Field) isRows() bool { _, ok := f.Type.(Rows); return ok }
