package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"zhibu/storage/record"
)

var refBirth = regexp.MustCompile(`^(.*?)\s*[(（〔]([^()（）〔〕]+)[)）〕]$`)

// lookup returns the ids of the live records of a kind with that title.
func (pl *planner) lookup(kind, title string) []string {
	index, ok := pl.titles[kind]
	if !ok {
		index = map[string][]string{}
		field := pl.titleField(kind)
		for _, r := range pl.in.All(kind) {
			for _, spelling := range spellings(r.Values[field]) {
				index[spelling] = append(index[spelling], r.ID)
			}
		}
		pl.titles[kind] = index
	}
	return index[title]
}

// titleField is the field that names records of another kind.
func (pl *planner) titleField(kind string) string {
	if kind == pl.kind.Name {
		return pl.kind.Title
	}
	return titleOf(kind)
}

// spellings are the forms under which a title is found: as it is and without
// interpuncts.
func spellings(title string) []string {
	if bare := strings.ReplaceAll(title, "·", ""); bare != title {
		return []string{title, bare}
	}
	return []string{title}
}

// readRef turns a name into the id of the record that bears it.
func (pl *planner) readRef(t record.Ref, c Cell) reading {
	list := splitNames(c.Text)
	if len(list) == 0 {
		return reading{}
	}
	var r reading
	id, say := pl.find(t.Kind, list[0])
	if id == "" {
		r.find(pl.unmet(t.Kind), say+"这一项先空着，原文另外记下。")
		r.rest = c.Text
		return r
	}
	r.value = id
	if len(list) > 1 {
		r.rest = c.Text
		r.find(alike, "这一项只能填一人，用“"+list[0]+"”，原文放进备注。")
	}
	return r
}

// unmet is the code for a name that nobody in the books bears. Where the books
// are still empty that says nothing about the name.
func (pl *planner) unmet(kind string) string {
	if len(pl.in.All(kind)) == 0 {
		return refUnmet
	}
	return refUnknown
}

// find resolves one name; say tells why it could not.
func (pl *planner) find(kind, who string) (id, say string) {
	if r, ok := pl.in.Get(kind, strings.TrimSpace(who)); ok && !r.Deleted() {
		return r.ID, ""
	}
	var ignored reading
	name := tidyName(strings.TrimSpace(who), &ignored)
	ids := pl.lookup(kind, name)
	if m := refBirth.FindStringSubmatch(name); len(ids) == 0 && m != nil {
		ids = pl.lookup(kind, m[1])
		for _, id := range ids {
			if r, _ := pl.in.Get(kind, id); len(ids) > 1 && (r.Values["birth"] == m[2] || id == m[2]) {
				return id, ""
			}
		}
	}
	switch len(ids) {
	case 1:
		return ids[0], ""
	case 0:
		return "", "台账里没有“" + clip(who) + "”。"
	}
	return "", fmt.Sprintf("台账里有 %d 个“%s”，分不清是哪一个。", len(ids), clip(who))
}

var (
	itemBreak  = regexp.MustCompile(`[\n\r；;]+`)
	itemNumber = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.)）]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）])\s*`)
)

// readList reads a cell that stands for a table: one row for each name or item.
// Rows are numbered +1, +2, …; Edits gives them ids of their own.
func (pl *planner) readList(f record.Field, rows record.Rows, c Cell) reading {
	var r reading
	if isBlank(c.Text) || len(rows.Columns) == 0 {
		return r
	}
	if rows.Key != "" {
		return pl.readKeyed(f, rows, c)
	}
	first := rows.Columns[0]
	var items []string
	switch first.Type.(type) {
	case record.Ref, record.PersonName:
		items = splitNames(c.Text)
	case record.Long:
		items = []string{c.Text}
	default:
		for _, item := range itemBreak.Split(c.Text, -1) {
			if item = strings.TrimSpace(itemNumber.ReplaceAllString(item, "")); item != "" {
				items = append(items, item)
			}
		}
	}
	var lost []string
	for i, item := range items {
		value, ok := pl.listItem(first, item, &r)
		if !ok {
			lost = append(lost, item)
			continue
		}
		r.also(record.Path(f.Name, fmt.Sprintf("+%d", i+1), first.Name), value)
	}
	if lost != nil {
		code := alike
		if ref, ok := first.Type.(record.Ref); ok {
			code = pl.unmet(ref.Kind)
		}
		r.find(code, "台账里没有“"+strings.Join(lost, "、")+"”，先记下姓名。请核对，或先登记这些人再导入。")
		r.rest = strings.Join(lost, "、")
	}
	return r
}

// sameAs marks a value that is taken over from a field of the record.
const sameAs = "@"

// readKeyed reads a list of names into a table whose rows are records.
func (pl *planner) readKeyed(f record.Field, rows record.Rows, c Cell) reading {
	var r reading
	column := keyedColumn(rows)
	var lost []string
	for _, who := range splitNames(c.Text) {
		id, _ := pl.find(rows.Key, who)
		switch {
		case id == "":
			lost = append(lost, who)
		case column.Name == "hours":
			r.also(record.Path(f.Name, id, column.Name), sameAs+column.Name)
		default:
			r.also(record.Path(f.Name, id, column.Name), id)
		}
	}
	if lost != nil {
		r.find(pl.unmet(rows.Key), "台账里没有“"+strings.Join(lost, "、")+"”，先记下姓名。请核对，或先登记这些人再导入。")
		r.rest = strings.Join(lost, "、")
	}
	return r
}

func (pl *planner) listItem(f record.Field, item string, r *reading) (string, bool) {
	if ref, ok := f.Type.(record.Ref); ok {
		id, _ := pl.find(ref.Kind, item)
		return id, id != ""
	}
	value, err := f.Parse(item)
	return value, err == nil && value != ""
}
