package screen

import "zhibu/storage/record"

// Columns returns the columns of the sheet.
func (p *Importing) Columns() []ImportColumn { return p.plan.Columns }

// ColumnMark is the pill of a column: 自动, 请核对, 手工, 略过.
func (p *Importing) ColumnMark(c ImportColumn) Mark {
	_, byHand := p.mapping[c.Col]
	switch {
	case c.Field == "":
		return Mark{Neutral, "略过"}
	case byHand:
		return Mark{Coming, "手工"}
	case !c.Sure:
		return Mark{Soon, "请核对"}
	}
	return Mark{Fine, "自动"}
}

// Leave is the choice that leaves a column out.
const Leave = "不导入"

// FieldLabels returns what a column can go to, Leave first.
func (p *Importing) FieldLabels() []string {
	labels := []string{Leave}
	for _, f := range p.kind.Fields {
		if _, rows := f.Type.(record.Rows); !rows && !f.Locked {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

// FieldLabel returns the label of a field path, Leave for none.
func (p *Importing) FieldLabel(field string) string {
	if f, ok := p.kind.Field(field); ok {
		return f.Label
	}
	return Leave
}

// Map lets a column go to the field with this label.
func (p *Importing) Map(run Runner, col, label string, then func(error)) {
	field := ""
	for _, f := range p.kind.Fields {
		if f.Label == label {
			field = f.Name
		}
	}
	for _, c := range p.plan.Columns {
		if c.Col != col && field != "" && c.Field == field {
			p.mapping[c.Col] = "" // one field, one column
		}
	}
	p.mapping[col] = field
	p.Reckon(run, then)
}
