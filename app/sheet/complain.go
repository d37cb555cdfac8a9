package sheet

import (
	"maps"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// idPath is the path under which a row carries the id of the record that it was
// exported from; no field may be called so.
const idPath = "@id"

// complain turns a finding of the domain's rules into an issue at the column
// that holds the value.
func (k *known) complain(row planned, c record.Complaint, before record.Record) {
	f, _ := k.kind.Field(c.Path)
	if _, id := f.Type.(record.IDNumber); id && strings.HasPrefix(c.Code, "ID_") {
		return // reported when the cell was read
	}
	if row.Record != "" && c.Severity != record.Block && row.set[c.Path] == "" {
		return // about what the store holds already, not about the file
	}
	col := columnOf(row, c.Path)
	letter := Letter(col)
	if c.Code == "MOBILE_LENGTH" && row.has(col, record.Warn) {
		return // said when the cell was read
	}
	if slices.ContainsFunc(row.Issues, func(i Issue) bool { return i.Code == c.Code && i.Col == letter }) {
		return
	}
	level := c.Severity
	if severity(c.Code) == record.Block || c.Code == "CONTACT_ONE" && row.cultivated() {
		level = record.Block
	}
	value := f.Format(row.set[c.Path])
	row.Issues = append(row.Issues, Issue{Col: letter, Field: c.Path, Severity: level.String(), Code: c.Code,
		Say: place(row.Row, letter, f.Label) + "：" + c.Say, Value: clip(value)})
}

// required reports fields that a record must have and the row lacks, unless the
// cell is reported already.
func (k *known) required(row planned) {
	for _, f := range k.kind.Fields {
		if _, rows := f.Type.(record.Rows); !f.Required || rows || f.Locked || row.set[f.Name] != "" {
			continue
		}
		col := columnOf(row, f.Name)
		if col >= 0 && row.has(col, record.Warn) {
			continue
		}
		say := "没有填，不能建档。请补上。"
		if row.unmetAt(col) {
			say = "台账里还没有这个人，不能建档。请先登记，或先导入党员名册。"
		}
		if col < 0 {
			say = "表里没有“" + f.Label + "”这一列，不能建档。请在表里加上，或在导入时统一选定。"
		}
		row.report(col, f, finding{code: missing, say: say}, "")
	}
}

// unmetAt reports whether a column names somebody who is not in the books yet.
func (rp *RowPlan) unmetAt(col int) bool {
	return slices.ContainsFunc(rp.Issues, func(i Issue) bool { return i.Col == Letter(col) && i.Code == refUnmet })
}

// lockedValues reports what the file says about fields that are set by an act:
// they are compared, never written.
func (k *known) lockedValues(row planned, before, after record.Record) {
	stands := lockedDefaults(k.kind, k.in)
	maps.Copy(stands, before.Values)
	maps.Copy(stands, computed(k.kind, after.Values, row.set, k.in))
	if row.Record == "" {
		maps.Copy(stands, opened(k.kind, row.set))
	}
	var rest []string
	for _, f := range k.kind.Fields {
		value := row.set[f.Name]
		if !f.Locked || value == "" || value == stands[f.Name] {
			continue
		}
		rest = append(rest, f.Label+"："+f.Format(value))
		row.report(columnOf(row, f.Name), f, finding{code: lockedField, say: "“" + f.Format(value) + "”放进备注：这一项不能直接填，由程序随办理的手续记下。"}, f.Format(value))
	}
	if f, ok := k.kind.Field(k.remarks); ok && len(rest) > 0 && row.Record == "" {
		text := strings.Trim(row.set[f.Name]+"\n"+strings.Join(rest, "\n"), "\n")
		if value, err := f.Parse(text); err == nil {
			row.put(f, f.Name, value, -1)
		}
	}
}

// computed returns the values that the kind computes from others, set by nobody.
func computed(kind record.Kind, after, changed record.Values, in record.Around) record.Values {
	out := record.Values{}
	if kind.Derive == nil {
		return out
	}
	for _, f := range kind.Fields {
		if changed[f.Name] == "" {
			continue
		}
		for path, value := range kind.Derive(after.Clone(), f.Name, in) {
			if to, ok := kind.Field(path); ok && to.Locked {
				out[path] = value
			}
		}
	}
	return out
}
