package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// quickDialog is 登记党员 or 收一条诉求 in a window (picture t): what must be filled in, few
// choices side by side, a live remark beside each box.
type quickDialog struct {
	a     *App
	q     *screen.Quick
	words quickWords
	rows  []*quickRow
	panel *kit.Modal
	left  bool // something was left on it
}

// Found reports whether something was left on the form.
func (d *quickDialog) Found() bool { return d.left }

// quickRow is one box with its remark.
type quickRow struct {
	box    *box
	remark *kit.Para
}

// quickWords are what the window says for a kind.
type quickWords struct{ title, note, foot, again string }

func wordsOf(kind string) quickWords {
	if kind == "demand" {
		return quickWords{"收一条诉求", "编号、期限自动定，其余以后再补", "保存后在看板第一栏，等着受理", "保存，再收一条"}
	}
	return quickWords{"登记党员", "带 * 的填完就能保存，其余以后再补", "手机、身份号码在列表里只显示首尾几位", "保存，再登记一位"}
}

// Register opens the quick registration of a member; name is put into its first box.
func (a *App) Register(name string) { a.quick("member", name) }

// TakeDemand opens the quick form of a demand.
func (a *App) TakeDemand() { a.quick("demand", "") }

func (a *App) quick(kind, name string) {
	q, err := screen.NewQuick(a.Book(), kind)
	if err != nil {
		a.Fail(err)
		return
	}
	d := &quickDialog{a: a, q: q, words: wordsOf(kind)}
	if _, d.left = q.Offer(); d.left {
		q.TakeOffer()
	}
	if name != "" {
		q.Type(q.Kind.Title, name)
		q.Settle()
	}
	d.open()
}

// afresh throws away what was left and opens the empty form.
func (d *quickDialog) afresh() {
	if err := d.q.Discard(); err != nil {
		d.a.Fail(err)
		return
	}
	d.panel.Close()
	d.a.quick(d.q.Kind.Name, "")
}

func (d *quickDialog) open() {
	k := d.a.kit
	d.rows = nil
	var rows []fyne.CanvasObject
	for _, f := range d.q.Fields {
		row := d.row(f)
		d.rows = append(d.rows, row)
		rows = append(rows, row.box.row)
	}
	save := k.Button(kit.Primary, "保存", kit.IconSave, d.save)
	aside := kit.Row(8, kit.NewGlyphSized(kit.IconInfo, kit.ColorInfo, kit.SizeIconPill), kit.Grow(kit.NewSoft(d.words.foot).Short()))
	if d.left {
		aside = kit.Row(8, k.Link("清空重填", d.afresh), kit.Space())
	}
	foot := kit.Row(8, kit.Grow(aside), k.Button(kit.Normal, "取消", "", func() { d.panel.Close() }), k.Button(kit.Normal, d.words.again, "", d.again), save)
	first, _ := d.rows[0].box.object.(fyne.Focusable)
	d.sync("")
	d.a.write(d.q)
	d.panel = k.Show(kit.Panel{Title: d.words.title, Note: leftNote(d, d.words.note), Width: kit.DialogMiddle, Body: kit.Column(10, rows...), Foot: foot,
		First: first, OnClose: d.a.written, Keys: kit.Keys{"Ctrl+S": d.save, "Ctrl+Enter": d.again}})
}

// fewChoices is how many options stand side by side instead of in a list.
const fewChoices = 4

func (d *quickDialog) row(f record.Field) *quickRow {
	maker := &boxes{a: d.a, form: d.q.Form, typed: d.typeIn}
	var b *box
	if labels := d.segments(f); labels != nil {
		s := d.a.kit.Segmented(labels, "", func(v string) { d.typeIn(f.Name, v) })
		b = &box{path: f.Name, field: f, object: s, show: s.SetValue, changed: func(bool) {}, locked: func(bool) {}}
		b.row = kit.NewFormRow(f.Label, f.Required, s)
	} else {
		b = maker.make(f.Name, f)
	}
	r := &quickRow{box: b, remark: kit.NewParaCaption("")}
	b.row.LabelWidth(116).Aside(kit.Column(0, kit.Space(), r.remark, kit.Space()))
	return r
}

// segments returns the options of a box chosen from few.
func (d *quickDialog) segments(f record.Field) []string {
	labels := d.q.Labels(f.Name)
	if f.Name == "group" {
		labels = d.q.Suggest("group", "")
	}
	if len(labels) < 2 || len(labels) > fewChoices {
		return nil
	}
	return labels
}

func (d *quickDialog) typeIn(path, text string) {
	d.q.Type(path, text)
	d.q.Settle()
	d.sync(path)
}

// sync shows texts and remarks; the box typed in keeps its text.
func (d *quickDialog) sync(typing string) {
	for _, r := range d.rows {
		if r.box.path != typing {
			r.box.show(d.q.Text(r.box.path))
		}
		m := d.q.Remark(r.box.path)
		colour := kit.ColorSoft
		if m.Tone != screen.Plain {
			colour = stateOf(m.Tone).Color()
		}
		r.remark.SetColor(colour)
		r.remark.Set(m.Say)
		if box, ok := r.box.object.(interface{ SetError(bool) }); ok {
			box.SetError(m.Tone == screen.Late)
		}
	}
}

func (d *quickDialog) save() {
	saved, err := d.q.Save()
	if !d.told(saved, err) {
		return
	}
	d.panel.Close()
	d.a.showRecord(saved)
}

func (d *quickDialog) again() {
	next, saved, err := d.q.Again()
	if !d.told(saved, err) {
		return
	}
	d.panel.Close()
	(&quickDialog{a: d.a, q: next, words: d.words}).open()
}

// told shows a refusal on the form, or the toast of what was registered.
func (d *quickDialog) told(saved record.Record, err error) bool {
	if err == nil {
		d.a.Done(screen.DoneSaving("已登记“"+d.a.Book().Title(saved)+"”", record.Record{}, saved))
		return true
	}
	d.sync("")
	path, ok := d.q.First()
	if !ok {
		d.a.Fail(err)
		return false
	}
	for _, r := range d.rows {
		if focus, can := r.box.object.(fyne.Focusable); can && r.box.path == path {
			d.a.kit.Focus(focus)
		}
	}
	return false
}

// showRecord brings a record to the front in its list, if that is the page shown.
func (a *App) showRecord(r record.Record) {
	if l, ok := a.page.(*listPage); ok && l.list.Kind.Name == r.Kind {
		l.list.SetCurrent(r.ID)
		l.refresh()
	}
}
