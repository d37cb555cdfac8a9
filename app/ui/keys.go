package ui

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// groupsOf shows the groups of a recovery code.
func groupsOf(groups []string) fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, g := range groups {
		out = append(out, kit.Sized(0, 42, kit.Stack(newSwatch(kit.ColorSurface, theme.ColorNameSeparator, 1, 2), kit.NewHeading(g).Center())))
	}
	return kit.Stack(newSwatch(theme.ColorNameHeaderBackground, theme.ColorNameSeparator, 1, 4), kit.PadAll(kit.Grid(6, 8, out...), 10))
}

// codeVerbs print a recovery code or save it on a stick.
func (a *App) codeVerbs(branch string, groups []string) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		a.kit.Button(kit.Normal, "打印", kit.IconPrint, func() { a.printCode(branch, groups) }).Small(),
		a.kit.Button(kit.Normal, "存到 U 盘", kit.IconUSB, func() { a.saveCode(branch, groups) }).Small()}
}

// printCode prints the page for the safe, on the printer a person chooses.
func (a *App) printCode(branch string, groups []string) {
	if a.cfg.Press == nil || a.cfg.Printers == nil {
		a.Fail(record.Refuse("PRESS_NONE", "这里不能打印。请手抄恢复码，或者存到 U 盘。"))
		return
	}
	paper, err := a.cfg.Press.RecoverySheet(branch, groups)
	if err != nil {
		a.FailAgain(err, func() { a.printCode(branch, groups) })
		return
	}
	var list []screen.Printer
	a.run.Do("问打印机", func(ctx context.Context, _ screen.Progress) (err error) {
		list, err = a.cfg.Printers.List(ctx)
		return err
	}, func(err error) {
		if err == nil && len(list) == 0 {
			err = record.Refuse("PRINTER_NONE", "这台电脑没有装打印机。请手抄恢复码，或者存到 U 盘。")
		}
		if err != nil {
			a.FailAgain(err, func() { a.printCode(branch, groups) })
			return
		}
		a.choosePrinter(list, paper)
	})
}

// choosePrinter asks which printer prints a page that is not kept anywhere.
func (a *App) choosePrinter(list []screen.Printer, paper screen.Paper) {
	var panel *kit.Modal
	said := newRefusal()
	rows := kit.Column(6)
	var first fyne.Focusable
	for _, pr := range list {
		state := kit.NewCaption(pr.State)
		if pr.Ready {
			state.In(kit.ColorDone)
		}
		c := a.kit.Choice(kit.Pad(kit.Columns(10, []float32{20, 0}, kit.NewGlyph(kit.IconPrint, kit.ColorSoft), kit.Column(0, kit.NewText(pr.Label).Short(), state)), 5, 12, 5, 12), func() {
			screen.PrintSheet(a.run, a.cfg.Printers, pr.Name, paper, func(err error) {
				if err != nil {
					showRefusal(said, err)
					return
				}
				said.Set(kit.Done, "已送“"+pr.Label+"”", "请马上去取，放进保险柜。", "")
				said.Show()
			})
		})
		rows.Add(c)
		if first == nil {
			first = c
		}
	}
	panel = a.kit.Show(kit.Panel{Title: "在哪台打印机上打？", Note: paper.Title(), Width: kit.DialogNarrow, Body: kit.Column(10, said, rows), First: first,
		Foot: kit.Row(8, kit.Space(), a.kit.Button(kit.Normal, "好了", "", func() { panel.Close() }))})
}

// saveCode writes the recovery code into a text file where a person chooses.
func (a *App) saveCode(branch string, groups []string) {
	a.PickFolder("恢复码存到哪里", "放在这个文件夹", func(folder string) {
		text := "支部台账恢复码\r\n" + branch + "\r\n\r\n" + strings.Join(groups, "-") + "\r\n\r\n忘了密码时只有它能打开台账。请连 U 盘一起锁进保险柜。\r\n"
		file := screen.Unused(filepath.Join(folder, "支部台账恢复码.txt"))
		a.writeFile("存恢复码", file, func(context.Context) ([]byte, error) { return []byte(text), nil })
	})
}

// showCode shows a fresh recovery code, once, until it is said to be kept.
func (a *App) showCode(title, say string, groups []string) {
	var panel *kit.Modal
	done := a.kit.Button(kit.Primary, "已收好", kit.IconCheck, func() { panel.Close() }).Off()
	noted := a.kit.Check("我已打印或抄好", false, func(on bool) { able(done, on) })
	foot := append([]fyne.CanvasObject{noted, kit.Space()}, append(a.codeVerbs(a.Book().BranchName(), groups), done)...)
	panel = a.kit.Show(kit.Panel{Title: title, Width: kit.DialogMiddle, First: noted, Foot: kit.Row(8, foot...),
		Body: kit.Column(10, kit.NewPara(say), groupsOf(groups), kit.NewBand(kit.Due, "", "恢复码只显示这一次。原来的恢复码从现在起作废，请把旧的那张销毁。", ""))})
}

// secretAsk asks for a new passphrase, twice.
type secretAsk struct {
	title, say, verb string
	extra            fyne.CanvasObject // something else to fill in; may be nil
	do               func(pass string, then func(groups []string, err error))
	done             func(groups []string)
}

