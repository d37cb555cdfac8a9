package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// rulesPage is 规则与参数: what a place may settle in the rules, with the basis of
// each, since when it holds and who set it.
type rulesPage struct {
	plainPage
	a      *App
	items  []screen.Parameter
	ledger *kit.Ledger
	head   *kit.PageHead
}

func newRulesPage(a *App, _ Place) (Page, error) {
	r := &rulesPage{a: a}
	r.read()
	return r, nil
}

func (r *rulesPage) read() { r.items = r.a.Book().Parameters(r.a.Book().Today()) }

// fixed reports whether the district settles the parameters.
func (r *rulesPage) fixed() bool { return len(r.items) > 0 && r.items[0].Fixed }

// Content implements Page.
func (r *rulesPage) Content() fyne.CanvasObject {
	k := r.a.kit
	r.head = kit.NewPageHead("规则与参数", "").Back(k, "返回", r.a.Back)
	if !r.fixed() {
		r.head.Actions(k.Button(kit.Primary, "改这一项", kit.IconEdit, r.edit))
	}
	item := func(row int) screen.Parameter { return r.items[row] }
	r.ledger = k.Ledger([]kit.Col{
		{Title: "参数", Width: 200, Flex: 2, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Label, Bold: true} }},
		{Title: "取值", Width: 110, Priority: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Shown} }},
		{Title: "依据", Width: 180, Flex: 2, Priority: 2, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Basis} }},
		{Title: "起用", Width: 100, Priority: 4, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).Since} }},
		{Title: "谁定的", Width: 80, Priority: 3, Cell: func(row int) kit.Cell { return kit.Cell{Text: item(row).By} }},
		{Title: "以后", Width: 170, Flex: 1, Priority: 5, Cell: func(row int) kit.Cell { return kit.Cell{Text: coming(item(row))} }},
	}, func() int { return len(r.items) })
	r.ledger.Key = func(row int) string { return item(row).Name }
	r.ledger.Unit = "项"
	r.ledger.OnOpen = func(int) { r.edit() }
	r.note()
	return kit.Page(r.head, kit.NewFlushCard("", r.ledger))
}

// coming says which value begins next.
func coming(p screen.Parameter) string {
	if len(p.Next) == 0 {
		return ""
	}
	return p.Next[0].Since + " 起 " + p.Next[0].Show(p.Next[0].Value)
}

func (r *rulesPage) note() {
	say := "可由地方规定的；其余是全国统一的规定"
	if r.fixed() {
		say = "由区里统一规定"
	}
	r.head.SetNote(say)
}

// edit asks for the new value of the current parameter, from when, and the basis.
func (r *rulesPage) edit() {
	row := r.ledger.Current()
	if row < 0 || row >= len(r.items) {
		return
	}
	p, k := r.items[row], r.a.kit
	if p.Fixed {
		r.a.Say("“" + p.Label + "”由区里统一规定，本支部不能改")
		return
	}
	value, shown, first := r.valueBox(p)
	from, basis := k.DateBox(nil), k.Entry("文件名和文号")
	from.SetText(r.a.Book().Today().String())
	var panel *kit.Modal
	save := func() {
		done, err := r.a.Book().SetParameter(p.Name, value(), from.Text(), basis.Text())
		if err != nil {
			r.a.Fail(err)
			return
		}
		panel.Close()
		r.a.Done(done)
	}
	body := kit.Column(8, kit.NewFormRow("现在", false, kit.NewText(p.Shown+"，"+p.By)), kit.NewFormRow("改为", true, shown),
		kit.NewFormRow("从哪天起", true, from).Help("以前的事按以前的规则，不重新算"), kit.NewFormRow("依据", true, basis))
	panel = k.Show(kit.Panel{Title: p.Label, Width: kit.DialogNarrow, Body: body, First: first,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "先不改", "", func() { panel.Close() }), k.Button(kit.Primary, "改", kit.IconCheck, save)), Keys: kit.Keys{"Ctrl+S": save}})
}

// valueBox is where the value is chosen among the presets, or typed where the
// parameter is any number.
func (r *rulesPage) valueBox(p screen.Parameter) (value func() string, box fyne.CanvasObject, first fyne.Focusable) {
	if !p.Listed() {
		e := r.a.kit.Entry("")
		e.SetText(p.Value)
		return e.Text, e, e
	}
	var labels, ids []string
	for _, preset := range p.Presets {
		id, _, _ := strings.Cut(preset, " ")
		labels, ids = append(labels, p.Show(id)), append(ids, id)
	}
	chosen := p.Value
	s := r.a.kit.Select(labels, p.Shown, func(label string) { chosen = ids[slices.Index(labels, label)] })
	return func() string { return chosen }, s, s
}

// Changed implements Page.
func (r *rulesPage) Changed(string, []string) {
	r.read()
	r.note()
	r.ledger.Refresh()
}

// Shown implements Page.
func (r *rulesPage) Shown() { r.a.kit.Focus(r.ledger) }

// Keys implements Page.
func (r *rulesPage) Keys() kit.Keys { return kit.Keys{"Enter": r.edit, "Esc": r.a.Back} }

// Hints implements Page.
func (r *rulesPage) Hints() []Hint {
	if r.fixed() {
		return []Hint{{"↑ ↓", "移动"}, {"Esc", "返回"}}
	}
	return []Hint{{"↑ ↓", "移动"}, {"Enter", "改这一项"}, {"Esc", "返回"}}
}
