package ui

import (
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// mute asks why a duty is not to be shown any more, and until when.
func (a *App) mute(d screen.Duty) {
	if d.Key == "" {
		a.Say("这一行不是一件提醒，点开一件件看")
		return
	}
	if a.barred("branch") {
		return
	}
	k := a.kit
	reason, until := k.Entry("例如：已在上级备案，不在本支部办"), k.DateBox(nil)
	var panel *kit.Modal
	do := func() {
		done, err := a.Book().Mute(d.Key, reason.Text(), until.Text())
		if err != nil {
			a.Fail(err)
			return
		}
		panel.Close()
		a.Done(done)
	}
	body := kit.Column(8, kit.NewPara(d.Title), kit.NewFormRow("原因", true, reason).Help("留在支部信息的“不再提醒”里，以后查得到，也在那里恢复"),
		kit.NewFormRow("停到", false, until).Help("空着就一直不提醒"))
	panel = k.Show(kit.Panel{Title: "不再提醒这一件？", Width: kit.DialogNarrow, Body: body, First: reason,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "照常提醒", "", func() { panel.Close() }), k.Button(kit.Primary, "不再提醒", kit.IconCheck, do)), Keys: kit.Keys{"Ctrl+S": do}})
}
