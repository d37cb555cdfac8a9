package ui

import (
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

// asBlank behind the code of a form in a Place asks for the blank form.
const asBlank = "/blank"

// previewPage is 打印预览 (picture f): the paper on a desk, thumbnails, what can be
// chosen, printers with their state.
type previewPage struct {
	plainPage
	a *App
	p *screen.Preview

	head     *kit.PageHead
	scroll   *container.Scroll
	sheet    *fyne.Container
	cover    *fyne.Container // stands over the desk while there is no paper
	thumbs   *fyne.Container
	zoom     *kit.Text
	place    *kit.Text
	choices  *fyne.Container
	notes    *fyne.Container
	typed    typedBoxes
	print    *kit.Button
	drawn    string                // what the sheet shows now: page and size
	edition  int                   // of the document drawn
	pictures map[int]*canvas.Image // thumbnails of it
	wait     func()                // ends the wait for a pause in typing
}

func newPreviewPage(a *App, p Place) (Page, error) {
	pg := &previewPage{a: a, sheet: container.New(&paperLayout{}), thumbs: kit.Column(10), zoom: kit.NewText("").Center(),
		place: kit.NewSoft(""), choices: kit.Column(6), notes: kit.Column(6), cover: kit.Stack(), wait: func() {}}
	form, blank := strings.CutSuffix(p.Note, asBlank)
	view, err := screen.NewPreview(screen.Printing{Book: a.Book(), Press: a.cfg.Press, Printers: a.cfg.Printers, Run: a.run, Changed: pg.refresh}, form, splitIDs(p.ID), blank)
	if err != nil {
		return nil, err
	}
	pg.p = view
	pg.scroll = container.NewScroll(pg.sheet)
	return pg, nil
}

// Content implements Page.
func (p *previewPage) Content() fyne.CanvasObject {
	k := p.a.kit
	p.print = k.Button(kit.Primary, "打印", kit.IconPrint, p.doPrint)
	p.head = kit.NewPageHead("打印预览", p.p.Line()).Back(k, "返回", p.a.Back).Actions(k.Button(kit.Normal, "另存为 PDF", kit.IconDownload, p.savePDF), p.print)
	tools := kit.Pad(kit.Row(8, k.Button(kit.Normal, "", kit.IconZoomOut, func() { p.zoomBy(-1) }).Small(), kit.Wide(56, p.zoom),
		k.Button(kit.Normal, "", kit.IconZoomIn, func() { p.zoomBy(1) }).Small(), kit.Sized(4, 1, kit.Space()),
		k.Button(kit.Normal, "适合宽度", "", func() { p.setZoom(screen.FitWidth) }).Small(),
		k.Button(kit.Normal, "整页", "", func() { p.setZoom(screen.FitPage) }).Small(), kit.Space(), p.place,
		k.Button(kit.Normal, "", kit.IconUp, func() { p.turn(-1) }).Small(), k.Button(kit.Normal, "", kit.IconDown, func() { p.turn(1) }).Small()), 5, 8, 5, 8)
	desk := kit.Ground(kit.ColorDesk, kit.Columns(0, []float32{112, 0}, container.NewVScroll(kit.Pad(p.thumbs, 12, 12, 12, 14)), kit.Stack(p.watch(), p.cover)))
	left := kit.NewFlushCard("", kit.Column(0, tools, kit.NewRule(), kit.Grow(desk)))
	p.typed = p.newBoxes()
	right := kit.NewCard("打印设置", p.choices).Foot(kit.PadAll(p.notes, 10))
	return kit.Page(p.head, kit.Columns(12, []float32{0, 312}, left, right))
}

// watch draws the page anew when the desk changes its size.
func (p *previewPage) watch() fyne.CanvasObject {
	return newRoom(p.scroll, func(fyne.Size) { p.draw() })
}

// Shown implements Page: paper and printers come in the background.
func (p *previewPage) Shown() {
	p.refresh()
	p.a.kit.Focus(p.print)
	if len(p.typed.asks) > 0 {
		p.a.kit.Focus(p.typed.asks[0])
	}
	p.p.Lay()
	p.p.LoadPrinters()
}

// refresh shows what the preview holds now.
func (p *previewPage) refresh() {
	if p.head == nil {
		return // not built yet
	}
	p.head.SetNote(p.p.Line())
	if p.edition != p.p.Edition() {
		p.edition, p.drawn, p.pictures = p.p.Edition(), "", map[int]*canvas.Image{}
	}
	p.showCover()
	p.showChoices()
	p.drawThumbs()
	p.draw()
}

// showCover says why the desk is empty.
func (p *previewPage) showCover() {
	ok, err := p.p.Laid()
	p.cover.Hidden = ok
	switch {
	case err != nil:
		p.cover.Objects = []fyne.CanvasObject{kit.Pad(kit.Column(0, p.a.failed(err,
			p.a.kit.Button(kit.Normal, "重试", kit.IconRefresh, p.p.Lay))), 16, 16, 0, 16)}
	case !ok:
		p.cover.Objects = []fyne.CanvasObject{p.a.kit.Loading("正在排版", nil)}
	}
	p.cover.Refresh()
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

// Keys implements Page.
func (p *previewPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+P": p.doPrint, "Ctrl+S": p.savePDF, "PgUp": func() { p.turn(-1) }, "PgDn": func() { p.turn(1) },
		"Home": func() { p.goTo(0) }, "End": func() { p.goTo(p.p.Pages() - 1) }, "F5": p.p.LoadPrinters,
		"Ctrl+=": func() { p.zoomBy(1) }, "Ctrl+-": func() { p.zoomBy(-1) }, "Esc": p.a.Back,
		"1": func() { p.choose(0) }, "2": func() { p.choose(1) }, "3": func() { p.choose(2) }, "4": func() { p.choose(3) }}
}

// Hints implements Page.
func (p *previewPage) Hints() []Hint {
	return []Hint{{"Ctrl+P", "打印"}, {"PgUp/PgDn", "翻页"}, {"Ctrl+加减", "缩放"}, {"F5", "重看打印机"}, {"Esc", "返回"}}
}

// Resized implements Page.
func (p *previewPage) Resized() { p.drawn = ""; p.drawThumbs(); p.draw() }
