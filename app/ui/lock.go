package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// lockView is the lock screen: nothing personal, one box.
type lockView struct {
	a        *App
	pass     *kit.Entry
	code     *kit.Entry
	fresh    *kit.Entry
	unlock   *kit.Button
	say      *kit.Para
	sayIcon  *kit.Glyph
	sayRow   *fyne.Container
	caps     fyne.CanvasObject
	withCode bool
	rescue   *screen.Rescue // as built
	body     *fyne.Container
}

// lockWidth is the width of its card.
const lockWidth = 520

func newLockView(a *App) *lockView {
	v := &lockView{a: a, body: kit.Stack()}
	v.pass = a.kit.Password("")
	v.pass.OnSubmitted = func(string) { v.try() }
	v.code = a.kit.Entry("6 组，每组 4 个字母或数字")
	v.fresh = a.kit.Password("")
	v.fresh.OnSubmitted = func(string) { v.try() }
	v.caps = a.kit.CapsNote(v.body.Refresh, v.pass, v.fresh)
	v.unlock = a.kit.Button(kit.Primary, "解锁", kit.IconLogin, v.try)
	v.say, v.sayIcon = kit.NewPara("").In(kit.ColorOverdue), kit.NewGlyph(kit.IconLate, kit.ColorOverdue)
	v.sayRow = kit.Columns(8, []float32{18, 0}, kit.Column(0, v.sayIcon), v.say)
	v.build()
	return v
}

// try hands over what was typed.
func (v *lockView) try() {
	if v.withCode {
		v.a.session.UnlockWithCode(v.code.Text(), v.fresh.Text())
		return
	}
	v.a.session.Unlock(v.pass.Text())
}

// refresh shows what came of a try.
func (v *lockView) refresh() {
	lock := v.a.session.Lock
	if lock.Rescue != v.rescue {
		v.build()
		return
	}
	say := lock.Say
	if wait := lock.Countdown(v.a.cfg.Now()); wait != "" {
		say = lock.Say + "\n" + wait
	}
	v.say.Set(say)
	v.sayRow.Hidden = say == ""
	v.pass.SetError(say != "" && v.rescue == nil)
	if lock.Busy || lock.Wait(v.a.cfg.Now()) > 0 {
		v.unlock.Disable()
	} else {
		v.unlock.Enable()
	}
	if !lock.Busy && lock.Say != "" && v.rescue == nil {
		v.pass.SetText("")
	}
	v.body.Refresh()
}

// build lays the card out for a passphrase or for the recovery code.
func (v *lockView) build() {
	lock := v.a.session.Lock
	v.rescue = lock.Rescue
	name := lock.Branch
	if name == "" {
		name = "请输入密码打开台账"
	}
	plate := kit.Sized(60, 60, kit.Stack(newSwatch(theme.ColorNamePrimary, "", 0, 4),
		kit.Center(kit.NewGlyphSized(kit.IconLock, kit.ColorOnTop, kit.SizeInput))))
	rows := []fyne.CanvasObject{
		kit.Columns(14, []float32{60, 0}, plate, kit.Column(2, kit.Space(), kit.NewHeading("已锁定"), kit.NewSoft(name).Short(), kit.Space())),
	}
	if lock.Note != "" {
		rows = append(rows, kit.Ground(kit.Done.Tint(), kit.Pad(
			kit.Columns(8, []float32{20, 0}, kit.Column(0, kit.NewGlyph(kit.IconDone, kit.ColorDone)), kit.NewPara(lock.Note).In(kit.ColorDone)), 8, 12, 8, 12)))
	}
	rows = append(rows, v.boxes(), v.sayRow, v.caps)
	if v.rescue != nil {
		rows = append(rows, v.wayOut())
	}
	rows = append(rows, kit.NewRule(), v.foot())
	v.body.Objects = []fyne.CanvasObject{kit.Column(12, rows...)}
	v.refresh()
}

func (v *lockView) boxes() fyne.CanvasObject {
	if v.withCode {
		return kit.Column(6, kit.NewSoft("恢复码"), v.code, kit.NewSoft("新密码"),
			kit.Columns(8, []float32{0, 104}, v.fresh, v.unlock))
	}
	return kit.Column(6, kit.NewSoft("密码"), kit.Columns(8, []float32{0, 104}, v.pass, v.unlock))
}

// wayOut leads out of a file that cannot be opened: the copy it would be restored
// from, and others. The passphrase is the one typed above.
func (v *lockView) wayOut() fyne.CanvasObject {
	k, session := v.a.kit, v.a.session
	secret := func() string {
		if v.withCode {
			return v.code.Text()
		}
		return v.pass.Text()
	}
	newest := k.Button(kit.Normal, "从这里恢复", kit.IconUndo, func() { session.RestoreLocked(v.rescue.Copy, secret()) })
	other := k.Link("用别处的备份…", func() {
		v.a.PickFile("选一份备份", nil, func(path string) { session.RestoreLocked(path, secret()) })
	})
	return kit.Column(8, kit.NewPara(v.rescue.Title+"。原来的文件会留着。"), kit.Row(12, newest, other))
}

func (v *lockView) foot() fyne.CanvasObject {
	other := v.a.kit.Button(kit.Quiet, "用恢复码解锁", kit.IconKey, func() { v.turn(true) })
	if v.withCode {
		other = v.a.kit.Button(kit.Quiet, "用密码解锁", kit.IconKey, func() { v.turn(false) })
	}
	return kit.Row(12, other, kit.Space(), v.a.kit.Link("退出程序", v.a.quit))
}

// turn goes over to the recovery code or back to the passphrase.
func (v *lockView) turn(withCode bool) {
	v.withCode = withCode
	v.a.session.Lock.Say = ""
	v.build()
	v.focus()
}

func (v *lockView) focus() {
	if v.withCode {
		v.a.kit.Focus(v.code)
		return
	}
	v.a.kit.Focus(v.pass)
}

// object is the whole window.
func (v *lockView) object() fyne.CanvasObject {
	card := kit.Frame(v.body, 24)
	due := kit.NewSoft(v.a.session.Lock.DueSentence()).Center()
	ground := newSwatch(kit.ColorVeil, "", 0, 0)
	middle := kit.Column(0, kit.Space(), kit.Row(0, kit.Space(), kit.Wide(lockWidth, card), kit.Space()), kit.Space(), kit.Pad(due, 0, 0, 24, 0))
	return kit.Stack(ground, kit.Column(0, v.a.kit.Strip("", kit.StripActs{Face: v.a.ToggleFace, Help: v.a.help}), kit.Grow(middle)))
}
