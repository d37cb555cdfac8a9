package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// unitsPerMM is how many units of the window a millimetre takes at 100 %.
const unitsPerMM = 96 / 25.4

// factor returns the zoom in use, computed where it follows the window.
func (p *previewPage) factor() float64 {
	w, h := p.p.Size(p.p.Page())
	room := p.scroll.Size()
	byWidth := float64(room.Width-44) / (w * unitsPerMM)
	switch p.p.Zoom() {
	case screen.FitWidth:
		return max(byWidth, 0.1)
	case screen.FitPage:
		return max(min(byWidth, float64(room.Height-24)/(h*unitsPerMM)), 0.1)
	}
	return p.p.Zoom()
}

// draw draws the present page at the present zoom, sharp for the screen's own
// scale.
func (p *previewPage) draw() {
	if ok, _ := p.p.Laid(); !ok || p.scroll.Size().Width < 60 {
		return // no paper yet, or not laid out
	}
	f := p.factor()
	w, h := p.p.Size(p.p.Page())
	size := fyne.NewSize(float32(w*unitsPerMM*f), float32(h*unitsPerMM*f))
	what := fmt.Sprint(p.p.Page(), size)
	if p.drawn == what {
		return
	}
	dpi := min(96*f*float64(p.a.win.Canvas().Scale()), 300)
	img, err := p.p.Image(p.p.Page(), dpi)
	if err != nil {
		p.a.Fail(err)
		return
	}
	p.drawn = what
	p.sheet.Layout.(*paperLayout).size = size
	p.sheet.Objects = []fyne.CanvasObject{paperImage(canvas.NewImageFromImage(img))}
	p.sheet.Refresh()
	p.scroll.Refresh()
	p.zoom.Set(fmt.Sprintf("%.0f%%", f*100))
	p.place.Set(fmt.Sprintf("第 %d 页，共 %d 页", p.p.Page()+1, p.p.Pages()))
}

// thumbsShown bounds the small pictures; they follow the page shown.
const thumbsShown = 30

func (p *previewPage) drawThumbs() {
	p.thumbs.Objects = nil
	first := max(min(p.p.Page()-thumbsShown/2, p.p.Pages()-thumbsShown), 0)
	for i := first; i < min(p.p.Pages(), first+thumbsShown); i++ {
		pic, err := p.thumb(i)
		if err != nil {
			p.a.Fail(err)
			return
		}
		w, h := p.p.Size(i)
		edge, width := theme.ColorNameInputBorder, float32(1)
		label := kit.NewCaption(fmt.Sprintf("第 %d 页", i+1)).Center()
		if i == p.p.Page() {
			edge, width = theme.ColorNamePrimary, 3
		}
		side := float32(84)
		frame := kit.Stack(newSwatch(kit.ColorPaper, "", 0, 0), pic, newSwatch("", edge, width, 0))
		p.thumbs.Add(newTap(kit.Column(4, kit.Sized(side, side*float32(h/w), frame), label), func() { p.goTo(i) }))
	}
	p.thumbs.Refresh()
}

// thumb is the small picture of a page, drawn once.
func (p *previewPage) thumb(page int) (*canvas.Image, error) {
	if pic := p.pictures[page]; pic != nil {
		return pic, nil
	}
	img, err := p.p.Image(page, 18)
	if err != nil {
		return nil, err
	}
	pic := canvas.NewImageFromImage(img)
	pic.FillMode, pic.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	p.pictures[page] = pic
	return pic, nil
}

func (p *previewPage) goTo(page int) {
	p.p.GoTo(page)
	p.scroll.ScrollToTop()
	p.drawThumbs()
	p.draw()
}

func (p *previewPage) turn(by int)          { p.goTo(p.p.Page() + by) }
func (p *previewPage) setZoom(zoom float64) { p.p.SetZoom(zoom); p.draw() }

func (p *previewPage) zoomBy(by int) {
	if ok, _ := p.p.Laid(); ok {
		p.p.ZoomBy(by, p.factor())
		p.draw()
	}
}

// filled goes on when everything asked is filled in, or stays empty on purpose.
func (p *previewPage) filled(then func()) {
	left := p.p.Unfilled()
	if len(left) == 0 {
		then()
		return
	}
	p.a.kit.Ask(kit.Question{Title: fmt.Sprintf("还有 %d 处没填，留着手写？", len(left)), Body: strings.Join(left, "、") + "。空着的地方印出来是空白，可以用笔补上。",
		Safe: "先填上", Verb: "留空，照打", Icon: kit.IconPrint, Key: "Ctrl+P", Plain: true, Do: then})
}

// doPrint prints, or saves where no printer is chosen.
func (p *previewPage) doPrint() {
	if p.p.Chosen() == "" {
		p.savePDF()
		return
	}
	p.filled(func() { p.p.Print(p.told(p.doPrint)) })
}

// savePDF asks where and writes the file, or one file a record into a folder.
func (p *previewPage) savePDF() {
	p.filled(func() {
		if p.p.Separate() {
			p.a.PickFolder("这些文件放在哪里", "放在这个文件夹", p.saveAs)
			return
		}
		p.a.SaveFile("另存为 PDF", p.p.FileName(), p.saveAs)
	})
}

func (p *previewPage) saveAs(path string) { p.p.Save(path, p.told(func() { p.saveAs(path) })) }

// told says what came of printing, which again repeats; what failed is listed.
func (p *previewPage) told(again func()) func(screen.Printed, error) {
	return func(out screen.Printed, err error) {
		switch {
		case err != nil:
			p.a.FailAgain(err, again)
		case len(out.Failed) == 0:
			p.a.Say(out.Say)
		default:
			p.listFailed(out)
		}
	}
}

func (p *previewPage) listFailed(out screen.Printed) {
	rows := kit.Column(6)
	var ids []string
	for _, f := range out.Failed {
		happened, do, kept := record.Parts(f.Why)
		rows.Add(kit.NewBand(kit.Overdue, f.Title+"："+happened, do, kept))
		ids = append(ids, splitIDs(strings.ReplaceAll(f.ID, " ", ","))...)
	}
	var panel *kit.Modal
	again := p.a.kit.Button(kit.Primary, "只打这些", kit.IconPrint, func() {
		panel.Close()
		p.a.preview(p.p.Form().Code, "", ids)
	})
	panel = p.a.kit.Show(kit.Panel{Title: fmt.Sprintf("有 %d 份没有做成", len(out.Failed)), Note: out.Say, Width: kit.DialogMiddle,
		Body: rows, First: again,
		Foot: kit.Row(8, kit.Space(), p.a.kit.Button(kit.Normal, "知道了", "", func() { panel.Close() }), again)})
}
