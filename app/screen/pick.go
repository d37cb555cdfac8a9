package screen

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Pick is one record to choose from in a reference box.
type Pick struct {
	ID    string
	Label string // what the record is called
	Note  string // what tells it from others of the same name
}

// Picks returns the live records of kind that match query, in pinyin order.
func (b *Book) Picks(kind, query string) []Pick {
	k, err := b.Kind(kind)
	if err != nil {
		return nil
	}
	var out []Pick
	for _, r := range b.Search(kind, query) {
		out = append(out, Pick{ID: r.ID, Label: b.Title(r), Note: b.aside(k, r)})
	}
	return out
}

// aside is the first list column besides the title that is not sensitive.
func (b *Book) aside(k record.Kind, r record.Record) string {
	best, at := "", 0
	for _, f := range k.Fields {
		if f.Column == 0 || f.Name == k.Title || f.Sensitive || r.Values[f.Name] == "" {
			continue
		}
		if at == 0 || f.Column < at {
			best, at = b.Show(f, r.Values[f.Name]), f.Column
		}
	}
	return best
}

// suggestions is how many earlier texts a box offers.
const suggestions = 8

// Suggest returns texts used before in the text field at path that match query,
// the most used first: typing Chinese is the most expensive act. The party groups
// of the branch come from its own record.
func (f *Form) Suggest(path, query string) []string {
	field, ok := f.Kind.Field(path)
	if _, isText := field.Type.(record.Text); !ok || !isText || field.Sensitive {
		return nil
	}
	counts := map[string]int{}
	if field.Name == "group" {
		for i, g := range branch.Groups(f.book) {
			counts[g.Name] = 10_000 - i
		}
	}
	table, _, column := record.SplitPath(path)
	for _, r := range f.book.All(f.Kind.Name) {
		if column == "" {
			counts[r.Values[path]]++
			continue
		}
		for _, row := range r.Rows(table) {
			counts[row.Values[column]]++
		}
	}
	delete(counts, "")
	var out []string
	for text := range counts {
		if branch.Matches(query, text) {
			out = append(out, text)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(branch.SortKey(a), branch.SortKey(b)))
	})
	return out[:min(len(out), suggestions)]
}

// Complete returns the text used before that stands for the letters typed in the
// text field at path: 云帆智控 for yf. Anything but letters stands for itself.
func (f *Form) Complete(path string) (string, bool) {
	typed := strings.TrimSpace(f.Text(path))
	if typed == "" || strings.ContainsFunc(typed, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) {
		return "", false
	}
	found := f.Suggest(path, typed)
	if len(found) == 0 || found[0] == typed {
		return "", false
	}
	return found[0], true
}
