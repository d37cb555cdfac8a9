package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// act does a verb at once where it asks for nothing, else after asking.
func (p *demandsPage) act(v screen.DemandVerb) {
	if p.a.barred("demand") {
		return
	}
	if v.Act == "MERGE" {
		p.merge(v)
		return
	}
	if v.Text == "" && !v.Owner && v.Due == "" && !v.Grade {
		p.done(p.d.Act(v, screen.DemandTyped{}))
		return
	}
	p.ask(v)
}

func (p *demandsPage) done(d screen.Done, err error) bool {
	if err != nil {
		p.a.Fail(err)
		return false
	}
	p.refresh()
	p.focus()
	p.a.Done(d)
	return true
}

// ask asks what the verb needs.
func (p *demandsPage) ask(v screen.DemandVerb) {
	k := p.a.kit
	text, owner, due := k.Area("", 3), k.Entry("谁来办"), k.DateBox(nil)
	grade := k.Segmented([]string{"满意", "基本满意", "不满意"}, "", nil)
	solved := k.Check("问题已经解决", true, nil)
	rows := kit.Column(8)
	var first fyne.Focusable
	add := func(label string, o fyne.CanvasObject, focus fyne.Focusable) {
		rows.Add(kit.NewFormRow(label, true, o))
		if first == nil {
			first = focus
		}
	}
	if v.Owner {
		add("承办单位", owner, owner)
	}
	if v.Grade {
		add("满意度", grade, grade)
	}
	if v.Text != "" {
		add(v.Text, text, text)
	}
	if v.Due != "" {
		due.SetText(p.a.Book().Today().AddDays(7).String())
		add(v.Due, due, due)
	}
	if v.Solve {
		rows.Add(kit.NewFormRow("", false, solved))
	}
	path, _ := p.d.Path()
	slip := p.a.Book().Slip(v.Say, "demand", path.ID)
	note := p.a.writeOn(slip, path.Code+" "+shortened(path.Title, 14), map[string]*kit.Entry{"承办单位": owner, v.Text: text})
	var panel *kit.Modal
	do := func() {
		t := screen.DemandTyped{Text: text.Text(), Owner: owner.Text(), Grade: grade.Value(), Solved: v.Solve && solved.On()}
		if v.Due != "" {
			t.Due = due.Text()
		}
		d, err := p.d.Act(v, t)
		if err != nil {
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.a.tear(slip)
		p.done(d, nil)
	}
	panel = k.Show(kit.Panel{Title: v.Say, Note: note, Width: kit.DialogNarrow, Body: rows, First: first, OnClose: p.a.written,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Primary, v.Say, kit.IconCheck, do)), Keys: kit.Keys{"Ctrl+S": do, "Ctrl+Enter": do}})
}

// merge asks which demand stays.
func (p *demandsPage) merge(v screen.DemandVerb) {
	p.a.pick("要并入的那一条", func(query string) []screen.Pick {
		var out []screen.Pick
		for _, pick := range p.d.Twins() {
			if query == "" || matches(query, pick.Label) {
				out = append(out, pick)
			}
		}
		return out
	}, func(pick screen.Pick) { p.done(p.d.Act(v, screen.DemandTyped{Into: pick.ID})) })
}

func (p *demandsPage) add() { p.a.TakeDemand() }

// print prints the demand chosen.
func (p *demandsPage) print() {
	if id := p.d.Current(); id != "" {
		p.a.PrintRecords("demand", id)
	}
}

func (p *demandsPage) export() {
	var ids []string
	for _, c := range p.d.Columns() {
		for _, card := range c.Cards {
			ids = append(ids, card.ID)
		}
	}
	p.a.ExportRecords("demand", ids)
}

// Shown implements Page.
func (p *demandsPage) Shown() {
	p.a.kit.SetPanes(p.search, p.first())
	p.focus()
}

// first is the card that F6 goes to.
func (p *demandsPage) first() fyne.Focusable {
	if p.chosen != nil {
		return p.chosen
	}
	return p.kinds
}

// Changed implements Page.
func (p *demandsPage) Changed(kind string, _ []string) {
	if kind == "demand" || kind == "dossier" || kind == "" {
		p.d.Refresh()
		p.refresh()
	}
}

// Resized implements Page.
func (p *demandsPage) Resized() { p.refresh() }

// Keys implements Page.
func (p *demandsPage) Keys() kit.Keys {
	keys := kit.Keys{"Ctrl+N": p.add, "Ctrl+P": p.print, "Ctrl+F": func() { p.a.kit.Focus(p.search) }, "Ctrl+E": p.export, "Delete": func() { p.a.binOne("demand", p.d.Current()) }, "Ctrl+→": func() {
		if path, ok := p.d.Path(); ok {
			p.act(path.Verb)
		}
	}}
	for _, key := range []string{"↑", "↓", "←", "→", "Enter"} {
		keys[key] = func() { p.cardKey(key) }
	}
	return keys
}

// Hints implements Page.
func (p *demandsPage) Hints() []Hint {
	return []Hint{{"方向键", "换一条"}, {"Ctrl+→", "转下一步"}, {"Enter", "打开"}, {"Ctrl+P", "打印办理单"}}
}
