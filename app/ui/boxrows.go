package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// rowBox is a table inside a form: a line a row, its cells in a window of their
// own.
type rowBox struct {
	m     *boxes
	b     *box
	lines *fyne.Container
	add   *kit.Button
	file  string // the column that holds an attachment, "" for none
	off   bool
}

// cellsShown is how many filled cells a line spells out.
const cellsShown = 4

func (m *boxes) rows(b *box) {
	r := &rowBox{m: m, b: b, lines: kit.Column(0)}
	r.add = m.a.kit.Button(kit.Normal, "加一条", kit.IconAdd, r.append).Small()
	for _, c := range m.form.Columns(b.path) {
		if _, is := c.Type.(record.File); is {
			r.file = c.Name
			r.add.Set("加附件", kit.IconAdd)
		}
	}
	b.object = kit.Column(6, r.lines, kit.Row(0, r.add))
	b.show = func(string) {}
	b.locked = func(on bool) {
		r.off = on
		r.add.Hidden = on
	}
	b.more = r.refresh
}

func (r *rowBox) refresh() {
	r.lines.Objects = nil
	rows := r.m.form.Rows(r.b.path)
	for i, row := range rows {
		r.lines.Add(r.line(row, i, len(rows)))
	}
	if len(rows) == 0 {
		r.lines.Add(kit.Sized(0, 34, kit.NewSoft("还没有")))
	}
	r.lines.Refresh()
}

func (r *rowBox) line(row screen.FormRow, at, all int) fyne.CanvasObject {
	k := r.m.a.kit
	text := kit.NewText(r.summary(row)).Short()
	parts := []fyne.CanvasObject{kit.Wide(24, kit.NewSoft(strconv.Itoa(at+1))), kit.Grow(text)}
	if r.file != "" {
		hash := r.m.form.Text(record.Path(r.b.path, row.ID, r.file))
		parts = append([]fyne.CanvasObject{r.m.a.thumb(hash, 30, 30, kit.Center(kit.NewGlyph(kit.IconFile, kit.ColorSoft)))}, parts...)
	}
	if !r.off {
		up := k.Button(kit.Quiet, "", kit.IconUp, func() { r.move(row.ID, -1) })
		down := k.Button(kit.Quiet, "", kit.IconDown, func() { r.move(row.ID, 1) })
		able(up, at > 0)
		able(down, at < all-1)
		parts = append(parts, k.Link("改", func() { r.open(row.ID) }), up, down,
			k.Button(kit.Quiet, "", kit.IconDelete, func() { r.remove(row.ID) }))
	}
	return kit.Column(0, kit.Sized(0, 34, kit.Row(8, parts...)), kit.NewRule())
}

// summary is a row in one line: whom it is about and its first filled cells.
func (r *rowBox) summary(row screen.FormRow) string {
	var parts []string
	if row.Name != "" {
		parts = append(parts, row.Name)
	}
	for _, c := range r.m.form.Columns(r.b.path) {
		path := record.Path(r.b.path, row.ID, c.Name)
		if text := r.m.form.Name(path); c.Name != r.file && text != "" && len(parts) < cellsShown {
			line, _, _ := strings.Cut(text, "\n")
			if _, wrong := r.m.form.Complaint(path); wrong {
				line += "（要改）"
			}
			parts = append(parts, line)
		}
	}
	if len(parts) == 0 {
		return "（空）"
	}
	return strings.Join(parts, "・")
}

func (r *rowBox) move(row string, by int) {
	r.m.form.MoveRow(r.b.path, row, by)
	r.m.typed("", "")
}

func (r *rowBox) remove(row string) {
	r.m.form.RemoveRow(r.b.path, row)
	r.m.typed("", "")
}

// append adds a row: of attachments by choosing a file, of a keyed table by choosing
// whom it is about.
func (r *rowBox) append() {
	if r.file != "" {
		r.m.a.attach(func(hash, name string) {
			r.m.form.AttachFile(r.b.path, hash, name)
			r.m.typed("", "")
		})
		return
	}
	rows, _ := r.b.field.Type.(record.Rows)
	if rows.Key == "" {
		r.open(r.m.form.AddRow(r.b.path, ""))
		return
	}
	r.m.a.pick(r.b.field.Label, func(query string) []screen.Pick { return r.m.a.Book().Picks(rows.Key, query) },
		func(p screen.Pick) { r.open(r.m.form.AddRow(r.b.path, p.ID)) })
}

// open shows the cells of a row in a window.
func (r *rowBox) open(row string) {
	var cells []*box
	var inner *boxes
	inner = &boxes{a: r.m.a, form: r.m.form, typed: func(path, text string) {
		r.m.form.Type(path, text)
		r.m.form.Settle()
		for _, c := range cells {
			inner.sync(c, c.path == path)
		}
	}}
	var rows []fyne.CanvasObject
	for _, c := range r.m.form.Columns(r.b.path) {
		cell := inner.make(record.Path(r.b.path, row, c.Name), c)
		cells = append(cells, cell)
		rows = append(rows, cell.row)
	}
	for _, c := range cells {
		inner.sync(c, false)
	}
	var panel *kit.Modal
	done := r.m.a.kit.Button(kit.Primary, "填好了", kit.IconCheck, func() { panel.Close() })
	first, _ := cells[0].object.(fyne.Focusable)
	panel = r.m.a.kit.Show(kit.Panel{Title: r.b.field.Label, Note: "和整张表一起保存", Width: kit.DialogMiddle,
		Body: kit.Column(6, rows...), Foot: kit.Row(8, kit.Space(), done), First: first,
		Keys:    kit.Keys{"Ctrl+Enter": func() { panel.Close() }},
		OnClose: func() { r.m.typed("", "") }})
}
