package screen

import "zhibu/storage/record"

// News is a change that came from elsewhere to a box being typed in.
type News struct {
	Path   string
	Text   string // the value that came in, as people read it
	By     string // who made it, if known
	Device string
}

// Refresh takes in what another laptop changed while this form was open.
// Untouched boxes show the new value; a box being typed in keeps the typing and
// News tells of it. It reports whether anything changed.
func (f *Form) Refresh() bool {
	if f.New() {
		return false
	}
	now, ok := f.book.Get(f.Kind.Name, f.id)
	if !ok {
		return false // it lies in the recycle bin: saving will say so
	}
	changed := difference(f.shown.Values, now.Values)
	for path, was := range f.shown.Values {
		if _, still := now.Values[path]; !still && was != "" {
			changed[path] = ""
		}
	}
	if len(changed) == 0 {
		return false
	}
	by := f.lastEntry()
	for path := range changed {
		if _, typing := f.typed[path]; typing {
			f.incoming[path] = by
		}
	}
	f.shown = now
	f.load(f.typed)
	f.Settle()
	return true
}

func (f *Form) lastEntry() record.Entry {
	entries, err := f.book.History(f.Kind.Name, f.id)
	if err != nil || len(entries) == 0 {
		return record.Entry{} // who it was is only a courtesy
	}
	newest := entries[0]
	for _, e := range entries {
		if e.At > newest.At {
			newest = e
		}
	}
	return newest
}

// News returns what came in for boxes being typed in, in form order.
func (f *Form) News() []News {
	paths := map[string]string{}
	for path := range f.incoming {
		paths[path] = ""
	}
	var out []News
	for _, path := range inOrder(f.Kind, paths) {
		field, _ := f.Kind.Field(path)
		e := f.incoming[path]
		out = append(out, News{Path: path, Text: f.book.Show(field, f.shown.Values[path]), By: e.By, Device: e.Device})
	}
	return out
}

// KeepMine settles the news at path for what is typed here.
func (f *Form) KeepMine(path string) { delete(f.incoming, path) }
