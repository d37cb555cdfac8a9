package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// box is one field of a form on the screen: the one place where a type of value
// becomes a component.
type box struct {
	path    string
	field   record.Field
	row     *kit.FormRow
	object  fyne.CanvasObject // the component typed in
	wide    bool              // takes both columns
	beside  bool              // stands beside the form
	show    func(text string) // puts text in without calling back
	changed func(bool)        // the yellow ground of unsaved change
	locked  func(bool)
	more    func()  // refreshes what the component shows besides, may be nil
	rows    *rowBox // of a table
}

// boxes makes the boxes of one form.
type boxes struct {
	a     *App
	form  *screen.Form
	typed func(path, text string) // a person changed a box
}

// make returns the box of a field or of a cell of a row.
func (m *boxes) make(path string, f record.Field) *box {
	b := &box{path: path, field: f, changed: func(bool) {}, locked: func(bool) {}}
	_, rows := f.Type.(record.Rows)
	_, long := f.Type.(record.Long)
	b.wide = rows || long
	fixed := m.form.Fixed(path)
	switch _, file := f.Type.(record.File); {
	case rows:
		m.rows(b)
	case file:
		m.file(b)
	case fixed:
		m.text(b)
	default:
		m.component(b)
	}
	label := f.Label
	if n, ok := f.Type.(record.Number); ok && n.Unit != "" {
		label += "（" + n.Unit + "）"
	}
	b.row = kit.NewFormRow(label, f.Required && !fixed, b.object)
	return b
}

// text is what a box holds where nothing may be typed.
func (m *boxes) text(b *box) {
	e := m.a.kit.Entry("")
	if b.wide && m.form.Text(b.path) != "" {
		e = m.a.kit.Area("", 3)
	}
	b.object = e.Reading()
	b.show = func(string) {
		text := m.form.Name(b.path)
		if b.field.Sensitive { // shown whole, and logged, beside the list
			text = screen.Masked(text)
		}
		e.SetText(text)
	}
}

// component is what one value is typed or chosen in.
func (m *boxes) component(b *box) {
	switch t := b.field.Type.(type) {
	case record.Long:
		m.entry(b, m.a.kit.Area("", 3))
	case record.Day:
		m.date(b)
	case record.Choice:
		m.choice(b, labelsOf(t), !b.field.Required)
	case record.YesNo:
		m.check(b)
	case record.Ref:
		m.ref(b)
	case record.Number, record.Money, record.Rate:
		m.entry(b, m.a.kit.Entry("").Right())
	default:
		if options := m.groups(b.path, b.field); options != nil {
			m.choice(b, options, true)
			break
		}
		e := m.a.kit.Entry("")
		m.entry(b, e)
		m.suggest(b, e)
	}
}

func labelsOf(c record.Choice) []string {
	out := make([]string, len(c.Codes))
	for i, code := range c.Codes {
		out[i] = code.Label
	}
	return out
}

// groups returns the branch's party groups for a box that names one.
func (m *boxes) groups(path string, f record.Field) []string {
	if f.Name != "group" || strings.Contains(path, "/") {
		return nil
	}
	return m.form.Suggest(path, "")
}

func (m *boxes) entry(b *box, e *kit.Entry) {
	e.OnChanged = func(s string) { m.typed(b.path, s) }
	b.object, b.changed, b.locked = e, e.SetChanged, e.SetLocked
	b.show = func(s string) {
		if e.Text() != s {
			e.SetText(s)
		}
	}
}

func (m *boxes) date(b *box) {
	e := m.a.kit.DateBox(func(s string) { m.typed(b.path, s) })
	b.object, b.changed, b.locked = e, e.SetChanged, e.SetLocked
	b.show = func(s string) {
		if e.Text() != s {
			e.SetText(s)
		}
	}
}

// none is the option that empties a choice.
const none = "（不填）"

