package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// PrintRecords prints records of one kind: with its only form at once, else
// after asking which.
func (a *App) PrintRecords(kind string, ids ...string) {
	if a.cfg.Press == nil {
		a.Fail(noPress())
		return
	}
	forms := a.formsFor(kind, len(ids))
	switch len(forms) {
	case 0:
		a.Fail(record.Refuse("FORM_NONE", "这本台账没有可以打印的表。可以导出成表格再打印；内容都在。"))
	case 1:
		a.preview(forms[0].Code, kind, ids)
	default:
		a.chooseForm(forms, kind, ids)
	}
}

// formsFor are the forms that print n records of a kind.
func (a *App) formsFor(kind string, n int) []screen.FormInfo {
	if a.cfg.Press == nil {
		return nil
	}
	return slices.DeleteFunc(screen.FormsFor(a.cfg.Press, kind), func(f screen.FormInfo) bool {
		return f.List && n == 1 // a list of one is none
	})
}

func noPress() error {
	return record.Refuse("PRESS_NONE", "这里不能打印。请在装好的程序里打印；内容都在。")
}

// chooseForm asks which form; digits and Enter choose.
func (a *App) chooseForm(forms []screen.FormInfo, kind string, ids []string) {
	var items []kit.MenuItem
	for _, f := range forms {
		items = append(items, kit.MenuItem{Text: f.Name, Icon: kit.IconPrint, Key: f.No(), Do: func() { a.preview(f.Code, kind, ids) }})
	}
	size := a.win.Canvas().Size()
	a.kit.Menu(fyne.NewPos(size.Width-kit.U(320), kit.U(96)), items...)
}

// preview opens the print preview over the present page.
func (a *App) preview(form, kind string, ids []string) {
	a.Go(Place{Page: a.place.Page, View: "print", Kind: kind, ID: joinIDs(ids), Note: form})
}
