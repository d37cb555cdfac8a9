package ui

import (
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// happen records a change of a membership in a window: 转出, 停止党籍, 失去联系 …
func (a *App) happen(member string) {
	h, err := screen.NewHappening(a.Book(), member)
	if err != nil {
		a.Fail(err)
		return
	}
	k := a.kit
	verdict, refusal := kit.NewPara(""), newRefusal()
	judge := func() {
		verdict.Set("")
		showRefusal(refusal, nil)
		for _, c := range h.Findings() {
			verdict.Set(c.Say)
			verdict.SetColor(kit.ColorDue)
			if c.Severity == record.Block {
				verdict.SetColor(kit.ColorOverdue)
				return
			}
		}
	}
	what := k.Select(h.Labels(), "", func(v string) { h.Label = v; judge() }).Empty("选要办的事")
	on := k.DateBox(func(s string) { h.On = s; judge() })
	on.SetText(h.On)
	party, number, reason := k.Entry("转往或转自的党组织"), k.Entry("介绍信、决定的文号"), k.Area("", 2)
	party.OnChanged = func(s string) { h.Party = s; judge() }
	number.OnChanged = func(s string) { h.Number = s; judge() }
	reason.OnChanged = func(s string) { h.Reason = s; judge() }
	slip := a.Book().Slip("办理党籍变动", "member", member)
	note := a.writeOn(slip, h.Member(), map[string]*kit.Entry{"对方党组织": party, "文号": number, "原因": reason})
	h.Party, h.Number, h.Reason = party.Text(), number.Text(), reason.Text()
	var panel *kit.Modal
	save := func() {
		done, err := h.Save()
		if err != nil {
			showRefusal(refusal, err)
			return
		}
		panel.Close()
		a.tear(slip)
		a.Done(done)
	}
	panel = k.Show(kit.Panel{Title: "办理党籍变动", Note: note, Width: kit.DialogMiddle, First: what, OnClose: a.written, Keys: kit.Keys{"Ctrl+S": save},
		Body: kit.Column(6, refusal, kit.NewFormRow("事项", true, what), kit.NewFormRow("日期", true, on), kit.NewFormRow("对方党组织", false, party),
			kit.NewFormRow("文号", false, number), kit.NewFormRow("原因", false, reason), verdict),
		Foot: kit.Row(8, kit.Grow(kit.NewSoft("记在党籍变动里，不会删除；办错了可以撤销").Short()),
			k.Button(kit.Normal, "不办了", "", func() { panel.Close() }), k.Button(kit.Primary, "办理", kit.IconCheck, save))})
}