func (m *boxes) choice(b *box, options []string, optional bool) {
	if len(options) == 2 {
		s := m.a.kit.Radio(options, "", func(v string) { m.typed(b.path, v) })
		b.object, b.show = s, s.SetValue
		b.locked = func(on bool) { able(s, !on) }
		return
	}
	if optional {
		options = append([]string{none}, options...)
	}
	s := m.a.kit.Select(options, "", func(v string) {
		if v == none {
			v = ""
		}
		m.typed(b.path, v)
	})
	b.object, b.show, b.changed = s, s.SetValue, s.SetChanged
	b.locked = func(on bool) { able(s, !on) }
}

// able enables or disables a component.
func able(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
		return
	}
	o.Disable()
}

func (m *boxes) check(b *box) {
	c := m.a.kit.Check("是", false, func(on bool) {
		m.typed(b.path, map[bool]string{true: "是", false: "否"}[on])
	})
	b.object = c
	b.show = func(s string) { c.Set(s == "是") }
	b.locked = func(on bool) { able(c, !on) }
}

// fewRefs is how many records a reference offers in a plain list; more are
// searched in a window of their own.
const fewRefs = 40

func (m *boxes) ref(b *box) {
	picks := m.form.Picks(b.path, "")
	if len(picks) > fewRefs {
		m.search(b)
		return
	}
	ids := map[string]string{none: ""}
	options := []string{none}
	for _, p := range picks {
		label := p.Label
		if _, taken := ids[label]; taken {
			label += "（" + p.Note + "）"
		}
		ids[label] = p.ID
		options = append(options, label)
	}
	s := m.a.kit.Select(options, "", func(label string) { m.typed(b.path, ids[label]) })
	b.object, b.changed = s, s.SetChanged
	b.locked = func(on bool) { able(s, !on) }
	b.show = func(string) { s.SetValue(m.form.Name(b.path)) }
}

// search is a reference to one of many records: the name, and a window to find
// another in.
func (m *boxes) search(b *box) {
	e := m.a.kit.Entry("")
	e.SetLocked(true)
	pick := m.a.kit.Button(kit.Normal, "选", kit.IconSearch, func() {
		m.a.pick(b.field.Label, func(query string) []screen.Pick { return m.form.Picks(b.path, query) },
			func(p screen.Pick) { m.typed(b.path, p.ID) })
	})
	b.object = kit.Columns(6, []float32{0, 64}, e, pick)
	b.changed = e.SetChanged
	b.locked = func(on bool) { able(pick, !on) }
	b.show = func(string) { e.SetText(m.form.Name(b.path)) }
}

// suggest offers texts used before: ↓ opens them, Enter takes the one that the
// initials typed stand for.
func (m *boxes) suggest(b *box, e *kit.Entry) {
	e.OnKey = func(key string) bool {
		if full, ok := m.form.Complete(b.path); ok && key == "Enter" {
			e.Type(full)
			return true
		}
		if key != "↓" {
			return false
		}
		var items []kit.MenuItem
		for _, text := range m.form.Suggest(b.path, e.Text()) {
			items = append(items, kit.MenuItem{Text: text, Do: func() { e.Type(text) }})
		}
		if len(items) == 0 {
			return false
		}
		m.a.kit.MenuUnder(e, items...)
		return true
	}
}

// sync shows what the form says about the box: its text, whether it differs from
// what is stored, what is wrong, why it is locked.
func (m *boxes) sync(b *box, typing bool) {
	if !typing {
		b.show(m.form.Text(b.path))
	}
	was, changed := m.form.Was(b.path)
	b.changed(changed)
	why, locked := m.form.Locked(b.path)
	b.locked(locked)
	help := b.field.Hint
	switch {
	case locked:
		help = why
	case changed:
		help = "原为：" + was
	}
	if full, ok := m.form.Complete(b.path); ok && !locked {
		help = "按 Enter 填入“" + full + "”"
	}
	b.row.SetHelp(help)
	if c, ok := m.form.Complaint(b.path); ok && !locked {
		if c.Severity == record.Block {
			b.row.SetError(c.Say)
		} else {
			b.row.SetHelp(c.Say)
		}
	}
	if b.more != nil {
		b.more()
	}
}
