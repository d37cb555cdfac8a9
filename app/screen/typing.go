package screen

import (
	"maps"
	"slices"

	"zhibu/storage/record"
)

// typing is what a person typed into one record and has not saved: the record
// as it was shown and, over it, text by path exactly as typed, readable or not.
// The typed map is what a draft stores and what Book.Save is given.
type typing struct {
	book   *Book
	kind   record.Kind
	shown  record.Record
	typed  map[string]string
	values record.Values    // shown, with all typed text that could be read
	wrong  map[string]error // typed text that could not, by path
	past   []step
	future []step
	dirty  bool  // typed since the draft was stored last
	shut   error // why nothing may be typed
}

// step is one act that Ctrl+Z takes back: the typed text of some paths before it.
type step struct {
	paths map[string]*string // nil: the path had not been typed in
	field string             // the one path of plain typing, "" for other acts
}

func newTyping(book *Book, kind record.Kind, shown record.Record, typed map[string]string) *typing {
	t := &typing{book: book, kind: kind, shown: shown}
	t.load(typed)
	return t
}

// load replaces everything typed, as reading a draft does.
func (t *typing) load(typed map[string]string) {
	t.typed, t.wrong = map[string]string{}, map[string]error{}
	t.values = t.shown.Values.Clone()
	for path, text := range typed {
		t.put(path, text)
	}
}

// set types text into the field at path; runs of typing in one field are one
// step for undo.
func (t *typing) set(path, text string) {
	if t.shut != nil || t.text(path) == text {
		return
	}
	if n := len(t.past); n == 0 || t.past[n-1].field != path {
		t.past = append(t.past, t.before(path, path))
	}
	t.future, t.dirty = nil, true
	t.put(path, text)
}

// prefill puts texts in that nobody typed: there is nothing to undo and no draft.
func (t *typing) prefill(cells map[string]string) {
	for path, text := range cells {
		t.put(path, text)
	}
}

// act changes several paths as one step for undo.
func (t *typing) act(cells map[string]string) {
	if t.shut != nil || len(cells) == 0 {
		return
	}
	t.past = append(t.past, t.before("", slices.Collect(maps.Keys(cells))...))
	t.future, t.dirty = nil, true
	for path, text := range cells {
		t.put(path, text)
	}
}

func (t *typing) before(field string, paths ...string) step {
	s := step{paths: map[string]*string{}, field: field}
	for _, path := range paths {
		s.paths[path] = nil
		if text, ok := t.typed[path]; ok {
			s.paths[path] = &text
		}
	}
	return s
}

// undo takes the last step back and reports whether there was one.
func (t *typing) undo() bool { return t.back(&t.past, &t.future) }

// redo does again what undo took back.
func (t *typing) redo() bool { return t.back(&t.future, &t.past) }

func (t *typing) back(from, to *[]step) bool {
	n := len(*from)
	if t.shut != nil || n == 0 {
		return false
	}
	t.dirty = true
	last := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, t.before(last.field, slices.Collect(maps.Keys(last.paths))...))
	for path, text := range last.paths {
		if text == nil {
			t.forget(path)
		} else {
			t.put(path, *text)
		}
	}
	return true
}

func (t *typing) forget(path string) {
	delete(t.typed, path)
	delete(t.wrong, path)
	t.restore(path)
}

func (t *typing) restore(path string) {
	delete(t.values, path)
	if value, ok := t.shown.Values[path]; ok {
		t.values[path] = value
	}
}

// put lays text over path. Text equal to what was shown is not a change.
func (t *typing) put(path, text string) {
	delete(t.wrong, path)
	if text == t.shownText(path) {
		t.forget(path)
		return
	}
	t.typed[path] = text
	if err := t.book.Set(t.kind, t.values, path, text); err != nil {
		t.wrong[path] = err
		t.restore(path)
	}
}

func (t *typing) shownText(path string) string {
	value := t.shown.Values[path]
	if f, ok := t.kind.Field(path); ok {
		return f.Format(value)
	}
	return value
}

// text returns what the box at path shows: as typed, else as stored.
func (t *typing) text(path string) string {
	if text, ok := t.typed[path]; ok {
		return text
	}
	return t.shownText(path)
}

// saying returns why the text at path cannot be read, "" when it can.
func (t *typing) saying(path string) string {
	if err := t.wrong[path]; err != nil {
		return record.SayOf(err)
	}
	return ""
}

// saved makes rec the shown record and keeps nothing typed.
func (t *typing) saved(rec record.Record) {
	t.shown, t.past, t.future = rec, nil, nil
	t.load(nil)
}

// newRow returns the cells that append a row to a table.
func (t *typing) newRow(table, row string, cells map[string]string) map[string]string {
	out := map[string]string{record.Path(table, row, record.RankColumn): t.values.NextRank(table)}
	for column, text := range cells {
		out[record.Path(table, row, column)] = text
	}
	return out
}

// dropRows removes rows as one step.
func (t *typing) dropRows(table string, rows ...string) {
	cells := map[string]string{}
	for _, path := range slices.Concat(t.values.Paths(), slices.Sorted(maps.Keys(t.typed))) {
		if tab, id, _ := record.SplitPath(path); tab == table && slices.Contains(rows, id) {
			cells[path] = ""
		}
	}
	t.act(cells)
}

// moveRow moves a row by one place up (-1) or down (+1) and reports whether it
// could.
func (t *typing) moveRow(table, row string, by int) bool {
	rows := t.values.Rows(table)
	at := slices.IndexFunc(rows, func(r record.Row) bool { return r.ID == row })
	to := at + by
	if at < 0 || to < 0 || to >= len(rows) {
		return false
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	ids[at], ids[to] = ids[to], ids[at]
	low, high := "", ""
	if to > 0 {
		low = t.values[record.Path(table, ids[to-1], record.RankColumn)]
	}
	if to+1 < len(ids) {
		high = t.values[record.Path(table, ids[to+1], record.RankColumn)]
	}
	if low == "" && to > 0 || high != "" && low >= high {
		t.act(rerank(table, ids)) // rows of older files may lack ranks
		return true
	}
	t.act(map[string]string{record.Path(table, row, record.RankColumn): record.RankBetween(low, high)})
	return true
}

// rerank gives every row of a table a fresh rank in the order of ids.
func rerank(table string, ids []string) map[string]string {
	cells, last := map[string]string{}, ""
	for _, id := range ids {
		last = record.RankBetween(last, "")
		cells[record.Path(table, id, record.RankColumn)] = last
	}
	return cells
}
