package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"zhibu/storage/record"
)

// Do is what a person decided about a row.
type Do string

// What can be decided. Without a decision rows that are ready are imported and
// the others wait.
const (
	Skip  Do = "skip"  // leave the row out
	Keep  Do = "keep"  // import it, unreadable values left empty; noted in the history
	Amend Do = "amend" // the same in a record of a closed year, on purpose; noted in the history
	Add   Do = "add"   // make a new record although there is one of that name
	Merge Do = "merge" // put it into the record Into
)

// Choice is a decision about one row. Typed holds by field what the person typed
// instead of what the file says; "" leaves the field out.
type Choice struct {
	Do    Do                `json:"do"`
	Into  string            `json:"into,omitempty"`
	Typed map[string]string `json:"typed,omitempty"`
}

// RowKey names a row of a plan: the index of its SheetPlan and its row number.
type RowKey struct{ Sheet, Row int }

// Choices are all decisions. Fill holds by field a text for every new record
// whose row says nothing there.
type Choices struct {
	Rows map[RowKey]Choice
	Fill map[string]string
}

// Edits returns what to apply, all with one fresh batch id, so that the whole
// import can be undone. It refuses, naming the row, when typed text cannot be
// read. An import that changes nothing gives no edits.
func (p *Plan) Edits(choices Choices) ([]record.Edit, error) {
	batch, err := uuid.NewV7()
	if err != nil {
		return nil, fmt.Errorf("sheet: batch id: %w", err)
	}
	var out []record.Edit
	merged := map[string]int{} // record id → index in out
	for i, s := range p.Sheets {
		for _, r := range s.Rows {
			e, ok, err := p.edit(r, choices.Rows[RowKey{i, r.Row}], choices.Fill)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			e.Batch = batch.String()
			e.Why = fmt.Sprintf("导入“%s”第 %d 行%s", s.Name, r.Row, e.Why)
			if at, twice := merged[e.ID]; twice && e.ID != "" {
				for path, value := range e.Set {
					out[at].Set[path] = value
				}
				continue
			}
			merged[e.ID] = len(out)
			out = append(out, e)
		}
	}
	return out, nil
}

// edit returns what one row does, and whether it does anything.
func (p *Plan) edit(r RowPlan, c Choice, fill map[string]string) (e record.Edit, ok bool, err error) {
	if r.State == Skipped || r.State == Part || c.Do == Skip {
		return e, false, nil
	}
	if r, err = p.typed(r, c.Typed, fill); err != nil {
		return e, false, err
	}
	id, go_ := p.target(r, c)
	if !go_ {
		return e, false, nil
	}
	e = record.Edit{Kind: p.kind.Name, ID: id}
	switch {
	case c.Do == Amend:
		e.Why = "，补改往年记录"
	case c.Do == Keep && (r.Blocked() || p.lacks(r)):
		e.Why = "，有问题先导入，待核对"
	}
	if id == "" {
		e.Set = p.fresh(r)
		return e, r.set[p.kind.Title] != "", nil
	}
	before, found := p.in.Get(p.kind.Name, id)
	if !found {
		return e, false, record.Refuse("RECORD_GONE", fmt.Sprintf("第 %d 行要并入的那一条已经不在了。请重新检查这个文件。", r.Row))
	}
	e.Shown = &before
	e.Set = p.withRows(changesOf(p.kind, r.set, before), before.Values)
	after := before.Values.Clone()
	maps.Copy(after, e.Set)
	for path, value := range computed(p.kind, after, e.Set, p.in) {
		if before.Values[path] != value {
			e.Set[path] = value
		}
	}
	return e, len(e.Set) > 0, nil
}

// target says which record a row goes to ("" for a new one) and whether it goes
// at all.
func (p *Plan) target(r RowPlan, c Choice) (id string, ok bool) {
	switch c.Do {
	case Keep, Amend:
		return r.Record, r.State != Ask
	case Add:
		return "", !p.lacks(r)
	case Merge:
		return c.Into, c.Into != ""
	}
	return r.Record, p.Ready(r)
}

