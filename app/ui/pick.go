package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// picksShown is how many records the window lists; typing narrows them.
const picksShown = 50

// pick lets a person choose one of many records by initials.
func (a *App) pick(title string, find func(query string) []screen.Pick, chosen func(screen.Pick)) {
	var panel *kit.Modal
	var picks []screen.Pick
	at := 0
	list := kit.Column(0)
	box := a.kit.Entry("打姓名或拼音首字母").Icon(kit.IconSearch)
	take := func(i int) {
		if i < len(picks) {
			p := picks[i]
			panel.Close()
			chosen(p)
		}
	}
	draw := func() {
		list.Objects = nil
		for i, p := range picks {
			list.Add(pickLine(p, i == at, func() { take(i) }))
		}
		if len(picks) == 0 {
			list.Add(kit.Sized(0, 34, kit.NewSoft("没有找到。试试只打姓的首字母。")))
		}
		list.Refresh()
	}
	search := func(query string) {
		found := find(query)
		picks, at = found[:min(len(found), picksShown)], 0
		draw()
	}
	box.OnChanged = search
	box.OnSubmitted = func(string) { take(at) }
	box.OnKey = func(key string) bool {
		step, ok := map[string]int{"↑": -1, "↓": 1}[key]
		if ok {
			at = min(max(at+step, 0), max(len(picks)-1, 0))
			draw()
		}
		return ok
	}
	search("")
	scroll := container.NewVScroll(list)
	scroll.SetMinSize(fyne.NewSize(0, kit.U(300)))
	panel = a.kit.Show(kit.Panel{Title: "选" + title, Note: "↑↓ 选，Enter 定", Width: kit.DialogNarrow, Body: kit.Column(8, box, scroll), First: box})
}

func pickLine(p screen.Pick, current bool, onTap func()) fyne.CanvasObject {
	ground := newSwatch("", "", 0, 0)
	if current {
		ground.set("selection", "", 0)
	}
	return newTap(kit.Stack(ground, kit.Sized(0, 34, kit.Pad(kit.Row(10, kit.NewStrong(p.Label), kit.Grow(kit.NewSoft(p.Note).Short())), 0, 8, 0, 8))), onTap)
}
