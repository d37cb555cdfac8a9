package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// keepPage is 备份与恢复: the copies, what one of them holds against the books now,
// and the way back to it.
type keepPage struct {
	plainPage
	a      *App
	k      *screen.Keep
	ledger *kit.Ledger
	held   *fyne.Container
	card   *kit.Card
	pass   *kit.Entry
	head   *kit.PageHead
}

func newKeepPage(a *App, _ Place) (Page, error) {
	keep, err := a.session.Keep(screen.NewFiles("").Stick())
	if err != nil {
		return nil, err
	}
	return &keepPage{a: a, k: keep, held: kit.Stack()}, nil
}

// Content implements Page.
func (p *keepPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.head = kit.NewPageHead("备份与恢复", "").Back(k, "返回", p.a.Back).Actions(
		k.Button(kit.Normal, "检查数据", kit.IconCheck, p.a.checkData), k.Button(kit.Normal, "别处的备份…", kit.IconOpen, p.other),
		k.Button(kit.Normal, "备份到 U 盘", kit.IconUSB, p.toStick), k.Button(kit.Primary, "备份在本机", kit.IconStorage, func() { p.a.backup("") }))
	p.pass = k.Password("备份时的密码，或 6 组恢复码")
	p.pass.OnSubmitted = func(string) { p.look() }
	copyAt := func(row int) screen.KeptCopy { return p.k.Copies[row] }
	p.ledger = k.Ledger([]kit.Col{
		{Title: "什么时候", Width: 130, Flex: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: copyAt(row).When, Bold: true} }},
		{Title: "为什么", Width: 110, Priority: 2, Cell: func(row int) kit.Cell { return kit.Cell{Text: copyAt(row).Why} }},
		{Title: "在哪里", Width: 80, Priority: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: copyAt(row).Where} }},
		{Title: "大小", Width: 90, Align: fyne.TextAlignTrailing, Priority: 3, Cell: func(row int) kit.Cell { return kit.Cell{Text: screen.SizeText(copyAt(row).Size)} }},
	}, func() int { return len(p.k.Copies) })
	p.ledger.OnCurrent = func(row int) { p.k.Choose(row); p.showHeld() }
	p.ledger.OnOpen = func(int) { k.Focus(p.pass) }
	p.ledger.Empty = kit.Empty(kit.IconStorage, "还没有备份", "每天第一次打开时会自动备份一次；也可以现在就备份。", k.Button(kit.Normal, "备份在本机", kit.IconStorage, func() { p.a.backup("") }))
	p.card = kit.NewCard("这份备份里有什么", p.held)
	p.note()
	p.showHeld()
	return kit.Page(p.head, kit.Columns(12, []float32{-1, -1}, kit.NewFlushCard("", p.ledger), p.card))
}

func (p *keepPage) note() {
	p.head.SetNote("本机上次：" + p.a.session.BackupText() + "・U 盘上次：" + p.k.StickText())
}

// showHeld shows what the current copy holds, or asks for its passphrase.
func (p *keepPage) showHeld() {
	p.held.Objects = nil
	c, ok := p.k.Current()
	switch {
	case !ok:
		p.held.Add(kit.NewSoft("左边还没有备份。"))
	case p.k.Held == nil:
		p.held.Add(kit.Column(8, kit.NewStrong(c.When+"・"+c.Where+"・"+c.Why), kit.NewPara("备份是加密的。输入当时的密码或恢复码，先看里面有什么、和现在差多少，再决定要不要恢复。").In(kit.ColorSoft),
			kit.Columns(8, []float32{0, 110}, p.pass, p.a.kit.Button(kit.Normal, "看里面", kit.IconShow, p.look))))
	default:
		p.held.Add(p.differences())
	}
	p.held.Refresh()
}

// differences holds the copy against the books now.
func (p *keepPage) differences() fyne.CanvasObject {
	line := func(text func(string) *kit.Text, cells ...string) fyne.CanvasObject {
		return kit.Columns(8, []float32{0, 80, 80, 100}, text(cells[0]).Short(), text(cells[1]).Right(), text(cells[2]).Right(), text(cells[3]).Right())
	}
	rows := kit.Column(3, line(kit.NewCaptionStrong, "台账", "备份里", "现在", "差"))
	for _, d := range p.k.Differences() {
		text, diff := kit.NewText, "—"
		if n := d.Then - d.Now; n != 0 {
			text, diff = kit.NewStrong, strconv.Itoa(n)
			if n > 0 {
				diff = "+" + diff
			}
		}
		rows.Add(line(text, d.Label, strconv.Itoa(d.Then), strconv.Itoa(d.Now), diff))
	}
	restore := p.a.kit.Button(kit.Danger, "用这份恢复", kit.IconUndo, p.restore)
	return kit.Column(8, kit.NewBand(kit.Done, "这份备份完好", p.k.LastText(), ""), kit.Grow(container.NewVScroll(kit.Pad(rows, 0, 16, 0, 0))), kit.Row(8, kit.Space(), restore))
}

// look verifies the current copy and shows what it holds.
func (p *keepPage) look() {
	p.k.Look(p.pass.Text(), func(err error) {
		if err != nil {
			p.a.FailAgain(err, p.look)
			return
		}
		p.showHeld()
	})
}

// restore asks, then makes the books anew behind the lock.
func (p *keepPage) restore() {
	c, _ := p.k.Current()
	secret := p.pass.Text()
	p.a.kit.Ask(kit.Question{Title: "用 " + c.When + " 的备份恢复？", Body: "台账回到那时的样子，" + p.k.LastText() + "现在的文件换个名字留着，不会删；恢复后看着不对，还能再回来。",
		Safe: "先不恢复", Verb: "恢复", Icon: kit.IconUndo, Do: func() { p.k.Restore(secret) }})
}

// toStick copies onto the stick with one click; without one it asks where.
func (p *keepPage) toStick() {
	if folder := p.k.Stick(); folder != "" {
		p.a.backup(folder)
		return
	}
	p.a.PickFolder("备份放在哪里", "放在这个文件夹", p.a.backup)
}

// other takes a copy from anywhere.
func (p *keepPage) other() {
	p.a.PickFile("选一份备份", nil, func(path string) {
		p.k.Add(path)
		p.ledger.Refresh()
		p.ledger.SetCurrent(0)
		p.showHeld()
		p.a.kit.Focus(p.pass)
	})
}

// Changed implements Page.
func (p *keepPage) Changed(string, []string) {
	if err := p.k.Refresh(); err != nil {
		p.a.Fail(err)
	}
	p.note()
	p.ledger.Refresh()
	p.showHeld()
}

// Shown implements Page.
func (p *keepPage) Shown() {
	p.a.kit.SetPanes(p.ledger, p.pass)
	p.a.kit.Focus(p.ledger)
}

// Resized implements Page.
func (p *keepPage) Resized() { p.a.remake() }

// Keys implements Page.
func (p *keepPage) Keys() kit.Keys {
	return kit.Keys{"Esc": p.a.Back, "F5": func() { p.Changed("", nil) }}
}

// Hints implements Page.
func (p *keepPage) Hints() []Hint {
	return []Hint{{"↑ ↓", "选备份"}, {"Enter", "填密码"}, {"F6", "换栏"}, {"Esc", "返回"}}
}
