package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// typedBoxes are what can be typed and chosen on the preview; they keep what was typed
// while the choices around them are drawn anew.
type typedBoxes struct {
	asks     []*kit.Entry
	copies   *kit.Entry
	pages    *kit.Entry
	password *kit.Entry
}

// typingPause is how long typing rests before the paper is laid out anew.
const typingPause = 300 * time.Millisecond

func (p *previewPage) newBoxes() typedBoxes {
	k := p.a.kit
	b := typedBoxes{copies: k.Entry("1").Right(), pages: k.Entry("全部；也可写 1-2"), password: k.Password("不填就不加")}
	for _, ask := range p.p.Form().Asks {
		box := k.Entry("")
		box.OnChanged = func(text string) {
			p.p.Fill(ask.Name, text)
			p.wait()
			p.wait = p.a.after(typingPause, p.p.Lay)
		}
		b.asks = append(b.asks, box)
	}
	b.copies.SetText("1")
	b.copies.OnChanged = func(s string) {
		n := 0
		_, err := fmt.Sscanf(s, "%d", &n)
		b.copies.SetError(err != nil || n < 1 || n > 99)
		p.p.SetCopies(n)
	}
	b.pages.OnChanged = p.p.SetRange
	b.password.OnChanged = p.p.SetPassword
	return b
}

func (p *previewPage) row(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewFormRow(label, false, o).LabelWidth(48)
}

// showChoices draws what can be chosen now; the boxes stay.
func (p *previewPage) showChoices() {
	var rows []fyne.CanvasObject
	rows = append(rows, p.askRows()...)
	rows = append(rows, p.contentRows()...)
	rows = append(rows, kit.NewCaptionStrong("打印机"), p.printers(), kit.Sized(0, 2, kit.Space()))
	rows = append(rows, p.paperRows()...)
	rows = append(rows, p.reprintRows()...)
	p.choices.Objects = rows
	p.choices.Refresh()
	p.notes.Objects = nil
	for _, say := range p.p.Notes() {
		p.notes.Add(kit.NewBand(kit.Due, "", say, ""))
	}
	if len(p.notes.Objects) == 0 {
		p.notes.Add(kit.NewBand(kit.Coming, "", p.advice(), ""))
	}
	p.notes.Refresh()
	word, icon := "打印", kit.IconPrint
	if p.p.Chosen() == "" {
		word, icon = "存成 PDF", kit.IconDownload
	}
	p.print.Set(word, icon)
}

// advice says what follows printing.
func (p *previewPage) advice() string {
	if slices.Equal(p.p.Form().Kinds, []string{"meeting"}) {
		return "打印后请主持人、记录人手签。签字页扫描后可作为附件存回这次会议。"
	}
	return "打印不影响已存的内容。需要盖章、签字的地方留空。"
}

// askRows ask what no record keeps.
func (p *previewPage) askRows() []fyne.CanvasObject {
	if len(p.typed.asks) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{kit.NewCaptionStrong("打印前要填的，空着的留白手写")}
	for i, ask := range p.p.Form().Asks {
		rows = append(rows, kit.NewCaption(ask.Label), p.typed.asks[i])
	}
	return append(rows, kit.Sized(0, 2, kit.Space()))
}

