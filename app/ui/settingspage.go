package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// settingsPage is 设置: the branch, this laptop, the passphrase, who looked at
// whole numbers, and about.
type settingsPage struct {
	plainPage
	a *App
}

func newSettingsPage(a *App, _ Place) (Page, error) { return &settingsPage{a: a}, nil }

// Content implements Page.
func (s *settingsPage) Content() fyne.CanvasObject {
	head := kit.NewPageHead("设置", s.a.Book().BranchName())
	left := kit.Column(14, s.branch(), s.audit())
	right := kit.Column(14, s.laptop(), s.passphrase(), s.keys(), s.about())
	if s.a.large() {
		return kit.Page(head, container.NewVScroll(kit.Column(14, left, right)))
	}
	return kit.Page(head, container.NewVScroll(kit.Columns(14, []float32{0, 0}, kit.Column(0, left), kit.Column(0, right))))
}

func (s *settingsPage) branch() fyne.CanvasObject {
	b := s.a.Book()
	edit := s.a.kit.Link("改支部信息", func() {
		s.a.Go(Place{Page: "settings", View: "form", Kind: "branch", ID: branch.Profile(b).ID})
	})
	rules := s.a.kit.Link("规则与参数", func() { s.a.Go(Place{Page: "settings", View: "rules"}) })
	rows := kit.Column(4)
	if r := branch.Profile(b); r.ID != "" {
		for _, section := range b.Detail(r, false) {
			for _, line := range section.Lines {
				rows.Add(kit.Columns(8, []float32{150, 0}, kit.NewSoft(line.Label).Short(), kit.NewText(line.Text).Short()))
			}
		}
	}
	return kit.NewFixedCard("支部信息、班子和党小组", rows).Actions(edit, rules)
}

func (s *settingsPage) laptop() fyne.CanvasObject {
	b, k := s.a.Book(), s.a.kit
	by := k.Entry("")
	by.SetText(b.By())
	by.OnSubmitted = func(name string) { s.told(b.SetBy(name), "使用人已改为“"+name+"”") }
	save := k.Button(kit.Normal, "改", "", func() { by.OnSubmitted(by.Text()) })
	var labels []string
	minutes := map[string]int{}
	for _, m := range screen.LockChoices() {
		labels = append(labels, screen.LockLabel(m))
		minutes[screen.LockLabel(m)] = m
	}
	lock := k.Select(labels, screen.LockLabel(b.AutoLock()), func(label string) {
		s.told(b.SetAutoLock(minutes[label]), "自动锁定："+label)
	})
	face := k.Segmented([]string{"标准", "大字版"}, map[bool]string{true: "大字版", false: "标准"}[s.a.large()], func(v string) { s.a.setFace(v == "大字版") })
	faces := k.Button(kit.Normal, "纸上的字库", kit.IconPrint, func() { s.a.Go(Place{Page: "settings", View: "faces"}) })
	return kit.NewFixedCard("这台电脑", kit.Column(6,
		kit.NewFormRow("使用人", false, kit.Columns(8, []float32{0, 60}, by, save)).Help("写在每一处改动旁边"),
		kit.NewFormRow("自动锁定", false, lock).Help("也可以随时按 Ctrl+L"),
		kit.NewFormRow("字号", false, face).Help("Ctrl+= 换大字版，Ctrl+- 换回来"),
		kit.NewFormRow("打印", false, kit.Row(8, faces)).Help("仿宋、楷体、黑体等可以换成这台电脑上的字库")))
}

// told shows that a setting was changed, or why not.
func (s *settingsPage) told(err error, say string) {
	if err != nil {
		s.a.Fail(err)
		return
	}
	s.a.Say(say)
}

