package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/assets"
)

// helpView is the help over the page shown, which stays as it is: the pages at the
// left, the chosen one with a picture of its screen at the right.
type helpView struct {
	a      *App
	pages  []screen.Help
	now    int
	list   *kit.Ledger
	body   *fyne.Container
	scroll *container.Scroll
	panel  *kit.Modal
}

// Sizes of the window in units of the standard face.
const (
	helpWidth   = 1080
	helpHeight  = 640
	helpList    = 190
	helpPicture = 418 // height of a picture: six tenths of the screen it shows
)

// help opens the help on the page of the present screen.
func (a *App) help() {
	switch {
	case a.wizard != nil:
		a.openHelp("start")
	case a.lock != nil:
		a.openHelp("lock")
	default:
		a.openHelp(screen.HelpName(a.place.Page, a.place.View, a.place.Kind))
	}
}

// openHelp opens a page of the help.
func (a *App) openHelp(name string) {
	pages, err := helpPages()
	if err != nil {
		a.Fail(err)
		return
	}
	v := &helpView{a: a, pages: pages, body: kit.Column(8)}
	for i, p := range pages {
		if p.Name == name {
			v.now = i
		}
	}
	v.list = a.kit.Ledger([]kit.Col{{Width: 120, Flex: 1, Cell: func(row int) kit.Cell { return kit.Cell{Text: v.pages[row].Title} }}}, func() int { return len(v.pages) })
	v.list.Headless = true
	v.list.OnCurrent = v.show
	v.list.OnOpen = func(int) { v.scrollOn() }
	v.scroll = newVScroll(kit.Pad(v.body, 14, 20, 20, 20))
	closer := a.kit.Button(kit.Quiet, "", kit.IconClose, func() { v.panel.Close() })
	head := kit.Pad(kit.Row(12, kit.NewHeading("帮助"), kit.NewSoft("不连网也能看"), kit.Space(), closer), 10, 16, 10, 20)
	foot := kit.Ground(kit.ColorWarm, kit.Pad(kit.Row(16, keyHint("↑↓", "换一页"), keyHint("Enter", "往下看"), keyHint("Esc", "关闭"), kit.Space()), 8, 14, 8, 14))
	v.panel = a.kit.ShowBare(kit.Column(0, head, kit.NewRule(), kit.Grow(kit.Columns(0, []float32{helpList, 1, 0}, v.list, kit.NewUpright(), v.scroll)), foot),
		helpWidth, helpHeight, kit.Keys{"F1": func() { v.panel.Close() }}, v.list, nil)
	v.list.SetCurrent(v.now)
	v.show(v.now)
}

// helpPages reads all pages in the order of the list.
func helpPages() ([]screen.Help, error) {
	var out []screen.Help
	for _, name := range screen.HelpOrder() {
		text, err := assets.Help(name)
		if err != nil {
			return nil, err
		}
		out = append(out, screen.ReadHelp(name, text))
	}
	return out, nil
}

// helpTitles are the pages as the finder lists them.
func helpTitles() []screen.HelpLink {
	pages, err := helpPages()
	if err != nil {
		return nil // a test reads every page: none is missing
	}
	var out []screen.HelpLink
	for _, p := range pages {
		out = append(out, screen.HelpLink{Title: "帮助：" + p.Title, Name: p.Name})
	}
	return out
}

// show puts a page at the right, from its top.
func (v *helpView) show(row int) {
	if row < 0 || row >= len(v.pages) {
		return
	}
	v.now = row
	page := v.pages[row]
	v.body.Objects = []fyne.CanvasObject{kit.NewParaTitle(page.Title), kit.NewPara(page.Lead)}
	for i, part := range page.Parts {
		v.body.Add(kit.Pad(kit.NewStrong(part.Title).In(theme.ColorNamePrimary), 6, 0, 0, 0))
		for _, line := range part.Lines {
			v.body.Add(helpLine(part.Title, line))
		}
		if picture := helpImage(page.Picture); i == 0 && picture != nil {
			v.body.Add(picture) // the steps first, then what they are about
		}
	}
	v.body.Add(v.links(page.Related))
	v.body.Refresh()
	v.scroll.ScrollToTop()
}

// helpAnswers is the part whose lines are questions with an answer below.
const helpAnswers = "常见问题"

func helpLine(part string, line screen.HelpLine) fyne.CanvasObject {
	switch {
	case line.Lead == "":
		return kit.NewPara(line.Text)
	case part == helpAnswers:
		return kit.Column(2, kit.NewPara(line.Lead).Strong(), kit.NewPara(line.Text))
	case strings.HasSuffix(line.Lead, "."): // the number of a step
		return kit.Columns(6, []float32{26, 0}, kit.NewStrong(line.Lead).Right(), kit.NewPara(line.Text))
	}
	return kit.Columns(10, []float32{150, 0}, kit.NewStrong(line.Lead), kit.NewPara(line.Text))
}

// helpImage is the picture of a screen in a hairline, nil without one.
func helpImage(file string) fyne.CanvasObject {
	data, err := assets.HelpPicture(file)
	if err != nil {
		return nil // the words stand for themselves
	}
	img := canvas.NewImageFromResource(fyne.NewStaticResource(file, data))
	img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	return kit.Sized(0, helpPicture, img)
}

// links lead to related pages.
func (v *helpView) links(related []screen.HelpLink) fyne.CanvasObject {
	row := kit.Wrapped(14)
	row.Add(kit.NewSoft("再看看"))
	for _, link := range related {
		row.Add(v.a.kit.Link(link.Title, func() { v.goTo(link.Name) }))
	}
	return kit.Pad(row, 8, 0, 0, 0)
}

func (v *helpView) goTo(name string) {
	for i, p := range v.pages {
		if p.Name == name {
			v.list.SetCurrent(i)
			v.show(i)
		}
	}
}

// scrollOn moves the text on by most of a view, at its end back to the top.
func (v *helpView) scrollOn() {
	most := v.scroll.Content.Size().Height - v.scroll.Size().Height
	if v.scroll.Offset.Y >= most-1 {
		v.scroll.ScrollToTop()
		return
	}
	v.scroll.ScrollToOffset(fyne.NewPos(0, min(v.scroll.Offset.Y+v.scroll.Size().Height*0.8, most)))
}
