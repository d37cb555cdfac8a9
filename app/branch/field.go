package branch

import "zhibu/storage/record"

// The tabs of the member form (design.md §4).
const (
	tabBasic      = "基本信息"
	tabParty      = "党籍信息"
	tabContact    = "联系与单位"
	tabHonour     = "奖惩与评议"
	tabMobility   = "流动与转接"
	tabDues       = "党费记录"
	tabAttachment = "附件"
)

func text(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Text{}}
}

func long(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Long{}}
}

func date(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Day{}}
}

func yesNo(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.YesNo{}}
}

func money(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Money{}}
}

func number(name, label, unit string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Number{Unit: unit}}
}

func rate(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Rate{}}
}

func phone(name, label string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Phone{}, Sensitive: true}
}

func pick(name, label string, from record.Choice) record.Field {
	return record.Field{Name: name, Label: label, Type: from}
}

func ref(name, label, kind string) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Ref{Kind: kind}}
}

// table is a table whose rows have ids of their own.
func table(name, label string, columns ...record.Field) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Rows{Columns: columns}}
}

// tableBy is a table whose row ids are the ids of records of kind.
func tableBy(kind, name, label string, columns ...record.Field) record.Field {
	return record.Field{Name: name, Label: label, Type: record.Rows{Columns: columns, Key: kind}}
}

// files is the table of attachments: the bytes are named by their SHA-256.
func files() record.Field {
	return table("files", "附件", record.Field{Name: "file", Label: "文件", Type: record.File{}}, text("name", "文件名"), date("added", "添加日期"))
}

// group puts fields under a heading of the form.
func group(heading string, fields ...record.Field) []record.Field {
	for i := range fields {
		fields[i].Group = heading
	}
	return fields
}

// The properties of a field, laid over it one by one where it is declared.

func required(f record.Field) record.Field  { f.Required = true; return f }
func sensitive(f record.Field) record.Field { f.Sensitive = true; return f }
func guarded(f record.Field) record.Field   { f.Guarded = true; return f }
func locked(f record.Field) record.Field    { f.Locked = true; return f }

func column(priority int, f record.Field) record.Field { f.Column = priority; return f }
func hint(say string, f record.Field) record.Field     { f.Hint = say; return f }

// told opens a new record with what an old ledger says of the locked fields.
func told(names ...string) func(told record.Values) record.Values {
	return func(told record.Values) record.Values {
		out := record.Values{}
		for _, name := range names {
			if told[name] != "" {
				out[name] = told[name]
			}
		}
		return out
	}
}

// headings adds spreadsheet headings understood besides the label.
func headings(f record.Field, names ...string) record.Field { f.Headings = names; return f }
