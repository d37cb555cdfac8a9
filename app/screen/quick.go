package screen

import (
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Quick is 登记党员 in under a minute, or 收诉求: the form of a kind cut down to what
// must be filled in, with a live remark beside each box.
type Quick struct {
	*Form
	Fields []record.Field
}

// quickPaths are the boxes of a quick registration in order.
func quickPaths(kind string) []string {
	if kind == "demand" {
		return []string{"title", "entity", "category", "content"}
	}
	return []string{"name", "id_no", "gender", "category", "joined", "group", "employer", "mobile", "in_kind"}
}

// NewQuick starts registering a record of a kind: "member" or "demand".
func NewQuick(b *Book, kind string) (*Quick, error) {
	f, err := NewForm(b, kind, "")
	if err != nil {
		return nil, err
	}
	q := &Quick{Form: f}
	have := map[string]bool{}
	for _, path := range quickPaths(kind) {
		if field, ok := f.Kind.Field(path); ok {
			q.Fields = append(q.Fields, field)
			have[path] = true
		}
	}
	for _, field := range f.Kind.Fields {
		if field.Required && !have[field.Name] && !field.Locked {
			q.Fields = append(q.Fields, field) // a rule asks for it: it must be fillable here
		}
	}
	return q, nil
}

// Choices returns the labels or picks of a box that is chosen from, shortest
// form first: up to four are shown side by side.
func (q *Quick) Choices(path string) []Pick {
	if labels := q.Labels(path); labels != nil {
		out := make([]Pick, len(labels))
		for i, l := range labels {
			out[i] = Pick{ID: l, Label: l}
		}
		return out
	}
	return q.Picks(path, "")
}

// quickHints stand beside empty boxes.
var quickHints = map[string]string{"joined": "可打 20130620", "employer": "打首字母可选，如 hm", "mobile": "11 位"}

// Remark is what stands beside a box: a finding, what was understood, a hint.
func (q *Quick) Remark(path string) Mark {
	if c, ok := q.Complaint(path); ok {
		return Mark{Late, c.Say}
	}
	if full, ok := q.Complete(path); ok {
		return Mark{Plain, "按 Enter 填入“" + full + "”"}
	}
	text := strings.TrimSpace(q.Text(path))
	field, _ := q.Kind.Field(path)
	switch path {
	case "name":
		return q.nameRemark(text)
	case "id_no":
		if text != "" {
			return Mark{Fine, "校验通过，已带出性别、出生日期"}
		}
	case "gender":
		birth := record.ReadDate(q.Record().Values["birth"])
		if age, ok := branch.Age(birth, q.book.Today()); ok {
			return Mark{Plain, "出生 " + birth.String() + "・" + number(age) + " 岁"}
		}
	}
	if text == "" && quickHints[path] != "" {
		return Mark{Plain, quickHints[path]}
	}
	return Mark{Plain, field.Hint}
}

func (q *Quick) nameRemark(name string) Mark {
	if name == "" {
		return Mark{}
	}
	same := 0
	for _, r := range q.book.All("member") {
		if r.Values["name"] == name && r.ID != q.ID() {
			same++
		}
	}
	spelled := strings.ToLower(strings.Join(spell(name), " "))
	if same > 0 {
		return Mark{Soon, "拼音：" + spelled + "，同名 " + number(same) + " 人，请核对"}
	}
	return Mark{Fine, "拼音：" + spelled + "，同名 0 人"}
}

// spell returns the pinyin of a name, one syllable a character.
func spell(name string) []string { return strings.Fields(branch.Pinyin(name)) }

// Again saves and starts the next one; group, employer and the way in stay.
func (q *Quick) Again() (*Quick, record.Record, error) {
	stay := map[string]string{}
	for _, path := range []string{"group", "employer", "in_kind"} {
		stay[path] = q.Text(path)
	}
	saved, err := q.Save()
	if err != nil {
		return q, saved, err
	}
	next, err := NewQuick(q.book, q.Kind.Name)
	if err != nil {
		return q, saved, err
	}
	for path, text := range stay {
		if text != "" {
			next.Type(path, text)
		}
	}
	next.Settle()
	return next, saved, nil
}
