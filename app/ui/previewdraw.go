package ui

import (
	"context"
	"fmt"
	"os"

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
	if p.scroll.Size().Width < 60 {
		return // not laid out yet
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

// thumbsShown bounds the small pictures; the arrows reach every page.
const thumbsShown = 30

func (p *previewPage) drawThumbs() {
	p.thumbs.Objects = nil
	for i := range min(p.p.Pages(), thumbsShown) {
		img, err := p.p.Image(i, 18)
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
		pic := canvas.NewImageFromImage(img)
		pic.FillMode, pic.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
		side := float32(84)
		frame := kit.Stack(newSwatch(kit.ColorPaper, "", 0, 0), pic, newSwatch("", edge, width, 0))
		p.thumbs.Add(newTap(kit.Column(4, kit.Sized(side, side*float32(h/w), frame), label), func() { p.goTo(i) }))
	}
	p.thumbs.Refresh()
}

func (p *previewPage) goTo(page int) {
	p.p.GoTo(page)
	p.scroll.ScrollToTop()
	p.drawThumbs()
	p.draw()
}

func (p *previewPage) turn(by int)          { p.goTo(p.p.Page() + by) }
func (p *previewPage) setZoom(zoom float64) { p.p.SetZoom(zoom); p.draw() }
func (p *previewPage) zoomBy(by int)        { p.p.ZoomBy(by, p.factor()); p.draw() }

// doPrint prints, or saves where no printer is chosen.
func (p *previewPage) doPrint() {
	if p.p.Chosen() == "" {
		p.savePDF()
		return
	}
	said := ""
	p.a.run.Do("打印", func(ctx context.Context, _ screen.Progress) (err error) {
		said, err = p.p.Print(ctx)
		return err
	}, func(err error) {
		if err == nil {
			err = screen.Printed(p.a.Book(), p.p.Form().Code)
		}
		if err != nil {
			p.a.Fail(err)
			return
		}
		p.a.Say(said)
	})
}

// savePDF asks where and writes the file.
func (p *previewPage) savePDF() {
	p.a.SaveFile("另存为 PDF", p.p.FileName(), func(path string) {
		p.a.run.Do("存 PDF", func(context.Context, screen.Progress) error {
			data, err := p.p.PDF()
			if err != nil {
				return err
			}
			return writeFile(path, data)
		}, func(err error) {
			if err == nil {
				err = screen.Printed(p.a.Book(), p.p.Form().Code)
			}
			if err != nil {
				p.a.Fail(err)
				return
			}
			p.a.Say("已存成 " + path)
		})
	})
}

// writeFile writes a file a person asked for.
func writeFile(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return record.Wrap(err, "FILE_WRITE", "没有存成。请看磁盘满没满、这个位置能不能写，换一个位置再存；台账没有变化。")
	}
	return nil
}

// Keys implements Page.
func (p *previewPage) Keys() kit.Keys {
	return kit.Keys{"Ctrl+P": p.doPrint, "Ctrl+S": p.savePDF, "PgUp": func() { p.turn(-1) }, "PgDn": func() { p.turn(1) },
		"Home": func() { p.goTo(0) }, "End": func() { p.goTo(p.p.Pages() - 1) },
		"Ctrl+=": func() { p.zoomBy(1) }, "Ctrl+-": func() { p.zoomBy(-1) }, "Esc": p.a.Back,
		"1": func() { p.choose(0) }, "2": func() { p.choose(1) }, "3": func() { p.choose(2) }, "4": func() { p.choose(3) }}
}

// choose chooses a printer by its place in the list; the PDF file is the last.
func (p *previewPage) choose(n int) {
	list, _ := p.p.Printers()
	switch {
	case n < len(list):
		p.p.Choose(list[n].Name)
	case n == len(list):
		p.p.Choose("")
	}
	p.showPrinters()
}

// Hints implements Page.
func (p *previewPage) Hints() []Hint {
	return []Hint{{"Ctrl+P", "打印"}, {"PgUp/PgDn", "翻页"}, {"Ctrl+加减", "缩放"}, {"Esc", "返回"}}
}

// Resized implements Page.
func (p *previewPage) Resized() { p.drawn = ""; p.drawThumbs(); p.draw() }
