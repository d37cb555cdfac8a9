package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// do opens the form of the step shown.
func (p *poolPage) do() {
	d, ok := p.p.Detail()
	if !ok {
		return
	}
	f, err := screen.NewStepForm(p.a.Book(), p.p.Current(), d.N)
	if err != nil {
		p.a.Fail(err)
		return
	}
	p.stepForm(d, f)
}

// stepForm asks what the step records; a refusal stays in the dialog with the
// article and the earliest day.
func (p *poolPage) stepForm(d screen.StepDetail, f *screen.StepForm) {
	k := p.a.kit
	refusal := newRefusal()
	rows, sync := p.a.formRows(f.Form, f.Fields())
	body := kit.Column(8, refusal, kit.Column(6, objectsOf(rows)...))
	var panel *kit.Modal
	complete := func() {
		done, err := f.Complete()
		if err != nil {
			sync("")
			showRefusal(refusal, err)
			body.Refresh()
			return
		}
		panel.Close()
		p.p.Refresh()
		p.refresh()
		p.a.Done(done)
	}
	person, _ := p.p.Person()
	p.a.write(f)
	panel = k.Show(kit.Panel{Title: d.Title, Note: leftNote(f, person.Name), Width: kit.DialogMiddle, First: firstFocus(rows), OnClose: p.a.written,
		Body: body,
		Foot: kit.Row(8, kit.NewCaption(shortened(d.Limit, 30)), kit.Space(), k.Button(kit.Normal, "先不办", "", func() { panel.Close() }), k.Button(kit.Primary, "完成这一步", kit.IconCheck, complete)),
		Keys: kit.Keys{"Ctrl+S": complete, "Ctrl+Enter": complete, "Ctrl+Z": func() { f.Undo(); sync("") }, "Ctrl+Y": func() { f.Redo(); sync("") }}})
}

// formRows makes the boxes of some fields of a form in a dialog. sync shows what
// the form says in all of them but the one being typed in.
func (a *App) formRows(f *screen.Form, fields []record.Field) (rows []*box, sync func(typing string)) {
	maker := &boxes{a: a, form: f}
	sync = func(typing string) {
		for _, b := range rows {
			maker.sync(b, b.path == typing)
		}
	}
	maker.typed = func(path, text string) {
		if path != "" {
			f.Type(path, text)
		}
		f.Settle()
		sync(path)
	}
	for _, field := range fields {
		rows = append(rows, maker.make(field.Name, field))
	}
	sync("")
	return rows, sync
}

func objectsOf(rows []*box) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, b := range rows {
		out = append(out, b.row)
	}
	return out
}

// firstFocus is the first box that takes the keyboard.
func firstFocus(rows []*box) fyne.Focusable {
	for _, b := range rows {
		if f := b.keys(); f != nil {
			return f
		}
	}
	return nil
}

func (p *poolPage) tick(n int, paper string, on bool) {
	done, err := p.p.TickPaper(n, paper, on)
	if err != nil {
		p.a.FailAgain(err, func() { p.tick(n, paper, on) })
		return
	}
	p.p.Refresh()
	p.refresh()
	p.a.Done(done)
}

// deadline asks for a deadline of the branch's own and why.
func (p *poolPage) deadline(d screen.StepDetail) {
	if p.a.barred("pool") {
		return
	}
	k := p.a.kit
	day, why := k.DateBox(nil), k.Entry("为什么改")
	slip := p.a.Book().Slip(fmt.Sprintf("改第 %d 步期限", d.N), "pool", p.p.Current())
	note := p.a.writeOn(slip, d.Title, map[string]*kit.Entry{"改到": day, "原因": why})
	var panel *kit.Modal
	save := func() {
		done, err := p.p.SetDeadline(d.N, day.Text(), why.Text())
		if err != nil {
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.a.tear(slip)
		p.p.Refresh()
		p.refresh()
		p.a.Done(done)
	}
	panel = k.Show(kit.Panel{Title: "改期限", Note: note, Width: kit.DialogNarrow, First: day, OnClose: p.a.written,
		Body: kit.Column(8, kit.NewFormRow("改到", true, day), kit.NewFormRow("原因", true, why)),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Primary, "改期限", kit.IconCalendar, save)), Keys: kit.Keys{"Ctrl+S": save}})
}

// forms offers the forms of the step.
func (p *poolPage) forms(d screen.StepDetail) {
	if p.a.cfg.Press == nil || len(d.Forms) == 0 {
		return
	}
	var forms []screen.FormInfo
	for _, f := range p.a.cfg.Press.Forms() {
		if slices.Contains(d.Forms, f.Code) {
			forms = append(forms, f)
		}
	}
	p.a.chooseForm(forms, "pool", []string{p.p.Current()})
}

func (p *poolPage) print(form string) {
	if id := p.p.Current(); id != "" && p.a.cfg.Press != nil {
		p.a.preview(form, "pool", []string{id})
	}
}

// papers lists everything that every step of the person chosen must have.
func (p *poolPage) papers() {
	person, ok := p.p.Person()
	if !ok {
		return
	}
	list := kit.Column(2)
	was := p.p.Step()
	for n := 1; n <= 25; n++ {
		p.p.ChooseStep(n)
		d, _ := p.p.Detail()
		list.Add(kit.NewCaptionStrong(fmt.Sprintf("%s（%s）", d.Title, d.Have)))
		for _, paper := range d.Papers {
			state := kit.Neutral
			icon := kit.IconTodo
			if paper.Have {
				state, icon = kit.Done, kit.IconDone
			}
			list.Add(kit.Row(8, kit.NewGlyphSized(icon, state.Color(), kit.SizeIconPill), kit.NewText(paper.Name)))
		}
	}
	p.p.ChooseStep(was)
	p.a.kit.Show(kit.Panel{Title: "全部材料清单", Note: person.Name, Width: kit.DialogNarrow, Body: list})
}

func (p *poolPage) add() { p.a.Go(Place{Page: "pool", View: "form", Kind: "pool"}) }

// Shown implements Page.
func (p *poolPage) Shown() {
	if p.focus != nil {
		p.a.kit.Focus(p.focus)
	}
}

// Changed implements Page.
func (p *poolPage) Changed(kind string, _ []string) {
	if kind == "pool" || kind == "member" || kind == "" {
		p.p.Refresh()
		p.refresh()
	}
}

// Resized implements Page.
func (p *poolPage) Resized() { p.refresh() }

// export writes the people on the board.
func (p *poolPage) export() {
	var ids []string
	for _, stage := range p.p.Stages() {
		for _, c := range stage.Cards {
			ids = append(ids, c.ID)
		}
	}
	p.a.ExportRecords("pool", ids)
}

// Keys implements Page.
func (p *poolPage) Keys() kit.Keys {
	keys := kit.Keys{"Ctrl+N": p.add, "Ctrl+P": func() { d, _ := p.p.Detail(); p.forms(d) }, "Ctrl+→": p.do,
		"Ctrl+E": p.export, "Delete": func() { p.a.binOne("pool", p.p.Current()) },
		"Ctrl+Enter": func() {
			if id := p.p.Current(); id != "" {
				p.a.OpenRecord("pool", id)
			}
		}}
	for _, key := range []string{"↑", "↓", "←", "→", "Enter"} {
		keys[key] = func() { p.boardKey(key) }
	}
	return keys
}

// Hints implements Page.
func (p *poolPage) Hints() []Hint {
	return []Hint{{"←→", "换阶段"}, {"↑↓", "换人"}, {"Enter", "办这一步"}, {"Ctrl+P", "打印表格"}}
}