func (s *settingsPage) passphrase() fyne.CanvasObject {
	k := s.a.kit
	old, fresh, again := k.Password(""), k.Password(""), k.Password("")
	strong := newRemark()
	fresh.OnChanged = func(text string) {
		if ok, say := screen.JudgePassphrase(text); ok {
			strong.set(kit.Done, say)
		} else {
			strong.set(kit.Due, say)
		}
	}
	strong.set(kit.Neutral, "")
	rows := kit.Column(6)
	caps := k.CapsNote(rows.Refresh, old, fresh, again)
	change := k.Button(kit.Normal, "换密码", kit.IconKey, func() {
		s.a.changePassphrase(old.Text(), fresh.Text(), again.Text(), func() {
			old.SetText("")
			fresh.SetText("")
			again.SetText("")
			strong.set(kit.Neutral, "")
		})
	})
	rows.Objects = []fyne.CanvasObject{kit.NewFormRow("现在的密码", false, old), kit.NewFormRow("新密码", false, fresh),
		kit.NewFormRow("再输一次", false, again), caps, kit.Row(8, kit.Wide(112, kit.Space()), change, kit.Grow(strong.row))}
	return kit.NewFixedCard("密码", rows)
}

// changePassphrase works in the background: deriving a key takes its time.
func (a *App) changePassphrase(old, fresh, again string, then func()) {
	a.session.ChangePassphrase(old, fresh, again, func(err error) {
		if err != nil {
			a.FailAgain(err, func() { a.changePassphrase(old, fresh, again, then) })
			return
		}
		then()
		a.Say("密码已换，下次解锁用新密码；恢复码没有变")
	})
}

// audit shows the newest of what left this laptop.
func (s *settingsPage) audit() fyne.CanvasObject {
	all := s.a.audit()
	rows := kit.Column(3)
	for _, l := range all.Lines[:min(len(all.Lines), 5)] {
		rows.Add(kit.Row(10, kit.Wide(110, kit.NewSoft(screen.ShortMoment(l.At, s.a.Book().Today()))), kit.Wide(100, kit.NewText(l.Act)), kit.Grow(kit.NewText(l.About).Short())))
	}
	switch {
	case all.Broken != "":
		rows.Add(kit.NewBand(kit.Overdue, "", all.Broken, ""))
	case len(all.Lines) == 0:
		rows.Add(kit.NewSoft("还没有打印、导出过，也没有人看过完整号码。"))
	}
	more := s.a.kit.Link("全部 "+strconv.Itoa(len(all.Lines))+" 条", func() { s.a.Go(Place{Page: "settings", View: "audit"}) })
	return kit.NewFixedCard("打印、导出、看完整号码", rows).Actions(more)
}

// keys is the card of the rarer acts with keys.
func (s *settingsPage) keys() fyne.CanvasObject {
	k := s.a.kit
	return kit.NewFixedCard("恢复码、密钥与移交", kit.Column(8, kit.NewPara("换了保管人就换恢复码；怀疑泄露才重新加密；换届时移交给下一任。").In(kit.ColorSoft),
		kit.Wrapped(8, k.Button(kit.Normal, "换恢复码", kit.IconKey, s.a.newCode), k.Button(kit.Normal, "全部重新加密", kit.IconLock, s.a.rekey),
			k.Button(kit.Normal, "移交给下一任", kit.IconTransfer, s.a.handOver))))
}

func (s *settingsPage) about() fyne.CanvasObject {
	k := s.a.kit
	return kit.NewFixedCard("关于", kit.Column(4, kit.NewText(Name+" "+s.a.cfg.Version),
		kit.NewPara("数据加密存在这台电脑上，没有网络也能用。忘了密码，只能用恢复码打开。").In(kit.ColorSoft),
		kit.Pad(kit.Wrapped(8, k.Button(kit.Normal, "回收站", kit.IconDelete, func() { s.a.Go(Place{Page: "settings", View: "bin"}) }),
			k.Button(kit.Normal, "备份与恢复", kit.IconStorage, s.a.Keep), k.Button(kit.Normal, "检查数据", kit.IconCheck, s.a.checkData)), 6, 0, 0, 0)))
}

// Changed implements Page.
func (s *settingsPage) Changed(kind string, _ []string) {
	if kind == "branch" {
		s.a.remake()
	}
}

// Resized implements Page.
func (s *settingsPage) Resized() { s.a.remake() }
