package sheet

import (
	"maps"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// within reports whether a broad date (1998-07) leaves room for a fine one
// (1998-07-12) and is not the same.
func within(f record.Field, broad, fine string) bool {
	switch f.Type.(type) {
	case record.Day, record.Moment:
		return broad != fine && broad != "" && strings.HasPrefix(fine, broad)
	}
	return false
}

// known is what the store holds of the kind, by what rows are recognised by.
type known struct {
	*planner
	unique  []record.Field
	key     string                         // the date or year that tells bearers of one name apart, "" if none
	byValue map[string]map[string]string   // unique field → value → id
	byTitle map[string][]record.Record     // title → records
	rowOf   map[string]map[string]*planned // unique field → value → first row of the file
	byName  map[string][]*planned          // title → rows of the file so far
	phones  map[string]*planned            // phone → first row
}

// planned is a row with the sheet that it stands on.
type planned struct {
	*RowPlan
	sheet *SheetPlan
}

func (pl *planner) knownOf() *known {
	k := &known{planner: pl, byValue: map[string]map[string]string{}, byTitle: map[string][]record.Record{},
		rowOf: map[string]map[string]*planned{}, byName: map[string][]*planned{}, phones: map[string]*planned{}}
	k.key = keyOf(pl.kind)
	for _, f := range pl.kind.Fields {
		if f.Unique {
			k.unique = append(k.unique, f)
			k.byValue[f.Name], k.rowOf[f.Name] = map[string]string{}, map[string]*planned{}
		}
	}
	for _, r := range pl.in.All(pl.kind.Name) {
		k.byTitle[r.Values[pl.kind.Title]] = append(k.byTitle[r.Values[pl.kind.Title]], r)
		for _, f := range k.unique {
			if v := r.Values[f.Name]; v != "" {
				k.byValue[f.Name][unified(f, v)] = r.ID
			}
		}
	}
	return k
}

// keyOf returns the date or year that tells records of one title apart: the first
// that is required, else the first date there is.
func keyOf(k record.Kind) string {
	first := ""
	for _, f := range k.Fields {
		if f.Name == k.Title || f.Locked {
			continue
		}
		switch f.Type.(type) {
		case record.Day, record.Moment:
		default:
			if f.Name != "year" {
				continue
			}
		}
		if f.Required {
			return f.Name
		}
		if first == "" {
			first = f.Name
		}
	}
	return first
}

// unified writes an old 15-digit identity number as its 18-digit form, so that
// both name the same person.
func unified(f record.Field, value string) string {
	if _, ok := f.Type.(record.IDNumber); ok && len(value) == 15 {
		return branch.CheckID(value).Upgraded
	}
	return value
}

// across compares every row with the rows before it and with the store, and asks
// the kind's own rules.
func (pl *planner) across(p *Plan) {
	k := pl.knownOf()
	for i := range p.Sheets {
		for j := range p.Sheets[i].Rows {
			row := planned{&p.Sheets[i].Rows[j], &p.Sheets[i]}
			if row.State == Skipped || row.State == Part {
				continue
			}
			k.derive(row)
			k.entitle(row)
			k.twins(row)
			k.sharedPhones(row)
			k.match(row)
			k.rules(row)
		}
	}
}

// derive fills what follows from an identity number, a name or a date, where the
// file says nothing. Suggestions that follow from other fields are for a form.
func (k *known) derive(row planned) {
	if k.kind.Derive == nil {
		return
	}
	for _, f := range k.kind.Fields {
		switch f.Type.(type) {
		case record.IDNumber, record.PersonName, record.Day:
		default:
			continue
		}
		if row.set[f.Name] == "" {
			continue
		}
		for path, value := range k.kind.Derive(row.set.Clone(), f.Name, k.in) {
			if to, ok := k.kind.Field(path); ok && row.set[path] == "" && value != "" && !to.Locked && !row.troubled(path) {
				row.put(to, path, value, -1)
			}
		}
	}
}

// entitle names a record whose list has no column for its title: by its theme, or
// by what the kind calls such a record (a meeting by its kind).
func (k *known) entitle(row planned) {
	f, _ := k.kind.Field(k.kind.Title)
	if row.set[f.Name] != "" || columnOf(row, f.Name) >= 0 || !isWords(f) {
		return
	}
	title := row.set["theme"]
	for _, c := range k.kind.Fields {
		if _, choice := c.Type.(record.Choice); choice && title == "" && k.kind.Derive != nil && row.set[c.Name] != "" {
			title = k.kind.Derive(row.set.Clone(), c.Name, k.in)[f.Name]
		}
	}
	if value, err := f.Parse(title); err == nil && value != "" {
		row.put(f, f.Name, value, -1)
		row.report(-1, f, finding{code: "TITLE_DERIVED", say: "表里没有“" + f.Label + "”这一列，用“" + clip(value) + "”。"}, value)
	}
}

// troubled reports whether the file has something at path that could not be read.
func (rp *RowPlan) troubled(path string) bool {
	return slices.ContainsFunc(rp.Issues, func(i Issue) bool {
		return i.Field == path && i.Severity != record.Info.String()
	})
}

// match finds the record in the store that the row is about.
func (k *known) match(row planned) {
	if id := row.set[idPath]; id != "" {
		if _, ok := k.in.Get(k.kind.Name, id); ok {
			k.settle(row, id)
			return
		}
	}
	for _, f := range k.unique {
		if id, ok := k.byValue[f.Name][unified(f, row.set[f.Name])]; ok && row.set[f.Name] != "" {
			k.settle(row, id)
			return
		}
	}
	var sureIDs []string
	row.asks = nil
	for _, r := range k.byTitle[row.set[k.kind.Title]] {
		switch {
		case row.set[k.kind.Title] == "" || k.apart(r.Values, row.set):
		case k.key == "" || r.Values[k.key] != "" && row.set[k.key] != "":
			sureIDs = append(sureIDs, r.ID)
		default:
			row.asks = append(row.asks, r.ID)
		}
	}
	if len(sureIDs) == 1 {
		k.settle(row, sureIDs[0])
		return
	}
	if row.asks = append(sureIDs, row.asks...); len(row.asks) > 0 {
		row.State = Ask
		f, _ := k.kind.Field(k.kind.Title)
		row.report(columnOf(row, f.Name), f, finding{code: sameName, say: "台账里已有同名的“" + k.show(f, row.set[f.Name]) + "”，没有号码或日期能分清是不是同一个。是同一个请选“合并”，不是请选“新增”。"}, k.show(f, row.set[f.Name]))
	}
}

// settle ties a row to a record and finds whether it would change anything.
func (k *known) settle(row planned, id string) {
	r, _ := k.in.Get(k.kind.Name, id)
	row.Record, row.State = id, Same
	if len(k.changes(row.set, r)) > 0 {
		row.State = Changed
	}
}

// changes returns what the values would change in a record. An empty cell never
// clears a value, a less precise date never replaces a finer one.
func (k *known) changes(set record.Values, r record.Record) record.Values {
	return changesOf(k.kind, set, r)
}

func changesOf(k record.Kind, set record.Values, r record.Record) record.Values {
	out := record.Values{}
	for path, value := range set {
		f, ok := k.Field(path)
		table, row, column := record.SplitPath(path)
		top, _ := k.Field(table)
		switch {
		case !ok || top.Locked || value == "" || r.Values[path] == value || within(f, value, r.Values[path]):
		case strings.HasPrefix(row, "+") && holds(r, table, column, value):
		default:
			out[path] = value
		}
	}
	return out
}

func hasRow(r record.Record, table, row string) bool {
	return slices.ContainsFunc(r.Rows(table), func(have record.Row) bool { return have.ID == row })
}

// holds reports whether some row of the table has the value already.
func holds(r record.Record, table, column, value string) bool {
	return slices.ContainsFunc(r.Rows(table), func(have record.Row) bool { return have.Values[column] == value })
}

// rules asks the kind what is wrong with the record as it would be.
func (k *known) rules(row planned) {
	before, after := k.versions(row)
	var found []record.Complaint
	if k.kind.Check != nil {
		found = k.kind.Check(after, k.in)
	}
	if k.kind.Allow != nil && row.State == Changed {
		found = append(found, k.kind.Allow(before, after, k.in)...)
	}
	found = append(found, branch.ComesLate(before, after, k.in)...)
	for _, c := range append(found, k.closed(row, before)...) {
		k.complain(row, c, before)
	}
	if row.State == New || row.State == Ask {
		k.required(row)
	}
	k.lockedValues(row, before, after)
}

// closed says of a row that it would change a record of a closed year, at the first column
// that would.
func (k *known) closed(row planned, before record.Record) []record.Complaint {
	changed := k.changes(row.set, before).Paths()
	slices.SortStableFunc(changed, func(a, b string) int { return columnOf(row, a) - columnOf(row, b) })
	for _, path := range changed {
		if err := branch.OnlyRead(before, path, k.in); err != nil {
			return []record.Complaint{{Path: path, Severity: record.Block, Code: record.CodeOf(err), Say: record.SayOf(err)}}
		}
	}
	return nil
}

// versions returns the record before and as it would be after.
func (k *known) versions(row planned) (before, after record.Record) {
	before = record.Record{Kind: k.kind.Name, Values: record.Values{}}
	if row.Record != "" {
		before, _ = k.in.Get(k.kind.Name, row.Record)
	}
	after = before
	after.Values = before.Values.Clone()
	if row.Record == "" {
		after.Values = lockedDefaults(k.kind, k.in)
	}
	for path, value := range row.set {
		if f, ok := k.kind.Field(path); ok && !f.Locked {
			after.Values[path] = value
		}
	}
	if row.Record == "" {
		maps.Copy(after.Values, opened(k.kind, row.set))
	}
	return before, after
}
