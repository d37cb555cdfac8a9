package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// plate is the sign at 2:1: what is printed, in small. The place of an emblem
// stays empty (党徽党旗条例).
func plate(d screen.SignDetail) fyne.CanvasObject {
	white := func(s string) *kit.Text { return kit.NewText(s).In(kit.ColorOnTop) }
	top := kit.NewTitle(d.Board).In(kit.ColorBulkLink).Center()
	rule := kit.Sized(0, 1, newSwatch(kit.ColorBulkLink, "", 0, 0))
	name := white(shortened(d.Name, 10))
	name.SetBold(true)
	holder := white(shortened(d.Holder, 9))
	holder.SetBold(true)
	promise := ""
	if d.Promise != "" {
		promise = "承诺：" + d.Promise
	}
	inside := kit.Column(4, top, rule, kit.Row(8, name, kit.Space(), holder), kit.NewCaption(shortened(promise, 18)).In(kit.ColorOnTop),
		kit.NewCaption(d.Branch).In(kit.ColorOnTopSoft).Right().Short())
	frame := kit.Stack(newSwatch("", kit.ColorBulkLink, 1, 0), kit.Pad(inside, 5, 14, 5, 14))
	return kit.Sized(248, 124, kit.Stack(newSwatch(theme.ColorNamePrimary, "", 0, 3), kit.PadAll(frame, 5)))
}

// act does a verb: an evaluation has its own sheet, others ask for a day and
// what they need.
func (p *signsPage) act(v screen.SignVerb) {
	card, _ := p.s.Current()
	if p.a.barred(card.Kind) {
		return
	}
	if v.Act == screen.Evaluate {
		p.evaluate()
		return
	}
	k := p.a.kit
	day, text, until := k.DateBox(nil), k.Entry(""), k.DateBox(nil)
	day.SetText(p.a.Book().Today().String())
	rows := kit.Column(8, kit.NewFormRow("日期", true, day))
	if v.Asks != "" {
		rows.Add(kit.NewFormRow(v.Asks, true, text))
	}
	if v.Day != "" {
		rows.Add(kit.NewFormRow(v.Day, false, until))
	}
	slip := p.a.Book().Slip(v.Say, card.Kind, card.ID)
	note := p.a.writeOn(slip, card.Name, map[string]*kit.Entry{v.Asks: text})
	var panel *kit.Modal
	do := func() {
		done, err := p.s.Act(v, day.Text(), text.Text(), until.Text())
		if err != nil {
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.a.tear(slip)
		p.refresh()
		p.a.Done(done)
	}
	kind, title := kit.Primary, v.Say
	if v.Grim {
		kind, title = kit.Danger, v.Say+"“"+card.Name+"”？"
		note = ""
		rows.Objects = append([]fyne.CanvasObject{kit.NewPara("撤岗后不再评价、不再打印岗牌；历次评价仍可查看，随时可以再申报。")}, rows.Objects...)
	}
	first := fyne.Focusable(day)
	if v.Asks != "" {
		first = text
	}
	panel = k.Show(kit.Panel{Title: title, Note: note, Width: kit.DialogNarrow, Body: rows, First: first, OnClose: p.a.written,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "先不办", "", func() { panel.Close() }), k.Button(kind, v.Say, kit.IconCheck, do)), Keys: kit.Keys{"Ctrl+S": do}})
}

// evaluate shows the sheet of one evaluation.
func (p *signsPage) evaluate() {
	f, row, err := p.s.NewEvaluation()
	if err != nil {
		p.a.Fail(err)
		return
	}
	var fields []record.Field
	for _, c := range f.Columns("evaluation") {
		if !c.Locked {
			c.Name = record.Path("evaluation", row, c.Name)
			fields = append(fields, c)
		}
	}
	total := kit.NewTitle("")
	rows, sync := p.a.formRows(f, fields)
	for _, b := range rows {
		b.row.LabelWidth(146)
	}
	show := func() {
		total.Set("")
		if text := f.Text(record.Path("evaluation", row, "total")); text != "" {
			total.Set("总分 " + text + "，" + f.Text(record.Path("evaluation", row, "star")) + " 星")
		}
	}
	for _, b := range rows {
		if e, ok := b.object.(*kit.Entry); ok {
			was := e.OnChanged
			e.OnChanged = func(s string) { was(s); show() }
		}
	}
	card, _ := p.s.Current()
	p.a.write(f)
	var panel *kit.Modal
	save := func() {
		before := f.Stored()
		saved, err := f.Save()
		if err != nil {
			sync("")
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.s.Refresh()
		p.refresh()
		p.a.Done(screen.DoneSaving("已记下“"+card.Name+"”的评价", before, saved))
	}
	panel = p.a.kit.Show(kit.Panel{Title: "评价" + card.Name, Note: card.Holder, Width: kit.DialogMiddle, First: firstFocus(rows[2:]), OnClose: p.a.written, Body: kit.Form(14, objectsOf(rows)...),
		Foot: kit.Row(8, total, kit.Space(), p.a.kit.Button(kit.Primary, "记下评价", kit.IconCheck, save)), Keys: kit.Keys{"Ctrl+S": save, "Ctrl+Enter": save}})
}

// plates prints the sign of the one chosen, in the form of its kind.
func (p *signsPage) plates() {
	if c, ok := p.s.Current(); ok && c.Kind == "zone" {
		p.print("F20")
	} else {
		p.print("F19")
	}
}

func (p *signsPage) print(form string) {
	c, ok := p.s.Current()
	if !ok || p.a.cfg.Press == nil {
		return
	}
	p.a.preview(form, c.Kind, []string{c.ID})
}

// Shown implements Page.
func (p *signsPage) Shown() {
	if p.chosen != nil {
		p.a.kit.Focus(p.chosen)
	}
}

// Changed implements Page.
func (p *signsPage) Changed(kind string, _ []string) {
	if kind == "post" || kind == "zone" || kind == "member" || kind == "" {
		p.s.Refresh()
		p.refresh()
	}
}

// Resized implements Page.
func (p *signsPage) Resized() { p.refresh() }

// export writes the posts or zones that are shown.
func (p *signsPage) export() {
	var ids []string
	for _, c := range p.s.Cards() {
		ids = append(ids, c.ID)
	}
	p.a.ExportRecords(p.s.Kind(), ids)
}

// Keys implements Page.
func (p *signsPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+N": p.add, "Ctrl+P": p.plates, "Ctrl+Enter": p.evaluate, "Ctrl+Tab": p.tabs.Next, "Enter": p.open,
		"Ctrl+E": p.export, "Delete": func() { c, _ := p.s.Current(); p.a.binOne(c.Kind, c.ID) }}
}

// Hints implements Page.
func (p *signsPage) Hints() []Hint {
	return []Hint{{"方向键", "换岗"}, {"Enter", "打开"}, {"Ctrl+Enter", "评价"}, {"Ctrl+P", "打印岗牌"}}
}
