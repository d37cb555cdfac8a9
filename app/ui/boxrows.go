package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// rowBox is a table inside a form: a sheet typed in as in Excel, whose last row is the
// next one. What has no room in a cell — long text, files, columns too many — stands
// under it, for the row chosen.
type rowBox struct {
	m      *boxes
	b      *box
	sheet  *kit.Sheet
	rows   []screen.FormRow
	cols   []record.Field // in the sheet, from its second column on
	rest   []record.Field // under it
	key    record.Field   // whom a row of a keyed table is about
	says   *kit.Text
	foot   *fyne.Container
	under  *fyne.Container
	cells  []*box // under the sheet
	of     string // the row they are of
	file   string // the column that holds an attachment, "" for none
	off    bool
	failed string // what the last act was refused for
	done   string // what it did, and how it is taken back
}

// The room of a sheet within a form and of its first column, in units of the standard
// face.
const (
	sheetRoom  = 600
	numberRoom = 38
	nameRoom   = 84
)

// cellRoom is the least width of a column; 0: its values do not fit in a cell.
func cellRoom(f record.Field) float32 {
	least := float32(screen.HalfWidths(f.Label))*6.8 + 18
	switch t := f.Type.(type) {
	case record.Long, record.File:
		return 0
	case record.Day:
		return max(100, least)
	case record.Moment:
		return max(140, least)
	case record.Number, record.YesNo:
		return max(56, least)
	case record.Choice:
		for _, label := range labelsOf(t) {
			least = max(least, min(float32(screen.HalfWidths(label))*7.6+20, 120))
		}
		return least
	}
	return max(84, least)
}

func (m *boxes) rows(b *box) {
	r := &rowBox{m: m, b: b, says: kit.NewCaptionStrong("").Short(), under: kit.Form(14)}
	room := float32(numberRoom)
	if rows, _ := b.field.Type.(record.Rows); rows.Key != "" {
		k, _ := m.a.Book().Kind(rows.Key)
		title, _ := k.Field(k.Title)
		r.key = record.Field{Label: title.Label, Type: record.Ref{Kind: rows.Key}}
		room = nameRoom
	}
	for _, c := range m.form.Columns(b.path) {
		w := cellRoom(c)
		if room += w; w == 0 || room > sheetRoom {
			r.rest = append(r.rest, c)
		} else {
			r.cols = append(r.cols, c)
		}
		if _, is := c.Type.(record.File); is {
			r.file = c.Name
		}
	}
	r.build()
	b.object = kit.Column(4, r.sheet, r.foot, r.under)
	b.show = func(string) {}
	b.locked = func(on bool) { r.off = on }
	b.more = r.refresh
	b.rows = r
}

func (r *rowBox) build() {
	k := r.m.a.kit
	cols := []kit.SheetCol{r.lead()}
	for _, c := range r.cols {
		cols = append(cols, r.column(c))
	}
	r.sheet = k.Sheet(cols, r.length)
	r.sheet.Tall, r.sheet.Grows = true, r.file == ""
	r.sheet.Take, r.sheet.Verbs = r.take, func() []kit.MenuItem {
		if r.off {
			return nil
		}
		return r.verbs()
	}
	r.sheet.Idle = len(r.rest) == 0 // else what stands under it belongs to the row chosen
	r.sheet.Empty = kit.Center(kit.NewSoft("还没有"))
	r.sheet.OnCurrent = func(int) { r.follow() }
	r.sheet.OnKey = func(key string, _ int) bool {
		_, col := r.sheet.Cursor()
		if key != "Delete" || col != 0 || r.off {
			return false
		}
		r.remove()
		return true
	}
	r.foot = kit.Row(6, kit.Grow(r.says))
	for _, v := range r.verbs() {
		r.foot.Add(k.Button(kit.Quiet, v.Text, v.Icon, v.Do).Small())
	}
	if r.file != "" {
		r.foot.Objects = append([]fyne.CanvasObject{k.Button(kit.Normal, "加附件", kit.IconAdd, r.attach).Small()}, r.foot.Objects...)
	}
}

// verbs act on the rows of the block chosen.
func (r *rowBox) verbs() []kit.MenuItem {
	return []kit.MenuItem{{Text: "上移", Icon: kit.IconUp, Do: func() { r.move(-1) }}, {Text: "下移", Icon: kit.IconDown, Do: func() { r.move(1) }},
		{Text: "删掉这行", Icon: kit.IconDelete, Do: r.remove}}
}

// length counts the rows and, where they are typed, the next one.
func (r *rowBox) length() int {
	if r.off || r.file != "" {
		return len(r.rows)
	}
	return len(r.rows) + 1
}

// lead is the first column: whom a row is about, else its number.
func (r *rowBox) lead() kit.SheetCol {
	c := kit.SheetCol{Col: kit.Col{Width: numberRoom, Align: fyne.TextAlignCenter, Cell: func(row int) kit.Cell {
		if row >= len(r.rows) {
			return kit.Cell{Text: "＋"}
		}
		return kit.Cell{Text: strconv.Itoa(row + 1)}
	}}}
	if r.key.Type == nil {
		return c
	}
	c.Title, c.Width, c.Align, c.Flex = r.key.Label, nameRoom, fyne.TextAlignLeading, 1
	c.Cell = func(row int) kit.Cell {
		if row >= len(r.rows) {
			return kit.Cell{}
		}
		return kit.Cell{Text: r.rows[row].Name, Bold: true}
	}
	c.Editable = func(row int) bool { return !r.off && row >= len(r.rows) }
	c.Tidy = func(typed string) string { return r.m.form.Tidy(r.key, typed) }
	c.Open = func(int) { r.choose(r.key) }
	return c
}

func (r *rowBox) column(f record.Field) kit.SheetCol {
	c := kit.SheetCol{Col: kit.Col{Title: f.Label, Width: cellRoom(f), Flex: 1, Cell: func(row int) kit.Cell { return r.cell(row, f) }},
		Editable: func(row int) bool {
			_, locked := r.m.form.Locked(r.path(row, f.Name))
			return !locked && !r.off
		},
		Tidy: func(typed string) string { return r.m.form.Tidy(f, typed) }}
	switch f.Type.(type) {
	case record.Day:
		c.Dated = true
	case record.Number, record.Money, record.Rate:
		c.Align = fyne.TextAlignTrailing
	case record.Text:
		c.Flex = 3
	case record.Choice, record.YesNo, record.Ref:
		c.Open = func(int) { r.choose(f) }
	}
	return c
}

// path is the place of a cell; that of the next row names no row yet.
func (r *rowBox) path(row int, column string) string {
	if row >= len(r.rows) {
		return record.Path(r.b.path, "+", column)
	}
	return record.Path(r.b.path, r.rows[row].ID, column)
}

func (r *rowBox) cell(row int, f record.Field) kit.Cell {
	if row >= len(r.rows) {
		return kit.Cell{}
	}
	path := r.path(row, f.Name)
	cell := kit.Cell{Text: r.m.form.Name(path)}
	_, cell.Changed = r.m.form.Was(path)
	if c, wrong := r.m.form.Complaint(path); wrong {
		cell.Bold, cell.Color = true, kit.ColorDue
		if c.Severity == record.Block {
			cell.Color = kit.ColorOverdue
		}
	}
	return cell
}
