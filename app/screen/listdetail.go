package screen

import "zhibu/storage/record"

// Section is one captioned group of a record's values.
type Section struct {
	Name  string
	Lines []Line
	// Hidden is true when a line of it is masked.
	Hidden bool
}

// Line is one label and value.
type Line struct {
	Path  string
	Label string
	Text  string
}

// Detail returns the filled values of a record in the groups of its form.
// Sensitive values are masked unless whole. Tables give the number of rows.
func (b *Book) Detail(r record.Record, whole bool) []Section {
	k, err := b.Kind(r.Kind)
	if err != nil {
		return nil
	}
	var out []Section
	place := map[string]int{}
	for _, f := range k.Fields {
		text, hidden := b.detailText(f, r, whole)
		if text == "" || f.Name == k.Title {
			continue
		}
		i, ok := place[f.Group]
		if !ok {
			i = len(out)
			place[f.Group] = i
			out = append(out, Section{Name: f.Group})
		}
		out[i].Lines = append(out[i].Lines, Line{Path: f.Name, Label: f.Label, Text: text})
		out[i].Hidden = out[i].Hidden || hidden
	}
	return out
}

func (b *Book) detailText(f record.Field, r record.Record, whole bool) (text string, hidden bool) {
	if _, ok := f.Type.(record.Rows); ok {
		if n := len(r.Rows(f.Name)); n > 0 {
			return number(n) + " 条", false
		}
		return "", false
	}
	text = b.Show(f, r.Values[f.Name])
	if f.Sensitive && !whole && text != "" {
		return Masked(text), true
	}
	return text, false
}
