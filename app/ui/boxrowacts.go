package ui

import (
	"slices"
	"strconv"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// take types what an act put into cells; the form undoes it.
func (r *rowBox) take(edits []kit.SheetEdit) {
	cells := make([]screen.RowCell, len(edits))
	for i, e := range edits {
		cells[i] = screen.RowCell{Row: e.Row, Text: e.Text}
		if e.Col > 0 {
			cells[i].Column = r.cols[e.Col-1].Name
		}
	}
	r.did(r.m.form.Fill(r.b.path, cells))
}

// did shows what an act changed, or why it did not.
func (r *rowBox) did(err error) {
	r.failed, r.done = "", ""
	if err != nil {
		r.failed = record.SayOf(err)
	}
	r.m.typed("", "")
	r.refresh()
}

// choose lists what the chosen cell may hold.
func (r *rowBox) choose(f record.Field) {
	if ref, ok := f.Type.(record.Ref); ok {
		r.m.a.pick(f.Label, func(query string) []screen.Pick { return r.m.a.Book().Picks(ref.Kind, query) },
			func(p screen.Pick) { r.sheet.Fill(p.ID) })
		return
	}
	items := []kit.MenuItem{{Text: none, Do: func() { r.sheet.Fill("") }}}
	row, _ := r.sheet.Cursor()
	for _, label := range r.m.form.Labels(r.path(row, f.Name)) {
		items = append(items, kit.MenuItem{Text: label, Do: func() { r.sheet.Fill(label) }})
	}
	r.sheet.Offer(items...)
}

// chosen are the rows of the block chosen.
func (r *rowBox) chosen() []string {
	first, last := r.sheet.Block()
	var out []string
	for row := first; row <= min(last, len(r.rows)-1); row++ {
		out = append(out, r.rows[row].ID)
	}
	return out
}

func (r *rowBox) remove() {
	chosen := r.chosen()
	if len(chosen) == 0 {
		return
	}
	gone := r.m.form.RemoveRow(r.b.path, chosen...)
	r.did(nil)
	r.done = "删了 " + strconv.Itoa(gone) + " 行，按 Ctrl+Z 找回"
	if gone < len(chosen) {
		r.failed = strconv.Itoa(len(chosen)-gone) + " 行只能查看，没有删。"
	}
	r.follow()
}

func (r *rowBox) move(by int) {
	row, col := r.sheet.Cursor()
	if to := row + by; row < len(r.rows) && to >= 0 && to < len(r.rows) {
		r.m.form.MoveRow(r.b.path, r.rows[row].ID, by)
		r.did(nil)
		r.sheet.SetCursor(to, col)
	}
}

// attach adds a row for a file that a person chooses.
func (r *rowBox) attach() {
	r.m.a.attach(func(hash, name string) {
		r.m.form.AttachFile(r.b.path, hash, name)
		r.did(nil)
		r.sheet.SetCursor(len(r.rows)-1, 0)
	})
}

// refresh shows the rows as they stand now.
func (r *rowBox) refresh() {
	r.rows = r.m.form.Rows(r.b.path)
	r.foot.Hidden = r.off
	r.sheet.Refresh()
	r.follow()
}

// follow shows what belongs to the row chosen: what is wrong in it, and the boxes
// under the sheet.
func (r *rowBox) follow() {
	row, col := r.sheet.Cursor()
	say := r.failed
	if say == "" && row < len(r.rows) {
		say = r.wrong(row, col)
	}
	r.says.SetColor(kit.ColorOverdue)
	if say == "" {
		r.says.SetColor(kit.ColorSoft)
		say = r.done
	}
	r.says.Set(say)
	if id := r.chosenRow(); id != r.of {
		r.of, r.cells, r.under.Objects = id, nil, nil
		for _, c := range r.rest {
			if id != "" {
				cell := r.maker().make(record.Path(r.b.path, id, c.Name), c)
				r.cells = append(r.cells, cell)
				r.under.Add(cell.row)
			}
		}
		r.under.Refresh()
	}
	for _, cell := range r.cells {
		r.m.sync(cell, false)
	}
}

// chosenRow is the row that stands under the sheet, "" for none. The next row has an
// id before it is there, so that it can begin with what has no room in a cell.
func (r *rowBox) chosenRow() string {
	row, _ := r.sheet.Cursor()
	there := func(f screen.FormRow) bool { return f.ID == r.of }
	switch {
	case row < len(r.rows):
		return r.rows[row].ID
	case r.length() == len(r.rows) || r.key.Type != nil: // there is none, or it begins with a name
		return ""
	case r.of == "" || slices.ContainsFunc(r.rows, there):
		return screen.NewRow()
	}
	return r.of
}

// maker makes the boxes under the sheet: typing into those of the next row begins it.
func (r *rowBox) maker() *boxes {
	m := *r.m
	m.typed = func(path, text string) {
		m.form.Begin(path, text)
		r.m.typed(path, text)
	}
	return &m
}

// wrong is what there is to say about the chosen cell, else about another of its row.
func (r *rowBox) wrong(row, col int) string {
	fields := r.cols
	if col > 0 {
		fields = slices.Concat(r.cols[col-1:], r.cols[:col-1])
	}
	for _, f := range fields {
		if c, ok := r.m.form.Complaint(r.path(row, f.Name)); ok {
			return f.Label + "：" + c.Say
		}
	}
	return ""
}

// goTo gives the keyboard to a cell.
func (r *rowBox) goTo(path string) {
	_, id, column := record.SplitPath(path)
	row := slices.IndexFunc(r.rows, func(f screen.FormRow) bool { return f.ID == id })
	col := slices.IndexFunc(r.cols, func(f record.Field) bool { return f.Name == column })
	r.sheet.SetCursor(max(row, 0), max(col, 0)+1)
	r.m.a.kit.Focus(r.sheet)
	if at := slices.IndexFunc(r.cells, func(b *box) bool { return b.path == path }); at >= 0 && r.cells[at].keys() != nil {
		r.m.a.kit.Focus(r.cells[at].keys())
	}
}
