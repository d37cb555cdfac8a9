package sheet

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// Plan is what importing a workbook as records of one kind would do. Nothing has
// happened yet; Edits says what to do. It is the JSON of import --dry-run.
type Plan struct {
	Sheets  []SheetPlan `json:"sheets"`
	Summary Summary     `json:"summary"`

	kind record.Kind
	in   record.Around
}

// SheetPlan is one table found on a sheet; a sheet with several tables has
// several. HeadingsRow is the last row of its headings, counted from 1.
type SheetPlan struct {
	Name        string            `json:"name"`
	HeadingsRow int               `json:"headings_row"`
	Columns     map[string]string `json:"columns"`           // column letter → field
	Headings    map[string]string `json:"headings"`          // column letter → heading as written
	Unsure      []string          `json:"unsure,omitempty"`  // letters a person should look at
	Ignored     map[string]string `json:"ignored,omitempty"` // letter → heading of columns not imported
	First       map[string]string `json:"first,omitempty"`   // letter → the first thing that stands below the heading
	Notes       []string          `json:"notes,omitempty"`   // sentences about the sheet as a whole
	Rows        []RowPlan         `json:"rows"`

	source *Sheet
}

// State says what a row would do.
type State string

// The states of a row.
const (
	New     State = "new"     // makes a record
	Changed State = "changed" // changes one that is there
	Same    State = "same"    // says what is there already
	Ask     State = "ask"     // somebody of that name is there and nothing proves it is the same person
	Skipped State = "skip"    // not data: a title, a total, a note
)

// RowPlan is one row. Values holds by path the text the field shows; nil means
// that the row is not data.
type RowPlan struct {
	Row    int               `json:"row"`
	State  State             `json:"state"`
	Record string            `json:"record,omitempty"` // id of the record that is there
	Values map[string]string `json:"values"`
	Issues []Issue           `json:"issues"`

	set   record.Values // canonical values to write
	cells map[string]int
	asks  []string // ids of records of the same name
	twin  int      // index of the earlier row about the same person, −1 if none
}

// Issue is one finding about a cell, or with Col "" about the row.
type Issue struct {
	Col      string   `json:"col"`
	Field    string   `json:"field"`
	Severity string   `json:"severity"` // error, warn, info
	Code     string   `json:"code"`
	Say      string   `json:"say"`
	Value    string   `json:"value,omitempty"`   // what stands in the cell
	Suggest  []string `json:"suggest,omitempty"` // texts that would mend it
}

// Summary counts rows by what they would do, and issues by severity. Held are
// rows with an error or an open question: they wait until a person decides.
type Summary struct {
	Rows     int `json:"rows"`
	Ready    int `json:"ready"`
	New      int `json:"new"`
	Changed  int `json:"changed"`
	Same     int `json:"same"`
	Ask      int `json:"ask"`
	Held     int `json:"held"`
	Skipped  int `json:"skipped"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Mapping returns what the columns of the plan were taken for, to be remembered
// for the next file with the same headings.
func (p *Plan) Mapping() Mapping {
	out := Mapping{}
	for _, s := range p.Sheets {
		for letter, heading := range s.Headings {
			if field := s.Columns[letter]; !strings.ContainsAny(field, "@*") {
				out[Fold(heading)] = field
			}
		}
	}
	return out
}

// Blocked reports whether an issue of the row is an error.
func (r RowPlan) Blocked() bool {
	return slices.ContainsFunc(r.Issues, func(i Issue) bool { return i.Severity == record.Block.String() })
}

// Ready reports whether the row is imported without a person's decision.
func (p *Plan) Ready(r RowPlan) bool {
	return (r.State == New || r.State == Changed) && !r.Blocked() && !p.lacks(r)
}

// lacks reports whether a new record would miss something it must have.
func (p *Plan) lacks(r RowPlan) bool {
	return r.State == New && slices.ContainsFunc(p.kind.Fields, func(f record.Field) bool {
		_, rows := f.Type.(record.Rows)
		return f.Required && !rows && r.set[f.Name] == ""
	})
}

// NewPlan reads sheets as records of kind k. mapping holds what a person decided
// about headings before; it may be nil. It refuses, with one sentence, sheets on
// which no headings of k are found.
func NewPlan(k record.Kind, sheets []Sheet, in record.Around, mapping Mapping) (*Plan, error) {
	p := &Plan{kind: k, in: in}
	pl := newPlanner(k, in)
	found := false
	for i := range sheets {
		s := &sheets[i]
		switch plans := pl.sheet(s, mapping); {
		case len(s.Rows) == 0:
		case s.Hidden && len(sheets) > 1:
			p.Sheets = append(p.Sheets, emptySheet(s, "工作表“"+s.Name+"”是隐藏的，没有读。要导入请先在表格里取消隐藏。"))
		case len(plans) == 0:
			p.Sheets = append(p.Sheets, emptySheet(s, "工作表“"+s.Name+"”里没有找到"+k.Label+"的表头，没有读。"))
		default:
			found = true
			p.Sheets = append(p.Sheets, plans...)
		}
	}
	if !found {
		return nil, record.Refuse("HEADINGS_UNKNOWN", "没有找到"+k.Label+"的表头，没有导入任何内容。表里要有一行写着栏目名称，至少有“"+pl.mainLabels()+"”；可以下载空白模板照着填。")
	}
	pl.adopt(p)
	pl.across(p)
	p.count()
	return p, nil
}

func emptySheet(s *Sheet, note string) SheetPlan {
	return SheetPlan{Name: s.Name, Columns: map[string]string{}, Headings: map[string]string{}, Notes: []string{note}, Rows: []RowPlan{}, source: s}
}

// count fills the summary.
func (p *Plan) count() {
	p.Summary = Summary{}
	for _, s := range p.Sheets {
		for _, r := range s.Rows {
			p.Summary.add(r, p.Ready(r))
		}
	}
}

func (s *Summary) add(r RowPlan, ready bool) {
	if r.State == Skipped {
		s.Skipped++
		return
	}
	if r.State != Part {
		s.Rows++
	}
	switch r.State {
	case New:
		s.New++
	case Changed:
		s.Changed++
	case Same:
		s.Same++
	case Ask:
		s.Ask++
	}
	switch {
	case ready:
		s.Ready++
	case r.State != Same && r.State != Part:
		s.Held++
	}
	for _, i := range r.Issues {
		switch i.Severity {
		case record.Block.String():
			s.Errors++
		case record.Warn.String():
			s.Warnings++
		default:
			s.Infos++
		}
	}
}

// place writes where an issue is: 第 5 行 H 列“入党日期”.
func place(row int, col, label string) string {
	switch {
	case col == "":
		return fmt.Sprintf("第 %d 行", row)
	case label == "":
		return fmt.Sprintf("第 %d 行 %s 列", row, col)
	}
	return fmt.Sprintf("第 %d 行 %s 列“%s”", row, col, label)
}

// mainLabels names the fields without which headings are not recognised.
func (pl *planner) mainLabels() string {
	var labels []string
	for _, f := range pl.kind.Fields {
		if f.Required || f.Name == pl.kind.Title {
			labels = append(labels, f.Label)
		}
	}
	return strings.Join(labels, "、")
}
