package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// wizardView is the first run.
type wizardView struct {
	a       *App
	w       *screen.Wizard
	step    screen.WizardStep
	way     screen.Way
	chosen  bool // a way was chosen by hand: its boxes may take the keyboard
	made    bool // the recovery code was there when the step was built
	side    *fyne.Container
	body    *fyne.Container
	foot    *fyne.Container
	next    *kit.Button
	problem *kit.Band
	live    func() // follows typing on the step shown
	first   fyne.Focusable
}

// The wizard's card, in units of the standard face.
const wizardWidth, wizardHeight, wizardSide = 980, 588, 248

func newWizardView(a *App) *wizardView {
	v := &wizardView{a: a, w: a.session.Wizard, side: kit.Stack(), body: kit.Stack(), foot: kit.Stack()}
	v.problem = newRefusal()
	v.build()
	a.kit.SetPageKeys(kit.Keys{"Enter": v.w.Next, "Esc": v.w.Back,
		"1": func() { v.choose(screen.JoinDistrict) }, "2": func() { v.choose(screen.StartAlone) }, "3": func() { v.choose(screen.RestoreBackup) }})
	return v
}

func (v *wizardView) choose(way screen.Way) {
	if v.w.Step != screen.StepWay {
		return
	}
	v.w.Way, v.chosen = way, true
	v.build()
	v.focus()
}

// refresh shows where the wizard stands now.
func (v *wizardView) refresh() {
	if v.step != v.w.Step || v.way != v.w.Way || v.made != (len(v.w.Recovery) > 0) {
		v.build()
		v.focus()
		return
	}
	v.follow()
}

// focus gives the first box of the step the keyboard.
func (v *wizardView) focus() {
	if v.first != nil {
		v.a.kit.Focus(v.first)
		return
	}
	v.a.kit.Unfocus()
}

// follow updates what depends on typing.
func (v *wizardView) follow() {
	if v.live != nil {
		v.live()
	}
	if v.w.Ready() {
		v.next.Enable()
	} else {
		v.next.Disable()
	}
	v.next.Set(v.w.NextLabel(), "")
	showRefusal(v.problem, v.w.Problem)
	if v.w.Busy {
		v.next.Set("正在办…", "")
	}
}

// build makes the step anew.
func (v *wizardView) build() {
	v.step, v.way, v.made, v.live, v.first = v.w.Step, v.w.Way, len(v.w.Recovery) > 0, nil, nil
	v.next = v.a.kit.Button(kit.Primary, v.w.NextLabel(), "", v.w.Next).Then(kit.IconForward)
	v.side.Objects = []fyne.CanvasObject{v.sidePanel()}
	content := map[screen.WizardStep]func() fyne.CanvasObject{screen.StepWay: v.ways, screen.StepBranch: v.branch,
		screen.StepSecret: v.secret, screen.StepDone: v.finished}[v.w.Step]()
	v.body.Objects = []fyne.CanvasObject{container.NewVScroll(kit.Pad(kit.Column(12, content, v.problem), 2, 4, 2, 4))}
	v.foot.Objects = []fyne.CanvasObject{v.footRow()}
	v.follow()
	v.side.Refresh()
	v.body.Refresh()
	v.foot.Refresh()
}

func (v *wizardView) footRow() fyne.CanvasObject {
	left := fyne.CanvasObject(kit.NewSoft("第 " + strconv.Itoa(int(v.w.Step)+1) + " 步，共 4 步"))
	back := v.a.kit.Button(kit.Normal, "上一步", kit.IconBack, v.w.Back)
	if !v.w.CanGoBack() {
		back.Disable()
	}
	if v.w.Step == screen.StepWay {
		left = v.a.kit.Button(kit.Quiet, v.faceWords(), kit.IconLarge, v.a.ToggleFace)
		back = v.a.kit.Button(kit.Normal, "退出", "", v.a.quit)
	}
	help := v.a.kit.Button(kit.Quiet, "帮助", kit.IconHelp, v.a.help)
	return kit.Pad(kit.Row(10, left, kit.Wide(8, kit.Space()), help, kit.Space(), back, v.next), 0, 4, 0, 4)
}

