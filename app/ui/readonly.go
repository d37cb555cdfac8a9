package ui

import (
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
	"zhibu/storage/record"
)

// told says why nothing may be typed into a form, and reports whether that is so.
func (a *App) told(f *screen.Form) bool {
	why := f.ReadOnly()
	if why != nil {
		happened, _, _ := record.Parts(why)
		a.Say(happened)
	}
	return why != nil
}

// barred refuses at once, before anything is typed, what this laptop may not write, and
// reports whether it did.
func (a *App) barred(kind string) bool {
	why := a.Book().Barred(kind)
	a.Fail(why)
	return why != nil
}

// opening is what the button says that opens the form of a record.
func (a *App) opening(r record.Record) (word string, icon kit.Icon) {
	if a.Book().ReadOnly(r) != nil {
		return "查看", kit.IconShow
	}
	return "编辑", kit.IconEdit
}
