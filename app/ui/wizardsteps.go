package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// ways is the first step: how this laptop comes to its branch.
func (v *wizardView) ways() fyne.CanvasObject {
	code := v.typed(v.a.kit.Entry("邀请码"), v.w.Code, func(s string) { v.w.Code = s })
	server := v.typed(v.a.kit.Entry("区服务器地址，在邀请函上"), v.w.Server, func(s string) { v.w.Server = s })
	invited(server, code)
	remark := kit.NewParaCaption("")
	v.live = func() {
		ok, say := v.w.CodeSay()
		remark.Set(say)
		remark.SetColor(kit.ColorSoft)
		if ok {
			remark.SetColor(kit.ColorDone)
		}
	}
	extra := kit.Column(6, kit.Columns(8, []float32{200, 0}, code, server), remark)
	cards := []*choiceCard{
		newChoiceCard(kit.IconLink, "用区里的邀请码加入", "街道党建办发给支部的邀请码，会带出支部名称、党小组和统一表格。", extra, func() { v.choose(screen.JoinDistrict) }),
		newChoiceCard(kit.IconComputer, "先单机使用", "不连区里，所有功能照常。以后拿到邀请码，再把数据并上去。", nil, func() { v.choose(screen.StartAlone) }),
		newChoiceCard(kit.IconUSB, "从备份或 U 盘恢复", "换电脑时用。需要原来的密码或恢复码。", nil, func() { v.choose(screen.RestoreBackup) }),
	}
	rows := []fyne.CanvasObject{wizardHead("这台电脑怎么用？", "以后可以在“设置”里更改，已经登记的内容不会丢。按 1、2、3 也能选。")}
	for i, c := range cards {
		c.chosen = screen.Way(i) == v.w.Way
		rows = append(rows, c)
	}
	if v.w.Way == screen.JoinDistrict && v.chosen {
		v.first = code
	}
	return kit.Column(12, rows...)
}

// typed fills a box and follows its typing.
func (v *wizardView) typed(e *kit.Entry, text string, set func(string)) *kit.Entry {
	e.SetText(text)
	e.OnChanged = func(s string) {
		set(s)
		v.follow()
	}
	e.OnSubmitted = func(string) { v.w.Next() }
	return e
}

// labelled is one row: label at the left, box, remark.
func labelled(label string, box, remark fyne.CanvasObject) fyne.CanvasObject {
	return kit.Columns(10, []float32{76, 280, 0}, kit.Row(0, kit.Space(), kit.NewSoft(label)), box, remark)
}

// branch is the second step: the branch and who works here, or the backup file.
func (v *wizardView) branch() fyne.CanvasObject {
	if v.w.Way == screen.RestoreBackup {
		file := v.typed(v.a.kit.Entry("备份文件的位置"), v.w.File, func(s string) { v.w.File = s })
		pick := v.a.kit.Button(kit.Normal, "选文件", kit.IconOpen, func() {
			v.a.PickFile("选一份备份", nil, func(path string) {
				v.w.File = path
				file.SetText(path)
				v.follow()
			})
		})
		v.first = file
		return kit.Column(12, wizardHead("备份在哪里？", "选 U 盘或移动硬盘上的备份文件。原来的文件只读取，不会改动。"),
			kit.Columns(8, []float32{0, 110}, file, pick))
	}
	by := v.typed(v.a.kit.Entry("例如：陈立群"), v.w.By, func(s string) { v.w.By = s })
	v.first = by
	rows := []fyne.CanvasObject{wizardHead("支部和使用人", "使用人的姓名会写在每一处改动旁边，方便以后查。")}
	if v.w.Way == screen.StartAlone {
		name := v.typed(v.a.kit.Entry("全称，例如：青梧街道云栈科技园第三联合党支部"), v.w.Branch, func(s string) { v.w.Branch = s })
		v.first = name
		rows = append(rows, kit.Columns(10, []float32{76, 0}, kit.Row(0, kit.Space(), kit.NewSoft("支部全称")), name))
	} else {
		rows = append(rows, labelled("支部全称", kit.NewSoft("由区里带出，不用填"), kit.Space()))
	}
	rows = append(rows, labelled("使用人", by, kit.NewCaption("书记或经办人的姓名")))
	return kit.Column(12, rows...)
}

// remark is a line beside a box that turns green.
type remark struct {
	glyph *kit.Glyph
	text  *kit.Text
	row   *fyne.Container
}

func newRemark() *remark {
	r := &remark{glyph: kit.NewGlyphSized(kit.IconDone, kit.ColorDone, kit.SizeIconPill), text: kit.NewText("").Short()}
	r.row = kit.Row(6, r.glyph, kit.Grow(r.text))
	return r
}

func (r *remark) set(state kit.State, text string) {
	r.row.Hidden = text == ""
	icon := state.Icon()
	if icon == "" {
		icon = kit.IconInfo
	}
	r.glyph.Set(icon, state.Color())
	r.text.SetColor(state.Color())
	r.text.Set(text)
	r.row.Refresh()
}

