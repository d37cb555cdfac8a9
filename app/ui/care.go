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
	invited(where, what)
	var panel *kit.Modal
	var try func()
	try = func() {
		a.session.Join(where.Text(), what.Text(), a.sureToJoin, func(branch string, err error) {
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

// sureToJoin asks whether books and branch are one, before the books are given away.
func (a *App) sureToJoin(books, branch string, join func()) {
	a.kit.Ask(kit.Question{Title: "加入“" + branch + "”？",
		Body: "本机的台账是“" + books + "”，邀请码是“" + branch + "”的。加入后，本机登记的内容都报给区里的“" + branch + "”。不是一个支部就不要加入，请向区里要“" + books + "”的邀请码；现在什么都还没有报。",
		Safe: "不加入", Verb: "是一个支部，加入", Icon: kit.IconLink, Plain: true, Do: join})
}

// invited lets the link of an invitation be pasted where the address goes: it fills
// both boxes.
func invited(where, what *kit.Entry) {
	typed := where.OnChanged
	where.OnChanged = func(text string) {
		if server, code, ok := screen.ReadInvitation(text); ok {
			where.SetText(server)
			what.SetText(code)
			if text = server; what.OnChanged != nil {
				what.OnChanged(code)
			}
		}
		if typed != nil {
			typed(text)
		}
	}
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
