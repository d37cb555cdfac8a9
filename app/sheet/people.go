package sheet

import (
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// remarked gives what stood in brackets behind a name to the field that lists it:
// 李梅（女）, 王强（预备）; the rest goes to the remarks.
func (pl *planner) remarked(r reading) reading {
	if r.rest == "" {
		return r
	}
	var rest []string
	for _, word := range strings.Split(r.rest, "、") {
		if !pl.choose(word, &r) {
			rest = append(rest, word)
		}
	}
	r.rest = strings.Join(rest, "、")
	return r
}

func (pl *planner) choose(word string, r *reading) bool {
	if _, err := strconv.Atoi(word); err == nil {
		return false
	}
	for _, f := range pl.kind.Fields {
		if t, ok := f.Type.(record.Choice); ok && !t.Open && !f.Locked {
			if id, err := t.Parse(word); err == nil && r.extra[f.Name] == "" {
				r.also(f.Name, id)
				return true
			}
		}
	}
	return false
}

// phone puts further numbers of a cell into the kind's other phone field, and a
// landline that stands in the mobile column too.
func (pl *planner) phone(f record.Field, c Cell) reading {
	r, others := readPhone(c)
	landline := ""
	for _, other := range pl.kind.Fields {
		if other.Type == (record.Phone{}) && other.Name != f.Name && (strings.Contains(other.Label, "固定") || strings.Contains(other.Label, "座机")) {
			landline = other.Name
		}
	}
	if landline != "" && strings.Contains(f.Label, "手机") && r.value != "" && strings.HasPrefix(r.value, "0") {
		r.also(landline, r.value)
		r.value = ""
		r.find(phoneTidied, "这是座机号，放进固定电话。")
	}
	var rest []string
	for _, n := range others {
		if landline != "" && r.extra[landline] == "" && !mobileForm.MatchString(n) {
			r.also(landline, n)
			continue
		}
		rest = append(rest, n)
	}
	if len(rest) > 0 {
		r.rest = strings.Trim(r.rest+" "+strings.Join(rest, "、"), " ")
	}
	return r
}