// secret is the third step: the passphrase and the recovery code.
func (v *wizardView) secret() fyne.CanvasObject {
	if v.w.Way == screen.RestoreBackup {
		secret := v.typed(v.a.kit.Password("原来的密码，或 6 组恢复码"), v.w.Secret, func(s string) { v.w.Secret = s })
		v.first = secret
		return kit.Column(12, wizardHead("用什么打开这份备份？", "备份是加密的，要用做备份时的密码或恢复码。"), labelled("密码", secret, kit.Space()), v.a.kit.CapsNote(v.body.Refresh, secret))
	}
	pass := v.typed(v.a.kit.Password(""), v.w.Pass, func(s string) { v.w.Pass = s })
	again := v.typed(v.a.kit.Password(""), v.w.Repeat, func(s string) { v.w.Repeat = s })
	strong, same := newRemark(), newRemark()
	var locks []string
	for _, minutes := range screen.LockChoices() {
		locks = append(locks, screen.LockLabel(minutes))
	}
	lock := v.a.kit.Select(locks, screen.LockLabel(v.w.AutoLock), func(label string) {
		for _, minutes := range screen.LockChoices() {
			if screen.LockLabel(minutes) == label {
				v.w.AutoLock = minutes
			}
		}
	})
	v.first = pass
	if v.made {
		pass.SetLocked(true)
		again.SetLocked(true)
	}
	v.live = func() {
		v.judge(strong, same)
	}
	rows := []fyne.CanvasObject{wizardHead("设置密码，抄下恢复码", "密码用来打开这台电脑上的台账。忘了密码，只能用恢复码打开。"),
		labelled("密码", pass, strong.row), labelled("再输一次", again, same.row), v.a.kit.CapsNote(v.body.Refresh, pass, again)}
	if !v.made || !v.a.large() { // in 大字版 the code needs the room
		rows = append(rows, labelled("自动锁定", lock, kit.Space()))
	}
	return kit.Column(10, append(rows, v.recovery())...)
}

func (v *wizardView) judge(strong, same *remark) { judgeSecret(v.w.Pass, v.w.Repeat, strong, same) }

// judgeSecret says whether a new passphrase will do and was typed twice alike.
func judgeSecret(pass, repeat string, strong, same *remark) {
	ok, say := screen.JudgePassphrase(pass)
	switch {
	case pass == "":
		strong.set(kit.Neutral, "")
	case ok:
		strong.set(kit.Done, say)
	default:
		strong.set(kit.Due, say)
	}
	switch {
	case repeat == "":
		same.set(kit.Neutral, "")
	case repeat == pass:
		same.set(kit.Done, "两次一致")
	default:
		same.set(kit.Due, "和上面还不一样")
	}
}

// recovery shows the code in six groups and asks for one of them.
func (v *wizardView) recovery() fyne.CanvasObject {
	if !v.made {
		return kit.Pad(kit.NewPara("设好密码后，点“生成恢复码”。恢复码共 6 组，请备好纸笔或打印机。").In(kit.ColorSoft), 8, 0, 0, 86)
	}
	proof := v.typed(v.a.kit.Entry(""), v.w.Proof, func(s string) { v.w.Proof = s })
	right := newRemark()
	judged := v.live
	v.live = func() {
		if judged != nil {
			judged()
		}
		if v.w.Proven() {
			right.set(kit.Done, "对上了")
		} else {
			right.set(kit.Neutral, "")
		}
	}
	noted := v.a.kit.Check("我已打印或抄好。核对：第 "+strconv.Itoa(v.w.ProofGroup())+" 组是", v.w.Noted, func(on bool) {
		v.w.Noted = on
		v.follow()
	})
	v.first = noted
	warn := kit.Columns(10, []float32{20, 0}, kit.Column(0, kit.NewGlyph(kit.IconWarning, kit.ColorDue)),
		kit.NewPara("恢复码只在这里显示一次。请打印或手抄，交支部保险柜存放；不要拍照发群。\n密码和恢复码都丢了，本机数据打不开，区里也没有办法。").In(kit.ColorDue))
	head := append([]fyne.CanvasObject{kit.NewTitle("恢复码"), kit.Space()}, v.a.codeVerbs(v.w.Branch, v.w.Recovery)...)
	return kit.Column(10, kit.Row(8, head...), groupsOf(v.w.Recovery),
		kit.Ground(kit.Due.Tint(), kit.Pad(warn, 8, 12, 8, 12)),
		kit.Row(8, noted, kit.Wide(86, proof), kit.Grow(right.row)))
}

// finished is the last step.
func (v *wizardView) finished() fyne.CanvasObject {
	rows := []fyne.CanvasObject{wizardHead("都准备好了", "从现在起，写下的每一个字都加密存在这台电脑上。")}
	add := func(state kit.State, text string) {
		rows = append(rows, kit.Columns(10, []float32{20, 0}, kit.Column(0, kit.NewGlyph(state.Icon(), state.Color())), kit.NewPara(text)))
	}
	add(kit.Done, "密码和恢复码已经设好。")
	switch {
	case v.w.JoinLater:
		add(kit.Due, "还没有加入区里，邀请码已经记下，之后在“同步与备份”里再试。")
	case v.w.Joined != "":
		add(kit.Done, "已加入“"+v.w.Joined+"”，支部的内容正在传过来。")
	case v.w.Way == screen.StartAlone:
		add(kit.Done, "单机使用。以后拿到邀请码，在“同步与备份”里加入，数据会并上去。")
	}
	add(kit.Coming, "下一步：在“导入导出”里导入党员花名册，或按 F3 一位一位登记。")
	v.first = v.next
	return kit.Column(14, rows...)
}
