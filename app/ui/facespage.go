package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// facesPage is 纸上的字库: for every use of type on paper the font it is printed in,
// with a line drawn as on paper.
type facesPage struct {
	plainPage
	a     *App
	p     *screen.PaperFaces
	rows  *fyne.Container
	found *kit.Para
	lists map[string]*kit.Select // by role; they stay, so that the keyboard stays in them
}

func newFacesPage(a *App, _ Place) (Page, error) {
	if a.cfg.Press == nil {
		return nil, noPress()
	}
	f := &facesPage{a: a, rows: kit.Column(10), found: kit.NewPara("").In(kit.ColorSoft), lists: map[string]*kit.Select{}}
	f.p = screen.NewPaperFaces(a.Book(), a.cfg.Press, a.run, f.refresh)
	return f, nil
}

// Content implements Page.
func (f *facesPage) Content() fyne.CanvasObject {
	head := kit.NewPageHead("纸上的字库", "印出来的字；屏幕上的字不变").Back(f.a.kit, "返回", f.a.Back)
	for _, l := range f.p.Lines() {
		f.lists[l.ID] = f.a.kit.Select(nil, "", func(option string) { f.p.Choose(l.ID, option, f.told) })
	}
	return kit.Page(head, kit.Scrolled(kit.NewFixedCard("每种字用哪个字库", kit.Column(12,
		kit.NewPara("单位买了公文字库的，可以选来用；字库只在这台电脑上读，不会拷走。").In(kit.ColorSoft), f.rows, f.found))))
}

// refresh shows what is chosen and found now.
func (f *facesPage) refresh() {
	f.rows.Objects = nil
	for _, l := range f.p.Lines() {
		list := f.lists[l.ID]
		list.SetOptions(f.p.Options())
		list.SetValue(f.p.Chosen(l))
		f.rows.Add(kit.Columns(12, []float32{0, 0}, kit.NewFormRow(l.Name, false, list).Help(f.p.Lacks(l)), f.specimen(l)))
		for _, say := range notesOf(l.Specimen) {
			f.rows.Add(kit.NewBand(kit.Due, "", say, ""))
		}
	}
	f.found.Set(f.p.Found())
	f.rows.Refresh()
}

func notesOf(paper screen.Paper) []string {
	if paper == nil {
		return nil
	}
	return paper.Notes()
}

// specimen is the line as it will stand on paper, a third larger.
func (f *facesPage) specimen(l screen.FaceLine) fyne.CanvasObject {
	if l.Specimen == nil {
		return kit.NewSoft("正在画字样")
	}
	const larger = 4. / 3
	w, h := l.Specimen.Size(0)
	img, err := l.Specimen.Image(0, 96*larger*float64(f.a.win.Canvas().Scale()))
	if err != nil {
		return kit.NewPara(err.Error())
	}
	pic := canvas.NewImageFromImage(img)
	pic.FillMode, pic.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	return kit.Sized(float32(w*unitsPerMM*larger), float32(h*unitsPerMM*larger), pic)
}

func (f *facesPage) told(err error) {
	if err != nil {
		f.a.Fail(err)
	}
}

func (f *facesPage) load() { f.p.Load(f.told) }

// Shown implements Page: fonts are looked for in the background.
func (f *facesPage) Shown() {
	f.refresh()
	f.a.kit.Focus(f.lists[f.p.Lines()[0].ID])
	f.load()
}

// Keys implements Page.
func (f *facesPage) Keys() kit.Keys { return kit.Keys{"F5": f.load, "Esc": f.a.Back} }

// Hints implements Page.
func (f *facesPage) Hints() []Hint {
	return []Hint{{"↓", "选字库"}, {"F5", "再找一遍"}, {"Esc", "返回"}}
}

// Resized implements Page.
func (f *facesPage) Resized() { f.refresh() }