// contentRows choose what is on the paper, as far as the form has it.
func (p *previewPage) contentRows() []fyne.CanvasObject {
	k, form, how := p.a.kit, p.p.Form(), p.p.How()
	var rows []fyne.CanvasObject
	if list := p.p.Variants(); len(list) > 1 {
		var names []string
		now := list[0].Name
		for _, v := range list {
			names = append(names, v.Name)
			if v.ID == how.Variant {
				now = v.Name
			}
		}
		rows = append(rows, p.row("版式", k.Select(names, now, p.p.SetVariant)))
	}
	if form.Yearly {
		year := fmt.Sprint(how.Year, " 年")
		rows = append(rows, p.row("年度", k.Select(p.p.Years(), year, func(v string) {
			p.p.Set(func(how *screen.Layout) { how.Year = record.Int(strings.TrimSuffix(v, " 年")) })
		})))
	}
	if form.Monthly {
		var months []string
		for m := 1; m <= 12; m++ {
			months = append(months, fmt.Sprint(m, " 月"))
		}
		rows = append(rows, p.row("月份", k.Select(months, fmt.Sprint(how.Month, " 月"), func(v string) {
			p.p.Set(func(how *screen.Layout) { how.Month = record.Int(strings.TrimSuffix(v, " 月")) })
		})))
	}
	if form.Ordered && !how.Blank {
		names := map[string]string{"": "拼音", "strokes": "姓氏笔画"}
		rows = append(rows, p.row("顺序", k.Segmented([]string{"拼音", "姓氏笔画"}, names[how.Order], func(v string) {
			p.p.Set(func(how *screen.Layout) { how.Order = map[string]string{"姓氏笔画": "strokes"}[v] })
		})))
	}
	return append(rows, p.ticks()...)
}

// ticks are the yes-or-no choices about the content.
func (p *previewPage) ticks() []fyne.CanvasObject {
	form, how := p.p.Form(), p.p.How()
	var rows []fyne.CanvasObject
	tick := func(offered bool, label, text string, on bool, set func(*screen.Layout, bool)) {
		if offered {
			rows = append(rows, p.row(label, p.a.kit.Check(text, on, func(on bool) { p.p.Set(func(how *screen.Layout) { set(how, on) }) })))
		}
	}
	tick(form.SignIn, "签到表", "附在记录后", how.SignIn, func(how *screen.Layout, on bool) { how.SignIn = on })
	tick(form.RedHead, "红头", "带发文机关标志", how.RedHead, func(how *screen.Layout, on bool) { how.RedHead = on })
	tick(p.p.Maskable() && !how.Blank, "号码", "遮住中间几位", how.Mask, func(how *screen.Layout, on bool) { how.Mask = on })
	tick(form.Blank && len(p.p.IDs()) == 0, "内容", "空白，手写用", how.Blank, func(how *screen.Layout, on bool) { how.Blank = on })
	return rows
}

// printers lists the printers with their state and, always, the PDF file.
func (p *previewPage) printers() fyne.CanvasObject {
	list, err := p.p.Machines()
	rows := kit.Column(6)
	for _, pr := range list {
		state := pr.State
		if pr.Default {
			state += "・默认"
		}
		if !pr.Ready {
			state += "・可另存 PDF"
		}
		rows.Add(p.choice(pr.Name, pr.Label, state, pr.Ready, kit.IconPrint))
	}
	if err != nil {
		rows.Add(p.a.failed(err, p.a.kit.Button(kit.Normal, "重试", kit.IconRefresh, p.p.LoadPrinters).Small()))
	}
	rows.Add(p.choice("", "另存为 PDF 文件", "不打印，存到本机", false, kit.IconFile))
	return rows
}

func (p *previewPage) choice(name, label, state string, ready bool, icon kit.Icon) fyne.CanvasObject {
	chosen := p.p.Chosen() == name
	color := kit.ColorSoft
	if ready {
		color = kit.ColorDone
	}
	content := kit.Columns(10, []float32{18, 0, 20}, radioMark(chosen), kit.Column(0, kit.NewText(label).Short(), kit.NewCaption(state).In(color)), kit.NewGlyph(icon, kit.ColorSoft))
	c := p.a.kit.Choice(kit.Pad(content, 5, 12, 5, 12), func() {
		p.p.Choose(name)
		p.refresh()
	})
	c.SetChosen(chosen)
	if chosen {
		c.SetFill(kit.ColorWarm)
	}
	return c
}

// choose chooses a printer by its place in the list; the PDF file is the last.
func (p *previewPage) choose(n int) {
	list, _ := p.p.Machines()
	switch {
	case n < len(list):
		p.p.Choose(list[n].Name)
	case n == len(list):
		p.p.Choose("")
	}
	p.refresh()
}