func (v *wizardView) faceWords() string {
	if v.a.kit.Face() == kit.Large {
		return "字太大？切回标准"
	}
	return "字太小？切到大字版"
}

// sidePanel is the red panel with the steps.
func (v *wizardView) sidePanel() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Pad(kit.Column(0, kit.Row(0, newSeal(52)), kit.Pad(kit.NewProgramName(Name), 8, 0, 0, 0),
		kit.NewText("第一次使用，约 3 分钟").In(kit.ColorOnTopSoft)), 26, 24, 24, 24)}
	for i, name := range v.w.WizardSteps() {
		rows = append(rows, v.stepRow(screen.WizardStep(i), name))
	}
	rows = append(rows, kit.Space(), kit.Pad(kit.NewParaCaption("数据只存在这台电脑上，加密保存。没有网络也能用。").In(kit.ColorOnTopSoft), 0, 24, 20, 24))
	square := kit.Columns(0, []float32{0, 8}, kit.Space(), newSwatch(kit.ColorTopbar, "", 0, 0)) // round corners at the left only
	return kit.Stack(newSwatch(kit.ColorTopbar, "", 0, 4), square, kit.Column(0, rows...))
}

func (v *wizardView) stepRow(step screen.WizardStep, name string) fyne.CanvasObject {
	ground, words := newSwatch("", "", 0, 0), kit.NewText(name).In(kit.ColorOnTopSoft)
	disc := newSwatch("", kit.ColorOnTopSoft, 1, kit.U(13))
	var sign fyne.CanvasObject = kit.NewStrong(strconv.Itoa(int(step) + 1)).In(kit.ColorOnTopSoft).Center()
	switch {
	case step == v.w.Step:
		ground.set(kit.ColorTopinput, "", 0)
		words.SetColor(kit.ColorOnTop)
		words.SetBold(true)
		disc.set(kit.ColorOnTop, "", 0)
		sign = kit.NewStrong(strconv.Itoa(int(step) + 1)).In(kit.ColorTopbar).Center()
	case step < v.w.Step:
		disc.set(kit.ColorChart1, "", 0)
		sign = kit.Center(kit.NewGlyphSized(kit.IconCheck, kit.ColorOnTop, kit.SizeIconPill))
	}
	row := kit.Row(12, kit.Sized(26, 26, kit.Stack(disc, sign)), words)
	return kit.Stack(ground, kit.Sized(0, 46, kit.Pad(row, 10, 24, 10, 24)))
}

// object is the whole window.
func (v *wizardView) object() fyne.CanvasObject {
	right := kit.Pad(kit.Column(12, kit.Grow(v.body), kit.NewRule(), v.foot), 24, 28, 20, 28)
	card := kit.Stack(newSwatch(kit.ColorSurface, theme.ColorNameSeparator, 1, 4), kit.Columns(0, []float32{wizardSide, 0}, v.side, right))
	return kit.Stack(newSwatch(kit.ColorVeil, "", 0, 0), container.New(&cardLayout{wizardWidth, wizardHeight}, card))
}

// cardLayout keeps a card in the middle, smaller where the window is.
type cardLayout struct{ w, h float32 }

func (l *cardLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

func (l *cardLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	card := fyne.NewSize(min(kit.U(l.w), size.Width-24), min(kit.U(l.h), size.Height-24))
	for _, o := range objects {
		o.Resize(card)
		o.Move(fyne.NewPos((size.Width-card.Width)/2, (size.Height-card.Height)/2))
	}
}

func wizardHead(title, text string) fyne.CanvasObject {
	return kit.Pad(kit.Column(0, kit.NewHeading(title), kit.NewPara(text).In(kit.ColorSoft)), 0, 0, 8, 0)
}
