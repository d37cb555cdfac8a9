package ui

import (
	"strconv"

	"zhibu/app/ui/kit"
)

// bin asks, then moves records of a kind to the recycle bin; then is called when they are
// there. What may not be deleted is said before asking, of several when they go.
func (a *App) bin(kind string, ids []string, then func()) {
	k, err := a.Book().Kind(kind)
	if err != nil {
		a.Fail(err)
		return
	}
	if len(ids) == 0 || a.barred(kind) {
		return
	}
	r, _ := a.Book().Get(kind, ids[0])
	if err := a.Book().MayDelete(kind, r.ID); len(ids) == 1 && err != nil {
		a.Fail(err)
		return
	}
	title, verb := "把“"+a.Book().Title(r)+"”移到回收站？", "移到回收站"
	if len(ids) > 1 {
		n := strconv.Itoa(len(ids))
		title, verb = "把勾选的 "+n+" 条"+k.Label+"移到回收站？", "移走 "+n+" 条"
	}
	a.kit.Ask(kit.Question{Title: title, Body: a.Book().OfClosedYears(kind, ids...) + "30 天内可以在回收站里恢复；改动记录都留着。", Safe: "不移了", Verb: verb, Icon: kit.IconDelete, Key: "Delete",
		Do: func() {
			done, err := a.Book().Amending().Trashed(kind, ids...)
			a.Fail(err)
			if done.Undoable() {
				a.Done(done)
				then()
			}
		}})
}

// binOne is bin of the record chosen on a page, "" for none; the page shows by itself that
// it is gone.
func (a *App) binOne(kind, id string) {
	if id != "" {
		a.bin(kind, []string{id}, func() {})
	}
}

// binVerb is binOne in a menu.
func (a *App) binVerb(kind, id string) kit.MenuItem {
	return kit.MenuItem{Text: "移到回收站", Icon: kit.IconDelete, Key: "Delete", Do: func() { a.binOne(kind, id) }}
}

// theBin is the menu item that shows what was deleted from a page.
func (a *App) theBin(page string) kit.MenuItem {
	return kit.MenuItem{Text: "回收站", Icon: kit.IconDelete, Do: func() { a.Go(Place{Page: page, View: "bin"}) }}
}
