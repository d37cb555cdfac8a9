package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// payTicked stores every ticked line.
func (p *duesPage) payTicked() {
	done, err := p.d.PayTicked()
	if err != nil {
		p.a.FailAgain(err, p.payTicked)
		p.redraw()
		return
	}
	p.refresh()
	p.a.Done(done)
}

// drawSum is the card 本月情况.
func (p *duesPage) drawSum(s screen.DuesSum) {
	line := func(label, value string, color fyne.ThemeColorName) fyne.CanvasObject {
		return kit.Row(8, kit.NewSoft(label), kit.Space(), kit.NewStrong(value+" 元").In(color))
	}
	body := kit.Column(5, line("应收", s.Due, theme.ColorNameForeground), line("实收", s.Paid, kit.ColorDone), line("未收", s.Left, kit.ColorDue),
		kit.NewMeter(s.Part, kit.ColorDone).High(9), kit.Row(8, kit.NewCaption(fmt.Sprintf("已缴 %d 人", s.Settled)), kit.Space(), kit.NewCaption(s.Percent)))
	if s.Handed {
		body.Add(kit.SmallMark(kit.Done, "本月已上解"))
	}
	p.sum.Objects = []fyne.CanvasObject{body}
	p.sum.Refresh()
}

// rules is the card 怎么算的.
func (p *duesPage) rules() fyne.CanvasObject {
	body := kit.Column(5, kit.NewText("以税后月工资为基数："))
	for _, b := range p.d.Brackets() {
		body.Add(kit.Row(8, kit.NewText(b.Say), kit.Space(), kit.NewStrong(b.Rate)))
	}
	body.Add(kit.NewParaCaption("基数每年 1 月核定一次，可按人调整并写明原因。离退休、学生等按各自的标准。"))
	return kit.NewCard("怎么算的", body).Actions(p.a.kit.Link("调整", func() { p.a.Go(Place{Page: "dues", View: "list", Kind: "dues"}) }))
}

// handOver asks what was handed over and when.
func (p *duesPage) handOver() {
	if p.a.barred("dues") {
		return
	}
	k := p.a.kit
	amount, day, receipt := k.Entry("").Right(), k.DateBox(nil), k.Entry("可以不填")
	amount.SetText(p.d.Sum().Paid)
	day.SetText(p.a.Book().Today().String())
	var panel *kit.Modal
	save := func() {
		done, err := p.d.HandOver(amount.Text(), day.Text(), receipt.Text())
		if err != nil {
			p.a.Fail(err)
			return
		}
		panel.Close()
		p.refresh()
		p.a.Done(done)
	}
	panel = k.Show(kit.Panel{Title: fmt.Sprintf("登记 %d 月上解", p.d.Month()), Width: kit.DialogNarrow, First: amount,
		Body: kit.Column(8, kit.NewFormRow("上解金额", true, amount).Help("默认是本月实收"), kit.NewFormRow("上解日期", true, day), kit.NewFormRow("收据号", false, receipt)),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Primary, "登记上解", kit.IconTransfer, save)), Keys: kit.Keys{"Ctrl+S": save}})
}

// Shown implements Page: the first open line has the keyboard.
func (p *duesPage) Shown() {
	p.a.kit.Focus(p.sheet)
	p.sheet.SetCursor(0, duesPaid)
}

// Keep implements Page: what is typed and not booked survives.
func (p *duesPage) Keep() error { return p.d.Keep() }

// Leave implements Page.
func (p *duesPage) Leave(then func()) {
	if p.d.Ticked() == 0 {
		then()
		return
	}
	p.a.askUnsaved(unsaved{count: p.d.Ticked(), keep: p.d.Keep, discard: p.d.Forget, then: then,
		save: func() error {
			done, err := p.d.PayTicked()
			if err == nil {
				p.a.Done(done)
			}
			return err
		}})
}

// Changed implements Page.
func (p *duesPage) Changed(kind string, _ []string) {
	if kind == "dues" || kind == "member" || kind == "branch" || kind == "" {
		p.d.Refresh()
		p.refresh()
	}
}

// Resized implements Page.
func (p *duesPage) Resized() { p.refresh() }

// export writes the sheet of the month shown.
func (p *duesPage) export() {
	rows := [][]string{{"姓名", "党小组", "计费基数", "比例", "应缴（元）", "实缴（元）", "缴纳日期", "方式", "状态"}}
	for _, r := range p.list {
		rows = append(rows, []string{r.Name, r.Group, r.Base, r.Rate, r.Due, r.Paid, r.Day, r.Method, r.State.Say})
	}
	p.a.saveTable("导出本月党费", fmt.Sprintf("党费%d-%02d", p.d.Year(), p.d.Month()), rows)
}

// Keys implements Page.
func (p *duesPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+S": p.payTicked, "Ctrl+E": p.export, "Ctrl+P": func() { p.a.preview("F16", "dues", nil) },
		"PgUp": func() { p.show(p.d.Year(), p.d.Month()-1) }, "PgDn": func() { p.show(p.d.Year(), p.d.Month()+1) }}
}

// Hints implements Page.
func (p *duesPage) Hints() []Hint {
	return []Hint{{"Enter", "按应缴记，到下一人"}, {"Tab", "下一格"}, {"Ctrl+S", "登记勾选的人"}, {"Ctrl+Z", "撤销"}, {"Ctrl+P", "打印"}}
}