func (a *App) askSecret(ask secretAsk) {
	k := a.kit
	pass, again, strong, same := k.Password(""), k.Password(""), newRemark(), newRemark()
	said := newRefusal()
	judge := func(string) { judgeSecret(pass.Text(), again.Text(), strong, same) }
	pass.OnChanged, again.OnChanged = judge, judge
	judge("")
	rows := []fyne.CanvasObject{said, kit.NewPara(ask.say)}
	if ask.extra != nil {
		rows = append(rows, ask.extra)
	}
	rows = append(rows, kit.NewFormRow("新密码", true, pass), strong.row, kit.NewFormRow("再输一次", true, again), same.row)
	var panel *kit.Modal
	verb := k.Button(kit.Primary, ask.verb, kit.IconKey, func() {
		if err := screen.JudgeNew(pass.Text(), again.Text()); err != nil {
			showRefusal(said, err)
			return
		}
		panel.Close() // the band over the page shows how far it is, and stops it
		ask.do(pass.Text(), func(groups []string, err error) {
			if err != nil {
				a.Fail(err)
				return
			}
			ask.done(groups)
		})
	})
	panel = k.Show(kit.Panel{Title: ask.title, Width: kit.DialogNarrow, Body: kit.Column(8, rows...), First: pass,
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "先不做", "", func() { panel.Close() }), verb)})
}

// rekey seals everything anew.
func (a *App) rekey() {
	a.askSecret(secretAsk{title: "换密钥，全部重新加密？", verb: "重新加密",
		say: "怀疑密码或恢复码被别人看到时才用。全部内容换一把密钥重新加密，密码和恢复码都换新的；做的时候可以接着用。以前的备份仍要用旧密码打开。",
		do:  a.session.Rekey,
		done: func(groups []string) {
			a.showCode("已全部重新加密", "下次解锁用新密码。这是新的恢复码：", groups)
		}})
}

// newCode voids the recovery code.
func (a *App) newCode() {
	k := a.kit
	pass, said := k.Password("现在的密码"), newRefusal()
	var panel *kit.Modal
	change := func() {
		a.session.NewCode(pass.Text(), func(groups []string, err error) {
			if err != nil {
				showRefusal(said, err)
				return
			}
			panel.Close()
			a.showCode("恢复码已换", "密码没有变。这是新的恢复码：", groups)
		})
	}
	pass.OnSubmitted = func(string) { change() }
	panel = k.Show(kit.Panel{Title: "换一个恢复码？", Width: kit.DialogNarrow, First: pass,
		Body: kit.Column(8, said, kit.NewPara("抄恢复码的纸丢了，或者换了保管的人，就换一个。旧的恢复码马上作废，密码不变。"), kit.NewFormRow("现在的密码", true, pass)),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "先不换", "", func() { panel.Close() }), k.Button(kit.Primary, "换恢复码", kit.IconKey, change))})
}

// handOver writes the sealed file for the next secretary.
func (a *App) handOver() {
	name := "支部台账移交-" + a.Book().BranchName() + "-" + a.Book().Today().String() + ".bak"
	a.SaveFile("移交文件存到哪里", name, func(path string) {
		a.askSecret(secretAsk{title: "移交给下一任书记？", verb: "打成移交文件，本机转为只读",
			say: "全部内容用一个新密码打成一个加密文件。下一任在他的电脑上选“从备份或 U 盘恢复”打开它，再用区里新的邀请码加入。之后这台电脑只能查看 90 天，也可以收回。请给下一任定一个密码：",
			do:  func(pass string, then func([]string, error)) { a.session.HandOver(path, pass, then) },
			done: func(groups []string) {
				a.frame.showBands()
				a.showCode("移交文件已写好", path+"\n把文件和密码分开交给下一任。这是移交文件的恢复码：", groups)
			}})
	})
}

// takeBack asks, then makes the book writable again.
func (a *App) takeBack() {
	a.kit.Ask(kit.Question{Title: "收回移交，这台电脑接着记？", Body: "如果下一任已经用移交文件开始记了，两边会各记各的，以后要靠区里合并。确认没有交出去再收回。",
		Safe: "不收回", Verb: "收回移交", Icon: kit.IconUndo, Do: func() {
			if err := a.session.TakeBack(); err != nil {
				a.Fail(err)
				return
			}
			a.frame.showBands()
			a.Say("已收回移交，可以接着记了")
		}})
}

// checkData reads the whole file; the strip of the window shows how far it is and stops it.
func (a *App) checkData() {
	a.session.Check(func(h screen.Health, err error) {
		if err != nil {
			a.FailAgain(err, a.checkData)
			return
		}
		state, title := kit.Done, "数据完好"
		if !h.OK {
			state, title = kit.Overdue, "数据有问题"
		}
		var panel *kit.Modal
		ok := a.kit.Button(kit.Primary, "知道了", "", func() { panel.Close() })
		panel = a.kit.Show(kit.Panel{Title: title, Width: kit.DialogNarrow, Body: kit.NewBand(state, "", h.Say(), ""), Foot: kit.Row(8, kit.Space(), ok), First: ok})
	})
}
