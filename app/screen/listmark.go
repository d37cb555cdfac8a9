package screen

import (
	"slices"

	"zhibu/storage/record"
)

// Current returns the id of the current row, "" when nothing is shown.
func (l *List) Current() string { return l.now }

// SetCurrent makes the record the current row; ids not shown are ignored.
func (l *List) SetCurrent(id string) {
	if _, ok := l.at(id); ok {
		l.now = id
	}
}

// Place returns the row of the current record, -1 when nothing is shown.
func (l *List) Place() int {
	i, ok := l.at(l.now)
	if !ok {
		return -1
	}
	return i
}

func (l *List) at(id string) (int, bool) {
	i := slices.IndexFunc(l.rows, func(c *card) bool { return c.r.ID == id })
	return i, i >= 0
}

// Move moves the current row by so many rows, stopping at the ends.
func (l *List) Move(by int) {
	if len(l.rows) == 0 {
		return
	}
	to := min(max(l.Place()+by, 0), len(l.rows)-1)
	l.now = l.rows[to].r.ID
}

// Tick ticks or unticks the record.
func (l *List) Tick(id string) {
	if l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
}

// Ticked reports whether the record is ticked.
func (l *List) Ticked(id string) bool { return l.marked[id] }

// TickAll ticks every row shown; when all are, it unticks them.
func (l *List) TickAll() {
	all := l.AllTicked()
	for _, c := range l.rows {
		if all {
			delete(l.marked, c.r.ID)
		} else {
			l.marked[c.r.ID] = true
		}
	}
}

// AllTicked reports whether every row shown is ticked.
func (l *List) AllTicked() bool {
	for _, c := range l.rows {
		if !l.marked[c.r.ID] {
			return false
		}
	}
	return len(l.rows) > 0
}

// Untick unticks everything.
func (l *List) Untick() { clear(l.marked) }

// Marked returns the ids of the ticked records in the order of the whole list.
func (l *List) Marked() []string {
	var out []string
	for _, c := range l.order {
		if l.marked[c.r.ID] {
			out = append(out, c.r.ID)
		}
	}
	return out
}

// SetMarked sets one field of every ticked record as one batch. It stops at the first
// refusal; what was set before it stays and can be taken back.
func (l *List) SetMarked(path, text string) (Done, error) {
	var done Done
	batch, ids := NewRow(), l.Marked()
	for i, id := range ids {
		before, _ := l.book.Get(l.Kind.Name, id)
		after, _, err := l.book.Put(Saving{Kind: l.Kind.Name, ID: id, Typed: map[string]string{path: text}, Batch: batch})
		if err != nil {
			return done, err
		}
		done.Say = "已调整 " + number(i+1) + " " + l.Unit()
		if len(difference(before.Values, after.Values)) > 0 { // else it was so already
			done = done.And(before, after)
		}
	}
	return done, nil
}

// Targets returns what an act works on: the ticked records, else the current one.
func (l *List) Targets() []string {
	if ids := l.Marked(); len(ids) > 0 {
		return ids
	}
	if l.now == "" {
		return nil
	}
	return []string{l.now}
}

// Records returns the records shown, in order, as export and printing want them.
func (l *List) Records() []record.Record {
	out := make([]record.Record, len(l.rows))
	for i, c := range l.rows {
		out[i] = c.r
	}
	return out
}
