package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

func joinIDs(ids []string) string { return strings.Join(ids, ",") }

func splitIDs(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// previewPage is 打印预览 (picture f): the paper on a desk, thumbnails, printers
// with their state, copies and pages.
type previewPage struct {
	plainPage
	a *App
	p *screen.Preview

	scroll   *container.Scroll
	sheet    *fyne.Container
	thumbs   *fyne.Container
	zoom     *kit.Text
	place    *kit.Text
	printers *fyne.Container
	copies   *kit.Entry
	pages    *kit.Entry
	print    *kit.Button
	drawn    string // what the sheet shows now: page and size
}

func newPreviewPage(a *App, p Place) (Page, error) {
	view, err := screen.NewPreview(a.cfg.Press, a.cfg.Printers, p.Note, splitIDs(p.ID))
	if err != nil {
		return nil, err
	}
	pg := &previewPage{a: a, p: view, sheet: container.New(&paperLayout{}), thumbs: kit.Column(10), zoom: kit.NewText("").Center(),
		place: kit.NewSoft(""), printers: kit.Column(6)}
	pg.scroll = container.NewScroll(pg.sheet)
	return pg, nil
}

// Content implements Page.
func (p *previewPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.print = k.Button(kit.Primary, "打印", kit.IconPrint, p.doPrint)
	head := kit.NewPageHead("打印预览", p.p.Line()).Back(k, "返回", p.a.Back).Actions(k.Button(kit.Normal, "另存为 PDF", kit.IconDownload, p.savePDF), p.print)
	tools := kit.Pad(kit.Row(8, k.Button(kit.Normal, "", kit.IconZoomOut, func() { p.zoomBy(-1) }).Small(), kit.Wide(56, p.zoom),
		k.Button(kit.Normal, "", kit.IconZoomIn, func() { p.zoomBy(1) }).Small(), kit.Sized(4, 1, kit.Space()),
		k.Button(kit.Normal, "适合宽度", "", func() { p.setZoom(screen.FitWidth) }).Small(),
		k.Button(kit.Normal, "整页", "", func() { p.setZoom(screen.FitPage) }).Small(), kit.Space(), p.place,
		k.Button(kit.Normal, "", kit.IconUp, func() { p.turn(-1) }).Small(), k.Button(kit.Normal, "", kit.IconDown, func() { p.turn(1) }).Small()), 5, 8, 5, 8)
	desk := kit.Ground(kit.ColorDesk, kit.Columns(0, []float32{112, 0}, container.NewVScroll(kit.Pad(p.thumbs, 12, 12, 12, 14)), p.watch()))
	left := kit.NewFlushCard("", kit.Column(0, tools, kit.NewRule(), kit.Grow(desk)))
	return kit.Page(head, kit.Columns(12, []float32{0, 312}, left, p.settings()))
}

// watch draws the page anew when the desk changes its size.
func (p *previewPage) watch() fyne.CanvasObject {
	return newRoom(p.scroll, func(fyne.Size) { p.draw() })
}

func (p *previewPage) settings() fyne.CanvasObject {
	k := p.a.kit
	p.copies = k.Entry("1").Right()
	p.copies.SetText("1")
	p.copies.OnChanged = func(s string) { p.takeCopies(s) }
	more := func(by int) func() {
		return func() { p.p.SetCopies(p.p.Copies() + by); p.copies.SetText(fmt.Sprint(p.p.Copies())) }
	}
	p.pages = k.Entry(fmt.Sprintf("全部 %d 页；也可写 1-2", p.p.Pages()))
	p.pages.OnChanged = p.p.SetRange
	duplex := k.Check("长边翻转", false, p.p.SetDuplex)
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewFormRow(label, false, o).LabelWidth(48)
	}
	count := kit.Columns(8, []float32{60, 34, 34, 0}, p.copies, k.Button(kit.Normal, "", kit.IconRemove, more(-1)), k.Button(kit.Normal, "", kit.IconAdd, more(1)), kit.Space())
	note := kit.NewBand(kit.Coming, "", p.advice(), "")
	return kit.NewCard("打印设置", kit.Column(6, kit.NewCaptionStrong("打印机"), p.printers, kit.Sized(0, 4, kit.Space()),
		row("份数", count), row("页码", p.pages), row("双面", duplex))).Foot(kit.PadAll(note, 10))
}

// advice says what follows printing.
func (p *previewPage) advice() string {
	if p.p.Form().Prints("meeting") {
		return "打印后请主持人、记录人手签。签字页扫描后可作为附件存回这次会议。"
	}
	return "打印不影响已存的内容。需要盖章、签字的地方留空。"
}

func (p *previewPage) takeCopies(s string) {
	n := 0
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		p.copies.SetError(true)
		return
	}
	p.copies.SetError(n < 1 || n > 99)
	p.p.SetCopies(n)
}

// Shown implements Page: the printers are asked in the background.
func (p *previewPage) Shown() {
	p.drawThumbs()
	p.draw()
	p.showPrinters()
	p.a.kit.Focus(p.print)
	p.a.run.Do("问打印机", func(ctx context.Context, _ screen.Progress) error { p.p.LoadPrinters(ctx); return nil }, func(error) { p.showPrinters() })
}

// showPrinters lists the printers and, always, the PDF file.
func (p *previewPage) showPrinters() {
	list, failure := p.p.Printers()
	p.printers.Objects = nil
	for _, pr := range list {
		state := pr.State
		if pr.Default {
			state += "・默认"
		}
		if !pr.Ready {
			state += "・可另存 PDF"
		}
		p.printers.Add(p.choice(pr.Name, pr.Label, state, pr.Ready, kit.IconPrint))
	}
	if failure != "" {
		p.printers.Add(kit.NewBand(kit.Due, "", failure, ""))
	}
	p.printers.Add(p.choice("", "另存为 PDF 文件", "不打印，存到本机", false, kit.IconFile))
	word, icon := "打印", kit.IconPrint
	if p.p.Chosen() == "" {
		word, icon = "存成 PDF", kit.IconDownload
	}
	p.print.Set(word, icon)
	p.printers.Refresh()
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
		p.showPrinters()
	})
	c.SetChosen(chosen)
	if chosen {
		c.SetFill(kit.ColorWarm)
	}
	return c
}

// radioMark is the circle of a choice.
func radioMark(on bool) fyne.CanvasObject {
	inner := newSwatch("", "", 0, 5)
	outer := newSwatch(kit.ColorSurface, theme.ColorNameInputBorder, 1.5, 8)
	if on {
		inner.set(theme.ColorNamePrimary, "", 0)
		outer.set(kit.ColorSurface, theme.ColorNamePrimary, 1.5)
	}
	return kit.Center(kit.Stack(kit.Sized(16, 16, outer), kit.Center(kit.Sized(9, 9, inner))))
}

// paperLayout puts the sheet in the middle of the desk, 12 from its top.
type paperLayout struct{ size fyne.Size }

func (l *paperLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.size.AddWidthHeight(24, 24) }

func (l *paperLayout) Layout(objects []fyne.CanvasObject, room fyne.Size) {
	for _, o := range objects {
		o.Resize(l.size)
		o.Move(fyne.NewPos(max((room.Width-l.size.Width)/2, 12), 12))
	}
}

// paperImage is one page as a picture with a hairline around it.
func paperImage(img *canvas.Image) fyne.CanvasObject {
	img.FillMode, img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	return kit.Stack(newSwatch(kit.ColorPaper, theme.ColorNameInputBorder, 1, 0), img)
}
