package record

import (
	"regexp"
	"strings"
)

// Ref names another record of Kind by its id.
type Ref struct{ Kind string }

// Name implements Type.
func (Ref) Name() string { return "ref" }

var refForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z-]{0,63}$`)

// Parse implements Type.
func (Ref) Parse(typed string) (string, error) { return parseRef(typed) }

// Format implements Type.
func (Ref) Format(value string) string { return value }

// Samples implements Type.
func (Ref) Samples() []string { return []string{"0198c0de-0000-7000-8000-000000000001", "g1"} }

// File names an attachment by the SHA-256 of its bytes (64 hexadecimal digits).
type File struct{}

// Name implements Type.
func (File) Name() string { return "file" }

// Parse implements Type.
func (File) Parse(typed string) (string, error) {
	s := strings.ToLower(strings.TrimSpace(typed))
	if !fileForm.MatchString(s) {
		return "", Refuse("FILE_ID", "附件编号不对。请用“添加附件”选择文件。")
	}
	return s, nil
}

var fileForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Format implements Type.
func (File) Format(value string) string { return value }

// Samples implements Type.
func (File) Samples() []string { return []string{strings.Repeat("0a", 32)} }

func parseRef(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if !refForm.MatchString(s) {
		return "", Refuse("REF_FORMAT", "没有找到这一条记录。请从列表里选。")
	}
	return s, nil
}

// Rows is a table inside a record. It has no value of its own: each cell is the
// path table/rowid/column. Key names the kind whose ids serve as row ids (an
// attendance row is the member's); "" for rows with ids of their own.
type Rows struct {
	Columns []Field
	Key     string
}

// Name implements Type.
func (Rows) Name() string { return "rows" }

// Column returns the column called name; every table has the rank column too.
func (r Rows) Column(name string) (Field, bool) {
	if name == RankColumn {
		return Field{Name: RankColumn, Label: "次序", Type: Text{Max: 64}}, true
	}
	for _, f := range r.Columns {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Parse refuses: a table is filled cell by cell.
func (Rows) Parse(string) (string, error) {
	return "", Refuse("ROWS_NOT_TEXT", "这是一张表，不能当一句话填。请一行一行地填。")
}

// Format implements Type.
func (Rows) Format(value string) string { return value }

// Samples implements Type: there is no text of a whole table.
func (Rows) Samples() []string { return nil }
