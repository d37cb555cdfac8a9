package screen

import (
	"strings"

	"zhibu/storage/record"
)

// Leftovers are what no rule asks for and yet wants to be seen: conflicts to decide,
// refused changes, what the district answered and told, new numbers of what was printed, rows of an import and drafts
// not finished.
func (b *Book) Leftovers() []Duty {
	var out []Duty
	for _, d := range b.Disputes() {
		if d.Same != nil {
			out = append(out, Duty{Left: true, Rule: "TWIN", Mark: Mark{Clash, "可能是同一人"}, Title: d.Title + "・同一个身份证号登记了两次",
				Note: d.Same.Note(), Verb: "去核对", Page: "sync", Kind: d.Kind.Name, ID: d.Record.ID})
			continue
		}
		out = append(out, Duty{Left: true, Rule: "CONFLICT", Mark: Mark{Clash, "两边都改过"}, Title: d.Title + "・两边内容不一样",
			Note: number(len(d.Contests)) + " 处要核对，两份都留着", Verb: "去核对", Page: "sync", Kind: d.Kind.Name, ID: d.Record.ID})
	}
	for _, r := range b.Refusals() {
		out = append(out, Duty{Left: true, Rule: "REFUSED", Mark: Mark{Late, "没有收下"}, Title: b.Title(r) + "・区里没有收下这处改动",
			Note: "改好后再传，内容都在本机", Verb: "去改", Page: "sync", Kind: r.Kind, ID: r.ID})
	}
	out = append(out, b.tidings()...)
	out = append(out, b.renumbered()...)
	waiting := b.Waiting()
	if len(waiting) > 0 { // rows of an import, one line for all
		out = append(out, Duty{Left: true, Rule: "IMPORT", Mark: Mark{Neutral, "待处理"}, Title: "导入时留下 " + number(len(waiting)) + " 行",
			Note: "有问题、还没有登记，改好就能登记", Verb: "去改好", Page: "excel"})
	}
	for _, d := range b.Drafts() {
		if duty, ok := b.draftDuty(d); ok && !imported(d) {
			out = append(out, duty)
		}
	}
	return out
}

// draftDuty offers to go on with what was being typed.
func (b *Book) draftDuty(d record.Draft) (Duty, bool) {
	k, err := b.Kind(d.Kind)
	if err != nil || len(d.Typed) == 0 {
		return Duty{}, false
	}
	title := "没有存完的" + k.Label
	r, ok := b.Get(d.Kind, d.ID)
	if r.Deleted() {
		return Duty{}, false // until it is restored
	}
	if ok && d.ID != "" {
		title = b.Title(r) + "・没有存完"
	} else if name := d.Typed[k.Title]; name != "" {
		title = name + "・没有存完的" + k.Label
	}
	path, act := "", ""
	if parts := strings.SplitN(d.Key, "/", 3); len(parts) == 3 { // a dialog
		act = parts[2]
		title, _, _ = strings.Cut(title, "・没有存完")
		title += "・“" + parts[2] + "”没有写完"
	}
	if d.Kind == "dues" {
		_, path, _ = strings.Cut(d.Key, "/") // the month
		title = "没有登记完的党费"
	}
	return Duty{Left: true, Rule: "DRAFT", Path: path, Act: act, Mark: Mark{Neutral, "草稿"}, Title: title, Note: "填了 " + number(len(d.Typed)) + " 处，存在本机草稿里",
		Verb: "接着填", Page: PageOf(d.Kind), Kind: d.Kind, ID: d.ID}, true
}
