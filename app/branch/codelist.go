package branch

import (
	"fmt"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// CodeListKind is the kind of the records by which a district adds to the open code
// lists of the registers. They come down in channel "codes", signed by the district,
// one for each list: the id names it ("demand.category"), "code/N/name" is an entry.
// An entry is kept in a register by its name, so that a form or a program without the
// list shows it too.
const CodeListKind = "codelist"

// WithCodes returns k with what the district added to its lists.
func WithCodes(k record.Kind, in record.Around) record.Kind {
	fields := k.Fields
	for _, list := range in.All(CodeListKind) {
		kind, name, _ := strings.Cut(list.ID, ".")
		i := slices.IndexFunc(fields, func(f record.Field) bool { return kind == k.Name && f.Name == name })
		if i < 0 {
			continue // of a newer version
		}
		if c, ok := fields[i].Type.(record.Choice); ok && c.Open {
			k.Fields = slices.Clone(k.Fields)
			k.Fields[i].Type = more(c, Codes(list))
		}
	}
	return k
}

// more adds names to a list, before the 其他 at its end.
func more(c record.Choice, names []string) record.Choice {
	at := len(c.Codes)
	if at > 0 && c.Codes[at-1].Label == "其他" {
		at--
	}
	var added []record.Code
	for _, name := range names {
		if !slices.ContainsFunc(c.Codes, func(code record.Code) bool { return code.ID == name || code.Label == name }) {
			added = append(added, record.Code{ID: name, Label: name})
		}
	}
	c.Codes = slices.Insert(slices.Clone(c.Codes), at, added...)
	return c
}

// Codes returns the names that a record of CodeListKind adds.
func Codes(list record.Record) []string {
	var out []string
	for _, row := range list.Rows("code") {
		if name := row.Values["name"]; name != "" {
			out = append(out, name)
		}
	}
	return out
}

// CodeList returns the record that makes names the district's own part of a list,
// instead of what it published before; without names that part is withdrawn.
func CodeList(id string, names []string) (record.Record, error) {
	out := record.Record{Kind: CodeListKind, ID: id, Values: record.Values{"list": id}}
	lists := openLists()
	if !slices.ContainsFunc(lists, func(l [2]string) bool { return l[0] == id }) {
		var say []string
		for _, l := range lists {
			say = append(say, l[0]+"（"+l[1]+"）")
		}
		return out, record.Refuse("CODES_UNKNOWN", "没有“"+id+"”这个可以补充的码表。可以补充的有："+strings.Join(say, "、")+"。没有发布。")
	}
	for i, name := range names {
		if name = strings.Join(strings.Fields(name), ""); name == "" || len([]rune(name)) > 30 {
			return out, record.Refuse("CODES_NAME", fmt.Sprintf("第 %d 个名称是空的，或者超过 30 个字。请改好再发布；现用码表不变。", i+1))
		}
		row := fmt.Sprintf("%03d", i+1)
		out.Values[record.Path("code", row, "name")] = name
		out.Values[record.Path("code", row, record.RankColumn)] = row
	}
	return out, nil
}

// openLists names the lists that a district may add to, and what they are called.
func openLists() (lists [][2]string) {
	for _, k := range catalog() {
		for _, f := range k.Fields {
			if c, ok := f.Type.(record.Choice); ok && c.Open {
				lists = append(lists, [2]string{k.Name + "." + f.Name, k.Page + "・" + f.Label})
			}
		}
	}
	return lists
}
