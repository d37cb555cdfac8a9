package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// folderPref remembers the folder last used by the file dialog.
const folderPref = "folder"

// PickFile lets a person choose a file; exts are the endings shown (".xlsx"),
// none shows all.
func (a *App) PickFile(title string, exts []string, then func(path string)) {
	d := newFileDialog(a, exts)
	d.chosen = func(path string) { d.close(path); then(path) }
	d.show(title, nil)
}

// SaveFile lets a person choose where to write a file that is offered under a
// name; writing over something is asked.
func (a *App) SaveFile(title, name string, then func(path string)) {
	d := newFileDialog(a, []string{filepath.Ext(name)})
	box := a.kit.Entry("文件名")
	box.SetText(name)
	d.chosen = func(path string) { box.SetText(filepath.Base(path)) }
	save := func() { d.save(box.Text(), then) }
	box.OnSubmitted = func(string) { save() }
	d.show(title, kit.Row(8, kit.NewSoft("文件名"), kit.Grow(box), a.kit.Button(kit.Primary, "存在这里", kit.IconSave, save)))
}

// fileDialog is a folder as a ledger, with the places at its left.
type fileDialog struct {
	a      *App
	f      *screen.Files
	panel  *kit.Modal
	path   *kit.Text
	find   *kit.Entry
	ledger *kit.Ledger
	empty  *fyne.Container
	chosen func(path string)
}

func newFileDialog(a *App, exts []string) *fileDialog {
	d := &fileDialog{a: a, f: screen.NewFiles(a.fy.Preferences().String(folderPref), exts...), path: kit.NewSoft("").Short(), empty: kit.Stack()}
	d.find = a.kit.Entry("在这里找：首字母、名字").Icon(kit.IconSearch)
	d.find.OnChanged = func(s string) { d.f.Find(s); d.redraw() }
	d.find.OnSubmitted = func(string) { d.open(d.ledger.Current()) }
	d.find.OnKey = func(key string) bool {
		step, ok := map[string]int{"↑": -1, "↓": 1}[key]
		if ok {
			d.ledger.SetCurrent(d.ledger.Current() + step)
		}
		return ok
	}
	d.ledger = a.kit.Ledger(d.columns(), func() int { return len(d.f.Items()) })
	d.ledger.OnOpen = d.open
	d.ledger.OnKey = func(key string, _ int) bool {
		if key == "Backspace" {
			d.goUp()
		}
		return key == "Backspace"
	}
	d.ledger.Empty = d.empty
	return d
}

func (d *fileDialog) columns() []kit.Col {
	item := func(row int) screen.FileItem { return d.f.Items()[row] }
	return []kit.Col{
		{Title: "名称", Flex: 1, Width: 220, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: item(row).Name, Bold: item(row).Folder}
		}},
		{Title: "大小", Width: 90, Align: fyne.TextAlignTrailing, Priority: 2, Cell: func(row int) kit.Cell {
			if item(row).Folder {
				return kit.Cell{Text: "文件夹"}
			}
			return kit.Cell{Text: screen.SizeText(item(row).Size)}
		}},
		{Title: "修改时间", Width: 140, Priority: 1, Cell: func(row int) kit.Cell {
			return kit.Cell{Text: item(row).At.Format("2006-01-02 15:04")}
		}},
	}
}

func (d *fileDialog) show(title string, foot fyne.CanvasObject) {
	k := d.a.kit
	places := kit.Column(2)
	for _, p := range d.f.Places() {
		row := k.BoardRow(kit.Sized(0, 26, kit.Row(8, kit.NewGlyph(kit.IconFolder, kit.ColorSoft), kit.Grow(kit.NewText(p.Say).Short()))), func() { d.goTo(p.Path) })
		places.Add(row)
	}
	top := kit.Row(8, k.Button(kit.Normal, "上一层", kit.IconUp, d.goUp).Small(), kit.Grow(d.path), kit.Wide(230, d.find))
	list := kit.Sized(0, 320, kit.NewFlushCard("", d.ledger))
	if foot == nil {
		foot = kit.Row(8, kit.Space(), k.Button(kit.Primary, "就选这个", kit.IconCheck, func() { d.open(d.ledger.Current()) }))
	}
	d.panel = k.Show(kit.Panel{Title: title, Width: kit.DialogMiddle, First: d.find, Foot: foot,
		Body: kit.Column(8, top, kit.Columns(10, []float32{150, 0}, kit.Frame(places, 4), list))})
	d.redraw()
}

func (d *fileDialog) redraw() {
	d.path.Set(d.f.Dir())
	d.empty.Objects = []fyne.CanvasObject{kit.Empty(kit.IconFolder, "这里没有可以选的文件", "换一个文件夹看看。", d.a.kit.Button(kit.Normal, "上一层", kit.IconUp, d.goUp))}
	d.ledger.Refresh()
	if len(d.f.Items()) > 0 {
		d.ledger.SetCurrent(0)
	}
}

func (d *fileDialog) goTo(dir string) {
	if err := d.f.Open(dir); err != nil {
		d.a.Fail(err)
		return
	}
	d.find.SetText("")
	d.redraw()
}

func (d *fileDialog) goUp() { d.goTo(filepath.Dir(d.f.Dir())) }

// open goes into a folder or takes a file.
func (d *fileDialog) open(row int) {
	items := d.f.Items()
	if row < 0 || row >= len(items) {
		return
	}
	if items[row].Folder {
		d.goTo(items[row].Path)
		return
	}
	d.chosen(items[row].Path)
}

func (d *fileDialog) close(path string) { d.closeAt(filepath.Dir(path)) }

// closeAt closes the dialog; the next one opens on that folder.
func (d *fileDialog) closeAt(folder string) {
	d.a.fy.Preferences().SetString(folderPref, folder)
	d.panel.Close()
}

// save takes the name; a file that is there already is asked about.
func (d *fileDialog) save(name string, then func(path string)) {
	path, there, err := d.f.Target(name)
	if err != nil {
		d.a.Fail(err)
		return
	}
	write := func() { d.close(path); then(path) }
	if !there {
		write()
		return
	}
	d.a.kit.Ask(kit.Question{Title: "把“" + filepath.Base(path) + "”换成新的？", Body: "这个文件夹里已经有一个同名的文件，换掉后找不回来。",
		Safe: "换个名字", Verb: "换掉", Icon: kit.IconSave, Do: write})
}
