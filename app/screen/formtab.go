package screen

import "zhibu/storage/record"

// Tab is one group of a form's boxes.
type Tab struct {
	Name   string
	Fields []record.Field
	Errors int // findings that forbid saving under this tab
}

// Tabs returns the groups of the kind in the order their first field appears.
func (f *Form) Tabs() []Tab {
	var tabs []Tab
	place := map[string]int{}
	for _, field := range f.Kind.Fields {
		name := field.Group
		if name == "" {
			name = "基本信息"
		}
		i, ok := place[name]
		if !ok {
			i = len(tabs)
			place[name] = i
			tabs = append(tabs, Tab{Name: name})
		}
		tabs[i].Fields = append(tabs[i].Fields, field)
		tabs[i].Errors += f.errorsAt(field.Name)
	}
	return tabs
}

// TabOf returns the index of the tab that holds path.
func (f *Form) TabOf(path string) int {
	table, _, _ := record.SplitPath(path)
	for i, tab := range f.Tabs() {
		for _, field := range tab.Fields {
			if field.Name == table {
				return i
			}
		}
	}
	return 0
}

// errorsAt counts the ripe blocking findings at a field, its rows included.
func (f *Form) errorsAt(name string) int {
	n := 0
	for _, c := range f.said {
		table, _, _ := record.SplitPath(c.Path)
		if table == name && c.Severity == record.Block && !f.unripe(c) {
			n++
		}
	}
	return n
}

// Picks returns the records a reference at path may name, those matching query
// first to last in pinyin order.
func (f *Form) Picks(path, query string) []Pick {
	field, ok := f.Kind.Field(path)
	if !ok {
		return nil
	}
	ref, ok := field.Type.(record.Ref)
	if !ok {
		return nil
	}
	return f.book.Picks(ref.Kind, query)
}

// Labels returns the labels a choice at path offers.
func (f *Form) Labels(path string) []string {
	field, ok := f.Kind.Field(path)
	if !ok {
		return nil
	}
	return labelsOf(field.Type)
}

func labelsOf(t record.Type) []string {
	switch t := t.(type) {
	case record.Choice:
		labels := make([]string, len(t.Codes))
		for i, c := range t.Codes {
			labels[i] = c.Label
		}
		return labels
	case record.YesNo:
		return []string{"是", "否"}
	}
	return nil
}
