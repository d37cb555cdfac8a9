package ui

import (
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// Keep opens 备份与恢复.
func (a *App) Keep() { a.Go(Place{Page: "sync", View: "keep"}) }

// backup makes a copy beside the data, or in folder.
func (a *App) backup(folder string) {
	a.session.Backup(folder, func(file string, err error) {
		if err != nil {
			a.FailAgain(err, func() { a.backup(folder) })
			return
		}
		a.Say("已备份到 " + file)
		a.page.Changed("", nil)
	})
}

// joinDistrict asks for the invitation.
func (a *App) joinDistrict() {
	server, code := a.Book().Invitation()
	where, what := a.kit.Entry("在邀请函上"), a.kit.Entry("邀请码")
	where.SetText(server)
	what.SetText(code)
	var panel *kit.Modal
	var try func()
	try = func() {
		a.session.Join(where.Text(), what.Text(), func(branch string, err error) {
			if err != nil {
				a.FailAgain(err, try)
				return
			}
			panel.Close()
			a.Say("已加入“" + branch + "”，内容正在传上去")
			a.remake()
		})
	}
	join := a.kit.Button(kit.Primary, "加入区里", kit.IconLink, try)
	panel = a.kit.Show(kit.Panel{Title: "加入区里", Note: "已登记的内容会并上去，不会丢", Width: kit.DialogNarrow,
		Body: kit.Column(8, kit.NewFormRow("服务器地址", true, where), kit.NewFormRow("邀请码", true, what)),
		Foot: kit.Row(8, kit.Space(), a.kit.Button(kit.Normal, "以后再说", "", func() { panel.Close() }), join), First: where})
}

// exportBundle writes the waiting changes and attachments for the district onto a
// stick.
func (a *App) exportBundle() {
	a.PickFolder("改动包放在哪里", "放在这个文件夹", a.pack)
}

func (a *App) pack(folder string) {
	a.session.Pack(folder, func(file string, err error) {
		if err != nil {
			a.FailAgain(err, func() { a.pack(folder) })
			return
		}
		a.Say("已导出 " + file)
	})
}

// importBundle takes in everything in a folder that the district answered.
func (a *App) importBundle() {
	a.PickFolder("带回来的回执包在哪里", "读这个文件夹", a.unpack)
}

func (a *App) unpack(folder string) {
	a.session.Unpack(folder, func(out screen.Outcome, err error) {
		if err != nil {
			a.FailAgain(err, func() { a.unpack(folder) })
			return
		}
		a.Say("已读入：" + out.String())
		a.page.Changed("", nil)
	})
}
