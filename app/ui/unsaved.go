package ui

import (
	"strconv"

	"zhibu/app/ui/kit"
)

// unsaved is typing that a page would lose by being left.
type unsaved struct {
	count               int
	save, keep, discard func() error
	then                func()
}

// askUnsaved asks what becomes of unsaved typing: saved, kept as a draft or
// given up. What fails keeps the page.
func (a *App) askUnsaved(u unsaved) {
	var ask *kit.Modal
	button := func(kind kit.ButtonKind, text string, icon kit.Icon, act func() error) *kit.Button {
		return a.kit.Button(kind, text, icon, func() {
			ask.Close()
			if err := act(); err != nil {
				a.Fail(err)
				return
			}
			u.then()
		})
	}
	count := strconv.Itoa(u.count)
	save := button(kit.Primary, "先保存", kit.IconSave, u.save)
	ask = a.kit.Show(kit.Panel{Title: "有 " + count + " 处还没有保存", Width: kit.DialogNarrow, First: save,
		Body: kit.NewPara("留作草稿的，下次打开这条记录时可以接着填。"),
		Foot: kit.Row(8, kit.Space(), button(kit.Danger, "放弃这 "+count+" 处", "", u.discard),
			button(kit.Normal, "留作草稿", kit.IconDraft, u.keep), save)})
}
