package record

import (
	"maps"
	"slices"
	"strings"
)

// Deleted is the reserved path that marks a record as being in the recycle bin
// ("1"). RankColumn is the reserved column that orders rows of a table.
const (
	DeletedPath = "deleted"
	RankColumn  = "rank"
)

// Values maps a path to its canonical value. A missing path and "" are the same.
// A path is a field name or "table/rowid/column".
type Values map[string]string

// Paths returns the paths of v in sorted order.
func (v Values) Paths() []string { return slices.Sorted(maps.Keys(v)) }

// Clone returns an independent copy, never nil.
func (v Values) Clone() Values {
	out := make(Values, len(v))
	maps.Copy(out, v)
	return out
}

// Record is one record as the user sees it: what the district confirmed with
// this laptop's pending ops laid over it.
type Record struct {
	Kind   string
	ID     string // UUIDv7
	Values Values

	// Writer is the id of the op that last wrote the record's paths; Writers
	// lists the exceptions. They become "saw" of the next change.
	Writer  string
	Writers map[string]string
	// State says where the record stands with the district.
	State State
}

// State is where a record stands with the district.
type State int

// The states. A branch without a district has only Synced records.
const (
	Synced     State = iota // 已同步
	Pending                 // 待同步
	Refused                 // 未通过
	Conflicted              // 有冲突
)

// String returns the state's official word.
func (s State) String() string {
	return [...]string{"已同步", "待同步", "未通过", "有冲突"}[s]
}

// Deleted reports whether the record lies in the recycle bin.
func (r Record) Deleted() bool { return r.Values[DeletedPath] == "1" }

// WriterOf returns the id of the op that wrote path, "" if none did.
func (r Record) WriterOf(path string) string {
	if w, ok := r.Writers[path]; ok {
		return w
	}
	if _, ok := r.Values[path]; ok {
		return r.Writer
	}
	return ""
}

// Row is one row of a table inside a record.
type Row struct {
	ID     string            // row id; for attendance the member's id
	Values map[string]string // column → canonical value, without the rank
	rank   string
}

// Rows returns the rows of a table in rank order, then by id. A row exists as
// long as one of its columns other than the rank is not empty.
func (r Record) Rows(table string) []Row { return r.Values.Rows(table) }

// Rows returns the rows of a table as Record.Rows does.
func (v Values) Rows(table string) []Row {
	byID := map[string]*Row{}
	for path, value := range v {
		t, id, column := SplitPath(path)
		if t != table || column == "" || value == "" {
			continue
		}
		row := byID[id]
		if row == nil {
			row = &Row{ID: id, Values: map[string]string{}}
			byID[id] = row
		}
		if column == RankColumn {
			row.rank = value
		} else {
			row.Values[column] = value
		}
	}
	out := make([]Row, 0, len(byID))
	for _, row := range byID {
		if len(row.Values) > 0 {
			out = append(out, *row)
		}
	}
	slices.SortFunc(out, func(a, b Row) int {
		if c := strings.Compare(a.rank, b.rank); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// NextRank returns a rank that sorts after every row of the table.
func (v Values) NextRank(table string) string {
	last := ""
	for path, value := range v {
		t, _, column := SplitPath(path)
		if t == table && column == RankColumn && value > last {
			last = value
		}
	}
	return RankBetween(last, "")
}

// Path joins the parts of a row's path.
func Path(table, row, column string) string { return table + "/" + row + "/" + column }

// SplitPath splits a path; row and column are empty for a plain field.
func SplitPath(path string) (table, row, column string) {
	table, rest, _ := strings.Cut(path, "/")
	row, column, cell := strings.Cut(rest, "/")
	if !cell {
		return path, "", ""
	}
	return table, row, column
}

// DropRow returns the values that remove a row: every column it has, emptied.
func (v Values) DropRow(table, row string) Values {
	out := Values{}
	for path, value := range v {
		if t, id, column := SplitPath(path); t == table && id == row && column != "" && value != "" {
			out[path] = ""
		}
	}
	return out
}

// RankBetween returns a short text that sorts strictly between a and b, where ""
// means the open end. It never ends in the lowest digit, so there is always room
// before and after.
func RankBetween(a, b string) string {
	const low, high = 'a', 'z'
	var out []byte
	for i := 0; ; i++ {
		x, y := byte(low), byte(high+1)
		if i < len(a) {
			x = a[i]
		}
		if b != "" {
			y = low
			if i < len(b) {
				y = b[i]
			}
		}
		if x == y {
			out = append(out, x)
			continue
		}
		if y-x > 1 {
			step := (y - x) / 2
			if b == "" {
				step = 1 // appending is the usual case: walk up slowly, keep ranks short
			}
			return string(append(out, x+step))
		}
		out = append(out, x)
		b = "" // below y from here on: only a bounds the rest
	}
}

// Edit is what a person did to one record in one save.
type Edit struct {
	Kind, ID string  // ID "" makes a new record
	Set      Values  // path → new canonical value; "" clears
	Shown    *Record // what the editor had been shown; nil: the present state
	Why      string  // reason, where one is asked
	Batch    string  // import or bulk act this belongs to
	Undoes   string  // id of the op this one compensates
	Draft    string  // key of the draft that this save finishes
	Mends    string  // the refused op that it stands for
}

// Draft is unsaved typing, kept until it is saved or dropped.
type Draft struct {
	Key   string // what is being edited, e.g. "member/ID" or "member/new"
	Kind  string
	ID    string            // "" for a record not saved yet
	Typed map[string]string // path → text exactly as typed, parsed or not
	At    int64             // when, Unix milliseconds
	Mends string            `cbor:",omitempty"` // the refused op it began with
}

// Entry is one line of a record's history.
type Entry struct {
	Op     string // op id
	At     int64  // Unix milliseconds, as stamped by the district where it is known
	By     string // who
	Device string // which machine
	Batch  string
	Why    string
	Undoes string
	State  State
	Seq    uint64 // the district's number of it: its receipt; 0 without
	// Old and New hold the values before and after, by path.
	Old, New Values
}
