package screen

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"zhibu/storage/record"
)

// Event is one save in a record's history, as people read it.
type Event struct {
	At     time.Time
	Op     string
	By     string
	Device string
	State  record.State
	Seq    uint64 // its number at the district, 0 without
	Why    string
	What   string   // 建立, 改, 移到回收站 …
	Lines  []string // 「党小组：第三 → 第一」, sensitive values masked
}

// Standing says how a change stands with the district: 已同步・区里第 12 号.
func (e Event) Standing() string {
	if e.Seq == 0 {
		return e.State.String()
	}
	return e.State.String() + "・" + Receipt(e.Seq)
}

// Receipt is the district's number of a change, as people read it out.
func Receipt(seq uint64) string { return "区里第 " + strconv.FormatUint(seq, 10) + " 号" }

// changedWord is what most saves did.
const changedWord = "改"

// historyLines is how many changed fields one event spells out.
const historyLines = 6

// Events returns the history of a record, newest first.
func (b *Book) Events(kind, id string) ([]Event, error) {
	k, err := b.Kind(kind)
	if err != nil {
		return nil, err
	}
	entries, err := b.History(kind, id)
	if err != nil {
		return nil, err
	}
	entries = slices.Clone(entries)
	slices.Reverse(entries) // the store tells the oldest first
	slices.SortStableFunc(entries, func(x, y record.Entry) int { return cmp.Compare(y.At, x.At) })
	var out []Event
	for i, e := range entries {
		ev := b.event(k, e, i == len(entries)-1)
		if ev.What != changedWord || len(ev.Lines) > 0 { // joining a district writes every record again as it is
			out = append(out, ev)
		}
	}
	return out, nil
}

func (b *Book) event(k record.Kind, e record.Entry, first bool) Event {
	ev := Event{At: time.UnixMilli(e.At).In(b.Now().Location()), Op: e.Op, By: e.By, Device: e.Device, State: e.State, Seq: e.Seq, Why: e.Why, What: changedWord}
	switch {
	case e.New[record.DeletedPath] == "1":
		ev.What = "移到回收站"
	case e.Old[record.DeletedPath] == "1":
		ev.What = "从回收站恢复"
	case e.Undoes != "":
		ev.What = "撤销"
	case first:
		ev.What = "建立" + k.Label + "信息"
		ev.Lines = []string{"共 " + number(len(e.New)) + " 项"}
		return ev
	}
	ev.Lines = b.lines(k, e)
	return ev
}

// changed returns the paths that a save changed, in the order of the form. The
// place of a row in its table is no change to tell of.
func changed(k record.Kind, e record.Entry) []string {
	paths := map[string]string{}
	for _, v := range []record.Values{e.Old, e.New} {
		for path := range v {
			if _, _, column := record.SplitPath(path); column != record.RankColumn && e.Old[path] != e.New[path] {
				paths[path] = ""
			}
		}
	}
	return inOrder(k, paths)
}

// Changes spells out everything that a save changed, one value a line:
// 「签到（陆婉清）状态：到会 → 请假」. References stand by name.
func (b *Book) Changes(k record.Kind, e record.Entry) []string {
	var out []string
	for _, path := range changed(k, e) {
		if _, seal := record.SealedPath(path); seal {
			continue // goes with the value it signs
		}
		if path == record.DeletedPath {
			out = append(out, map[bool]string{true: "移到回收站", false: "从回收站恢复"}[e.New[path] == "1"])
			continue
		}
		f, _ := k.Field(path)
		out = append(out, b.place(k, path)+"："+b.brief(f, e.Old[path])+" → "+b.brief(f, e.New[path]))
	}
	return out
}

// place names the value at a path: its field, in a table the row by whom it is
// about; a path of a newer version by itself.
func (b *Book) place(k record.Kind, path string) string {
	f, ok := k.Field(path)
	table, row, column := record.SplitPath(path)
	owner, _ := k.Field(table)
	rows, isRows := owner.Type.(record.Rows)
	switch {
	case path == "transferred_to":
		return "转往"
	case path == "transferred_from":
		return "转自"
	case !ok:
		return path
	case column == "" || !isRows:
		return f.Label
	case rows.Key == "":
		return owner.Label + "的" + f.Label
	}
	return owner.Label + "（" + b.Show(record.Field{Type: record.Ref{Kind: rows.Key}}, row) + "）的" + f.Label
}

// lines spells out the changed fields; cells of one table are counted.
func (b *Book) lines(k record.Kind, e record.Entry) []string {
	var out []string
	cells := map[string]int{}
	left := 0
	for _, path := range changed(k, e) {
		f, ok := k.Field(path)
		table, _, column := record.SplitPath(path)
		switch {
		case !ok:
			continue
		case column != "":
			if owner, _ := k.Field(table); cells[owner.Label] == 0 {
				out = append(out, owner.Label)
			}
			owner, _ := k.Field(table)
			cells[owner.Label]++
		case len(out) >= historyLines:
			left++
		default:
			out = append(out, f.Label+"："+b.brief(f, e.Old[path])+" → "+b.brief(f, e.New[path]))
		}
	}
	for i, line := range out {
		if n := cells[line]; n > 0 {
			out[i] = line + "：改了 " + number(n) + " 格"
		}
	}
	if left > 0 {
		out = append(out, "还有 "+number(left)+" 项")
	}
	return out
}

// brief is a value in a history line: short, masked where sensitive.
func (b *Book) brief(f record.Field, value string) string {
	if value == "" {
		return "空"
	}
	text := []rune(shortText(b, f, value))
	if len(text) > 20 {
		return string(text[:19]) + "…"
	}
	return string(text)
}

// Unsaved returns what the form would write, in the words of the history.
func (f *Form) Unsaved() []string {
	var out []string
	for _, path := range f.Changed() {
		field, ok := f.Kind.Field(path)
		if _, _, column := record.SplitPath(path); !ok || column != "" {
			continue
		}
		now := f.after.Values[path]
		if _, unread := f.wrong[path]; unread {
			now = f.typed[path]
		}
		out = append(out, field.Label+"："+f.book.brief(field, f.shown.Values[path])+" → "+f.book.brief(field, now))
	}
	return out
}
