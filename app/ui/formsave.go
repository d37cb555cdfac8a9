package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// save saves the form and goes on; a refusal stays on the form, at the first box
// that is wrong.
func (f *formPage) save(then func()) {
	if f.a.told(f.form) {
		return
	}
	before := f.form.Stored()
	if f.form.New() {
		before.ID = ""
	}
	if !f.form.New() && f.form.Changes() == 0 {
		then()
		return
	}
	saved, err := f.form.Save()
	if err != nil {
		f.typing = ""
		f.sync()
		f.refresh()
		if path, ok := f.form.First(); ok {
			f.goTo(path)
		} else {
			f.a.Fail(err)
		}
		return
	}
	verb := "已保存“"
	if before.ID == "" {
		verb = "已登记“"
	}
	f.a.Done(screen.DoneSaving(verb+f.a.Book().Title(saved)+"”", before, saved))
	then()
}

func (f *formPage) saveAndNext() {
	f.save(func() { f.a.replace(Place{Page: f.place.Page, View: "form", Kind: f.form.Kind.Name}) })
}

// goTo shows the tab of a box and gives it the keyboard.
func (f *formPage) goTo(path string) {
	tab := f.form.TabOf(path)
	f.tabs.SetCurrent(strconv.Itoa(tab))
	f.show(tab)
	table, _, _ := record.SplitPath(path)
	for _, b := range f.cards[f.tab].boxes {
		switch {
		case b.path == table && b.rows != nil:
			b.rows.goTo(path)
		case b.path == path && b.keys() != nil:
			f.a.kit.Focus(b.keys())
		}
	}
}

// keys is what takes the keyboard in a box, nil where nothing does.
func (b *box) keys() fyne.Focusable {
	if b.rows != nil {
		return b.rows.sheet
	}
	focus, _ := b.object.(fyne.Focusable)
	return focus
}

// Shown implements Page: the first box has the keyboard, in a fresh form the first
// that must be filled in. Where nothing may be typed it is the tabs.
func (f *formPage) Shown() {
	if f.place.Note != "" {
		f.goTo(f.place.Note)
		return
	}
	f.a.kit.Focus(f.tabs)
	boxes := f.cards[f.tab].boxes
	if i := slices.IndexFunc(boxes, func(b *box) bool { return f.form.New() && b.field.Required && f.form.Text(b.path) == "" }); i > 0 {
		boxes = boxes[i:]
	}
	for _, b := range boxes {
		if _, locked := f.form.Locked(b.path); !locked && b.keys() != nil {
			f.a.kit.Focus(b.keys())
			return
		}
	}
}

// Keys implements Page.
func (f *formPage) Keys() kit.Keys {
	return kit.Keys{
		"Ctrl+S":     func() { f.save(f.a.Back) },
		"Ctrl+Enter": f.saveAndNext,
		"Ctrl+Tab":   func() { f.tabs.Next() },
		"Ctrl+Z":     func() { f.step(f.form.Undo(), f.a.Undo) },
		"Ctrl+Y":     func() { f.step(f.form.Redo(), f.a.Redo) },
		"Ctrl+V":     f.paste,
		"Ctrl+P":     f.print,
		"Esc":        f.a.Back,
	}
}

func (f *formPage) print() { f.a.PrintRecords(f.form.Kind.Name, f.form.ID()) }

func (f *formPage) step(done bool, last func()) {
	if !done {
		last() // nothing typed since: the last act is meant
		return
	}
	f.typing = ""
	f.sync()
	f.refresh()
}

// Hints implements Page.
func (f *formPage) Hints() []Hint {
	if f.form.ReadOnly() != nil {
		return []Hint{{"Ctrl+P", "打印"}, {"Ctrl+Tab", "换页签"}, {"Esc", "返回"}}
	}
	return []Hint{{"Ctrl+S", "保存"}, {"Ctrl+Enter", "保存并下一条"}, {"Ctrl+Tab", "换页签"}, {"Esc", "返回"}}
}

// Changed implements Page: another laptop may have changed this very record.
func (f *formPage) Changed(kind string, ids []string) {
	was := f.form.ReadOnly()
	switch {
	case kind != f.form.Kind.Name || !f.form.Refresh():
	case was != nil || f.form.ReadOnly() != nil:
		f.remake()
	default:
		f.sync()
		f.refresh()
	}
}

// Resized implements Page.
func (f *formPage) Resized() { f.sync() }

// Leave implements Page: unsaved typing is saved, kept as a draft or given up.
func (f *formPage) Leave(then func()) {
	n := f.form.Changes()
	if n == 0 {
		f.settle()
		then()
		return
	}
	f.a.askUnsaved(unsaved{count: n, then: func() { f.settle(); then() }, keep: f.Keep, discard: f.form.Discard,
		save: func() error {
			f.save(func() {})
			if f.form.Changes() > 0 {
				return record.Refuse("FORM_WRONG", "还有填错的地方，没有保存。请先改正；已填内容都在。")
			}
			return nil
		}})
}

// Keep implements Page.
func (f *formPage) Keep() error { return f.a.keepForm(f.form) }

// keepForm stores the draft of a form and says when that was.
func (a *App) keepForm(f *screen.Form) error {
	err := f.Keep()
	if at := f.KeptAt(); err == nil && f.Changes() > 0 && !at.IsZero() {
		a.frame.drafted(at)
	}
	return err
}