// typed lays what a person typed over a row; the issues of those fields are
// settled by it.
func (p *Plan) typed(r RowPlan, typed, fill map[string]string) (RowPlan, error) {
	if len(typed) == 0 && len(fill) == 0 {
		return r, nil
	}
	r.set = r.set.Clone()
	settled := map[string]bool{}
	lay := func(path, text string) error {
		if err := p.kind.Set(r.set, path, text); err != nil {
			return record.Wrap(err, record.CodeOf(err), fmt.Sprintf("第 %d 行改填的内容不对：%s", r.Row, record.SayOf(err)))
		}
		settled[path] = true
		return nil
	}
	for path, text := range typed {
		if err := lay(path, text); err != nil {
			return r, err
		}
	}
	for path, text := range fill {
		if r.set[path] == "" && r.Record == "" {
			if err := lay(path, text); err != nil {
				return r, err
			}
		}
	}
	r.Issues = slices.DeleteFunc(slices.Clone(r.Issues), func(i Issue) bool { return settled[i.Field] })
	return r, p.stillWrong(&r, settled)
}

// stillWrong asks the kind's rules again about what was typed.
func (p *Plan) stillWrong(r *RowPlan, settled map[string]bool) error {
	if p.kind.Check == nil {
		return nil
	}
	after := record.Record{Kind: p.kind.Name, ID: r.Record, Values: r.set}
	for _, c := range p.kind.Check(after, p.in) {
		if settled[c.Path] && c.Severity == record.Block {
			return record.Refuse(c.Code, fmt.Sprintf("第 %d 行改填的内容不对：%s", r.Row, c.Say))
		}
	}
	return nil
}

// fresh returns the values of a new record.
func (p *Plan) fresh(r RowPlan) record.Values {
	set := lockedDefaults(p.kind, p.in)
	maps.Copy(set, changesOf(p.kind, r.set, record.Record{}))
	maps.Copy(set, opened(p.kind, r.set))
	maps.Copy(set, computed(p.kind, set, set, p.in))
	return p.withRows(set, nil)
}

// withRows gives the numbered rows (+1, +2) of tables ids of their own and a rank in order
// behind the rows that are there. Ids that name records or rows stay.
func (p *Plan) withRows(set, have record.Values) record.Values {
	out := record.Values{}
	ids := map[string]string{}
	all := have.Clone()
	for _, path := range sortedPaths(set) {
		table, row, column := record.SplitPath(path)
		if column == "" || !strings.HasPrefix(row, "+") {
			out[path] = set[path]
			continue
		}
		id, ok := ids[table+"/"+row]
		if !ok {
			id = uuid.NewString()
			ids[table+"/"+row] = id
			rank := record.Path(table, id, record.RankColumn)
			out[rank] = all.NextRank(table)
			all[rank] = out[rank]
		}
		out[record.Path(table, id, column)] = set[path]
	}
	return out
}

// sortedPaths orders paths so that rows 2 and 10 come in their order.
func sortedPaths(v record.Values) []string {
	paths := v.Paths()
	slices.SortStableFunc(paths, func(a, b string) int {
		_, x, _ := record.SplitPath(a)
		_, y, _ := record.SplitPath(b)
		return len(x) - len(y)
	})
	return paths
}

// Placed is an issue with the place where it stands.
type Placed struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
	Issue
}

// Issues returns every issue of rows that are data, in the order of the file.
func (p *Plan) Issues() []Placed {
	out := []Placed{}
	for _, s := range p.Sheets {
		for _, r := range s.Rows {
			if r.State == Skipped {
				continue
			}
			for _, i := range r.Issues {
				out = append(out, Placed{s.Name, r.Row, i})
			}
		}
	}
	return out
}