// paperRows choose how it comes out.
func (p *previewPage) paperRows() []fyne.CanvasObject {
	k := p.a.kit
	var rows []fyne.CanvasObject
	if p.p.Separable() {
		names := map[bool]string{false: "合成一份", true: "每条一份"}
		rows = append(rows, p.row("成批", k.Segmented([]string{"合成一份", "每条一份"}, names[p.p.Separate()], func(v string) {
			p.p.SetSeparate(v == "每条一份")
			p.refresh()
		})))
	}
	if p.p.Chosen() == "" {
		rows = append(rows, kit.NewFormRow("防改密码", false, p.typed.password).LabelWidth(72).Help("文件要发出去时加；谁都能看能印，不能改"))
	} else {
		more := func(by int) func() {
			return func() { p.p.SetCopies(p.p.Copies() + by); p.typed.copies.SetText(fmt.Sprint(p.p.Copies())) }
		}
		rows = append(rows, p.row("份数", kit.Columns(8, []float32{60, 34, 34, 0}, p.typed.copies, k.Button(kit.Normal, "", kit.IconRemove, more(-1)), k.Button(kit.Normal, "", kit.IconAdd, more(1)), kit.Space())))
	}
	if !p.p.Separate() {
		rows = append(rows, p.row("页码", p.typed.pages))
	}
	if p.p.Pages() > 1 && p.p.Chosen() != "" {
		rows = append(rows, p.row("双面", k.Check("长边翻转", p.p.Duplex(), p.p.SetDuplex)))
	}
	if p.p.Form().Overlay {
		rows = append(rows, p.overlayRows()...)
	}
	return rows
}

// overlayRows print values alone onto ready stationery.
func (p *previewPage) overlayRows() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{p.row("套打", p.a.kit.Check("只印填写的字", p.p.Overlay(), func(on bool) { p.p.SetOverlay(on) }))}
	if !p.p.Overlay() {
		return rows
	}
	by, measured := p.p.Shift()
	say := "这台打印机还没有校准"
	if measured {
		say = fmt.Sprintf("已校准：右移 %.1f、下移 %.1f 毫米", by.Right, by.Down)
	}
	return append(rows, p.row("", p.a.kit.Button(kit.Normal, "校准位置", kit.IconEdit, p.calibrate).Small()), kit.NewParaCaption(say))
}

// reprintRows tell of earlier prints.
func (p *previewPage) reprintRows() []fyne.CanvasObject {
	say := p.p.Before()
	if say == "" {
		return nil
	}
	return []fyne.CanvasObject{kit.NewBand(kit.Due, "", say, ""), p.row("补打", p.a.kit.Check(p.p.MarkLabel(), p.p.Marked(), p.p.SetMarked))}
}

// calibrate prints one cross and takes two numbers.
func (p *previewPage) calibrate() {
	k := p.a.kit
	left, top := k.Entry("50"), k.Entry("50")
	said := newRefusal()
	cross := k.Button(kit.Normal, "打印一个十字", kit.IconPrint, func() {
		p.p.PrintCross(func(err error) {
			if err != nil {
				showRefusal(said, err)
				return
			}
			said.Set(kit.Done, "已送打印机", "用要套打的纸、同一个纸盒，量好再填。", "")
			said.Show()
		})
	})
	var panel *kit.Modal
	keep := k.Button(kit.Primary, "记住这两个数", kit.IconCheck, func() {
		if err := p.p.Calibrate(left.Text(), top.Text()); err != nil {
			showRefusal(said, err)
			return
		}
		panel.Close()
		p.a.Say("已校准，以后在这台打印机上套打“" + p.p.Form().Name + "”都按这个位置")
	})
	panel = k.Show(kit.Panel{Title: "校准套打位置", Note: p.p.Form().Name, Width: kit.DialogNarrow, First: cross,
		Body: kit.Column(8, said, kit.NewPara("先打印一个十字，再用尺量十字中心到纸的左边、上边各多少毫米。准的话都是 50。"), kit.Row(8, cross),
			kit.NewFormRow("到左边（毫米）", true, left), kit.NewFormRow("到上边（毫米）", true, top)),
		Foot: kit.Row(8, kit.Space(), k.Button(kit.Normal, "先不校准", "", func() { panel.Close() }), keep)})
}
